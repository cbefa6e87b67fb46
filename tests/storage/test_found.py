"""What no index leads along: some of it is found at once, all of it where nobody waits."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate

import pytest

from villagedesk.storage.desk import Desk
from villagedesk.storage.found import Found
from villagedesk.village.model import Household

SELECT = "SELECT rowid, number * 2 FROM households WHERE village_id = :office ORDER BY number, id"


@pytest.fixture
def homes(plain_desk: Desk) -> list[Household]:
    """Thirty households."""
    with plain_desk.change("x") as change:
        return change.put_all(Household(number=f"{n:04}", team="1组", head_name="陈䶮") for n in range(30))


def found_homes(desk: Desk, begun: Sequence[int] | None = None) -> Found:
    return Found(desk, SELECT, {"office": desk.office_id}, begun)


def numbers(desk: Desk, rowids: Sequence[int]) -> list[int]:
    return [int(desk.value("SELECT number FROM households WHERE rowid = ?", [rowid])) for rowid in rowids]


def test_without_a_beginning_all_is_read_at_once(plain_desk: Desk, homes: list[Household]) -> None:
    found = found_homes(plain_desk)
    assert (found.is_whole, found.known, numbers(plain_desk, list(found))) == (True, 30, list(range(30)))
    assert numbers(plain_desk, found[-3:]) == [27, 28, 29]
    assert numbers(plain_desk, found[::7]) == list(range(30))[::7]
    with pytest.raises(IndexError):
        found[30]
    with pytest.raises(ValueError, match="not in"):
        found.index(999)


def test_nothing_amounts_to_nothing(plain_desk: Desk) -> None:
    found = found_homes(plain_desk)
    assert (len(found), found.is_whole, found.amounts_to()) == (0, True, 0)


def test_what_the_rows_amount_to_is_known_at_each_place(plain_desk: Desk, homes: list[Household]) -> None:
    found = found_homes(plain_desk)
    assert [found.amounts_to(place) for place in range(30)] == list(accumulate(range(0, 60, 2)))
    assert (found.amounts_to(-1), found.amounts_to()) == (0, sum(range(0, 60, 2)))


def test_what_was_found_first_gives_way_to_the_whole(plain_desk: Desk, homes: list[Household]) -> None:
    late = [plain_desk.value("SELECT rowid FROM households WHERE number = ?", [number]) for number in ("0020", "0007")]
    found = found_homes(plain_desk, late)
    assert (found.known, found.is_whole, list(found[:2]), found.index(late[1])) == (2, False, late, 1)
    with ThreadPoolExecutor(1) as pool:
        whole = pool.submit(found.rest().read).result()
    assert (found.is_whole, len(whole.rows)) == (False, 30)
    found.take(whole)
    assert (found.is_whole, numbers(plain_desk, list(found))) == (True, list(range(30)))
    assert [found.index(rowid) for rowid in late] == [20, 7]


def test_whoever_asks_for_more_than_is_known_waits(plain_desk: Desk, homes: list[Household]) -> None:
    late = [plain_desk.value("SELECT rowid FROM households WHERE number = '0020'")]
    assert len(found_homes(plain_desk, late)) == 30
    assert numbers(plain_desk, found_homes(plain_desk, late)[8:10]) == [8, 9]
    assert numbers(plain_desk, [found_homes(plain_desk, late)[29]]) == [29]
