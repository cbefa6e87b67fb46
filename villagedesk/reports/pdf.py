"""Draws a sheet as PDF; the only file that knows ReportLab. The same sheet gives the same bytes on any day."""

import codecs
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import groupby
from math import cos, radians, sin
from mmap import ACCESS_READ, mmap
from operator import attrgetter
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary, finalize

from reportlab import rl_config
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from villagedesk.kernel.errors import UnprintableText
from villagedesk.kernel.places import own_file
from villagedesk.kernel.progress import Progress
from villagedesk.reports.box import Fill, Rule
from villagedesk.reports.embedding import Pieces, Widths, to_unicode
from villagedesk.reports.fonts import FANGSONG, FILES, unprintable
from villagedesk.reports.icc import NAME as PROFILE_NAME
from villagedesk.reports.icc import srgb_profile
from villagedesk.reports.lacking import lacking
from villagedesk.reports.layout import Layout, Mark, Placed, lay_out
from villagedesk.reports.setting import Piece, Text, has_rare
from villagedesk.reports.sheet import Sheet, text_of
from villagedesk.reports.truetype import places, read_face
from villagedesk.reports.xmp import LANGUAGE, PROGRAM, About, xmp_packet

FASTEST = 1
"""The level at which streams are deflated."""
PALE = 0.92
"""Grey of the watermark, where 1 is white."""

PRODUCER = "ReportLab PDF Library"

_OUTLINES = b"\0\1\0\0"
"""What the file of a face begins with."""
_FACES_IN_USE = Lock()
_GREY = attrgetter("grey")
_MOST_SHOWN = 4096


def draw(sheet: Sheet) -> bytes:
    """Return the sheet as PDF with embedded subsets, searchable and in Chinese.

    Raises UnprintableText when a character stands in no face; nothing is drawn then.
    """
    _stop_at_unprintable([sheet])
    layout = lay_out(sheet)
    with _FACES_IN_USE:  # a parsed face keeps a reading position: one sheet at a time
        canvas, file = _begun(_about([sheet], sheet.title))
        _pages(canvas, layout, _Shown(canvas._doc))
        canvas.save()
    return file.getvalue()


def draw_all(sheets: Sequence[Sheet], title: str, progress: Progress) -> bytes:
    """Return many sheets as one PDF called ``title``; each keeps its paper and page numbers and has a bookmark.

    ``progress`` counts a step for each sheet. Raises Cancelled once it is cancelled, and UnprintableText when a
    character stands in no face; nothing is drawn then. Raises ValueError when there is no sheet.
    """
    if not sheets:
        raise ValueError("a file needs a sheet")
    _stop_at_unprintable(sheets)
    canvas, file = _begun(_about(sheets, title))
    shown = _Shown(canvas._doc)
    for number, sheet in enumerate(sheets, 1):
        progress.step()
        layout = lay_out(sheet)
        with _FACES_IN_USE:
            canvas.bookmarkPage(f"sheet{number}")
            canvas.addOutlineEntry(_on_one_line(sheet.title), f"sheet{number}")
            _pages(canvas, layout, shown)
    canvas.showOutline()
    with _FACES_IN_USE:
        canvas.save()
    return file.getvalue()


def _stop_at_unprintable(sheets: Iterable[Sheet]) -> None:
    texts = [text_of(sheet) for sheet in sheets]
    if unprintable("".join(texts)):
        raise UnprintableText(characters="、".join(lacking(line for text in texts for line in text.split("\n"))))


def _about(sheets: Sequence[Sheet], title: str) -> About:
    issuers = dict.fromkeys(sheet.issuer for sheet in sheets if sheet.issuer)
    numbers = dict.fromkeys(sheet.number for sheet in sheets if sheet.number)
    return About(_on_one_line(title), "、".join(issuers), tuple(map(_on_one_line, numbers)))


def _on_one_line(text: str) -> str:
    return text.replace("\n", "")


def _begun(about: About) -> tuple[Canvas, BytesIO]:
    """Return an empty file that says what it is, and the bytes it will be saved to."""
    file = BytesIO()
    _prepare()
    canvas = Canvas(
        file,
        pageCompression=1,
        invariant=1,
        initialFontName=FANGSONG,
        lang=LANGUAGE,
        pdfVersion=(1, 7),  # what PDF/A-2 is a part of
    )
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas._doc.info = _Properties(about)
    _archived(canvas._doc.Catalog, about)
    return canvas, file


def _archived(catalog: Any, about: About) -> None:
    """Give a file what an archive asks for (PDF/A-2b): metadata that can be read alone, and what its greys mean."""
    metadata = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
    catalog.Metadata = pdfdoc.PDFStream(pdfdoc.PDFDictionary(metadata), xmp_packet(about, PRODUCER))
    profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), srgb_profile(), filters=[pdfdoc.PDFZCompress])
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString(PROFILE_NAME),
        "DestOutputProfile": profile,
    }
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])


def _pages(canvas: Canvas, layout: Layout, shown: "_Shown") -> None:
    canvas.setPageSize((layout.width, layout.height))
    for page in layout.pages:
        canvas.addLiteral("\n".join(_page(page, layout, shown)))
        canvas.showPage()


class _Properties(pdfdoc.PDFInfo):  # type: ignore[misc]
    """What a file says about itself. No date: that of the paper stands on it, and that of the file would be untrue."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.title, self.author = about.title, about.author
        self.subject, self.keywords = about.subject, about.keywords

    def format(self, document: Any) -> Any:
        """Return the dictionary, without what is empty."""
        said = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Keywords": self.keywords,
            "Creator": PROGRAM,
            "Producer": PRODUCER,
        }
        strings = {name: pdfdoc.PDFString(text) for name, text in said.items() if text}
        return pdfdoc.PDFDictionary(strings).format(document)


class _Shown(dict[tuple[str, str], list[tuple[str, str]]]):
    """The codes of each text in each face of one document: parts of (font of the subset, operator that shows it)."""

    def __init__(self, document: Any) -> None:
        super().__init__()
        self.document = document

    def __missing__(self, key: tuple[str, str]) -> list[tuple[str, str]]:
        name, text = key
        face, document = _face(name), self.document
        if len(self) >= _MOST_SHOWN:
            self.clear()
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
    """Fill what has one grey as one area, so that no hairline shows where rectangles meet."""
    yield "q"
    for grey, together in groupby(fills, key=_GREY):
        yield f"{grey:g} g"
        for x, y, width, height, *_ in together:
            yield f"{x:.2f} {base - y - height:.2f} {width:.2f} {height:.2f} re"
        yield "f"
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
    for x, y, size, (_, whole, line) in texts:
        for told, pieces in _told(line, whole) if line else [(line, whole)]:
            if told:
                yield f"/Span << /ActualText <{codecs.BOM_UTF16_BE.hex()}{told.encode('utf-16-be').hex()}> >> BDC"
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
            if told and told != line:
                spaced = 0.0
                yield "0 Tc"  # so that it reaches up to the rare character after it
            if told:
                yield "EMC"
    yield "ET"


def _told(line: str, pieces: Sequence[Piece]) -> Iterator[tuple[str, Iterable[Piece]]]:
    """Say what an unevenly set line reads, so that no gap in it is extracted as a space.

    A rare character speaks for itself: PDFium leaves it out wherever it is told. What follows it begins with a blank
    that reaches back to it.
    """
    if not has_rare(line):
        yield line, pieces
        return
    blank: list[Piece] = []
    for is_rare, together in groupby(pieces, key=lambda piece: has_rare(piece.text)):
        run = list(together)
        if is_rare:
            yield "", run
            blank = [Piece(run[-1].x + _width(run[-1]), FANGSONG, " ", 0.0)]
        else:
            yield "".join(piece.text for piece in run), [*blank, *run]


def _width(piece: Piece) -> float:
    return float(_face(piece.face).stringWidth(piece.text, 1.0))


@cache
def _prepare() -> None:
    """Set ReportLab up once: plain deflated streams, each ended on a line of its own; right extraction; our faces."""
    rl_config.useA85 = 0
    pdfdoc.PDFStream.format = _stream(pdfdoc.PDFStream.format)
    pdfdoc.PDFStreamFilterZCompress.encode = _deflated
    pdfdoc.PDFName = cache(pdfdoc.PDFName)
    ttfonts.makeToUnicodeCMap = to_unicode
    pdfmetrics.registerFont(_face(FANGSONG))


def _deflated(_: Any, content: str | bytes) -> bytes:
    """Deflate quickly: a file grows by a twentieth, and a notice is drawn in a sixth less time.

    Outlines hardly repeat themselves: there nothing is looked for, which takes a third of the time and grows by a
    thirtieth.
    """
    content = content.encode() if isinstance(content, str) else content
    if not content.startswith(_OUTLINES):
        return zlib.compress(content, FASTEST)
    deflating = zlib.compressobj(FASTEST, strategy=zlib.Z_HUFFMAN_ONLY)
    return deflating.compress(content) + deflating.flush()


def _stream(written: Callable[[Any, Any], bytes]) -> Callable[[Any, Any], bytes]:
    """Let the word that ends a stream begin a line, with CR and LF: a stream may itself end with CR."""

    def ended(stream: Any, document: Any) -> bytes:
        return written(stream, document).removesuffix(b"endstream\n") + b"\r\nendstream\n"

    return ended


@cache
def _face(name: str) -> Any:
    return _Font(name)


class _Font(ttfonts.TTFont):  # type: ignore[misc]
    """A font over a face of ours; ReportLab's own would choose the class of its face itself."""

    def __init__(self, name: str) -> None:
        self.fontName, self.face, self.encoding = name, _Face(str(own_file(FILES[name]))), ttfonts.TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable, self.shapable = 0, False

    def addObjects(self, document: Any) -> None:  # noqa: N802
        """Add the subsets, the widths of each as one text: ReportLab would take each number through many hands."""
        super().addObjects(document)
        for font in document.idToObject["BasicFonts"].dict.values():
            if isinstance(getattr(font, "Widths", None), pdfdoc.PDFArray):  # Helvetica, say, has none
                font.Widths = f"[ {' '.join(map(fp_str, font.Widths.sequence))} ]"

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """Return the width of a text in points; ReportLab's own way in C wants the widths unfolded."""
        del encoding
        widths, other = self.face.charWidths, self.face.defaultWidth
        return 0.001 * size * float(sum(widths.get(ord(character), other) for character in text))


class _Face(ttfonts.TTFontFace):  # type: ignore[misc]
    """A face of whose file only what is used is read: ReportLab would read all and unfold each of its characters."""

    def readFile(self, path: str) -> None:  # noqa: N802
        """Leave the file where it is, open as long as the face is known."""
        with Path(path).open("rb") as file:
            whole = mmap(file.fileno(), 0, access=ACCESS_READ)
        finalize(self, whole.close)
        self.filename, self._ttf_data, self._pos = path, Pieces(whole), 0

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803
        """Read what the face says of itself, and its tables, packed as they are."""
        super().extractInfo(charInfo=0)
        face = read_face(Path(self.filename))
        self.charToGlyph, self.hmetrics = face.glyphs, face.metrics
        self.glyphPos = places(self.get_table("head"), self.get_table("loca"))
        self.charWidths, self.defaultWidth = Widths(face, self._pdfScale), self._pdfScale(face.metrics[0][0])

    def get_table(self, tag: str) -> Any:
        """Return a table; of the glyphs', the pieces."""
        return self._ttf_data.after(self.get_table_pos(tag)[0]) if tag == "glyf" else super().get_table(tag)
