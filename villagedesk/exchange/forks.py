"""Two books under one name: a package that is not of the one book a village's entries came from so far."""

from collections.abc import Iterable

from villagedesk.exchange.model import Peer
from villagedesk.exchange.opened import refused
from villagedesk.exchange.travelling import TravelledEntry
from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import PackageRefused
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import Claim, Voucher
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.desk import Desk

_THEN = (
    "请村里先不要再记账。以后只用已经报来的那一本，另一本多记的补记到那一本里；"
    "那一本没有了的，就在“各村”里给它写一个归还包，村里收下以后从头再报。"
)


def first_unlike(desk: Desk, peer: Peer, entries: Iterable[TravelledEntry]) -> TravelledEntry | None:
    """Return the first entry, of those that should be here already, that is not here or is another here."""
    for entry in entries:
        if entry.seq > peer.last_seq:
            return None
        if entry.table and not _is_here(desk, entry):
            return entry
    return None


def forked(desk: Desk, peer: Peer, seq: int, unlike: TravelledEntry | None) -> PackageRefused:
    """Return the fault for a package of another book: ``seq`` is where the two do not fit, ``unlike`` what is told."""
    told = f"最早看得出的是第{unlike.seq}条：{_words(desk, unlike)}。" if unlike else ""
    return refused(
        f"“{peer.name}”有两本不一样的账，这一份和以前报来的第{seq}条接不上，同一个号记了两样事。{told}"
        "可能两台电脑各记了一本，也可能用旧备份恢复过，或者账本被换过。",
        _THEN,
    )


def _is_here(desk: Desk, entry: TravelledEntry) -> bool:
    key = [entry.record_id, entry.version, entry.table]
    rows = desk.rows("SELECT body FROM journal WHERE record_id = ? AND version = ? AND table_name = ?", key)
    if not rows or entry.table == Attachment.table:
        return bool(rows)
    return bool(rows[0]["body"] == (canonical(entry.row).decode() if entry.row is not None else None))


def _words(desk: Desk, entry: TravelledEntry) -> str:
    """Return in words what an entry wrote, so that its village finds it."""
    rule, row = desk.table_rules.get(entry.table), entry.row
    title = rule.title if rule else entry.table
    if row is None:
        return f"删去一条“{title}”"
    number = f"{row['year']}年第{row['number']}号，" if entry.table == Voucher.table else ""
    if entry.table in (Voucher.table, Claim.table):
        return f"“{title}”（{number}{row['payee']}，{yuan(int(row['amount_fen'] or 0))}元，{row['purpose']}）"
    return f"一条“{title}”"
