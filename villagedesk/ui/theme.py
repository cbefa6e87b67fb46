"""How everything looks: colours, tones, sizes, the face, and the style sheet made of them."""

import re
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from villagedesk.kernel.places import own_file

W = TypeVar("W", bound=QWidget)

TEXT_SCALES = (100, 125, 150, 200)
"""The text sizes a person can choose, in per cent."""

_BASE = 16
"""Pixels of the plain text at 100 %: 12 pt on a screen of 96 dots an inch."""
_LINE = 23
"""Pixels of a line of plain text at 100 %."""

_FACES = ("NotoSansSC-Regular.ttf", "NotoSerifSC-fallback.ttf")
_FAMILIES = ("Noto Sans CJK SC", "Noto Serif SC")
_SIZE = re.compile(r"(?P<name>[\w-]+)\s*:(?P<value>[^;{}]*\dpx[^;{}]*);")
_PIXELS = re.compile(r"(-?\d+)px")
_NAME = re.compile(r"@(\w+)")
_TEXT_BOUND = re.compile(r"^(min-|max-)?(height|width)$")


class Colour(StrEnum):
    """Every colour on the screen. Texts on their grounds have a contrast of at least 4.5 to 1."""

    PAPER = "#F5F3EE"
    CARD = "#FFFFFF"
    SUNK = "#FAF9F6"
    LINE = "#E2DED5"
    EDGE = "#B9B9AE"
    INK = "#1D2A24"
    SOFT = "#59665F"
    FAINT = "#7B867F"
    GREEN = "#1F6B4A"
    DEEP = "#17523A"
    LEAF = "#E5F0EA"
    MIST = "#F1F7F3"
    RED = "#B5341C"
    ROSE = "#FBEBE6"
    AMBER = "#855400"
    STRAW = "#FFF3D6"
    GREY = "#EEECE6"


class Tone(StrEnum):
    """What a state means for its reader. A tone never stands alone: a word and an icon go with it."""

    PLAIN = "plain"
    QUIET = "quiet"
    ACTIVE = "active"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


_INKS = {
    Tone.PLAIN: (Colour.INK, Colour.GREY, "dot"),
    Tone.QUIET: (Colour.SOFT, Colour.GREY, "dot"),
    Tone.ACTIVE: (Colour.GREEN, Colour.MIST, "clock"),
    Tone.GOOD: (Colour.GREEN, Colour.LEAF, "check-circle"),
    Tone.WARN: (Colour.AMBER, Colour.STRAW, "warning"),
    Tone.BAD: (Colour.RED, Colour.ROSE, "block"),
}


def ink(tone: Tone) -> Colour:
    """Return the text colour of a tone."""
    return _INKS[tone][0]


def ground(tone: Tone) -> Colour:
    """Return the background colour that goes with a tone's ink."""
    return _INKS[tone][1]


def sign(tone: Tone) -> str:
    """Return the name of the icon that stands for a tone."""
    return _INKS[tone][2]


def px(size: float) -> int:
    """Return a size that grows with the text (type, icons, row heights): pixels at 100 % → pixels now."""
    return round(size * QApplication.font().pixelSize() / _BASE)


def line(size: float) -> int:
    """Return the height of something that holds one line of text: only the text in it grows, not the air around."""
    return round(size + _LINE * (QApplication.font().pixelSize() / _BASE - 1))


def gap(size: float) -> int:
    """Return a space that grows slower than the text, so that large type still finds room."""
    return round(size * _gap_scale(QApplication.font().pixelSize() / _BASE))


def text_scale() -> int:
    """Return the present text size in per cent."""
    return round(QApplication.font().pixelSize() * 100 / _BASE)


def face(size: float = _BASE, *, bold: bool = False) -> QFont:
    """Return the interface face. ``size`` is in pixels at 100 % and grows with the text."""
    font = QFont(QApplication.font())
    font.setPixelSize(round(_type(size, QApplication.font().pixelSize() / _BASE)))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


def styled(widget: W, name: str) -> W:
    """Give a widget the look called ``name`` in the style sheet (``#card``, ``#heading``), and return it."""
    widget.setObjectName(name)
    return widget


def dress(app: QApplication, percent: int = 100) -> None:
    """Give the application its face, palette and style sheet at a text size. Calling it again changes the size."""
    if app.property("faces") is None:
        for name in _FACES:
            QFontDatabase.addApplicationFont(str(own_file(f"resources/fonts/{name}")))
        app.setProperty("faces", True)
        _speak_chinese(app)
    font = QFont()
    font.setFamilies(list(_FAMILIES))
    font.setPixelSize(round(_BASE * percent / 100))
    app.setFont(font)
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(own_file("resources/style/window.qss").read_text("utf-8"), percent / 100))


def style_sheet(written: str, scale: float) -> str:
    """Return a style sheet with its ``@colour`` names filled in and its pixels scaled.

    Type grows with ``scale``, titles a little less; heights grow by the line of text in them, small widths and
    heights (signs) with the text; spaces grow slower; borders stay.
    """
    names = {colour.name.lower(): colour.value for colour in Colour}
    names["icons"] = own_file("resources/icons").as_posix()
    written = _NAME.sub(lambda name: names[name[1]], written)
    return written if scale == 1 else _SIZE.sub(lambda match: _scaled(match, scale), written)


def _scaled(match: re.Match[str], scale: float) -> str:
    name, value = match["name"], match["value"]
    if name.startswith("border") and "radius" not in name:
        return match[0]
    grown = _PIXELS.sub(lambda pixels: f"{round(_grown(name, int(pixels[1]), scale))}px", value)
    return f"{name}:{grown};"


def _grown(name: str, size: int, scale: float) -> float:
    if name == "font-size":
        return _type(size, scale)
    if not _TEXT_BOUND.search(name):
        return size * _gap_scale(scale)
    return size + _LINE * (scale - 1) if name.endswith("height") and size > _LINE else size * scale


def _type(size: float, scale: float) -> float:
    return min(size, _BASE) * scale + max(0, size - _BASE)


def _gap_scale(scale: float) -> float:
    return 1 + (scale - 1) * 0.35


def _palette() -> QPalette:
    palette = QPalette(QColor(Colour.CARD), QColor(Colour.PAPER))
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, Colour.PAPER),
        (role.Base, Colour.CARD),
        (role.AlternateBase, Colour.SUNK),
        (role.WindowText, Colour.INK),
        (role.Text, Colour.INK),
        (role.ButtonText, Colour.INK),
        (role.PlaceholderText, Colour.FAINT),
        (role.Highlight, Colour.GREEN),
        (role.HighlightedText, Colour.CARD),
        (role.Link, Colour.GREEN),
        (role.ToolTipBase, Colour.INK),
        (role.ToolTipText, Colour.CARD),
    ):
        palette.setColor(where, QColor(colour))
    return palette


def _speak_chinese(app: QApplication) -> None:
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
