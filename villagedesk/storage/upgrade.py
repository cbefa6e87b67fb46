"""An older desk is backed up, then brought to today's schema in one transaction."""

import sqlite3
from pathlib import Path

from villagedesk.kernel.places import own_file
from villagedesk.storage import schema
from villagedesk.storage.backup import back_up

OLDEST = 1
"""The first schema that ever left the house."""


def upgrade(connection: sqlite3.Connection, folder: Path, version: int) -> None:
    """Bring an open desk from schema ``version`` to today's, step by step, all or nothing.

    A proved copy is written to ``backups/`` first. Each step is one file ``db/migrations/NNN.sql``; guards are
    taken down before and made anew after, so that a step may reshape what is frozen.
    """
    back_up(connection, folder, f"升级前-第{version}版")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for number in range(version + 1, schema.SCHEMA_VERSION + 1):
            for statement in statements(own_file(f"db/migrations/{number:03d}.sql").read_text("utf-8")):
                connection.execute(statement)
        schema.raise_guards(connection)
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def statements(script: str) -> list[str]:
    """Return the statements of an SQL script, triggers whole."""
    found: list[str] = []
    half = ""
    for line in script.splitlines(keepends=True):
        half += line
        if sqlite3.complete_statement(half):
            found.append(half)
            half = ""
    return found
