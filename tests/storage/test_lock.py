"""One program writes at a time, and whoever comes second is told who the first one is."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.storage.medium import protected
from villagedesk.kernel.errors import DeskInUse, WriteProtected
from villagedesk.storage import lock
from villagedesk.storage.lock import DeskLock


@contextmanager
def _held(folder: Path, who: str) -> Iterator[None]:
    taken = DeskLock.take(folder, who)
    yield
    taken.release()


def test_the_holder_is_named_with_time_and_computer(tmp_path: Path) -> None:
    host = os.uname().nodename
    with _held(tmp_path, "李会计"), pytest.raises(DeskInUse, match=f"正由“李会计”打开着（.*起，电脑 {host}）"):
        DeskLock.take(tmp_path, "周出纳")
    with _held(tmp_path, "周出纳"):
        pass


def test_whoever_comes_second_does_not_take_the_name(tmp_path: Path) -> None:
    with _held(tmp_path, "李会计"):
        for _ in range(2):
            with pytest.raises(DeskInUse, match="李会计"):
                DeskLock.take(tmp_path, "周出纳")


def test_a_holder_who_cannot_be_read_is_another_program(tmp_path: Path) -> None:
    stranger = sqlite3.connect(tmp_path / lock.FILE_NAME, isolation_level=None)
    stranger.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DeskInUse, match="正由“另一个程序”打开着（刚才起，电脑 本机）"):
        DeskLock.take(tmp_path, "李会计")
    stranger.close()


def test_a_lock_that_cannot_be_written_means_a_protected_medium(tmp_path: Path) -> None:
    (tmp_path / "青山村").mkdir()
    with protected(tmp_path / "青山村", tmp_path / "disc") as disc, pytest.raises(WriteProtected, match="青山村"):
        DeskLock.take(disc, "李会计")


def test_a_file_that_is_no_lock_is_replaced(tmp_path: Path) -> None:
    (tmp_path / lock.FILE_NAME).write_text("not a lock" * 500)
    with _held(tmp_path, "李会计"), pytest.raises(DeskInUse, match="李会计"):
        DeskLock.take(tmp_path, "周出纳")
