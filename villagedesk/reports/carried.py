"""Adds up the amounts of a register down its pages, in whole fen, for 过次页 and 承前页."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from villagedesk.kernel.money import parse_yuan, yuan
from villagedesk.reports.sheet import Align, Table

FORWARD = "过次页"
"""Label of the row that ends a page."""
BROUGHT = "承前页"
"""Label of the row that begins the next."""
STANDING = frozenset({"余额", "累计"})
"""Heads of columns that say what there is so far: their last figure is carried, never a sum."""


def running_sums(table: Table) -> list[tuple[str, ...]]:
    """Return for each row the sums down to it, a text for each column; empty where a column is not added up.

    Added up are the columns of amounts that the total adds up too, as far as every figure in them is an amount (a
    dash or a word counts as nothing); a running balance is carried as it stands. There are no sums when no column is
    added up, or none is left for the label.
    """
    columns = [_column_sums(table, index) for index in range(len(table.columns))]
    if all(sums is None for sums in columns) or None not in columns:
        return []
    return list(zip(*(sums or [""] * len(table.rows) for sums in columns), strict=True))


def label_place(sums: Sequence[str]) -> tuple[int, int]:
    """Return the first cell of the label and how many it spans: the first without a sum and those beside it."""
    start = sums.index("")
    return start, next((index for index in range(start, len(sums)) if sums[index]), len(sums)) - start


def _last_written(cells: Sequence[str]) -> list[str]:
    """Return for each row the last cell above it or in it that is not empty."""
    last, found = "", []
    for cell in cells:
        last = cell or last
        found.append(last)
    return found


def _column_sums(table: Table, index: int) -> list[str] | None:
    if table.columns[index].align is not Align.AMOUNT or (table.total and not table.total[index].strip()):
        return None
    cells = [row[index] for row in table.rows]
    if table.columns[index].head in STANDING:
        return _last_written(cells)
    try:
        parts = [parse_yuan(cell) if any(map(str.isdigit, cell)) else 0 for cell in cells]
    except ValueError:
        return None
    if not any(any(map(str.isdigit, cell)) for cell in cells):
        return None
    return list(_shown(accumulate(parts), max(len(cell.strip().partition(".")[2]) for cell in cells)))


def _shown(sums: Iterator[int], decimals: int) -> Iterator[str]:
    """Write sums with as many decimals as the cells have."""
    end = {0: -3, 1: -1}.get(decimals)
    return (yuan(fen)[:end] for fen in sums)
