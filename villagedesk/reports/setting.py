"""Sets lines of text: which face draws which piece, and where. Knows ems and points, but no page."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from math import ceil
from typing import NamedTuple

from villagedesk.reports.fonts import Style, glyphs, widths
from villagedesk.reports.linebreak import (
    HALF_BLANK_AFTER,
    HALF_BLANK_BEFORE,
    HAN_LATIN,
    LOOSE_STRETCH,
    Line,
    flush,
    lines,
    shared,
)

_EVEN = 0.1
"""Ems that the spacing of a piece may be; beyond, a new piece starts."""
_TELLING = 0.096
"""Ems between the characters of a line, or over each other, from which it must say what it reads."""
_MARKS = HALF_BLANK_AFTER | HALF_BLANK_BEFORE
_BASELINE = 0.36
"""Ems from the middle of a line down to its baseline."""
_SLIP = 1e-5


class Piece(NamedTuple):
    """Text of one face with even spacing; ``x`` is where it starts in its line. Lengths are ems."""

    x: float
    face: str
    text: str
    spacing: float


class Set(NamedTuple):
    """A line that is set: its width in ems and its pieces.

    ``line`` is the text of a line set so loosely or tightly that a program extracting it must be told what it reads;
    where the characters speak for themselves it is empty. In such a line with a rare character (above U+FFFF) each
    character is a piece, spaced up to the next one.
    """

    width: float
    pieces: tuple[Piece, ...]
    line: str = ""


class Text(NamedTuple):
    """A set line in its place; ``x`` and ``y`` (downwards) are where its baseline starts, in points."""

    x: float
    y: float
    size: float
    line: Set

    @property
    def text(self) -> str:
        """What the line reads."""
        return "".join(piece.text for piece in self.line.pieces)


@lru_cache(maxsize=4096)
def natural(text: str, style: Style) -> Set:
    """Set a text on one line at its natural width."""
    if _MARKS.isdisjoint(text):
        return _plain(text, style)
    starts = list(accumulate(_advances(text, style), initial=0.0))
    return _placed(text, starts, style, starts[-1])


def measured(text: str, style: Style) -> float:
    """Return the natural width of a text on one line, in ems."""
    if _MARKS.isdisjoint(text):
        return sum(map(widths(style).__getitem__, text))
    return sum(_advances(text, style))


def wrapped(text: str, style: Style, room: float, *, justify: bool = False) -> list[Set]:
    """Set a text on as many lines of ``room`` ems as it needs; newlines in it are kept."""
    if "\n" not in text and measured(text, style) <= room + _SLIP:
        return [natural(text, style)]
    return [line for part in text.split("\n") for line in _wrapped_part(part, style, room, justify=justify)]


def balanced(text: str, style: Style, room: float) -> list[Set]:
    """Set a text on as few lines as ``room`` ems allow, of nearly equal length."""
    if "\n" not in text and measured(text, style) <= room + _SLIP:
        return [natural(text, style)]
    return [line for part in text.split("\n") for line in _balanced_part(part, style, room)]


@lru_cache(maxsize=256)
def paragraph(text: str, style: Style, room: float, indent: float, tracking: float) -> tuple[Set, ...]:
    """Set running text flush on both sides, the first line indented; ``tracking`` ems are added to each character.

    Papers of one pack say the same of law and of objections: what was set is kept.
    """
    cells = widths(style)
    broken = lines(text, lambda character: cells[character] + tracking, room, indent, HAN_LATIN)
    return tuple(_flush_line(line, style, room, 0.0 if index else indent) for index, line in enumerate(broken))


def has_rare(text: str) -> bool:
    """Tell whether a character of a text takes two places in UTF-16, as that of many a rare name does."""
    return max(text, default="") > "\uffff"


def placed(line: Set, size: float, x: float, y: float) -> Text:
    """Place a set line; ``y`` is the middle of the line below the top of its box, in points."""
    return Text(x, y + _BASELINE * size, size, line)


def _advances(text: str, style: Style) -> Iterable[float]:
    cells = map(widths(style).__getitem__, text)
    return cells if _MARKS.isdisjoint(text) else shared(text, list(cells))


def _wrapped_part(text: str, style: Style, room: float, *, justify: bool) -> list[Set]:
    broken = lines(text, widths(style).__getitem__, room)
    return [_set(line, style, room if justify else min(line.width, room)) for line in broken] or [Set(0.0, ())]


def _balanced_part(text: str, style: Style, room: float) -> list[Set]:
    broken = _wrapped_part(text, style, room, justify=False)
    if len(broken) == 1:
        return broken
    narrow = ceil(measured(text, style) / len(broken))
    for tighter in _between(narrow, room):
        attempt = _wrapped_part(text, style, tighter, justify=False)
        if len(attempt) == len(broken):
            return attempt
    return broken


def _between(low: float, high: float) -> Iterator[float]:
    while low < high:
        yield low
        low += 0.5


def _flush_line(line: Line, style: Style, room: float, indent: float) -> Set:
    starts = [indent + start for start in flush(line, room - indent, LOOSE_STRETCH)]
    return _placed(line.text, starts, style, indent + line.width)


def _set(line: Line, style: Style, room: float) -> Set:
    return _placed(line.text, flush(line, room), style, min(line.width, room))


def _plain(text: str, style: Style) -> Set:
    """Set a text without marks that give way: its characters stand close, so only the faces cut it."""
    table = glyphs(style)
    pieces, x = [], 0.0
    for face, run in groupby(text, lambda character: table[character].face):
        piece = "".join(run)
        pieces.append(Piece(x, face, piece, 0.0))
        x += sum([table[character].cell for character in piece])
    return Set(x, tuple(pieces))


def _placed(text: str, starts: Sequence[float], style: Style, width: float) -> Set:
    """Cut a line into pieces of one face and even spacing; note whether it must say what it reads."""
    table = glyphs(style)
    pieces: list[Piece] = []
    begin, spacing, end, current, first, widest = 0, 0.0, 0.0, "", 0.0, 0.0
    for index, character in enumerate(text):
        face, own, _, shift = table[character]
        x = starts[index] + shift
        gap = x - end
        if index:
            widest = max(widest, abs(gap))
        if face == current and (abs(gap - spacing) < _SLIP or (index == begin + 1 and abs(gap) <= _EVEN)):
            spacing = gap
        else:
            if index:
                pieces.append(Piece(first, current, text[begin:index], spacing))
            begin, spacing, current, first = index, 0.0, face, x
        end = x + own
    if text:
        pieces.append(Piece(first, current, text[begin:], spacing))
    if widest <= _TELLING:
        return Set(width, tuple(pieces))
    return Set(width, tuple(_apart(text, starts, style)) if has_rare(text) else tuple(pieces), text)


def _apart(text: str, starts: Sequence[float], style: Style) -> Iterator[Piece]:
    cut = [glyphs(style)[character] for character in text]
    places = [start + glyph.shift for start, glyph in zip(starts, cut, strict=False)]
    ends = [place + glyph.width for place, glyph in zip(places, cut, strict=True)]
    for character, glyph, x, end, following in zip(text, cut, places, ends, [*places[1:], ends[-1]], strict=True):
        yield Piece(x, glyph.face, character, following - end)
