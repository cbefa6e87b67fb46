"""What the township gives back to a village whose desk was restored from an old backup: its own later records.

The village takes in what it lost and then reports its whole journal anew; the township passes over every version it
knows, so that both hold the same books again, on the restored desk's chain.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from villagedesk.exchange import store
from villagedesk.exchange.intake import check_entries, check_members, is_known, lines_of
from villagedesk.exchange.keys import seal, unseal
from villagedesk.exchange.model import ParcelKind, Peer
from villagedesk.exchange.opened import OpenedBag, refused
from villagedesk.exchange.package import ATTACHMENTS, RETURNED, Particulars
from villagedesk.exchange.plan import PackagePlan, Standing
from villagedesk.exchange.travelling import TravelledEntry
from villagedesk.kernel.canonical import canonical
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.desk import Desk
from villagedesk.village.model import DeskCard, Office

_KEYS = {"table": str, "id": str, "version": int}


def particulars(office: Office, card: DeskCard, village: Peer) -> Particulars:
    """Return the particulars of what is given back to a village."""
    return Particulars(
        kind=ParcelKind.RETURN,
        office_id=office.id,
        office_name=office.name,
        office_code=office.code,
        desk_id=card.id,
        recipient_id=village.office_id,
        number=max(village.last_number, 1),
        first_seq=1,
        last_seq=village.last_seq,
        previous_link="0" * 64,
        last_link=village.last_link,
        previous_number=village.last_number,
    )


def payload(desk: Desk, village: Peer, after: int, seed: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the records that came with packages after number ``after``, and their papers, sealed to the village."""
    rows = store.received_rows(desk, village.office_id, after)
    content = b"".join(canonical(row) + b"\n" for row in rows)
    yield RETURNED, seal(content, village.public_key, seed)
    for row in rows:
        if row["table"] == Attachment.table and row["row"]:
            paper = seal(desk.content(row["id"]), village.public_key, seed)
            yield f"{ATTACHMENTS}{row['id']}.sealed", paper


def judge(desk: Desk, bag: OpenedBag, said: Particulars, peer: Peer, seed: bytes) -> PackagePlan:
    """Return what would be taken back. Raises PackageRefused when it contradicts what was written since."""
    check_members(bag, RETURNED, ATTACHMENTS)
    entries = _entries(bag.content(RETURNED), seed)
    check_entries(desk, entries, desk.office_id)
    new = [entry for entry in entries if not is_known(desk, entry)]
    papers = {name.removeprefix(ATTACHMENTS).removesuffix(".sealed"): name for name in bag.digests if name != RETURNED}
    wanted = {entry.record_id for entry in new if entry.table == Attachment.table}
    if missing := wanted - papers.keys():
        raise refused(f"缺{len(missing)}件附件。")
    return PackagePlan(
        particulars=said,
        village_id=desk.office_id,
        standing=Standing.NEW if new or peer.last_seq else Standing.HAD,
        digest=bag.digest,
        entries=tuple(new),
        papers={digest: name for digest, name in papers.items() if digest in wanted},
        lines=lines_of(desk, new),
    )


def _entries(sealed: bytes, seed: bytes) -> Sequence[TravelledEntry]:
    content = unseal(sealed, seed)
    if content is None:
        raise refused("归还包打不开，不是封给本单位的。")
    try:
        plain = [json.loads(line) for line in content.splitlines()]
    except (ValueError, RecursionError):
        raise refused("归还包的内容看不懂。") from None
    if not all(_is_entry(line) for line in plain):
        raise refused("归还包的内容看不懂。")
    return [
        TravelledEntry(number, "", "", line["table"], line["id"], line["version"], line["row"])
        for number, line in enumerate(plain, 1)
    ]


def _is_entry(line: Any) -> bool:
    if not isinstance(line, dict) or line.keys() != {*_KEYS, "row"}:
        return False
    is_sound = all(type(line[name]) is kind for name, kind in _KEYS.items())
    return is_sound and (line["row"] is None or isinstance(line["row"], dict))
