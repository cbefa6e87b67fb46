"""The period in a pay sheet's title: a month, a quarter however it is written, anything else is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.dates import Period
from villagedesk.payments.payperiod import told_period

Q1 = Period.quarter(2026, 1)
YEARS, MONTHS = st.integers(2000, 2099), st.integers(1, 12)


@pytest.mark.parametrize(
    "title",
    [
        "2026年第一季度报酬发放表", "2026年一季度", "2026 年 第 1 季 度", "2026年度第一季度", "2026年1月-3月报酬发放表",
        "2026年1月至3月报酬发放表", "2026年1月、2月、3月报酬", "2026年1、2、3月报酬", "2026年1～3月", "2026年1—3月份", "2026年1–3月",
        "2026年1月份到3月份", "2026年1-3月", "2026年第一季度（1-3月）", "2026年1月到2026年3月", "2026年第一季度，2026年4月5日",
        "２０２６年１月－３月",
    ],
)  # fmt: skip
def test_the_months_of_a_quarter_are_that_quarter(title: str) -> None:
    assert told_period([title]) == (Q1, title)


@pytest.mark.parametrize(
    "title", ["2026年3月份工资表", "2026年3月-工资表", "2026年3月工资（共14人）", "2026年3月31日2026年3月"]
)
def test_one_month_is_that_month(title: str) -> None:
    assert told_period([title])[0] == Period(2026, 3, 1)


@pytest.mark.parametrize(
    "title",
    [
        "2026年1月-2月报酬", "2026年1月至6月", "2026年1、3月", "2026年1月、3月", "2026年2-4月", "2025年12月-2026年2月",
        "2026年第一季度、第二季度", "2026年第一、二季度", "2026年一至二季度", "2026年第一季度（4月）", "2026年上半年", "2026年1-12月",
        "2026年13月", "2026年一月至三月", "2026年3月及一季度", "2026年3月报酬（1月补）", "2026年3月-1月", "2026年第五季度",
    ],
)  # fmt: skip
def test_any_other_stretch_is_asked(title: str) -> None:
    with pytest.raises(ValueError, match="不是一个月，也不是一个季度"):
        told_period([title])


@given(YEARS, MONTHS, MONTHS, st.sampled_from(["{}年{}月-{}月", "{}年{}至{}月", "{}年{}月～{}月份", "{}年{}—{}月"]))
def test_a_stretch_of_months_never_becomes_one_of_them(year: int, first: int, last: int, style: str) -> None:
    title = style.format(year, first, last)
    if first == last:
        assert told_period([title])[0] == Period(year, first, 1)
    elif first % 3 == 1 and last == first + 2:
        assert told_period([title])[0] == Period.quarter(year, (first + 2) // 3)
    else:
        with pytest.raises(ValueError, match="不是一个月"):
            told_period([title])


@pytest.mark.parametrize(
    "above", [[], ["报酬发放表"], ["2026年报酬"], ["1月至3月"], ["2026年4月5日"], ["填表时间：2026年4月"]]
)
def test_lines_without_a_period_tell_none(above: list[str]) -> None:
    assert told_period(above) == (None, "")


def test_the_title_tells_and_not_the_day_below() -> None:
    assert told_period(["2026年第一季度", "2026年4月5日", "填表时间：2026年4月"])[0] == Q1
    with pytest.raises(ValueError, match="标题里有“2026年1月”，又有“2026年2月”"):
        told_period(["2026年1月", "2026年2月"])
