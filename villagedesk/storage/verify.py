"""The proof of a desk: the chain holds, a replay of the journal gives every table, every attachment is what it was."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from json import loads
from pathlib import Path

from villagedesk.kernel.canonical import digest_of
from villagedesk.kernel.errors import DamagedDesk
from villagedesk.kernel.places import own_file
from villagedesk.kernel.progress import Progress
from villagedesk.storage import journal, opening, schema
from villagedesk.storage.attachments import place
from villagedesk.storage.desk import FILE_NAME
from villagedesk.storage.faults import plain_faults


@dataclass(frozen=True, slots=True)
class Proof:
    """What was compared and what did not agree. ``faults`` are Chinese sentences; none means the desk is sound."""

    entries: int
    records: int
    attachments: int
    link: str
    faults: tuple[str, ...]


def verify(folder: Path, progress: Progress | None = None) -> Proof:
    """Prove the desk in ``folder`` without changing it. Raises NoDesk, ForeignFile or NewerDesk."""
    opening.examine(folder / FILE_NAME)
    progress = progress or Progress()
    faults: list[str] = []
    with plain_faults(folder):
        connection = sqlite3.connect(f"file:{folder / FILE_NAME}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            faults += (f"文件损坏：{row[0]}" for row in connection.execute("PRAGMA quick_check") if row[0] != "ok")
            faults += _structure(connection)
            seq, link, _ = journal.tip(connection)
            progress.start("核对流水", seq)
            faults += _chain(connection)
            replayed = _replay(connection, progress)
            records = 0
            for rule in schema.table_rules(connection).values():
                records += connection.execute(f"SELECT count(*) FROM {rule.table_name}").fetchone()[0]
                faults += _compare(connection, replayed, rule)
            replayed.close()
            files = connection.execute("SELECT id, name FROM attachments ORDER BY id").fetchall()
            progress.start("核对附件", len(files))
            faults += _attachments(folder, files, progress)
        finally:
            connection.close()
    return Proof(seq, records, len(files), link, tuple(faults))


def _structure(connection: sqlite3.Connection) -> Iterator[str]:
    try:
        opening.check_whole(connection)
    except DamagedDesk as fault:
        yield str(fault.facts["detail"]) + "。"


def _chain(connection: sqlite3.Connection) -> Iterator[str]:
    broken = journal.broken_at(journal.entries(connection))
    if broken:
        yield f"第{broken.seq}条流水（{broken.at[:16]}，{broken.action}）被改动过，或它前面有流水被拿走。"


def _replay(connection: sqlite3.Connection, progress: Progress) -> sqlite3.Connection:
    """Return an empty desk in memory after every entry was applied to it, without guards: the chain was checked."""
    replayed = sqlite3.connect(":memory:", isolation_level=None)
    replayed.row_factory = sqlite3.Row
    replayed.executescript(own_file("db/schema.sql").read_text("utf-8"))
    for (trigger,) in replayed.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        replayed.execute(f"DROP TRIGGER {trigger}")
    known = schema.table_rules(replayed)
    replayed.execute("BEGIN")
    for entry in journal.entries(connection):
        progress.step()
        if entry.table_name not in known:
            continue
        if entry.body is None:
            replayed.execute(f"DELETE FROM {entry.table_name} WHERE id = ?", [entry.record_id])
            continue
        row = loads(entry.body)
        columns = ", ".join(row)
        marks = ", ".join(f":{column}" for column in row)
        try:
            replayed.execute(f"INSERT OR REPLACE INTO {entry.table_name} ({columns}) VALUES ({marks})", row)
        except sqlite3.Error:
            continue  # an altered entry: the chain names it, and the comparison its record
    replayed.execute("COMMIT")
    return replayed


def _compare(connection: sqlite3.Connection, replayed: sqlite3.Connection, rule: schema.TableRule) -> Iterator[str]:
    query = f"SELECT * FROM {rule.table_name} ORDER BY id"
    stored, wanted = connection.execute(query), replayed.execute(query)
    here, there = next(stored, None), next(wanted, None)
    while here is not None or there is not None:
        if there is None or (here is not None and here["id"] < there["id"]):
            assert here is not None
            yield f"{rule.title} {here['id']} 在账里有，流水里没有。"
            here = next(stored, None)
        elif here is None or there["id"] < here["id"]:
            yield f"{rule.title} {there['id']} 在流水里有，账里不见了。"
            there = next(wanted, None)
        else:
            columns = [name for name, a, b in zip(here.keys(), here, there, strict=True) if a != b]
            if columns:
                yield f"{rule.title} {here['id']} 和流水不一致：{'、'.join(columns)}。"
            here, there = next(stored, None), next(wanted, None)


def _attachments(folder: Path, files: list[sqlite3.Row], progress: Progress) -> Iterator[str]:
    for digest, name in files:
        progress.step()
        path = place(folder, digest)
        if not path.is_file():
            yield f"附件“{name}”（{digest[:12]}…）不见了。"
        elif digest_of(path.read_bytes()) != digest:
            yield f"附件“{name}”（{digest[:12]}…）被改动过。"
