"""A village and its township exchange cards, packages and receipts."""

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.exchange.offices import Offices, approved_claim, copied
from tests.payments import paying
from villagedesk.exchange import bag, package, store, usecases
from villagedesk.exchange.card import Card, fingerprint, write
from villagedesk.exchange.model import Direction, ParcelKind, ParcelState, Ruling
from villagedesk.exchange.plan import PackagePlan, Standing
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import BadInput, DiskFull, DiskGone, NotSignedIn, PackageRefused, RuleViolation
from villagedesk.kernel.progress import Progress
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.township.usecases import give_verdict
from villagedesk.village.model import Fund, Office, Person
from villagedesk.village.plans import plan_changes
from villagedesk.village.usecases import change_plan, open_fund, update_card


def codes(caught: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in caught.value.findings]


# There and back


def test_a_whole_round_leaves_both_desks_sound_and_alike(offices: Offices) -> None:
    plan = offices.take_up()
    assert plan.standing is Standing.NEW
    for table in ("offices", "people", "claims", "reviews", "approvals", "attachments"):
        own = f"SELECT * FROM {table} WHERE village_id = ? ORDER BY id"
        there = [tuple(row) for row in offices.township.rows(own, [offices.village.office_id])]
        assert there == [tuple(row) for row in offices.village.rows(own, [offices.village.office_id])]
        assert there
    offices.take_down()
    assert offices.peer.last_seq == offices.upwards.last_seq
    assert offices.peer.last_link == offices.upwards.last_link
    for desk in (offices.village, offices.township):
        proof = verify(desk.folder)
        assert not proof.faults
        assert proof.attachments == 3


def test_the_plan_says_what_was_added(offices: Offices) -> None:
    plan = usecases.look(offices.township, offices.export())
    assert isinstance(plan, PackagePlan)
    lines = {line.title: (line.added, line.changed, line.removed) for line in plan.lines}
    assert lines["报账单"] == (1, 0, 0), "a record counts once, however often it moved"
    assert lines["附件目录"] == (3, 0, 0)
    assert plan.summary.startswith("青山村的第1号数据包：新增")
    assert plan.paid_fen == 0


def test_looking_changes_nothing(offices: Offices) -> None:
    path, before = offices.export(), offices.tips()
    usecases.look(offices.township, path)
    assert offices.tips() == before
    assert not list((offices.township.folder / "inbox").iterdir())


def test_only_the_file_that_was_looked_at_is_taken(offices: Offices) -> None:
    path = offices.export()
    seen = usecases.look(offices.township, path).digest
    approved_claim(offices.village, amount_fen=7_00)
    path.write_bytes(offices.export().read_bytes())
    with pytest.raises(PackageRefused, match="不是同一份"):
        usecases.receive(offices.township, path, seen=seen)
    seen = usecases.look(offices.township, path).digest
    assert usecases.receive(offices.township, path, seen=seen).standing is Standing.NEW


def test_a_taken_package_is_kept_in_the_inbox(offices: Offices) -> None:
    path = offices.export()
    offices.take_up(path)
    kept = offices.township.folder / "inbox" / "青山村-数据包-第0001号.zip"
    assert kept.read_bytes() == path.read_bytes()


def test_twice_is_harmless_and_says_so(offices: Offices) -> None:
    path = offices.export()
    offices.take_up(path)
    before = offices.tips()
    plan = offices.take_up(path)
    assert plan.standing is Standing.HAD
    assert "已经收过" in plan.summary
    assert offices.tips() == before


def test_later_packages_carry_only_what_is_new(offices: Offices) -> None:
    offices.take_up()
    offices.take_down()
    claim = approved_claim(offices.village, amount_fen=7_00)
    plan = offices.take_up()
    assert {entry.record_id for entry in plan.entries if entry.table == "claims"} == {claim.id}
    assert plan.particulars.first_seq == offices.upwards.last_seq + 1
    assert not verify(offices.township.folder).faults


def test_a_lost_stick_does_no_harm(offices: Offices) -> None:
    """The second package carries all that the township has not acknowledged, so the first may be lost."""
    offices.export().unlink()
    approved_claim(offices.village, amount_fen=7_00)
    plan = offices.take_up()
    assert plan.particulars.number == 2
    offices.take_down()
    states = [parcel.state for parcel in store.parcels(offices.village) if parcel.kind is ParcelKind.PACKAGE]
    assert states == [ParcelState.ACKNOWLEDGED] * 2


def test_two_packages_in_any_order(offices: Offices) -> None:
    first = offices.export()
    approved_claim(offices.village, amount_fen=7_00)
    second = offices.export()
    offices.take_up(second)
    before = offices.tips()
    assert offices.take_up(first).standing is Standing.HAD
    assert offices.tips() == before


def test_overlapping_packages_one_after_the_other(offices: Offices) -> None:
    first = offices.export()
    approved_claim(offices.village, amount_fen=7_00)
    second = offices.export()
    offices.take_up(first)
    assert offices.take_up(second).standing is Standing.NEW
    assert offices.township.value("SELECT count(*) FROM claims") == 2
    assert not verify(offices.township.folder).faults


def test_a_changed_office_card_arrives_as_its_next_version(offices: Offices) -> None:
    offices.take_up()
    office = offices.village.get(Office, offices.village.office_id)
    update_card(offices.village, replace(office, phone="0813-6200009"))
    offices.take_up()
    found = offices.township.get(Office, offices.village.office_id)
    assert (found.version, found.phone) == (2, "0813-6200009")
    assert not verify(offices.township.folder).faults


def test_a_changed_plan_arrives_with_both_its_versions(offices: Offices) -> None:
    opened = open_fund(offices.village, Fund(year=2026, source="村集体", planned_fen=100))
    change_plan(offices.village, opened.id, 200, "村民代表会议2026年第2次", "追加")
    offices.take_up()
    assert offices.township.get(Fund, opened.id).planned_fen == 200
    assert [(one.before_fen, one.after_fen) for one in plan_changes(offices.township, opened.id)] == [(100, 200)]
    assert not verify(offices.township.folder).faults


def test_two_thousand_entries_in_a_breath(offices: Offices) -> None:
    person = offices.village.find(Person)[0]
    with offices.village.change("test.many") as change:
        for number in range(2_000):
            change.put(replace(person, id="", version=0, id_number=f"{number:018d}"))
    path = offices.export()
    started = os.times()
    assert len(offices.take_up(path).entries) > 2_000
    spent = os.times()
    assert spent.user - started.user < 6, "seconds on this machine, ample"


def test_a_worker_takes_a_package_on_a_connection_of_its_own(offices: Offices) -> None:
    path = offices.export()
    with offices.township.sibling() as worker:
        usecases.receive(worker, path)
    assert offices.township.value("SELECT count(*) FROM claims") == 1


def test_more_papers_than_fit_go_in_several_packages(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PAPERS", 5_000)
    numbers = []
    while store.status(offices.village).unsent:
        plan = offices.take_up()
        offices.take_down()
        numbers.append((plan.particulars.number, len(plan.papers)))
    assert numbers == [(1, 1), (2, 1), (3, 1)]
    assert offices.township.value("SELECT count(*) FROM attachments") == 3
    assert not verify(offices.township.folder).faults


# Verdicts


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Ruling.PASSED, ClaimState.GRANTED), (Ruling.RETURNED, ClaimState.QUERIED), (Ruling.QUERIED, ClaimState.QUERIED)],
)
def test_a_verdict_moves_the_claim(offices: Offices, outcome: Ruling, state: ClaimState) -> None:
    offices.take_up()
    _rule(offices, outcome)
    plan = offices.take_down()
    assert [verdict.outcome for verdict in plan.verdicts] == [outcome]
    claim = offices.village.find(Claim)[0]
    assert claim.state is state
    (verdict,) = store.verdicts_of(offices.village, claim.id)
    assert (verdict.given_by, verdict.village_id, verdict.version) == ("吴所长", offices.village.office_id, 1)
    assert not verify(offices.village.folder).faults


def test_a_receipt_taken_twice_moves_nothing_twice(offices: Offices) -> None:
    offices.take_up()
    _rule(offices, Ruling.PASSED)
    path = offices.receipt()
    offices.take_down(path)
    before = offices.tips()
    assert offices.take_down(path).standing is Standing.HAD
    assert offices.tips() == before


def test_a_lost_receipt_loses_no_verdict(offices: Offices) -> None:
    offices.take_up()
    _rule(offices, Ruling.PASSED)
    lost = offices.receipt()
    second = offices.receipt()
    assert len(offices.take_down(second).verdicts) == 1
    assert not offices.take_down(lost).verdicts, "and when it turns up later it is harmless"
    assert offices.upwards.last_number == 1


def test_a_receipt_says_what_is_here_now_whoever_asks(offices: Offices) -> None:
    seen_before = offices.peer
    offices.take_up()
    written = usecases.receipt(offices.township, seen_before, offices.stick)
    assert written.particulars.last_seq == offices.peer.last_seq > 0


def test_an_old_receipt_does_not_turn_time_back(offices: Offices) -> None:
    offices.take_up()
    old = offices.receipt()
    approved_claim(offices.village, amount_fen=7_00)
    offices.take_up()
    offices.take_down()
    reached = offices.upwards.last_seq
    offices.take_down(old)
    assert offices.upwards.last_seq == reached


def test_a_verdict_on_what_has_changed_since_moves_nothing(offices: Offices) -> None:
    from villagedesk.payments.usecases import withdraw

    offices.take_up()
    _rule(offices, Ruling.PASSED)
    claim = offices.village.find(Claim)[0]
    withdraw(offices.village, claim.id, "供货商退了货")
    assert len(offices.take_down().verdicts) == 1
    assert offices.village.get(Claim, claim.id).state is ClaimState.WITHDRAWN


def _rule(offices: Offices, outcome: Ruling) -> None:
    (claim,) = offices.township.find(Claim, "state = 'approved'")
    due = None if outcome is Ruling.PASSED else offices.township.clock.now().date()
    give_verdict(offices.township, claim, outcome, "" if outcome is Ruling.PASSED else "请附验收单", due)


# When the disk fails


def _fail(error: OSError) -> Callable[..., None]:
    def failing(*_: object, **__: object) -> None:
        raise error

    return failing


FULL = OSError(errno.ENOSPC, "No space left on device")
PULLED = OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize(("error", "fault"), [(FULL, DiskFull), (PULLED, DiskGone)])
@pytest.mark.parametrize("where", ["write", "fsync", "copy"])
def test_when_a_package_cannot_be_written_nothing_is_left(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, error: OSError, fault: type[Exception], where: str
) -> None:
    before, sent = offices.tips(), list((offices.village.folder / "outbox").iterdir())
    place = {"write": (bag, "digest_until"), "fsync": (os, "fsync"), "copy": (shutil, "copyfile")}[where]
    monkeypatch.setattr(*place, _fail(error))
    with pytest.raises(fault):
        offices.export()
    monkeypatch.undo()
    assert offices.tips() == before
    assert list((offices.village.folder / "outbox").iterdir()) == sent
    assert not list(offices.stick.iterdir())


def test_what_does_not_read_back_is_not_called_written(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoiled(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1] + b"x")

    monkeypatch.setattr(shutil, "copyfile", spoiled)
    before = offices.tips()
    with pytest.raises(DiskGone, match="不一样"):
        offices.export()
    assert offices.tips() == before
    assert not list(offices.stick.iterdir())


def test_a_stick_that_is_not_there(offices: Offices) -> None:
    offices.stick.rmdir()
    before = offices.tips()
    with pytest.raises(DiskGone):
        offices.export()
    assert offices.tips() == before


def test_the_outbox_may_be_the_target(offices: Offices) -> None:
    path = usecases.export(offices.village, offices.village.folder / "outbox").path
    assert path.is_file()


def test_when_the_change_fails_the_file_goes_too(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usecases, "_parcel", _fail(PULLED))
    with pytest.raises(DiskGone):
        offices.export()
    assert not list(offices.stick.iterdir())
    assert not list((offices.village.folder / "outbox").iterdir())


@pytest.mark.parametrize(("error", "fault"), [(FULL, DiskFull), (PULLED, DiskGone)])
def test_when_a_package_cannot_be_copied_in_nothing_changes(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, error: OSError, fault: type[Exception]
) -> None:
    path = offices.export()
    before = offices.tips()
    monkeypatch.setattr(shutil, "copyfile", _fail(error))
    with pytest.raises(fault):
        usecases.receive(offices.township, path)
    assert offices.tips() == before
    assert not list((offices.township.folder / "inbox").iterdir())


def test_when_a_package_cannot_be_kept_nothing_changes(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    path = offices.export()
    before = offices.tips()
    monkeypatch.setattr(usecases, "_keep", _fail(FULL))
    with pytest.raises(DiskFull):
        usecases.receive(offices.township, path)
    monkeypatch.undo()
    assert offices.tips() == before
    assert not any(file.is_file() for file in (offices.township.folder / "attachments").rglob("*"))
    assert offices.take_up(path).standing is Standing.NEW, "the next try succeeds"


def test_cancelling_leaves_nothing(offices: Offices) -> None:
    from villagedesk.kernel.errors import Cancelled

    path = offices.export()
    before = offices.tips()
    for task in (
        lambda progress: usecases.receive(offices.township, path, progress),
        lambda progress: usecases.export(offices.village, offices.stick, progress),
    ):
        progress = Progress()
        progress.cancel()
        with pytest.raises(Cancelled):
            task(progress)
        assert offices.tips() == before
    assert [file.name for file in offices.stick.iterdir()] == [path.name]


def test_what_a_crash_left_in_the_inbox_is_swept(offices: Offices) -> None:
    left = offices.township.folder / "inbox" / "20260101-000000-000000.part"
    left.write_bytes(b"half")
    offices.take_up()
    assert not left.exists()


# Cards and enrolment


def test_a_wrong_fingerprint_enrols_nobody(offices: Offices, tmp_path: Path) -> None:
    card = usecases.write_card(offices.village, tmp_path / "card")
    wrong = fingerprint(replace(card, desk_id="D" * 26))
    before = offices.tips()
    with pytest.raises(RuleViolation) as caught:
        usecases.enrol(offices.township, tmp_path / "card", wrong.figures)
    assert codes(caught) == ["exchange.fingerprint"]
    assert offices.tips() == before


def test_enrolling_again_takes_the_new_key_and_keeps_what_arrived(offices: Offices, tmp_path: Path) -> None:
    offices.take_up()
    reached = offices.peer.last_seq
    fresh = b"\x11" * 32
    card = _card_of(offices.village, fresh, desk_id="N" * 26)
    (tmp_path / "card").write_bytes(write(card, fresh))
    peer = usecases.enrol(offices.township, tmp_path / "card", fingerprint(card).reading)
    assert (peer.last_seq, peer.desk_id, peer.version) == (reached, "N" * 26, 3)
    with pytest.raises(PackageRefused, match="签名"):
        offices.take_up()


def test_ones_own_kind_is_not_enrolled(offices: Offices, tmp_path: Path) -> None:
    card = usecases.write_card(offices.village, tmp_path / "card")
    with pytest.raises(RuleViolation) as caught:
        usecases.enrol(offices.village, tmp_path / "card", fingerprint(card).figures)
    assert codes(caught) == ["exchange.kind"]


def test_practice_and_earnest_do_not_mix(offices: Offices, tmp_path: Path) -> None:
    card = replace(_card_of(offices.village, b"\x12" * 32), is_practice=False)
    (tmp_path / "card").write_bytes(write(card, b"\x12" * 32))
    with pytest.raises(RuleViolation) as caught:
        usecases.enrol(offices.township, tmp_path / "card", fingerprint(card).figures)
    assert codes(caught) == ["exchange.practice"]


def test_a_village_of_another_area_needs_a_reason(offices: Offices, tmp_path: Path) -> None:
    card = replace(_card_of(offices.village, b"\x13" * 32), code="510322199001", office_id="W" * 26)
    (tmp_path / "card").write_bytes(write(card, b"\x13" * 32))
    figures = fingerprint(card).figures
    with pytest.raises(RuleViolation) as caught:
        usecases.enrol(offices.township, tmp_path / "card", figures)
    assert codes(caught) == ["exchange.code"]
    assert usecases.enrol(offices.township, tmp_path / "card", figures, "2025年并镇，代码还没换").code == "510322199001"


def test_a_village_reports_to_one_township(offices: Offices, tmp_path: Path) -> None:
    card = replace(_card_of(offices.township, b"\x14" * 32), office_id="W" * 26)
    (tmp_path / "card").write_bytes(write(card, b"\x14" * 32))
    with pytest.raises(RuleViolation) as caught:
        usecases.enrol(offices.village, tmp_path / "card", fingerprint(card).figures)
    assert codes(caught) == ["exchange.one_township"]


def test_a_revoked_card_is_believed_no_longer(offices: Offices, tmp_path: Path) -> None:
    path = offices.export()
    usecases.revoke(offices.township, offices.peer, "村里的电脑丢了")
    with pytest.raises(PackageRefused, match="已经作废"):
        offices.take_up(path)
    card = usecases.write_card(offices.village, tmp_path / "card")
    usecases.enrol(offices.township, tmp_path / "card", fingerprint(card).figures)
    assert offices.take_up(path).standing is Standing.NEW


def test_revoking_needs_a_reason(offices: Offices) -> None:
    with pytest.raises(RuleViolation):
        usecases.revoke(offices.township, offices.peer, " ")


def test_nothing_is_sent_to_a_revoked_township(offices: Offices) -> None:
    usecases.revoke(offices.village, offices.upwards, "镇里换了电脑")
    with pytest.raises(RuleViolation) as caught:
        offices.export()
    assert codes(caught) == ["exchange.no_township"]


def test_nothing_new_is_not_sent(offices: Offices) -> None:
    offices.take_up()
    offices.take_down()
    before = offices.tips()
    with pytest.raises(RuleViolation) as caught:
        offices.export()
    assert codes(caught) == ["exchange.nothing"]
    assert offices.tips() == before


def test_without_a_township_nothing_is_sent(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RuleViolation) as caught:
        usecases.export(desk, tmp_path)
    assert codes(caught) == ["exchange.no_township"]


def test_only_those_who_keep_the_key_exchange(offices: Offices, tmp_path: Path) -> None:
    paying.as_(offices.village, "赵主任")
    for step in (
        lambda: offices.export(),
        lambda: usecases.write_card(offices.village, tmp_path / "card"),
        lambda: usecases.receive(offices.village, tmp_path / "x"),
        lambda: usecases.look(offices.village, tmp_path / "x"),
        lambda: usecases.enrol(offices.village, tmp_path / "x", ""),
        lambda: usecases.revoke(offices.village, offices.upwards, "x"),
    ):
        with pytest.raises(RuleViolation):
            step()


def test_without_the_unlocked_key_nothing_is_signed(offices: Offices) -> None:
    offices.village.signing_seed = None
    with pytest.raises(NotSignedIn):
        offices.export()


def test_a_card_that_cannot_be_written(offices: Offices, tmp_path: Path) -> None:
    with pytest.raises(DiskGone):
        usecases.write_card(offices.village, tmp_path / "nowhere" / "card")


# A desk from a backup


def test_a_village_from_an_old_backup_is_noticed(offices: Offices, tmp_path: Path) -> None:
    """What the township has is not in the restored books: the new history does not follow the old one."""
    shutil.copytree(offices.village.folder, tmp_path / "backup")
    approved_claim(offices.village, amount_fen=7_00)
    offices.take_up()
    assert offices.village.actor
    assert offices.village.signing_seed
    clock = SetClock(offices.village.clock.now())
    with copied(
        tmp_path / "backup", tmp_path / "restored", offices.village.actor, offices.village.signing_seed, clock
    ) as restored:
        old = usecases.export(restored, offices.stick).path
        assert usecases.receive(offices.township, old).standing is Standing.HAD, "shorter, and its number is known"
        shorter = usecases.export(restored, offices.stick).path
        with pytest.raises(PackageRefused, match="备份"):
            usecases.receive(offices.township, shorter)
        for amount in range(100, 120):
            approved_claim(restored, amount_fen=amount)
        with pytest.raises(PackageRefused, match="接不上"):
            usecases.receive(offices.township, usecases.export(restored, offices.stick).path)
        with pytest.raises(PackageRefused, match="对不上"):
            usecases.receive(restored, offices.receipt())


def test_the_wrong_way_round(offices: Offices) -> None:
    package = offices.export()
    for act in (usecases.look, usecases.receive):
        with pytest.raises(BadInput, match=r"青山村第1号数据包.*本单位自己写的，要交给“双石镇”"):
            act(offices.village, package)
    offices.take_up(package)
    with pytest.raises(BadInput, match=r"回执.*本单位自己写的，要交给“青山村”"):
        usecases.receive(offices.township, offices.receipt())
    for desk in (offices.village, offices.township):
        assert not (desk.folder / "inbox" / "隔离").exists()


def test_a_picture_is_no_package(offices: Offices) -> None:
    path = offices.stick / ("很长的名字" * 30)[:80]
    path.write_bytes(b"\xff\xd8" * 500)
    for _ in range(2):
        with pytest.raises(PackageRefused, match="不是数据包"):
            usecases.receive(offices.township, path)
    assert len(list((offices.township.folder / "inbox" / "隔离").iterdir())) == 4


def test_parcels_are_recorded_both_ways(offices: Offices) -> None:
    offices.take_up()
    offices.take_down()
    there = [(parcel.direction, parcel.kind, parcel.number) for parcel in store.parcels(offices.township)]
    assert there == [(Direction.OUT, ParcelKind.RECEIPT, 1), (Direction.IN, ParcelKind.PACKAGE, 1)]
    here = [(parcel.direction, parcel.kind, parcel.state) for parcel in store.parcels(offices.village)]
    assert here == [
        (Direction.IN, ParcelKind.RECEIPT, ParcelState.APPLIED),
        (Direction.OUT, ParcelKind.PACKAGE, ParcelState.ACKNOWLEDGED),
    ]
    labels = {
        parcel.state.label + parcel.kind.label + parcel.direction.label for parcel in store.parcels(offices.village)
    }
    assert labels == {"已接收回执收到", "乡镇已收到数据包发出"}


def _card_of(desk: Desk, seed: bytes, desk_id: str = "") -> Card:
    from villagedesk.village.secrets import public_key

    card = usecases.own_card(desk)
    return replace(card, public_key=public_key(seed), desk_id=desk_id or card.desk_id)
