"""One program writes at a time: a small SQLite file beside the desk, held locked while the desk is open.

SQLite's own locks are released by the operating system when a program dies, on every system alike.
"""

import os
import platform
import sqlite3
from pathlib import Path
from typing import Self

from villagedesk.kernel.clock import SystemClock
from villagedesk.kernel.errors import DeskInUse

FILE_NAME = "desk.lock"


class DeskLock:
    """Held from opening to closing. ``who`` is shown to whoever comes second."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def take(cls, folder: Path, who: str) -> Self:
        """Take the lock of a desk folder. Raises DeskInUse naming the holder when it is taken."""
        connection = sqlite3.connect(folder / FILE_NAME, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("CREATE TABLE IF NOT EXISTS holder (who TEXT, host TEXT, process INTEGER, since TEXT)")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM holder")
            since = SystemClock().now().strftime("%m月%d日%H:%M")
            connection.execute("INSERT INTO holder VALUES (?, ?, ?, ?)", (who, platform.node(), os.getpid(), since))
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            holder = connection.execute("SELECT who, since, host FROM holder").fetchone()
            connection.close()
            who, since, host = holder or ("另一个程序", "刚才", "本机")
            raise DeskInUse(who=who, since=since, host=host) from error
        return cls(connection)

    def release(self) -> None:
        """Let the next one in."""
        self._connection.close()
