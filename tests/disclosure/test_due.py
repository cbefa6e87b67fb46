"""What is due is known from the first quarter with books until it hangs."""

from datetime import date

import pytest

from tests.disclosure.books import Books, issued
from villagedesk.disclosure import usecases
from villagedesk.disclosure.due import due_notices, due_on, next_due, quarters_kept
from villagedesk.kernel.dates import Period
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import load


def test_a_quarter_is_due_in_the_middle_of_the_month_after_it() -> None:
    rule = load().notices["funds"]
    assert due_on(Period.quarter(2026, 3), rule) == date(2026, 10, 15)
    assert due_on(Period.quarter(2026, 4), rule) == date(2027, 1, 15)


def test_a_desk_without_money_or_projects_owes_nothing(desk: Desk) -> None:
    assert due_notices(desk, date(2026, 12, 1)) == []


def test_five_notices_are_due_when_a_quarter_is_over(desk: Desk, books: Books) -> None:
    assert due_notices(desk, date(2026, 3, 31)) == []
    due = due_notices(desk, date(2026, 4, 1))
    assert [one.slot for one in due] == [1, 2, 3, 4, 5]
    assert {one.due_on for one in due} == {date(2026, 4, 15)}
    assert due[1].words == "2026年第一季度“资金公开”公示"
    assert due[1].note == "还没有做，应在2026年4月15日前张贴"


@pytest.mark.parametrize(("today", "is_late"), [(date(2026, 4, 15), False), (date(2026, 4, 16), True)])
def test_it_is_late_the_day_after_the_due_day(desk: Desk, books: Books, today: date, is_late: bool) -> None:
    due = due_notices(desk, today)
    assert {one.is_late for one in due} == {is_late}
    assert ("已过期" in due[0].note) is is_late


def test_it_is_due_until_it_hangs(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, "funds")
    today = date(2026, 4, 8)
    assert "待张贴" in due_notices(desk, today)[1].note
    usecases.post_up(desk, notice.id, "村委会公示栏")
    assert [one.kind for one in due_notices(desk, today)] == ["projects", "contracts", "spending", "assessment"]


def test_older_quarters_come_first(desk: Desk, books: Books) -> None:
    assert quarters_kept(desk, date(2026, 10, 1)) == [Period.quarter(2026, number) for number in (1, 2, 3)]
    assert next_due(desk, date(2026, 10, 1)) == (Period.quarter(2026, 4), date(2027, 1, 15))
