"""Judges a printed paper by measure: what leaves the margins, lies on something else or is too small to read.

It looks at the PDF alone, through pdfium: where each glyph's ink is, how large it is set, where lines are drawn.
"""

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from villagedesk.reports.paper import MM, PAPERS, Paper, across
from villagedesk.reports.qr import MODULE, QUIET
from villagedesk.reports.sheet import Preset

LARGEST = 60.0
"""Points; larger type is the watermark, which lies under everything."""
LEAST = {Preset.POSTER: 26.0}
"""Points of the smallest running text of a paper; of the others the smallest size of a table."""
FULL = 0.12
"""Part of a last page that is used at least, where there are several."""
LOW_SURROGATES = range(0xDC00, 0xE000)
"""The second half of a rare character; both halves have one box."""
_SLIP = 0.75
_STROKE = 2.5
"""Points that a rule's own width and the reader's rounding may reach beyond a margin."""
_BIN = 40.0


class Glyph(NamedTuple):
    """A character and the box of its ink, in points from the bottom left."""

    text: str
    size: float
    left: float
    bottom: float
    right: float
    top: float


def faults(pdf: bytes, preset: Preset) -> list[str]:
    """Return all that is wrong with a paper, in words; nothing when it is well set."""
    with pdfium.PdfDocument(pdf) as document:
        pages = list(document)
        return [
            f"page {number}: {fault}"
            for number, page in enumerate(pages, 1)
            for fault in _page_faults(page, preset, is_last=number == len(pages) > 1)
        ]


def overlaps(glyphs: Sequence[Glyph]) -> Iterator[tuple[Glyph, Glyph]]:
    """Yield the glyphs whose ink shares more than a slip in both directions."""
    grid: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for one in glyphs:
        places = {
            (int(x // _BIN), int(y // _BIN)) for x in (one.left, one.right) for y in (one.bottom, one.top)
        }  # fmt: skip
        near = {id(other): other for place in places for other in grid[place]}
        for other in near.values():
            across_by = min(one.right, other.right) - max(one.left, other.left)
            down_by = min(one.top, other.top) - max(one.bottom, other.bottom)
            if across_by > _SLIP and down_by > _SLIP:
                yield one, other
        for place in places:
            grid[place].append(one)


def _page_faults(page: Any, preset: Preset, *, is_last: bool) -> Iterator[str]:
    paper = _turned(PAPERS[preset], *page.get_size())
    inked = [glyph for glyph in _glyphs(page) if glyph.size < LARGEST]
    text = [glyph for glyph in inked if glyph.bottom > paper.bottom - _SLIP]
    yield from (f"“{one.text}” stands outside the margins" for one in inked if _is_outside(one, paper))
    yield from (f"“{one.text}” lies on “{other.text}”" for one, other in overlaps(inked))
    least = LEAST.get(preset, min(paper.tables))
    small = [one for one in text if one.size < min(least, paper.fine) - 0.01 or paper.fine < one.size < least - 0.01]
    yield from (f"“{one.text}” is set in {one.size:g} pt" for one in small)
    yield from _lines_outside(page, paper)
    used = max((paper.height - paper.top - one.bottom for one in text), default=0.0) / paper.depth
    if is_last and used < FULL:
        yield f"only {used:.0%} of the last page is used"


def _turned(paper: Paper, width: float, height: float) -> Paper:
    return paper if (paper.width < paper.height) == (width < height) else across(paper)


def _glyphs(page: Any) -> Iterator[Glyph]:
    textpage = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code <= 0x20 or code == 0x3000 or code in LOW_SURROGATES or raw.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        size = raw.FPDFText_GetFontSize(textpage, index)
        yield Glyph(chr(code), size, left.value, bottom.value, right.value, top.value)


def _is_outside(one: Glyph, paper: Paper) -> bool:
    """Above the foot's line everything keeps to the margins; the foot keeps to the sides and to the paper."""
    beside = one.left < paper.left - _SLIP or one.right > paper.width - paper.right + _SLIP
    return beside or one.top > paper.height - paper.top + _SLIP or one.bottom < 3 * MM


def _lines_outside(page: Any, paper: Paper) -> Iterator[str]:
    """Tables, charts and lines to sign on keep to the measure; only the white around a QR code reaches out."""
    quiet = QUIET * MODULE * max(paper.body / 16, 1.0)
    for thing in page.get_objects([raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = thing.get_bounds()
        beside = left < paper.left - quiet - _SLIP or right > paper.width - paper.right + _STROKE
        if beside or bottom < paper.bottom - quiet - _SLIP or top > paper.height - paper.top + _STROKE:
            yield f"a line or area stands outside the margins, at {left:.0f}, {bottom:.0f} to {right:.0f}, {top:.0f}"
