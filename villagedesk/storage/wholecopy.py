"""A whole desk in one file to carry away: the books, every attachment and every printed paper, proved by digest."""

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from villagedesk.kernel.clock import SystemClock
from villagedesk.kernel.errors import BadBackup, DamagedDesk
from villagedesk.kernel.progress import Progress
from villagedesk.storage import opening
from villagedesk.storage.attachments import FOLDER, flush_folder, place
from villagedesk.storage.backup import FOLDER as BACKUPS
from villagedesk.storage.backup import copy_file
from villagedesk.storage.connection import for_reading
from villagedesk.storage.faults import plain_faults

BOOKS = "desk.sqlite"
PRINTED = "printed"
MANIFEST = "manifest-sha256.txt"
_NAMES = re.compile(rf"{BOOKS}|{FOLDER}/[0-9a-f]{{2}}/[0-9a-f]{{64}}|{PRINTED}/[^/\\:*?\"<>|\x00-\x1f]+\.pdf")
_BLOCK = 1 << 20


def write_whole(folder: Path, target: Path, at: datetime | None = None, progress: Progress | None = None) -> Path:
    """Write the desk in ``folder`` as one zip to the folder ``target``, read it back and compare. Returns its path.

    The desk may be open and in use. Raises NoDesk, ForeignFile, DamagedDesk (an attachment is missing or was altered,
    or the copy is not what was written), DiskFull, DiskGone or Cancelled; no half-written file is left then.
    """
    progress = progress or Progress()
    moment = at or SystemClock().now()
    path = target / f"{folder.name}-备份-{moment:%Y%m%d-%H%M%S}.zip"
    half = path.with_suffix(".part")
    with plain_faults(folder):
        opening.examine(folder / BOOKS)
        (folder / BACKUPS).mkdir(exist_ok=True)
        with TemporaryDirectory(dir=folder / BACKUPS) as scratch:
            books = Path(scratch) / BOOKS
            copy_file(folder / BOOKS, books)
            members = [(BOOKS, books), *_papers(folder, books)]
            try:
                with plain_faults(target):
                    digests = _write(half, members, progress)
                    _prove(half, digests, progress)
                    half.replace(path)
                    flush_folder(target)
            finally:
                half.unlink(missing_ok=True)
    return path


def unpack(source: Path, folder: Path, progress: Progress) -> None:
    """Lay the files of a whole copy out in ``folder``, each compared with its digest.

    Nothing but what ``write_whole`` writes is taken. Raises BadBackup, DiskFull, DiskGone or Cancelled.
    """
    try:
        with plain_faults(folder), zipfile.ZipFile(source) as archive:
            digests = _manifest(archive, source.name)
            progress.start("恢复", len(digests))
            for name, digest in digests.items():
                progress.step()
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as packed, path.open("wb") as stream:
                    found = _copy(packed, stream)
                    stream.flush()
                    os.fsync(stream.fileno())
                if found != digest:
                    raise BadBackup(name=source.name, why=f"里面的“{name}”和目录不一致，文件已损坏。")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, UnicodeDecodeError, RuntimeError) as error:
        raise BadBackup(name=source.name, why="它不是完整的备份文件。") from error


def _papers(folder: Path, books: Path) -> Iterator[tuple[str, Path]]:
    """Yield what lies beside the books: the attachments they name, and every printed paper."""
    with closing(for_reading(books)) as connection:
        digests = [row[0] for row in connection.execute("SELECT id FROM attachments ORDER BY id")]
    for digest in digests:
        if not place(folder, digest).is_file():
            raise DamagedDesk(detail=f"附件 {digest[:12]}… 不见了")
        yield f"{FOLDER}/{digest[:2]}/{digest}", place(folder, digest)
    for path in sorted((folder / PRINTED).glob("*.pdf")):
        yield f"{PRINTED}/{path.name}", path


def _write(half: Path, members: list[tuple[str, Path]], progress: Progress) -> dict[str, str]:
    """Write the members and their manifest. Returns their digests by name."""
    progress.start("写出备份", len(members))
    digests: dict[str, str] = {}
    with half.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, path in members:
                progress.step()
                how = zipfile.ZIP_DEFLATED if name == BOOKS else zipfile.ZIP_STORED  # photos are packed already
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = how
                info.file_size = path.stat().st_size
                with path.open("rb") as content, archive.open(info, "w") as packed:
                    digests[name] = _copy(content, packed)
                if name.startswith(FOLDER) and not name.endswith(digests[name]):
                    raise DamagedDesk(detail=f"附件 {path.name[:12]}… 被改动过")
            archive.writestr(MANIFEST, "".join(f"{digest}  {name}\n" for name, digest in digests.items()))
        stream.flush()
        os.fsync(stream.fileno())
    return digests


def _prove(half: Path, digests: dict[str, str], progress: Progress) -> None:
    """Read a written file back and compare every member with what was meant."""
    progress.start("核对备份", len(digests))
    try:
        with zipfile.ZipFile(half) as archive:
            for name, digest in digests.items():
                progress.step()
                with archive.open(name) as packed:
                    if _copy(packed, None) != digest:
                        raise DamagedDesk(detail="备份没有通过核对")
    except zipfile.BadZipFile as error:
        raise DamagedDesk(detail="备份没有通过核对") from error


def _manifest(archive: zipfile.ZipFile, source: str) -> dict[str, str]:
    names = archive.namelist()
    if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > _BLOCK * 100:
        raise BadBackup(name=source, why="它不是本程序写的备份。")
    lines = archive.read(MANIFEST).decode().splitlines()
    digests = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if sorted(names) != sorted([*digests, MANIFEST]) or BOOKS not in digests:
        raise BadBackup(name=source, why="里面的文件和目录不一致。")
    for name in digests:
        if not _NAMES.fullmatch(name):
            raise BadBackup(name=source, why=f"里面有不该有的文件“{name}”。")
    return digests


def _copy(source: IO[bytes], target: IO[bytes] | None) -> str:
    """Copy a stream block by block (or only read it). Returns its SHA-256."""
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        if target:
            target.write(block)
    return digest.hexdigest()
