"""Proved copies: written beside the desk, read back, compared, and only then called a backup."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from villagedesk.kernel.clock import SystemClock
from villagedesk.kernel.errors import DamagedDesk

FOLDER = "backups"


def back_up(connection: sqlite3.Connection, folder: Path, why: str, at: datetime | None = None) -> Path:
    """Write a whole copy of an open desk's file to ``backups/`` and prove it. Returns the copy's path.

    Raises DamagedDesk when the copy does not prove sound; the half-written copy is removed.
    """
    moment = at or SystemClock().now()
    target = folder / FOLDER / f"{moment:%Y%m%d-%H%M%S}-{why}.sqlite"
    target.parent.mkdir(exist_ok=True)
    half = target.with_suffix(".part")
    half.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO ?", [str(half)])
        _prove(half, connection)
        with half.open("rb") as stream:
            os.fsync(stream.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return target


def _prove(copy: Path, original: sqlite3.Connection) -> None:
    proof = sqlite3.connect(f"file:{copy}?mode=ro", uri=True)
    try:
        problem = proof.execute("PRAGMA quick_check").fetchone()[0]
        tip = "SELECT seq, link FROM journal ORDER BY seq DESC LIMIT 1"
        if problem != "ok" or proof.execute(tip).fetchone() != _plain(original.execute(tip).fetchone()):
            raise DamagedDesk(detail=f"备份没有通过核对：{problem}")
    finally:
        proof.close()


def _plain(row: sqlite3.Row | None) -> tuple[object, ...] | None:
    return tuple(row) if row else None
