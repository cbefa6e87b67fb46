"""A village and its township exchange cards, packages and receipts."""

from pathlib import Path

from villagedesk.exchange import store, usecases
from villagedesk.exchange.card import fingerprint
from villagedesk.exchange.plan import Standing
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify


def test_round(desk: Desk, township_desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for a, b, name in ((desk, township_desk, "a"), (township_desk, desk, "b")):
        card = usecases.write_card(a, stick / name)
        usecases.enrol(b, stick / name, fingerprint(card).figures)
    written = usecases.export(desk, stick)
    plan = usecases.receive(township_desk, written.path)
    assert usecases.receive(township_desk, written.path).standing is Standing.HAD
    peer = store.peer_of(township_desk, desk.office_id)
    assert peer
    r = usecases.receipt(township_desk, peer, stick)
    plan = usecases.receive(desk, r.path)
    assert usecases.receive(desk, r.path).standing is Standing.HAD
    for d in (desk, township_desk):
        assert not verify(d.folder).faults
