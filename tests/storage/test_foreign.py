"""Foreign sheets are read as they come, and what is no sheet is refused in plain words."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.errors import BadInput
from villagedesk.storage.foreign import Grid, book, read_grid, squeezed, text

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_it_comes_in(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "名册.csv"
    file.write_bytes('姓名,备注\r\n王𬭎,"住在\n河边,左岸"\r\n张䶮,\r\n'.encode(encoding))
    assert read_grid(file) == Grid("名册.csv", (("姓名", "备注"), ("王𬭎", "住在\n河边,左岸"), ("张䶮", "")))


def test_an_old_excel_file_keeps_its_text_amounts() -> None:
    grid = read_grid(DATA / "roster-17-columns.xls")
    assert {len(row) for row in grid.rows} == {17}


def test_a_new_excel_file_gives_numbers_dates_and_gaps(tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 1, ["姓 名", 12.5, 3, True])
        sheet.write_datetime(2, 1, date(2026, 4, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    grid = read_grid(file)
    assert grid.rows[1][1:] == ("姓 名", 12.5, 3.0, 1.0)
    assert grid.rows[2][1] == date(2026, 4, 1)
    assert text(grid.rows[0][0]) == ""


def test_heads_are_found_whatever_gaps_stand_in_them() -> None:
    grid = Grid("表", (("一季度", None), (" 姓　名 ", "金 额"), ("王𬭎", 3.0)))
    assert grid.head_row("姓名", "金额") == 1
    assert grid.column(1, "金额") == 1
    with pytest.raises(BadInput, match="没有找到表头“姓名、账号”"):
        grid.head_row("姓名", "账号")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_shown_as_a_person_writes_it(number: float) -> None:
    shown = text(number)
    assert float(shown) == number
    assert not shown.endswith(".0")


def test_cells_as_text() -> None:
    assert [text(cell) for cell in (None, " 甲 ", 3.0, 2.5, date(2026, 4, 1))] == ["", "甲", "3", "2.5", "2026-04-01"]
    assert squeezed(" 与 户主　关系 ") == "与户主关系"


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("空.csv", b"", "表里是空的"),
        ("空白.csv", b" , ,\r\n", "表里是空的"),
        ("图.csv", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "认不出里面的文字"),
        ("零.csv", b"a,\x00b", "认不出里面的文字"),
        ("长.csv", b'"' + b"x" * 200_000, "认不出里面的文字"),
        ("坏.xlsx", b"PK\x03\x04 not a workbook", "这个 Excel 文件打不开"),
        ("坏.xls", b"\xd0\xcf\x11\xe0", "这个 Excel 文件打不开"),
    ],
)
def test_what_is_no_sheet_is_refused_in_plain_words(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=f"“{name}”没有导入，账里一条也没有变。{why}"):
        read_grid(_write(tmp_path / name, content))


def test_a_missing_file_and_one_that_is_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="找不到这个文件"):
        read_grid(tmp_path / "没有.csv")
    monkeypatch.setattr(book, "LARGEST", 3)
    with pytest.raises(BadInput, match="文件太大"):
        read_grid(_write(tmp_path / "大.csv", b"abcdef"))
