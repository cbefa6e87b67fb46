"""One program writes at a time: a small SQLite file beside the desk, held locked while the desk is open.

SQLite's own locks are released by the operating system when a program dies, on every system alike.
"""

import os
import sqlite3
from pathlib import Path
from typing import Self

from villagedesk.kernel.clock import SystemClock
from villagedesk.kernel.errors import DeskInUse, WriteProtected

FILE_NAME = "desk.lock"
_TAKEN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class DeskLock:
    """Held from opening to closing. ``who`` is shown to whoever comes second."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def take(cls, folder: Path, who: str) -> Self:
        """Take the lock of a desk folder. Raises DeskInUse naming its holder, WriteProtected, or sqlite3.Error."""
        try:
            return cls(_held(folder / FILE_NAME, who))
        except sqlite3.OperationalError as error:
            primary = error.sqlite_errorcode & 0xFF
            if primary in _TAKEN:
                holder = _holder(folder / FILE_NAME)
                raise DeskInUse(who=holder[0], since=holder[1], host=holder[2]) from error
            if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise WriteProtected(folder=folder.name) from error
            raise
        except sqlite3.DatabaseError:  # a lock file that is none; whoever holds a real one cannot lose it like this
            (folder / FILE_NAME).unlink()
            return cls(_held(folder / FILE_NAME, who))

    def release(self) -> None:
        """Let the next one in."""
        self._connection.close()


def _held(file: Path, who: str) -> sqlite3.Connection:
    connection = _connect(file)
    since = SystemClock().now().strftime("%m月%d日%H:%M")
    try:
        connection.execute("PRAGMA synchronous = OFF")  # it says who is there now; nothing of it must last
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE IF NOT EXISTS holder (who TEXT, host TEXT, process INTEGER, since TEXT)")
        connection.execute("DELETE FROM holder")
        connection.execute("INSERT INTO holder VALUES (?, ?, ?, ?)", (who, _host(), os.getpid(), since))
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
    except BaseException:
        connection.close()
        raise
    return connection


def _holder(file: Path) -> tuple[str, str, str]:
    connection = _connect(file)
    try:
        found = connection.execute("SELECT who, since, host FROM holder").fetchone()
    except sqlite3.Error:
        found = None
    finally:
        connection.close()
    return found or ("另一个程序", "刚才", "本机")


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
