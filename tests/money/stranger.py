"""A program that knows nothing of the rules, or one that knows the journal's form and forges entries."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from villagedesk.kernel.canonical import canonical
from villagedesk.storage import journal
from villagedesk.storage.desk import FILE_NAME

Row = dict[str, Any]


@contextmanager
def stranger(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a desk's file as any SQL program does; what it did is undone at the end."""
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("ROLLBACK")


@contextmanager
def forging(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a closed desk's file as any SQL program does, its guards in place; what was done stays."""
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


@contextmanager
def guards_down(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a closed desk's file with every guard taken down; they are put back as they were, and what was done stays."""
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        for guard in guards:
            connection.execute(f"DROP TRIGGER {guard['name']}")
        yield connection
        for guard in guards:
            connection.execute(guard["sql"])
        connection.execute("COMMIT")


def alter(connection: sqlite3.Connection, table: str, row: Row, **facts: object) -> Row:
    """Write a record's next version over the one that stands, with its forged entry. Returns the new row."""
    fresh = {**row, **facts, "version": row["version"] + 1}
    forge(connection, table, fresh)
    connection.execute(f"UPDATE {table} SET {', '.join(f'{name} = :{name}' for name in fresh)} WHERE id = :id", fresh)
    return fresh


def forge(
    connection: sqlite3.Connection, table: str, row: Row, *, at: str = "", action: str = "forged", is_gone: bool = False
) -> None:
    """Add the journal entry that a row's next version asks for, rightly chained."""
    seq, link, last = journal.tip(connection)
    body = None if is_gone else canonical(row).decode()
    entry = journal.Entry(seq + 1, at or last, "", action, "", table, row["id"], row["version"], body)
    journal.append(connection, journal.linked(entry.head(), body, link))


def insert(connection: sqlite3.Connection, table: str, row: Row, verb: str = "INSERT") -> None:
    """Write a row."""
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"{verb} INTO {table} ({', '.join(row)}) VALUES ({marks})", row)


def row_of(connection: sqlite3.Connection, table: str, where: str = "1") -> Row:
    """Return the first row of a table."""
    return dict(connection.execute(f"SELECT * FROM {table} WHERE {where} LIMIT 1").fetchone())
