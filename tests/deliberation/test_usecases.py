import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.works import DATA, YEAR, assembly, facts, minutes, open_fund, proposed, resolved, running
from villagedesk.deliberation import papers, store
from villagedesk.deliberation.model import MotionFacts, Presence
from villagedesk.deliberation.usecases import import_scores, record_meeting
from villagedesk.kernel.errors import BadInput, RuleViolation
from villagedesk.projects import store as project_store
from villagedesk.projects.model import Project, ProjectState
from villagedesk.projects.usecases import shortlist, take_step
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.village.model import Body
from villagedesk.village.usecases import set_up_body

S = ProjectState
ITEMS = (
    "村内道路破损修补", "生活垃圾清运", "3组机耕道涵管更换", "路灯维护", "公共厕所管护", "提灌站看护",
    "农家书屋开放", "广场健身器材维修", "治安巡逻", "饮用水管网维护", "防汛物资储备", "电影放映",
)  # fmt: skip


def codes(error: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def motion(*projects: Project, yes: int = 22, no: int = 15, abstain: int = 6) -> MotionFacts:
    return MotionFacts("审议项目", yes, no, abstain, project_ids=tuple(project.id for project in projects))


def state_of(desk: Desk, project: Project) -> ProjectState:
    return desk.get(Project, project.id).state


def test_scores_come_in_as_they_are_and_rank_the_projects(desk: Desk) -> None:
    for name in ITEMS:
        shortlist(desk, facts(name))
    assert import_scores(desk, DATA / "scores-2026.xlsx", YEAR) == 252
    ranked = papers.ranked(desk, YEAR)
    assert [(one.place, one.name, one.arithmetic) for one in ranked][3:5] == [
        (4, "村内道路破损修补", "（急需132＋急盼109＋受益直接128）÷21票＝17.57分"),
        (5, "生活垃圾清运", "（急需117＋急盼120＋受益直接132）÷21票＝17.57分"),
    ]
    assert {one.counted for one in ranked} == {21}
    with pytest.raises(BadInput, match="有252处不对"):
        import_scores(desk, DATA / "scores-2026.xlsx", YEAR)


def test_scores_of_unknown_projects_leave_nothing_behind(desk: Desk) -> None:
    shortlist(desk, facts())
    before = desk.tip()
    with pytest.raises(BadInput) as caught:
        import_scores(desk, DATA / "scores-2026.xlsx", YEAR)
    assert str(caught.value.problems[0]) == "第2行“项目”：这一年没有叫“村内道路破损修补”的项目"
    assert desk.tip() == before


def test_scores_of_strangers_to_the_council_are_refused(desk: Desk) -> None:
    for name in ITEMS:
        shortlist(desk, facts(name))
    set_up_body(desk, "议事会", [("王代表", "组长")], date(2026, 1, 1), date(2028, 12, 31))
    with pytest.raises(BadInput) as caught:
        import_scores(desk, DATA / "scores-2026.xlsx", YEAR)
    assert "“史祥燕”不是议事会成员" in str(caught.value.problems[0])


def test_a_passed_motion_resolves_its_projects(desk: Desk) -> None:
    fund = open_fund(desk)
    first, second = proposed(desk, "路灯维护", fund), proposed(desk, "治安巡逻", fund)
    roll = [
        ("王代表", Presence.ABSENT),
        *((f"代表{n}", Presence.ABSENT) for n in range(16)),
        ("吴干部", Presence.OBSERVER),
    ]
    meeting = record_meeting(desk, minutes(assembly(desk)), roll, [motion(first, second)])
    (stored,) = store.motions_of(desk, meeting.id)
    assert stored.is_passed
    assert stored.arithmetic == "应到60人，实到43人，达到三分之二；同意22票，超过到会人数半数，通过"
    assert {state_of(desk, first), state_of(desk, second)} == {S.RESOLVED}
    step = project_store.steps_of(desk, first.id)[-1]
    assert (step.state, step.taken_on) == (S.RESOLVED, date(2026, 2, 10))
    assert step.note == f"2026年村民代表会议第1次第1项议题：{stored.arithmetic}"
    assert len(store.roll_of(desk, meeting.id)) == 18
    assert meeting.profile_version == "default-2026.1"
    assert {entry.action for entry in desk.history(first.id)} >= {"deliberation.meeting.recorded"}


def test_a_motion_voted_down_is_recorded_and_ends_its_projects(desk: Desk) -> None:
    project = proposed(desk)
    meeting = record_meeting(desk, minutes(assembly(desk)), motions=[motion(project, yes=21, no=16)])
    assert not store.motions_of(desk, meeting.id)[0].is_passed
    assert state_of(desk, project) is S.REJECTED


def test_a_meeting_without_quorum_is_recorded_and_moves_nothing(desk: Desk) -> None:
    project = proposed(desk)
    body = assembly(desk)
    with pytest.raises(RuleViolation) as refused:
        record_meeting(
            desk,
            minutes(body, present=39),
            motions=[replace(motion(project, yes=39, no=0, abstain=0), is_declared_passed=True)],
        )
    assert codes(refused) == ["deliberation.outcome"]
    meeting = record_meeting(desk, minutes(body, present=39), motions=[motion(project, yes=39, no=0, abstain=0)])
    (stored,) = store.motions_of(desk, meeting.id)
    assert (stored.is_passed, stored.arithmetic) == (False, "应到60人，实到39人，未达到三分之二，会议无效")
    assert state_of(desk, project) is S.PROPOSED
    again = minutes(body, number="2026年村民代表会议第2次")
    record_meeting(desk, again, motions=[motion(project)])
    assert state_of(desk, project) is S.RESOLVED


def test_a_body_that_does_not_resolve_moves_nothing(desk: Desk) -> None:
    project = proposed(desk)
    council = set_up_body(desk, "议事会", [("王代表", "组长")], date(2026, 1, 1), date(2028, 12, 31))
    record_meeting(desk, replace(minutes(council), basis="议事会"), motions=[motion(project)])
    assert state_of(desk, project) is S.PROPOSED
    with pytest.raises(RuleViolation, match="还没有通过这个项目"):
        take_step(desk, project.id, S.RESOLVED, date(2026, 2, 10))


def test_a_later_motion_about_a_running_project_moves_nothing(desk: Desk) -> None:
    project = running(desk)
    body = desk.find(Body)[0]
    later = replace(minutes(body), number="2026年村民代表会议第2次", held_on=date(2026, 6, 1))
    record_meeting(desk, later, motions=[motion(project, yes=1, no=42, abstain=0)])
    assert state_of(desk, project) is S.RUNNING


def test_projects_must_be_proposed_before_the_vote(desk: Desk) -> None:
    project = shortlist(desk, facts())
    with pytest.raises(RuleViolation) as refused:
        record_meeting(desk, minutes(assembly(desk)), motions=[motion(project)])
    assert codes(refused) == ["deliberation.project_state"]


def test_a_meeting_does_not_vote_before_the_proposal(desk: Desk) -> None:
    project = proposed(desk)
    early = replace(minutes(assembly(desk)), held_on=date(2026, 1, 30))
    with pytest.raises(RuleViolation) as refused:
        record_meeting(desk, early, motions=[motion(project)])
    assert codes(refused) == ["projects.order"]


def test_a_project_stands_once_on_the_agenda(desk: Desk) -> None:
    project = proposed(desk)
    with pytest.raises(RuleViolation) as refused:
        record_meeting(desk, minutes(assembly(desk)), motions=[motion(project), motion(project)])
    assert codes(refused) == ["deliberation.project_twice"]


def test_one_agenda_does_not_pass_more_than_the_fund_holds(desk: Desk) -> None:
    fund = open_fund(desk, 30_000_00)
    first = proposed(desk, "路灯维护", fund)
    second = proposed(desk, "治安巡逻", fund)
    body = assembly(desk)
    with pytest.raises(RuleViolation) as refused:
        record_meeting(desk, minutes(body), motions=[motion(first), motion(second)])
    assert codes(refused) == ["projects.over_plan"]
    record_meeting(desk, minutes(body), motions=[motion(first), motion(second, yes=3, no=40, abstain=0)])
    assert (state_of(desk, first), state_of(desk, second)) == (S.RESOLVED, S.REJECTED)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"basis": "党员大会"}, "deliberation.basis"),
        ({"basis": "随便开会"}, "deliberation.basis"),
        ({"number": ""}, "deliberation.number"),
        ({"entitled": 40}, "deliberation.present"),
    ],
)
def test_unsound_minutes_are_not_recorded(desk: Desk, changed: dict[str, Any], code: str) -> None:
    meeting = replace(minutes(assembly(desk)), minutes="通报情况", **changed)
    with pytest.raises(RuleViolation) as refused:
        record_meeting(desk, meeting)
    assert codes(refused) == [code]
    assert store.meetings(desk) == []


def test_a_number_is_given_once_and_the_next_is_proposed(desk: Desk) -> None:
    body = assembly(desk)
    assert store.next_number(desk, body.kind, YEAR) == "2026年村民代表会议第1次"
    record_meeting(desk, replace(minutes(body, number="2026年村民代表会议第2次"), minutes="通报情况"))
    assert store.next_number(desk, body.kind, YEAR) == "2026年村民代表会议第3次"
    with pytest.raises(RuleViolation) as refused:
        record_meeting(desk, minutes(body, number="2026年村民代表会议第2次"))
    assert codes(refused) == ["deliberation.number", "deliberation.empty"]


def test_meetings_are_listed_with_what_they_passed(desk: Desk) -> None:
    resolved(desk)
    (line,) = store.meetings(desk, YEAR)
    assert (line.body, line.motions, line.passed) == ("村民代表会议", 1, 1)
    assert store.meetings(desk, 2025) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE motions SET is_passed = 0",
        "UPDATE motions SET yes = 43, version = version + 1",
        "UPDATE meetings SET present = 60",
        "DELETE FROM motion_projects",
        "DELETE FROM attendances",
        (
            "REPLACE INTO motions SELECT id, version, village_id, meeting_id, number, subject, method, 43, 0, 0, 1, arithmetic"
            " FROM motions"
        ),
    ],
)
def test_a_plain_connection_cannot_change_a_vote(desk: Desk, statement: str) -> None:
    project = proposed(desk)
    record_meeting(desk, minutes(assembly(desk)), [("王代表", Presence.OBSERVER)], [motion(project)])
    connection = sqlite3.connect(desk.folder / FILE_NAME)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()


def test_only_the_accountant_records_meetings(desk: Desk, acting: Callable[[Desk, str], None]) -> None:
    body = assembly(desk)
    acting(desk, "赵主任")
    with pytest.raises(RuleViolation, match="这一步由村会计办理"):
        record_meeting(desk, minutes(body))
