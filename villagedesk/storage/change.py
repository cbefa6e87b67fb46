"""One change: a transaction that writes records and their journal entries together, or nothing at all."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import StaleRecord
from villagedesk.kernel.ids import Chance, new_id
from villagedesk.kernel.records import Record, Value, VillageRecord
from villagedesk.storage import journal
from villagedesk.storage.attachments import Attachment, is_kept, keep, place

R = TypeVar("R", bound=Record)


class Change:
    """What is being written. Made by ``Desk.change``; everything in it shares actor, moment, action and reason."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        folder: Path,
        chance: Chance,
        tip: tuple[int, str],
        at: datetime,
        actor_id: str,
        action: str,
        reason: str,
    ) -> None:
        self.at = at
        self._moment = at.isoformat(timespec="milliseconds")
        self.actor_id = actor_id
        self.action = action
        self.reason = reason
        self.touched: dict[str, list[str]] = {}
        self.village_id = ""
        self._connection = connection
        self._folder = folder
        self._chance = chance
        self._seq, self._link = tip
        self._new_files: list[Path] = []
        self._is_broken = False

    @property
    def link(self) -> str:
        """The journal's last link so far."""
        return self._link

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
        row = record.row() | own
        self.write(record.table, row)
        return replace(record, **own)

    def put_all(self, records: Iterable[R]) -> list[R]:
        """Store many records. Returns them as stored."""
        return [self.put(record) for record in records]

    def discard(self, record: Record) -> None:
        """Remove a draft; the journal keeps that it was there. The schema refuses it for anything recorded."""
        self.erase(record.table, record.id, record.version + 1)

    def write(self, table: str, row: dict[str, Value]) -> None:
        """Store a row whose version is already counted: a new row, or the successor of the version before it.

        Raises StaleRecord, FrozenRecord or sqlite3.IntegrityError; the change as a whole is lost then.
        """
        try:
            self._store(table, row)
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

    def _store(self, table: str, row: dict[str, Value]) -> None:
        record_id, version = str(row["id"]), int(row["version"] or 0)
        self._append(table, record_id, version, canonical(row).decode())
        if version > 1 and self._update(table, row):
            return
        if version > 1 and not self._was_discarded(table, record_id, version - 1):
            raise StaleRecord
        columns = ", ".join(row)
        marks = ", ".join([f":{column}" for column in row])
        self._connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)

    def _update(self, table: str, row: dict[str, Value]) -> bool:
        """Bring a stored row from the version before to this one, touching only what is different (and its indexes)."""
        before = self._connection.execute(
            f"SELECT * FROM {table} WHERE id = :id AND version = :version - 1", row
        ).fetchone()
        if before is None:
            return False
        stood = dict(zip(before.keys(), before, strict=True))
        changed = ", ".join([f"{column} = :{column}" for column, value in row.items() if stood[column] != value])
        self._connection.execute(f"UPDATE {table} SET {changed} WHERE id = :id", row)
        return True

    def _was_discarded(self, table: str, record_id: str, version: int) -> bool:
        """Tell whether a version was a removal: what follows it is laid down anew (a draft back from the bin)."""
        where = "table_name = ? AND record_id = ? AND version = ? AND body IS NULL"
        found = self._connection.execute(f"SELECT 1 FROM journal WHERE {where}", (table, record_id, version))
        return found.fetchone() is not None

    def _append(self, table: str, record_id: str, version: int, body: str | None) -> None:
        head = {
            "seq": self._seq + 1,
            "at": self._moment,
            "actor": self.actor_id,
            "action": self.action,
            "reason": self.reason,
            "table": table,
            "id": record_id,
            "version": version,
        }
        entry = journal.linked(head, body, self._link)
        try:
            journal.append(self._connection, entry)
        except sqlite3.IntegrityError as error:  # somebody has written this version already
            raise StaleRecord from error
        self._seq, self._link = entry.seq, entry.link
        self.touched.setdefault(table, []).append(record_id)
