"""Tables as files: amounts are numbers, all else is text, and other programs read what we wrote."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Column, Facts, Paragraph, Preset, Seal, Sheet, Table
from villagedesk.reports.workbook import to_csv, to_xlsx

COLUMNS = (
    Column("项目"),
    Column("合同号"),
    Column("预算", Align.AMOUNT, "金额（元）"),
    Column("支出", Align.AMOUNT, "金额（元）"),
    Column("备注"),
)
ROWS = (
    ("二组沟渠清淤", "510322105207000123", "120,000.00", "9,999,999,999.99", "=HYPERLINK(1)"),
    ("村口公厕保洁", "0012", "-320.50", "—", "+86 户\n第二行"),
    ("王𬭎家门口路灯", "1E5", "45", "", "-1,200.00"),
)
TABLE = Table(COLUMNS, ROWS, ("合计", "", "119,724.50", "9,999,999,999.99", ""), caption="支出明细", unit="单位：元")
SHEET = Sheet(
    "关于2026年第三季度资金使用情况的公示",
    (
        Paragraph("全体村民："),
        TABLE,
        Table((Column("姓名"), Column("票数", Align.AMOUNT)), (("李秀英", "3"),)),
        Seal("青山村", ""),
    ),
    number="青村财公〔2026〕3号",
    issuer="青山村村民委员会",
)


def read(content: bytes) -> Any:
    """Return the workbook as another library reads it."""
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content))


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "or Excel takes it for another encoding"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_table_is_a_worksheet_under_the_papers_heading() -> None:
    book = read(to_xlsx(SHEET))
    assert book.sheetnames == ["支出明细", "青村财公〔2026〕3号"]
    page = book["支出明细"]
    assert page["A1"].value == SHEET.title
    assert page["A2"].value == "青村财公〔2026〕3号　青山村村民委员会"
    assert (page["A3"].value, page["E3"].value) == ("支出明细", "单位：元")
    assert (book.properties.title, book.properties.creator) == (SHEET.title, SHEET.issuer)


def test_grouped_heads_are_merged() -> None:
    page = read(to_xlsx(SHEET))["支出明细"]
    assert {str(one) for one in page.merged_cells.ranges} == {"A1:E1", "A2:E2", "A4:A5", "B4:B5", "C4:D4", "E4:E5"}
    assert [cell.value for cell in page[4]] == ["项目", "合同号", "金额（元）", None, "备注"]
    assert [page["C5"].value, page["D5"].value] == ["预算", "支出"]


def test_amounts_are_numbers_and_all_else_is_text() -> None:
    page = read(to_xlsx(SHEET))["支出明细"]
    values = [[cell.value for cell in row] for row in page.iter_rows(min_row=6)]
    assert values == [
        ["二组沟渠清淤", "510322105207000123", 120000, 9999999999.99, "=HYPERLINK(1)"],
        ["村口公厕保洁", "0012", -320.5, "—", "+86 户\n第二行"],
        ["王𬭎家门口路灯", "1E5", 45, "", "-1,200.00"],
        ["合计", "", 119724.5, 9999999999.99, ""],
    ]
    assert {cell.data_type for row in page.iter_rows(min_row=6) for cell in row if cell.column in {1, 2, 5}} <= {
        "s",
        "n",
    }
    assert page["E6"].data_type == "s", "no formula"
    assert [page[place].number_format for place in ("C6", "C8", "B6")] == ["#,##0.00", "#,##0", "@"]
    assert page["C9"].font.bold


def test_another_reader_sees_the_same() -> None:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(SHEET))).get_sheet_by_index(0).to_python()
    assert rows[5][:4] == ["二组沟渠清淤", "510322105207000123", 120000.0, 9999999999.99]


def test_it_prints_on_a4_as_wide_as_the_paper_with_its_heads_on_each_page() -> None:
    page = read(to_xlsx(SHEET))["支出明细"]
    assert (page.page_setup.paperSize, page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (9, 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.orientation != "landscape"
    assert page.print_title_rows == "$4:$5"
    assert page.freeze_panes == "A6"
    wide = Sheet("台账", (Table(tuple(Column(str(n)) for n in range(12)), ()),), preset=Preset.WIDE)
    assert read(to_xlsx(wide))["台账"].page_setup.orientation == "landscape"


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    page = read(to_xlsx(SHEET))["支出明细"]
    widths = {letter: page.column_dimensions[letter].width for letter in "ABD"}
    assert widths["B"] >= 18
    assert widths["D"] >= len("9,999,999,999.99")
    long = Sheet("长", (Table((Column("事由"),), (("很长的事由" * 40,),)),))
    assert read(to_xlsx(long))["长"].column_dimensions["A"].width < 60


def test_the_same_sheet_gives_the_same_bytes() -> None:
    import time

    first = to_xlsx(SHEET), to_csv(SHEET)
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert (to_xlsx(SHEET), to_csv(SHEET)) == first


@pytest.mark.parametrize("caption", ["", "收/支[一]:*?", "'名'", "长" * 60, "History", "支出", " . "])
def test_every_caption_becomes_a_name_that_excel_takes(caption: str) -> None:
    table = Table((Column("a"),), (("1",),), caption=caption)
    book = read(to_xlsx(Sheet("支出", (table, table, table))))
    assert len(set(book.sheetnames)) == 3
    assert all(0 < len(name) <= 31 for name in book.sheetnames)
    assert sorted(f"{name}.csv" for name in book.sheetnames) == sorted(to_csv(Sheet("支出", (table, table, table))))


def test_the_facts_above_a_table_on_paper_stand_above_it_here() -> None:
    """A book says its period; without it September's and October's could not be told apart."""
    facts = Facts((("期间", "2026年9月"), ("笔数", "12笔"), ("说明", "")))
    later = Table((Column("姓名"), Column("票数", Align.AMOUNT)), (("李秀英", "3"),))
    book = read(to_xlsx(Sheet("银行日记账", (facts, TABLE, Facts((("截至", "2026年9月30日"),)), later))))
    page = book["支出明细"]
    assert page["A3"].value == "期间：2026年9月　笔数：12笔"
    assert (page["A4"].value, page["E4"].value) == ("支出明细", "单位：元")
    assert [page["A5"].value, page["C6"].value, page["A7"].value] == ["项目", "预算", "二组沟渠清淤"]
    assert (page.freeze_panes, page.print_title_rows) == ("A7", "$5:$6")
    assert "A5:A6" in {str(one) for one in page.merged_cells.ranges}
    assert book["银行日记账"]["A3"].value == "期间：2026年9月　笔数：12笔　截至：2026年9月30日"


def test_a_paper_without_tables_says_so() -> None:
    bare = Sheet("公告", (Paragraph("一"), Facts((("甲", "乙"),))))
    assert read(to_xlsx(bare)).active["A4"].value == "这张纸上没有表格。"
    assert to_csv(bare) == {}


def test_a_csv_has_one_head_row_plain_amounts_and_the_total() -> None:
    rows = rows_of(to_csv(SHEET)["支出明细.csv"])
    assert rows == [
        ["项目", "合同号", "金额（元） 预算", "金额（元） 支出", "备注"],
        ["二组沟渠清淤", "510322105207000123\t", "120000.00", "9999999999.99", "'=HYPERLINK(1)"],
        ["村口公厕保洁", "0012\t", "-320.50", "—", "'+86 户\n第二行"],
        ["王𬭎家门口路灯", "1E5\t", "45", "", "-1,200.00"],
        ["合计", "", "119724.50", "9999999999.99", ""],
    ]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    (content,) = to_csv(Sheet("表", (Table((Column("甲"),), ((text,),)),))).values()
    cell = content.decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"')
    assert not cell.startswith(("=", "+", "@", "\t"))


@settings(max_examples=10)
@given(st.lists(st.integers(-999_999_999_999, 999_999_999_999), min_size=1, max_size=60))
def test_every_amount_is_the_same_number_to_the_fen(amounts: list[int]) -> None:
    from python_calamine import CalamineWorkbook

    content = to_xlsx(Sheet("表", (Table((Column("元", Align.AMOUNT),), tuple((yuan(fen),) for fen in amounts)),)))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[4:]
    assert all(isinstance(value, float) for (value,) in rows)
    assert [round(float(str(value)) * 100) for (value,) in rows] == amounts


@pytest.mark.parametrize(
    "text", ["007", "-0.00", "1.234", "1,23", "12345678901234567890", "１２", "1e5", "3 人", "nan"]
)
def test_what_a_number_would_say_otherwise_stays_text(text: str) -> None:
    page = read(to_xlsx(Sheet("表", (Table((Column("元", Align.AMOUNT),), ((text,),)),)))).active
    assert (page["A5"].value, page["A5"].data_type) == (text, "s")
