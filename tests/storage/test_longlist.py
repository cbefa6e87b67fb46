"""A long list shows its beginning at once, any place when it is looked at, and bears that rows come and go."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from villagedesk.storage import longlist
from villagedesk.storage.desk import Desk
from villagedesk.storage.longlist import Beside, LongList, Walk
from villagedesk.storage.rest import Rest
from villagedesk.village.model import Household

WALK = Walk("households h", "h.village_id = :office", {}, ("h.number", "h.id"), is_falling=False, rowid="h.rowid")


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_FIRST", 6), ("_PAGE", 2), ("_KEPT", 3)):
        monkeypatch.setattr(longlist, name, value)


@pytest.fixture
def homes(plain_desk: Desk) -> list[Household]:
    """Thirty households."""
    with plain_desk.change("x") as change:
        return change.put_all(Household(number=f"{n:04}", team="1组", head_name="陈䶮") for n in range(30))


def long_list(desk: Desk, counted: list[int] | None = None, *, is_falling: bool = False) -> LongList:
    def count() -> int:
        found = int(desk.value("SELECT count(*) FROM households"))
        if counted is not None:
            counted.append(found)
        return found

    return LongList(desk, replace(WALK, values={"office": desk.office_id}, is_falling=is_falling), count)


def numbers(desk: Desk, rowids: object) -> list[int]:
    assert isinstance(rowids, list)
    return [int(desk.value("SELECT number FROM households WHERE rowid = ?", [rowid])) for rowid in rowids]


def test_its_beginning_is_known_before_anybody_counts(plain_desk: Desk, homes: list[Household]) -> None:
    counted: list[int] = []
    found = long_list(plain_desk, counted)
    assert (found.known, found.is_whole, numbers(plain_desk, list(found[:4])), counted) == (6, False, [0, 1, 2, 3], [])
    assert found.index(found[5]) == 5
    assert not counted
    assert (len(found), len(found), counted, found.is_whole) == (30, 30, [30], True)


def test_a_short_list_is_whole(plain_desk: Desk) -> None:
    assert (long_list(plain_desk).is_whole, list(long_list(plain_desk))) == (True, [])


@pytest.mark.parametrize("is_falling", [False, True])
def test_any_place_is_reached_from_wherever_one_was(plain_desk: Desk, homes: list[Household], is_falling: bool) -> None:
    found = long_list(plain_desk, is_falling=is_falling)
    expected = list(reversed(range(30))) if is_falling else list(range(30))
    for place in (15, 29, 13, 7, 28, 6, 20, 0):
        assert numbers(plain_desk, [found[place]]) == [expected[place]]
        assert found.index(found[place]) == place
    assert numbers(plain_desk, list(found[5:23])) == expected[5:23]
    assert numbers(plain_desk, [found[-1]]) == [expected[-1]]
    with pytest.raises(IndexError):
        found[30]
    with pytest.raises(ValueError, match="999"):
        found.index(999)


def test_a_row_that_is_gone_does_no_harm(plain_desk: Desk, homes: list[Household]) -> None:
    found = long_list(plain_desk)
    before = found[10]
    with plain_desk.change("x") as change:
        change.discard(plain_desk.get(Household, homes[11].id))
        change.discard(plain_desk.get(Household, homes[10].id))
    assert before
    assert numbers(plain_desk, list(found[14:16]))
    assert len(list(found)) <= 30


@pytest.mark.parametrize(("is_falling", "key"), [(False, ("0019", "~")), (True, ("0010", ""))])
def test_a_place_far_off_is_reached_from_the_milestone_before_it(
    plain_desk: Desk,
    homes: list[Household],
    monkeypatch: pytest.MonkeyPatch,
    is_falling: bool,
    key: tuple[str, str],
) -> None:
    walk = replace(WALK, values={"office": plain_desk.office_id}, is_falling=is_falling)
    found = LongList(plain_desk, walk, lambda: 30, milestones=lambda: [(3, ("?",)), (20, key)])
    asked: list[object] = []
    read = plain_desk.numbers

    def noted(sql: str, values: dict[str, object]) -> Sequence[int]:
        asked.append(values["skipped"])
        return read(sql, values)

    monkeypatch.setattr(plain_desk, "numbers", noted)
    assert len(found) == 30
    expected = list(reversed(range(30))) if is_falling else list(range(30))
    assert numbers(plain_desk, list(found[20:24])) == expected[20:24]
    assert asked == [0, 0], "nothing was passed over"
    assert numbers(plain_desk, list(found[24:])) == expected[24:]


def test_what_counts_it_elsewhere_makes_it_whole(plain_desk: Desk, homes: list[Household]) -> None:
    def rest() -> Rest[list[tuple[int]]]:
        return Rest(plain_desk, "SELECT count(*) FROM households", {}, list)

    walk = replace(WALK, values={"office": plain_desk.office_id})
    beside = Beside(rest, lambda rows: rows[0][0])
    found = LongList(plain_desk, walk, lambda: pytest.fail("it is counted elsewhere"), beside=beside)
    counting = found.rest()
    assert counting
    found.take(counting.read())
    assert (found.is_whole, len(found)) == (True, 30)
    assert long_list(plain_desk).rest() is None
