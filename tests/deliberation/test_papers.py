from dataclasses import replace
from pathlib import Path

from tests.golden import assert_golden
from tests.works import YEAR, assembly, facts, minutes, open_fund, proposed
from villagedesk.deliberation import papers, store
from villagedesk.deliberation.model import Meeting, MotionFacts, Presence, Score
from villagedesk.deliberation.usecases import record_meeting
from villagedesk.projects.usecases import shortlist
from villagedesk.storage.desk import Desk

HERE = Path(__file__).parent


def meeting(desk: Desk) -> Meeting:
    """Record a meeting with a motion that passes, one that fails and one about no project."""
    fund = open_fund(desk)
    lamps, patrol = proposed(desk, "路灯维护", fund), proposed(desk, "治安巡逻", fund, 8_000_00)
    roll = [
        *((f"代表{n}", Presence.PRESENT) for n in range(1, 44)),
        *((f"代表{n}", Presence.ABSENT) for n in range(44, 61)),
        ("吴干部", Presence.OBSERVER),
    ]
    motions = [
        MotionFacts("审议路灯维护项目", 40, 2, 1, "举手", (lamps.id,)),
        MotionFacts("审议治安巡逻项目", 20, 17, 6, "无记名", (patrol.id,)),
        MotionFacts("选举民主理财小组", 43, 0, 0, "无记名"),
    ]
    put = replace(minutes(assembly(desk)), minutes="赵主任介绍了方案。\n\n代表讨论了路灯的位置。")
    return record_meeting(desk, put, roll, motions)


def test_minutes_read_as_approved(desk: Desk) -> None:
    assert_golden(papers.minutes_sheet(desk, meeting(desk).id), HERE / "minutes.txt")


def test_a_resolution_reads_as_approved(desk: Desk) -> None:
    assert_golden(papers.resolution_sheet(desk, meeting(desk).id), HERE / "resolution.txt")


def test_a_meeting_without_quorum_says_so_on_paper(desk: Desk) -> None:
    few = record_meeting(desk, minutes(assembly(desk), present=39), motions=[MotionFacts("审议项目", 39, 0, 0)])
    assert_golden(papers.resolution_sheet(desk, few.id), HERE / "resolution-void.txt")
    told = replace(minutes(store.body_of(desk, few), number="2"), minutes="通报情况")
    assert_golden(papers.minutes_sheet(desk, record_meeting(desk, told).id), HERE / "minutes-short.txt")


def test_the_ranking_reads_as_approved(desk: Desk) -> None:
    lamps, patrol = shortlist(desk, facts()), shortlist(desk, facts("治安巡逻"))
    with desk.change("test") as change:
        for member, scores in (("史祥燕", (7, 6, 7)), ("李㛃", (2, 7, 7)), ("刘·买买提", (9, 3, 5))):
            urgent, wished, benefit = scores
            change.put(Score(project_id=lamps.id, member=member, urgent=urgent, wished=wished, benefit=benefit))
            change.put(Score(project_id=patrol.id, member=member, urgent=wished, wished=benefit, benefit=urgent))
    assert_golden(papers.ranking_sheet(desk, YEAR), HERE / "ranking.txt")


def test_a_resolution_about_several_projects_sums_them_up(desk: Desk) -> None:
    fund = open_fund(desk)
    ids = tuple(proposed(desk, name, fund, 8_000_00).id for name in ("路灯维护", "治安巡逻"))
    held = record_meeting(desk, minutes(assembly(desk)), motions=[MotionFacts("一并审议", 43, 0, 0, project_ids=ids)])
    assert_golden(papers.resolution_sheet(desk, held.id), HERE / "resolution-many.txt")
