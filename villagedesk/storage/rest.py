"""The rest of a long list: a SELECT that is read on another thread while its first rows are looked at."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from typing import Any, Generic, TypeVar

from villagedesk.kernel.errors import Cancelled
from villagedesk.storage.connection import for_reading
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.faults import plain_faults

T = TypeVar("T")


class Rest(Generic[T]):
    """Reads a SELECT once, by a connection of its own, and folds its rows; ``cancel`` stops it within a moment."""

    def __init__(self, desk: Desk, sql: str, values: dict[str, str], fold: Callable[[Iterable[tuple[Any, ...]]], T]):
        """Reach the file once more. Raises DamagedDesk, DiskGone or WriteProtected when it cannot be."""
        self._folder, self._sql, self._values, self._fold = desk.folder, sql, values, fold
        self._is_cancelled = False
        with plain_faults(desk.folder):
            self._connection = for_reading(desk.folder / FILE_NAME)

    def read(self) -> T:
        """Return what the rows come to. Raises Cancelled, or DamagedDesk or DiskGone when they cannot be read."""
        with plain_faults(self._folder), closing(self._connection) as connection:
            cursor = connection.cursor()
            cursor.row_factory = None
            try:
                self._go_on()
                found = self._fold(cursor.execute(self._sql, self._values))
            except sqlite3.OperationalError:
                self._go_on()
                raise
            self._go_on()
            return found

    def cancel(self) -> None:
        """Stop reading, from whichever thread."""
        self._is_cancelled = True
        with suppress(sqlite3.ProgrammingError):  # it was done already
            self._connection.interrupt()

    def _go_on(self) -> None:
        if self._is_cancelled:
            raise Cancelled
