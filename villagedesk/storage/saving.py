"""Saves a file for elsewhere (a PDF, a table): whole or not at all, and what went wrong as a sentence."""

import errno
from pathlib import Path

from villagedesk.kernel.errors import NotSaved
from villagedesk.storage.attachments import write_durably

_FULL = ("磁盘或U盘满了", "请删掉不用的文件腾出空间，或换一个地方再存。")
_LOCKED = ("这个文件夹不能写入", "请换一个文件夹，或去掉U盘的写保护。")
_GONE = ("这个文件夹不见了", "请检查U盘是否插好，或换一个文件夹。")
_TOO_LONG = ("文件名太长", "请把文件名改短一些。")
_WHY = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: ("文件太大，这个盘放不下", "请换一个地方再存。"),
    errno.EACCES: _LOCKED,
    errno.EPERM: _LOCKED,
    errno.EROFS: _LOCKED,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ENODEV: _GONE,
    errno.ENXIO: _GONE,
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.EINVAL: ("文件名里有不能用的字", "请换一个文件名。"),
    errno.EISDIR: ("这个名字已经是一个文件夹", "请换一个文件名。"),
    errno.EBUSY: ("这个文件正被别的程序打开着", "请先关掉那个程序，或换一个文件名。"),
}
_BROKEN = ("读写出错", "请检查磁盘或U盘是否插好，或换一个地方再存。")
_RESERVED = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))
_LONGEST = 80


def save_file(path: Path, content: bytes) -> None:
    """Write a file so that it is whole or not there; what lay there before stays until then. Raises NotSaved."""
    try:
        write_durably(path, content)
    except OSError as fault:
        why, then = _WHY.get(fault.errno or 0, _BROKEN)
        raise NotSaved(name=path.name, why=why, then=then) from fault


def file_name(title: str, ending: str) -> str:
    """Return a name for a file that every system takes: ``("收/支", ".pdf")`` → "收_支.pdf"."""
    return (title.translate(_RESERVED).strip(" .")[:_LONGEST] or "文件") + ending
