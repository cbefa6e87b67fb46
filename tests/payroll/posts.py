"""A village with posts: who is in the bank's real answer holds one, worth to the fen what the bank says it paid."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from tests.payments.paying import approved, moved, reviewed
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.payments import usecases as payments
from villagedesk.payments.model import Claim, ClaimState, Payroll, PayrollKind, Voucher
from villagedesk.payroll import store
from villagedesk.payroll.bankreturn import ReturnLine, read_return
from villagedesk.payroll.drafting import proposed
from villagedesk.payroll.model import Batch
from villagedesk.payroll.usecases import make_payroll, write_batch
from villagedesk.projects.model import Inspection, InspectionKind, Post, Project, ProjectState
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.model import Arrival, Fund, Officer, Person

DATA = Path(__file__).parents[1] / "data"
ANSWER = DATA / "bank-return-gbk.txt"
REGISTER = DATA / "villagers-gb18030.csv"
ROSTER = DATA / "roster-17-columns.xls"
QUARTER = Period.quarter(2026, 1)
MARCH = Period.parse("2026-03")
PLAIN = "bank_text"
CHECKED = "已照存折、银行卡核对"
"""A reason for the warning about check digits: the accounts here are invented."""


def in_april(clock: SetClock) -> None:
    """Set the clock after the first quarter, and after the day of the roster."""
    clock.set(datetime(2026, 4, 8, 9, 0, tzinfo=CHINA))


def told() -> list[ReturnLine]:
    """Return what the bank's real answer says."""
    return read_return(ANSWER.name, ANSWER.read_bytes())[0]


def person_with(desk: Desk, account: str) -> Person:
    """Return whose account it is."""
    return desk.find(Person, "account = ?", [account])[0]


def a_project(desk: Desk) -> Project:
    """Return a running project that pays caretakers."""
    with desk.change("test.project") as change:
        fund = change.put(Fund(year=2026, source="县级补助", planned_fen=10_000_000))
        change.put(Arrival(fund_id=fund.id, arrived_on=date(2026, 1, 5), amount_fen=10_000_000))
        return change.put(
            Project(
                year=2026, name="村庄保洁", class_code="1", item="农村垃圾、污水集中处理", budget_fen=5_000_000,
                fund_id=fund.id, state=ProjectState.RUNNING,
            )
        )  # fmt: skip


def a_post(desk: Desk, project: Project, person: Person, **facts: object) -> Post:
    """Put a caretaker's post on the books, held all year unless the ``facts`` say otherwise."""
    post = Post(
        project_id=project.id, person_id=person.id, payee_id=person.id, duty="保洁员", area="1组庄台",
        base_fen=80_000, performance_fen=60_000, bands="", first_day=date(2026, 1, 1),
    )  # fmt: skip
    with desk.change("test.post") as change:
        return change.put(replace(post, **facts))  # type: ignore[arg-type]


def the_bank_s_posts(desk: Desk, project: Project) -> list[Post]:
    """Put a post on the books for everybody of the bank's answer; its performance pay is what the bank paid."""
    return [a_post(desk, project, person_with(desk, line.account), performance_fen=line.amount_fen) for line in told()]


def assessed(desk: Desk, post: Post, score: int = 95, period: str = "2026Q1") -> Inspection:
    """Assess a post for a quarter."""
    with desk.change("test.assessment") as change:
        return change.put(
            Inspection(
                project_id=post.project_id, kind=InspectionKind.ASSESSMENT, inspected_on=date(2026, 4, 2), score=score,
                is_passed=score >= 60, inspectors="周监督", post_id=post.id, period=period,
            )
        )  # fmt: skip


def granted(desk: Desk, claim: Claim) -> Claim:
    """Bring a claim to where money may go out, as its chain would."""
    with desk.change("test.granted") as change:
        return change.put(replace(claim, state=ClaimState.GRANTED))


def the_quarter(desk: Desk) -> tuple[Payroll, Claim]:
    """Draw up the quarter's performance pay for everybody of the bank's answer; its claim is granted."""
    project = a_project(desk)
    for post in the_bank_s_posts(desk, project):
        assessed(desk, post)
    payroll, claim = make_payroll(desk, proposed(desk, PayrollKind.PERFORMANCE, project.id, QUARTER), CHECKED)
    return payroll, granted(desk, claim)


def sent(desk: Desk, folder: Path) -> Batch:
    """Draw up the quarter and write its file for the bank."""
    payroll, _ = the_quarter(desk)
    return write_batch(desk, payroll.id, PLAIN, folder)[0]


def all_the_way(desk: Desk, claim: Claim) -> Claim:
    """Take a pay sheet's draft past everybody who has a word on it."""
    return moved(desk, approved(desk, reviewed(desk, payments.submit(desk, claim.id, CHECKED))), "grant")


def booked(desk: Desk, folder: Path) -> Voucher:
    """Draw up the quarter, have it granted, send it to the bank and book it."""
    payroll, claim = the_quarter(desk)
    with desk.change("test.anew") as change:
        claim = change.put(replace(claim, state=ClaimState.DRAFT))
    claim = all_the_way(desk, claim)
    write_batch(desk, payroll.id, PLAIN, folder)
    return payments.post(desk, claim.id)


def standings(desk: Desk, payroll_id: str) -> dict[str, str]:
    """Return where everybody's money is, by name."""
    return {one.line.name: one.standing.value for one in store.standings(desk, payroll_id)}


def as_(desk: Desk, name: str) -> None:
    """Let somebody else act, without the cost of a password."""
    (officer,) = desk.find(Officer, "name = ?", [name])
    desk.actor = Actor(officer.id, officer.name, officer.role)
