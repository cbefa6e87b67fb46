"""A desk: one office's records and journal in a folder, opened by one program at a time, changed in one way."""

import os
import sqlite3
from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from villagedesk.kernel.clock import Clock, SystemClock
from villagedesk.kernel.errors import DeskExists, NotSignedIn, OlderDesk, ReadOnlyDesk, WriteProtected
from villagedesk.kernel.ids import Chance, system_chance
from villagedesk.kernel.records import Record
from villagedesk.storage import journal, opening, schema
from villagedesk.storage.attachments import place
from villagedesk.storage.change import Change
from villagedesk.storage.connection import for_changes, for_reading, for_writing
from villagedesk.storage.faults import broken_texts, plain_faults
from villagedesk.storage.lock import DeskLock
from villagedesk.storage.memory import Memory
from villagedesk.storage.moments import is_far_ahead, moment

R = TypeVar("R", bound=Record)
V = TypeVar("V")

FILE_NAME = "desk.sqlite"
FOLDERS = ("attachments", "printed", "outbox", "inbox", "backups")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an officer's id, name and role."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What a committed change touched; open pages that show one of the tables look again."""

    action: str
    tables: frozenset[str]
    ids: tuple[str, ...]


class Desk:
    """An open desk. Reading is free; writing goes through ``change`` and nothing else."""

    def __init__(
        self,
        folder: Path,
        connection: sqlite3.Connection,
        lock: DeskLock | None = None,
        clock: Clock | None = None,
        chance: Chance | None = None,
    ) -> None:
        self.folder = folder
        self.clock = clock or SystemClock()
        self.chance = chance or system_chance()
        self.actor: Actor | None = None
        self.signing_seed: bytes | None = None
        self.is_writable = lock is not None
        self._connection = connection
        self._lock = lock
        self._listeners: list[Callable[[Changed], None]] = []
        self._is_changing = False
        self._is_clock_believed = False
        self._office_id = ""
        self._memory = Memory(self.rows)
        connection.execute("PRAGMA query_only = ON")

    # Opening and closing

    @classmethod
    def create(cls, folder: Path, clock: Clock | None = None, chance: Chance | None = None) -> Self:
        """Lay out a new desk in an empty or missing folder and open it.

        Raises DeskExists, WriteProtected, DiskFull or DiskGone; nothing is left in the folder then.
        """
        if folder.exists() and any(folder.iterdir()):
            raise DeskExists(folder=folder.name)
        with plain_faults(folder), ExitStack() as undo:
            for name in FOLDERS:
                (folder / name).mkdir(parents=True, exist_ok=True)
                undo.callback((folder / name).rmdir)
            undo.callback(_sweep, folder)
            lock = DeskLock.take(folder, "建账")
            undo.callback(lock.release)
            connection = for_writing(folder / FILE_NAME)
            undo.callback(connection.close)
            schema.create(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the file's head says what it is
            undo.pop_all()
        return cls(folder, connection, lock, clock, chance)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        write: bool = True,
        who: str = "村会计",
        clock: Clock | None = None,
        chance: Chance | None = None,
    ) -> Self:
        """Open the desk in ``folder``; with ``write=False`` for looking only, beside another program.

        Raises NoDesk, ForeignFile, NewerDesk, OlderDesk, DamagedDesk, WriteProtected, DeskPutBack (an older file of it
        lies where a newer one was; it can be looked at) or, when somebody else writes, DeskInUse; in each case nothing
        was touched. An older desk is backed up and upgraded first.
        """
        file = folder / FILE_NAME
        with plain_faults(folder), broken_texts(), ExitStack() as undo:
            opening.examine(file)
            if write and not os.access(file, os.W_OK):
                raise WriteProtected(folder=folder.name)
            lock = DeskLock.take(folder, who) if write else None
            if lock:
                undo.callback(lock.release)
            connection = for_writing(file) if write else for_reading(file)
            undo.callback(connection.close)
            version = opening.version_of(connection)
            if version < schema.SCHEMA_VERSION:
                if not write:
                    raise OlderDesk
                from villagedesk.storage.upgrade import upgrade

                opening.check_not_put_back(connection, folder)
                upgrade(connection, file, version)
            opening.check_whole(connection)
            if write:
                opening.check_not_put_back(connection, folder)
            undo.pop_all()
        return cls(folder, connection, lock, clock, chance)

    def sibling(self) -> "Desk":
        """Return this desk on a connection of its own, for one worker thread; it acts for the same person.

        Close it when the work is done; the desk itself stays open. What it changes is told to its own listeners:
        pass that on with ``announce`` on the thread of the first desk.
        """
        with plain_faults(self.folder):
            reach = for_writing if self.is_writable else for_reading
            desk = Desk(self.folder, reach(self.folder / FILE_NAME), None, self.clock, self.chance)
        desk.is_writable = self.is_writable
        desk.actor, desk.signing_seed = self.actor, self.signing_seed
        desk._is_clock_believed = self._is_clock_believed
        return desk

    def close(self) -> None:
        """Close the file and let the next program in. Closing twice is harmless."""
        self.is_writable = False
        self._connection.close()
        if "_writing" in self.__dict__:
            self._writing.close()
        if self._lock:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Reading

    @property
    def has_log(self) -> bool:
        """Whether commits go through a write-ahead log; on sticks and network shares they do not and take longer."""
        return bool(self.value("PRAGMA journal_mode") == "wal")

    def rows(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        """Return the rows of a SELECT."""
        self._memory.note(sql, values)
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error:
            with plain_faults(self.folder):
                raise

    def numbers(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Sequence[int]:
        """Return the one column of a SELECT as whole numbers, held close together, such as a long list's row ids."""
        self._memory.note(sql, values)
        with plain_faults(self.folder):
            cursor = self._connection.cursor()
            cursor.row_factory = None
            return array("q", chain.from_iterable(cursor.execute(sql, values)))

    def value(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """Return the first column of a SELECT's first row, None when there is none."""
        rows = self.rows(sql, values)
        return rows[0][0] if rows else None

    def total(self, table: str, column: str, key: str, value: str) -> int:
        """Return what a column adds up to over the rows of a table whose ``key`` column holds ``value``.

        Remembered like ``grown``, and for such tables only. Raises ValueError for any other.
        """
        if {column, key} & self.table_rules[table].moving:
            raise ValueError(f"rows of {table} do not stay as they are")

        def carry(known: tuple[int, dict[str, int]], rows: Sequence[sqlite3.Row]) -> tuple[int, dict[str, int]]:
            sums = known[1]
            for row in rows:
                if row[key] in sums:
                    sums[row[key]] += row[column]
            return rows[-1]["rowid"], sums

        nothing: dict[str, int] = {}
        last, sums = self.grown(table, (column, key), lambda last: (last, nothing), carry)
        if value not in sums:
            sql = f"SELECT coalesce(sum({column}), 0) FROM {table} WHERE {key} = ? AND rowid <= ?"
            sums[value] = int(self.value(sql, [value, last]))
        return sums[value]

    def grown(
        self, table: str, key: Hashable, ask: Callable[[int], V], carry: Callable[[V, Sequence[sqlite3.Row]], V]
    ) -> V:
        """Return an answer about all rows of a table that are added and never change or go, as the dictionary says.

        It is remembered: ``ask`` answers once, for the rows up to a rowid, and ``carry`` makes of that and the rows
        after it, in order, the next answer. ``key`` tells the question from others. What a change that is lost had
        added is forgotten with it. Raises ValueError for a table whose rows change.
        """
        if self.table_rules[table].frozen_when != "1":
            raise ValueError(f"rows of {table} do not stay as they are")
        self._look_up()
        return self._memory.grown(table, key, ask, carry)

    def unchanged(self, key: Hashable, ask: Callable[[], V]) -> V:
        """Return what ``ask`` last returned for a key while nothing it read has been written, by whomever; else ask."""
        self._look_up()
        return self._memory.answer(key, ask)

    def get(self, kind: type[R], record_id: str) -> R:
        """Return the record with this id. Raises KeyError when there is none."""
        if self._is_changing:  # nobody else writes meanwhile: what was read once is so still
            return self._memory.answer((kind, record_id), lambda: self._read(kind, record_id))
        return self._read(kind, record_id)

    def _read(self, kind: type[R], record_id: str) -> R:
        rows = self.rows(f"SELECT * FROM {kind.table} WHERE id = ?", [record_id])
        if not rows:
            raise KeyError(record_id)
        return kind.from_row(rows[0])

    def find(
        self, kind: type[R], where: str = "1", values: Sequence[Any] | dict[str, Any] = (), order: str = "id"
    ) -> list[R]:
        """Return the records for which the condition ``where`` holds, in the given order."""
        rows = self.rows(f"SELECT * FROM {kind.table} WHERE {where} ORDER BY {order}", values)
        return [kind.from_row(row) for row in rows]

    def tip(self) -> tuple[int, str, str]:
        """Return the journal's last entry: its number, its link and its moment."""
        return journal.tip(self._connection)

    def entries(self, after: int = 0) -> Iterator[journal.Entry]:
        """Yield the journal's entries after number ``after``."""
        return journal.entries(self._connection, after)

    def history(self, record_id: str) -> list[journal.Entry]:
        """Return all that ever happened to one record, oldest first."""
        return journal.history(self._connection, record_id)

    @cached_property
    def table_rules(self) -> dict[str, schema.TableRule]:
        """The dictionary: what is to be known about each table."""
        return schema.table_rules(self._connection)

    @property
    def office_id(self) -> str:
        """The office this desk belongs to; "" until it is written down."""
        if not self._office_id:
            self._office_id = self.value("SELECT office_id FROM desks") or ""
        return self._office_id

    def content(self, digest: str) -> bytes:
        """Return the content of an attachment. Raises DiskGone when it cannot be read."""
        with plain_faults(self.folder):
            return place(self.folder, digest).read_bytes()

    # Changing

    @contextmanager
    def change(self, action: str, *, reason: str = "", village_id: str = "") -> Iterator[Change]:
        """Open the one way to write: all of it is stored and journaled when the block ends, or none of it.

        ``village_id`` is the office the records are about when they do not say it themselves (default: this desk's).
        Raises NotSignedIn, ReadOnlyDesk, ClockSetBack, ClockFarAhead, StaleRecord, FrozenRecord, DiskFull or DiskGone.
        """
        if not self.is_writable:
            raise ReadOnlyDesk
        if self.actor is None:
            raise NotSignedIn
        if self._is_changing:
            raise RuntimeError("changes do not nest")
        self._is_changing = True
        looking = self._connection
        try:
            with plain_faults(self.folder):
                change = self._begun(action, reason, village_id)
                try:
                    yield change
                    change.check_unbroken()
                    self._writing.execute("COMMIT")
                except BaseException:
                    self._take_back(change)
                    raise
        finally:
            self._connection, self._is_changing = looking, False
        self._memory.seq = change.seq
        ids = tuple(record_id for touched in change.touched.values() for record_id in touched)
        self.announce(Changed(action, frozenset(change.touched), ids))

    def is_clock_far_ahead(self) -> bool:
        """Tell whether the clock is so far ahead of the last entry that somebody must say first what day it is."""
        return not self._is_clock_believed and is_far_ahead(self.clock.now(), self.tip()[2])

    def believe_clock(self) -> None:
        """Write by the clock from now on, however far ahead: somebody has looked at the date and said it is so."""
        self._is_clock_believed = True

    def on_change(self, listener: Callable[[Changed], None]) -> None:
        """Have ``listener`` called after each committed change."""
        self._listeners.append(listener)

    def announce(self, changed: Changed) -> None:
        """Tell the listeners of a committed change."""
        for listener in tuple(self._listeners):
            listener(changed)

    @cached_property
    def _writing(self) -> sqlite3.Connection:
        return for_changes(self.folder / FILE_NAME)

    def _begun(self, action: str, reason: str, village_id: str) -> Change:
        """Begin a change on the connection that writes.

        To switch one between looking and writing would make SQLite compile every statement and guard anew.
        """
        assert self.actor is not None
        self._writing.execute("BEGIN IMMEDIATE")
        self._connection = self._writing
        try:
            tip = self.tip()
            at = moment(self.clock.now(), tip[2], is_believed=self._is_clock_believed)
            self._memory.stands_at(tip[0])
            village_id = village_id or self.office_id
        except BaseException:
            self._writing.execute("ROLLBACK")
            raise
        whose = (self.actor.id, action, reason, village_id)
        return Change(self._writing, self.folder, self.chance, self._memory, tip[:2], at, *whose)

    def _take_back(self, change: Change) -> None:
        change.take_back_files()
        for table in change.touched:
            self._memory.lost(table)
        if self._writing.in_transaction:
            self._writing.execute("ROLLBACK")

    def _look_up(self) -> None:
        """Have answers forgotten that somebody else's change has made old."""
        if not self._is_changing:
            with plain_faults(self.folder):
                last = self._connection.execute("SELECT max(seq) FROM journal").fetchone()[0]
            self._memory.stands_at(last or 0)


def _sweep(folder: Path) -> None:
    """Remove what a desk that could not be laid out left behind."""
    for path in folder.glob("desk.*"):
        path.unlink()
