"""A village that can pay: a fund with money in it, granted projects, and a claim's way along the chain."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from villagedesk.deliberation.model import Meeting, Motion, MotionProject
from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.oversight.usecases import review
from villagedesk.payments import usecases
from villagedesk.payments.chains import next_state, waited_for
from villagedesk.payments.model import Claim, Outcome
from villagedesk.payments.store import chain_of
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.model import Arrival, Body, Fund, Officer

DATA = Path(__file__).parents[1] / "data"
PAYROLL = DATA / "payroll-2026Q1.xlsx"
EXPENSES = DATA / "expenses-2025.xlsx"
REGISTER = DATA / "villagers-gb18030.csv"
DAY = date(2026, 1, 5)
YUAN = 100


def open_fund(desk: Desk, arrived_fen: int = 100_000 * YUAN, source: str = "县级补助") -> Fund:
    """Open a fund into which this much has arrived."""
    with desk.change("test.fund") as change:
        fund = change.put(Fund(year=2026, source=source, planned_fen=arrived_fen))
        change.put(Arrival(fund_id=fund.id, arrived_on=DAY, amount_fen=arrived_fen))
    return fund


def grant_project(
    desk: Desk,
    name: str = "生活垃圾清运",
    budget_fen: int = 50_000 * YUAN,
    fund: Fund | None = None,
    state: ProjectState = ProjectState.GRANTED,
) -> Project:
    """Put a project on the books that the township has granted."""
    fund = fund or next(iter(desk.find(Fund)), None) or open_fund(desk)
    with desk.change("test.project") as change:
        return change.put(
            Project(
                year=2026, name=name, class_code="1", item="农村垃圾、污水集中处理",
                budget_fen=budget_fen, fund_id=fund.id, state=state,
            )
        )  # fmt: skip


def decided(desk: Desk, *projects: Project, is_passed: bool = True, held_on: date = DAY) -> str:
    """Put a meeting's decision on the books, about these projects (none: any), and return the motion's id."""
    assert desk.actor
    with desk.change("test.decision") as change:
        body = next(iter(desk.find(Body, "kind = '村民代表会议'")), None) or change.put(
            Body(kind="村民代表会议", name="村民代表会议")
        )
        meeting = change.put(
            Meeting(
                body_id=body.id, basis="村民代表会议", number=f"第{len(desk.find(Meeting)) + 1}次", held_on=held_on,
                place="村委会", chair="赵主任", recorder="李会计", entitled=60, present=45,
                profile_version="", recorded_by=desk.actor.id,
            )
        )  # fmt: skip
        motion = change.put(
            Motion(
                meeting_id=meeting.id, number=1, subject="集体研究的大额支出", method="举手", yes=40, no=5, abstain=0,
                is_passed=is_passed, arithmetic="",
            )
        )  # fmt: skip
        change.put_all(MotionProject(motion_id=motion.id, project_id=project.id) for project in projects)
    return motion.id


def a_claim(project: Project, amount_fen: int = 1_409_50, **facts: object) -> Claim:
    """Return a claim against which nothing stands, but for the ``facts`` that differ."""
    plain = Claim(
        spent_on=DAY,
        project_id=project.id,
        fund_id=project.fund_id or "",
        payee="双石镇建材经营部",
        amount_fen=amount_fen,
        purpose="购买垃圾桶20个",
        invoice_kind="增值税普通发票",
        invoice_number=f"N{amount_fen}",
        handler="李会计",
        witness="程贵世",
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


def photo(path: Path, shade: int = 200) -> Path:
    """Draw a small photo of a paper."""
    from PIL import Image

    Image.new("RGB", (120, 80), (shade, shade, shade)).save(path)
    return path


def as_(desk: Desk, name: str) -> None:
    """Let somebody else act, without the cost of a password."""
    (officer,) = desk.find(Officer, "name = ?", [name])
    desk.actor = Actor(officer.id, officer.name, officer.role)


def submitted(desk: Desk, claim: Claim, excuse: str = "") -> Claim:
    """Draft and submit a claim as the accountant."""
    return usecases.submit(desk, usecases.draft(desk, claim).id, excuse)


def reviewed(desk: Desk, claim: Claim) -> Claim:
    """Take a submitted claim past the finance group."""
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, Outcome.PASSED)
    as_(desk, "李会计")
    return desk.get(Claim, claim.id)


def approved(desk: Desk, claim: Claim) -> Claim:
    """Take a reviewed claim past the village head."""
    as_(desk, "赵主任")
    done = usecases.approve(desk, claim.id, Outcome.PASSED)
    as_(desk, "李会计")
    return done


def moved(desk: Desk, claim: Claim, action: str) -> Claim:
    """Move a claim as the township's verdict does when its receipt comes in: pass, query, grant, return."""
    state = next_state(claim, action, chain_of(desk, claim))
    assert state
    with desk.change(f"test.{action}") as change:
        change.put(_verdict(claim, action, change.at))
        return change.put(replace(claim, state=state))


def _verdict(claim: Claim, action: str, at: datetime) -> Verdict:
    """Return the township's word that moves a claim so: on all of its steps, or on the one it waits in."""
    is_passed = action in {"pass", "grant"}
    return Verdict(
        subject_table=Claim.table,
        subject_id=claim.id,
        subject_version=claim.version,
        outcome=Ruling.PASSED if is_passed else Ruling.RETURNED,
        note="" if is_passed else "请补说明",
        given_by="吴所长",
        given_at=at,
        step=(waited_for(claim) or "") if action == "pass" else "",
    )


def granted(desk: Desk, claim: Claim) -> Claim:
    """Take a new claim all the way to the township's grant."""
    return moved(desk, approved(desk, reviewed(desk, submitted(desk, claim))), "grant")
