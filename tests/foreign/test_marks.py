"""What an .xlsx tells of rows beside their values: struck cells and words, formulas that came to an error."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from villagedesk.storage.foreign import read_grid
from villagedesk.storage.foreign.columns import Layout, Sort, Wanted
from villagedesk.storage.foreign.heads import lay
from villagedesk.storage.foreign.reading import row_notes

LAYOUT = Layout("pay", "表", (Wanted("name", "姓名"), Wanted("amount", "金额", Sort.AMOUNT)), ("姓名", "金额"))


@pytest.fixture
def struck(tmp_path: Path) -> Path:
    """Heads struck through; one line struck in a cell, one in a word, one only underlined; a blank cell struck."""
    with xlsxwriter.Workbook(str(tmp_path / "表.xlsx")) as book:
        strike, plain, line = (
            book.add_format({"font_strikeout": True}), book.add_format({"bold": True}), book.add_format({"underline": 1}),
        )  # fmt: skip
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "金额"], strike)
        sheet.write_row(1, 0, ["甲", 1.0])
        sheet.write(2, 0, "乙", strike)
        sheet.write(2, 1, 2.0)
        sheet.write_rich_string(3, 0, plain, "丙", strike, "丁")
        sheet.write(3, 1, 3.0)
        sheet.write_row(4, 0, ["戊", 4.0], line)
        sheet.write_row(5, 0, ["己", 5.0])
        sheet.write_blank(5, 3, None, strike)
    return tmp_path / "表.xlsx"


def test_a_struck_cell_and_a_struck_word_are_seen_and_an_empty_one_is_not(struck: Path) -> None:
    grid = read_grid(struck)
    assert set(grid.struck) == {0, 2, 3}
    assert row_notes(lay(grid, LAYOUT)) == ["第3、4行在原表里有划掉的字（删除线），也一起读进来了（共2行）。"]


def test_another_program_writes_them_otherwise(struck: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(struck, rich_text=True)
    book.worksheets[0]["A2"].font = Font(strike=False)
    book.worksheets[0]["B6"].font = Font(strike=True)
    book.save(tmp_path / "另.xlsx")
    assert set(read_grid(tmp_path / "另.xlsx").struck) == {0, 2, 3, 5}


def test_a_hidden_row_is_seen_behind_a_sheet_that_is_a_chart(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "表.xlsx")) as book:
        chart = book.add_chart({"type": "line"})
        book.add_chartsheet("图").set_chart(chart)
        sheet = book.add_worksheet("表")
        chart.add_series({"values": "=表!$B$2:$B$2"})
        sheet.write_row(0, 0, ["姓名", "金额"])
        sheet.write_row(1, 0, ["甲", 1.0])
        sheet.set_row(1, None, None, {"hidden": True})
    assert set(read_grid(tmp_path / "表.xlsx").hidden) == {1}


def test_of_a_workbook_whose_tags_are_spelled_otherwise_is_said_that_nothing_is_seen(
    struck: Path, tmp_path: Path
) -> None:
    """Programs of another maker write <x:row>, which the other library reads like <row>."""
    with zipfile.ZipFile(struck) as book, zipfile.ZipFile(tmp_path / "另.xlsx", "w") as other:
        for name in book.namelist():
            content = book.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", content).replace(b'xmlns="', b'xmlns:x="')
            other.writestr(name, content)
    grid = read_grid(tmp_path / "另.xlsx")
    assert (grid.rows[1][0], grid.is_seen) == ("甲", False)


def test_a_formula_that_came_to_an_error_is_told_from_one_never_worked_out(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "表.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "金额"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 1, "=1+1", None, "")
        sheet.write_formula(3, 1, "=1+1", None, 2)
    grid = read_grid(tmp_path / "表.xlsx")
    assert (set(grid.failed), set(grid.unworked)) == ({(1, 1)}, {(2, 1)})


def test_of_a_workbook_that_does_not_tell_that_is_said() -> None:
    from villagedesk.storage.foreign.grid import Grid

    grid = Grid("表.ods", (("姓名", "金额"), ("甲", 1.0)), is_seen=False)
    assert row_notes(lay(grid, LAYOUT)) == ["原表里有没有隐藏的行、划掉的行，程序看不出来，请打开原表看一看。"]
