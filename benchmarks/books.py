"""Large books to measure on: ten years of payments through every hand, written by the one way to change anything.

Whatever is written goes through ``Desk.change``: journaled, chained, guarded. Only what the use-cases would ask first is
left out, and a claim's earlier versions: it is written as it ends. That makes 100 000 payments in about a minute.
"""

import random
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from villagedesk.deliberation.model import Meeting, Motion, MotionProject
from villagedesk.disclosure import usecases as disclosure
from villagedesk.disclosure.due import due_notices
from villagedesk.disclosure.model import Issuance, Notice, NoticeState, Posting
from villagedesk.exchange.model import Direction, Parcel, ParcelKind, ParcelState, Peer, Ruling, Verdict
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.ids import new_id, seeded_chance
from villagedesk.kernel.places import own_file
from villagedesk.oversight.model import Review
from villagedesk.payments.model import Approval, Claim, ClaimState, Outcome, Voucher
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village import usecases as village
from villagedesk.village.model import SOURCES, Arrival, Body, Fund, Office, OfficeKind, Opening, Role
from villagedesk.village.store import fund_balances

PASSWORD = "celiang-2026"
ACCOUNTANT = "李会计"
_OTHERS = {"赵主任": Role.HEAD, "钱组长": Role.FINANCE_GROUP, "周监督": Role.SUPERVISION}
_CLERK = "吴所长"
_TOWNSHIP = "双石镇"
_BODY = "村民代表会议"
YEARS = 10
_WORKS = (
    "道路修补",
    "垃圾清运",
    "涵管更换",
    "路灯维护",
    "公厕管护",
    "提灌站看护",
    "治安巡逻",
    "饮水管网",
    "防汛物资",
    "绿化管护",
)
_PAYEES = (
    "双石镇建材经营部",
    "荣县鸿运劳务有限公司",
    "双石镇日杂门市",
    "荣县环卫所",
    "张䶮",
    "欧阳建国",
    "王𬭎",
    "马有玲",
)
GRANTED = 300
"""Claims left to be posted at the end, unless more are asked for."""
_OPEN = (ClaimState.SUBMITTED, ClaimState.SUBMITTED, ClaimState.REVIEWED, ClaimState.QUERIED, ClaimState.DRAFT)
"""Claims left elsewhere."""


def cache() -> Path:
    """Return the folder for everything that is built once: on a disk, under the system's temporary folder."""
    return Path(tempfile.gettempdir()) / "villagedesk-benchmarks"


def built(name: str, build: Callable[[Path], object], *sources: Path) -> Path:
    """Return a folder that ``build`` filled, now or at an earlier run, as long as the schema and ``sources`` are the same.

    A half one is not kept.
    """
    read = [own_file("db/schema.sha256"), *sources]
    folder = cache() / sha256(b"".join(path.read_bytes() for path in read)).hexdigest()[:12] / name
    if not folder.is_dir():
        half = folder.with_name(name + ".half")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        build(half)
        half.rename(folder)
    return folder


def books(payments: int, today: date | None = None, granted: int = GRANTED, years: int = YEARS) -> Path:
    """Return the folder of a desk with so many payments in the years before this month, and claims to be posted."""
    today = today or datetime.now(CHINA).date()
    name = f"{payments}-{granted}-{years}-{today:%Y-%m}"

    def write(folder: Path) -> None:
        _write(folder / "青山村", payments, today, granted, 12 * years)

    return built(name, write, Path(__file__)) / "青山村"


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """Yield a copy of a desk's folder, beside the cache, and remove it afterwards."""
    with tempfile.TemporaryDirectory(dir=cache()) as place:
        yield Path(shutil.copytree(folder, Path(place) / folder.name))


def founded(folder: Path, clock: SetClock, kind: OfficeKind = OfficeKind.VILLAGE) -> Desk:
    """Lay out a desk for an office, its owner signed in."""
    is_village = kind is OfficeKind.VILLAGE
    office = Office(
        kind=kind, name="青山村" if is_village else _TOWNSHIP, code="510322105207" if is_village else "510322105",
        township=_TOWNSHIP, households=180, population=600, contact="赵主任", phone="0813-6200001",
    )  # fmt: skip
    owner = ACCOUNTANT if is_village else _CLERK
    return village.found_desk(folder, office, owner, PASSWORD, clock=clock, chance=seeded_chance(len(office.code)))


def act(desk: Desk, name: str) -> None:
    """Let an officer act without the password, whose slow check would be measured too."""
    row = desk.rows("SELECT id, name, role FROM officers WHERE name = ?", [name])[0]
    desk.actor = Actor(row["id"], row["name"], row["role"])


@dataclass
class _Writer:
    """Who writes the books month by month, and what for: the year's projects, each paid from its fund."""

    desk: Desk
    clock: SetClock
    actors: dict[str, Actor]
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    projects: list[Project] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    notice_numbers: defaultdict[int, Iterator[int]] = field(default_factory=lambda: defaultdict(lambda: count(1)))

    @contextmanager
    def change(self, name: str, action: str, day: date) -> Iterator[Change]:
        self.clock.set(max(self.clock.now(), datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)))
        self.desk.actor = self.actors[name]
        with self.desk.change(action) as change:
            yield change


def _write(folder: Path, payments: int, today: date, granted: int, length: int) -> None:
    """Write so many months of books, the last one that before this month."""
    first = date(today.year - length // 12, today.month, 1)
    months = [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(length)]
    clock = SetClock(datetime(first.year, first.month, 1, 8, tzinfo=CHINA))
    with founded(folder, clock) as desk:
        for name, role in _OTHERS.items():
            village.appoint(desk, name, role, PASSWORD)
        disclosure.set_up_slots(desk)
        rows = desk.rows("SELECT id, name, role FROM officers")
        writer = _Writer(desk, clock, {row["name"]: Actor(row["id"], row["name"], row["role"]) for row in rows})
        for place, month in enumerate(months):
            if place == 0 or month.month == 1:
                _open_year(writer, month, payments + granted)
            count = payments * (place + 1) // length - payments * place // length
            _post(writer, month, _claim(writer, month, count, ClaimState.PAID))
            if month.month % 3 == 0:
                _hang(writer, Period.quarter_of(month), month.replace(day=28))
            if place == len(months) - 2:
                _report(writer, month.replace(day=28))
        _leave_open(writer, months[-1], granted)


def _open_year(writer: _Writer, month: date, payments: int) -> None:
    plenty = payments * 10_000_00
    with writer.change(ACCOUNTANT, "village.fund.opened", month.replace(day=5)) as change:
        funds = [
            change.put(Fund(year=month.year, source=source, planned_fen=plenty, document=f"县财农〔{month.year}〕7号"))
            for source in SOURCES[3:6]
        ]
        for balance in fund_balances(writer.desk, year=month.year - 1):  # what is left of a year goes on with the next
            target = next(fund for fund in funds if fund.source == balance.fund.source)
            change.put(
                Opening(
                    fund_id=target.id, from_fund_id=balance.fund.id, opened_on=change.at.date(),
                    amount_fen=balance.left_fen, document="年末结转",
                )
            )  # fmt: skip
        for fund in funds:
            came = Arrival(fund_id=fund.id, arrived_on=change.at.date(), amount_fen=plenty // 2, document=fund.document)
            change.put_all([came, replace(came)])
        writer.projects = [
            change.put(
                Project(
                    year=month.year, name=name, class_code="1", item="村内户外道路", place="全村", manager="杨副主任",
                    budget_fen=plenty, fund_id=funds[place % len(funds)].id, state=ProjectState.RUNNING,
                )
            )
            for place, name in enumerate(_WORKS)
        ]  # fmt: skip
        _resolve(change, writer.desk.find(Body), writer.projects)


def _resolve(change: Change, bodies: list[Body], projects: list[Project]) -> None:
    """Let the villagers' representatives have resolved the year's projects."""
    day = change.at.date()
    known = [body for body in bodies if body.kind == _BODY]
    body = known[0] if known else change.put(Body(kind=_BODY, name=_BODY))
    meeting = change.put(
        Meeting(
            body_id=body.id, basis=_BODY, number=f"{_BODY}{day.year}-1", held_on=day, place="村委会会议室",
            chair="赵主任", recorder=ACCOUNTANT, entitled=45, present=40, profile_version="default-2026.1",
            recorded_by=change.actor_id,
        )
    )  # fmt: skip
    motion = change.put(
        Motion(
            meeting_id=meeting.id, number=1, subject=f"{day.year}年度运行维护项目", method="举手", yes=36, no=2, abstain=2,
            is_passed=True, arithmetic="应到45人，实到40人；同意36票，超过到会人数半数，通过",
        )
    )  # fmt: skip
    change.put_all(MotionProject(motion_id=motion.id, project_id=project.id) for project in projects)


def _claim(writer: _Writer, month: date, count: int, state: ClaimState) -> list[Claim]:
    """Claim so much; the finance group, the head and the township pass each. A claim is written once, as it ends."""
    with writer.change(ACCOUNTANT, "payments.claim.submitted", month.replace(day=20)) as change:
        projects = writer.chance.choices(writer.projects, k=count)
        claims = [change.put(_drawn(writer, month, project, place, state)) for place, project in enumerate(projects)]
    with writer.change("钱组长", "oversight.claim.passed", month.replace(day=21)) as change:
        change.put_all(_passed(change, claim) for claim in claims)
    with writer.change("赵主任", "payments.claim.approved", month.replace(day=22)) as change:
        change.put_all(
            Approval(claim_id=claim.id, claim_version=1, outcome=Outcome.PASSED, given_by=change.actor_id,
                     given_at=change.at)
            for claim in claims
        )  # fmt: skip
    with writer.change(ACCOUNTANT, "exchange.receipt.applied", month.replace(day=25)) as change:
        change.put_all(
            Verdict(subject_table="claims", subject_id=claim.id, subject_version=1, outcome=Ruling.PASSED,
                    given_by=_CLERK, given_at=change.at)
            for claim in claims
        )  # fmt: skip
    return claims


def _leave_open(writer: _Writer, month: date, granted: int) -> None:
    """Leave what a first page shows: claims to be paid, reviewed, approved, answered, and drafts."""
    _claim(writer, month, granted, ClaimState.GRANTED)
    with writer.change(ACCOUNTANT, "payments.claim.submitted", month.replace(day=27)) as change:
        change.put_all(_drawn(writer, month, writer.projects[0], place, state) for place, state in enumerate(_OPEN))


def _drawn(writer: _Writer, month: date, project: Project, place: int, state: ClaimState) -> Claim:
    chance, actor = writer.chance, writer.actors[ACCOUNTANT]
    return Claim(
        spent_on=month.replace(day=1 + place % 19), project_id=project.id, fund_id=project.fund_id or "",
        payee=chance.choice(_PAYEES), amount_fen=chance.randrange(5_000, 900_000),
        purpose=f"{month.month}月{project.name}第{place + 1}笔", invoice_kind="增值税普通发票",
        invoice_number=f"{chance.randrange(10**8):08d}", handler="杨副主任", witness="程贵世", state=state,
        made_by=actor.id, profile_version="default-2026.1",
    )  # fmt: skip


def _post(writer: _Writer, month: date, claims: list[Claim]) -> None:
    with writer.change(ACCOUNTANT, "payments.voucher.posted", month.replace(day=26)) as change:
        for claim in claims:
            number = writer.numbers[month.year] = writer.numbers.get(month.year, 0) + 1
            change.put(
                Voucher(
                    year=month.year, number=number, claim_id=claim.id, posted_on=change.at.date(),
                    project_id=claim.project_id, fund_id=claim.fund_id, payee=claim.payee, purpose=claim.purpose,
                    amount_fen=claim.amount_fen, posted_by=change.actor_id,
                )
            )  # fmt: skip


def _hang(writer: _Writer, quarter: Period, day: date) -> None:
    """Put on the board what is due after a quarter: reviewed, issued, hung."""
    with writer.change(ACCOUNTANT, "disclosure.notice.submitted", day) as change:
        notices = [
            change.put(
                Notice(
                    slot=due.slot, kind=due.kind, period=str(due.scope.period), topic_id=due.scope.topic_id,
                    title=f"{due.name}{due.label}",
                    facts='{"blocks":["' + "一项一行，每项有数有名。" * 150 + '"]}', state=NoticeState.SUBMITTED,
                    made_by=change.actor_id, profile_version="default-2026.1",
                )
            )
            for due in due_notices(writer.desk, quarter.last + timedelta(days=1))
        ]  # fmt: skip
    with writer.change("周监督", "oversight.notice.passed", day) as change:
        change.put_all(_passed(change, notice) for notice in notices)
    with writer.change(ACCOUNTANT, "disclosure.notice.posted", day) as change:
        paper: Attachment = change.attach("公示.pdf", "application/pdf", b"%PDF-1.7 " + str(quarter).encode())
        for notice in notices:
            number = next(writer.notice_numbers[day.year])
            change.put(
                Issuance(notice_id=notice.id, year=day.year, number=number, issued_on=day, issued_by=change.actor_id,
                         facts=notice.facts, link=change.link, paper_id=paper.id)
            )  # fmt: skip
            change.put(
                Posting(notice_id=notice.id, board="村委会公示栏", first_day=day, last_day=day + timedelta(days=9),
                        posted_by=change.actor_id)
            )  # fmt: skip
            change.put(replace(notice, state=NoticeState.POSTED))


def _report(writer: _Writer, day: date) -> None:
    """Everything up to this day has been reported and acknowledged; what comes after has not."""
    desk = writer.desk
    seq, link, _ = desk.tip()
    office_id = new_id(writer.clock.now(), writer.chance)
    with writer.change(ACCOUNTANT, "exchange.package.written", day) as change:
        change.put(
            Peer(office_id=office_id, kind=OfficeKind.TOWNSHIP, name=_TOWNSHIP, code="510322105", desk_id=office_id,
                 public_key="ab" * 32, last_seq=seq, last_link=link, last_number=1)
        )  # fmt: skip
        change.put(
            Parcel(office_id=office_id, direction=Direction.OUT, kind=ParcelKind.PACKAGE, number=1, first_seq=1,
                   last_seq=seq, last_link=link, digest="cd" * 32, file_name="青山村-数据包-第0001号.zip",
                   state=ParcelState.ACKNOWLEDGED, moved_at=change.at)
        )  # fmt: skip


def _passed(change: Change, subject: Claim | Notice) -> Review:
    return Review(
        subject_table=subject.table, subject_id=subject.id, subject_version=subject.version, outcome=Outcome.PASSED,
        given_by=change.actor_id, given_at=change.at,
    )  # fmt: skip
