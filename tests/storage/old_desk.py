"""A desk as an older program wrote it: its frozen schema, and a journal whose bodies have only the columns of then."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from json import loads
from pathlib import Path

from villagedesk.kernel.canonical import canonical
from villagedesk.storage import journal
from villagedesk.storage.connection import for_reading, for_writing
from villagedesk.storage.desk import FILE_NAME, FOLDERS
from villagedesk.storage.guards import dictionary_triggers, guard_triggers, journal_triggers

DATA = Path(__file__).parents[1] / "data"


def old_desk(version: int, today: Path, folder: Path) -> Path:
    """Lay out a desk of an older schema in ``folder`` with what the desk in ``today`` holds. Returns the folder."""
    for name in FOLDERS:
        shutil.copytree(today / name, folder / name)
    with closing(for_reading(today / FILE_NAME)) as new, closing(for_writing(folder / FILE_NAME)) as old:
        old.executescript(f"PRAGMA synchronous = OFF; BEGIN; {(DATA / f'schema_v{version}.sql').read_text('utf-8')}")
        _raise_guards(old)
        links = {journal.FIRST_LINK: journal.FIRST_LINK}
        for entry in journal.entries(new):
            if columns := [row[1] for row in old.execute(f"PRAGMA table_info({entry.table_name})")]:
                links[entry.link] = _write(old, entry, columns, links)
        old.execute("COMMIT")
    return folder


def _raise_guards(old: sqlite3.Connection) -> None:
    """Guard the tables by the dictionary of then, which may know less of them than today's."""
    for statement in (*journal_triggers(), *dictionary_triggers()):
        old.execute(statement)
    cursor = old.execute("SELECT * FROM dictionary")
    names = [column[0] for column in cursor.description]
    for line in cursor.fetchall():
        rule = dict(zip(names, line, strict=True))
        table, moving, month_of = rule["table_name"], rule["moving"].split(), rule.get("month_of", "")
        for statement in guard_triggers(old, table, rule["frozen_when"], moving, month_of, rule["reason"]):
            old.execute(statement)


def _write(old: sqlite3.Connection, entry: journal.Entry, columns: list[str], links: dict[str, str]) -> str:
    """Write an entry and its row as they were then. ``links`` says which link there now stands for which of today's."""
    assert entry.body
    row = {name: links.get(value, value) for name, value in loads(entry.body).items() if name in columns}
    kept = replace(entry, seq=len(links), body=canonical(row).decode())
    written = journal.linked(kept.head(), kept.body, list(links.values())[-1])
    journal.append(old, written)
    if row["version"] > 1:
        old.execute(
            f"UPDATE {entry.table_name} SET {', '.join(f'{name} = :{name}' for name in row)} WHERE id = :id", row
        )
    else:
        marks = ", ".join(f":{name}" for name in row)
        old.execute(f"INSERT INTO {entry.table_name} ({', '.join(row)}) VALUES ({marks})", row)
    return written.link
