"""What the world does to a file is said in a sentence; our own mistakes stay what they are."""

import errno
import sqlite3
from pathlib import Path

import pytest

from villagedesk.kernel.errors import (
    DamagedDesk,
    DeskInUse,
    DiskFull,
    DiskGone,
    FrozenRecord,
    VillageDeskError,
)
from villagedesk.storage.faults import broken_texts, plain_faults

HERE = Path("青山村")


def _sqlite(code: int, text: str = "told in English") -> sqlite3.Error:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "fault", "sentence"),
    [
        (_sqlite(sqlite3.SQLITE_FULL), DiskFull, "磁盘满了"),
        (_sqlite(sqlite3.SQLITE_CORRUPT), DamagedDesk, "文件内容被破坏"),
        (_sqlite(sqlite3.SQLITE_NOTADB), DamagedDesk, "文件内容不是账本"),
        (_sqlite(sqlite3.SQLITE_IOERR_FSYNC), DiskGone, "“青山村”时出错（读写出错）"),
        (_sqlite(sqlite3.SQLITE_CANTOPEN), DiskGone, "文件打不开"),
        (_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), DiskGone, "只能读，不能写"),
        (_sqlite(sqlite3.SQLITE_PERM), DiskGone, "没有权限"),
        (_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), DeskInUse, "另一个程序"),
        (_sqlite(sqlite3.SQLITE_LOCKED), DeskInUse, "另一个程序"),
        (_sqlite(sqlite3.SQLITE_CONSTRAINT_TRIGGER, "合同不能改动。"), FrozenRecord, "合同不能改动。账没有变动。"),
        (sqlite3.OperationalError("Could not decode to UTF-8 column 'name'"), DamagedDesk, "文件内容被破坏"),
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull, "磁盘满了"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), DiskFull, "磁盘满了"),
        (FileNotFoundError(errno.ENOENT, "No such file"), DiskGone, "文件不见了"),
        (PermissionError(errno.EACCES, "Permission denied"), DiskGone, "没有权限"),
        (OSError(errno.EROFS, "Read-only file system"), DiskGone, "只能读，不能写"),
        (OSError(errno.EIO, "Input/output error"), DiskGone, "读写出错"),
        (OSError(errno.ENODEV, "No such device"), DiskGone, f"错误号 {errno.ENODEV}"),
    ],
)
def test_the_worlds_faults_are_said_in_chinese(error: Exception, fault: type[VillageDeskError], sentence: str) -> None:
    with pytest.raises(fault) as said, plain_faults(HERE):
        raise error
    assert sentence in str(said.value)
    assert said.value.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [_sqlite(sqlite3.SQLITE_ERROR), _sqlite(sqlite3.SQLITE_CONSTRAINT_UNIQUE), ValueError("x"), sqlite3.Error("x")],
)
def test_our_own_mistakes_stay_what_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as told, plain_faults(HERE):
        raise error
    assert told.value is error


def test_a_message_that_quotes_a_broken_text_means_damage() -> None:
    with pytest.raises(DamagedDesk), broken_texts():
        b"\xff".decode()
