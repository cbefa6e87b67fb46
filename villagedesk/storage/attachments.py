"""Photos, scans and papers: files in the desk's folder named by their SHA-256, never written twice."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

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


def keep(folder: Path, name: str, media_type: str, content: bytes) -> Attachment:
    """Write content durably under its digest and return its (not yet stored) record."""
    digest = digest_of(content)
    path = place(folder, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, content)
    return Attachment(id=digest, name=name, media_type=media_type, size=len(content))


def place(folder: Path, digest: str) -> Path:
    """Return where a desk keeps the content with this digest."""
    return folder / FOLDER / digest[:2] / digest


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that it is either whole or not there: a temporary name, flushed to disk, then renamed."""
    half = path.with_name(path.name + ".part")
    with half.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    half.replace(path)
