"""What the journal says of every record, beside what is stored.

Each entry holds its whole record, so the last one of a record says what playing back all of them would give; those
before it say whether it was recorded and then changed all the same.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from json import loads
from operator import itemgetter
from typing import Any

from villagedesk.kernel.progress import Progress
from villagedesk.storage import schema
from villagedesk.storage.frozen import Frost

_History = list[tuple[int, str | None]]
"""A record's entries in their order: number and body."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table's title, its columns with what an entry written before they came says of them, and what freezes."""

    title: str
    columns: dict[str, Any]
    frost: Frost | None


def disagreements(connection: sqlite3.Connection, progress: Progress) -> Iterator[str]:
    """Yield a sentence for each record that is not as its last entry says, or no entry knows, or changed once frozen.

    Bodies written under an older schema are read as an upgrade took old rows: what has no column any more is passed
    over, a newer column has its default. The file must be whole (``PRAGMA integrity_check``): indexes are trusted.
    """
    shapes = {rule.table_name: _shape(connection, rule) for rule in schema.declared_rules().values()}
    progress.start("核对记录", connection.execute("SELECT count(*) FROM journal").fetchone()[0])
    for record_id, histories in _histories(connection):
        for table, history in histories.items():
            progress.step()
            if table in shapes:
                row = connection.execute(f"SELECT * FROM {table} WHERE id = ?", [record_id]).fetchone()
                if (fault := _difference(shapes[table], record_id, history[-1][1], row)) is not None:
                    yield fault
                elif len(history) > 1:
                    yield from _breaches(shapes[table], record_id, history)
    for table, shape in shapes.items():
        known = f"SELECT 1 FROM journal WHERE record_id = stored.id AND table_name = '{table}'"
        for (record_id,) in connection.execute(f"SELECT id FROM {table} AS stored WHERE NOT EXISTS ({known})"):
            yield _unknown(shape, record_id)


def _shape(connection: sqlite3.Connection, rule: schema.TableRule) -> _Shape:
    columns = connection.execute(f"PRAGMA table_info({rule.table_name})").fetchall()
    defaults = {
        name: connection.execute(f"SELECT {default or 'NULL'}").fetchone()[0] for _, name, _, _, default, _ in columns
    }
    return _Shape(rule.title, defaults, Frost(connection, rule, defaults) if rule.frozen_when else None)


def _histories(connection: sqlite3.Connection) -> Iterator[tuple[str, dict[str, _History]]]:
    """Yield each record's id with its entries by table (ids are unique, but nothing makes them so across tables)."""
    entries = connection.execute(
        "SELECT record_id, table_name, seq, body FROM journal INDEXED BY journal_of_record ORDER BY record_id, version"
    )
    for record_id, group in groupby(entries, itemgetter(0)):
        histories: dict[str, _History] = {}
        for _, table, seq, body in group:
            histories.setdefault(table, []).append((seq, body))
        yield record_id, histories


def _breaches(shape: _Shape, record_id: str, history: _History) -> Iterator[str]:
    """Yield what an entry changed of a record after it had frozen."""
    try:
        yield from shape.frost.breaches(record_id, history) if shape.frost else ()
    except (ValueError, TypeError, AttributeError):
        yield _unreadable(shape, record_id)


def _difference(shape: _Shape, record_id: str, body: str | None, row: tuple[Any, ...] | None) -> str | None:
    """Return what is wrong with a stored row, None when it is as its last entry says."""
    if body is None:
        return None if row is None else _unknown(shape, record_id)
    if row is None:
        return f"{shape.title} {record_id} 在流水里有，账里不见了。"
    try:
        wanted = loads(body)
        if tuple(map(wanted.get, shape.columns)) == row:
            return None
    except (ValueError, TypeError, AttributeError):
        return _unreadable(shape, record_id)
    wanted = shape.columns | wanted
    altered = [name for name, value in zip(shape.columns, row, strict=True) if wanted[name] != value]
    return f"{shape.title} {record_id} 和流水不一致：{'、'.join(altered)}。" if altered else None


def _unknown(shape: _Shape, record_id: str) -> str:
    return f"{shape.title} {record_id} 在账里有，流水里没有。"


def _unreadable(shape: _Shape, record_id: str) -> str:
    return f"{shape.title} {record_id} 在流水里的内容读不出来。"
