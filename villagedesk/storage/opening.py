"""What is looked at before a file is opened: is it ours, whole, and of a version we know? Nothing is written."""

import sqlite3
from pathlib import Path

from villagedesk.kernel.errors import DamagedDesk, ForeignFile, NewerDesk, NoDesk
from villagedesk.storage.journal import digest, entries, tip
from villagedesk.storage.schema import APPLICATION_ID, SCHEMA_VERSION, declared, fingerprint

_MAGIC = b"SQLite format 3\x00"
_HEADER_SIZE = 100


def examine(file: Path) -> int:
    """Return the schema version of a desk file, reading only its first bytes.

    Raises NoDesk, ForeignFile, DamagedDesk (cut short) or NewerDesk; the file is left as it is.
    """
    if not file.is_file():
        raise NoDesk(folder=file.parent.name)
    with file.open("rb") as stream:
        header = stream.read(_HEADER_SIZE)
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise ForeignFile(name=file.name)
    page_size, pages = _number(header[16:18]), _number(header[28:32])
    version, application = _number(header[60:64]), _number(header[68:72])
    if application != APPLICATION_ID:
        raise ForeignFile(name=file.name)
    if version > SCHEMA_VERSION:
        raise NewerDesk
    if file.stat().st_size < pages * (65_536 if page_size == 1 else page_size):
        raise DamagedDesk(detail="文件不完整")
    return version


def check_whole(connection: sqlite3.Connection) -> None:
    """Compare the schema with the declared one and the journal's last entry with its digest.

    Raises DamagedDesk naming what is missing or altered.
    """
    found, wanted = fingerprint(connection), declared()
    for name in sorted(wanted.keys() | found.keys()):
        if found.get(name) != wanted.get(name):
            raise DamagedDesk(detail=f"账本结构“{name}”被改动过")
    seq, _, _ = tip(connection)
    for entry in entries(connection, seq - 1):
        if entry.digest != digest(entry.head(), entry.body):
            raise DamagedDesk(detail=f"第{entry.seq}条流水对不上")


def _number(big_endian: bytes) -> int:
    return int.from_bytes(big_endian, "big")
