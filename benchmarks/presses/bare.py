"""The least that drawing costs: ReportLab's canvas, told string by string what stands where, from our own layout."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from villagedesk.kernel.places import own_file
from villagedesk.reports.fonts import FILES
from villagedesk.reports.layout import Layout


class Known(NamedTuple):
    """A string in its place: face, size, where its baseline starts and the space between its characters, in points."""

    face: str
    size: float
    x: float
    y: float
    space: float
    text: str


Page = tuple[list[Known], list[tuple[float, ...]]]
"""Strings, and lines: their width and both ends."""

_NAME = "Bare"
"""Before the name of a face, which our press has given to its own."""


def known(layout: Layout) -> Callable[[], bytes]:
    """Return the drawing of a layout whose strings and places are written out beforehand, its faces read."""
    pages = list(_pages(layout))
    for name in sorted({string.face for strings, _ in pages for string in strings}):
        pdfmetrics.registerFont(TTFont(_NAME + name, str(own_file(FILES[name]))))
    return lambda: _drawn(layout, pages)


def _pages(layout: Layout) -> Iterator[Page]:
    for page in layout.pages:
        strings: list[Known] = []
        lines: list[tuple[float, ...]] = []
        for top, box in page:
            base = layout.height - top
            lines += [(rule.width, rule.x1, base - rule.y1, rule.x2, base - rule.y2) for rule in box.rules]
            for x, y, size, line in box.texts:
                for piece in line.pieces:
                    space = piece.spacing * size
                    strings.append(Known(piece.face, size, x + piece.x * size, base - y, space, piece.text))
        yield strings, lines


def _drawn(layout: Layout, pages: list[Page]) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(layout.width, layout.height), pageCompression=1, invariant=1)
    for strings, lines in pages:
        for width, *ends in lines:
            canvas.setLineWidth(width)
            canvas.line(*ends)
        words = canvas.beginText()
        for face, size, x, y, space, text in strings:
            words.setFont(_NAME + face, size)
            words.setCharSpace(space)
            words.setTextOrigin(x, y)
            words.textOut(text)
        canvas.drawText(words)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
