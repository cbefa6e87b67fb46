"""What a command writes is what the file's name says it is."""

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.payments import paying
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.payments.model import Voucher
from villagedesk.payments.usecases import post
from villagedesk.storage.desk import Desk
from villagedesk.village.store import office


@pytest.fixture
def paid(desk: Desk) -> Voucher:
    """The voucher of a village that has paid one claim."""
    fund = paying.open_fund(desk)
    return post(desk, paying.granted(desk, paying.a_claim(paying.grant_project(desk, fund=fund), 35_50)).id)


@pytest.mark.parametrize("words", [("pay", "register", "2026"), ("check",)])
def test_a_sheet_for_excel_is_one(paid: Voucher, typed: Typed, tmp_path: Path, words: tuple[str, ...]) -> None:
    from openpyxl import load_workbook

    target = tmp_path / "登记簿.XLSX"
    typed(*words, "-o", target, by="")
    page = load_workbook(io.BytesIO(target.read_bytes())).active
    assert page is not None
    cells = [str(cell.value) for row in page.iter_rows() for cell in row]
    assert words == ("check",) or (paid.label in "".join(cells) or "35.5" in cells)


@pytest.mark.parametrize("name", ["登记簿.pdf", "登记簿"])
def test_any_other_sheet_is_paper(paid: Voucher, typed: Typed, tmp_path: Path, name: str) -> None:
    assert paid.number == 1
    typed("pay", "register", "2026", "-o", tmp_path / name, by="")
    assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def test_paper_under_a_wrong_name_is_not_written(paid: Voucher, typed: Typed, tmp_path: Path) -> None:
    assert paid.number == 1
    answer = typed("pay", "register", "2026", "-o", tmp_path / "登记簿.xls", by="")
    assert (answer.code, "请把文件名写成 .pdf 结尾" in answer.err) == (2, True)
    assert not (tmp_path / "登记簿.xls").exists()


def test_paper_without_a_table_is_no_sheet_for_excel(paid: Voucher, typed: Typed, tmp_path: Path) -> None:
    answer = typed("pay", "print", paid.claim_id, "-o", tmp_path / "报账单.xlsx", by="")
    assert (answer.code, "这张纸上没有表格" in answer.err) == (2, True)
    assert not (tmp_path / "报账单.xlsx").exists()


@pytest.fixture
def real(desk: Desk) -> Desk:
    """The desk of a village that does not practise: of practice nobody asks what day it is."""
    with desk.change("test.real") as change:
        change.put(replace(office(desk), is_practice=False))
    return desk


@pytest.mark.parametrize(
    ("today", "code", "said"),
    [
        ((), 1, "加 --today 写明今天的日期"),
        (("--today", "2027-03-01"), 2, "和写的不一样"),
        (("--today", "今天"), 2, "不是日期"),
        (("--today", "2036年3月1日"), 0, "专账开好了"),
    ],
)
def test_a_date_years_ahead_is_typed_before_anything_is_written(
    real: Desk, typed: Typed, clock: SetClock, today: tuple[str, ...], code: int, said: str
) -> None:
    assert not real.is_writable, "it is closed: commands open it anew"
    clock.set(datetime(2036, 3, 1, 9, 0, tzinfo=CHINA))
    answer = typed(*today, "fund", "open", "2036", "县级补助", "1000")
    assert answer.code == code, answer
    assert said in answer.out + answer.err
