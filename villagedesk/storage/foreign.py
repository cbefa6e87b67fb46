"""Foreign sheets as they come (CSV in GB18030 or UTF-8, .xls, .xlsx) as rows of plain cells."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from villagedesk.kernel.errors import BadInput

Cell = str | float | date | None
_SPREADSHEETS = {".xls", ".xlsx", ".xlsm", ".ods", ".et"}
_LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its file's name and its rows, all of one width. Row ``i`` stands in line ``i + 1`` of the file."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def head_row(self, *heads: str) -> int:
        """Return the index of the first row that has all these heads, gaps inside them ignored.

        Raises BadInput naming the heads when no row has them.
        """
        for index, row in enumerate(self.rows):
            if set(heads) <= {squeezed(cell) for cell in row}:
                return index
        raise BadInput(self.name, f"没有找到表头“{'、'.join(heads)}”，请检查是不是选错了表。")

    def column(self, head_row: int, head: str) -> int:
        """Return the index of the column under ``head``; head_row has it."""
        return [squeezed(cell) for cell in self.rows[head_row]].index(head)


def squeezed(cell: Cell) -> str:
    """Return a cell's text without any space inside or around: ``"姓 名"`` → ``"姓名"``."""
    return "".join(text(cell).split())


def text(cell: Cell) -> str:
    """Return a cell as a person reads it; whole numbers without ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).strip()


def read_grid(path: Path) -> Grid:
    """Read a foreign sheet. Raises BadInput when it is missing, too large, broken, locked or no sheet at all."""
    if not path.is_file():
        raise BadInput(path.name, "找不到这个文件，请检查文件是否还在、U盘是否插好。")
    if path.stat().st_size > _LARGEST:
        raise BadInput(path.name, "文件太大（超过50兆），请检查是不是选错了文件。")
    rows = _spreadsheet(path) if path.suffix.lower() in _SPREADSHEETS else _csv(path)
    if not any(any(text(cell) for cell in row) for row in rows):
        raise BadInput(path.name, "表里是空的。")
    width = max(len(row) for row in rows)
    return Grid(path.name, tuple(row + ("",) * (width - len(row)) for row in rows))


def _csv(path: Path) -> list[tuple[Cell, ...]]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            written = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in written:
            break
        try:
            return [tuple(row) for row in csv.reader(io.StringIO(written, newline=""))]
        except csv.Error:
            break
    raise BadInput(path.name, "认不出里面的文字，请另存为 CSV 或 Excel 文件再导入。")


def _spreadsheet(path: Path) -> list[tuple[Cell, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise BadInput(
            path.name, "这个 Excel 文件打不开，可能已损坏或加了密码。请用 WPS 打开后另存一份再导入。"
        ) from error
    return [tuple(_cell(value) for value in row) for row in rows]


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | int | float):
        return float(value)
    return value if isinstance(value, str | date) else None
