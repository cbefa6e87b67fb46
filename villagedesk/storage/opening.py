"""What is looked at before a file is opened: is it ours, whole, and of a version we know? Nothing is written."""

import sqlite3
from pathlib import Path

from villagedesk.kernel.errors import DamagedDesk, DeskPutBack, ForeignFile, NewerDesk, NoDesk
from villagedesk.storage.connection import LOG
from villagedesk.storage.journal import digest, entries, tip
from villagedesk.storage.schema import APPLICATION_ID, SCHEMA_VERSION, declared, fingerprint, is_declared
from villagedesk.storage.witnesses import missed

OLDEST = 1
"""The first schema that ever left the house."""
UNLIKE_ITS_VERSION = "文件上写的版本和里面的表对不上"


def examine(file: Path) -> None:
    """Look at the head of a desk file; it is left as it is.

    It is read through SQLite: opening and closing the file by hand would drop the locks this program holds on it.
    Raises NoDesk, ForeignFile, NewerDesk, DamagedDesk (cut short), or sqlite3.Error when it cannot be read.
    """
    if not file.is_file():
        raise NoDesk(folder=file.parent.name)
    try:
        application, version, is_cut = _head(file)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise ForeignFile(name=file.name) from error
        raise
    if application != APPLICATION_ID:
        raise ForeignFile(name=file.name)
    if version > SCHEMA_VERSION:
        raise NewerDesk
    if is_cut and not file.with_name(file.name + LOG).exists():  # a log may still hold what is not yet in the file
        raise DamagedDesk(detail="文件不完整")


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of an open file, its log included.

    Raises NewerDesk when it is not known here, DamagedDesk when the file's tables are not that version's.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise NewerDesk
    if version < OLDEST or (version < SCHEMA_VERSION and is_declared(connection)):
        raise DamagedDesk(detail=UNLIKE_ITS_VERSION)
    return version


def check_not_put_back(connection: sqlite3.Connection, folder: Path) -> None:
    """Look whether the last copies and parcels that lie beside a desk know no more than its journal.

    Raises DeskPutBack naming one that does.
    """
    for witness in missed(connection, folder, is_quick=True):
        raise DeskPutBack(witness=witness.name, seq=witness.seq)


def check_whole(connection: sqlite3.Connection) -> None:
    """Compare the schema with the declared one and the journal's last entry with its digest.

    Raises DamagedDesk naming what is missing or altered.
    """
    for name in altered_parts(connection):
        raise DamagedDesk(detail=f"账本结构“{name}”被改动过")
    seq, _, _ = tip(connection)
    for entry in entries(connection, seq - 1):
        if entry.digest != digest(entry.head(), entry.body):
            raise DamagedDesk(detail=f"第{entry.seq}条流水对不上")


def altered_parts(connection: sqlite3.Connection) -> list[str]:
    """Return the names of tables, indexes, triggers and dictionary lines that are not as declared."""
    if is_declared(connection):
        return []
    found, wanted = fingerprint(connection), declared()
    return [name for name in sorted(wanted.keys() | found.keys()) if found.get(name) != wanted.get(name)]


def _head(file: Path) -> tuple[int, int, bool]:
    """Return the application id, the schema version, and whether the file is shorter than it says."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        is_cut = False
        try:
            connection.execute("PRAGMA application_id")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CORRUPT:
                raise
            is_cut = True
            connection.execute("PRAGMA writable_schema = ON")  # else a cut file tells nothing of itself
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return application, version, is_cut
    finally:
        connection.close()
