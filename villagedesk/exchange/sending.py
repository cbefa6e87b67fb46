"""A parcel goes out: built on the desk's own disk, copied, flushed, renamed, read back and compared."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from villagedesk.exchange import bag
from villagedesk.exchange.package import Particulars
from villagedesk.kernel.errors import DiskGone
from villagedesk.storage.attachments import flush_folder
from villagedesk.storage.faults import plain_faults

FOLDER = "outbox"


@contextmanager
def sent(
    desk_folder: Path,
    target: Path,
    name: str,
    said: Particulars,
    written_on: str,
    payload: Iterable[tuple[str, bytes]],
    sign: Callable[[bytes], str],
) -> Iterator[tuple[Path, str]]:
    """Write a parcel and carry it to the folder ``target``; yield where it lies and its SHA-256.

    A copy stays in the outbox. When writing, carrying or the block fails, nothing is left behind.
    Raises DiskFull or DiskGone.
    """
    outbox = desk_folder / FOLDER
    half, own, there = outbox / (name + ".part"), outbox / name, target / name
    with ExitStack() as undo:
        undo.callback(_take_away, half)
        with plain_faults(desk_folder):
            outbox.mkdir(exist_ok=True)
            digest = bag.write(half, said.base, said.labels(written_on), payload, sign)
            _flush(half)
            half.replace(own)
            undo.callback(_take_away, own)
            flush_folder(outbox)
        if target.resolve() != outbox.resolve():
            _carry(own, there, digest)
            undo.callback(_take_away, there)
        yield there, digest
        undo.pop_all()


def _carry(own: Path, there: Path, digest: str) -> None:
    half = there.with_name(there.name + ".part")
    try:
        with plain_faults(there.parent):
            shutil.copyfile(own, half)
            _flush(half)
            half.replace(there)
            flush_folder(there.parent)
            is_same = bag.digest_until(there, there.stat().st_size) == digest
        if not is_same:
            _take_away(there)
            raise DiskGone(where=there.parent.name, detail="拷过去的和原来的不一样")
    finally:
        _take_away(half)


def _take_away(path: Path) -> None:
    """Remove a file if its disk is still there."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
