"""A foreign file opened by what it is, not by what it is called: its sheets, each read when it is asked for."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from villagedesk.kernel.errors import BadInput
from villagedesk.kernel.progress import Progress
from villagedesk.storage.foreign.cells import Cell, is_blank
from villagedesk.storage.foreign.grid import Grid, Row, even
from villagedesk.storage.foreign.texts import text_grid, written

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    from villagedesk.storage.foreign.marks import Marks

LARGEST = 50 * 1024 * 1024
"""Bytes a foreign file may have."""

MOST_ROWS = 50_000
MOST_COLUMNS = 256

_SPREADSHEETS = {".xls", ".xlsx", ".xlsm", ".ods", ".et"}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NO_SHEETS = (
    (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"), (b"GIF8", "图片"), (b"BM", "图片"), (b"%PDF", "PDF 文件"),
    (b"Rar!", "压缩包"), (b"7z\xbc\xaf", "压缩包"),
)  # fmt: skip
_UNOPENED = "这个 Excel 文件打不开，可能已损坏或加了密码。请用 WPS 打开后另存一份再导入。"
_LOCKED = "这个 Excel 文件打不开，它加了密码。请用 WPS 打开，取消密码后另存一份再导入。"


@dataclass(slots=True)
class Book:
    """A foreign file with its sheets by name; a text file has one sheet without a name."""

    name: str
    sheets: tuple[str, ...]
    hidden_sheets: frozenset[str]
    _content: bytes
    _workbook: "CalamineWorkbook | None"
    _grids: dict[str, Grid] = field(default_factory=dict)

    def grid(self, sheet: str, progress: Progress | None = None) -> Grid:
        """Return a sheet's rows; it may be blank. Raises BadInput when it is broken or too long, or Cancelled."""
        if sheet not in self._grids:
            self._grids[sheet] = self._read(sheet, progress or Progress())
        return self._grids[sheet]

    def _read(self, sheet: str, progress: Progress) -> Grid:
        if self._workbook is None:
            return _fitting(text_grid(self.name, self._content, sheet))
        marks = self._marks(self._place(sheet))  # before the rest: refuses what is too long
        with _plain_fault(self.name, self._content):
            found = self._workbook.get_sheet_by_name(sheet)
            left = (found.start or (0, 0))[1]
            progress.start("读表", (found.end or (-1, -1))[0] + 1)
            if progress.total > MOST_ROWS:
                raise too_long(self.name)
            rows = list(_rows(found.iter_rows(), ("",) * left, progress))
            merged = tuple((*first, *last) for first, last in found.merged_cell_ranges or ())
        plain = even(self.name, rows, sheet)
        marks = marks or self._old_marks(sheet, progress)
        if rows and not marks.rows:  # tags of another spelling (<x:row>), which only the other library reads
            marks = replace(marks, is_seen=False)
        return replace(plain, merged=merged, hidden=marks.hidden, unworked=marks.unworked, struck=marks.struck,
                       failed=marks.failed, is_seen=marks.is_seen)  # fmt: skip

    def _place(self, sheet: str) -> int:
        """Return which sheet of the workbook it is, charts counted."""
        assert self._workbook
        return [found.name for found in self._workbook.sheets_metadata].index(sheet)

    def _old_marks(self, sheet: str, progress: Progress) -> "Marks":
        """Look an .xls over. Raises BadInput when it is locked: its values are then no more than noise."""
        from villagedesk.storage.foreign.oldbook import is_locked, old_marks

        progress.start("看有没有隐藏的行", 1)
        marks = old_marks(self._content, sheet)
        if not marks.is_seen and is_locked(self._content):
            raise BadInput(self.name, _LOCKED)
        return marks

    def _marks(self, place: int) -> "Marks | None":
        """Look an .xlsx over before it is read whole; None for an .xls. Raises BadInput when too long or broken."""
        from zipfile import BadZipFile

        from villagedesk.storage.foreign.marks import UNSEEN, marks_of

        if not self._content.startswith(_ZIP):
            return None
        try:
            marks = marks_of(self._content, place, MOST_ROWS)
        except OverflowError as error:
            raise too_long(self.name) from error
        except (KeyError, StopIteration, IndexError):
            return UNSEEN  # another kind of workbook, such as .ods
        except (BadZipFile, EOFError, OSError, ValueError) as error:
            raise BadInput(self.name, _UNOPENED) from error
        if marks.rows > MOST_ROWS:
            raise too_long(self.name)
        if marks.columns > MOST_COLUMNS:
            raise BadInput(self.name, f"表里最右边有内容的是第{marks.columns}栏，太宽了。请删掉右边多余的栏再导入。")
        return marks


def open_book(name: str, content: bytes) -> Book:
    """Open a foreign file by its content. Raises BadInput when it is too large, locked, broken or no sheet at all."""
    if len(content) > LARGEST:
        raise BadInput(name, "文件太大（超过50兆），请检查是不是选错了文件。")
    is_named_sheet = Path(name).suffix.lower() in _SPREADSHEETS
    why = _UNOPENED if is_named_sheet else "认不出里面的文字，请另存为 CSV 或 Excel 文件再导入。"
    for beginning, what in _NO_SHEETS:
        if content.startswith(beginning):
            raise BadInput(name, f"{why}（它其实是{what}，不是表格。）")
    if content.startswith((_ZIP, _OLE)):
        return _workbook(name, content)
    if is_named_sheet:
        _look_like_text(name, content)
    return Book(name, ("",), frozenset(), content, None)


def read_bytes(path: Path) -> bytes:
    """Return a foreign file's content. Raises BadInput when it is missing, cannot be read or is too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(path.name, "文件太大（超过50兆），请检查是不是选错了文件。")
        return path.read_bytes()
    except IsADirectoryError as error:
        raise BadInput(path.name, "这是一个文件夹，请选里面的表。") from error
    except FileNotFoundError as error:
        raise BadInput(path.name, "找不到这个文件，请检查文件是否还在、U盘是否插好。") from error
    except OSError as error:
        raise BadInput(path.name, "这个文件读不出来，请检查U盘是否插好，或者有没有别的程序正占着它。") from error


def read_grid(path: Path) -> Grid:
    """Return a foreign file's first sheet. Raises BadInput when it is missing, too large, broken, locked or blank."""
    book = open_book(path.name, read_bytes(path))
    grid = book.grid(book.sheets[0])
    if all(is_blank(cell) for row in grid.rows for cell in row):
        raise BadInput(path.name, "表里是空的。")
    return grid


def too_long(name: str) -> BadInput:
    """Return the fault of a sheet with more rows than are taken at once."""
    return BadInput(name, f"表里超过{MOST_ROWS // 10_000}万行，一次导入不了这么多。请分成几个表，再一个一个导入。")


def _workbook(name: str, content: bytes) -> Book:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise BadInput(name, _LOCKED)
    with _plain_fault(name, content):
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [found for found in workbook.sheets_metadata if found.typ is SheetTypeEnum.WorkSheet]
    if not sheets:
        raise BadInput(name, _UNOPENED)
    hidden = frozenset(found.name for found in sheets if found.visible is not SheetVisibleEnum.Visible)
    return Book(name, tuple(found.name for found in sheets), hidden, content, workbook)


def _look_like_text(name: str, content: bytes) -> None:
    """What is called a workbook and is none may still be a text or a web page. Raises BadInput when it is neither."""
    try:
        is_blank_text = not written(name, content).strip()
    except BadInput as error:
        raise BadInput(name, _UNOPENED) from error
    if is_blank_text:
        raise BadInput(name, _UNOPENED)


@contextmanager
def _plain_fault(name: str, content: bytes) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    from villagedesk.storage.foreign.oldbook import is_locked

    try:
        yield
    except PasswordError as error:
        raise BadInput(name, _LOCKED) from error
    except (CalamineError, OSError, ValueError, EOFError) as error:
        is_old_and_locked = content.startswith(_OLE) and is_locked(content)
        raise BadInput(name, _LOCKED if is_old_and_locked else _UNOPENED) from error


def _rows(rows: Iterable[Sequence[object]], left: Row, progress: Progress) -> Iterator[Row]:
    for row in rows:
        progress.step()
        yield (*left, *(_cell(value) for value in row))


def _fitting(grid: Grid) -> Grid:
    if len(grid.rows) > MOST_ROWS:
        raise too_long(grid.name)
    return grid


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | int | float):
        return float(value)
    return value if isinstance(value, str | date) else None
