"""Draws a sheet as PDF; the only file that knows ReportLab. The same sheet gives the same bytes on any day."""

import codecs
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO
from math import cos, radians, sin
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from villagedesk.kernel.errors import UnprintableText
from villagedesk.kernel.places import own_file
from villagedesk.reports.box import Fill, Rule
from villagedesk.reports.fonts import FANGSONG, FILES, unprintable
from villagedesk.reports.layout import Layout, Mark, Placed, lay_out
from villagedesk.reports.setting import Text
from villagedesk.reports.sheet import Sheet, text_of

PALE = 0.92
"""Grey of the watermark, where 1 is white."""

_FACES_IN_USE = Lock()
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


def draw(sheet: Sheet) -> bytes:
    """Return the sheet as PDF with embedded subsets, searchable and in Chinese.

    Raises UnprintableText when a character stands in no face; nothing is drawn then.
    """
    lacking = unprintable(text_of(sheet))
    if lacking:
        raise UnprintableText(characters="、".join(f"“{character}”(U+{ord(character):04X})" for character in lacking))
    layout = lay_out(sheet)
    with _FACES_IN_USE:  # a parsed face keeps a reading position: one sheet at a time
        return _drawn(layout, title=sheet.title.replace("\n", ""), author=sheet.issuer)


def _drawn(layout: Layout, *, title: str, author: str) -> bytes:
    file = BytesIO()
    _prepare()
    size = (layout.width, layout.height)
    canvas = Canvas(
        file,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        initialFontName=FANGSONG,
        lang="zh-CN",
        pdfVersion=(1, 5),  # ActualText came with 1.5
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator("VillageDesk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    shown = _Shown(canvas._doc)
    for page in layout.pages:
        canvas.addLiteral("\n".join(_page(page, layout, shown)))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Shown(dict[tuple[str, str], list[tuple[str, str]]]):
    """The codes of each text in each face of one document: parts of (font of the subset, operator that shows it)."""

    def __init__(self, document: Any) -> None:
        super().__init__()
        self.document = document

    def __missing__(self, key: tuple[str, str]) -> list[tuple[str, str]]:
        name, text = key
        face, document = _face(name), self.document
        parts = self[key] = [
            (face.getSubsetInternalName(subset, document), f"<{codes.hex()}> Tj")
            for subset, codes in face.splitString(text, document)
        ]
        return parts


def _page(page: Iterable[Placed], layout: Layout, shown: _Shown) -> Iterator[str]:
    if layout.mark:
        yield from _mark(layout.mark, layout, shown)
    for top, box in page:
        base = layout.height - top
        if box.fills:
            yield from _fills(box.fills, base)
        if box.rules:
            yield from _rules(box.rules, base)
        if box.texts:
            yield from _texts(box.texts, base, shown)


def _mark(mark: Mark, layout: Layout, shown: _Shown) -> Iterator[str]:
    along, across = cos(radians(mark.angle)), sin(radians(mark.angle))
    yield f"q {along:.4f} {across:.4f} {-across:.4f} {along:.4f} {layout.width / 2:.2f} {layout.height / 2:.2f} cm"
    yield f"{PALE} g"
    yield from _texts([mark.text], 0.0, shown)
    yield "Q"


def _fills(fills: Iterable[Fill], base: float) -> Iterator[str]:
    yield "q"
    grey = -1.0
    for fill in fills:
        if fill.grey != grey:
            grey = fill.grey
            yield f"{grey:g} g"
        yield f"{fill.x:.2f} {base - fill.y - fill.height:.2f} {fill.width:.2f} {fill.height:.2f} re f"
    yield "Q"


def _rules(rules: Iterable[Rule], base: float) -> Iterator[str]:
    width = 0.0
    for rule in rules:
        if rule.width != width:
            width = rule.width
            yield f"{width:g} w"
        yield f"{rule.x1:.2f} {base - rule.y1:.2f} m {rule.x2:.2f} {base - rule.y2:.2f} l S"


def _texts(texts: Iterable[Text], base: float, shown: _Shown) -> Iterator[str]:
    current, spaced = ("", 0.0), 0.0
    yield "BT 0 Tc"
    for x, y, size, (_, pieces, line) in texts:
        if line:
            yield _span(line)
        for offset, face, text, spacing in pieces:
            if spacing * size != spaced:
                spaced = spacing * size
                yield f"{spaced:.4f} Tc"
            yield f"1 0 0 1 {x + offset * size:.2f} {base - y:.2f} Tm"
            for font, operator in shown[face, text]:
                if (font, size) != current:
                    current = font, size
                    yield f"{font} {size:g} Tf"
                yield operator
        if line:
            yield "EMC"
    yield "ET"


def _span(line: str) -> str:
    """Say what an unevenly set line reads, so that no gap in it is extracted as a space."""
    return f"/Span << /ActualText <{codecs.BOM_UTF16_BE.hex()}{line.encode('utf-16-be').hex()}> >> BDC"


@cache
def _prepare() -> None:
    """Set ReportLab up once: plain deflated streams, right extraction beyond U+FFFF, a first face that is ours."""
    rl_config.useA85 = 0
    ttfonts.makeToUnicodeCMap = _to_unicode
    pdfmetrics.registerFont(_face(FANGSONG))


@cache
def _face(name: str) -> Any:
    return ttfonts.TTFont(name, str(own_file(FILES[name])), asciiReadable=0)


def _to_unicode(name: str, subset: Sequence[int]) -> str:
    """Return the map from the codes of a subset to text, in UTF-16 with pairs, at most 100 codes a block."""
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset) if point
    ]
    blocks = [pairs[start : start + _MOST_PAIRS] for start in range(0, len(pairs), _MOST_PAIRS)]
    maps = [f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks]
    return "\n".join([_MAP_HEAD.format(name=name), *maps, _MAP_FOOT])
