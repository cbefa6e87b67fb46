"""How long a notice hangs: calendar days and workdays, month ends, leap years, holidays and moved rest days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.disclosure.model import Posting
from villagedesk.disclosure.rules import days_on_board, hangs_long_enough, term
from villagedesk.kernel.findings import Severity
from villagedesk.kernel.workdays import DayKind, is_workday
from villagedesk.village.profile import NoticeRule, load

CALENDAR = load().notices["funds"]
LENGTHS = st.integers(1, 40)
ANY_DAY = st.dates(date(2000, 1, 1), date(2100, 12, 31))
ANNOUNCED = st.dates(date(2019, 1, 1), date(2025, 10, 1))
"""Days whose holidays are known, with room for a term after them."""


def ruled(days: int, kind: DayKind) -> NoticeRule:
    """A rule of so many days."""
    return replace(CALENDAR, on_board_days=days, day_kind=kind)


def hung(first: date, last: date, name: str = "P") -> Posting:
    """A posting from a day to a day."""
    return Posting(id=name, notice_id="N", board="公示栏", first_day=first, last_day=last, posted_by="X")


@given(first=ANY_DAY, days=LENGTHS)
def test_calendar_days_count_the_first_and_the_last(first: date, days: int) -> None:
    assert term(first, ruled(days, DayKind.CALENDAR)) - first == timedelta(days=days - 1)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 2, 20), date(2026, 3, 1)),
        (date(2028, 2, 20), date(2028, 2, 29)),
        (date(2100, 2, 20), date(2100, 3, 1)),
        (date(2026, 12, 25), date(2027, 1, 3)),
        (date(2026, 4, 21), date(2026, 4, 30)),
    ],
)
def test_a_term_of_ten_days_over_month_ends_leap_days_and_new_year(first: date, last: date) -> None:
    assert term(first, CALENDAR) == last


@given(first=ANNOUNCED, days=LENGTHS)
def test_a_term_of_workdays_ends_on_a_workday_and_holds_just_so_many(first: date, days: int) -> None:
    last = term(first, ruled(days, DayKind.WORKDAY))
    between = [first + timedelta(days=more) for more in range((last - first).days + 1)]
    assert sum(map(is_workday, between)) == days
    assert is_workday(last)


@given(first=ANNOUNCED, days=LENGTHS)
def test_workdays_never_end_before_calendar_days_nor_before_a_shorter_term(first: date, days: int) -> None:
    last = term(first, ruled(days, DayKind.WORKDAY))
    assert last >= term(first, ruled(days, DayKind.CALENDAR))
    assert last < term(first, ruled(days + 1, DayKind.WORKDAY))


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        (date(2025, 9, 28), 3, date(2025, 9, 30)),  # a Sunday that is worked for the holidays
        (date(2025, 9, 29), 3, date(2025, 10, 9)),  # eight days of holidays between
        (date(2025, 10, 10), 2, date(2025, 10, 11)),  # a Saturday that is worked
        (date(2025, 1, 26), 2, date(2025, 1, 27)),  # the Sunday before the Spring Festival is worked
        (date(2025, 5, 1), 1, date(2025, 5, 6)),  # begun on a holiday
    ],
)
def test_moved_rest_days_count_as_the_state_council_announced(first: date, days: int, last: date) -> None:
    assert term(first, ruled(days, DayKind.WORKDAY)) == last


def test_a_year_without_announced_holidays_is_told_in_a_sentence() -> None:
    first = date(2098, 12, 30)
    with pytest.raises(ValueError, match="程序里还没有2098年的放假安排，算不出工作日，请升级程序或改按自然日"):
        term(first, ruled(3, DayKind.WORKDAY))
    (finding,) = hangs_long_enough(first, first, ruled(3, DayKind.WORKDAY))
    assert (finding.code, finding.field) == ("disclosure.calendar", "first_day")
    assert term(first, ruled(3, DayKind.CALENDAR)) == date(2099, 1, 1)


@given(first=ANY_DAY, days=LENGTHS, less=st.integers(0, 40))
def test_a_term_is_short_to_the_day(first: date, days: int, less: int) -> None:
    rule = ruled(days, DayKind.CALENDAR)
    found = list(hangs_long_enough(first, term(first, rule) - timedelta(days=less), rule))
    if less == 0:
        assert found == []
    elif less < days:
        assert [(one.code, one.severity) for one in found] == [("disclosure.short", Severity.WARNING)]
    else:
        assert [one.code for one in found] == ["disclosure.days"]


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 15), st.one_of(st.none(), st.integers(0, 15))), max_size=6
)


@given(spans=SPANS, until=st.integers(0, 60))
def test_days_on_boards_are_counted_once_and_only_while_the_paper_hung(
    spans: list[tuple[int, int, int | None]], until: int
) -> None:
    begin = date(2026, 2, 20)
    postings, taken, expected = [], {}, set()
    for place, (start, length, down) in enumerate(spans):
        first = begin + timedelta(days=start)
        posting = hung(first, first + timedelta(days=length), str(place))
        postings.append(posting)
        if down is not None:
            taken[posting.id] = first + timedelta(days=down)
        for day in range(start, start + (length if down is None else down) + 1):
            expected |= {day} if day <= until else set()
    assert days_on_board(postings, begin + timedelta(days=until), taken) == len(expected)
