"""Where the profile assesses months, a quarter's score is the mean of its months, with its arithmetic."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.projects.posts import assessed, filled, post, road
from tests.works import YEAR, contract
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import RuleViolation
from villagedesk.projects import store, usecases
from villagedesk.projects.evaluation import counted_in, counting
from villagedesk.projects.model import Inspection, Post, Project
from villagedesk.projects.monthly import mean_of, mean_told, worked_months
from villagedesk.storage.desk import Desk
from villagedesk.village import profile

Q2 = Period.quarter(YEAR, 2)
APRIL, MAY, JUNE = (Period(YEAR, month, 1) for month in (4, 5, 6))


@pytest.fixture
def monthly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile that assesses by the month; all else is as it ships."""
    shipped = profile.load()
    rule = replace(shipped.works.assessment, is_monthly=True)
    other = replace(shipped, works=replace(shipped.works, assessment=rule))
    monkeypatch.setattr(profile, "load", lambda: other)


def month(project: Project, **changed: Any) -> Inspection:
    return assessed(project, **({"template": "composed"} | changed))


def scored(desk: Desk, subject: Post, period: Period, *off: int, **changed: Any) -> Inspection:
    """Score a month: so many points off 村, 镇 and 民主评议."""
    project = desk.get(Project, subject.project_id)
    reason = changed.pop("reason", "")
    return usecases.assess(desk, subject, period, month(project, **changed), filled("composed", *off), reason=reason)


@pytest.fixture
def keeper(desk: Desk) -> Post:
    project, (head, _) = road(desk)
    return usecases.set_up_post(desk, post(project, head))


def test_the_shipped_profile_assesses_by_the_quarter(desk: Desk, keeper: Post) -> None:
    rule = profile.load().works.assessment
    assert (rule.is_monthly, rule.sheet) == (False, "composed")
    with pytest.raises(RuleViolation, match="考核按季度进行"):
        scored(desk, keeper, APRIL)


@pytest.mark.usefixtures("monthly")
def test_three_months_of_three_parts_make_the_quarter(desk: Desk, keeper: Post) -> None:
    """30 + 50 + 20: April 92, May 88, June 89; together 269, a third of it 89.67, in whole points 90."""
    scored(desk, keeper, APRIL, 3, 5)
    scored(desk, keeper, MAY, 2, 5, 5)
    assert store.assessment_of(desk, keeper, Q2) is None
    assert store.next_month(desk, keeper, Q2) == JUNE
    last = scored(desk, keeper, JUNE, 0, 10, 1, inspectors="周监督、镇上老王")
    quarter = store.assessment_of(desk, keeper, Q2)
    assert quarter
    assert (quarter.score, quarter.is_passed, quarter.period, quarter.post_id) == (90, True, "2026Q2", keeper.id)
    assert quarter.note == "各月平均：（4月92分＋5月88分＋6月89分）÷3＝89.67分，四舍五入90分"
    assert quarter.inspectors == "周监督、吴代表、镇上老王"
    assert (quarter.inspected_on, quarter.template) == (last.inspected_on, "")
    assert [(mark.item, mark.points, mark.deducted) for mark in store.marks_of(desk, last.id)] == [
        ("村级考核", 30, 0), ("镇级考核", 50, 10), ("民主评议", 20, 1),
    ]  # fmt: skip
    assert store.next_month(desk, keeper, Q2) is None


@pytest.mark.usefixtures("monthly")
def test_a_month_put_right_puts_the_quarter_right(desk: Desk, keeper: Post) -> None:
    for one in (APRIL, MAY, JUNE):
        scored(desk, keeper, one)
    again = scored(desk, keeper, MAY, 9, reason="漏扣", inspected_on=date(2026, 7, 6))
    quarter = store.assessment_of(desk, keeper, Q2)
    assert quarter
    assert quarter.note == "各月平均：（4月100分＋5月91分＋6月100分）÷3＝97分"
    assert quarter.inspected_on == again.inspected_on
    visits = store.inspections_of(desk, keeper.project_id)
    assert [visit.id for visit in counting(visits)] == [quarter.id]
    assert [visit.period for visit in counted_in(visits)] == ["2026-04", "2026-05", "2026-06"]


@pytest.mark.usefixtures("monthly")
def test_only_months_of_work_are_scored(desk: Desk) -> None:
    project, (head, _) = road(desk)
    late = usecases.set_up_post(desk, post(project, head, first_day=date(2026, 5, 20), last_day=date(2026, 6, 30)))
    assert worked_months(late, Q2) == [MAY, JUNE]
    with pytest.raises(RuleViolation, match="里没有这个岗位或合同的活"):
        scored(desk, late, APRIL)
    scored(desk, late, MAY, 1)
    scored(desk, late, JUNE, 2)
    quarter = store.assessment_of(desk, late, Q2)
    assert quarter
    assert quarter.note == "各月平均：（5月99分＋6月98分）÷2＝98.50分，四舍五入99分"


@pytest.mark.usefixtures("monthly")
def test_a_contract_is_assessed_by_the_month_too(desk: Desk) -> None:
    project, _ = road(desk)
    signed = usecases.sign_contract(desk, contract(project, amount_fen=1_00, last_day=date(2026, 12, 31)), "补签")
    for one in (APRIL, MAY, JUNE):
        usecases.assess(desk, signed, one, month(project, note="差"), filled("composed", 20, 20))
    (quarter,) = store.assessments_of(desk, Q2, contract_id=signed.id)
    assert (quarter.score, quarter.is_passed) == (60, False)


@pytest.mark.usefixtures("monthly")
def test_a_quarter_is_not_scored_by_hand_and_a_month_only_on_its_sheet(desk: Desk, keeper: Post) -> None:
    project = desk.get(Project, keeper.project_id)
    with pytest.raises(RuleViolation, match="这里按月考核，请写成 2026-03 这样"):
        scored(desk, keeper, Q2)
    with pytest.raises(RuleViolation, match="请用规定的综合评分表"):
        usecases.assess(desk, keeper, APRIL, assessed(project), filled())
    with pytest.raises(RuleViolation, match="请写明是哪个月的"):
        usecases.record_inspection(desk, month(project, post_id=keeper.id), filled("composed"))
    with pytest.raises(RuleViolation, match="还没有开始"):
        scored(desk, keeper, Period(YEAR + 1, 1, 1))
    whole = usecases.record_inspection(desk, assessed(project, period="2026Q2"), filled())
    assert whole.period == "2026Q2", "the whole project is assessed by the quarter as ever"
    assert desk.value("SELECT count(*) FROM inspections") == 1


@pytest.mark.usefixtures("monthly")
def test_the_year_counts_a_quarter_once_and_months_until_then(desk: Desk, keeper: Post) -> None:
    scored(desk, keeper, APRIL, 10)
    visits = store.inspections_of(desk, keeper.project_id)
    assert [visit.period for visit in counting(visits)] == ["2026-04"]
    assert counted_in(visits) == []


def test_one_month_is_its_own_mean() -> None:
    assert mean_told([("6月", 88)]) == "只有6月有活，得88分"


@given(st.lists(st.integers(0, 100), min_size=1, max_size=3))
def test_the_mean_lies_within_half_a_point(scores: list[int]) -> None:
    months = [
        Inspection(
            project_id="p", kind="assessment", inspected_on=date(2026, 7, 1), score=score, is_passed=True,  # type: ignore[arg-type]
            inspectors="周监督", period=f"2026-0{place}",
        )
        for place, score in enumerate(scores, 4)
    ]  # fmt: skip
    quarter = mean_of(months, 70)
    assert -0.5 < quarter.score - sum(scores) / len(scores) <= 0.5
    assert quarter.is_passed == (quarter.score >= 70)
    assert f"{quarter.score}分" in quarter.note
