"""What an .xlsx says of its rows beside their values: how many, which are hidden, which formulas were never worked out.

The sheet is read as a stream and never unpacked as a whole, so that one of a million rows is refused in little memory.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

LARGEST_PART = 400 * 1024 * 1024
"""Bytes a part of a workbook may unpack to."""

_SHEET = re.compile(rb"<sheet\s[^>]*>")
_LINK = re.compile(rb"<Relationship\s[^>]*>")
_ROW_NUMBER = re.compile(rb'\sr="(\d+)"')
_LAST_CELL = re.compile(rb'<c\s(?:[^>]*\s)?r="([A-Z]{1,3})\d+"')
_UNWORKED = re.compile(
    rb'<c\s(?:[^>]*\s)?r="([A-Z]{1,3})(\d+)"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?\s*</c>'
)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one sheet: its last row and column with a value (counted from 1), and indexes from 0 of the odd ones."""

    rows: int = 0
    columns: int = 0
    hidden: frozenset[int] = frozenset()
    unworked: frozenset[tuple[int, int]] = frozenset()


def marks_of(content: bytes, sheet: int, most_rows: int) -> Marks:
    """Return the marks of a workbook's sheet number ``sheet`` (from 0); reading stops beyond ``most_rows``.

    Raises zipfile.BadZipFile, KeyError, IndexError or OverflowError for a workbook that is broken or too large.
    """
    with zipfile.ZipFile(BytesIO(content)) as book:
        for entry in book.infolist():
            if entry.file_size > LARGEST_PART:
                raise OverflowError(entry.filename)
        with book.open(_part(book, sheet)) as stream:
            return _read(_pieces(iter(lambda: stream.read(_CHUNK), b"")), most_rows)


def _part(book: zipfile.ZipFile, sheet: int) -> str:
    tag = _SHEET.findall(book.read("xl/workbook.xml"))[sheet]
    wanted = _attribute(tag, rb"\w+:id")
    links = _LINK.findall(book.read("xl/_rels/workbook.xml.rels"))
    target = next(_attribute(link, rb"Target") for link in links if _attribute(link, rb"Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    return found[1].decode() if found else ""


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what stands between two beginnings of rows; the first piece is what comes before all rows."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"<row")
        yield from whole
    yield rest


def _read(pieces: Iterator[bytes], most_rows: int) -> Marks:
    rows = columns = number = 0
    hidden: set[int] = set()
    unworked: set[tuple[int, int]] = set()
    next(pieces)
    for piece in pieces:
        end = piece.find(b">")
        tag = piece[:end]
        said = _ROW_NUMBER.search(tag)
        number = int(said[1]) if said else number + 1
        if b"<v>" not in piece and b"<t" not in piece and b"<f" not in piece:
            continue
        rows = number
        cells = _LAST_CELL.findall(piece, piece.rfind(b"<c "))
        columns = max(columns, _place(cells[-1]) + 1 if cells else 0)
        if b'hidden="1"' in tag or b'hidden="true"' in tag:
            hidden.add(number - 1)
        if b"<f" in piece:
            unworked |= {(int(row) - 1, _place(column)) for column, row in _UNWORKED.findall(piece)}
        if number > most_rows:
            break
    return Marks(rows, columns, frozenset(hidden), frozenset(unworked))


def _place(letters: bytes) -> int:
    """Return a column's index by its letters: A → 0, AA → 26."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
