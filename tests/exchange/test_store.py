"""How far the news have come."""

from tests.exchange.offices import Offices, approved_claim
from villagedesk.exchange import store
from villagedesk.exchange.model import Ruling
from villagedesk.exchange.sheets import card_sheet
from villagedesk.exchange.usecases import own_card
from villagedesk.payments.model import Claim
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.township.usecases import give_verdict
from villagedesk.village.store import office


def test_before_enrolment_nothing_is_under_way(desk: Desk, township_desk: Desk) -> None:
    status = store.status(desk)
    assert not status.is_enrolled
    assert status.unsent == 6
    assert (status.sent, status.received, status.returned) == (0, 0, 0)
    assert not store.status(township_desk).is_enrolled


def test_the_first_page_follows_a_round(offices: Offices) -> None:
    start = store.status(offices.village)
    assert start.is_enrolled
    assert start.unsent > 20
    path = offices.export()
    status = store.status(offices.village)
    assert (status.unsent, status.sent, status.received) == (0, 1, 0)
    offices.take_up(path)
    assert store.status(offices.township).received == 1
    (claim,) = offices.township.find(Claim)
    give_verdict(offices.township, claim, Ruling.RETURNED, "缺验收单", offices.township.clock.now().date())
    status = store.status(offices.township)
    assert (status.unsent, status.sent, status.returned) == (1, 0, 1)
    offices.take_down()
    ((verdict, ruled),) = store.latest_verdicts(offices.village, offices.village.office_id)
    assert (verdict.note, ruled.id) == ("缺验收单", claim.id)
    status = store.status(offices.township)
    assert (status.unsent, status.sent) == (0, 1)
    status = store.status(offices.village)
    assert (status.sent, status.received, status.returned) == (0, 1, 1)
    assert status.unsent == 1, "the claim moved"
    approved_claim(offices.village, amount_fen=7_00)
    assert store.status(offices.village).unsent > 1


def test_an_office_is_found_by_name_code_or_id(offices: Offices) -> None:
    peer = offices.peer
    for key in (peer.name, peer.code, peer.office_id):
        assert store.peer_named(offices.township, key) == peer
    assert store.peer_named(offices.township, "白水村") is None
    assert store.peers(offices.township) == [peer]
    assert store.township(offices.township) is None


def test_both_sides_count_the_same(offices: Offices) -> None:
    offices.take_up()
    reached = offices.peer.last_seq
    approved_claim(offices.village, amount_fen=7_00)
    village_id = offices.village.office_id
    assert store.counts(offices.township, village_id) == store.counts(offices.village, village_id, reached)
    assert store.counts(offices.village, village_id)["claims"] == 2


def test_the_card_goes_on_paper_with_its_fingerprint(offices: Offices) -> None:
    card = own_card(offices.village)
    text = text_of(card_sheet(office(offices.village), card))
    assert "青山村上报名片" in text
    assert "练习" in text
    township = text_of(card_sheet(office(offices.township), own_card(offices.township)))
    assert "双石镇人民政府" in township
