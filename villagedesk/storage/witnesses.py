"""What knows how far a journal had come: papers and records in the desk, and the copies and parcels that lie beside it.

Somebody who puts an older file back, or forges the chain as a whole, cannot call back what was given out of the house.
What lies beside is asked by its number and link alone: a chain that holds an entry holds all before it.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from villagedesk.storage.backup import FOLDER as BACKUPS
from villagedesk.storage.connection import for_reading
from villagedesk.storage.journal import tip

LAST_COPY = "last-copy.json"
_INFO = "/bag-info.txt"
_LARGEST_INFO = 64 << 10
_NUMBER = re.compile(r"第(\d+)号")
_PARCELS = (("outbox", "-数据包-", "package", "Desk-Id"), ("inbox", "-回执-", "receipt", "Recipient-Id"))
"""Folder, mark in the name, kind, and the label under which this desk or office stands."""
_WITH_LINK = """
SELECT said FROM (
    SELECT '第' || number || '号公示上印的校验码' AS said, 'issuances' AS table_name, id, village_id, link FROM issuances
    UNION ALL
    SELECT substr(month, 1, 4) || '年' || CAST(substr(month, 6) AS INTEGER) || '月结账单上的账目校验码', 'closings', id,
           village_id, link FROM closings
) AS paper
 WHERE village_id IN (SELECT office_id FROM desks) AND link NOT IN (SELECT link FROM journal)
   AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.record_id = paper.id AND j.table_name = paper.table_name
                      AND j.action = 'exchange.return.applied')
"""
"""What the township gave back bears the links of the journal that was lost: of a desk that was restored, or of another
computer's copy of this one."""
_PACKAGES = "SELECT number, last_seq, last_link FROM parcels WHERE direction = 'out' AND kind = 'package'"


@dataclass(frozen=True, slots=True)
class Witness:
    """What lies beside a desk and knew an entry of its journal. ``name`` says in Chinese what it is."""

    name: str
    seq: int
    link: str


def unlike(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for each link on this office's notices, closings and packages that is not in its journal."""
    rewritten = "在流水里找不到，流水可能被整体改写过。"
    for (said,) in connection.execute(_WITH_LINK):
        yield said + rewritten
    for number, seq, link in connection.execute(_PACKAGES):
        if not _is_held(connection, seq, link):
            yield f"第{number}个上报数据包里的校验码{rewritten}"


def missed(connection: sqlite3.Connection, folder: Path, *, is_quick: bool = False) -> Iterator[Witness]:
    """Yield what lies beside the desk in ``folder`` and knows an entry that its journal does not hold.

    Only what is this very desk's is asked, and what cannot be read says nothing. With ``is_quick`` only the last of
    the packages and of the receipts is looked at.
    """
    own = connection.execute("SELECT id, office_id FROM desks").fetchall()
    desks, offices = {row[0] for row in own}, {row[1] for row in own}
    for witness in (*_copies(folder / BACKUPS, desks), *_parcels(folder, desks | offices, is_quick=is_quick)):
        if not _is_held(connection, witness.seq, witness.link):
            yield witness


def stand_of(file: Path) -> dict[str, object]:
    """Return what a note about a copy of this desk's file says of it: the desk's id, the last entry's number and link.

    Raises sqlite3.Error when it cannot be read.
    """
    with closing(for_reading(file)) as connection:
        seq, link, _ = tip(connection)
        return {"desk": (connection.execute("SELECT id FROM desks").fetchone() or [""])[0], "seq": seq, "link": link}


def _is_held(connection: sqlite3.Connection, seq: int, link: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM journal WHERE seq = ? AND link = ?", (seq, link)).fetchone())


def _copies(folder: Path, desks: set[str]) -> Iterator[Witness]:
    for path in sorted(folder.glob("*.sqlite"), reverse=True):
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
                if not desks.isdisjoint(row[0] for row in copy.execute("SELECT id FROM desks")):
                    seq, link, _ = tip(copy)
                    yield Witness(f"备份“{path.name}”", seq, link)
        except sqlite3.Error:
            continue
    try:
        note = json.loads((folder / LAST_COPY).read_text("utf-8"))
        if note["desk"] in desks:
            yield Witness(f"备份“{note['name']}”", int(note["seq"]), str(note["link"]))
    except (OSError, ValueError, TypeError, KeyError):
        return


def _parcels(folder: Path, own: set[str], *, is_quick: bool) -> Iterator[Witness]:
    for place, mark, kind, label in _PARCELS:
        paths = sorted((folder / place).glob(f"*{mark}*.zip"), key=_number, reverse=True)
        for path in paths[:1] if is_quick else paths:
            page = _page(path)
            if page.get("Parcel-Kind") == kind and page.get(label) in own and page.get("Last-Entry", "").isdecimal():
                yield Witness(f"“{path.stem}”", int(page["Last-Entry"]), page.get("Last-Link", ""))


def _number(path: Path) -> int:
    return max((int(number) for number in _NUMBER.findall(path.stem)), default=0)


def _page(path: Path) -> dict[str, str]:
    """Return the first page of a parcel by its labels; nothing when it cannot be read."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names: Iterable[str] = archive.namelist()
            name = next(name for name in names if name.endswith(_INFO))
            if archive.getinfo(name).file_size > _LARGEST_INFO:
                return {}
            lines = archive.read(name).decode().splitlines()
    except (OSError, ValueError, RuntimeError, NotImplementedError, StopIteration, zipfile.BadZipFile):
        return {}
    return {label: text for label, _, text in (line.partition(": ") for line in lines)}
