"""The world's faults (disk full, stick pulled, file damaged, frozen fact) as sentences; our own stay as they are."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from villagedesk.kernel.errors import DamagedDesk, DeskInUse, DiskFull, DiskGone, FrozenRecord, VillageDeskError


@contextmanager
def plain_faults(where: Path) -> Iterator[None]:
    """Turn what SQLite and the operating system report about ``where`` into one of our faults."""
    try:
        yield
    except sqlite3.Error as error:
        fault = _sqlite_fault(error, where)
        if fault is None:
            raise
        raise fault from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from error
        raise DiskGone(where=where.name, detail=error.strerror or str(error)) from error


def _sqlite_fault(error: sqlite3.Error, where: Path) -> VillageDeskError | None:
    code = getattr(error, "sqlite_errorcode", 0)
    primary = code & 0xFF
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return FrozenRecord(why=str(error))
    if primary == sqlite3.SQLITE_FULL:
        return DiskFull()
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedDesk(detail=str(error))
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
        return DiskGone(where=where.name, detail=str(error))
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DeskInUse(who="另一个程序", since="刚才", host="本机")
    return None
