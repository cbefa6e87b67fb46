"""Dates as people write them, and the periods of books and notices."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.dates import Period, chinese_date, parse_date

_WIDE = str.maketrans("0123456789-./ ", "０１２３４５６７８９－．／\u3000")
years = st.integers(1990, 2200)
periods = st.one_of(
    st.builds(Period, years),
    st.builds(Period.quarter, years, st.integers(1, 4)),
    st.builds(lambda year, month: Period(year, month, 1), years, st.integers(1, 12)),
)


@given(st.dates(date(1900, 1, 1), date(2300, 12, 31)))
def test_every_way_to_write_a_date_is_read(day: date) -> None:
    numbers = (day.year, day.month, day.day)
    for written in ("{}-{:02}-{:02}", "{}.{}.{}", "{}/{}/{}", "{}年{}月{}日", " {} 年 {} 月 {} 日 ", "{}年{}月{}"):
        assert parse_date(written.format(*numbers)) == day
        assert parse_date(written.format(*numbers).translate(_WIDE)) == day
    assert parse_date(chinese_date(day)) == parse_date(day) == day
    assert parse_date(datetime(day.year, day.month, day.day, 15)) == day


@pytest.mark.parametrize(
    "written", ["", "2026-02-30", "2026-13-01", "26-1-1", "明天", "2026-04", "20260405", "2026-4-5-6"]
)
def test_what_is_no_date_is_named(written: str) -> None:
    with pytest.raises(ValueError, match="不是日期，请写成 2026-04-05 这样"):
        parse_date(written)


@given(periods)
def test_a_period_is_read_back_as_it_is_written(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(periods)
def test_a_period_holds_its_days_and_no_other(period: Period) -> None:
    assert period.first.day == 1
    assert (period.last + timedelta(1)).day == 1
    assert period.first in period
    assert period.last in period
    assert period.first - timedelta(1) not in period
    assert period.last + timedelta(1) not in period


@given(st.dates(date(1990, 1, 1), date(2200, 12, 31)))
def test_a_day_lies_in_its_quarter(day: date) -> None:
    assert day in Period.quarter_of(day)


@given(years)
def test_four_quarters_make_a_year_without_gap(year: int) -> None:
    quarters = [Period.quarter(year, number) for number in range(1, 5)]
    assert (quarters[0].first, quarters[-1].last) == (Period(year).first, Period(year).last)
    assert all(later.first - earlier.last == timedelta(1) for earlier, later in pairwise(quarters))


def test_periods_in_words() -> None:
    assert [Period.parse(written).label for written in ("2026", "2026q3", "2026-07", "2026-Q4")] == [
        "2026年", "2026年第三季度", "2026年7月", "2026年第四季度",
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["", "26", "2026Q5", "2026-13", "2026-0", "第三季度"])
def test_what_is_no_period_is_named(written: str) -> None:
    with pytest.raises(ValueError, match="不是期间，请写成 2026、2026Q3 或 2026-07 这样"):
        Period.parse(written)


def test_after_a_period_comes_one_of_the_same_length() -> None:
    assert Period.month_of(date(2026, 12, 31)).following == Period(2027, 1, 1)
    assert Period.quarter(2026, 4).following == Period.quarter(2027, 1)
    assert Period(2026).following == Period(2027)
    assert Period.month_of(date(2026, 1, 31)).following == Period.parse("2026-02")
