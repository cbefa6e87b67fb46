"""Rules of the board: sums, days, turns."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.disclosure import rules
from villagedesk.disclosure.model import NoticeState, Posting
from villagedesk.disclosure.rules import TRANSITIONS, adds_up, days_on_board, hangs_long_enough, in_turn
from villagedesk.kernel.workdays import DayKind
from villagedesk.village.profile import NoticeRule, load

RULE = load().notices["funds"]


def by_workdays() -> NoticeRule:
    return replace(RULE, on_board_days=7, day_kind=DayKind.WORKDAY)


def posting(first_day: date, last_day: date) -> Posting:
    return Posting(notice_id="", board="村口", first_day=first_day, last_day=last_day, posted_by="")


def test_every_state_has_its_row_in_the_table() -> None:
    assert set(TRANSITIONS) == set(NoticeState)


def test_a_posted_notice_is_hung_again_taken_down_or_corrected_and_nothing_else() -> None:
    after = {NoticeState.POSTED, NoticeState.TAKEN_DOWN, NoticeState.CORRECTED}
    assert set(TRANSITIONS[NoticeState.POSTED].values()) == after
    assert not TRANSITIONS[NoticeState.REFUSED]


@pytest.mark.parametrize("state", list(NoticeState))
def test_only_a_reviewed_notice_is_issued(state: NoticeState) -> None:
    assert bool(list(in_turn(state, "issue"))) is (state is not NoticeState.REVIEWED)


@given(st.integers(0), st.integers(0), st.integers(0), st.integers(-5, 5))
def test_sums_are_wrong_by_a_single_fen(opening: int, arrived: int, paid: int, off: int) -> None:
    assert bool(list(adds_up("账", opening, arrived, paid, opening + arrived - paid + off))) is (off != 0)


def test_a_term_may_be_counted_in_workdays() -> None:
    assert rules.term(date(2026, 4, 30), by_workdays()) == date(2026, 5, 12)  # 1 to 5 May are free, the 9th is worked


def test_days_beyond_the_known_holidays_are_told() -> None:
    (finding,) = hangs_long_enough(date(2099, 1, 1), date(2099, 3, 1), by_workdays())
    assert finding.code == "disclosure.calendar"


@given(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(0, 30), st.integers(-5, 30), st.integers(0, 30))
def test_days_on_two_boards_count_once(first: date, length: int, shift: int, other: int) -> None:
    from datetime import timedelta

    one = posting(first, first + timedelta(days=length))
    two = posting(first + timedelta(days=shift), first + timedelta(days=shift + other))
    covered = {first + timedelta(days=count) for count in range(length + 1)}
    covered |= {first + timedelta(days=shift + count) for count in range(other + 1)}
    assert days_on_board([one, two], date(2027, 1, 1)) == len(covered)
    assert days_on_board([one], first) == 1
