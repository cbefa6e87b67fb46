"""The tables as declared, and the guards made for them; both are compared with a file that is opened."""

import sqlite3
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from villagedesk.kernel.places import own_file
from villagedesk.storage.guards import dictionary_triggers, guard_triggers, journal_triggers

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


def raise_all_guards(connection: sqlite3.Connection) -> None:
    """Make every trigger of a desk: those written out in ``db/schema.sql`` and those made from the dictionary."""
    for statement in statements(own_file("db/schema.sql").read_text("utf-8")):
        if "\nCREATE TRIGGER" in f"\n{statement}":
            connection.execute(statement)
    raise_guards(connection)


def raise_guards(connection: sqlite3.Connection) -> None:
    """Make the triggers that guard the journal, the dictionary and the tables it names."""
    for statement in (*journal_triggers(), *dictionary_triggers()):
        connection.execute(statement)
    for rule in table_rules(connection).values():
        for statement in guard_triggers(connection, rule.table_name, rule.frozen_when, rule.moving, rule.reason):
            connection.execute(statement)


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
    """Return every table, index and trigger with its text, and every line of the dictionary, by name."""
    parts = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
    ).fetchall()
    found: dict[str, str] = dict(map(tuple, parts))
    if "dictionary" in found:
        found |= {f"dictionary.{line[0]}": repr(tuple(line)) for line in connection.execute("SELECT * FROM dictionary")}
    return found


def is_declared(found: dict[str, str]) -> bool:
    """Tell whether a fingerprint is the declared one, by the digest kept in ``db/schema.sha256``: without making it."""
    return digest_of(found) == own_file("db/schema.sha256").read_text("ascii").strip() or found == declared()


def digest_of(found: dict[str, str]) -> str:
    """Return the SHA-256 of a fingerprint."""
    return sha256("\n".join(f"{name}\t{text}" for name, text in sorted(found.items())).encode()).hexdigest()


@cache
def declared() -> dict[str, str]:
    """Return the fingerprint that a sound file of this program has."""
    connection = sqlite3.connect(":memory:")
    try:
        create(connection)
        return fingerprint(connection)
    finally:
        connection.close()
