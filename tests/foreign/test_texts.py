"""Texts and web pages under the name of a workbook: whatever they begin with, however carelessly they are closed."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.errors import BadInput
from villagedesk.storage.foreign import open_book, read_grid
from villagedesk.storage.foreign.texts import text_grid
from villagedesk.storage.foreign.webpage import page_tables

ROWS = [("姓名", "金额"), ("严珍", "1200")]
CLOSED = "<table><tr><td>姓名</td><td>金额</td></tr><tr><td>严珍</td><td>1200</td></tr></table>"
OPEN = "<table><tr><td>姓名<td>金额<tr><td>严珍<td>1200</table>"


@pytest.mark.parametrize("table", [CLOSED, OPEN, OPEN.replace("table", "TABLE").replace("td", "TD")])
@pytest.mark.parametrize(
    "before",
    ["", "<?xml version='1.0'?><html>", "<!-- 导出 --><div>", "\ufeff<style>td{mso-number-format:'\\@'}</style>", "\r\n <html><body>",
     "<html><!--[if gte mso 9]><x:ExcelWorkbook></x:ExcelWorkbook><![endif]--><![if !mso]><![endif]>", "查询结果："],
)  # fmt: skip
def test_a_table_is_found_whatever_stands_before_it(table: str, before: str) -> None:
    assert list(text_grid("页.xls", (before + table).encode()).rows) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_page_and_a_text_are_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    for name, written in (
        ("页.xls", f"<html>\n{OPEN}"),
        ("表.xls", "姓名\t金额\r\n严珍\t1200\r\n"),
        ("表.csv", "姓名,金额\n严珍,1200\n"),
    ):
        (tmp_path / name).write_bytes(written.encode(encoding))
        assert list(read_grid(tmp_path / name).rows) == ROWS


@given(st.text(alphabet="一二丁丈\u3000严珍，。0123456789,\n", min_size=1), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_a_wide_text_without_its_mark_is_never_read_the_wrong_way_round(written: str, encoding: str) -> None:
    content = f"姓名,1\n{written}".encode(encoding)
    found = text_grid("表.csv", content)
    assert found.rows[0][:2] == ("姓名", "1")


def test_a_cell_over_several_rows_keeps_the_others_in_their_columns() -> None:
    page = "<table><tr><td rowspan=2>1组<td colspan=2>甲<tr><td>乙<td>丙<tr><td>2组<td>丁<td rowspan=9>戊</table>"
    found = page_tables(page)
    rows, merged = list(found.rows), found.merged
    assert rows == [("1组", "甲", ""), ("", "乙", "丙"), ("2组", "丁", "戊")]
    assert merged == ((0, 0, 1, 0), (0, 1, 0, 2), (2, 2, 10, 2))


def test_hidden_and_struck_rows_of_a_page_are_seen() -> None:
    page = (
        "<style>rt {color:windowtext; display:none;}</style><table><tr><td>姓名<tr style='display: none'><td>甲"
        "<tr><td><s>乙</s><tr><td style='text-decoration:line-through'>丙<tr><td>丁<tr hidden><td> </table>"
    )
    found = page_tables(page)
    assert (set(found.hidden), set(found.struck), found.is_seen) == ({1}, {2, 3}, True)
    assert text_grid("表.xls", page.encode()).hidden == {1}
    assert not page_tables("<style>.xl65 {text-decoration:line-through;}</style><table><tr><td>甲").is_seen


@pytest.mark.parametrize(
    "content",
    ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table>',
     "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + CLOSED, "From: <保存>\r\n" + CLOSED],
)  # fmt: skip
def test_what_only_an_office_program_reads_is_said_with_what_to_do(content: str) -> None:
    with pytest.raises(BadInput, match=r"请用 WPS 打开，另存为 \.xlsx 再导入"):
        text_grid("表.xls", content.encode())


@given(st.text(alphabet='<>/!-[]"tdrablehmxn =1', max_size=80))
def test_a_page_of_any_signs_is_read_or_refused(signs: str) -> None:
    book = open_book("页.xls", f"<table>{signs}".encode())
    with suppress(BadInput):
        assert book.grid("").name == "页.xls"
