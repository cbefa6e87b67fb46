"""Tables as notices have them: numbered rows, columns of money that add up, words in the middle or at the left."""

from collections.abc import Iterable, Sequence

from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Column, Table

_REGISTER = 30
"""Rows from which a table carries its sums from page to page."""

_SHORT = frozenset({"日期", "项目个数"})

Line = tuple[Sequence[str], Sequence[int]]
"""A row of a money table: its texts, and its amounts in fen."""


def money_table(
    texts: Sequence[str], amounts: Sequence[str], lines: Sequence[Line], *, group: str = "", caption: str = ""
) -> Table:
    """Return a numbered table of texts followed by amounts, with the sum of each column; a long one carries them.

    ``group`` is a head above all amounts but the last. Days and numbers of projects stand in the middle.
    """
    columns = (
        Column("序号", Align.CENTER),
        *(Column(head, Align.CENTER if head in _SHORT else Align.LEFT) for head in texts),
        *(Column(head, Align.AMOUNT, group) for head in amounts[:-1]),
        Column(amounts[-1], Align.AMOUNT),
    )
    rows = tuple((str(place), *words, *in_yuan(*fen)) for place, (words, fen) in enumerate(lines, 1))
    total = ("合计", *("" for _ in texts), *in_yuan(*sums([fen for _, fen in lines], len(amounts))))
    return Table(columns, rows, total, caption, "单位：元", carries=len(rows) > _REGISTER)


def word_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, centred: Iterable[str] = (), unit: str = ""
) -> Table:
    """Return a table of words; the columns named in ``centred`` stand in the middle."""
    middle = frozenset(centred)
    columns = tuple(Column(head, Align.CENTER if head in middle else Align.LEFT) for head in heads)
    return Table(columns, tuple(map(tuple, rows)), unit=unit)


def sums(lines: Sequence[Sequence[int]], width: int) -> tuple[int, ...]:
    """Return the sum of each of ``width`` columns."""
    return tuple(sum(line[place] for line in lines) for place in range(width))


def in_yuan(*fen: int) -> tuple[str, ...]:
    """Return amounts as figures."""
    return tuple(map(yuan, fen))
