"""What slots ① tell of projects: wishes and scores, votes and what they resolve, progress; each to be counted again."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.disclosure.books import Q1, Books
from tests.disclosure.matters import Matters, add_matters, told
from tests.golden import assert_golden
from villagedesk.deliberation.model import Motion, MotionProject
from villagedesk.deliberation.scoring import ranking
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import kind_named, votes, wishes
from villagedesk.kernel.dates import Period
from villagedesk.reports.sheet import Chart, Sheet, Table, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import MeetingRule, Share
from villagedesk.village.store import profile

GOLDEN = Path(__file__).parent / "golden"
YEAR = Scope(Period(2026))
UNTIL = date(2026, 12, 31)


@pytest.fixture
def matters(desk: Desk, books: Books) -> Matters:
    """The quarter's books with all that slots ① and ② tell of."""
    return add_matters(desk, books)


def about(matters: Matters) -> Scope:
    """The scope of the second meeting."""
    return Scope(Period(2026), matters.meeting.id)


def tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet."""
    return [block for block in sheet.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("kind", ["wishes", "votes", "approval", "projects"])
def test_a_whole_year_reads_as_it_was_approved(desk: Desk, matters: Matters, kind: str) -> None:
    scope = {"votes": about(matters), "approval": about(matters), "projects": Q1}.get(kind, YEAR)
    sheet, findings = told(desk, kind, scope)
    assert findings == []
    assert_golden(sheet, GOLDEN / f"{kind}-full.txt")


def test_an_event_is_named_in_the_title(desk: Desk, matters: Matters) -> None:
    assert told(desk, "votes", about(matters))[0].title.endswith("关于2026年村民代表会议第2次会议表决结果的公示")
    assert told(desk, "approval", about(matters))[0].title.endswith("关于2026年村民代表会议第2次会议决议立项项目的公示")
    assert told(desk, "wishes", YEAR)[0].title.endswith("关于2026年项目征集结果与量分排名的公示")


def test_each_meeting_that_resolves_projects_asks_for_its_votes(desk: Desk, matters: Matters) -> None:
    kind = kind_named("votes")
    assert kind
    found = kind.occasions(desk, UNTIL)
    assert [(one.happened_on, one.name) for one in found] == [
        (date(2026, 1, 12), "2026年村民代表会议（2026-1）"),
        (date(2026, 2, 20), "2026年村民代表会议第2次会议"),
    ]
    assert found[1].scope == about(matters)
    assert len(kind.occasions(desk, date(2026, 2, 19))) == 1


def test_a_meeting_that_resolved_no_project_asks_for_no_approval(desk: Desk, matters: Matters) -> None:
    kind = kind_named("approval")
    assert kind
    assert len(kind.occasions(desk, UNTIL)) == 2
    with desk.change("test.none") as change:
        meeting = change.put(replace(matters.meeting, id="", version=0, number="2026年村民代表会议第3次"))
    assert meeting.id not in {one.scope.topic_id for one in kind.occasions(desk, UNTIL)}


def test_a_later_word_on_a_running_project_asks_for_no_approval(desk: Desk, matters: Matters) -> None:
    kind = kind_named("approval")
    assert kind
    held = date(2026, 3, 30)
    with desk.change("test.later") as change:
        later = replace(matters.meeting, id="", version=0, number="2026年村民代表会议第3次", held_on=held)
        meeting = change.put(later)
        motion = change.put(
            Motion(meeting_id=meeting.id, number=1, subject="路灯维护延长到年底", method="举手", yes=30, no=0, abstain=0,
                   is_passed=True, arithmetic="应到45人，实到30人；同意30票，通过")
        )  # fmt: skip
        change.put(MotionProject(motion_id=motion.id, project_id=matters.lamps.id))
    assert meeting.id not in {one.scope.topic_id for one in kind.occasions(desk, UNTIL)}
    assert "没有会议决议立项的项目" in text_of(told(desk, "approval", Scope(Period(2026), meeting.id))[0])


def test_the_year_is_ranked_on_the_day_the_council_met(desk: Desk, matters: Matters) -> None:
    kind = kind_named("wishes")
    assert kind
    assert [(one.scope, one.happened_on) for one in kind.occasions(desk, UNTIL)] == [(YEAR, date(2026, 1, 8))]
    assert kind.occasions(desk, date(2026, 1, 7)) == []


def test_a_refused_project_is_not_approved(desk: Desk, matters: Matters) -> None:
    text = text_of(told(desk, "approval", about(matters))[0])
    assert "治安巡逻" in text
    assert "文化广场健身器材" not in text


def test_votes_in_a_table_add_up_to_those_present(desk: Desk, matters: Matters) -> None:
    sheet, _ = told(desk, "votes", about(matters))
    for row in tables(sheet)[0].rows:
        assert sum(map(int, row[3:6])) == int(row[6]) == matters.meeting.present
    (chart,) = (block for block in sheet.blocks if isinstance(block, Chart))
    assert [sum(bar.parts) for bar in chart.bars] == [matters.meeting.present] * 4


def test_a_meeting_without_a_quorum_is_called_void(desk: Desk, matters: Matters) -> None:
    rule = _rule(desk)
    (first, *_) = votes.meetings_of(desk, about(matters))[0]
    few = replace(first, present=29, yes=29, abstain=0, is_passed=False)
    assert votes.attendance(few, rule).endswith("至少到会30人（达到三分之二）会议才有效；实到29人，会议无效。")
    assert votes.counted(few, rule).endswith("到会人数不够，表决无效。")


def test_votes_that_do_not_add_up_are_found(desk: Desk, matters: Matters) -> None:
    rule = _rule(desk)
    found = votes.meetings_of(desk, about(matters))[0]
    assert list(votes.recounted(desk, found, rule)) == []
    (lost,) = votes.recounted(desk, [replace(found[0], yes=28)], rule)
    assert "票数加起来是29票，实到30人，对不上" in lost.message
    (turned,) = votes.recounted(desk, [replace(found[1], is_passed=True)], rule)
    assert "记的是“通过”，按票数算不是" in turned.message


def test_votes_judged_by_other_rules_are_not_judged_again(desk: Desk, matters: Matters) -> None:
    found = votes.meetings_of(desk, about(matters))[0]
    older = replace(found[1], is_passed=True, version="default-2019.1")
    assert list(votes.recounted(desk, [older], _rule(desk))) == []


@given(some.integers(1, 9), some.integers(1, 9), some.booleans(), some.integers(1, 5000))
def test_the_least_number_reaches_a_share_and_one_less_does_not(
    top: int, more: int, is_strict: bool, whole: int
) -> None:
    share = Share(Fraction(top, top + more), is_strict)
    least = votes.least_of(share, whole)
    assert share.is_reached(least, whole)
    assert not share.is_reached(least - 1, whole)


def test_the_ballots_shown_add_up_to_the_ranking(desk: Desk, matters: Matters) -> None:
    sheet, _ = told(desk, "wishes", YEAR)
    ranked, ballots = tables(sheet)[1:]
    for row, shown in zip(ranked.rows, ballots.rows, strict=True):
        assert sum(map(int, row[2:5])) == int(row[5]) == int(shown[2]) == sum(map(int, shown[1].split("＋")))
        assert f"{int(row[5]) / int(row[6]):.2f}" == row[7]


def test_ballots_name_no_member_of_the_council(desk: Desk, matters: Matters) -> None:
    text = text_of(told(desk, "wishes", YEAR)[0])
    assert not [name for name in ("刘议事", "陈议事", "杨议事", "李大爷", "陈大娘") if name in text]


def test_a_ballot_the_ranking_missed_is_found(desk: Desk, matters: Matters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "ranking", lambda *about: ranking(*about)[1:])
    _, findings = told(desk, "wishes", YEAR)
    assert "量分票有9张，排名里只算了6张" in findings[0].message


def test_progress_tells_what_moved_in_the_period_only(desk: Desk, matters: Matters) -> None:
    text = text_of(told(desk, "projects", Q1)[0])
    assert "2月20日\n会议决议\n路灯维护、治安巡逻" in text
    second = text_of(told(desk, "projects", Scope(Period.quarter(2026, 3)))[0])
    assert "2026年第三季度项目进度没有变化。" in second


def _rule(desk: Desk) -> MeetingRule:
    return profile(desk).meetings["村民代表会议"]
