"""Sets a row of ruled cells: wrapping, alignment, vertical centring, and rows taller than a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from villagedesk.reports.box import Box
from villagedesk.reports.fonts import Style
from villagedesk.reports.linebreak import NARROW
from villagedesk.reports.setting import Set, Text, balanced, measured, natural, placed, wrapped
from villagedesk.reports.sheet import Align

_SLIP = 1e-6


@dataclass(frozen=True, slots=True)
class Hand:
    """How cells are written: size and line pitch in points, padding at the sides and above and below in points."""

    size: float
    pitch: float
    side: float
    above: float


class Cell(NamedTuple):
    """A text between two uprights (points). ``fraction`` is the room in ems kept right of the decimal point."""

    text: str
    x1: float
    x2: float
    align: Align = Align.LEFT
    style: Style = Style.CELL
    fraction: float = 0.0


def hand(size: float) -> Hand:
    """Return the hand for a size: lines at 1.3, comfortable padding."""
    return Hand(size, 1.3 * size, 0.36 * size, 0.32 * size)


def row(cells: Sequence[Cell], hand: Hand, limit: float) -> list[Box]:
    """Set a row. It is one box, or several when it is taller than ``limit`` points, the depth of a page."""
    texts = [_lines(cell, hand) for cell in cells]
    count = max(map(len, texts))
    most = max(int((limit - 2 * hand.above) / hand.pitch), 1)
    xs = (*(cell.x1 for cell in cells), cells[-1].x2)
    if count == 1 or count <= most:
        return [_box(cells, texts, hand, count, xs)]
    parts = range(0, count, most)
    return [_part(cells, texts, hand, xs, slice(start, start + most)) for start in parts]


def split_amount(text: str) -> tuple[str, str]:
    """Return what stands left of the decimal point and what stands from it on."""
    whole, point, fraction = text.partition(".")
    return whole, point + fraction


def _part(cells: Sequence[Cell], texts: Sequence[Sequence[Set]], hand: Hand, xs: tuple[float, ...], part: slice) -> Box:
    shown = [lines[part] for lines in texts]
    return _box(cells, shown, hand, max(map(len, shown)), xs)


def _box(cells: Sequence[Cell], texts: Sequence[Sequence[Set]], hand: Hand, count: int, xs: tuple[float, ...]) -> Box:
    height = count * hand.pitch + 2 * hand.above
    written = [text for cell, lines in zip(cells, texts, strict=True) for text in _texts(cell, lines, hand, height)]
    return Box(height, tuple(written), xs=xs)


def _lines(cell: Cell, hand: Hand) -> tuple[Set, ...]:
    return _cell_lines(cell.text, cell.style, cell.align, (cell.x2 - cell.x1 - 2 * hand.side) / hand.size)


@lru_cache(maxsize=4096)
def _cell_lines(text: str, style: Style, align: Align, room: float) -> tuple[Set, ...]:
    if not text:
        return ()
    if "\n" not in text:
        whole = natural(text, style)
        if whole.width <= room + _SLIP:
            return (whole,)
    if align is Align.CENTER:
        return tuple(balanced(text, style, room))
    return tuple(wrapped(text, style, room, justify=align is Align.LEFT and room >= NARROW))


def _texts(cell: Cell, lines: Sequence[Set], hand: Hand, height: float) -> Iterator[Text]:
    y = (height - len(lines) * hand.pitch + hand.pitch) / 2
    for line in lines:
        yield placed(line, hand.size, _x(cell, line, hand, single=len(lines) == 1), y)
        y += hand.pitch


def _x(cell: Cell, line: Set, hand: Hand, *, single: bool) -> float:
    width = line.width * hand.size
    match cell.align:
        case Align.LEFT:
            return cell.x1 + hand.side
        case Align.AMOUNT if single and _has_digit(cell.text):
            own = measured(split_amount(cell.text)[1], cell.style)
            x = cell.x2 - hand.side - width - (cell.fraction - own) * hand.size
            return max(x, cell.x1 + hand.side)
        case Align.RIGHT | Align.AMOUNT if not single or cell.align is Align.RIGHT:
            return cell.x2 - hand.side - width
        case _:
            return (cell.x1 + cell.x2 - width) / 2


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
