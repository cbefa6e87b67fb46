"""Proved copies of a desk's file: written beside it, read back, compared, and only then called a backup."""

import sqlite3
from datetime import datetime
from pathlib import Path

from villagedesk.kernel.clock import SystemClock
from villagedesk.kernel.errors import DamagedDesk
from villagedesk.storage.attachments import flush_folder
from villagedesk.storage.connection import for_reading
from villagedesk.storage.faults import plain_faults
from villagedesk.storage.journal import tip

FOLDER = "backups"


def back_up(file: Path, why: str, at: datetime | None = None) -> Path:
    """Write a whole copy of a desk's file to ``backups/`` beside it and prove it. Returns the copy's path.

    The desk may be open and in use. Raises DamagedDesk when the copy does not prove sound, DiskFull or DiskGone;
    the half-written copy is removed then.
    """
    moment = at or SystemClock().now()
    target = file.parent / FOLDER / f"{moment:%Y%m%d-%H%M%S}-{why}.sqlite"
    with plain_faults(file.parent):
        target.parent.mkdir(exist_ok=True)
        copy_file(file, target)
    return target


def copy_file(file: Path, target: Path) -> None:
    """Copy a desk's file as it stands after its last change, proved and flushed to disk. Raises DamagedDesk."""
    half = target.with_suffix(".part")
    half.unlink(missing_ok=True)
    try:
        source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=5, isolation_level=None)
        try:
            source.execute("BEGIN")
            last = tip(source)
            source.execute("COMMIT")
            source.execute("VACUUM INTO ?", [str(half)])
            _prove(half, last)
        finally:
            source.close()
        half.replace(target)
        flush_folder(target.parent)
    finally:
        half.unlink(missing_ok=True)


def _prove(copy: Path, last: tuple[int, str, str]) -> None:
    """Read a copy as a whole and find the entry that was the last one before it was made."""
    proof = for_reading(copy)
    try:
        problem = proof.execute("PRAGMA quick_check").fetchone()[0]
        known = proof.execute("SELECT seq, link, at FROM journal WHERE seq = ?", [last[0]]).fetchone()
    finally:
        proof.close()
    if problem != "ok" or (last[0] and tuple(known or ()) != last):
        raise DamagedDesk(detail="备份没有通过核对")
