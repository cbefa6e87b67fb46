"""The tables of a sheet of paper as files: one workbook for Excel and WPS, or one CSV a table.

The same sheet gives the same bytes. Only amounts become numbers; all else stays text, so that no number of a
contract or an account is rounded or written with an E.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby, takewhile
from typing import Any

from villagedesk.reports.sheet import Align, Column, Facts, Preset, Sheet, Table

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # or the same sheet would give other bytes tomorrow
_AMOUNT = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,2})?")
_MISTAKEN = re.compile(r"[0-9]{12,}|0[0-9]+|[0-9.]+[eE][+-]?[0-9]+|[0-9]{1,2}[-/][0-9]{1,2}", re.ASCII)
"""What Excel would round, shorten, or take for a date: 510322105207000123, 0012, 1E5, 3-5."""
_MOST_FIGURES = 15
"""Figures that Excel keeps of a number."""
_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\<>|\"\x00-\x1f]")
_NARROWEST, _WIDEST, _MANY = 8, 44, 7
_BOM = "\ufeff"

_HEAD = {"valign": "vcenter", "text_wrap": True, "border": 1, "bold": True, "align": "center", "bg_color": "#EEECE6"}
_ALIGNED = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.AMOUNT: "right"}


def to_xlsx(sheet: Sheet) -> bytes:
    """Return a workbook with a worksheet for each table, under the paper's title, number and issuer.

    The facts that stand above the table on paper (its period, whose account it is) stand above it here.

    A paper without tables gives one worksheet that says so.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": sheet.title, "author": sheet.issuer, "created": _CREATED})
        writer = _Writer(book, sheet)
        for name, table in _named_tables(sheet):
            writer.write(name, table, _facts_above(sheet, table))
        if not writer.has_written:
            writer.begin("没有表格", 1).write_string(3, 0, "这张纸上没有表格。")
    return file.getvalue()


def to_csv(sheet: Sheet) -> dict[str, bytes]:
    """Return for each table a file's name and its content, in UTF-8 with the mark that Excel knows it by.

    Amounts stand without separators. What Excel would take for a formula or round has an apostrophe or a tab.
    """
    return {f"{name}.csv": _csv(table) for name, table in _named_tables(sheet)}


class _Writer:
    """Writes tables into a workbook, each on a worksheet that prints on A4 as wide as the paper."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._cells: dict[tuple[Align, str, bool], Any] = {}
        self.has_written = False
        self._top = 2

    def begin(self, name: str, width: int, facts: str = "") -> Any:
        """Return a new worksheet with the paper's heading, and ``facts`` on a row below it."""
        self.has_written = True
        page = self._book.add_worksheet(name)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_footer("&C第 &P 页，共 &N 页")
        if width > _MANY or self._sheet.preset is Preset.WIDE:
            page.set_landscape()
        title = self._format(bold=True, font_size=16, align="center", text_wrap=True, valign="vcenter")
        self._across(page, 0, width, self._sheet.title, title)
        page.set_row(0, 26 * max(1, _width_of(self._sheet.title) // (10 * width + 30) + 1))
        said = "　".join(part for part in (self._sheet.number, self._sheet.issuer) if part)
        self._across(page, 1, width, said, self._format(align="center"))
        self._top = 3 if facts else 2
        if facts:
            self._across(page, 2, width, facts, self._format(text_wrap=True, valign="vcenter"))
            page.set_row(2, 16 * (_width_of(facts) // (10 * width + 10) + 1))
        return page

    def write(self, name: str, table: Table, facts: str = "") -> None:
        """Write one table under the facts that stand above it on paper."""
        count = len(table.columns)
        page = self.begin(name, count, facts)
        page.write_string(self._top, 0, table.caption, self._format(bold=True))
        if table.unit and count > 1:
            page.write_string(self._top, count - 1, table.unit, self._format(align="right"))
        first = self._heads(page, table.columns)
        page.freeze_panes(first, 0)
        page.repeat_rows(self._top + 1, first - 1)
        for row, cells in enumerate(table.rows, first):
            self._row(page, row, table.columns, cells)
        if table.total:
            self._row(page, first + len(table.rows), table.columns, table.total, is_bold=True)
        for place, column in enumerate(table.columns):
            page.set_column(
                place, place, _column_width(column, [row[place] for row in (*table.rows, table.total) if row])
            )

    def _heads(self, page: Any, columns: Sequence[Column]) -> int:
        """Write the heads, in two rows where columns share one; return the row below them."""
        head, top = self._format(**_HEAD), self._top + 1
        if not any(column.group for column in columns):
            page.write_row(top, 0, [column.head for column in columns], head)
            return top + 1
        for group, run in groupby(enumerate(columns), key=lambda pair: pair[1].group):
            places = [place for place, _ in run]
            if group:
                self._across(page, top, len(places), group, head, places[0])
                page.write_row(top + 1, places[0], [columns[place].head for place in places], head)
            else:
                for place in places:
                    page.merge_range(top, place, top + 1, place, columns[place].head, head)
        return top + 2

    def _row(
        self, page: Any, row: int, columns: Sequence[Column], cells: Sequence[str], *, is_bold: bool = False
    ) -> None:
        for place, (column, text) in enumerate(zip(columns, cells, strict=True)):
            number = _number(column, text)
            if number is None:
                page.write_string(row, place, text, self._cell(column.align, "@", is_bold))
            else:
                page.write_number(row, place, float(number), self._cell(column.align, _figures(number), is_bold))

    def _cell(self, align: Align, figures: str, is_bold: bool) -> Any:  # noqa: FBT001
        key = align, figures, is_bold
        if key not in self._cells:
            self._cells[key] = self._format(
                valign="vcenter", text_wrap=True, border=1, num_format=figures, align=_ALIGNED[align], bold=is_bold
            )
        return self._cells[key]

    def _across(self, page: Any, row: int, width: int, text: str, look: Any, start: int = 0) -> None:
        if width > 1:
            page.merge_range(row, start, row, start + width - 1, text, look)
        else:
            page.write_string(row, start, text, look)

    def _format(self, **look: object) -> Any:
        return self._book.add_format(look)


def _named_tables(sheet: Sheet) -> Iterator[tuple[str, Table]]:
    """Yield the tables with names of their own that Excel takes: a caption, else the paper's number, else its title."""
    taken: set[str] = set()
    for table in sheet.blocks:
        if isinstance(table, Table):
            name = _free_name(table.caption or sheet.number or sheet.title, taken)
            taken.add(name.casefold())
            yield name, table


def _facts_above(sheet: Sheet, table: Table) -> str:
    """Return the labels and values that stand above a table on paper, on one line."""
    above = takewhile(lambda block: block is not table, sheet.blocks)
    rows = [row for block in above if isinstance(block, Facts) for row in block.rows]
    return "　".join(f"{label}：{value}" for label, value in rows if value)


def _free_name(wanted: str, taken: set[str]) -> str:
    name = _FORBIDDEN_IN_NAMES.sub(" ", wanted).strip(" '.")[:_LONGEST_NAME].strip(" '") or "表"
    if name.casefold() == "history":  # Excel keeps this one for itself
        name = "表"
    free, count = name, 1
    while free.casefold() in taken:
        count += 1
        tail = f"（{count}）"
        free = name[: _LONGEST_NAME - len(tail)] + tail
    return free


def _number(column: Column, text: str) -> str | None:
    """Return an amount as plain figures when a number says exactly the same, else None."""
    if column.align is not Align.AMOUNT or not _AMOUNT.fullmatch(text):
        return None
    plain = text.replace(",", "")
    figures = plain.lstrip("-")
    has_idle_zero = len(figures) > 1 and figures[0] == "0" and figures[1] != "."
    is_minus_nothing = plain.startswith("-") and not figures.strip("0.")
    too_long = len(figures.replace(".", "")) > _MOST_FIGURES
    return None if has_idle_zero or is_minus_nothing or too_long else plain


def _figures(number: str) -> str:
    """Return how Excel shows a number so that it looks as on the paper."""
    places = len(number.partition(".")[2])
    return "#,##0." + "0" * places if places else "#,##0"


def _csv(table: Table) -> bytes:
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(
        _harmless(f"{column.group} {column.head}" if column.group else column.head) for column in table.columns
    )
    for cells in (*table.rows, *((table.total,) if table.total else ())):
        rows.writerow(
            _number(column, text) or _harmless(text) for column, text in zip(table.columns, cells, strict=True)
        )
    return (_BOM + written.getvalue()).encode()


def _harmless(text: str) -> str:
    """Return text that Excel leaves as it is: no formula, no rounded or shortened number."""
    if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _AMOUNT.fullmatch(text):
        return "'" + text
    return text + "\t" if _MISTAKEN.fullmatch(text) else text


def _column_width(column: Column, cells: Sequence[str]) -> float:
    """Return a width in figures: that of the longest word in it, within limits; what is longer wraps."""
    longest = max((_width_of(line) for text in (column.head, *cells) for line in text.split("\n")), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _width_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
