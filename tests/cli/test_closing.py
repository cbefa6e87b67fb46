"""Months closed and opened again by typed commands."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.closing.months import EXCUSE, a_month
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk


@pytest.fixture
def january(desk: Desk, clock: SetClock) -> Desk:
    """A desk with a January to close; it is 3 February."""
    a_month(desk, clock)
    return desk


def test_a_month_is_checked_prepared_closed_and_its_papers_taken_out(
    january: Desk, typed: Typed, tmp_path: Path
) -> None:
    del january
    assert "2026-01\t可以结账" in typed("month", "list", by="").out
    checked = typed("month", "check", "2026-01", by="")
    assert checked.code == 1
    assert "【请办理】2026年1月的银行存款没有和银行对账单核对。" in checked.out
    refused = typed("month", "prepare", "2026-01")
    assert refused.code == 1
    assert "没有和银行对账单核对" in refused.err
    assert typed("month", "prepare", "2026-01", "--excuse", EXCUSE).code == 0
    alone = typed("month", "close", "2026-01")
    assert alone.code == 1
    assert "这一步由村主要负责人、民主理财小组办理" in alone.err
    assert "关上了" in typed("month", "close", "2026-01", by="钱组长").out
    files = json.loads(typed("month", "papers", "2026-01", "-o", tmp_path, by="", as_json=True).out)
    assert [Path(name).name for name in files][:2] == ["2026-01-1-结账单.pdf", "2026-01-1-收支明细表.pdf"]
    assert all(Path(name).read_bytes().startswith(b"%PDF") for name in files)


def test_opening_again_is_asked_agreed_or_refused(january: Desk, typed: Typed) -> None:
    del january
    typed("month", "prepare", "2026-01", "--excuse", EXCUSE)
    typed("month", "close", "2026-01", by="赵主任")
    assert typed("month", "reopen", "2026-02", "--reason", "漏记", "--days", 3).code == 2
    assert "待村主要负责人同意" in typed("month", "reopen", "2026-01", "--reason", "漏记", "--days", 3).out
    assert "没有同意" in typed("month", "refuse", "--note", "记到二月", by="赵主任").out
    typed("month", "reopen", "2026-01", "--reason", "回单二月才到", "--days", 3)
    assert "随下一份数据包报乡镇" in typed("month", "agree", by="赵主任").out
    assert typed("month", "agree", by="赵主任").code == 2, "there is none to agree to any more"


def test_what_is_no_month_is_misuse(typed: Typed) -> None:
    assert typed("month", "check", "三月").code == 2
    assert typed("month", "papers", "2026-01", "-o", ".", by="").code == 2


def test_a_township_has_nothing_to_rule_on_at_first(typed: Typed) -> None:
    assert "没有等乡镇意见的反结账申请" in typed("reopenings", "list", by="").out
    assert typed("reopenings", "grant", "01ARZ").code == 2
