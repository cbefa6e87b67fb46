"""The triggers that keep a table: no row without its journal entry, none written over, frozen facts left alone."""

import sqlite3
from collections.abc import Collection, Iterator

_ALWAYS = "1"
_OUTSIDE = "这本账只能通过程序登记，不能直接改动。"
_BACK = "流水的时间只能往前走，请先把电脑的日期和时间调对。"
_OVER = "已有的记录不能被覆盖。"
_WAY_BACK = "要更正，请用冲销、作废或更正公告。"
_ARRIVING = "('exchange.package.applied', 'exchange.return.applied')"
CLOSED = "这个月已经结账，不能再登记、改动或删除；要补记请记到没有结账的月份，确需改动请先申请反结账。"


def guard_triggers(
    connection: sqlite3.Connection, table: str, frozen_when: str, moving: Collection[str], month_of: str, reason: str
) -> Iterator[str]:
    """Yield the CREATE TRIGGER statements that guard ``table``, one each for INSERT, UPDATE and DELETE.

    A write passes only when the journal already holds the entry of exactly that version; an INSERT or UPDATE that
    would replace another row (REPLACE, UPSERT) never passes; when ``frozen_when`` (a condition on OLD) holds, only
    the ``moving`` columns may change and nothing may be deleted. ``month_of`` names the day that puts a row into a
    month ("" = none does): nothing is written into a closed month or out of it.
    """
    entry = f"EXISTS (SELECT 1 FROM journal WHERE table_name = '{table}' AND record_id"
    written = f"{entry} = NEW.id AND version = NEW.version AND body IS NOT NULL)"
    removed = f"{entry} = OLD.id AND version = OLD.version + 1 AND body IS NULL)"
    skipped = "NEW.id <> OLD.id OR NEW.version <> OLD.version + 1"
    frozen = (_frozen_update(connection, table, frozen_when, moving), reason + _WAY_BACK)
    into, out_of = (_in_closed_month(side, month_of) for side in ("NEW", "OLD"))

    yield _trigger(table, "INSERT", (_taken(connection, table), _OVER), (into, CLOSED), (f"NOT {written}", _OUTSIDE))
    over = (_taken(connection, table, "rowid <> OLD.rowid AND "), _OVER)
    closed = (f"{into} OR {out_of}" if month_of else "", CLOSED)
    yield _trigger(table, "UPDATE", frozen, over, closed, (f"{skipped} OR NOT {written}", _OUTSIDE))
    yield _trigger(table, "DELETE", (frozen_when, frozen[1]), (out_of, CLOSED), (f"NOT {removed}", _OUTSIDE))


def journal_triggers() -> Iterator[str]:
    """Yield the triggers that keep the journal itself: entries are only ever added, one after another."""
    reason = "流水不能改动。"
    same = "record_id = NEW.record_id AND version = NEW.version AND table_name = NEW.table_name"
    gap = "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)"
    back = "julianday(NEW.at) < (SELECT julianday(at) FROM journal ORDER BY seq DESC LIMIT 1)"
    yield _trigger(
        "journal", "INSERT", (gap, reason), (back, _BACK), (f"EXISTS (SELECT 1 FROM journal WHERE {same})", _OVER)
    )
    yield _trigger("journal", "UPDATE", (_ALWAYS, reason))
    yield _trigger("journal", "DELETE", (_ALWAYS, reason))


def dictionary_triggers() -> Iterator[str]:
    """Yield the triggers that keep the dictionary: it changes with the program only."""
    for verb in ("INSERT", "UPDATE", "DELETE"):
        yield _trigger("dictionary", verb, (_ALWAYS, "数据字典只随程序升级，不能改动。"))


def _in_closed_month(side: str, month_of: str) -> str:
    """Return the condition that a row lies in a month that is closed, or before the first one; "" when none has one.

    A month's last closing holds unless its reopening was granted and still runs by the moment of the entry that is
    being written. What was written while the month was open is taken in whenever it arrives: by the township in a
    package, by a restored desk in what the township gives back.
    """
    if not month_of:
        return ""
    latest = "(SELECT {0} FROM journal ORDER BY seq DESC LIMIT 1)"
    opened = (
        "EXISTS (SELECT 1 FROM reopenings r WHERE r.closing_id = c.id AND r.state = 'granted' AND "
        f"(r.open_until >= substr({latest.format('at')}, 1, 10) OR {latest.format('action')} IN {_ARRIVING}))"
    )
    own = f"village_id = {side}.village_id"
    month = f"substr({side}.{month_of}, 1, 7)"
    return (
        f"(EXISTS (SELECT 1 FROM closings c WHERE c.{own} AND c.month = {month} AND c.state = 'closed' "
        "AND NOT EXISTS (SELECT 1 FROM closings n WHERE n.village_id = c.village_id AND n.month = c.month "
        f"AND n.number > c.number AND n.state = 'closed') AND NOT {opened}) "
        f"OR {month} < (SELECT min(month) FROM closings WHERE {own} AND state = 'closed'))"
    )


def _frozen_update(connection: sqlite3.Connection, table: str, frozen_when: str, moving: Collection[str]) -> str:
    """Return the condition that an UPDATE touches what is frozen; "" when nothing ever is."""
    if not (frozen_when and moving):
        return frozen_when
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    fixed = [column for column in columns if column not in moving and column != "version"]
    return f"({frozen_when}) AND ({' OR '.join(f'NEW.{column} IS NOT OLD.{column}' for column in fixed)})"


def _taken(connection: sqlite3.Connection, table: str, other: str = "") -> str:
    """Return the condition that a row other than the one written already holds its place or one of its unique keys."""
    keys = {("rowid",): "", ("id",): ""}
    for _, index, is_unique, origin, is_partial in connection.execute(f"PRAGMA index_list({table})").fetchall():
        if is_unique and origin != "pk":
            key = tuple(row[2] for row in connection.execute(f"PRAGMA index_info({index})"))
            if "id" not in key:  # a key with the id in it says no more than the id
                keys[key] = _partial(connection, index) if is_partial else ""
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {other}{' AND '.join(f'{c} = NEW.{c}' for c in key)}{only})"
        for key, only in sorted(keys.items())
    )


def _partial(connection: sqlite3.Connection, index: str) -> str:
    """Return what a partial unique index adds to its key: the rows it is about, on both sides."""
    text = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [index]).fetchone()[0]
    condition = text.partition(" WHERE ")[2]
    return f" AND {condition} AND NEW.{condition}"


def _trigger(table: str, verb: str, *refusals: tuple[str, str]) -> str:
    """Return a trigger that refuses a row for the first condition that holds, with its reason; "" never holds."""
    checks = ""
    for when, reason in refusals:
        if when == _ALWAYS:
            checks += f"SELECT RAISE(ABORT, '{reason}'); "
            break
        if when:
            checks += f"SELECT RAISE(ABORT, '{reason}') WHERE {when}; "
    return f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} BEGIN {checks}END"
