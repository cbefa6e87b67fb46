"""What an .xls says of its cells beside their values: hidden and struck rows, formulas without a result, a password.

The values themselves are read by another library, which does not tell of these.
"""

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from villagedesk.storage.foreign.marks import UNSEEN, Marks

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet


def old_marks(content: bytes, sheet: str) -> Marks:
    """Return the marks of an .xls workbook's sheet; UNSEEN when its formats cannot be read."""
    try:
        book = _opened(content)
        return _marks(book, book.sheet_by_name(sheet))
    except Exception:  # noqa: BLE001 - the edge to a library that meets damage with whatever error its code comes upon
        return UNSEEN


def is_locked(content: bytes) -> bool:
    """Tell whether an .xls workbook asks for a password."""
    from xlrd import XLRDError

    try:
        _opened(content)
    except XLRDError as error:
        return "encrypted" in str(error)
    except Exception:  # noqa: BLE001 - as above
        return False
    return False


def _opened(content: bytes) -> "Book":
    import xlrd

    return xlrd.open_workbook(file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True,
                              logfile=StringIO())  # fmt: skip


def _marks(book: "Book", sheet: "Sheet") -> Marks:
    return Marks(
        rows=sheet.nrows,
        columns=sheet.ncols,
        hidden=frozenset(row for row, found in sheet.rowinfo_map.items() if found.hidden and row < sheet.nrows),
        unworked=frozenset(_unworked(sheet)),
        struck=frozenset(_struck(book, sheet)),
        failed=frozenset(_failed(sheet)),
    )


def _unworked(sheet: "Sheet") -> Iterator[tuple[int, int]]:
    """Yield the places of formulas without a result: they hold a text of no sign, where a blank holds none at all."""
    from xlrd import XL_CELL_TEXT

    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        if XL_CELL_TEXT in types:
            texts = sheet.row_values(row)
            yield from ((row, at) for at, kind in enumerate(types) if kind == XL_CELL_TEXT and texts[at] == "")


def _failed(sheet: "Sheet") -> Iterator[tuple[int, int]]:
    from xlrd import XL_CELL_ERROR

    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        if XL_CELL_ERROR in types:
            yield from ((row, at) for at, kind in enumerate(types) if kind == XL_CELL_ERROR)


def _struck(book: "Book", sheet: "Sheet") -> Iterator[int]:
    """Yield the rows in which a cell, or a part of its text, is struck through."""
    from xlrd import XL_CELL_BLANK, XL_CELL_EMPTY

    fonts = {at for at, font in enumerate(book.font_list) if font.struck_out}
    formats = {at for at, found in enumerate(book.xf_list) if found.font_index in fonts}
    if not fonts:
        return
    for row in range(sheet.nrows):
        kinds = sheet.row_types(row)
        if any(sheet.cell_xf_index(row, at) in formats for at, kind in enumerate(kinds)
               if kind not in (XL_CELL_EMPTY, XL_CELL_BLANK)):  # fmt: skip
            yield row
    yield from (row for (row, _), runs in sheet.rich_text_runlist_map.items() if any(font in fonts for _, font in runs))
