"""One change: a transaction that writes records and their journal entries together, or nothing at all."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import StaleRecord
from villagedesk.kernel.ids import Chance, new_id
from villagedesk.kernel.records import Record, Value, VillageRecord
from villagedesk.storage import journal
from villagedesk.storage.attachments import Attachment, keep

if TYPE_CHECKING:
    from sqlite_utils import Database

R = TypeVar("R", bound=Record)


class Change:
    """What is being written. Made by ``Desk.change``; everything in it shares actor, moment, action and reason."""

    def __init__(
        self, database: "Database", folder: Path, chance: Chance, at: datetime, actor_id: str, action: str, reason: str
    ) -> None:
        self.at = at
        self.actor_id = actor_id
        self.action = action
        self.reason = reason
        self.touched: dict[str, list[str]] = {}
        self.village_id = ""
        self._database = database
        self._folder = folder
        self._chance = chance
        self._seq, self._link, _ = journal.tip(self._connection)

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._database.conn

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
        record = replace(record, id=record.id or self.new_id(), version=record.version + 1)
        if isinstance(record, VillageRecord) and not record.village_id:
            record = replace(record, village_id=self.village_id)
        self.write(record.table, record.row())
        return record

    def put_all(self, records: Iterable[R]) -> list[R]:
        """Store many records. Returns them as stored."""
        return [self.put(record) for record in records]

    def discard(self, record: Record) -> None:
        """Remove a draft; the journal keeps that it was there. The schema refuses it for anything recorded."""
        self.erase(record.table, record.id, record.version + 1)

    def write(self, table: str, row: dict[str, Value]) -> None:
        """Store a row whose version is already counted: an insert for version 1, else an update of the one before."""
        record_id, version = str(row["id"]), int(row["version"] or 0)
        self._append(table, record_id, version, canonical(row).decode())
        if version == 1:
            self._database.table(table).insert(row)
            return
        columns = ", ".join(f"{column} = :{column}" for column in row if column != "id")
        written = self._connection.execute(
            f"UPDATE {table} SET {columns} WHERE id = :id AND version = :version - 1", row
        )
        if written.rowcount != 1:
            raise StaleRecord

    def erase(self, table: str, record_id: str, version: int) -> None:
        """Delete a row; ``version`` is the one its removal gets."""
        self._append(table, record_id, version, None)
        gone = self._connection.execute(f"DELETE FROM {table} WHERE id = ? AND version = ?", (record_id, version - 1))
        if gone.rowcount != 1:
            raise StaleRecord

    def attach(self, name: str, media_type: str, content: bytes) -> Attachment:
        """Keep a file's content with the desk, once however often it is attached. Returns its record."""
        attachment = keep(self._folder, name, media_type, content)
        known = self._connection.execute("SELECT * FROM attachments WHERE id = ?", [attachment.id]).fetchone()
        return Attachment.from_row(known) if known else self.put(attachment)

    def _append(self, table: str, record_id: str, version: int, body: str | None) -> None:
        entry = journal.Entry(
            self._seq + 1,
            self.at.isoformat(timespec="milliseconds"),
            self.actor_id,
            self.action,
            self.reason,
            table,
            record_id,
            version,
            body,
            "",
            "",
        )
        digest = journal.digest(entry.head(), body)
        self._seq, self._link = entry.seq, journal.next_link(self._link, digest)
        journal.append(self._connection, replace(entry, digest=digest, link=self._link))
        self.touched.setdefault(table, []).append(record_id)
