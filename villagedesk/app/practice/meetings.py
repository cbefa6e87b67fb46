"""The practice year's meetings: the council's scores, the votes, and what the board hangs after them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from villagedesk.app.practice import facts, moneyfacts, villagers
from villagedesk.app.practice.board import hang_due, notice_of
from villagedesk.app.practice.papers import SCORES, shipped
from villagedesk.deliberation import usecases as deliberation
from villagedesk.deliberation.model import Meeting, Motion, MotionFacts, Presence
from villagedesk.disclosure import usecases as board
from villagedesk.kernel.dates import Period
from villagedesk.kernel.money import yuan
from villagedesk.projects import usecases as projects
from villagedesk.projects.model import Project, ProjectState
from villagedesk.village import store as village_store

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear

_STATES = ProjectState
_FLOOD = next(work for work in facts.WORKS if work.name == "防汛物资储备")


def council(year: "PracticeYear") -> None:
    """The council scores the candidates; the committees propose."""
    year.at(2, 3)
    deliberation.import_scores(year.village, shipped(SCORES), 2026)
    names = council_names()
    meet(year, "议事会", "议事会", "2026年议事会第1次", names, 21, 19, [MotionFacts("量分结果和初选项目", 18, 0, 1)])
    for work in facts.WORKS:
        project = year.village.get(Project, year.projects[work.name])
        if work.budget_fen:
            fund_id = year.funds[work.source]
            projects.revise(year.village, _with_fund(project, fund_id))
        if work.ends is not _STATES.SHORTLISTED:
            year.step(work, _STATES.PROPOSED)
    hang_due(year, 2, 3)


def assembly(year: "PracticeYear") -> None:
    """The representatives decide: eight works pass, one is voted down."""
    year.at(2, 8)
    motions = [
        MotionFacts(f"{work.name}立项和预算", 52 - place, place % 3, 1, project_ids=(year.projects[work.name],))
        if work.ends is not _STATES.REJECTED
        else MotionFacts(f"{work.name}立项和预算", 24, 25, 4, project_ids=(year.projects[work.name],))
        for place, work in enumerate(facts.WORKS)
        if work.ends not in (_STATES.PROPOSED, _STATES.SHORTLISTED) and work is not _FLOOD
    ]
    motions.append(MotionFacts("选举民主理财小组、质量监督小组", 51, 0, 2))
    motions = [_filled(motion, 53) for motion in motions]
    meet(year, "村民代表会议", "村民代表会议", "2026年村民代表会议第1次", year.representatives, 60, 53, motions)
    villagers.levy(year)
    hang_due(year, 2, 8)


def grant_flood_supplies(year: "PracticeYear") -> None:
    """In August the township grants the flood supplies."""
    year.at(8, 3)
    year.step(_FLOOD, _STATES.GRANTED, "双石府〔2026〕58号批复")


def gather_in_july(year: "PracticeYear") -> None:
    """In July the representatives decide on flood supplies and move some budget."""
    year.at(7, 16)
    giver, taker, fen, _ = moneyfacts.BUDGET_MOVED
    motions = [
        MotionFacts(f"{_FLOOD.name}立项和预算", 40, 2, 1, project_ids=(year.projects[_FLOOD.name],)),
        MotionFacts(f"从{giver}预算调{yuan(fen)}元给{taker}", 39, 3, 1),
    ]
    number = "2026年村民代表会议第2次"
    meeting = meet(year, "村民代表会议", "村民代表会议", number, year.representatives, 60, 43, motions)
    _move_budget(year, meeting)
    added = board.supplement(
        year.village,
        notice_of(year, "budget", Period(2026)).id,
        facts.ADDED_TO_BUDGET,
        "7月村民代表会议新增一个项目。",
    )
    hang_due(year, 7, 16, answers=[added])
    year.step(_FLOOD, _STATES.PUBLICIZED, "公示表贴在村委会公示栏，公示7天")


def gather_again(year: "PracticeYear", count: int, day: int, subject: str, present: int) -> None:
    """The representatives meet in November; nobody has put the votes on the board yet."""
    year.at(11, day)
    motion = _filled(MotionFacts(subject, present - 5, 3, 0), present)
    number = f"2026年村民代表会议第{count}次"
    meet(year, "村民代表会议", "村民代表会议", number, year.representatives, 60, present, [motion])


def teams_meet(year: "PracticeYear", month: int) -> None:
    """Let the team that meets in a month meet and vote."""
    for (met_in, day), team, present, subject, yes, no in facts.TEAM_MEETINGS:
        if met_in == month:
            year.at(month, day, 19)
            names = [
                row[0]
                for row in year.village.rows(
                    "SELECT p.name FROM people p JOIN households h ON h.id = p.household_id "
                    "WHERE p.relation = '户主' AND h.team = ? ORDER BY p.rowid",
                    [team],
                )
            ]
            motion = MotionFacts(subject, yes, no, present - yes - no)
            number = f"2026年{team}村民小组会议第1次"
            meet(year, "村民小组会议", "村民小组会议", number, names, len(names), present, [motion], f"{team}晒坝")


def meet(
    year: "PracticeYear",
    kind: str,
    basis: str,
    number: str,
    names: list[str],
    entitled: int,
    present: int,
    motions: list[MotionFacts],
    place: str = "村委会二楼会议室",
) -> Meeting:
    """Record today's meeting of a body: of those named, the first ``present`` came."""
    body = village_store.body_of_kind(year.village, kind)
    assert body
    roll = [(name, Presence.PRESENT if seat < present else Presence.ABSENT) for seat, name in enumerate(_apart(names))]
    meeting = Meeting(
        body_id=body.id,
        basis=basis,
        number=number,
        held_on=year.clock.now().date(),
        place=place,
        chair=facts.HEAD,
        recorder=facts.ACCOUNTANT,
        entitled=entitled,
        present=present,
        minutes="逐项说明实施方案和预算，代表提问后表决，结果当场宣布。",
        profile_version="",
        recorded_by="",
    )
    return deliberation.record_meeting(year.village, meeting, roll, motions)


def council_names() -> list[str]:
    """Return who sits in the council, as the ballots name them."""
    from villagedesk.storage.foreign import read_grid

    rows = read_grid(shipped(SCORES)).rows
    return list(dict.fromkeys(str(row[0]) for row in rows[1:]))


def with_duties(names: tuple[str, ...] | list[str]) -> list[tuple[str, str]]:
    """Return the members of a body, the first of them leading it."""
    return [(name, "组长" if place == 0 else "成员") for place, name in enumerate(_apart(list(names)))]


def _move_budget(year: "PracticeYear", meeting: Meeting) -> None:
    """Make the change of the budget that a meeting's second motion resolved."""
    giver, taker, fen, why = moneyfacts.BUDGET_MOVED
    (motion,) = year.village.find(Motion, "meeting_id = ? AND number = 2", [meeting.id])
    moves = [(year.projects[giver], -fen), (year.projects[taker], fen)]
    projects.change_budget(year.village, 2026, motion.id, moves, why)


def _apart(names: list[str]) -> list[str]:
    """Return the names with a mark where one stands twice."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return told


def _filled(motion: MotionFacts, present: int) -> MotionFacts:
    """Return the motion with whoever neither agreed nor objected among the abstentions."""
    return replace(motion, abstain=present - motion.yes - motion.no)


def _with_fund(project: Project, fund_id: str) -> Project:
    return replace(project, fund_id=fund_id)
