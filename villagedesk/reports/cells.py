"""Sets a row of ruled cells: wrapping, alignment, vertical centring, and rows taller than a page."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from villagedesk.reports.box import Box
from villagedesk.reports.fonts import Style
from villagedesk.reports.linebreak import NARROW
from villagedesk.reports.setting import Set, Text, balanced, measured, natural, placed, wrapped
from villagedesk.reports.sheet import Align

_SLIP = 1e-6
_Lines = tuple[str | tuple[Set, ...], ...]
"""Of each cell of a row its text when that stands on one line, or else its lines."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How cells are written: size and line pitch in points, padding at the sides and above and below in points."""

    size: float
    pitch: float
    side: float
    above: float

    def height(self, lines: int) -> float:
        """Return the height of a row of so many lines."""
        return lines * self.pitch + 2 * self.above


class Slot(NamedTuple):
    """The place of a cell between two uprights (points). ``fraction`` is the room in ems right of the decimal point."""

    x1: float
    x2: float
    align: Align = Align.LEFT
    style: Style = Style.CELL
    fraction: float = 0.0


@dataclass(frozen=True, slots=True)
class Strip:
    """What the rows of a table have in common: where their cells stand, and how they are written."""

    slots: tuple[Slot, ...]
    hand: Hand

    @property
    def xs(self) -> tuple[float, ...]:
        """The uprights."""
        return (*(slot.x1 for slot in self.slots), self.slots[-1].x2)

    @property
    def rooms(self) -> tuple[float, ...]:
        """The width of a line in each cell, in ems."""
        return tuple((slot.x2 - slot.x1 - 2 * self.hand.side) / self.hand.size for slot in self.slots)

    def merged(self, start: int, count: int) -> "Strip":
        """Return the strip where so many cells have become one for a label."""
        label = Slot(self.slots[start].x1, self.slots[start + count - 1].x2, Align.CENTER, Style.HEI)
        return Strip((*self.slots[:start], label, *self.slots[start + count :]), self.hand)


@dataclass(frozen=True, slots=True)
class Written(Collection[Text]):
    """The texts of a row, put in their places when they are drawn: ten thousand rows wait as little but strings."""

    strip: Strip
    lines: _Lines
    height: float

    def __iter__(self) -> Iterator[Text]:
        hand = self.strip.hand
        for slot, lines in zip(self.strip.slots, self.lines, strict=True):
            if isinstance(lines, str):
                if lines:
                    line = natural(lines, slot.style)
                    yield placed(line, hand.size, _x(slot, line, hand, lines), self.height / 2)
                continue
            y = (self.height - (len(lines) - 1) * hand.pitch) / 2
            for line in lines:
                yield placed(line, hand.size, _x(slot, line, hand), y)
                y += hand.pitch

    def __bool__(self) -> bool:
        return any(self.lines)

    def __len__(self) -> int:
        return sum(bool(lines) if isinstance(lines, str) else len(lines) for lines in self.lines)

    def __contains__(self, text: object) -> bool:
        return text in tuple(self)


def hand(size: float) -> Hand:
    """Return the hand for a size: lines at 1.3, comfortable padding."""
    return Hand(size, 1.3 * size, 0.36 * size, 0.32 * size)


class Rows:
    """Sets one row after another on a strip."""

    def __init__(self, strip: Strip, limit: float) -> None:
        """``limit`` is the depth of a page in points, for rows that are taller."""
        self._strip, self._xs = strip, strip.xs
        self._cells = [(slot.style, slot.align, room) for slot, room in zip(strip.slots, strip.rooms, strict=True)]
        self._most = max(int((limit - 2 * strip.hand.above) / strip.hand.pitch), 1)

    def boxes(self, texts: Sequence[str], head: tuple[Box, ...] = (), foot: tuple[Box, ...] = ()) -> list[Box]:
        """Return the row as one box, or several when it is taller than a page, each with that head and foot."""
        lines = tuple([_lines(text, *cell) for text, cell in zip(texts, self._cells, strict=True)])
        count = self._depth(lines)
        if count <= self._most:
            return [self._box(lines, count, head, foot)]
        starts = range(0, count, self._most)
        return [
            self._box(part, self._depth(part), head, foot) for start in starts for part in [self._part(lines, start)]
        ]

    def _part(self, lines: _Lines, start: int) -> _Lines:
        end = start + self._most
        return tuple([one[start:end] if isinstance(one, tuple) else "" if start else one for one in lines])

    @staticmethod
    def _depth(lines: _Lines) -> int:
        return max([1 if isinstance(one, str) else len(one) for one in lines])

    def _box(self, lines: _Lines, count: int, head: tuple[Box, ...], foot: tuple[Box, ...]) -> Box:
        height = self._strip.hand.height(count)
        return Box(height, Written(self._strip, lines, height), xs=self._xs, head=head, foot=foot)


def row(strip: Strip, texts: Sequence[str], limit: float) -> list[Box]:
    """Set one row; see ``Rows``."""
    return Rows(strip, limit).boxes(texts)


def split_amount(text: str) -> tuple[str, str]:
    """Return what stands left of the decimal point and what stands from it on."""
    whole, point, fraction = text.partition(".")
    return whole, point + fraction


def _lines(text: str, style: Style, align: Align, room: float) -> str | tuple[Set, ...]:
    if not text or ("\n" not in text and measured(text, style) <= room + _SLIP):
        return text
    return _wrapped(text, style, align, room)


@lru_cache(maxsize=4096)
def _wrapped(text: str, style: Style, align: Align, room: float) -> tuple[Set, ...]:
    if align is Align.CENTER:
        return tuple(balanced(text, style, room))
    return tuple(wrapped(text, style, room, justify=align is Align.LEFT and room >= NARROW))


def _x(slot: Slot, line: Set, hand: Hand, single: str = "") -> float:
    """Where a line starts; ``single`` is its text when it stands alone in its cell."""
    width = line.width * hand.size
    match slot.align:
        case Align.LEFT:
            return slot.x1 + hand.side
        case Align.AMOUNT if single and _has_digit(single):
            own = measured(split_amount(single)[1], slot.style)
            x = slot.x2 - hand.side - width - (slot.fraction - own) * hand.size
            return max(x, slot.x1 + hand.side)
        case Align.RIGHT:
            return slot.x2 - hand.side - width
        case Align.AMOUNT if not single:
            return slot.x2 - hand.side - width
        case _:
            return (slot.x1 + slot.x2 - width) / 2


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
