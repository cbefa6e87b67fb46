"""Chooses the size of a table's type and the widths of its columns, from what stands in all its cells."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
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
NARROWEST = 2.0
"""Ems that every column keeps, whatever the others ask for."""

SAMPLE = 200
"""Rows that are tried when columns compete for room."""

KEY = 0.3
"""Part of the measure that the columns repeated in each part of a wide table may take."""

_SLIP = 1e-6
_POWERS = (0.0, 0.25, 0.5, 0.75, 1.0)
_WORD = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Demand:
    """What a column asks for, in ems: all on one line, short words whole, or only amounts and Latin words whole."""

    wanted: float
    least: float
    bare: float
    stretches: float
    """Its share in room that is left over."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the columns of a table ask for, and the widths of a sample of its cells, row by row in ems."""

    demands: tuple[Demand, ...]
    sample: tuple[tuple[float, ...], ...]


def gauged(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> Gauge:
    """Measure the cells, given column by column."""
    groups = _group_shares(columns)
    demands = tuple(map(_demand, columns, texts, groups))
    rows = zip(*(cells[:: max(len(cells) // SAMPLE, 1)] for cells in texts), strict=False)
    sample = tuple(tuple(measured(text.replace("\n", ""), Style.CELL) for text in row) for row in rows)
    return Gauge(demands, sample)


def column_widths(gauge: Gauge, paper: Paper) -> tuple[float, list[float]]:
    """Return the size of the type and the width of each column, padding included, in points.

    The widths fill the measure of the paper. The first size is taken at which amounts and words stand whole and
    columns of words have room; at the last, words break if they must.
    """
    demands = gauge.demands
    size = next((size for size in paper.tables if _comfort(demands) <= _room(paper, size, demands)), paper.tables[-1])
    widths = _shared_out(demands, gauge.sample, _room(paper, size, demands))
    return size, [ems * size + 2 * hand(size).side for ems in widths]


def too_wide(gauge: Gauge, paper: Paper) -> bool:
    """Say whether names or amounts would break even at the smallest size of the paper."""
    least = sum(demand.least for demand in gauge.demands)
    return least > _room(paper, paper.tables[-1], gauge.demands) + _SLIP


def bands(columns: Sequence[Column], gauge: Gauge, paper: Paper) -> list[list[int]]:
    """Return the columns of each part of a table that is too wide for the paper, the leading ones in every part.

    A table whose amounts and words stand whole at the smallest size is one part. Otherwise there are as few parts as
    can be, of nearly equal width, and columns of one group stay together if a page holds them.
    """
    demands, size = gauge.demands, paper.tables[-1]
    if sum(demand.bare for demand in demands) <= _room(paper, size, demands) + _SLIP:
        return [list(range(len(demands)))]
    needs = [demand.least + 2 * hand(size).side / size for demand in demands]
    most = paper.measure / size
    key = _key(needs, most)
    room = most - sum(needs[: len(key)])
    fewest = _filled(columns, needs, key.stop, room)
    even = (_filled(columns, needs, key.stop, room * part / 20) for part in range(1, 20))
    parts = next((parts for parts in even if len(parts) == len(fewest)), fewest)
    return [[*key, *part] for part in parts]


def fraction_width(cells: Iterable[str]) -> float:
    """Return the ems that the widest part from the decimal point on takes."""
    return _widest({split_amount(text)[1] for text in cells})


def _key(needs: Sequence[float], most: float) -> range:
    """The first columns, which say what a row is about: two if they leave most of the paper to the others."""
    return range(next(count for count in (2, 1, 0) if count < len(needs) and sum(needs[:count]) <= KEY * most))


def _filled(columns: Sequence[Column], needs: Sequence[float], start: int, room: float) -> list[list[int]]:
    """Fill one part after another up to ``room`` ems."""
    parts: list[list[int]] = [[]]
    for unit in _units(columns, needs, start, room):
        if parts[-1] and sum(needs[index] for index in (*parts[-1], *unit)) > room:
            parts.append([])
        parts[-1] += unit
    return parts


def _units(columns: Sequence[Column], needs: Sequence[float], start: int, room: float) -> Iterator[list[int]]:
    """The columns that stay together: those of a group, unless it is too wide itself."""
    for group, run in groupby(range(start, len(columns)), lambda index: columns[index].group):
        unit = list(run)
        together = group and sum(needs[index] for index in unit) <= room
        yield from [unit] if together else [[index] for index in unit]


def _room(paper: Paper, size: float, demands: Sequence[Demand]) -> float:
    return max(paper.measure - 2 * hand(size).side * len(demands), 0.3 * paper.measure) / size


def _comfort(demands: Sequence[Demand]) -> float:
    return sum(min(demand.wanted, max(demand.least, COMFORT)) for demand in demands)


def _group_shares(columns: Sequence[Column]) -> Iterator[tuple[float, float]]:
    """The share of each column in what the head of its group wants, and needs at least."""
    for group, run in groupby(column.group for column in columns):
        count, width = len(list(run)), _widest([group], Style.HEI)
        word = max(_longest_word([group], Style.HEI), min(width, 2.0))
        yield from [(max(width / 2, word) / count, word / count)] * count


def _demand(column: Column, cells: Sequence[str], group: tuple[float, float]) -> Demand:
    head, head_word = _widest([column.head], Style.HEI), _longest_word([column.head], Style.HEI)
    head_wanted = max(group[0], 1.0, head if head <= SHORT else max(SHORT, ceil(head / 2), head_word))
    head_least = max(group[1], min(2.0, head), head_word, 1.0)
    if column.align is Align.AMOUNT:
        whole = _widest({split_amount(text)[0] for text in cells}) + fraction_width(cells)
        return Demand(max(head_wanted, whole), max(head_least, whole), max(head_least, whole), 0.5)
    widest, word = _widest(cells), _longest_word(cells)
    return Demand(
        wanted=max(head_wanted, widest),
        least=max(head_least, min(widest, max(SHORT, word))),
        bare=max(head_least, min(widest, max(2.0, word))),
        stretches=1.0 if column.align is Align.LEFT else 0.5,
    )


def _widest(texts: Iterable[str], style: Style = Style.CELL) -> float:
    return max((measured(part, style) for text in set(texts) for part in text.split("\n")), default=0.0)


def _longest_word(texts: Iterable[str], style: Style = Style.CELL) -> float:
    words = {word for text in set(texts) for word in _WORD.findall(text)}
    return max((measured(word, style) for word in words), default=0.0)


def _shared_out(demands: Sequence[Demand], sample: Sequence[Sequence[float]], room: float) -> list[float]:
    wanted = [demand.wanted for demand in demands]
    least = [demand.least for demand in demands]
    bare = [demand.bare for demand in demands]
    if sum(wanted) <= room:
        return _grown(wanted, [demand.wanted * demand.stretches for demand in demands], room - sum(wanted))
    if sum(least) <= room:
        return _fewest_lines([_capped(wanted, least, room, power) for power in _POWERS], sample)
    if sum(bare) <= room:
        return _capped(least, bare, room, 0.0)
    return _capped(bare, [min(low, NARROWEST, room / len(bare)) for low in bare], room, 0.0)


def _grown(widths: Sequence[float], parts: Sequence[float], spare: float) -> list[float]:
    whole = sum(parts)
    return [width + (spare * part / whole if whole else 0.0) for width, part in zip(widths, parts, strict=True)]


def _capped(wanted: Sequence[float], least: Sequence[float], room: float, power: float) -> list[float]:
    """Cut the widest columns: to one common width (power 0), in proportion (power 1), or between the two."""
    parts = [(want / max(wanted)) ** power for want in wanted]
    bounds = list(zip(wanted, least, parts, strict=True))

    def cut(cap: float) -> list[float]:
        return [min(want, max(floor, cap * part)) for want, floor, part in bounds]

    # Between the caps at which a column begins or ends to give way, the sum grows evenly.
    bends = sorted(bound / part for want, floor, part in bounds if part for bound in (floor, want))
    place = bisect_right(bends, room, key=lambda cap: sum(cut(cap)))
    low, high = bends[max(place - 1, 0)], bends[min(place, len(bends) - 1)]
    short, long = sum(cut(low)), sum(cut(high))
    widths = cut(low + (high - low) * (room - short) / (long - short) if short < room < long else low)
    return [width * room / sum(widths) for width in widths]


def _fewest_lines(choices: Sequence[list[float]], sample: Sequence[Sequence[float]]) -> list[float]:
    """Return the widths at which the sample of the rows takes the fewest lines."""
    return min(choices, key=lambda widths: sum(_lines(row, widths) for row in sample))


def _lines(row: Sequence[float], widths: Sequence[float]) -> int:
    return max(ceil(need / width - 1e-6) for need, width in zip(row, widths, strict=True))
