"""A file for elsewhere is saved whole, or a sentence says why not and nothing half-written stays."""

import errno
import os
from pathlib import Path

import pytest

from tests.storage.medium import mounted, needs_root, protected
from villagedesk.kernel.errors import NotSaved
from villagedesk.storage.saving import file_name, save_file


def test_what_is_saved_is_whole(tmp_path: Path) -> None:
    save_file(tmp_path / "公示.pdf", b"%PDF")
    save_file(tmp_path / "公示.pdf", b"%PDF again")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"公示.pdf": b"%PDF again"}


@needs_root
def test_on_a_full_disk_the_file_that_was_there_stays(tmp_path: Path) -> None:
    with mounted(tmp_path / "U", "64k") as stick:
        save_file(stick / "公示.pdf", b"before")
        with pytest.raises(NotSaved, match="没有存成（磁盘或U盘满了），记下的账不受影响，那里也没有留下半个文件。"):
            save_file(stick / "公示.pdf", bytes(200_000))
        assert {path.name: path.read_bytes() for path in stick.iterdir()} == {"公示.pdf": b"before"}


def test_on_a_protected_stick_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with protected(tmp_path / "there", tmp_path / "U") as stick:
        with pytest.raises(NotSaved, match="不能写入"):
            save_file(stick / "公示.pdf", b"%PDF")
        assert list(stick.iterdir()) == []


def test_a_folder_that_has_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="文件夹不见了），记下的账不受影响"):
        save_file(tmp_path / "U" / "公示.pdf", b"%PDF")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="文件名太长"):
        save_file(tmp_path / ("公" * 90 + ".pdf"), b"%PDF")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.ENODEV])
def test_a_medium_that_fails_while_it_is_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotSaved) as told:
        save_file(tmp_path / "公示.pdf", b"%PDF")
    assert str(told.value).endswith("。")
    assert list(tmp_path.iterdir()) == []


def test_a_title_becomes_a_name_that_every_system_takes() -> None:
    assert file_name("收/支：2026*年?", ".pdf") == "收_支：2026_年_.pdf"
    assert file_name(" . ", ".pdf") == "文件.pdf"
    assert len(file_name("公" * 300, ".xlsx").encode()) <= 255
