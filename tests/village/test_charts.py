"""Funds to look at: what is spent, left and still to come makes the plan."""

from villagedesk.village.charts import FundStanding, funds_chart, standing
from villagedesk.village.model import Fund
from villagedesk.village.store import FundBalance


def test_spent_left_and_still_to_come_make_the_plan() -> None:
    balance = FundBalance(Fund(village_id="v", year=2026, source="县级补助", planned_fen=190_00), 170_00, 111_00)
    chart = funds_chart([standing(balance)], "各项资金使用图")
    (bar,) = chart.bars
    assert (bar.label, bar.parts, bar.text) == ("2026年县级补助", (111_00, 59_00, 20_00), "结余59.00元")
    assert (chart.legend, chart.caption) == (("已支出", "结余", "尚未到账"), "各项资金使用图")


def test_more_than_planned_or_spent_is_drawn_as_nothing_missing_and_nothing_left() -> None:
    (more, gone) = funds_chart([FundStanding("甲", 100, 150, 150), FundStanding("乙", 100, 100, -20)]).bars
    assert (more.parts, gone.parts) == ((0, 150, 0), (120, 0, 0))
