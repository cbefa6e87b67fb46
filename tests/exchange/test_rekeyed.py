"""A village does not let one person alone say by which key its township is known."""

from dataclasses import replace

import pytest

from tests.exchange.offices import Offices
from tests.village_fixtures import PASSWORD
from villagedesk.exchange import usecases
from villagedesk.exchange.card import Card, fingerprint, write
from villagedesk.exchange.model import Peer
from villagedesk.kernel.errors import RuleViolation, WrongPassword
from villagedesk.oversight.rekeyed import rekeyed
from villagedesk.village.model import Role
from villagedesk.village.secrets import public_key
from villagedesk.village.usecases import appoint

SEED = bytes(range(32))


def rekey(offices: Offices, *, seed: bytes = SEED, reason: str = "", second: str = "", password: str = "") -> Peer:
    """Enrol the township anew in the village by a card with another key."""
    card: Card = replace(usecases.own_card(offices.township), public_key=public_key(seed))
    path = offices.stick / "new.card"
    path.write_bytes(write(card, seed))
    figures = fingerprint(card).figures
    return usecases.enrol(offices.village, path, figures, reason, second=second, password=password)


@pytest.mark.parametrize(
    ("second", "said"),
    [("", "要由.*中的一位用自己的密码确认"), ("李会计", "不能自己确认"), ("王报账", "不能确认这一步")],
)
def test_another_key_needs_a_second_person(offices: Offices, second: str, said: str) -> None:
    appoint(offices.village, "王报账", Role.ACCOUNTANT, PASSWORD)
    before = offices.upwards
    with pytest.raises(RuleViolation, match=said):
        rekey(offices, second=second, password=PASSWORD)
    assert offices.upwards == before


@pytest.mark.parametrize("second", ["赵主任", "没有这个人"])
def test_the_second_persons_own_password_is_asked(offices: Offices, second: str) -> None:
    with pytest.raises(WrongPassword):
        rekey(offices, second=second, password="not-" + PASSWORD)
    assert not rekeyed(offices.village)


@pytest.mark.parametrize("second", ["赵主任", "钱组长", "周监督"])
def test_both_names_are_journaled(offices: Offices, second: str) -> None:
    peer = rekey(offices, reason="镇里换了电脑", second=second, password=PASSWORD)
    assert offices.upwards.public_key == peer.public_key == public_key(SEED)
    entry = offices.village.history(peer.id)[-1]
    assert offices.village.actor
    assert entry.actor == offices.village.actor.id
    assert entry.reason.startswith(f"换钥匙，经{second}（")
    assert entry.reason.endswith("确认。镇里换了电脑")
    (told,) = rekeyed(offices.village)
    assert (told.name, told.by, told.second.startswith(second)) == ("双石镇", "李会计", True)
    assert offices.village.actor.name == "李会计", "who acts goes on acting"


def test_making_the_card_invalid_first_is_no_way_round(offices: Offices) -> None:
    usecases.revoke(offices.village, offices.upwards, "试试")
    with pytest.raises(RuleViolation, match="确认"):
        rekey(offices)
    rekey(offices, second="赵主任", password=PASSWORD)
    assert len(rekeyed(offices.village)) == 1


def test_the_same_key_again_needs_nobody(offices: Offices) -> None:
    path = offices.stick / "same.card"
    card = usecases.write_card(offices.township, path)
    usecases.enrol(offices.village, path, fingerprint(card).figures)
    assert not rekeyed(offices.village)


def test_there_and_back_is_told_twice(offices: Offices) -> None:
    assert offices.township.signing_seed
    rekey(offices, second="赵主任", password=PASSWORD)
    rekey(offices, seed=offices.township.signing_seed, second="赵主任", password=PASSWORD)
    assert len(rekeyed(offices.village)) == 2


def test_a_key_changed_by_nobody_is_told_so(offices: Offices) -> None:
    with offices.village.change("forged") as change:
        change.put(replace(offices.upwards, public_key=public_key(SEED)))
    assert "没有第二个人确认" in rekeyed(offices.village)[0].sentence


def test_a_township_takes_a_villages_new_key_alone(offices: Offices) -> None:
    """The clerk compares the fingerprint; by a village's key no money moves at the township."""
    card = replace(usecases.own_card(offices.village), public_key=public_key(SEED))
    path = offices.stick / "village.card"
    path.write_bytes(write(card, SEED))
    usecases.enrol(offices.township, path, fingerprint(card).figures)
    assert offices.peer.public_key == public_key(SEED)
