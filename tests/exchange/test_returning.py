"""A village's computer is lost. What its backup does not know the township gives back, and they go on together."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.exchange.offices import Files, Offices, approved_claim, chained, forged, line_of
from villagedesk.exchange import store, usecases
from villagedesk.exchange.card import fingerprint
from villagedesk.exchange.keys import seal
from villagedesk.exchange.model import Ruling
from villagedesk.exchange.plan import PackagePlan, Standing
from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import PackageRefused, RuleViolation
from villagedesk.oversight.checks import check
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.storage.desk import Desk
from villagedesk.storage.restore import restore
from villagedesk.storage.verify import verify
from villagedesk.storage.wholecopy import write_whole
from villagedesk.township.usecases import give_verdict

LOST = 7_00


@pytest.fixture
def after_the_crash(offices: Offices, tmp_path: Path) -> Iterator[Offices]:
    """The village's backup is from before its second package; its computer is gone, the restored desk is open."""
    offices.take_up()
    offices.take_down()
    backup = tmp_path / "old" / "backups" / "b.sqlite"
    backup.parent.mkdir(parents=True)
    with sqlite3.connect(offices.village.folder / "desk.sqlite") as connection:
        connection.execute("VACUUM INTO ?", [str(backup)])
    (offices.village.folder / "attachments").rename(tmp_path / "old" / "attachments")
    approved_claim(offices.village, amount_fen=LOST)
    with offices.village.change("test.paper") as change:
        change.attach("验收单.jpg", "image/jpeg", b"paper that only the township has")
    offices.take_up()
    actor, seed = offices.village.actor, offices.village.signing_seed
    clock = SetClock(offices.village.clock.now())
    offices.village.close()
    restore(backup, tmp_path / "恢复", clock=clock)
    offices.village = Desk.open(tmp_path / "恢复", clock=clock)
    offices.village.actor, offices.village.signing_seed = actor, seed
    yield offices
    offices.village.close()


def enrol_anew(offices: Offices) -> None:
    """Let the township compare and believe the restored desk's card."""
    path = offices.stick / "恢复.card"
    card = usecases.write_card(offices.village, path)
    usecases.enrol(offices.township, path, fingerprint(card).figures)


def test_a_restored_desk_is_not_believed_before_it_is_enrolled_anew(after_the_crash: Offices) -> None:
    offices = after_the_crash
    approved_claim(offices.village, amount_fen=8_00)
    with pytest.raises(PackageRefused, match="从备份恢复"):
        usecases.receive(offices.township, offices.export())


def test_what_was_lost_comes_back_and_both_go_on(after_the_crash: Offices) -> None:
    offices = after_the_crash
    assert not offices.village.find(Claim, "amount_fen = ?", [LOST])
    enrol_anew(offices)
    new = approved_claim(offices.village, amount_fen=8_00)
    with pytest.raises(PackageRefused, match="备份") as caught:
        usecases.receive(offices.township, offices.export())
    assert "归还包" in str(caught.value)
    path = usecases.give_back(offices.township, offices.peer, offices.stick, after=1)
    plan = usecases.receive(offices.village, path)
    assert isinstance(plan, PackagePlan)
    assert {line.title for line in plan.lines} == {"附件目录", "报账单", "审核意见", "村主任审批"}
    (claim,) = offices.village.find(Claim, "amount_fen = ?", [LOST])
    assert claim.state is ClaimState.APPROVED
    assert not verify(offices.village.folder).faults, "the paper is back, too"
    plan = offices.take_up()
    assert {entry.record_id for entry in plan.entries if entry.table == "claims"} == {new.id}, "the rest is known"
    assert plan.particulars.number == 3, "no number is given twice"
    give_verdict(offices.township, offices.township.get(Claim, claim.id), Ruling.PASSED)
    offices.take_down()
    assert offices.village.get(Claim, claim.id).state is ClaimState.GRANTED
    assert offices.peer.last_link == offices.upwards.last_link
    offices.take_up()
    for desk in (offices.village, offices.township):
        assert not verify(desk.folder).faults


def test_all_may_be_given_back_when_nobody_knows_the_number(after_the_crash: Offices) -> None:
    offices = after_the_crash
    enrol_anew(offices)
    plan = usecases.receive(offices.village, usecases.give_back(offices.township, offices.peer, offices.stick))
    assert isinstance(plan, PackagePlan)
    assert {line.title for line in plan.lines} == {"附件目录", "报账单", "审核意见", "村主任审批"}
    offices.take_up()
    offices.take_down()


@pytest.fixture
def moved(offices: Offices, tmp_path: Path) -> Iterator[Offices]:
    """All was reported, the village's books went to a new computer, and the township believes the new card."""
    offices.take_up()
    offices.take_down()
    actor, seed, clock = offices.village.actor, offices.village.signing_seed, offices.village.clock
    whole = write_whole(offices.village.folder, offices.stick)
    offices.village.close()
    restore(whole, tmp_path / "新电脑", clock=clock)
    offices.village = Desk.open(tmp_path / "新电脑", clock=clock)
    offices.village.actor, offices.village.signing_seed = actor, seed
    enrol_anew(offices)
    yield offices
    offices.village.close()


def test_books_that_went_to_a_new_computer_lack_nothing_once_the_township_says_so(moved: Offices) -> None:
    """There is nothing to give back; the receipt for what was written since says it."""

    def told() -> int:
        return sum(finding.code == "oversight.restored" for finding in check(moved.village))

    with pytest.raises(RuleViolation):
        usecases.give_back(moved.township, moved.peer, moved.stick, after=moved.peer.last_number)
    assert told() == 1
    approved_claim(moved.village, amount_fen=8_00)
    moved.take_up()
    assert told() == 1
    moved.take_down()
    assert told() == 0


def test_a_return_taken_twice_is_harmless(after_the_crash: Offices) -> None:
    offices = after_the_crash
    enrol_anew(offices)
    path = usecases.give_back(offices.township, offices.peer, offices.stick)
    usecases.receive(offices.village, path)
    before = offices.village.tip()
    plan = usecases.receive(offices.village, path)
    assert plan.standing is Standing.HAD
    assert "归还包已经收过" in plan.summary
    assert offices.village.tip() == before


def test_the_township_waits_until_the_return_has_been_taken(after_the_crash: Offices) -> None:
    offices = after_the_crash
    enrol_anew(offices)
    usecases.give_back(offices.township, offices.peer, offices.stick)
    approved_claim(offices.village, amount_fen=9_00)
    with pytest.raises(PackageRefused, match="要等村里收下归还包"):
        usecases.receive(offices.township, offices.export())


def test_what_was_written_over_the_lost_is_not_mixed_with_it(after_the_crash: Offices) -> None:
    """The restored desk moved a claim on before the return came: two histories of one record."""
    offices = after_the_crash
    enrol_anew(offices)
    (claim,) = offices.village.find(Claim)
    with offices.village.change("test.other_history") as change:
        change.put(replace(claim, state=ClaimState.WITHDRAWN))
    other = usecases.give_back(offices.township, offices.peer, offices.stick)
    usecases.receive(offices.village, other)
    offices.take_up()
    assert offices.township.get(Claim, claim.id).state is ClaimState.WITHDRAWN, "a later version is no contradiction"


def test_a_history_written_anew_is_refused(offices: Offices) -> None:
    """A village that sends its journal from the first entry on cannot change what it has shown."""
    offices.take_up()
    usecases.give_back(offices.township, offices.peer, offices.stick)
    with offices.village.change("test.forget") as change:
        change.put(replace(offices.upwards, last_seq=0, last_link="0" * 64))

    def edit(files: Files, info: dict[str, str]) -> None:
        lines = [json.loads(line) for line in files["data/journal.jsonl"].splitlines()]
        line_of(lines, "claims")["body"]["payee"] = "另一个人"
        chained(lines, info)
        files["data/journal.jsonl"] = b"".join(canonical(line) + b"\n" for line in lines)

    before = offices.township.tip()
    assert offices.village.signing_seed
    with pytest.raises(PackageRefused, match="不一样"):
        usecases.receive(offices.township, forged(offices.export(), offices.village.signing_seed, edit))
    assert offices.township.tip() == before


def test_nothing_to_give_back_is_said(offices: Offices) -> None:
    with pytest.raises(RuleViolation):
        usecases.give_back(offices.township, offices.peer, offices.stick)
    offices.take_up()
    with pytest.raises(RuleViolation):
        usecases.give_back(offices.township, offices.peer, offices.stick, after=1)


def test_a_removed_draft_and_a_shared_paper_come_back_too(offices: Offices) -> None:
    (claim,) = offices.village.find(Claim)
    with offices.village.change("test.draft") as change:
        draft = change.put(replace(claim, id="", version=0, state=ClaimState.DRAFT))
    with offices.village.change("test.discard") as change:
        change.discard(draft)
    offices.take_up()
    rows = store.received_rows(offices.township, offices.village.office_id, 0)
    assert [row["version"] for row in rows if row["id"] == draft.id] == [1, 2]
    assert store.received_rows(offices.township, "Z" * 26, 0) == []
    paper = offices.township.value("SELECT id FROM attachments")
    step = {"table": "steps", "id": "S", "version": 1, "row": {"paper_id": paper}}
    (shared,) = store._shared_papers(offices.township, offices.village.office_id, [step])
    assert (shared["id"], shared["row"]["village_id"]) == (paper, offices.village.office_id)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"not json\n", "看不懂"),
        (b"5\n", "看不懂"),
        (b'{"id":"x"}\n', "看不懂"),
        (b'{"id":5,"row":null,"table":"claims","version":1}\n', "看不懂"),
        (b'{"id":"x","row":5,"table":"claims","version":1}\n', "看不懂"),
        (b'{"id":"x","row":null,"table":"parcels","version":1}\n', "不归村里管"),
        (b'{"id":"x","row":{"village_id":"y"},"table":"claims","version":1}\n', "别的村"),
    ],
)
def test_a_return_that_is_not_right(offices: Offices, content: bytes, why: str) -> None:
    def edit(files: Files, info: dict[str, str]) -> None:
        files["data/records.sealed"] = seal(content, _key(offices), _seed(offices))

    assert why in _refused(offices, edit)


def test_a_return_for_somebody_else(offices: Offices) -> None:
    def edit(files: Files, info: dict[str, str]) -> None:
        files["data/records.sealed"] = b"x" * 99

    assert "打不开" in _refused(offices, edit)


def test_a_return_without_its_papers(after_the_crash: Offices) -> None:
    def edit(files: Files, info: dict[str, str]) -> None:
        for name in [name for name in files if name.startswith("data/attachments/")]:
            del files[name]

    offices = after_the_crash
    enrol_anew(offices)
    path = forged(usecases.give_back(offices.township, offices.peer, offices.stick), _seed(offices), edit)
    with pytest.raises(PackageRefused, match="缺1件附件"):
        usecases.receive(offices.village, path)


def test_a_village_gives_nothing_back(offices: Offices) -> None:
    with pytest.raises(RuleViolation):
        usecases.give_back(offices.village, offices.upwards, offices.stick)


def _refused(offices: Offices, edit: Callable[[Files, dict[str, str]], None]) -> str:
    offices.take_up()
    path = forged(usecases.give_back(offices.township, offices.peer, offices.stick), _seed(offices), edit)
    before = offices.village.tip()
    with pytest.raises(PackageRefused) as caught:
        usecases.receive(offices.village, path)
    assert offices.village.tip() == before
    return str(caught.value.facts["why"])


def _seed(offices: Offices) -> bytes:
    assert offices.township.signing_seed
    return offices.township.signing_seed


def _key(offices: Offices) -> str:
    return offices.peer.public_key
