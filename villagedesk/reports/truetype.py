"""Reads from a TrueType file which characters it draws, with which glyph and how wide; nothing else.

The tables stay packed as the file has them and are searched when a character is first met: a face costs a millisecond
and a quarter of a megabyte. A PDF library unfolds every character and costs a hundred times that. The layout stays
free of any library.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from struct import iter_unpack, unpack_from
from sys import byteorder


class Glyphs(Mapping[int, int]):
    """The characters that a face draws (code points), each with its glyph: runs of both in a row."""

    def __init__(self, first: "array[int]", last: "array[int]", glyph: "array[int]") -> None:
        """Take the ends of each run, in order, and the glyph of its first character."""
        self._first, self._last, self._glyph = first, last, glyph
        self._met: dict[int, int] = {}

    def __getitem__(self, code: int) -> int:
        glyph = self._met.get(code)
        if glyph is None:
            glyph = self._met[code] = self._searched(code)
        if glyph:
            return glyph
        raise KeyError(code)

    def __contains__(self, code: object) -> bool:
        return bool(self._met.get(code)) or super().__contains__(code)  # type: ignore[call-overload]

    def _searched(self, code: int) -> int:
        """Return a character's glyph, 0 for none."""
        run = bisect_left(self._last, code)
        is_drawn = run < len(self._last) and code >= self._first[run]
        return self._glyph[run] + code - self._first[run] if is_drawn else 0

    def __iter__(self) -> Iterator[int]:
        runs = zip(self._first, self._last, self._glyph, strict=True)
        return (code for first, last, glyph in runs for code in range(first + (not glyph), last + 1))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Metrics:
    """Of each glyph of a face how far it advances and where its ink begins, in the face's units."""

    def __init__(self, own: "array[int]", bearings: "array[int]") -> None:
        """Take both in turn, and the bearings of the glyphs after those, which advance like the last."""
        self._own, self._bearings = own, bearings

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        count = len(self._own) // 2
        if glyph < count:
            return self._own[2 * glyph], self._own[2 * glyph + 1]
        return self._own[-2], self._bearings[glyph - count]


@dataclass(frozen=True, slots=True)
class Face:
    """The characters of one face and the metrics of its glyphs; ``units`` make an em."""

    glyphs: Glyphs
    metrics: Metrics
    units: int

    def __contains__(self, character: str) -> bool:
        return ord(character) in self.glyphs

    def width(self, character: str) -> float | None:
        """Return the width of a character in ems, or None when the face does not draw it."""
        glyph = self.glyphs.get(ord(character))
        return None if glyph is None else self.metrics[glyph][0] / self.units


def read_face(path: Path) -> Face:
    """Read a face. Raises ValueError when the file has no full Unicode map (cmap format 12)."""
    tables = _tables(path, {b"cmap", b"head", b"hhea", b"hmtx"})
    (units,) = unpack_from(">18xH", tables[b"head"])
    (own,) = unpack_from(">34xH", tables[b"hhea"])
    hmtx = tables[b"hmtx"]
    metrics = Metrics(_numbers("H", hmtx[: 4 * own]), _numbers("H", hmtx[4 * own :]))
    return Face(_glyphs(tables[b"cmap"]), metrics, units)


def places(head: bytes, loca: bytes) -> "array[int]":
    """Return where each glyph starts in the table of glyphs, and where the last ends."""
    is_long = unpack_from(">50xH", head) == (1,)
    return _numbers("I", loca) if is_long else array("I", [2 * place for place in _numbers("H", loca)])


def _tables(path: Path, wanted: set[bytes]) -> dict[bytes, bytes]:
    with path.open("rb") as file:
        (count,) = unpack_from(">4xH", file.read(12))
        directory = list(iter_unpack(">4s4xLL", file.read(16 * count)))
        tables = {}
        for tag, offset, length in directory:
            if tag in wanted:
                file.seek(offset)
                tables[tag] = file.read(length)
    return tables


def _glyphs(cmap: bytes) -> Glyphs:
    (count,) = unpack_from(">2xH", cmap)
    for index in range(count):
        (offset,) = unpack_from(">L", cmap, 8 + 8 * index)
        if unpack_from(">H", cmap, offset) == (12,):
            (groups,) = unpack_from(">L", cmap, offset + 12)
            runs = _numbers("I", cmap[offset + 16 : offset + 16 + 12 * groups])
            return Glyphs(runs[::3], runs[1::3], runs[2::3])
    raise ValueError("the face has no cmap of format 12")


def _numbers(kind: str, table: bytes) -> "array[int]":
    """Unpack a table of unsigned numbers: two bytes each (H) or four (I)."""
    unpacked = array(kind, table)
    if byteorder == "little":
        unpacked.byteswap()
    return unpacked
