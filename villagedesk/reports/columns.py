"""Chooses the size of a table's type and the widths of its columns, from what stands in all its cells."""

import re
from collections.abc import Iterable, Sequence
from math import ceil

from villagedesk.reports.cells import hand, split_amount
from villagedesk.reports.fonts import Style
from villagedesk.reports.paper import Paper
from villagedesk.reports.setting import measured
from villagedesk.reports.sheet import Align, Column

COMFORT = 6.5
"""Ems a column of words should have before its table takes a smaller size."""
SHORT = 4.0
"""Ems below which a cell's words do not wrap, such as a name."""

_WORD = re.compile(r"[!-~]+")


def column_widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], paper: Paper) -> tuple[float, list[float]]:
    """Return the size of the type and the width of each column, padding included, in points.

    ``texts`` are the cells column by column. The widths fill the measure of the paper. The first size is taken at
    which amounts and words stand whole and columns of words have room; at the last, words break if they must.
    """
    wanted = [
        max(_head_wanted(column), _cells_wanted(column, cells)) for column, cells in zip(columns, texts, strict=True)
    ]
    size = paper.tables[0]
    least = wanted
    if sum(wanted) > _room(paper, size, len(columns)):
        least = [
            max(_head_least(column), _cells_least(column, cells)) for column, cells in zip(columns, texts, strict=True)
        ]
        size = _comfortable(wanted, least, paper)
    room = _room(paper, size, len(columns))
    return size, [ems * size + 2 * hand(size).side for ems in _shared_out(columns, wanted, least, room)]


def fraction_width(cells: Iterable[str]) -> float:
    """Return the ems that the widest part from the decimal point on takes."""
    return max((measured(split_amount(text)[1], Style.BODY) for text in set(cells)), default=0.0)


def _room(paper: Paper, size: float, count: int) -> float:
    return (paper.measure - 2 * hand(size).side * count) / size


def _comfortable(wanted: Sequence[float], least: Sequence[float], paper: Paper) -> float:
    comfort = sum(min(want, max(low, COMFORT)) for want, low in zip(wanted, least, strict=True))
    return next((size for size in paper.tables if comfort <= _room(paper, size, len(wanted))), paper.tables[-1])


def _head_wanted(column: Column) -> float:
    width = _widest([column.head], Style.HEI)
    return width if width <= SHORT else max(SHORT, ceil(width / 2), _longest_word([column.head], Style.HEI))


def _head_least(column: Column) -> float:
    return max(min(2.0, _widest([column.head], Style.HEI)), _longest_word([column.head], Style.HEI))


def _cells_wanted(column: Column, cells: Sequence[str]) -> float:
    if column.align is not Align.AMOUNT:
        return _widest(cells)
    wholes = {split_amount(text)[0] for text in cells}
    return _widest(wholes) + fraction_width(cells)


def _cells_least(column: Column, cells: Sequence[str]) -> float:
    if column.align is Align.AMOUNT:
        return _cells_wanted(column, cells)
    return min(_widest(cells), max(SHORT, _longest_word(cells)))


def _widest(texts: Iterable[str], style: Style = Style.BODY) -> float:
    return max((measured(part, style) for text in set(texts) for part in text.split("\n")), default=0.0)


def _longest_word(texts: Iterable[str], style: Style = Style.BODY) -> float:
    words = {word for text in set(texts) for word in _WORD.findall(text)}
    return max((measured(word, style) for word in words), default=0.0)


def _shared_out(columns: Sequence[Column], wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    spare = room - sum(wanted)
    if spare >= 0:
        parts = [
            want * (1.0 if column.align is Align.LEFT else 0.5) for column, want in zip(columns, wanted, strict=True)
        ]
        return [want + spare * part / sum(parts) for want, part in zip(wanted, parts, strict=True)]
    if sum(least) >= room:
        return [low * room / sum(least) for low in least]
    return _capped(wanted, least, room)


def _capped(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Cut the widest columns to one common width, as wide as the room allows."""
    low, high = 0.0, max(wanted)
    widths = list(least)
    for _ in range(40):
        cap = (low + high) / 2
        widths = [min(want, max(floor, cap)) for want, floor in zip(wanted, least, strict=True)]
        low, high = (cap, high) if sum(widths) <= room else (low, cap)
    return [width * room / sum(widths) for width in widths]
