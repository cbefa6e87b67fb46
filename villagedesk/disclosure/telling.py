"""Ways of telling that several kinds share: numbered parts, sums to recount, bars to look at, names told apart."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date

from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import small_number
from villagedesk.reports.sheet import Block, Chart, Paragraph

MOST_BARS = 20
"""Bars that can still be looked at on a wall; a longer list is read in its table."""

_MOST_SUMMANDS = 6
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def headed(*parts: tuple[str, Sequence[Block]]) -> tuple[Block, ...]:
    """Return parts below their heads 一、二、…; a part without blocks is left out and not counted."""
    there = [part for part in parts if part[1]]
    return tuple(
        block
        for number, (head, blocks) in enumerate(there, 1)
        for block in (Paragraph(f"{small_number(number)}、{head}", 1), *blocks)
    )


def short_day(day: date) -> str:
    """Return a day of the period a notice is about: ``"3月5日"``."""
    return f"{day.month}月{day.day}日"


def dotted(day: date) -> str:
    """Return a day for a narrow column: ``"2026.3.5"``."""
    return f"{day.year}.{day.month}.{day.day}"


def added(fens: Sequence[int]) -> str:
    """Return a sum to recount, ``"3.00＋2.00－1.00＝4.00"``; "" when there is nothing to add or too much for a line."""
    if not 1 < len(fens) <= _MOST_SUMMANDS:
        return ""
    rest = "".join(f"{'－' if fen < 0 else '＋'}{yuan(abs(fen))}" for fen in fens[1:])
    return f"{yuan(fens[0])}{rest}＝{yuan(sum(fens))}"


def counted(fens: Iterable[int], of: str) -> str:
    """Return equal amounts counted, ``"2人×3.00＋1人×1.00＝7.00"``, or added where none are equal; "" when too many."""
    fens = list(fens)
    counts = Counter(fens)
    if len(counts) == len(fens):
        return added(fens)
    if not 1 <= len(counts) <= _MOST_SUMMANDS:
        return ""
    parts = "＋".join(f"{count}{of}×{yuan(fen)}" for fen, count in sorted(counts.items(), reverse=True))
    return f"{parts}＝{yuan(sum(fen * count for fen, count in counts.items()))}"


def looked_at(chart: Chart) -> list[Block]:
    """Return a chart, or nothing when there is nothing to look at or too much.

    What it shows stands in a table too, so that a correction need not compare it.
    """
    is_plain = 0 < len(chart.bars) <= MOST_BARS and any(sum(bar.parts) for bar in chart.bars)
    return [chart] if is_plain else []


def told_apart(people: Iterable[tuple[str, str, str]]) -> Mapping[str, str]:
    """Return what each of (person, name, last four of the id) is called on one sheet.

    Two of one name are told apart by the last four, two of one name and the same last four by 甲, 乙 in the order of
    the register; everybody else is called by their name alone.
    """
    known = {person: (name, tail) for person, name, tail in people}
    by_name, by_both = (
        _grouped((name, person) for person, (name, _) in known.items()),
        _grouped((both, person) for person, both in known.items()),
    )
    called = {}
    for person, (name, tail) in known.items():
        same = sorted(by_both[name, tail])
        mark = _stem(same.index(person)) if len(same) > 1 else ""
        called[person] = f"{name}（证件尾号{tail}{mark}）" if len(by_name[name]) > 1 else name
    return called


def _grouped(pairs: Iterable[tuple[Hashable, str]]) -> dict[Hashable, list[str]]:
    groups = defaultdict(list)
    for key, person in pairs:
        groups[key].append(person)
    return groups


def _stem(place: int) -> str:
    return _STEMS[place] if place < len(_STEMS) else str(place + 1)
