"""A first quarter for tests: a village with money, projects, votes, contracts, payments and inspections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from villagedesk.deliberation.model import Meeting, Motion, MotionProject, Score
from villagedesk.disclosure import usecases
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.model import Issuance, Notice
from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.oversight.model import Review
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Approval, Claim, ClaimState, Outcome, Payroll, PayrollLine, PayWay, Voucher
from villagedesk.projects.model import (
    Contract,
    ContractKind,
    Inspection,
    InspectionKind,
    Project,
    ProjectState,
    Step,
)
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.model import Arrival, Body, Fund, Household, Membership, Officer, Person

Q1 = Scope(Period.quarter(2026, 1))
AFTER_Q1 = datetime(2026, 4, 8, 9, 0, tzinfo=CHINA)
PEOPLE = (
    ("王桂香", "510322196503021428", "13800001111", "6217001234567890123"),
    ("王桂香", "510322197108152526", "13800002222", "1011223344556677889900"),
    ("张䶮", "510322198001019913", "13900003333", "6217009876543210987"),
)
_PROJECTS = (
    ("村内道路养护", "村内户外道路", "1至5组", 120_000_00, ProjectState.RUNNING, (9, 9, 8)),
    ("生活垃圾清运", "农村垃圾、污水集中处理", "全村", 80_000_00, ProjectState.RUNNING, (8, 9, 9)),
    ("灌溉渠清淤", "水利", "3组", 60_000_00, ProjectState.ACCEPTED, (7, 8, 8)),
)


@dataclass(frozen=True, slots=True)
class Books:
    """What the tests ask for by name."""

    county: Fund
    village: Fund
    projects: tuple[Project, ...]
    people: tuple[Person, ...]


def as_(desk: Desk, name: str) -> None:
    """Let somebody else act, without the cost of a password."""
    (officer,) = desk.find(Officer, "name = ?", [name])
    desk.actor = Actor(officer.id, officer.name, officer.role)


def keep_books(desk: Desk, clock: SetClock) -> Books:
    """Write a whole first quarter and stand in the April after it, the five slots set up."""
    clock.set(AFTER_Q1)
    with desk.change("test.books") as change:
        county, village = _funds(change)
        people = _people(change)
        _bodies(change)
        projects = _projects(change, county)
        _decide(desk, change, projects)
        _contract(change, projects)
    with desk.change("test.payments") as change:
        _pay(desk, change, projects, people)
        _inspect(change, projects)
    usecases.set_up_slots(desk)
    return Books(county, village, tuple(projects), tuple(people))


def _funds(change: Change) -> tuple[Fund, Fund]:
    county = change.put(Fund(year=2026, source="县级补助", planned_fen=240_000_00, document="荣财农〔2026〕1号"))
    village = change.put(Fund(year=2026, source="村集体", planned_fen=20_000_00))
    change.put(Arrival(fund_id=county.id, arrived_on=date(2025, 12, 30), amount_fen=40_000_00))
    change.put(Arrival(fund_id=county.id, arrived_on=date(2026, 1, 20), amount_fen=140_000_00))
    change.put(Arrival(fund_id=village.id, arrived_on=date(2026, 2, 2), amount_fen=20_000_00))
    return county, village


def _people(change: Change) -> list[Person]:
    home = change.put(Household(number="0101", team="1组", head_name="王桂香"))
    return [
        change.put(
            Person(
                household_id=home.id, name=name, initials="", relation="本人", sex="女", id_number=number,
                born_on=date(1965, 3, 2), phone=phone, account=account, bank="农商行",
            )
        )
        for name, number, phone, account in PEOPLE
    ]  # fmt: skip


def _bodies(change: Change) -> None:
    for kind, names in (("民主理财小组", ("钱组长", "孙理财")), ("村务监督委员会", ("周监督", "吴代表"))):
        body = change.put(Body(kind=kind, name=kind))
        for name, duty in zip(names, ("组长", "成员"), strict=True):
            change.put(
                Membership(
                    body_id=body.id, name=name, duty=duty, first_day=date(2025, 1, 1), last_day=date(2027, 12, 31)
                )
            )


def _projects(change: Change, fund: Fund) -> list[Project]:
    projects = []
    for name, item, place, budget, state, scores in _PROJECTS:
        facts = Project(
            year=2026, name=name, class_code="1", item=item, place=place, manager="赵主任", budget_fen=budget,
            fund_id=fund.id, state=state,
        )  # fmt: skip
        project = change.put(facts)
        projects.append(project)
        for member, less in (("刘议事", 0), ("陈议事", 1), ("杨议事", 2)):
            urgent, wished, benefit = (score - less for score in scores)
            change.put(Score(project_id=project.id, member=member, urgent=urgent, wished=wished, benefit=benefit))
        for reached, day in ((ProjectState.RESOLVED, date(2026, 1, 12)), (ProjectState.RUNNING, date(2026, 2, 1))):
            change.put(Step(project_id=project.id, state=reached, taken_on=day, taken_by=change.actor_id))
    change.put(
        Step(
            project_id=projects[2].id,
            state=ProjectState.ACCEPTED,
            taken_on=date(2026, 4, 2),
            taken_by=change.actor_id,
        )
    )
    return projects


def _decide(desk: Desk, change: Change, projects: Sequence[Project]) -> None:
    body = change.put(Body(kind="村民代表会议", name="村民代表会议"))
    meeting = change.put(
        Meeting(
            body_id=body.id, basis="村民代表会议", number="村民代表会议2026-1", held_on=date(2026, 1, 12),
            place="村委会会议室", chair="赵主任", recorder="李会计", entitled=45, present=40,
            profile_version="default-2026.1", recorded_by=change.actor_id,
        )
    )  # fmt: skip
    del desk
    motion = change.put(
        Motion(
            meeting_id=meeting.id, number=1, subject="2026年度运行维护项目", method="举手", yes=36, no=2, abstain=2,
            is_passed=True, arithmetic="应到45人，实到40人，达到三分之二；同意36票，超过到会人数半数，通过",
        )
    )  # fmt: skip
    for project in projects:
        change.put(MotionProject(motion_id=motion.id, project_id=project.id))


def _contract(change: Change, projects: Sequence[Project]) -> None:
    road, rubbish, _ = projects
    base = Contract(
        project_id=road.id, kind=ContractKind.WORKS, party="双石镇宏达工程队", scope="修补路面600平方米",
        standard="验收合格，保修一年", amount_fen=98_000_00, pay_cycle="按进度", signed_on=date(2026, 2, 1),
        first_day=date(2026, 2, 1), last_day=date(2026, 6, 30),
    )  # fmt: skip
    change.put(base)
    for name, area in (("王桂香", "1至3组"), ("张䶮", "4至6组")):
        change.put(
            Contract(
                project_id=rubbish.id, kind=ContractKind.CARETAKING, party=name, scope=area, standard="每日清扫两次",
                amount_fen=9_600_00, pay_cycle="按季考核后发放", signed_on=date(2026, 1, 15),
                first_day=date(2026, 1, 1), last_day=date(2026, 12, 31),
            )
        )  # fmt: skip


def claim(
    project: Project, purpose: str, payee: str, amount_fen: int, day: date, payroll_id: str | None = None
) -> Claim:
    """A paid claim."""
    return Claim(
        spent_on=day, project_id=project.id, fund_id=project.fund_id or "", payee=payee, amount_fen=amount_fen,
        purpose=purpose, invoice_kind="增值税普通发票", handler="李会计", state=ClaimState.PAID,
        profile_version="default-2026.1", payroll_id=payroll_id,
        pay_way=PayWay.PASSBOOK if payroll_id else PayWay.TRANSFER,
    )  # fmt: skip


def book(desk: Desk, change: Change, facts: Claim, number: int, day: date) -> Voucher:
    """Put a claim, its review and its voucher."""
    (checker,) = desk.find(Officer, "name = '钱组长'")
    paid = change.put(Claim.from_row({**facts.row(), "made_by": change.actor_id}))
    change.put(
        Review(
            subject_table="claims", subject_id=paid.id, subject_version=1, outcome=Outcome.PASSED,
            given_by=checker.id, given_at=change.at,
        )
    )  # fmt: skip
    return change.put(
        Voucher(
            year=2026, number=number, claim_id=paid.id, posted_on=day, project_id=paid.project_id,
            fund_id=paid.fund_id, payee=paid.payee, purpose=paid.purpose, amount_fen=paid.amount_fen,
            posted_by=change.actor_id,
        )
    )  # fmt: skip


def sign_all(desk: Desk) -> None:
    """Put the words of the village head and of the township on every claim that was reviewed and paid."""
    (head,) = desk.find(Officer, "name = '赵主任'")
    with desk.change("test.signed") as change:
        for paid in desk.find(Claim, "state = 'paid'"):
            change.put(
                Approval(
                    claim_id=paid.id, claim_version=1, outcome=Outcome.PASSED, given_by=head.id, given_at=change.at
                )
            )
            change.put(
                Verdict(
                    subject_table=Claim.table, subject_id=paid.id, subject_version=1, outcome=Ruling.PASSED,
                    given_by="吴所长", given_at=change.at,
                )
            )  # fmt: skip


def _pay(desk: Desk, change: Change, projects: Sequence[Project], people: Sequence[Person]) -> None:
    road, rubbish, _ = projects
    stones = claim(road, "购买砂石30方，联系电话13700004444", "双石镇兴旺建材经营部", 12_600_00, date(2026, 2, 9))
    book(desk, change, stones, 1, date(2026, 2, 10))
    wrong = book(
        desk,
        change,
        claim(road, "购买水泥20吨", "双石镇兴旺建材经营部", 9_000_00, date(2026, 3, 2)),
        2,
        date(2026, 3, 3),
    )
    change.put(
        Voucher(
            year=2026, number=3, claim_id=wrong.claim_id, posted_on=date(2026, 3, 5), project_id=wrong.project_id,
            fund_id=wrong.fund_id, payee=wrong.payee, purpose=wrong.purpose, amount_fen=-wrong.amount_fen,
            reverses_id=wrong.id, reason="数量记错，应为18吨", posted_by=change.actor_id,
        )
    )  # fmt: skip
    book(
        desk,
        change,
        claim(road, "购买水泥18吨", "双石镇兴旺建材经营部", 8_100_00, date(2026, 3, 2)),
        4,
        date(2026, 3, 5),
    )
    sheet = change.put(
        Payroll(
            project_id=rubbish.id, title="2026年第一季度保洁员报酬发放表", period="2026Q1",
            sheet_date=date(2026, 3, 28), total_fen=5_400_00,
        )
    )  # fmt: skip
    for place, (person, area) in enumerate(zip(people, ("1组", "2、3组", "4至6组"), strict=True), 1):
        change.put(
            PayrollLine(
                payroll_id=sheet.id, place=place, person_id=person.id, name=person.name, area=area,
                account=person.account, amount_fen=1_800_00,
            )
        )  # fmt: skip
    pay = claim(rubbish, "第一季度保洁员报酬", "王桂香等3人", 5_400_00, date(2026, 3, 28), sheet.id)
    book(desk, change, pay, 5, date(2026, 3, 30))


def _inspect(change: Change, projects: Sequence[Project]) -> None:
    road, rubbish, canal = projects
    for project, kind, day, score, note in (
        (rubbish, InspectionKind.INSPECTION, date(2026, 2, 20), 92, "4组垃圾桶满溢一处，已当场清运"),
        (rubbish, InspectionKind.SPOT_CHECK, date(2026, 3, 11), 58, "3组两天没有清扫，限3天整改"),
        (road, InspectionKind.INSPECTION, date(2026, 3, 12), 90, ""),
        (canal, InspectionKind.ACCEPTANCE, date(2026, 3, 25), 95, "淤泥清完，过水通畅"),
        (rubbish, InspectionKind.ASSESSMENT, date(2026, 3, 27), 86, ""),
    ):
        change.put(
            Inspection(
                project_id=project.id, kind=kind, inspected_on=day, score=score, is_passed=score >= 60,
                inspectors="周监督、吴代表", note=note,
            )
        )  # fmt: skip


def reviewed(desk: Desk, notice: Notice) -> Notice:
    """Take a draft past the supervision group."""
    usecases.submit(desk, notice.id)
    as_(desk, "周监督")
    review(desk, "notices", notice.id, Outcome.PASSED)
    as_(desk, "李会计")
    return desk.get(Notice, notice.id)


def issued(desk: Desk, kind: str = "funds", remark: str = "") -> tuple[Notice, Issuance]:
    """Prepare, review and issue a kind's notice of the first quarter."""
    notice = reviewed(desk, usecases.prepare(desk, kind, Q1, remark))
    issuance = usecases.issue(desk, notice.id)
    return desk.get(Notice, notice.id), issuance


def hang_all(desk: Desk, photos: Sequence[Path] = ()) -> list[Notice]:
    """Prepare, review, issue and post all that is due, with these photos of it."""
    notices = [reviewed(desk, draft) for draft in usecases.prepare_due(desk).drafts]
    for issuance in usecases.issue_all(desk):
        usecases.post_up(desk, issuance.notice_id, "村委会公示栏", photos=photos)
    return [desk.get(Notice, notice.id) for notice in notices]
