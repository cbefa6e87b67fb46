"""A bag held against what this desk knows: who sent it, for whom, in which order, and whether each entry holds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from villagedesk.exchange import store
from villagedesk.exchange.forks import first_unlike, forked
from villagedesk.exchange.model import Peer
from villagedesk.exchange.opened import OpenedBag, refused
from villagedesk.exchange.outgoing import travels
from villagedesk.exchange.package import ATTACHMENTS, FORMAT, JOURNAL, NOTICES, Particulars
from villagedesk.exchange.plan import PackagePlan, PlanLine, Standing
from villagedesk.exchange.records import RECORDS
from villagedesk.exchange.tables import FOLDER as TABLES
from villagedesk.exchange.travelling import TravelledEntry, UnsoundEntry, from_line, is_value
from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import BadInput, PackageHeld
from villagedesk.kernel.records import Record, Value
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.desk import Desk
from villagedesk.storage.schema import SCHEMA_VERSION

_TELL = "请不要手工改动，打电话问清楚情况。"
_GIVE_BACK = "请打电话核实。确实是从备份恢复的，就在“各村”里给它写一个归还包，村里收下以后再报。"
_REWRITE = "请对方在程序里重新写一份，用U盘再拷一次。"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the schema declares it. ``default`` stands for what an older program did not write; None: nothing."""

    name: str
    is_text: bool
    may_be_empty: bool
    default: Value = None


def sender(desk: Desk, bag: OpenedBag) -> tuple[Particulars, Peer]:
    """Return what a bag says of itself and the enrolled office that wrote it for this one.

    Raises BadInput for what this office wrote itself, PackageRefused when the office is unknown, the signature is not
    its own, or it is not for this desk.
    """
    try:
        said = Particulars.read(bag.info)
    except (ValueError, KeyError):
        raise refused("数据包的说明页不全。") from None
    if said.office_id == desk.office_id:
        raise _our_own(desk, said)
    peer = store.peer_of(desk, said.office_id)
    if peer is None or not peer.public_key:
        what = "还没有在这里登记名片" if peer is None else "的名片已经作废"
        raise refused(
            f"“{said.office_name}”{what}，不知道是不是真的。",
            "请先向对方要名片，当面或打电话核对后登记，再来接收。",
        )
    if not bag.is_signed_by(peer.public_key):
        raise refused(f"签名不是“{peer.name}”登记的那把钥匙签的，可能被改过，也可能对方换过电脑。", _TELL)
    if said.desk_id != peer.desk_id:
        raise refused(
            f"“{peer.name}”现在这本账不是登记过的那一本，可能是从备份恢复的。",
            "请对方重新写一张名片，核对指纹后重新登记，再来接收。",
        )
    if said.recipient_id != desk.office_id:
        raise refused("这是报给别的单位的，不是给本单位的。", "请检查是不是拿错了。")
    if said.format_version > FORMAT or said.schema_version > SCHEMA_VERSION:
        raise refused("对方的程序比这里的新。", "请先升级这里的程序，再来接收。")
    if bag.base != said.base:
        raise refused("里面的文件夹和说明页对不上。")
    return said, peer


def _our_own(desk: Desk, said: Particulars) -> BadInput:
    """Return what is said of a parcel that should go to the other office: it is no fault of the parcel."""
    there = store.peer_of(desk, said.recipient_id)
    name = f"{said.office_name}第{said.number}号{said.kind.label}"
    reader = f"“{there.name}”" if there else "对方单位"
    return BadInput(name, f"这是本单位自己写的，要交给{reader}，由对方来接收。请把它连U盘一起交过去，文件没有动过。")


def judge_package(desk: Desk, bag: OpenedBag, said: Particulars, peer: Peer, seed: bytes) -> PackagePlan:
    """Return what a village's package would bring. Raises PackageRefused, or PackageHeld when one before is missing."""
    check_members(bag, JOURNAL, ATTACHMENTS, NOTICES, TABLES)
    if said.last_seq <= peer.last_seq:
        return _already_had(desk, bag, said, peer, seed)
    if peer.last_number and not peer.last_seq and said.first_seq > 1:
        raise refused(f"已经给“{peer.name}”写了归还包，要等村里收下归还包以后从头再报。", "请把归还包交给村里。")
    if said.first_seq > peer.last_seq + 1:
        raise PackageHeld(office=peer.name, number=said.number, missing=said.previous_number)
    entries = list(_fitting(desk, bag, said, peer, seed))
    new = [entry for entry in entries if entry.seq > peer.last_seq and entry.table]
    check_entries(desk, new, peer.office_id)
    new = [entry for entry in new if not is_known(desk, entry)]
    papers = _papers(bag, entries)
    wanted = {entry.record_id for entry in new if entry.table == Attachment.table}
    return PackagePlan(
        particulars=said,
        village_id=peer.office_id,
        standing=Standing.NEW,
        digest=bag.digest,
        entries=tuple(new),
        papers={digest: name for digest, name in papers.items() if digest in wanted},
        lines=lines_of(desk, new),
        paid_fen=sum(
            int(entry.row["amount_fen"] or 0) for entry in new if entry.table == "vouchers" and entry.row is not None
        ),
    )


def check_row(kind: type[Record], row: dict[str, Value], columns: Sequence[Column]) -> bool:
    """Tell whether a row has exactly the table's columns, each of its kind, and reads back as it is written.

    Columns that came with a later schema have a default and may be missing.
    """
    later = {column.name: column.default for column in columns if column.default is not None}
    row = {**later, **row}
    if row.keys() != {column.name for column in columns}:
        return False
    for column in columns:
        value = row[column.name]
        if value is None:
            if not column.may_be_empty:
                return False
        elif isinstance(value, str) is not column.is_text or not is_value(value):
            return False
    try:
        return kind.from_row(row).row() == row
    except (ValueError, KeyError, TypeError):
        return False


def columns_of(desk: Desk, table: str) -> tuple[Column, ...]:
    """Return a table's columns as declared."""
    rows = desk.rows(f"PRAGMA table_info({table})")
    return tuple(
        Column(
            row["name"],
            row["type"] == "TEXT",
            not row["notnull"],
            desk.value(f"SELECT {row['dflt_value']}") if row["dflt_value"] else None,
        )
        for row in rows
    )


def check_members(bag: OpenedBag, wanted: str, *others: str) -> None:
    """Refuse a bag that lacks its main file, or has files outside the folders ``others``."""
    strange = [name for name in bag.digests if name != wanted and not name.startswith(others or ("/",))]
    if wanted not in bag.digests or strange:
        raise refused("里面的文件不是这种数据包该有的。")


def check_entries(desk: Desk, entries: Sequence[TravelledEntry], village_id: str) -> None:
    """Refuse entries that are not the village's own, or not of their tables' form."""
    columns = {table: columns_of(desk, table) for table in RECORDS}
    for entry in entries:
        _check_entry(desk, entry, village_id, columns)


def is_known(desk: Desk, entry: TravelledEntry) -> bool:
    """Tell whether exactly this version of the record is here already.

    Raises PackageRefused when the version is here with another content: a history that was written anew.
    """
    key = [entry.record_id, entry.version, entry.table]
    rows = desk.rows("SELECT body FROM journal WHERE record_id = ? AND version = ? AND table_name = ?", key)
    if not rows or entry.table == Attachment.table:
        return bool(rows)
    body = canonical(entry.row).decode() if entry.row is not None else None
    if rows[0]["body"] != body:
        title = desk.table_rules[entry.table].title
        raise refused(f"这里已有的一条“{title}”和送来的不一样，有一边改写过。", _TELL)
    return True


def _already_had(desk: Desk, bag: OpenedBag, said: Particulars, peer: Peer, seed: bytes) -> PackagePlan:
    """Return the plan of a package that brings nothing. Raises PackageRefused when it is of another book."""
    if store.receipt_with(desk, bag.digest) is None:
        is_at_end = said.last_seq == peer.last_seq
        unlike = first_unlike(desk, peer, _entries(bag, said, seed))
        if unlike or (is_at_end and said.last_link != peer.last_link):
            raise forked(desk, peer, said.last_seq, unlike)
    if said.number > peer.last_number:
        raise refused(
            f"“{peer.name}”以前报到了第{peer.last_seq}条，这一份新的却只到第{said.last_seq}条，"
            "可能是那边用旧备份恢复过账本。",
            _GIVE_BACK,
        )
    return PackagePlan(particulars=said, village_id=peer.office_id, standing=Standing.HAD, digest=bag.digest, papers={})


def _fitting(desk: Desk, bag: OpenedBag, said: Particulars, peer: Peer, seed: bytes) -> Iterator[TravelledEntry]:
    """Yield the entries of a package that goes on from where the one before it ended."""

    def check(seq: int, link: str) -> None:
        if seq == peer.last_seq and link != peer.last_link:
            raise forked(desk, peer, seq, first_unlike(desk, peer, _entries(bag, said, seed)))

    check(said.first_seq - 1, said.previous_link)
    for entry in _entries(bag, said, seed):
        check(entry.seq, entry.link)
        yield entry


def _entries(bag: OpenedBag, said: Particulars, seed: bytes) -> Iterator[TravelledEntry]:
    """Yield the entries of a package, each checked against the one before."""
    lines = bag.content(JOURNAL).split(b"\n")
    if lines.pop() != b"" or len(lines) != said.last_seq - said.first_seq + 1:
        raise refused("流水的条数和说明页对不上。")
    link = said.previous_link
    for seq, line in enumerate(lines, said.first_seq):
        try:
            entry = from_line(line, seq, link, seed)
        except UnsoundEntry as fault:
            raise refused(f"第{seq}条流水{fault}。") from fault
        link = entry.link
        yield entry
    if link != said.last_link:
        raise refused("最后一条流水和说明页对不上。")


def _check_entry(desk: Desk, entry: TravelledEntry, village_id: str, columns: dict[str, tuple[Column, ...]]) -> None:
    rule = desk.table_rules.get(entry.table)
    if rule is None or not travels(rule):
        raise refused(f"第{entry.seq}条流水动了不归村里管的“{rule.title if rule else entry.table}”。", _TELL)
    row = entry.row
    if row is None:
        return
    if row.get("village_id") != village_id:
        raise refused(f"第{entry.seq}条流水（{rule.title}）写的是别的村的事。", _TELL)
    is_its_own = row.get("id") == entry.record_id and row.get("version") == entry.version
    if not is_its_own or not check_row(RECORDS[entry.table], row, columns[entry.table]):
        raise refused(f"第{entry.seq}条流水（{rule.title}）的内容不合格式。", _REWRITE)


def _papers(bag: OpenedBag, entries: list[TravelledEntry]) -> dict[str, str]:
    """Return each paper's name in the bag by its digest; exactly those of the entries are there."""
    papers: dict[str, str] = {}
    for name, digest in bag.digests.items():
        if name.startswith(ATTACHMENTS):
            papers[name.removeprefix(ATTACHMENTS).removesuffix(".sealed")] = name
        elif name.startswith(NOTICES):
            papers[digest] = name
    wanted = {entry.record_id for entry in entries if entry.table == Attachment.table}
    if missing := wanted - papers.keys():
        raise refused(f"缺{len(missing)}件附件。")
    if papers.keys() - wanted:
        raise refused("多出了流水里没有的附件。")
    return papers


def lines_of(desk: Desk, entries: Sequence[TravelledEntry]) -> tuple[PlanLine, ...]:
    """Return what changes, by table: a record counts once, by what becomes of it in the end."""
    fates: dict[tuple[str, str], str] = {}
    for entry in entries:
        if entry.table:
            key = (entry.table, entry.record_id)
            is_new = entry.version == 1 or fates.get(key) == "added"
            fates[key] = "removed" if entry.row is None else "added" if is_new else "changed"
    tally = Counter((table, fate) for (table, _), fate in fates.items())
    return tuple(
        PlanLine(rule.title, tally[name, "added"], tally[name, "changed"], tally[name, "removed"])
        for name, rule in desk.table_rules.items()
        if any(tally[name, fate] for fate in ("added", "changed", "removed"))
    )
