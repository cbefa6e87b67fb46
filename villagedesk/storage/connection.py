"""The ways to reach a desk's file: to write it, to look at it beside others, and to look where nothing can be written.

Commits go through a write-ahead log (WAL) with synchronous=FULL: durable, one flush each. The log needs memory that
programs share, which FAT sticks and network shares lack or only seem to have: there the rollback journal is used,
as durable and slower.
"""

import sqlite3
import sys
from contextlib import suppress
from pathlib import Path

from villagedesk.kernel.errors import WriteProtected

LOG = "-wal"
_SCRATCH = "desk.probe"
_FAR = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "9p",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "fuse.rclone",
}
_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE_DRIVE = 4
_PATIENCE = 5
"""Seconds to wait for another connection's commit."""
_STATEMENTS = 512
"""Statements kept compiled, each with the guards it meets."""
_NO_SHARED_MEMORY = (
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_PERM,
)


def for_writing(file: Path) -> sqlite3.Connection:
    """Open a desk's file, or make an empty one, for durable commits in the mode its place can hold.

    Raises sqlite3.Error when the file cannot be opened or is no database.
    """
    connection = _connect(file)
    try:
        is_logged = connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        if is_logged and not _takes_writes(connection):
            connection.close()
            connection = _without_log(file)
        elif not is_logged and holds_log(file.parent):
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def for_changes(file: Path) -> sqlite3.Connection:
    """Open another way into a file that ``for_writing`` has opened and set up, as durable as that one."""
    connection = _connect(file, "mode=rw")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def for_reading(file: Path) -> sqlite3.Connection:
    """Open a desk's file for looking only, beside whoever writes it.

    A log that somebody left or still writes is read and left alone. Where not even a reader's marks can be written
    (a disc) the file is read as it is. Raises WriteProtected when such a place holds a log, whose entries would be
    missed, and sqlite3.Error when the file cannot be opened or is no database.
    """
    log = file.with_name(file.name + LOG)
    has_log = log.exists() and log.stat().st_size > 0
    connection = _connect(file, "mode=ro" if has_log else "mode=rw")
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in _NO_SHARED_MEMORY:
            raise
        if has_log:
            raise WriteProtected(folder=file.parent.name) from error
        connection = _connect(file, "mode=ro&immutable=1")
    except BaseException:
        connection.close()
        raise
    return connection


def holds_log(folder: Path) -> bool:
    """Tell whether a write-ahead log can live in a folder, by writing one there."""
    if _is_far(folder):
        return False
    _sweep(folder)
    connection = sqlite3.connect(folder / _SCRATCH, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            return False
        connection.execute("CREATE TABLE scratch (page)")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in _NO_SHARED_MEMORY:
            return False
        raise
    finally:
        connection.close()
        _sweep(folder)
    return True


def _sweep(folder: Path) -> None:
    for ending in ("", LOG, "-shm", "-journal"):
        with suppress(OSError):
            (folder / f"{_SCRATCH}{ending}").unlink()


def _connect(file: Path, how: str = "mode=rwc") -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_PATIENCE,
        cached_statements=_STATEMENTS,
    )
    connection.row_factory = sqlite3.Row
    return connection


def _takes_writes(connection: sqlite3.Connection) -> bool:
    """Tell whether a logged file can be written where it lies: some places show it only at the first write."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in _NO_SHARED_MEMORY:
            return False
        raise
    connection.execute("ROLLBACK")
    return True


def _without_log(file: Path) -> sqlite3.Connection:
    """Open a logged file without shared memory, fold its log in and go on with a rollback journal."""
    connection = _connect(file)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    return connection


def _is_far(folder: Path) -> bool:
    """Tell whether a folder lies on another computer, where the log's shared memory would be two memories."""
    if sys.platform == "win32":
        import ctypes

        drive = folder.absolute().drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _REMOTE_DRIVE
    try:
        return kind_of_place(folder, _MOUNTS.read_text("utf-8")) in _FAR
    except OSError:
        return False


def kind_of_place(folder: Path, mounts: str) -> str:
    """Return the file system a folder lies on, by Linux's mountinfo: ext4, vfat, nfs4 …"""
    place, found = folder.resolve(), (0, "")
    for line in mounts.splitlines():
        fields = line.split()
        mount, kind = Path(fields[4].replace("\\040", " ")), fields[fields.index("-") + 1]
        if place.is_relative_to(mount):
            found = max(found, (len(mount.parts), kind), key=lambda pair: pair[0])
    return found[1]
