"""Photos, scans and papers: files in the desk's folder named by their SHA-256, never written twice."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from villagedesk.kernel.canonical import digest_of
from villagedesk.kernel.records import VillageRecord

FOLDER = "attachments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(VillageRecord):
    """A kept file. ``id`` is the SHA-256 of its content, ``size`` its bytes."""

    table: ClassVar[str] = "attachments"

    name: str
    media_type: str
    size: int

    @classmethod
    def of(cls, name: str, media_type: str, content: bytes) -> Self:
        """Return the record of a content, not yet stored."""
        return cls(id=digest_of(content), name=name, media_type=media_type, size=len(content))


def place(folder: Path, digest: str) -> Path:
    """Return where a desk keeps the content with this digest."""
    return folder / FOLDER / digest[:2] / digest


def is_kept(path: Path, digest: str) -> bool:
    """Tell whether the content with this digest lies unharmed at its place."""
    return path.is_file() and digest_of(path.read_bytes()) == digest


def keep(path: Path, content: bytes) -> None:
    """Write a content durably to its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, content)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that it is either whole or not there: a temporary name, flushed to disk, then renamed."""
    half = path.with_name(path.name + ".part")
    try:
        with half.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder last. Windows keeps them by itself and cannot open a folder."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
