"""ReportLab's own typesetter: Platypus, with its LongTable. Same faces, page, sizes and columns as ours.

What stands in columns of words is a Paragraph and wraps; figures are plain strings, its cheapest cells. ``unwrapped``
leaves the Paragraphs out of the tables: words run over the edge of their cells, and have no figures of another face.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, PageBreak, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Words

from villagedesk.kernel.places import own_file
from villagedesk.reports.fonts import FANGSONG, FILES, KAI, SANS, SONG

_LATIN = re.compile(r"[!-~]+(?: +[!-~]+)*")
_END = (-1, -1)


def press(papers: Path, *, wraps: bool = True) -> bytes:
    """Print sheets, one or many as one file."""
    given, file = json.loads(papers.read_bytes()), BytesIO()
    paper, title = given[0]["paper"], given[0]["sheet"]["title"]
    margins = {f"{side}Margin": paper[side] - 6 for side in ("left", "right", "top", "bottom")}
    document = SimpleDocTemplate(file, pagesize=(paper["width"], paper["height"]), title=title, **margins)
    story = [part for one in given for part in (*_story(one, wraps=wraps), PageBreak())]
    document.build(story, onFirstPage=_number, onLaterPages=_number, canvasmaker=partial(Canvas, invariant=1))
    return file.getvalue()


def unwrapped(papers: Path) -> bytes:
    """Print sheets whose cells do not wrap."""
    return press(papers, wraps=False)


def _story(given: Mapping[str, Any], *, wraps: bool) -> Iterator[Any]:
    sheet, paper, tables = given["sheet"], given["paper"], iter(given["tables"])
    yield _words(sheet["title"], SONG, paper["title"], 1.45 * paper["title"], alignment=TA_CENTER)
    if sheet["number"]:
        yield _words(sheet["number"], FANGSONG, paper["body"], paper["pitch"], alignment=TA_CENTER)
    yield Spacer(1, paper["pitch"] / 2)
    for block in sheet["blocks"]:
        if block["kind"] == "table":
            measures = next(tables)
            yield _words(block["unit"], FANGSONG, measures["size"], 1.9 * measures["size"], alignment=TA_RIGHT)
            yield _table(block, wraps=wraps, **measures)
        else:
            yield from _text(block, paper)


def _text(block: Mapping[str, Any], paper: Mapping[str, Any]) -> Iterator[Any]:
    body = paper["body"], paper["pitch"]
    if block["kind"] == "paragraph":
        indent = 0 if block["flush"] else 2 * paper["body"]
        face = SANS if block["level"] else FANGSONG
        yield _words(block["text"], face, *body, alignment=TA_JUSTIFY, firstLineIndent=indent)
        return
    yield Spacer(1, 51)
    for part in ("issuer", "date"):
        yield _words(block[part], FANGSONG, *body, alignment=TA_RIGHT, rightIndent=4 * paper["body"])


def _table(block: Mapping[str, Any], *, size: float, widths: Sequence[float], wraps: bool) -> LongTable:
    columns = block["columns"]
    left = {index for index, column in enumerate(columns) if column["align"] == "left"} if wraps else set()
    style = _style(FANGSONG, size, 1.3 * size)

    def cells(row: Sequence[str]) -> list[Any]:
        return [Words(_mixed(text, SANS), style) if index in left else text for index, text in enumerate(row)]

    rows = [[column["head"] for column in columns], *map(cells, block["rows"])]
    rows += [block["total"]] if block["total"] else []
    return LongTable(rows, colWidths=widths, repeatRows=1, style=[*_frame(size), *_columns(columns, size)])


def _frame(size: float) -> list[Any]:
    black = (0, 0, 0)
    return [
        ("FONT", (0, 0), _END, _face(SANS), size, 1.3 * size),
        ("GRID", (0, 0), _END, 0.5, black),
        ("BOX", (0, 0), _END, 1, black),
        ("VALIGN", (0, 0), _END, "MIDDLE"),
        ("ALIGN", (0, 0), (-1, 0), "CENTER"),
        *((f"{side}PADDING", (0, 0), _END, 0.36 * size) for side in ("LEFT", "RIGHT")),
        *((f"{side}PADDING", (0, 0), _END, 0.32 * size) for side in ("TOP", "BOTTOM")),
    ]


def _columns(columns: Sequence[Mapping[str, Any]], size: float) -> Iterator[Any]:
    sides = {"left": "LEFT", "center": "CENTER"}
    for index, column in enumerate(columns):
        yield "ALIGN", (index, 1), (index, -1), sides.get(column["align"], "RIGHT")
        if column["align"] == "left":
            yield "FONT", (index, 1), (index, -1), _face(FANGSONG), size, 1.3 * size


def _words(text: str, face: str, size: float, leading: float, **more: Any) -> Words:
    return Words(_mixed(text, KAI if face == FANGSONG else face), _style(face, size, leading, **more))


def _style(face: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle("", fontName=_face(face), fontSize=size, leading=leading, wordWrap="CJK", **more)


def _mixed(text: str, latin: str) -> str:
    """Let another face draw figures and Latin letters, as ours does."""
    return _LATIN.sub(lambda run: f'<font name="{_face(latin)}">{run[0]}</font>', escape(text))


@cache
def _face(name: str) -> str:
    """Read the face when it is first used."""
    pdfmetrics.registerFont(TTFont(name, str(own_file(FILES[name]))))
    return name


def _number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    """Number the page, without saying of how many: that would take it a second pass."""
    canvas.setFont(_face(FANGSONG), 10.5)
    canvas.drawCentredString(document.pagesize[0] / 2, 48, f"第 {canvas.getPageNumber()} 页")
