"""The tables as declared, and the guards made for them; both are compared with a file that is opened."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from villagedesk.kernel.places import own_file
from villagedesk.storage.guards import dictionary_triggers, guard_triggers, journal_triggers

APPLICATION_ID = 0x56444B31
SCHEMA_VERSION = 4

_PARTS = (
    "sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
)
_LINE = "json_array(table_name, title, owner, travels, frozen_when, moving, personal, month_of, reason)"


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
    month_of: str
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
        guards = guard_triggers(connection, rule.table_name, rule.frozen_when, rule.moving, rule.month_of, rule.reason)
        for statement in guards:
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
        "SELECT table_name, title, owner, travels, frozen_when, moving, personal, month_of, reason "
        "FROM dictionary ORDER BY rowid"
    )
    return {
        name: TableRule(
            name, title, owner, travels, frozen, frozenset(moving.split()), frozenset(personal.split()), month_of, why
        )
        for name, title, owner, travels, frozen, moving, personal, month_of, why in rows
    }


def fingerprint(connection: sqlite3.Connection) -> dict[str, str]:
    """Return every table, index and trigger with its text, and every line of the dictionary, by name."""
    found = dict(map(tuple, connection.execute(f"SELECT name, sql FROM {_PARTS}").fetchall()))
    if "dictionary" in found:
        found |= {f"dictionary.{line[0]}": repr(tuple(line)) for line in connection.execute("SELECT * FROM dictionary")}
    return found


def is_declared(connection: sqlite3.Connection) -> bool:
    """Tell whether a file's schema is today's, by the digest kept in ``db/schema.sha256``: a millisecond's work."""
    return digest(connection) == own_file("db/schema.sha256").read_text("ascii").strip()


def digest(connection: sqlite3.Connection) -> str:
    """Return the SHA-256 of all a fingerprint holds; "" when there is no dictionary."""
    named = f"SELECT name || char(9) || sql AS line FROM {_PARTS} ORDER BY name"
    lines = f"SELECT {_LINE} AS line FROM dictionary ORDER BY table_name"
    try:
        whole = [_joined(connection, named), _joined(connection, lines)]
    except sqlite3.OperationalError:
        return ""
    return sha256("\n".join(whole).encode()).hexdigest()


@cache
def declared() -> dict[str, str]:
    """Return the fingerprint that a sound file of this program has."""
    with closing(fresh()) as connection:
        return fingerprint(connection)


@cache
def declared_rules() -> dict[str, TableRule]:
    """Return the dictionary as the program knows it, whatever a file says."""
    with closing(fresh()) as connection:
        return table_rules(connection)


def fresh() -> sqlite3.Connection:
    """Return an empty desk in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create(connection)
    return connection


def _joined(connection: sqlite3.Connection, lines: str) -> str:
    return str(connection.execute(f"SELECT group_concat(line, char(10)) FROM ({lines})").fetchone()[0])
