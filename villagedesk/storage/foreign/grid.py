"""A sheet as rows of plain cells, with what its file says of hidden and merged ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from villagedesk.kernel.errors import BadInput
from villagedesk.storage.foreign.cells import Cell, plain

Row = tuple[Cell, ...]
Area = tuple[int, int, int, int]
"""Merged cells: top row, left column, bottom row, right column, all counted from 0 and included."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its file's name and its rows, all of one width. Row ``i`` stands in line ``i + 1`` of the file.

    ``sheet`` is the sheet's own name, ``hidden`` the rows the file does not show, ``struck`` those with something
    struck through, ``merged`` its merged cells, ``unworked`` the places (row, column) of formulas that were saved
    without a result, ``failed`` of those whose result is an error. ``is_seen`` is False when the file may hide or
    strike rows and does not let it be seen.
    """

    name: str
    rows: tuple[Row, ...]
    sheet: str = ""
    hidden: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()
    unworked: frozenset[tuple[int, int]] = frozenset()
    struck: frozenset[int] = frozenset()
    failed: frozenset[tuple[int, int]] = frozenset()
    is_seen: bool = True

    def head_row(self, *heads: str) -> int:
        """Return the index of the first row that has all these heads, gaps and full-width marks ignored.

        Raises BadInput naming the heads when no row has them.
        """
        wanted = {plain(head) for head in heads}
        for index, row in enumerate(self.rows):
            if wanted <= {plain(cell) for cell in row}:
                return index
        raise BadInput(self.name, f"没有找到表头“{'、'.join(heads)}”，请检查是不是选错了表。")

    def column(self, head_row: int, head: str) -> int:
        """Return the index of the column under ``head``; head_row has it."""
        return [plain(cell) for cell in self.rows[head_row]].index(plain(head))


def even(name: str, rows: Sequence[Sequence[Cell]], sheet: str = "") -> Grid:
    """Return rows of any length as a grid of one width."""
    width = max((len(row) for row in rows), default=0)
    return Grid(name, tuple((*row, *("",) * (width - len(row))) for row in rows), sheet)
