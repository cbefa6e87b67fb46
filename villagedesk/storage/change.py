"""One change: a transaction that writes records and their journal entries together, or nothing at all."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import StaleRecord
from villagedesk.kernel.ids import Chance, new_id
from villagedesk.kernel.records import Record, Value, VillageRecord, columns, plain
from villagedesk.storage import journal
from villagedesk.storage.attachments import Attachment, is_kept, keep, place
from villagedesk.storage.memory import Memory

R = TypeVar("R", bound=Record)


class Change:
    """What is being written. Made by ``Desk.change``; everything in it shares actor, moment, action and reason.

    ``seq`` and ``link`` are those of the journal's last entry so far.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        folder: Path,
        chance: Chance,
        memory: Memory,
        tip: tuple[int, str],
        at: datetime,
        actor_id: str,
        action: str,
        reason: str,
        village_id: str,
    ) -> None:
        self.at = at
        self._moment = at.isoformat(timespec="milliseconds")
        self.actor_id = actor_id
        self.action = action
        self.reason = reason
        self.village_id = village_id
        self.touched: dict[str, list[str]] = {}
        self._connection = connection
        self._folder = folder
        self._chance = chance
        self._memory = memory
        self.seq, self.link = tip
        self._new_files: list[Path] = []
        self._is_broken = False

    def new_id(self) -> str:
        """Return a fresh id, for records that refer to one another."""
        return new_id(self.at, self._chance)

    def put(self, record: R) -> R:
        """Store a record: a new one (version 0) or the next version of a stored one. Returns it as stored.

        Raises StaleRecord when somebody else changed it in between.
        """
        own: dict[str, Any] = {"id": record.id or self.new_id(), "version": record.version + 1}
        if isinstance(record, VillageRecord) and not record.village_id:
            own["village_id"] = self.village_id
        values = columns(record) | own
        before = self._memory.known((type(record), record.id)) if record.version else None
        stood = before.row() if before and before.version == record.version else None
        self.write(record.table, plain(values), stood)
        return type(record)(**values)

    def put_all(self, records: Iterable[R]) -> list[R]:
        """Store many records. Returns them as stored."""
        return [self.put(record) for record in records]

    def discard(self, record: Record) -> None:
        """Remove a draft; the journal keeps that it was there. The schema refuses it for anything recorded."""
        self.erase(record.table, record.id, record.version + 1)

    def write(self, table: str, row: dict[str, Value], before: dict[str, Value] | None = None) -> None:
        """Store a row whose version is already counted: a new row, or the successor of the version before it.

        ``before`` is the row of that version, where it has been read already. Raises StaleRecord, FrozenRecord or
        sqlite3.IntegrityError; the change as a whole is lost then.
        """
        try:
            self._store(table, row, before)
        except BaseException:
            self._is_broken = True
            raise

    def erase(self, table: str, record_id: str, version: int) -> None:
        """Delete a row; ``version`` is the one its removal gets. Raises as ``write`` does."""
        try:
            self._append(table, record_id, version, None)
            gone = self._connection.execute(
                f"DELETE FROM {table} WHERE id = ? AND version = ?", (record_id, version - 1)
            )
            if gone.rowcount != 1:
                raise StaleRecord
        except BaseException:
            self._is_broken = True
            raise

    def attach(self, name: str, media_type: str, content: bytes) -> Attachment:
        """Keep a file's content with the desk, once however often it is attached. Returns its record."""
        attachment = Attachment.of(name, media_type, content)
        path = place(self._folder, attachment.id)
        if not is_kept(path, attachment.id):
            if not path.exists():
                self._new_files.append(path)
            keep(path, content)
        known = self._connection.execute("SELECT * FROM attachments WHERE id = ?", [attachment.id]).fetchone()
        return Attachment.from_row(known) if known else self.put(attachment)

    def check_unbroken(self) -> None:
        """Raise RuntimeError when the block went on after a write was refused: half of it must not be stored."""
        if self._is_broken:
            raise RuntimeError("a change whose write was refused cannot go on")

    def take_back_files(self) -> None:
        """Remove the files that were kept by a change that was not stored."""
        for path in self._new_files:
            path.unlink(missing_ok=True)

    def _store(self, table: str, row: dict[str, Value], before: dict[str, Value] | None) -> None:
        record_id, version = str(row["id"]), int(row["version"] or 0)
        self._append(table, record_id, version, canonical(row).decode())
        if version > 1:
            before = before or self._row(table, record_id, version - 1)
            if before:
                self._update(table, before, row)
                return
            if not self._was_discarded(table, record_id, version - 1):
                raise StaleRecord
        self._connection.execute(_insert(table, tuple(row)), tuple(row.values()))

    def _row(self, table: str, record_id: str, version: int) -> dict[str, Value] | None:
        where = "id = ? AND version = ?"
        row = self._connection.execute(f"SELECT * FROM {table} WHERE {where}", (record_id, version)).fetchone()
        return dict(zip(row.keys(), row, strict=True)) if row else None

    def _update(self, table: str, before: dict[str, Value], row: dict[str, Value]) -> None:
        """Bring a stored row from the version before to this one, touching only what is different (and its indexes)."""
        moved = [column for column, value in row.items() if before[column] != value]
        set_to = ", ".join([f"{column} = ?" for column in moved])
        self._connection.execute(f"UPDATE {table} SET {set_to} WHERE id = ?", [*map(row.get, moved), row["id"]])

    def _was_discarded(self, table: str, record_id: str, version: int) -> bool:
        """Tell whether a version was a removal: what follows it is laid down anew (a draft back from the bin)."""
        where = "table_name = ? AND record_id = ? AND version = ? AND body IS NULL"
        found = self._connection.execute(f"SELECT 1 FROM journal WHERE {where}", (table, record_id, version))
        return found.fetchone() is not None

    def _append(self, table: str, record_id: str, version: int, body: str | None) -> None:
        head = {
            "seq": self.seq + 1,
            "at": self._moment,
            "actor": self.actor_id,
            "action": self.action,
            "reason": self.reason,
            "table": table,
            "id": record_id,
            "version": version,
        }
        entry = journal.linked(head, body, self.link)
        try:
            journal.append(self._connection, entry)
        except sqlite3.IntegrityError as error:  # somebody has written this version already
            raise StaleRecord from error
        self.seq, self.link = entry.seq, entry.link
        self.touched.setdefault(table, []).append(record_id)
        self._memory.written(table)


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
