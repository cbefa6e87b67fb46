"""What people do with the other office: show a card, enrol it, write a package, take in what came back."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from villagedesk.exchange import (
    applying,
    granting,
    inbox,
    intake,
    months,
    outgoing,
    package,
    receipts,
    returning,
    rules,
    sending,
    store,
)
from villagedesk.exchange import card as cards
from villagedesk.exchange.card import Card
from villagedesk.exchange.doubts import doubts_in
from villagedesk.exchange.keys import sign
from villagedesk.exchange.model import Direction, Parcel, ParcelKind, ParcelState, Peer
from villagedesk.exchange.opened import OpenedBag, open_bag, refused
from villagedesk.exchange.package import Particulars
from villagedesk.exchange.plan import PackagePlan, Plan, ReceiptPlan, Standing
from villagedesk.kernel.errors import FrozenRecord, NotSignedIn, RuleViolation, stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.progress import Progress
from villagedesk.oversight import rekeyed
from villagedesk.storage.attachments import write_durably
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.storage.faults import plain_faults
from villagedesk.storage.journal import FIRST_LINK
from villagedesk.village.authority import acting, countersigned
from villagedesk.village.model import OfficeKind, Role
from villagedesk.village.store import desk_card, office

_KEEPERS = (Role.ACCOUNTANT, Role.CLERK)
SECONDS = (Role.HEAD, Role.FINANCE_GROUP, Role.SUPERVISION)
"""One of whom says yes beside the accountant when the township is to be known by another key."""


@dataclass(frozen=True, slots=True)
class Written:
    """A package or receipt that was written: where it lies, its particulars, and the parcel that records it."""

    path: Path
    particulars: Particulars
    parcel: Parcel


def own_card(desk: Desk) -> Card:
    """Return what this desk shows of itself."""
    own, here = office(desk), desk_card(desk)
    return Card(
        kind=own.kind, office_id=own.id, name=own.name, code=own.code, township=own.township, desk_id=here.id,
        public_key=here.public_key, is_practice=own.is_practice,
    )  # fmt: skip


def write_card(desk: Desk, path: Path) -> Card:
    """Write this desk's signed card to a file and return it. Raises DiskFull or DiskGone."""
    acting(desk, *_KEEPERS)
    card = own_card(desk)
    with plain_faults(path):
        write_durably(path, cards.write(card, _seed(desk)))
    return card


def enrol(desk: Desk, path: Path, fingerprint: str, reason: str = "", *, second: str = "", password: str = "") -> Peer:
    """Take in the other office's card once its fingerprint was compared on paper or by telephone.

    An office that is enrolled already gets its new key (a new computer, a desk restored from a backup). Where that is
    the township's, by whose words money goes out, a second person of the village, named ``second``, says yes by their
    own ``password``. Raises BadInput for what is no card, RuleViolation for a wrong one, another fingerprint or no
    second person, WrongPassword.
    """
    acting(desk, *_KEEPERS)
    card = cards.read(path)
    findings = list(rules.fitting(card, office(desk)))
    findings += rules.compared(cards.fingerprint(card), fingerprint)
    findings += _one_township(desk, card)
    stop_at(findings, reason)
    known = store.peer_of(desk, card.office_id)
    fresh = Peer(
        office_id=card.office_id, kind=card.kind, name=card.name, code=card.code, desk_id=card.desk_id,
        public_key=card.public_key,
    )  # fmt: skip
    why = reason or card.name
    if known is not None:
        fresh = replace(fresh, **{name: getattr(known, name) for name in ("id", "version", *_PROGRESS)})
        if needs_second(known, card):
            beside = countersigned(desk, second, password, *SECONDS)
            why = rekeyed.said_by(beside, reason)
    with desk.change("exchange.peer.enrolled", reason=why) as change:
        return change.put(fresh)


def needs_second(known: Peer | None, card: Card) -> bool:
    """Tell whether a card brings the township a village knows another key: then a second person must say yes."""
    return known is not None and card.kind is OfficeKind.TOWNSHIP and known.public_key != card.public_key


def revoke(desk: Desk, peer: Peer, reason: str) -> Peer:
    """Believe an office's key no longer (a lost computer, a stolen stick); what arrived stays. Enrol it anew later.

    Raises RuleViolation when no reason is given.
    """
    acting(desk, *_KEEPERS)
    stop_at(rules.says_why(reason))
    with desk.change("exchange.peer.revoked", reason=reason) as change:
        return change.put(replace(peer, public_key=""))


_PROGRESS = ("last_seq", "last_link", "last_number")


def export(desk: Desk, target: Path, progress: Progress | None = None) -> Written:
    """Write a package with everything the township has not acknowledged to the folder ``target``.

    Raises RuleViolation when no township is enrolled or nothing is new, DiskFull or DiskGone when it cannot be
    written or does not read back as it was; then nothing is left behind.
    """
    acting(desk, Role.ACCOUNTANT)
    township = store.township(desk)
    if township is None or not township.public_key:
        raise RuleViolation([Finding("exchange.no_township", "还没有登记乡镇的名片，请先登记再报。")])
    stop_at(rules.something_to_report(outgoing.travelling_since(desk, township.last_seq)))
    own, seed = office(desk), _seed(desk)
    number = store.next_number(desk, township.office_id, ParcelKind.PACKAGE)
    said = package.particulars(desk, own, desk_card(desk), township, number)
    progress = progress or Progress()
    progress.start("写出数据包", 0)
    payload = _counted(package.payload(desk, said, township, seed), progress)
    return _send(desk, target, parcel_name(own.name, ParcelKind.PACKAGE, number), said, payload, township, seed)


def receipt(desk: Desk, village: Peer, target: Path) -> Written:
    """Write a receipt for a village to the folder ``target``: what arrived, and all verdicts so far.

    Raises DiskFull or DiskGone; then nothing is left behind.
    """
    acting(desk, Role.CLERK)
    village = desk.get(Peer, village.id)
    number = store.next_number(desk, village.office_id, ParcelKind.RECEIPT)
    said = receipts.particulars(office(desk), desk_card(desk), village, number)
    payload = iter([(package.RECEIPT, receipts.written(desk, village))])
    name = parcel_name(village.name, ParcelKind.RECEIPT, number)
    return _send(desk, target, name, said, payload, village, _seed(desk))


def give_back(desk: Desk, village: Peer, target: Path, after: int = 0) -> Path:
    """Write what a village's packages after number ``after`` brought, for its desk restored from an old backup.

    From then on the township takes only the village's whole journal, from its first entry on. Raises RuleViolation
    when nothing arrived since, DiskFull or DiskGone; then nothing is left behind.
    """
    acting(desk, Role.CLERK)
    village = desk.get(Peer, village.id)
    stop_at(rules.something_to_give_back(len(store.received_rows(desk, village.office_id, after))))
    said, seed = returning.particulars(office(desk), desk_card(desk), village), _seed(desk)
    name = parcel_name(village.name, said.kind, said.number)
    payload = returning.payload(desk, village, after, seed)
    with (
        sending.sent(desk.folder, target, name, said, desk.tip()[2][:10], payload, partial(sign, seed)) as (path, _),
        desk.change("exchange.return.written", reason=f"{village.name}从备份恢复，归还第{after}号以后的") as change,
    ):
        change.put(replace(village, last_seq=0, last_link=FIRST_LINK))
    return path


def look(desk: Desk, path: Path) -> Plan:
    """Return what a package or receipt would bring, without changing anything.

    Raises BadInput, PackageRefused (the file then lies in quarantine) or PackageHeld.
    """
    acting(desk, *_KEEPERS)
    with inbox.arrived(desk.folder, path, desk.clock.now()) as copy:
        return _judge(desk, open_bag(copy))


def receive(desk: Desk, path: Path, progress: Progress | None = None, *, seen: str = "") -> Plan:
    """Take in a village's package (on a township's desk), or a township's receipt or return (on a village's).

    Returns what it brought; a parcel that was taken in before is harmless and says so. ``seen`` is the SHA-256 of the
    file whose plan was shown. Raises BadInput, PackageRefused (the file then lies in quarantine) or PackageHeld; in
    each case nothing was changed.
    """
    acting(desk, *_KEEPERS)
    with inbox.arrived(desk.folder, path, desk.clock.now()) as copy:
        bag = open_bag(copy)
        if seen not in ("", bag.digest):
            raise refused("这个文件和刚才看的不是同一份。", "请重新选文件，看清楚再接收。")
        plan = _judge(desk, bag)
        if plan.standing is Standing.NEW:
            with _no_room_for_it():
                if isinstance(plan, ReceiptPlan):
                    _take_receipt(desk, bag, plan)
                elif plan.particulars.kind is ParcelKind.RETURN:
                    _take_back(desk, bag, plan, progress or Progress())
                else:
                    _take_package(desk, bag, plan, progress or Progress())
        return plan


def parcel_name(village: str, kind: ParcelKind, number: int) -> str:
    """Return the file name of a parcel to or from a village."""
    return f"{village}-{kind.label}-第{number:04d}号.zip"


def _judge(desk: Desk, bag: OpenedBag) -> Plan:
    said, peer = intake.sender(desk, bag)
    if (said.kind is ParcelKind.PACKAGE) is (peer.kind is OfficeKind.TOWNSHIP):
        raise refused("这份文件的种类和来处对不上。")
    if said.kind is ParcelKind.PACKAGE:
        plan = intake.judge_package(desk, bag, said, peer, _seed(desk))
        return replace(plan, doubts=doubts_in(desk, plan.entries))
    if said.kind is ParcelKind.RETURN:
        return returning.judge(desk, bag, said, peer, _seed(desk))
    return receipts.judge(desk, bag, said)


def _take_package(desk: Desk, bag: OpenedBag, plan: PackagePlan, progress: Progress) -> None:
    said = plan.particulars
    peer = store.peer_of(desk, said.office_id)
    assert peer is not None
    reason = f"{said.office_name}第{said.number}号数据包"
    with (
        applying.papers_kept(desk.folder, bag, plan.papers, _seed(desk)),
        desk.change("exchange.package.applied", reason=reason, village_id=peer.office_id) as change,
    ):
        applying.apply(desk, change, plan, progress)
        change.put(replace(peer, last_seq=said.last_seq, last_link=said.last_link, last_number=said.number))
        _keep(desk, change, bag, said, peer, peer.name)
    inbox.release(desk.folder, peer.name, said.number)


def _take_back(desk: Desk, bag: OpenedBag, plan: PackagePlan, progress: Progress) -> None:
    """Take in what the township gave back, and report everything from the first entry on next time."""
    said = plan.particulars
    peer = store.peer_of(desk, said.office_id)
    assert peer is not None
    with (
        applying.papers_kept(desk.folder, bag, plan.papers, _seed(desk)),
        desk.change("exchange.return.applied", reason=f"{said.office_name}归还的记录") as change,
    ):
        applying.apply(desk, change, plan, progress)
        months.check_months(desk)
        change.put(replace(peer, last_seq=0, last_link=FIRST_LINK, last_number=said.previous_number))
        bag.path.replace(inbox.kept(desk.folder, parcel_name(office(desk).name, said.kind, said.number)))


def _take_receipt(desk: Desk, bag: OpenedBag, plan: ReceiptPlan) -> None:
    said = plan.particulars
    peer = store.peer_of(desk, said.office_id)
    assert peer is not None
    doubted = f"，有{len(plan.doubts)}处乡镇说没有同意过" if plan.doubts else ""
    reason = f"{said.office_name}第{said.number}号回执{doubted}"
    with desk.change("exchange.receipt.applied", reason=reason) as change:
        for verdict in plan.verdicts:
            change.put(replace(verdict, version=0))
            granting.move_claim(desk, change, verdict)
            months.move_reopening(desk, change, verdict)
        for parcel in store.unacknowledged(desk, peer.office_id, said.previous_number):
            change.put(replace(parcel, state=ParcelState.ACKNOWLEDGED))
        if said.last_seq > peer.last_seq:
            change.put(
                replace(peer, last_seq=said.last_seq, last_link=said.last_link, last_number=said.previous_number)
            )
        _keep(desk, change, bag, said, peer, office(desk).name)


def _keep(desk: Desk, change: Change, bag: OpenedBag, said: Particulars, peer: Peer, village: str) -> None:
    """Record the parcel and move its file to where it is kept, last of all: a failed commit then puts it aside."""
    name = parcel_name(village, said.kind, said.number)
    place = inbox.kept(desk.folder, name)
    change.put(_parcel(said, peer, Direction.IN, bag.digest, place.name, ParcelState.APPLIED, change))
    bag.path.replace(place)


def _send(
    desk: Desk,
    target: Path,
    name: str,
    said: Particulars,
    payload: Iterator[tuple[str, bytes]],
    peer: Peer,
    seed: bytes,
) -> Written:
    _, _, last = desk.tip()
    with (
        sending.sent(desk.folder, target, name, said, last[:10], payload, partial(sign, seed)) as (
            path,
            digest,
        ),
        desk.change(f"exchange.{said.kind.value}.written", reason=f"第{said.number}号{said.kind.label}") as change,
    ):
        parcel = change.put(_parcel(said, peer, Direction.OUT, digest, name, ParcelState.WRITTEN, change))
    return Written(path, said, parcel)


def _parcel(
    said: Particulars, peer: Peer, direction: Direction, digest: str, name: str, state: ParcelState, change: Change
) -> Parcel:
    return Parcel(
        office_id=peer.office_id, direction=direction, kind=said.kind, number=said.number, first_seq=said.first_seq,
        last_seq=said.last_seq, last_link=said.last_link, digest=digest, file_name=name, state=state,
        moved_at=change.at,
    )  # fmt: skip


def _one_township(desk: Desk, card: Card) -> Iterator[Finding]:
    township = store.township(desk)
    if card.kind is OfficeKind.TOWNSHIP and township is not None and township.office_id != card.office_id:
        yield Finding("exchange.one_township", f"已经登记了“{township.name}”，一个村只报给一个乡镇。")


def _seed(desk: Desk) -> bytes:
    if desk.signing_seed is None:
        raise NotSignedIn
    return desk.signing_seed


def _counted(payload: Iterator[tuple[str, bytes]], progress: Progress) -> Iterator[tuple[str, bytes]]:
    for member in payload:
        progress.step()
        yield member


@contextmanager
def _no_room_for_it() -> Iterator[None]:
    """Turn what the schema refuses into a refused package."""
    try:
        yield
    except (sqlite3.IntegrityError, FrozenRecord) as fault:
        why = str(fault.facts["why"]) if isinstance(fault, FrozenRecord) else "里面的记录互相矛盾。"
        raise refused(why, "请不要手工改动，打电话问清楚情况。") from fault
