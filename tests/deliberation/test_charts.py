"""Decisions to look at: votes as they fell, and points that add up to the result."""

from fractions import Fraction

from villagedesk.deliberation.charts import ranking_chart, votes_chart
from villagedesk.deliberation.model import Motion
from villagedesk.deliberation.scoring import Ranked
from villagedesk.storage.desk import Desk
from villagedesk.village.store import profile


def test_each_motion_shows_its_votes_and_what_came_of_them() -> None:
    passed = Motion(
        meeting_id="m", number=1, subject="路灯", method="举手", yes=38, no=2, abstain=1, is_passed=True, arithmetic=""
    )
    failed = Motion(
        meeting_id="m",
        number=2,
        subject="巡逻",
        method="举手",
        yes=20,
        no=15,
        abstain=6,
        is_passed=False,
        arithmetic="",
    )
    chart = votes_chart((motion.number, motion) for motion in (passed, failed))
    assert chart.legend == ("同意", "反对", "弃权")
    assert [(bar.label, bar.parts, bar.text) for bar in chart.bars] == [
        ("第1项", (38, 2, 1), "同意38票，通过"),
        ("第2项", (20, 15, 6), "同意20票，未通过"),
    ]


def test_the_points_by_criterion_make_the_result(desk: Desk) -> None:
    one = Ranked(1, "p", "路灯维护", 3, (20, 15, 10), (), Fraction(45, 3), "", 30)
    chart = ranking_chart([one], profile(desk).scoring)
    (bar,) = chart.bars
    assert (bar.label, bar.text) == ("1. 路灯维护", "15.00分")
    assert bar.parts == (667, 500, 333)
    assert chart.legend == ("急需", "急盼", "受益直接")
