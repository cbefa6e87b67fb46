"""The tables as declared, and the guards made for them; both are compared with a file that is opened."""

import sqlite3
from dataclasses import dataclass
from functools import cache

from villagedesk.kernel.places import own_file
from villagedesk.storage.guards import guard_triggers, journal_triggers

APPLICATION_ID = 0x56444B31
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class TableRule:
    """What the dictionary says of a table. ``travels`` is open, sealed or private."""

    table_name: str
    title: str
    owner: str
    travels: str
    frozen_when: str
    moving: frozenset[str]
    personal: frozenset[str]
    reason: str


def create(connection: sqlite3.Connection) -> None:
    """Lay out an empty desk: every table, then every guard."""
    connection.executescript(f"BEGIN; {own_file('db/schema.sql').read_text('utf-8')}")
    raise_guards(connection)
    connection.execute("COMMIT")


def raise_guards(connection: sqlite3.Connection) -> None:
    """Make the triggers that guard the journal and the tables of the dictionary."""
    for statement in journal_triggers():
        connection.execute(statement)
    for rule in table_rules(connection).values():
        for statement in guard_triggers(connection, rule.table_name, rule.frozen_when, rule.moving, rule.reason):
            connection.execute(statement)


def table_rules(connection: sqlite3.Connection) -> dict[str, TableRule]:
    """Return the dictionary by table name, in the order in which tables refer to one another."""
    rows = connection.execute(
        "SELECT table_name, title, owner, travels, frozen_when, moving, personal, reason FROM dictionary ORDER BY rowid"
    )
    return {
        name: TableRule(
            name, title, owner, travels, frozen, frozenset(moving.split()), frozenset(personal.split()), why
        )
        for name, title, owner, travels, frozen, moving, personal, why in rows
    }


def fingerprint(connection: sqlite3.Connection) -> dict[str, str]:
    """Return every table, index and trigger by name with its text, white space folded."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
    )
    return {name: " ".join(text.split()) for name, text in rows}


@cache
def declared() -> dict[str, str]:
    """Return the fingerprint that a sound file of this program has."""
    connection = sqlite3.connect(":memory:")
    create(connection)
    return fingerprint(connection)
