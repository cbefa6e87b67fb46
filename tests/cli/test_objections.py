"""Objections and wordings by typed commands."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.disclosure.books import Books, issued
from villagedesk.disclosure.model import Notice, Objection, Wording
from villagedesk.storage.desk import Desk


@pytest.fixture
def notice(desk: Desk, books: Books) -> Notice:
    """村务公示〔2026〕1号."""
    return issued(desk)[0]


def test_an_objection_is_taken_down_paused_answered_and_printed(
    typed_between: Typed, desk: Desk, notice: Notice, tmp_path: Path
) -> None:
    done = typed_between(
        "objection", "register", "村务公示〔2026〕1号", "到账少了？", "--asker", "王桂香", "--reach", "13800001111"
    )
    assert done.out.startswith("登记好了：异议〔2026〕1号。还剩3天"), done.err
    assert "暂停计时" in typed_between("objection", "pause", "1", "等复核").out
    assert "还剩3天" in typed_between("objection", "resume", "异议〔2026〕1号").out
    listed = typed_between("objection", "list", "--open", by="").out
    assert "异议〔2026〕1号\t村务公示〔2026〕1号\t还剩3天\t到账少了？" in listed
    (plain,) = json.loads(typed_between("objection", "list", by="", as_json=True).out)
    assert "王桂香" not in str(plain)
    assert "13800001111" not in str(plain)
    refused = typed_between("objection", "print", "1", "-o", tmp_path / "答复.pdf", by="")
    assert (refused.code, "先写好答复" in refused.err) == (1, True)
    replied = typed_between("objection", "reply", "1", "已说明", "下季度公示", "--on", "2026-04-08")
    assert "2026年4月8日答复，没有过期（应在2026年4月11日前答复）。" in replied.out
    assert typed_between("objection", "print", "1", "-o", tmp_path / "答复.pdf", by="").code == 0
    assert (tmp_path / "答复.pdf").read_bytes().startswith(b"%PDF")


def test_what_cannot_be_is_refused_in_a_sentence(typed_between: Typed, desk: Desk, notice: Notice) -> None:
    assert typed_between("objection", "register", "村务公示〔2026〕9号", "问").code == 2
    assert "请删去" in typed_between("objection", "register", notice.id[-6:], "我是13800001111").err
    assert "不能办" in typed_between("objection", "register", notice.id[-6:], "问", by="周监督").err
    assert desk.find(Objection) == []


def test_words_are_shown_changed_and_restored(typed_between: Typed, desk: Desk, books: Books) -> None:
    assert "现将我村{事项}公示如下，请大家监督。" in typed_between("wording", "show", "funds", by="").out
    done = typed_between("wording", "set", "funds", "--ending", "账本在{村名}村委会。")
    assert "第1版" in done.out, done.err
    assert "账本在{村名}村委会。" in typed_between("wording", "show", "funds", by="").out
    broken = typed_between("wording", "set", "funds", "--lead", "{没有}")
    assert (broken.code, "可以用的有：{事项}" in broken.err) == (1, True)
    assert "用回原来的措辞" in typed_between("wording", "restore", "funds").out
    (wording,) = desk.find(Wording)
    assert (wording.version, wording.ending) == (2, "")
    assert typed_between("wording", "show", "没有", by="").code == 2
