"""The proof of a desk: the chain holds, every record is what its last entry says, every attachment what it was."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from villagedesk.kernel.errors import OlderDesk
from villagedesk.kernel.progress import Progress
from villagedesk.storage import journal, opening, schema, witnesses
from villagedesk.storage.agreement import disagreements
from villagedesk.storage.attachments import is_kept, place
from villagedesk.storage.connection import for_reading
from villagedesk.storage.desk import FILE_NAME
from villagedesk.storage.faults import broken_texts, is_broken_text, plain_faults

_SHAPES = ("CREATE TABLE", "CREATE INDEX", "CREATE UNIQUE INDEX")


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
        with closing(for_reading(folder / FILE_NAME)) as connection:
            connection.row_factory = None
            connection.execute("BEGIN")  # one view of the file from here on
            if opening.version_of(connection) < schema.SCHEMA_VERSION:
                raise OlderDesk
            try:
                return _proof(connection, folder, progress or Progress())
            except sqlite3.OperationalError as error:
                if not is_broken_text(error):
                    raise
            connection.text_factory = lambda text: text.decode("utf-8", "replace")
            return _proof(connection, folder, progress or Progress())


def _proof(connection: sqlite3.Connection, folder: Path, progress: Progress) -> Proof:
    altered = opening.altered_parts(connection)
    faults = [f"账本结构“{name}”被改动过。" for name in altered]
    if any(schema.declared().get(name, "").startswith(_SHAPES) for name in altered):
        return Proof(0, 0, 0, journal.FIRST_LINK, (*faults, "表的结构变了，里面的记录没有再核对。"))
    progress.start("核对文件", 0)
    faults += _pages(connection)
    entries, link, _ = journal.tip(connection)
    progress.start("核对流水", entries)
    faults += _chain(connection, progress)
    faults += disagreements(connection, progress)
    faults += witnesses.unlike(connection)
    faults += (_put_back(witness) for witness in witnesses.missed(connection, folder))
    tables = schema.declared_rules()
    records = sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
    files = connection.execute("SELECT CAST(coalesce(id, '') AS TEXT), name FROM attachments ORDER BY id").fetchall()
    faults += _attachments(folder, files, progress)
    return Proof(entries, records, len(files), link, tuple(faults))


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    """Look through the whole file: every page, every row's types, every index against its table."""
    try:
        for (problem,) in connection.execute("PRAGMA integrity_check"):
            if problem != "ok":
                yield f"文件里有损坏的地方（{problem}）。"
    except sqlite3.OperationalError as error:  # a table or index that is none of ours asks for what SQLite lacks
        if is_broken_text(error) or error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        yield f"文件里有读不懂的地方（{error}）。"


def _chain(connection: sqlite3.Connection, progress: Progress) -> Iterator[str]:
    broken = journal.broken_at(_counted(journal.entries(connection), progress))
    if broken:
        yield f"第{broken.seq}条流水（{str(broken.at)[:16]}，{broken.action}）被改动过，或它前面有流水被拿走。"


def _counted(entries: Iterator[journal.Entry], progress: Progress) -> Iterator[journal.Entry]:
    for entry in entries:
        progress.step()
        yield entry


def _put_back(witness: witnesses.Witness) -> str:
    return (
        f"{witness.name}里有第{witness.seq}条流水，账里却没有：可能是旧的账本文件盖住了新的，"
        "或者流水被整体改写过。请不要接着记账，从最新的备份恢复，并告诉乡镇。"
    )


def _attachments(folder: Path, files: list[tuple[str, str]], progress: Progress) -> Iterator[str]:
    progress.start("核对附件", len(files))
    for digest, name in files:
        progress.step()
        path = place(folder, digest)
        if not path.is_file():
            yield f"附件“{name}”（{digest[:12]}…）不见了。"
        elif not is_kept(path, digest):
            yield f"附件“{name}”（{digest[:12]}…）被改动过。"
