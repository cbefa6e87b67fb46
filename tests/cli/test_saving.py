"""Whatever a command writes for elsewhere is whole or not there, and a place that is gone is said in plain words."""

import ast
import errno
import json
import os
from pathlib import Path

import pytest

from tests.cli.shell import Typed

ROOMS = sorted((Path(__file__).parents[2] / "villagedesk" / "cli").glob("*.py"))
WRITERS = {"write_bytes", "write_text", "save_file", "open"}


def test_only_the_session_writes_files() -> None:
    calls = {
        f"{path.name}:{node.lineno}"
        for path in ROOMS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and path.name != "session.py"
        if getattr(node.func, "attr", getattr(node.func, "id", "")) in WRITERS and "Desk" not in ast.unparse(node.func)
    }
    assert not calls


@pytest.mark.usefixtures("books")
def test_a_folder_that_is_gone_is_said_in_plain_words(typed_between: Typed, tmp_path: Path) -> None:
    claim = json.loads(typed_between("pay", "list", as_json=True).out)[0]["id"]
    for words in (
        ("pay", "print", claim), ("pay", "register", "2026"), ("budget", "print", "budget"),
        ("project", "print", "wishes"), ("meeting", "print", "ranking"), ("posts", "sheet", "caretaker"),
        ("review", "record", "--period", "2026-03"), ("check",), ("notice", "funds", "--period", "2026Q1"),
        ("ledger", "blank-count"), ("ledger", "book", "bank", "2026"), ("payroll", "unpaid"),
    ):  # fmt: skip
        answer = typed_between(*words, "-o", tmp_path / "没有的文件夹" / "表.pdf")
        assert (answer.code, answer.out) == (1, ""), words
        assert "“表.pdf”没有存成（这个文件夹不见了）" in answer.err, words


def test_a_full_disk_leaves_the_paper_that_lay_there(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "登记簿.pdf"
    target.write_bytes("上个月的".encode())
    monkeypatch.setattr("villagedesk.storage.attachments.os.fsync", full)
    answer = typed("pay", "register", "2026", "-o", target, by="")
    assert answer.code == 1
    assert "磁盘或U盘满了" in answer.err
    assert target.read_bytes() == "上个月的".encode()
    assert list(tmp_path.glob("*.part")) == []


def test_what_is_recorded_is_said_before_its_paper_fails(typed: Typed, tmp_path: Path) -> None:
    answer = typed("ledger", "statement", "0", "-o", tmp_path / "没有的文件夹" / "表.pdf")
    assert answer.code == 1, answer
    assert answer.out == "对账单0.00元，账面0.00元，记上了。\n"
    assert "没有存成" in answer.err
