"""Which face draws which character in which style, how wide it stands, and which characters nobody can draw.

A style names its faces in order; a character the first lacks is drawn by the next. The Fangsong's own figures differ in
width and hang below the line, so ASCII comes from another face: the Kai's figures have the colour of running text, the
Sans's are the clearest in a table; both are of equal width.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from unicodedata import category

from villagedesk.kernel.places import own_file
from villagedesk.reports.truetype import Face, read_face

FANGSONG = "Fangsong"
KAI = "Kai"
SANS = "Sans"
SONG = "Song"
RARE = "Rare"

FILES: Mapping[str, str] = {
    FANGSONG: "resources/fonts/ZhuqueFangsong-Regular.ttf",
    KAI: "resources/fonts/LXGWWenKaiGBLite-Regular.ttf",
    SANS: "resources/fonts/NotoSansSC-Regular.ttf",
    SONG: "resources/fonts/NotoSerifSC-SemiBold.ttf",
    RARE: "resources/fonts/NotoSerifSC-fallback.ttf",
}

CHINESE_QUOTES = "“”‘’"
QUOTE_CELL = 0.5
"""Ems a quotation mark of a Latin width is given in Chinese text."""

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\r"
_SPACES = "\t\u00a0\u2002\u2003\u2009\u202f"
_UNITS = {"㎡": "m²", "㎥": "m³", "㎜": "mm", "㎝": "cm", "㎞": "km", "㎎": "mg", "㎏": "kg", "㎖": "ml", "㏄": "cc"}
_RESPELLED = re.compile(f"[{_INVISIBLE}{_SPACES}{''.join(_UNITS)}]")


class Style(StrEnum):
    """What a piece of text is; the faces follow from it."""

    BODY = "body"
    """仿宋, for running text."""
    CELL = "cell"
    """仿宋 with upright figures, for what stands in a table."""
    KAI = "kai"
    """楷体, for （一）."""
    HEI = "hei"
    """黑体, for 一、 and the heads of tables."""
    TITLE = "title"
    """小标宋."""
    FINE = "fine"
    """The small print at the foot."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The faces of a style in order; ``ascii`` is asked first for ASCII."""

    faces: tuple[str, ...]
    ascii: str


CHAINS: Mapping[Style, Chain] = {
    Style.BODY: Chain((FANGSONG, KAI, RARE, SANS, SONG), KAI),
    Style.CELL: Chain((FANGSONG, KAI, RARE, SANS, SONG), SANS),
    Style.KAI: Chain((KAI, FANGSONG, RARE, SANS, SONG), KAI),
    Style.HEI: Chain((SANS, KAI, RARE, FANGSONG, SONG), SANS),
    Style.TITLE: Chain((SONG, RARE, SANS, KAI, FANGSONG), SONG),
    Style.FINE: Chain((SANS, KAI, RARE, FANGSONG, SONG), SANS),
}


class Glyph(NamedTuple):
    """How a character stands: its face, its own width, the width of its cell and its shift in it, all in ems."""

    face: str
    width: float
    cell: float
    shift: float


class Glyphs(dict[str, Glyph]):
    """The characters of a style, looked up when first met. Raises KeyError for one that no face has."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.chain = CHAINS[style]

    def __missing__(self, character: str) -> Glyph:
        glyph = self[character] = _glyph(character, self.chain)
        return glyph


class Widths(dict[str, float]):
    """The width of each character's cell in a style, in ems."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self.glyphs = glyphs(style)

    def __missing__(self, character: str) -> float:
        width = self[character] = self.glyphs[character].cell
        return width


@cache
def face(name: str) -> Face:
    """Return the face of that name, read from its file once."""
    return read_face(own_file(FILES[name]))


@cache
def glyphs(style: Style) -> Glyphs:
    """Return the look-up of characters in a style."""
    return Glyphs(style)


@cache
def widths(style: Style) -> Widths:
    """Return the look-up of widths in a style."""
    return Widths(style)


def spelled(text: str) -> str:
    """Return the text as it is printed: marks that show nothing fall away, ㎡ is spelled m² when no face has it."""
    return text.translate(_spelling()) if _RESPELLED.search(text) else text


def on_one_line(text: str) -> str:
    """Return the text as it is printed where there is room for one line only."""
    return spelled(text).replace("\n", " ")


def unprintable(text: str) -> tuple[str, ...]:
    """Return the characters that no face has, in order and once each. Private use counts, whatever a face draws."""
    return tuple(character for character in dict.fromkeys(spelled(text)) if not _printable(character))


@cache
def _spelling() -> dict[int, str | None]:
    lacking = {ord(unit): letters for unit, letters in _UNITS.items() if not any(unit in face(name) for name in FILES)}
    return {**dict.fromkeys(map(ord, _INVISIBLE)), **dict.fromkeys(map(ord, _SPACES), " "), **lacking}


@cache
def _printable(character: str) -> bool:
    return character == "\n" or (category(character) not in ("Co", "Cc") and any(character in face(n) for n in FILES))


def _glyph(character: str, chain: Chain) -> Glyph:
    latin = character.isascii() or character in "²³"
    names = (chain.ascii, *chain.faces) if latin else chain.faces
    for name in names:
        width = face(name).width(character)
        if width is not None:
            return _celled(name, character, width)
    raise KeyError(character)


def _celled(name: str, character: str, width: float) -> Glyph:
    if character in CHINESE_QUOTES and width < QUOTE_CELL:
        return Glyph(name, width, QUOTE_CELL, (QUOTE_CELL - width) / 2)
    return Glyph(name, width, width, 0.0)
