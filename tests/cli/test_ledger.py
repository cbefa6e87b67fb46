"""The books by command: read, written to files, and what is written down of cash, bank and advances."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.ledger import keeping
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A fund with money, a project, a payment."""
    fund = keeping.open_fund(desk)
    project = keeping.start_project(desk, fund)
    keeping.arrive(desk, fund, 10_000_00)
    keeping.pay(desk, project, 700_00)
    return desk


def test_a_book_is_read_with_its_balance(typed: Typed) -> None:
    answer = typed("ledger", "book", "bank", "2026-01", by="")
    assert answer.out.splitlines()[1:] == [
        "2026-01-05\t收-1\t资金到账\t\t2026年县级补助\t10,000.00\t0.00\t10,000.00",
        "2026-01-05\t付-1\t路灯灯头\t双石镇兴旺电器\t路灯维修\t0.00\t700.00\t9,300.00",
        "核对：期初余额0.00元，加收入10,000.00元，减支出700.00元，等于期末余额9,300.00元。",
    ]
    told = json.loads(typed("ledger", "book", "fund", "2026", "--of", "县级", by="", as_json=True).out)
    assert told == {"opening": "0.00", "in": "10000.00", "out": "700.00", "closing": "9300.00", "count": 2}


@pytest.mark.parametrize(("which", "whose"), [("cash", ""), ("project", "路灯"), ("payee", "双石镇兴旺电器")])
def test_every_book_is_read(typed: Typed, which: str, whose: str) -> None:
    assert typed("ledger", "book", which, "2026", "--of", whose, by="").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("book", "bank", "2026"),
        ("book", "payee", "2026", "--of", "双石镇兴旺电器"),
        ("income", "2026"),
        ("projects", "2026"),
        ("projects", "2026", "--name", "路灯"),
        ("postings", "2026"),
        ("numbers",),
    ],
)
@pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
def test_whatever_is_read_is_written_to_a_file(
    typed: Typed, words: tuple[str, ...], ending: str, tmp_path: Path
) -> None:
    file = tmp_path / f"账{ending}"
    answer = typed("ledger", *words, "-o", file, by="")
    assert answer.code == 0, answer.err
    assert file.read_bytes()[:4] in {b"%PDF", b"PK\x03\x04"}


def test_the_checks_and_registers_are_told(typed: Typed) -> None:
    assert "2026\t付款凭证\t1\t1—1\t连号" in typed("ledger", "numbers", by="").out
    assert "路灯维修\t90,000.00\t0.00\t700.00\t89,300.00\t0" in typed("ledger", "projects", "2026", by="").out
    assert "2026年县级补助\t0.00\t10,000.00\t0.00\t700.00\t9,300.00" in typed("ledger", "income", "2026", by="").out
    assert (
        "付-1\t路灯灯头　双石镇兴旺电器\t241\t专项应付款\t700.00\t0.00"
        in typed("ledger", "postings", "2026", by="").out
    )


def test_cash_is_taken_and_counted(typed: Typed, tmp_path: Path) -> None:
    assert typed("ledger", "cash", "withdrawn", "420").out == "提取现金420.00元，记上了。\n"
    refused = typed("ledger", "count", "100元=4", "--witness", "周监督")
    assert refused.code == 1
    assert "对账以后还少20.00元没有说明" in refused.err
    file = tmp_path / "盘点.pdf"
    assert typed("ledger", "count", "100元=4", "20元=1", "--witness", "周监督", "-o", file).code == 0
    assert file.exists()
    assert typed("ledger", "money", by="").out == "银行8,880.00元，现金420.00元，预借在外0.00元。\n"


def test_a_statement_is_held_against_the_books(typed: Typed) -> None:
    item = "账付,付灯头,2026-01-05,700"
    answer = typed("ledger", "statement", "10000", "--item", item)
    assert answer.out == "对账单10,000.00元，账面9,300.00元，记上了。\n"


def test_an_advance_is_given_and_settled(typed: Typed) -> None:
    assert typed("ledger", "advance", "赵主任", "300", "买灯头", "--due", "2026-01-20").code == 0
    assert "预借在外300.00元" in typed("ledger", "money", by="").out
    assert typed("ledger", "settle", "赵主任", "300").out == "赵主任归还300.00元，记上了。\n"
    assert "找不到赵主任没有结清的预借" in typed("ledger", "settle", "赵主任", "1").err


def test_a_voucher_that_left_its_advance_open_is_set_off(desk: Desk, typed_between: Typed) -> None:
    given = keeping.advance_to(desk, "赵主任", 300_00)
    keeping.pay(desk, desk.find(Project)[0], 340_00, advance=given, sets_off=False)
    assert typed_between("ledger", "set-off", "2026-2").out == "凭证2026年第2号结清了预借300.00元，记上了。\n"
    assert "没有要结清的预借，账没有变动" in typed_between("ledger", "set-off", "2026-2").out
    assert "预借在外0.00元" in typed_between("ledger", "money", by="").out


def test_an_empty_count_is_written_to_take_to_the_box(typed: Typed, tmp_path: Path) -> None:
    file = tmp_path / "空白.pdf"
    assert typed("ledger", "blank-count", "-o", file, by="").code == 0
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("book", "bank", "2026Q5"), "期间"),
        (("book", "fund", "2026", "--of", "省级"), "找不到资金“省级”"),
        (("count", "30元=1", "--witness", "周监督"), "请写成“100元=12”这样"),
        (("count", "100元", "--witness", "周监督"), "请写成“100元=12”这样"),
        (("statement", "1", "--item", "不知道"), "未达账项请写成"),
        (("cash", "withdrawn", "一百"), "不是金额"),
    ],
)
def test_what_cannot_be_understood_is_misuse(typed: Typed, words: tuple[str, ...], said: str) -> None:
    answer = typed("ledger", *words)
    assert answer.code == 2
    assert said in answer.err
