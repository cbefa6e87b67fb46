"""Lays out a table as boxes: caption and unit, heads that repeat, rows, the total."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from villagedesk.reports.box import Box
from villagedesk.reports.cells import Cell, Hand, hand, row
from villagedesk.reports.columns import column_widths, fraction_width
from villagedesk.reports.fonts import Style, on_one_line, spelled
from villagedesk.reports.paper import Paper
from villagedesk.reports.setting import natural, placed
from villagedesk.reports.sheet import Align, Column, Table

_Grid = list[tuple[Align, float, float, float]]
"""Of each column the alignment, both uprights (points) and the room right of the decimal point (ems)."""


def table_boxes(table: Table, paper: Paper) -> list[Box]:
    """Return the table as boxes. Heads repeat on each page; the last row stays with the total."""
    columns = [replace(column, head=spelled(column.head)) for column in table.columns]
    rows = [tuple(map(spelled, cells)) for cells in table.rows]
    total = tuple(map(spelled, table.total))
    texts = _by_column(columns, rows, total)
    size, widths = column_widths(columns, texts, paper)
    pen = hand(size)
    grid = _grid(columns, texts, widths, paper.left)
    head = _head(grid, columns, pen, paper)
    limit = paper.depth - head.height
    body = [box for cells in rows for box in row(_cells(grid, cells), pen, limit)]
    if total:
        body[-1:] = [replace(box, keep=True) for box in body[-1:]]
        body += row(_total(grid, total), pen, limit)
    return [*_above(table, pen, paper), replace(head, keep=bool(body)), *(replace(box, head=(head,)) for box in body)]


def _by_column(columns: Sequence[Column], rows: Sequence[Sequence[str]], total: Sequence[str]) -> list[list[str]]:
    texts: list[list[str]] = [list(cells) for cells in zip(*rows, strict=True)] if rows else [[] for _ in columns]
    if total:
        merged = _merged(total)
        for index, cells in enumerate(texts):
            cells.append("" if merged > 1 and index == 0 else total[index])
    return texts


def _merged(total: Sequence[str]) -> int:
    """How many cells the label of the total spans: its own and the empty ones after it."""
    if not total[0]:
        return 1
    return next((index for index in range(1, len(total)) if total[index]), len(total))


def _grid(columns: Sequence[Column], texts: Sequence[Sequence[str]], widths: Sequence[float], left: float) -> _Grid:
    xs = list(accumulate(widths, initial=left))
    fractions = [fraction_width(t) if c.align is Align.AMOUNT else 0.0 for c, t in zip(columns, texts, strict=True)]
    return list(zip((column.align for column in columns), xs, xs[1:], fractions, strict=False))


def _cells(grid: _Grid, texts: Sequence[str]) -> list[Cell]:
    return [
        Cell(text, x1, x2, align, Style.CELL, part) for text, (align, x1, x2, part) in zip(texts, grid, strict=True)
    ]


def _head(grid: _Grid, columns: Sequence[Column], pen: Hand, paper: Paper) -> Box:
    heads = [Cell(c.head, x1, x2, Align.CENTER, Style.HEI) for c, (_, x1, x2, _) in zip(columns, grid, strict=True)]
    return row(heads, pen, paper.depth)[0]


def _total(grid: _Grid, total: Sequence[str]) -> list[Cell]:
    merged = _merged(total)
    label = Cell(total[0], grid[0][1], grid[merged - 1][2], Align.CENTER, Style.HEI)
    return [label, *_cells(grid[merged:], total[merged:])]


def _above(table: Table, pen: Hand, paper: Paper) -> list[Box]:
    """Caption in the middle and unit at the right, on one line when there is room."""
    caption, unit = natural(on_one_line(table.caption), Style.HEI), natural(on_one_line(table.unit), Style.CELL)
    right = paper.left + paper.measure
    middle = (paper.left + right) / 2
    captions = placed(caption, pen.size, middle - caption.width * pen.size / 2, pen.pitch / 2)
    units = placed(unit, pen.size, right - unit.width * pen.size, pen.pitch / 2)
    height = pen.pitch + pen.above
    shown = [text for text in (captions, units) if text.text]
    if (caption.width / 2 + unit.width + 1) * pen.size <= paper.measure / 2:
        return [Box(height, tuple(shown), keep=True)] if shown else []
    return [Box(height, (text,), keep=True) for text in shown]
