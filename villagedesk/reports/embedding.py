"""What a PDF says about a face that is embedded in it, and the few bytes that are read of the face for that."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from mmap import mmap

from villagedesk.reports.truetype import Face

_MOST_PAIRS = 100
_MAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange"""
_MAP_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class Pieces:
    """What stands in a file from a place on; the system reads a piece when it is asked for."""

    def __init__(self, file: mmap, start: int = 0) -> None:
        self._file, self._start = file, start

    def __getitem__(self, piece: slice) -> bytes:
        return self._file[self._start + piece.start : self._start + piece.stop]

    def after(self, start: int) -> "Pieces":
        """Return what stands from a place on."""
        return Pieces(self._file, self._start + start)


class Widths(Mapping[int, float]):
    """The widths of the characters of a face, each looked up when asked for, as ``scale`` puts its units."""

    def __init__(self, face: Face, scale: Callable[[int], float]) -> None:
        self._face, self._scale = face, scale
        self._met: dict[int, float] = {}

    def __getitem__(self, code: int) -> float:
        if (width := self._met.get(code)) is None:
            width = self._met[code] = self._scale(self._face.metrics[self._face.glyphs[code]][0])
        return width

    def __iter__(self) -> Iterator[int]:
        return iter(self._face.glyphs)

    def __len__(self) -> int:
        return len(self._face.glyphs)


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """Return the map from the codes of a subset to text, in UTF-16 with pairs, at most 100 codes a block."""
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset) if point
    ]
    blocks = [pairs[start : start + _MOST_PAIRS] for start in range(0, len(pairs), _MOST_PAIRS)]
    maps = [f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks]
    return "\n".join([_MAP_HEAD.format(name=name), *maps, _MAP_FOOT])
