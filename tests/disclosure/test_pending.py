"""What is on its way to the board, hangs there, or has come down."""

from datetime import date, timedelta

import pytest

from tests.disclosure.books import Q1, Books, issued, keep_books
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.pending import (
    binders,
    hanging_by_slot,
    responses_to,
    under_way,
)
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk


@pytest.fixture(autouse=True)
def books(desk: Desk, clock: SetClock) -> Books:
    """A kept first quarter."""
    return keep_books(desk, clock)


def test_a_notice_is_under_way_until_it_is_in_the_binder(desk: Desk, clock: SetClock) -> None:
    notice, _ = issued(desk)
    assert [(each.id, day) for each, day in under_way(desk)] == [(notice.id, None)]
    posting = usecases.post_up(desk, notice.id, "公示栏")
    assert under_way(desk)[0][1] == posting.last_day == date(2026, 4, 17)
    clock.set(clock.now() + timedelta(days=12))
    usecases.take_down(desk, posting.id)
    assert under_way(desk)[0][1] is None
    usecases.file_away(desk, notice.id, "2026年卷")
    assert under_way(desk) == []


def test_what_hangs_is_counted_by_slot_until_it_comes_down(desk: Desk, clock: SetClock) -> None:
    notice, _ = issued(desk)
    first = usecases.post_up(desk, notice.id, "公示栏")
    second = usecases.post_up(desk, notice.id, "3组")
    assert hanging_by_slot(desk) == {2: 1}
    clock.set(clock.now() + timedelta(days=12))
    usecases.take_down(desk, first.id)
    assert store.hanging(desk, notice.id) == [second]
    usecases.take_down(desk, second.id)
    assert hanging_by_slot(desk) == {}


def test_the_binder_used_last_stands_first(desk: Desk, clock: SetClock) -> None:
    for kind, place in (("funds", "甲卷"), ("spending", "乙卷")):
        notice, _ = issued(desk, kind)
        posting = usecases.post_up(desk, notice.id, "公示栏")
        clock.set(clock.now() + timedelta(days=12))
        usecases.take_down(desk, posting.id)
        usecases.file_away(desk, notice.id, place)
        filing = store.filing_of(desk, notice.id)
        assert filing
        assert filing.place == place
    assert binders(desk) == ["乙卷", "甲卷"]


def test_responses_are_found_while_they_are_drafts(desk: Desk) -> None:
    notice, _ = issued(desk)
    assert responses_to(desk, notice.id) == []
    more = usecases.supplement(desk, notice.id, "县级补助分两次到账。", "村民询问")
    assert responses_to(desk, notice.id) == [more]
    assert usecases.prepare(desk, "spending", Q1) not in responses_to(desk, notice.id)
