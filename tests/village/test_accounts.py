"""An account belongs to one household: money that would reach another is named, row by row."""

import pytest

from tests.payments.paying import REGISTER
from villagedesk.storage.desk import Desk
from villagedesk.village.accounts import misdirected, own_accounts, strangers, tail
from villagedesk.village.model import Person
from villagedesk.village.store import account_holders
from villagedesk.village.usecases import import_people

FREE = "6214578859271147013"


@pytest.fixture
def two(desk: Desk) -> tuple[Person, Person]:
    """Two people of two households, each with an account."""
    import_people(desk, REGISTER)
    first = desk.find(Person, "account <> ''", [], "rowid")[0]
    return first, desk.find(Person, "account <> '' AND household_id <> ?", [first.household_id], "rowid")[0]


def test_an_account_of_another_household_is_named_with_whose_it_is(desk: Desk, two: tuple[Person, Person]) -> None:
    one, other = two
    known = account_holders(desk, [other.account])
    ((row, message),) = misdirected([(4, one, other.account)], known.__getitem__)
    assert row == 4
    assert f"“{one.name}”的账号（{tail(other.account)}）在户册里是“{other.name}”的，不是同一户" in message
    (finding,) = own_accounts([(4, one, other.account)], known.__getitem__)
    assert finding.code == "village.strangers_account"


def test_one_account_beside_people_of_two_households_is_named(desk: Desk, two: tuple[Person, Person]) -> None:
    one, other = two
    known = account_holders(desk, [FREE])
    ((row, message),) = misdirected([(4, one, FREE), (5, other, FREE)], known.__getitem__)
    assert row == 5
    assert f"和第4行“{one.name}”是同一个账号" in message


def test_people_of_one_household_may_share_an_account(desk: Desk, two: tuple[Person, Person]) -> None:
    one, _ = two
    member = desk.find(Person, "household_id = ? AND id <> ?", [one.household_id, one.id])[0]
    known = account_holders(desk, [one.account])
    assert strangers(member, known[one.account]) == []
    assert not list(misdirected([(4, one, one.account), (5, member, one.account)], known.__getitem__))


def test_nobody_is_asked_about_without_an_account(desk: Desk, two: tuple[Person, Person]) -> None:
    assert not list(misdirected([(4, two[0], ""), (5, two[1], "")], account_holders(desk, ["", ""]).__getitem__))
