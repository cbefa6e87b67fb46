"""Projects to look at: bars are what the figures say, and nothing is drawn below nothing."""

from datetime import date

from villagedesk.projects.charts import Use, budget_chart, satisfaction_chart, used_chart, wishes_chart
from villagedesk.projects.figures import WishCount
from villagedesk.projects.model import Survey


def test_wishes_stand_by_their_place() -> None:
    (bar,) = wishes_chart([WishCount("路灯维护", 3, 2, 1, date(2026, 1, 5))]).bars
    assert (bar.label, bar.parts, bar.text) == ("路灯维护", (3, 2, 1), "6户")


def test_a_budget_is_drawn_as_what_is_paid_and_what_is_left() -> None:
    under, over, back = used_chart([Use("路", 100_00, 41_00), Use("灯", 100_00, 120_00), Use("水", 100_00, -5_00)]).bars
    assert (under.parts, under.text) == ((41_00, 59_00), "用了41%")
    assert (over.parts, over.text) == ((120_00, 0), "用了120%")
    assert (back.parts, back.text) == ((0, 105_00), "用了0%")


def test_a_budget_shows_what_is_pending_and_never_less_than_nothing_left() -> None:
    chart = budget_chart(Use("预算", 100_00, 40_00), ("这一笔", 30_00))
    assert (chart.legend, chart.bars[0].parts) == (("已付", "这一笔", "还剩"), (40_00, 30_00, 30_00))
    assert budget_chart(Use("预算", 100_00, 90_00), ("这一笔", 30_00)).bars[0].parts == (90_00, 30_00, 0)
    chart = budget_chart(Use("预算", 100_00, 40_00))
    assert (chart.legend, chart.bars[0].parts, chart.bars[0].text) == (("已付", "还剩"), (40_00, 60_00), "已付40%")


def test_those_who_said_nothing_are_a_part_of_those_asked() -> None:
    survey = Survey(project_id="p", held_on=date(2026, 3, 1), way="问卷", asked=60, good=50, fair=6, poor=1)
    chart = satisfaction_chart([("村内道路养护", survey)])
    assert chart.legend == ("好", "中", "差", "没表态")
    assert (chart.bars[0].parts, chart.bars[0].text) == ((833, 100, 17, 50), "好83.3%")
