"""The three foreign sheets the tests bend, and how rows are written as workbooks and texts."""

import csv
import io
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

from villagedesk.storage.foreign import Cell, read_grid, squeezed, text

DATA = Path(__file__).parents[1] / "data"
Rows = list[list[Cell]]


@dataclass(frozen=True)
class Source:
    """A real sheet: its kind, its rows, where its heads stand, and which columns hold what (all from 0)."""

    kind: str
    file: Path
    head: int
    name: int
    amount: int
    number: int
    renamed: Mapping[str, str]

    @property
    def rows(self) -> Rows:
        """The sheet's rows, to be changed."""
        return [list(row) for row in read_grid(self.file).rows]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0])

    def lines(self, rows: Rows) -> list[int]:
        """Return the indexes of the rows that are lines of the sheet: named, with an amount, no sum."""
        return [
            at
            for at in range(self.head + 1, len(rows))
            if text(rows[at][self.name]) and "计" not in squeezed(rows[at][0]) and text(rows[at][self.amount])
            and "：" not in text(rows[at][self.amount])
        ]  # fmt: skip


PAYROLL = Source("payroll", DATA / "payroll-2026Q1.xlsx", 2, 1, 4, 3, {
    "姓 名": "领款人", "金额": "实发金额（元）", "账 号": "银行卡号", "负责区域": "岗位",
})  # fmt: skip
EXPENSES = Source("expenses", DATA / "expenses-2025.xlsx", 1, 2, 3, 6, {
    "日期": "付款日期", "开支项目": "摘 要", "收款人": "收款单位", "金额（元）": "支出金额", "票据号": "发票号码",
})  # fmt: skip
ROSTER = Source("roster", DATA / "roster-17-columns.xls", 0, 4, 15, 6, {
    "收款人身份证号": "收款人身份证号码", "银行账号": "一卡通账号", "联系电话": "手机号码",
})  # fmt: skip
SOURCES = (PAYROLL, EXPENSES, ROSTER)


def workbook(path: Path, rows: Rows, *, hidden: Iterable[int] = (), merged: Sequence[tuple[int, int, int, int]] = (),
             cover: str = "", formulas: Mapping[tuple[int, int], str] | None = None) -> Path:  # fmt: skip
    """Write rows as an .xlsx; places count from 0. Formulas are saved with nothing worked out."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        if cover:
            book.add_worksheet("封面").write(0, 0, cover)
        sheet = book.add_worksheet("明细")
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, float):
                    sheet.write_number(at, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, days)
                elif cell:
                    sheet.write_string(at, column, cell)
        for (at, column), formula in (formulas or {}).items():
            sheet.write_formula(at, column, formula, None, "")
        for at in hidden:
            sheet.set_row(at, None, None, {"hidden": True})
        for top, left, bottom, right in merged:
            kept = rows[top][left]
            sheet.merge_range(top, left, bottom, right, "" if kept is None else kept)
    return path


def written(path: Path, rows: Rows, encoding: str, mark: str = ",") -> Path:
    """Write rows as a text file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows([[text(cell) for cell in row] for row in rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def old(source: Source, path: Path, *, hidden: Iterable[int] = (), struck: Iterable[int] = (),
        formulas: Mapping[tuple[int, int], str] | None = None, is_locked: bool = False) -> Path:  # fmt: skip
    """Write a sheet's rows as an .xls of 1997. Formulas are saved with nothing worked out."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("明细")
    for at, cells in enumerate(source.rows):
        line = "font: struck_out on" if at in struck else ""
        style, days = xlwt.easyxf(line), xlwt.easyxf(line, num_format_str="yyyy-mm-dd")
        for column, cell in enumerate(cells):
            if formula := (formulas or {}).get((at, column)):
                sheet.write(at, column, xlwt.Formula(formula), style)
            elif cell:
                sheet.write(at, column, cell, days if isinstance(cell, date) else style)
    for at in hidden:
        sheet.row(at).hidden = True
    book.save(str(path))
    if is_locked:
        content, mark = path.read_bytes(), struct.pack("<HHH", 0x0809, 16, 0x0600)
        at = content.index(mark) + 20
        lock = struct.pack("<HHHHHH", 0x2F, 8, 0, 0x1234, 0x4321, 0)  # over two records nobody needs
        path.write_bytes(content[:at] + lock + content[at + len(lock) :])
    return path


def each_line(source: Source, change: Callable[[list[Cell]], None]) -> Rows:
    """Return the rows with every line changed."""
    rows = source.rows
    for at in source.lines(rows):
        change(rows[at])
    return rows
