"""The journal: one entry for each change of a record, chained so that one altered byte breaks all that follows."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from villagedesk.kernel.canonical import canonical, digest_of

FIRST_LINK = "0" * 64
_COLUMNS = "seq, at, actor, action, reason, table_name, record_id, version, body, digest, link"
_MARKS = ", ".join("?" * 11)
_values = attrgetter(*_COLUMNS.split(", "))


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of one record. ``body`` is the whole record afterwards as canonical JSON, None when it was discarded."""

    seq: int
    at: str
    actor: str
    action: str
    reason: str
    table_name: str
    record_id: str
    version: int
    body: str | None
    digest: str = ""
    link: str = ""

    def head(self) -> dict[str, Any]:
        """Return what the digest covers beside the body."""
        return {
            "seq": self.seq,
            "at": self.at,
            "actor": self.actor,
            "action": self.action,
            "reason": self.reason,
            "table": self.table_name,
            "id": self.record_id,
            "version": self.version,
        }


def digest(head: dict[str, Any], body: str | None) -> str:
    """Return the SHA-256 of an entry: its head and its body as canonical JSON."""
    return digest_of(canonical(head) + b"\n" + (body.encode() if body is not None else b"null"))


def linked(head: dict[str, Any], body: str | None, link: str) -> Entry:
    """Return the entry with this head (as ``Entry.head`` returns it) that follows ``link``."""
    own = digest(head, body)
    seq, at, actor, action, reason, table, record_id, version = head.values()
    return Entry(seq, at, actor, action, reason, table, record_id, version, body, own, next_link(link, own))


def next_link(link: str, entry_digest: str) -> str:
    """Return the link after ``link`` for an entry with this digest."""
    return digest_of(bytes.fromhex(link) + bytes.fromhex(entry_digest))


def tip(connection: sqlite3.Connection) -> tuple[int, str, str]:
    """Return the last entry's (seq, link, at); (0, zeros, "") for an empty journal."""
    row = connection.execute("SELECT seq, link, at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return tuple(row) if row else (0, FIRST_LINK, "")


def append(connection: sqlite3.Connection, entry: Entry) -> None:
    """Add an entry at the end; the schema refuses any other place."""
    connection.execute(f"INSERT INTO journal ({_COLUMNS}) VALUES ({_MARKS})", _values(entry))


def entries(connection: sqlite3.Connection, after: int = 0) -> Iterator[Entry]:
    """Yield the entries after number ``after``, in order."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq", [after])
    return (Entry(*row) for row in rows)


def history(connection: sqlite3.Connection, record_id: str) -> list[Entry]:
    """Return all that ever happened to one record, oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM journal WHERE record_id = ? ORDER BY seq", [record_id])
    return [Entry(*row) for row in rows]


def broken_at(chain: Iterable[Entry], link: str = FIRST_LINK, after: int = 0) -> Entry | None:
    """Return the first entry that does not follow from ``link`` and number ``after``; None when the chain holds."""
    for number, entry in enumerate(chain, after + 1):
        try:
            own = digest(entry.head(), entry.body)
        except (ValueError, TypeError, AttributeError):  # a damaged file may hold a number where a text was
            return entry
        link = next_link(link, own)
        if (entry.seq, entry.digest, entry.link) != (number, own, link):
            return entry
    return None
