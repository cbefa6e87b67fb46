"""The world's faults (disk full, stick pulled, file damaged, frozen fact) as sentences; our own stay as they are."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from villagedesk.kernel.errors import (
    DamagedDesk,
    DeskInUse,
    DiskFull,
    DiskGone,
    FrozenRecord,
    MonthClosed,
    VillageDeskError,
)
from villagedesk.storage.guards import CLOSED

_OF_FILES = {
    errno.ENOENT: "文件不见了",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "只能读，不能写",
    errno.EIO: "读写出错",
}
_OF_SQLITE = {
    sqlite3.SQLITE_CORRUPT: "文件内容被破坏",
    sqlite3.SQLITE_NOTADB: "文件内容不是账本",
    sqlite3.SQLITE_IOERR: "读写出错",
    sqlite3.SQLITE_CANTOPEN: "文件打不开",
    sqlite3.SQLITE_READONLY: "只能读，不能写",
    sqlite3.SQLITE_PERM: "没有权限",
}


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
        detail = _OF_FILES.get(error.errno or 0, f"错误号 {error.errno}")
        raise DiskGone(where=where.name, detail=detail) from error


@contextmanager
def broken_texts() -> Iterator[None]:
    """Take texts that are none for damage. Not for code that reads other files: their texts are not the desk's."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite's own message quoted what it found in the file
        raise DamagedDesk(detail=_OF_SQLITE[sqlite3.SQLITE_CORRUPT]) from error


def is_broken_text(error: sqlite3.Error) -> bool:
    """Tell whether a text that was read is none."""
    return "decode to UTF-8" in str(error)


def _sqlite_fault(error: sqlite3.Error, where: Path) -> VillageDeskError | None:
    code = getattr(error, "sqlite_errorcode", 0)
    primary = code & 0xFF
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return (MonthClosed if str(error) == CLOSED else FrozenRecord)(why=str(error))
    if is_broken_text(error) or "unsupported file format" in str(error):  # these two come without a code
        return DamagedDesk(detail=_OF_SQLITE[sqlite3.SQLITE_CORRUPT])
    if primary == sqlite3.SQLITE_FULL:
        return DiskFull()
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedDesk(detail=_OF_SQLITE[primary])
    if primary in _OF_SQLITE:
        return DiskGone(where=where.name, detail=_OF_SQLITE[primary])
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DeskInUse(who="另一个程序", since="刚才", host="本机")
    return None
