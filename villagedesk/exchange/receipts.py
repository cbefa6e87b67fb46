"""A township's receipt: how far a village's entries arrived, what they add up to, and the township's verdicts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from villagedesk.exchange import store
from villagedesk.exchange.intake import check_row, columns_of
from villagedesk.exchange.model import ParcelKind, Peer, Verdict
from villagedesk.exchange.opened import OpenedBag, refused
from villagedesk.exchange.package import RECEIPT, Particulars
from villagedesk.exchange.plan import ReceiptPlan, Standing
from villagedesk.kernel.canonical import canonical
from villagedesk.oversight.unfounded import unfounded
from villagedesk.storage.desk import Desk
from villagedesk.village.model import DeskCard, Office

_TELL = "请不要手工改动，打电话请乡镇核对。"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What a receipt says arrived: package number, last entry and link, records by table, vouchers in fen.

    ``doubts`` say in words which of what arrived rests on a grant the township never gave.
    """

    number: int
    last_seq: int
    last_link: str
    counts: Mapping[str, int]
    voucher_fen: int
    verdicts: tuple[dict[str, Any], ...]
    doubts: tuple[str, ...] = ()


def particulars(office: Office, card: DeskCard, village: Peer, number: int) -> Particulars:
    """Return the particulars of a receipt about everything a village sent so far."""
    return Particulars(
        kind=ParcelKind.RECEIPT,
        office_id=office.id,
        office_name=office.name,
        office_code=office.code,
        desk_id=card.id,
        recipient_id=village.office_id,
        number=number,
        first_seq=1,
        last_seq=village.last_seq,
        previous_link="0" * 64,
        last_link=village.last_link,
        previous_number=village.last_number,
    )


def written(desk: Desk, village: Peer) -> bytes:
    """Return the receipt's content. It carries every verdict ever given to the village: a lost receipt loses none.

    What rests on no verdict is named, where there is any.
    """
    doubts = [one.words for one in unfounded(desk, village.office_id)]
    return canonical({
        "number": village.last_number,
        "last_seq": village.last_seq,
        "last_link": village.last_link,
        "counts": store.counts(desk, village.office_id),
        "voucher_fen": store.voucher_sum(desk, village.office_id),
        "verdicts": [verdict.row() for verdict in store.verdicts_about(desk, village.office_id)],
        **({"doubts": doubts} if doubts else {}),
    })  # fmt: skip


def judge(desk: Desk, bag: OpenedBag, said: Particulars) -> ReceiptPlan:
    """Return what a receipt would bring to the village's desk. Raises PackageRefused."""
    if set(bag.digests) != {RECEIPT}:
        raise refused("里面的文件不是回执该有的。")
    arrived = _acknowledgement(bag.content(RECEIPT))
    told = (said.previous_number, said.last_seq, said.last_link)
    if told != (arrived.number, arrived.last_seq, arrived.last_link):
        raise refused("回执的内容和说明页对不上。")
    if store.link_at(desk, arrived.last_seq) != arrived.last_link:
        raise refused(
            f"回执里的第{arrived.last_seq}条和本村的账对不上：可能不是给这本账的，也可能村里有两台电脑各记了一本。",
            _TELL,
        )
    _check_sums(desk, arrived)
    known = {row[0] for row in desk.rows("SELECT id FROM verdicts")}
    verdicts = tuple(verdict for verdict in _verdicts(desk, arrived) if verdict.id not in known)
    is_had = store.receipt_with(desk, bag.digest) is not None
    return ReceiptPlan(
        particulars=said, standing=Standing.HAD if is_had else Standing.NEW, digest=bag.digest, verdicts=verdicts,
        doubts=tuple(arrived.doubts),
    )  # fmt: skip


def _acknowledgement(content: bytes) -> Acknowledgement:
    try:
        arrived = Acknowledgement(**json.loads(content))
        are_words = all(isinstance(words, str) for words in arrived.doubts)
        if are_words and all(isinstance(row, dict) for row in arrived.verdicts):
            return arrived
    except (ValueError, TypeError, RecursionError):
        pass
    raise refused("回执的内容看不懂。")


def _check_sums(desk: Desk, arrived: Acknowledgement) -> None:
    """The township holds what this desk held after that entry: the same records by table, the same vouchers in sum."""
    own = store.counts(desk, desk.office_id, arrived.last_seq)
    if arrived.counts != own or arrived.voucher_fen != store.voucher_sum(desk, desk.office_id, arrived.last_seq):
        raise refused("乡镇收到的条数或凭证合计和本村的账不一致。", _TELL)


def _verdicts(desk: Desk, arrived: Acknowledgement) -> list[Verdict]:
    """Return the receipt's verdicts, each about a record of this desk."""
    columns = columns_of(desk, Verdict.table)
    found = []
    for row in arrived.verdicts:
        if not check_row(Verdict, row, columns) or row["version"] != 1 or row["village_id"] != desk.office_id:
            raise refused("有一条乡镇意见不合格式。", _TELL)
        verdict = Verdict.from_row(row)
        if not any(entry.version == verdict.subject_version for entry in desk.history(verdict.subject_id)):
            raise refused("有一条乡镇意见说的记录本村没有。", _TELL)
        found.append(verdict)
    return found
