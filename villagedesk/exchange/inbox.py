"""What arrives is first copied to the desk's own disk, judged there, and then kept, held or put into quarantine."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from villagedesk.exchange.opened import LARGEST_FILE
from villagedesk.kernel.errors import BadInput, PackageHeld, PackageRefused
from villagedesk.storage.faults import plain_faults

FOLDER = "inbox"
QUARANTINE = "隔离"
HELD = "待收"
_LONGEST_NAME = 40


@contextmanager
def arrived(desk_folder: Path, path: Path, at: datetime) -> Iterator[Path]:
    """Yield a local copy of a file that came from outside; it is removed afterwards unless it was moved away.

    When the block refuses it, the copy goes to quarantine with the reason beside it; when it must wait, to 待收.
    Raises BadInput when the file is missing or far too large, DiskFull or DiskGone when it cannot be copied.
    """
    if not path.is_file():
        raise BadInput(path.name, "找不到这个文件，请检查文件是否还在、U盘是否插好。")
    if path.stat().st_size > LARGEST_FILE:
        raise BadInput(path.name, "文件太大，不像是数据包或回执，请检查是不是选错了文件。")
    inbox = desk_folder / FOLDER
    copy = inbox / f"{at:%Y%m%d-%H%M%S-%f}.part"
    try:
        with plain_faults(path):
            inbox.mkdir(exist_ok=True)
            for left_behind in inbox.glob("*.part"):
                left_behind.unlink()
            shutil.copyfile(path, copy)
        yield copy
    except PackageRefused as fault:
        with plain_faults(desk_folder):
            _quarantine(copy, inbox / QUARANTINE, f"{at:%Y%m%d-%H%M%S}-{_plain(path)}", fault)
        raise
    except PackageHeld as fault:
        with plain_faults(desk_folder):
            (inbox / HELD).mkdir(exist_ok=True)
            copy.replace(inbox / HELD / _held_name(str(fault.facts["office"]), int(str(fault.facts["number"]))))
        raise
    finally:
        copy.unlink(missing_ok=True)


def kept(desk_folder: Path, name: str) -> Path:
    """Return where a parcel that was taken in is kept; one that is kept under this name already stays."""
    return _free(desk_folder / FOLDER, name)


def waiting(desk_folder: Path) -> list[Path]:
    """Return the packages that wait for an earlier one."""
    return sorted((desk_folder / FOLDER / HELD).glob("*.zip"))


def release(desk_folder: Path, office: str, number: int) -> None:
    """Forget a held package: it was taken in."""
    (desk_folder / FOLDER / HELD / _held_name(office, number)).unlink(missing_ok=True)


def _held_name(office: str, number: int) -> str:
    return f"{office}-第{number:04d}号.zip"


def _quarantine(copy: Path, folder: Path, name: str, fault: PackageRefused) -> None:
    folder.mkdir(exist_ok=True)
    target = _free(folder, name)
    copy.replace(target)
    target.with_name(target.name + ".txt").write_text(f"{fault}\n", encoding="utf-8")


def _free(folder: Path, name: str) -> Path:
    number, target = 1, folder / name
    while target.exists():
        number += 1
        target = folder / f"{number}-{name}"
    return target


def _plain(path: Path) -> str:
    return re.sub(r"[^\w.\-（）()]", "_", path.name)[-_LONGEST_NAME:]
