"""What an .xlsx says of its rows beside their values: how many, hidden, struck, which formulas have no result.

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
_FAILED = re.compile(rb'<c\s(?=[^>]*\bt="e")(?:[^>]*\s)?r="([A-Z]{1,3})(\d+)"')
_STYLED = re.compile(rb'<c\s(?:[^>]*\s)?s="(\d+)"(?:[^>]*[^>/])?>')
_SHARED = re.compile(rb'<c\s(?:[^>]*\s)?t="s"[^>]*>\s*<v>(\d+)</v>')
_STRIKE = re.compile(rb'<strike(?:\s*/?>|\s+val="(?:1|true)")')
_CHUNK = 1 << 20
_LONGEST_PIECE = 64 << 20


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one sheet: its last row and column with a value (counted from 1), and indexes from 0 of the odd ones.

    ``is_seen`` is False when the file may hide or strike rows and does not let it be seen.
    """

    rows: int = 0
    columns: int = 0
    hidden: frozenset[int] = frozenset()
    unworked: frozenset[tuple[int, int]] = frozenset()
    struck: frozenset[int] = frozenset()
    failed: frozenset[tuple[int, int]] = frozenset()
    is_seen: bool = True


UNSEEN = Marks(is_seen=False)


@dataclass(frozen=True, slots=True)
class _Struck:
    """How a workbook strikes through: the numbers of such cell formats, and of texts with a struck part."""

    formats: frozenset[bytes] = frozenset()
    texts: frozenset[bytes] = frozenset()

    def marks(self, row: bytes) -> bool:
        """Tell whether something in a row is struck through."""
        return (
            bool(self.formats and self.formats.intersection(_STYLED.findall(row)))
            or bool(self.texts and self.texts.intersection(_SHARED.findall(row)))
            or _STRIKE.search(row) is not None
        )


def marks_of(content: bytes, sheet: int, most_rows: int) -> Marks:
    """Return the marks of a workbook's sheet number ``sheet`` (from 0); reading stops beyond ``most_rows``.

    Raises zipfile.BadZipFile, KeyError, IndexError or OverflowError for a workbook that is broken or too large.
    """
    with zipfile.ZipFile(BytesIO(content)) as book:
        for entry in book.infolist():
            if entry.file_size > LARGEST_PART:
                raise OverflowError(entry.filename)
        struck = _Struck(_struck_formats(book), _struck_texts(book))
        return _read(_pieces(book, _part(book, sheet), b"<row"), most_rows, struck)


def _struck_formats(book: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the numbers of the cell formats whose font is struck through."""
    if "xl/styles.xml" not in book.namelist():
        return frozenset()
    styles = book.read("xl/styles.xml")
    fonts = re.split(rb"<font(?=[\s/>])", _between(styles, b"<fonts", b"</fonts>"))[1:]
    struck = {str(at) for at, font in enumerate(fonts) if _STRIKE.search(font)}
    formats = re.findall(rb"<xf\s[^>]*>", _between(styles, b"<cellXfs", b"</cellXfs>"))
    return frozenset(b"%d" % at for at, one in enumerate(formats) if _attribute(one, b"fontId") in struck)


def _between(content: bytes, first: bytes, last: bytes) -> bytes:
    return content.partition(first)[2].partition(last)[0]


def _struck_texts(book: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the numbers of the shared texts of which something is struck through."""
    if "xl/sharedStrings.xml" not in book.namelist():
        return frozenset()
    texts = _pieces(book, "xl/sharedStrings.xml", b"<si>")
    next(texts)
    return frozenset(b"%d" % at for at, one in enumerate(texts) if b"<strike" in one and _STRIKE.search(one))


def _part(book: zipfile.ZipFile, sheet: int) -> str:
    tag = _SHEET.findall(book.read("xl/workbook.xml"))[sheet]
    wanted = _attribute(tag, rb"\w+:id")
    links = _LINK.findall(book.read("xl/_rels/workbook.xml.rels"))
    target = next(_attribute(link, rb"Target") for link in links if _attribute(link, rb"Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    return found[1].decode() if found else ""


def _pieces(book: zipfile.ZipFile, part: str, mark: bytes) -> Iterator[bytes]:
    """Yield what stands between two beginnings (of rows: ``<row``) in a part; the first piece comes before them all.

    Raises OverflowError when there is too much between two.
    """
    rest = b""
    with book.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            *whole, rest = (rest + chunk).split(mark)
            yield from whole
            if len(rest) > _LONGEST_PIECE:
                raise OverflowError(part)
    yield rest


def _read(pieces: Iterator[bytes], most_rows: int, struck: _Struck) -> Marks:
    rows = columns = number = 0
    hidden: set[int] = set()
    struck_rows: set[int] = set()
    unworked: set[tuple[int, int]] = set()
    failed: set[tuple[int, int]] = set()
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
        if struck.marks(piece):
            struck_rows.add(number - 1)
        if b"<f" in piece:
            unworked |= _places(_UNWORKED, piece)
        if b't="e"' in piece:
            failed |= _places(_FAILED, piece)
        if number > most_rows:
            break
    return Marks(rows, columns, frozenset(hidden), frozenset(unworked), frozenset(struck_rows), frozenset(failed))


def _places(pattern: re.Pattern[bytes], piece: bytes) -> set[tuple[int, int]]:
    return {(int(row) - 1, _place(column)) for column, row in pattern.findall(piece)}


def _place(letters: bytes) -> int:
    """Return a column's index by its letters: A → 0, AA → 26."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
