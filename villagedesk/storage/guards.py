"""The triggers that keep a table: no row without its journal entry, none written over, frozen facts left alone."""

import sqlite3
from collections.abc import Collection, Iterator

_OUTSIDE = "这本账只能通过程序登记，不能直接改动。"
_OVER = "已有的记录不能被覆盖。"


def guard_triggers(
    connection: sqlite3.Connection, table: str, frozen_when: str, moving: Collection[str], reason: str
) -> Iterator[str]:
    """Yield the CREATE TRIGGER statements that guard ``table``.

    An INSERT, UPDATE or DELETE passes only when the journal already holds the entry of exactly that version;
    an INSERT or UPDATE that would replace another row (REPLACE, UPSERT) never passes; when ``frozen_when``
    (a condition on OLD) holds, only the ``moving`` columns may change and nothing may be deleted.
    """
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    entry = f"SELECT 1 FROM journal WHERE table_name = '{table}' AND record_id"

    yield _trigger(table, "insert_over", "INSERT", _taken(connection, table, "1"), _OVER)
    yield _trigger(table, "update_over", "UPDATE", _taken(connection, table, "id <> OLD.id"), _OVER)
    yield _trigger(
        table,
        "insert_unwritten",
        "INSERT",
        f"NOT EXISTS ({entry} = NEW.id AND version = NEW.version AND body IS NOT NULL)",
        _OUTSIDE,
    )
    yield _trigger(
        table,
        "update_unwritten",
        "UPDATE",
        f"NEW.id <> OLD.id OR NEW.version <> OLD.version + 1 "
        f"OR NOT EXISTS ({entry} = NEW.id AND version = NEW.version AND body IS NOT NULL)",
        _OUTSIDE,
    )
    yield _trigger(
        table,
        "delete_unwritten",
        "DELETE",
        f"NOT EXISTS ({entry} = OLD.id AND version = OLD.version + 1 AND body IS NULL)",
        _OUTSIDE,
    )
    if frozen_when:
        fixed = [column for column in columns if column not in moving and column != "version"]
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in fixed) if moving else "1"
        yield _trigger(table, "frozen_update", "UPDATE", f"({frozen_when}) AND ({changed})", reason)
        yield _trigger(table, "frozen_delete", "DELETE", frozen_when, reason)


def journal_triggers() -> Iterator[str]:
    """Yield the triggers that keep the journal itself: entries are only ever added, one after another."""
    reason = "流水不能改动。"
    yield _trigger("journal", "update", "UPDATE", "1", reason)
    yield _trigger("journal", "delete", "DELETE", "1", reason)
    yield _trigger("journal", "gap", "INSERT", "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)", reason)


def _taken(connection: sqlite3.Connection, table: str, other: str) -> str:
    """Return the condition that a row other than the one written already holds one of its unique keys."""
    keys = [["id"]]
    for index in connection.execute(f"PRAGMA index_list({table})").fetchall():
        if index[2] and index[3] != "pk":
            key = [row[2] for row in connection.execute(f"PRAGMA index_info({index[1]})")]
            if key not in keys:
                keys.append(key)
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {other} AND {' AND '.join(f'{c} = NEW.{c}' for c in key)}{only})"
        for key in keys
        for only in [_partial(connection, table, key)]
    )


def _partial(connection: sqlite3.Connection, table: str, key: list[str]) -> str:
    """Return what a partial unique index adds to its key: the rows it is about, on both sides."""
    for index in connection.execute(f"PRAGMA index_list({table})").fetchall():
        columns = [row[2] for row in connection.execute(f"PRAGMA index_info({index[1]})")]
        if index[4] and columns == key:
            text = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [index[1]]).fetchone()[0]
            condition = text.partition(" WHERE ")[2]
            return f" AND {condition} AND NEW.{condition}"
    return ""


def _trigger(table: str, name: str, verb: str, when: str, reason: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{reason}'); END"
    )
