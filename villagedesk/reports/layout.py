"""Lays a sheet out on pages: stacks its boxes, repeats heads, frames tables, numbers the pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, degrees, hypot
from typing import NamedTuple

from villagedesk.reports.blocks import sheet_boxes
from villagedesk.reports.box import INNER, OUTER, Box, Rule
from villagedesk.reports.fonts import Style, on_one_line, spelled
from villagedesk.reports.paper import MM, PAPERS, Paper, across
from villagedesk.reports.setting import Text, natural, placed, wrapped
from villagedesk.reports.sheet import Sheet, Table
from villagedesk.reports.tables import Measured, measure

SHORT = 8
"""Pages up to which a sheet may be laid out again."""
STEPS = 4
"""Steps in which lines close up."""
NEARLY_EMPTY = 0.75
"""Part of the last page below which saving it is tried."""

_SLIP = 0.01


class Placed(NamedTuple):
    """A box and where its top is on the page, in points from the upper edge of the paper."""

    top: float
    box: Box


@dataclass(frozen=True, slots=True)
class Mark:
    """A watermark: a text placed from the middle of the page, turned by so many degrees."""

    text: Text
    angle: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Pages of a size in points, with everything placed on them, and the watermark behind each."""

    width: float
    height: float
    pages: tuple[tuple[Placed, ...], ...]
    mark: Mark | None


def lay_out(sheet: Sheet) -> Layout:
    """Return the sheet on its pages. Raises KeyError for a character that no face has: check first."""
    tables = [measure(block) for block in sheet.blocks if isinstance(block, Table)]
    paper = _upright_or_across(PAPERS[sheet.preset], tables)
    pages = _fewest_pages(sheet, paper, tables)
    finished = [
        (*page, *_frames(page), *_foot(spelled(sheet.footer), number, len(pages), paper))
        for number, page in enumerate(pages, 1)
    ]
    return Layout(paper.width, paper.height, tuple(finished), _mark(on_one_line(sheet.watermark), paper))


def _upright_or_across(paper: Paper, tables: Sequence[Measured]) -> Paper:
    """Turn the paper for a table that would break words and amounts on it upright."""
    upright = paper.width < paper.height
    return across(paper) if upright and any(table.is_too_wide(paper) for table in tables) else paper


def _fewest_pages(sheet: Sheet, paper: Paper, tables: Sequence[Measured]) -> list[list[Placed]]:
    """Close lines up, no more than needed, when that saves a nearly empty last page of a short sheet."""
    pages = list(_pages(sheet_boxes(sheet, paper, tables), paper))
    if len(pages) == 1 or len(pages) > SHORT or _used(pages[-1], paper) >= NEARLY_EMPTY:
        return pages
    closer = list(_closer(paper))
    tightest = list(_pages(sheet_boxes(sheet, closer[-1], tables), closer[-1]))
    if len(tightest) >= len(pages):
        return pages
    for each in closer[:-1]:
        closed_up = list(_pages(sheet_boxes(sheet, each, tables), each))
        if len(closed_up) < len(pages):
            return closed_up
    return tightest


def _closer(paper: Paper) -> Iterator[Paper]:
    """The paper with its lines closed up step by step, then with the next size of tables too."""
    for tables in (paper.tables, paper.tables[1:]):
        for step in range(1, STEPS + 1):
            if tables:
                yield replace(paper, pitch=paper.pitch * (1 - (1 - paper.tightest) * step / STEPS), tables=tables)


def _used(page: Sequence[Placed], paper: Paper) -> float:
    return (page[-1].top + page[-1].box.height - paper.top) / paper.depth


def _pages(boxes: Sequence[Box], paper: Paper) -> Iterator[list[Placed]]:
    """Stack the boxes; those that belong together move to the next page together, if a page can hold them."""
    page: list[Placed] = []
    y, depth = 0.0, paper.depth + _SLIP
    for chain in _chains(boxes):
        whole = y + _height(chain) <= depth
        if page and not whole and _height(_with_head(chain)) <= depth:
            yield _closed(page)
            page, y, whole = [], 0.0, True
        for box in chain:
            if page and not whole and y + _height([box]) > depth:
                yield _closed(page)
                page, y = [], 0.0
            for each in (box,) if page else (*box.head, box):
                y += each.before if page else 0.0
                page.append(Placed(paper.top + y, each))
                y += each.height
    yield page


def _closed(page: list[Placed]) -> list[Placed]:
    """The page with what closes it."""
    top, last = page[-1]
    return [*page, *(Placed(top + last.height, box) for box in last.foot)]


def _chains(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    chain: list[Box] = []
    for box in boxes:
        chain.append(box)
        if not box.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _with_head(chain: Sequence[Box]) -> list[Box]:
    return [*chain[0].head, *chain]


def _height(chain: Sequence[Box]) -> float:
    """The room a chain needs, with what would close a page after it."""
    return sum(box.before + box.height for box in chain) + sum(box.height for box in chain[-1].foot)


def _frames(page: Sequence[Placed]) -> Iterator[Placed]:
    """Rules of the tables on a page: a strong frame, thin rules between rows and columns."""
    group: list[Placed] = []
    for each in page:
        if group and (not each.box.xs or each.box.before):
            yield _frame(group)
            group = []
        if each.box.xs:
            group.append(each)
    if group:
        yield _frame(group)


def _frame(rows: Sequence[Placed]) -> Placed:
    top, bottom = rows[0].top, rows[-1].top + rows[-1].box.height
    left, right = rows[0].box.xs[0], rows[0].box.xs[-1]
    lines = [Rule(left, each.top - top, right, each.top - top, INNER) for each in rows[1:]]
    lines += _uprights(rows, top, bottom)
    half, depth = OUTER / 2, bottom - top
    lines += [Rule(left - half, y, right + half, y, OUTER) for y in (0.0, depth)]
    lines += [Rule(x, 0.0, x, depth, OUTER) for x in (left, right)]
    return Placed(top, Box(depth, rules=tuple(lines)))


def _uprights(rows: Sequence[Placed], top: float, bottom: float) -> Iterator[Rule]:
    """Upright rules, each drawn once over the rows that have it."""
    open_at: dict[float, float] = {}
    for each in rows:
        inner = set(each.box.xs[1:-1])
        for x in [x for x in open_at if x not in inner]:
            yield Rule(x, open_at.pop(x) - top, x, each.top - top, INNER)
        for x in sorted(inner - open_at.keys()):
            open_at[x] = each.top
    for x, start in open_at.items():
        yield Rule(x, start - top, x, bottom - top, INNER)


def _foot(text: str, number: int, count: int, paper: Paper) -> Iterator[Placed]:
    """Page number in the middle of the foot, or at the right of the small print."""
    label = natural(f"第 {number} 页 共 {count} 页", Style.BODY)
    width = label.width * paper.number
    x = paper.left + (paper.measure - width) / (1 if text else 2)
    top = paper.height - paper.bottom + max(7 * MM - paper.number, paper.number / 4)
    yield Placed(top, Box(paper.number, (placed(label, paper.number, x, paper.number / 2),)))
    if text:
        yield Placed(top, Box(paper.number, tuple(_small_print(text, (paper.measure - width) / paper.fine - 2, paper))))


def _small_print(text: str, room: float, paper: Paper) -> Iterator[Text]:
    for index, line in enumerate(wrapped(text, Style.FINE, room)):
        yield placed(line, paper.fine, paper.left, paper.number / 2 + 1.35 * index * paper.fine)


def _mark(text: str, paper: Paper) -> Mark | None:
    """One line along the diagonal, as large as it goes with a margin."""
    line = natural(text, Style.TITLE)
    if not line.pieces:
        return None
    size = min(0.62 * hypot(paper.width, paper.height) / line.width, 0.28 * paper.width)
    return Mark(placed(line, size, -line.width * size / 2, 0.0), degrees(atan2(paper.height, paper.width)))
