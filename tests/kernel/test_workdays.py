"""Notice days end when the law says, holidays and moved rest days of 2026 included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.workdays import DayKind, is_workday, last_day

days_of_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 1, 1), False),  # 元旦
        (date(2026, 1, 4), True),  # a Sunday moved for 元旦
        (date(2026, 2, 14), True),  # a Saturday moved for 春节
        (date(2026, 2, 17), False),  # 春节
        (date(2026, 2, 23), False),  # the Monday that ends it
        (date(2026, 2, 28), True),  # a Saturday moved for 春节
        (date(2026, 4, 6), False),  # 清明, the Monday
        (date(2026, 5, 1), False),  # 劳动节
        (date(2026, 5, 9), True),  # a Saturday moved for it
        (date(2026, 6, 19), False),  # 端午
        (date(2026, 9, 20), True),  # a Sunday moved for 国庆
        (date(2026, 9, 25), False),  # 中秋
        (date(2026, 10, 7), False),  # 国庆
        (date(2026, 10, 10), True),  # a Saturday moved for it
        (date(2026, 7, 15), True),  # a Wednesday like any other
        (date(2026, 7, 18), False),  # a Saturday like any other
    ],
)
def test_the_holidays_of_2026_as_the_state_council_set_them(day: date, *, is_worked: bool) -> None:
    assert is_workday(day) == is_worked


def test_a_term_counts_its_first_day() -> None:
    assert last_day(date(2026, 4, 1), 10, DayKind.CALENDAR) == date(2026, 4, 10)
    assert last_day(date(2026, 4, 1), 1, DayKind.WORKDAY) == date(2026, 4, 1)
    assert last_day(date(2026, 4, 4), 1, DayKind.WORKDAY) == date(2026, 4, 7)  # over 清明
    assert last_day(date(2026, 9, 28), 5, DayKind.WORKDAY) == date(2026, 10, 9)  # over 国庆


@given(days_of_2026, st.integers(1, 60))
def test_calendar_days_are_counted_one_by_one(first: date, days: int) -> None:
    assert last_day(first, days, DayKind.CALENDAR) == first + timedelta(days - 1)


@given(st.dates(date(2026, 1, 1), date(2026, 10, 1)), st.integers(1, 30))
def test_a_term_of_workdays_holds_just_so_many_and_ends_on_one(first: date, days: int) -> None:
    last = last_day(first, days, DayKind.WORKDAY)
    term = [first + timedelta(number) for number in range((last - first).days + 1)]
    assert sum(is_workday(day) for day in term) == days
    assert is_workday(last)


def test_a_term_has_at_least_a_day() -> None:
    with pytest.raises(ValueError, match="公示期至少一天"):
        last_day(date(2026, 4, 1), 0, DayKind.CALENDAR)


def test_a_year_whose_holidays_are_not_announced_is_said() -> None:
    with pytest.raises(ValueError, match="程序里还没有2099年的放假安排"):
        last_day(date(2099, 1, 1), 3, DayKind.WORKDAY)
    assert last_day(date(2099, 1, 1), 3, DayKind.CALENDAR) == date(2099, 1, 3)


def test_day_kinds_have_names() -> None:
    assert [kind.label for kind in DayKind] == ["天", "个工作日"]
