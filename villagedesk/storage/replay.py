"""The journal played back into empty tables: what the tables must hold if nothing but the program wrote them."""

import sqlite3
from json import loads

from villagedesk.kernel.places import own_file
from villagedesk.kernel.progress import Progress
from villagedesk.storage import journal, schema


def replay(connection: sqlite3.Connection, progress: Progress) -> sqlite3.Connection:
    """Return today's tables after every entry of a desk's journal was applied to them, without guards.

    Bodies written under an older schema are taken as an upgrade takes old rows: what has no column any more is passed
    over, a newer column takes its default. An entry that cannot be applied was altered; the chain names it, and the
    comparison its record.
    """
    replayed = sqlite3.connect("", isolation_level=None)  # a nameless file of SQLite's own: large desks fit
    replayed.row_factory = sqlite3.Row
    replayed.executescript(f"PRAGMA journal_mode = OFF; {own_file('db/schema.sql').read_text('utf-8')}")
    for (trigger,) in replayed.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        replayed.execute(f"DROP TRIGGER {trigger}")
    columns = {
        table: {row["name"] for row in replayed.execute(f"PRAGMA table_info({table})")}
        for table in schema.table_rules(replayed)
    }
    progress.start("重放流水", journal.tip(connection)[0])
    replayed.execute("BEGIN")
    for entry in journal.entries(connection):
        progress.step()
        if entry.table_name in columns:
            _apply(replayed, entry, columns[entry.table_name])
    replayed.execute("COMMIT")
    return replayed


def _apply(replayed: sqlite3.Connection, entry: journal.Entry, columns: set[str]) -> None:
    if entry.body is None:
        replayed.execute(f"DELETE FROM {entry.table_name} WHERE id = ?", [entry.record_id])
        return
    try:
        row = {name: value for name, value in loads(entry.body).items() if name in columns}
        names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        replayed.execute(f"INSERT OR REPLACE INTO {entry.table_name} ({names}) VALUES ({marks})", row)
    except (ValueError, AttributeError, sqlite3.Error):
        return  # an altered entry
