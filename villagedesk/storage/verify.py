"""The proof of a desk: the chain holds, a replay of the journal gives every table, every attachment is what it was."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from villagedesk.kernel.errors import OlderDesk
from villagedesk.kernel.progress import Progress
from villagedesk.storage import journal, opening, schema
from villagedesk.storage.attachments import is_kept, place
from villagedesk.storage.connection import for_reading
from villagedesk.storage.desk import FILE_NAME
from villagedesk.storage.faults import broken_texts, plain_faults
from villagedesk.storage.replay import replay


@dataclass(frozen=True, slots=True)
class Proof:
    """What was compared and what did not agree. ``faults`` are Chinese sentences; none means the desk is sound."""

    entries: int
    records: int
    attachments: int
    link: str
    faults: tuple[str, ...]


def verify(folder: Path, progress: Progress | None = None) -> Proof:
    """Prove the desk in ``folder`` without changing it, also while it is open and in use.

    Raises NoDesk, ForeignFile, NewerDesk, OlderDesk, Cancelled, or DamagedDesk when it cannot even be read through.
    """
    with plain_faults(folder), broken_texts():
        opening.examine(folder / FILE_NAME)
        connection = for_reading(folder / FILE_NAME)
        connection.text_factory = lambda text: text.decode("utf-8", "replace")  # whoever alters a byte may break a text
        try:
            connection.execute("BEGIN")  # one view of the file from here on
            if opening.version_of(connection) < schema.SCHEMA_VERSION:
                raise OlderDesk
            return _proof(connection, folder, progress or Progress())
        finally:
            connection.close()


def _proof(connection: sqlite3.Connection, folder: Path, progress: Progress) -> Proof:
    altered = opening.altered_parts(connection)
    faults = [f"账本结构“{name}”被改动过。" for name in altered]
    faults += _pages(connection)
    if any(schema.declared().get(name, "").startswith("CREATE TABLE") for name in altered):
        return Proof(0, 0, 0, journal.FIRST_LINK, (*faults, "表的结构变了，里面的记录没有再核对。"))
    entries, link, _ = journal.tip(connection)
    progress.start("核对流水", entries)
    faults += _chain(connection, progress)
    records = 0
    with closing(replay(connection, progress)) as replayed:
        for rule in schema.table_rules(replayed).values():
            records += connection.execute(f"SELECT count(*) FROM {rule.table_name}").fetchone()[0]
            faults += _compare(connection, replayed, rule)
    faults += _witnesses(connection)
    files = connection.execute("SELECT id, name FROM attachments ORDER BY id").fetchall()
    faults += _attachments(folder, files, progress)
    return Proof(entries, records, len(files), link, tuple(faults))


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    for (problem,) in connection.execute("PRAGMA quick_check"):
        if problem != "ok":
            yield f"文件里有损坏的地方（{problem}）。"


def _chain(connection: sqlite3.Connection, progress: Progress) -> Iterator[str]:
    broken = journal.broken_at(_counted(journal.entries(connection), progress))
    if broken:
        yield f"第{broken.seq}条流水（{broken.at[:16]}，{broken.action}）被改动过，或它前面有流水被拿走。"


def _counted(entries: Iterator[journal.Entry], progress: Progress) -> Iterator[journal.Entry]:
    for entry in entries:
        progress.step()
        yield entry


def _compare(connection: sqlite3.Connection, replayed: sqlite3.Connection, rule: schema.TableRule) -> Iterator[str]:
    columns = ", ".join(row[1] for row in replayed.execute(f"PRAGMA table_info({rule.table_name})"))
    query = f"SELECT {columns} FROM {rule.table_name} ORDER BY id"
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
            altered = [name for name, a, b in zip(here.keys(), here, there, strict=True) if a != b]
            if altered:
                yield f"{rule.title} {here['id']} 和流水不一致：{'、'.join(altered)}。"
            here, there = next(stored, None), next(wanted, None)


def _witnesses(connection: sqlite3.Connection) -> Iterator[str]:
    """Look up in the chain what was given out of the house: the links on this office's notices and in its packages.

    Somebody who forges the chain as a whole cannot call back the paper on the board.
    """
    notices = "SELECT number FROM issuances WHERE village_id IN (SELECT office_id FROM desks)"
    for (number,) in connection.execute(f"{notices} AND link NOT IN (SELECT link FROM journal)"):
        yield f"第{number}号公示上印的校验码在流水里找不到，流水可能被整体改写过。"
    packages = "SELECT number, last_seq, last_link FROM parcels WHERE direction = 'out' AND kind = 'package'"
    for number, seq, link in connection.execute(packages):
        if not connection.execute("SELECT 1 FROM journal WHERE seq = ? AND link = ?", (seq, link)).fetchone():
            yield f"第{number}个上报数据包里的校验码在流水里找不到，流水可能被整体改写过。"


def _attachments(folder: Path, files: list[sqlite3.Row], progress: Progress) -> Iterator[str]:
    progress.start("核对附件", len(files))
    for digest, name in files:
        progress.step()
        path = place(folder, digest)
        if not path.is_file():
            yield f"附件“{name}”（{digest[:12]}…）不见了。"
        elif not is_kept(path, digest):
            yield f"附件“{name}”（{digest[:12]}…）被改动过。"
