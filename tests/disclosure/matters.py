"""What the first quarter's books leave out: wishes, the council's meeting, a second vote, what is levied, two classes."""

from dataclasses import dataclass
from datetime import date

from tests.disclosure.books import Books
from villagedesk.deliberation.model import Meeting, Motion, MotionProject
from villagedesk.disclosure.drafting import draft_sheet, slot_for
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import kind_named
from villagedesk.kernel.findings import Finding
from villagedesk.projects.model import Levy, Project, ProjectState, Step, Wish
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Body, Household

_WISHES = (
    ("0102", "李大爷", ("村内道路养护", "生活垃圾清运", "灌溉渠清淤")),
    ("0103", "陈大娘", ("村内道路养护", "灌溉渠清淤")),
    ("0104", "吴二哥", ("路灯维护",)),
)
_MOTIONS = (
    ("路灯维护立项和预算", 29, 0, 1),
    ("文化广场健身器材立项和预算", 15, 12, 3),
    ("治安巡逻立项和预算", 16, 10, 4),
    ("修改村规民约", 30, 0, 0),
)


@dataclass(frozen=True, slots=True)
class Matters:
    """What the tests ask for by name."""

    meeting: Meeting
    levy: Levy
    lamps: Project
    patrol: Project


def add_matters(desk: Desk, books: Books) -> Matters:
    """Write what slots ① and ② tell of beyond the quarter's own books."""
    with desk.change("test.matters") as change:
        _collect(change)
        _council(change)
        lamps = _project(change, books, "路灯维护", "1", "供电", ProjectState.RESOLVED)
        patrol = _project(change, books, "治安巡逻", "4", "治安保卫", ProjectState.RESOLVED)
        gym = _project(change, books, "文化广场健身器材", "3", "文体及健身活动", ProjectState.REJECTED)
        meeting = _vote(desk, change, (lamps, gym, patrol))
        levy = change.put(
            Levy(
                project_id=lamps.id, resolved_on=date(2026, 2, 20), payers=310, exempt=12, fen_per_head=15_00,
                workers=120, days_per_head=2, days_worked=90, note="五保户、残疾人和现役军人免出资、免出工",
            )
        )  # fmt: skip
    return Matters(meeting, levy, lamps, patrol)


def _collect(change: Change) -> None:
    for number, name, items in _WISHES:
        home = change.put(Household(number=number, team="1组", head_name=name))
        for place, item in enumerate(items, 1):
            change.put(
                Wish(
                    household_id=home.id, year=2026, place=place, item=item, spokesman=name, signed_on=date(2026, 1, 5)
                )
            )  # fmt: skip


def _council(change: Change) -> None:
    council = change.put(Body(kind="议事会", name="议事会"))
    change.put(
        Meeting(
            body_id=council.id, basis="议事会", number="2026年议事会第1次", held_on=date(2026, 1, 8),
            place="村委会会议室", chair="赵主任", recorder="李会计", entitled=3, present=3, minutes="逐个打分", recorded_by=change.actor_id,
        )
    )  # fmt: skip


def _project(change: Change, books: Books, name: str, service: str, item: str, state: ProjectState) -> Project:
    project = change.put(
        Project(
            year=2026, name=name, class_code=service, item=item, place="全村", manager="罗委员", budget_fen=8_000_00,
            fund_id=books.village.id, state=state,
        )
    )  # fmt: skip
    change.put(Step(project_id=project.id, state=state, taken_on=date(2026, 2, 20), taken_by=change.actor_id))
    return project


def _vote(desk: Desk, change: Change, projects: tuple[Project, ...]) -> Meeting:
    (body,) = desk.find(Body, "kind = '村民代表会议'")
    meeting = change.put(
        Meeting(
            body_id=body.id, basis="村民代表会议", number="2026年村民代表会议第2次", held_on=date(2026, 2, 20),
            place="村委会会议室", chair="赵主任", recorder="李会计", entitled=45, present=30,
            profile_version="default-2026.1", recorded_by=change.actor_id,
        )
    )  # fmt: skip
    for number, (subject, yes, no, abstain) in enumerate(_MOTIONS, 1):
        is_passed = yes > meeting.present // 2
        motion = change.put(
            Motion(
                meeting_id=meeting.id, number=number, subject=subject, method="无记名", yes=yes, no=no,
                abstain=abstain, is_passed=is_passed,
                arithmetic=f"应到45人，实到30人，达到三分之二；同意{yes}票，{'' if is_passed else '未'}超过到会人数半数，"
                f"{'' if is_passed else '未'}通过",
            )
        )  # fmt: skip
        if number <= len(projects):
            change.put(MotionProject(motion_id=motion.id, project_id=projects[number - 1].id))
    return meeting


def told(desk: Desk, kind: str, scope: Scope) -> tuple[Sheet, list[Finding]]:
    """Return a kind's sheet of a scope, unstored, and what does not add up."""
    wanted = kind_named(kind)
    assert wanted
    return draft_sheet(desk, wanted, scope, slot_for(desk, wanted.slot), "")
