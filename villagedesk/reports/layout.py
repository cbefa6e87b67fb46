"""Lays a sheet out on pages: stacks its boxes, repeats heads, frames tables, numbers the pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, degrees, hypot
from typing import NamedTuple

from villagedesk.reports.blocks import sheet_boxes
from villagedesk.reports.box import Box, Rule
from villagedesk.reports.fonts import Style, on_one_line, spelled
from villagedesk.reports.paper import MM, PAPERS, Paper
from villagedesk.reports.setting import Text, natural, placed, wrapped
from villagedesk.reports.sheet import Sheet

OUTER = 1.0
"""Width of the frame around a table, in points."""
INNER = 0.5
"""Width of the rules in it."""
SHORT = 3
"""Pages up to which a sheet may be laid out twice."""
NEARLY_EMPTY = 0.4
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
    paper = PAPERS[sheet.preset]
    pages = _fewest_pages(sheet, paper)
    finished = [
        (*page, *_frames(page), *_foot(spelled(sheet.footer), number, len(pages), paper))
        for number, page in enumerate(pages, 1)
    ]
    return Layout(paper.width, paper.height, tuple(finished), _mark(on_one_line(sheet.watermark), paper))


def _fewest_pages(sheet: Sheet, paper: Paper) -> list[list[Placed]]:
    """Lay out with closer lines when that saves a nearly empty last page of a short sheet."""
    pages = list(_pages(sheet_boxes(sheet, paper), paper))
    if 1 < len(pages) <= SHORT and _used(pages[-1], paper) < NEARLY_EMPTY and paper.tightest < 1:
        closer = replace(paper, pitch=paper.pitch * paper.tightest)
        closed_up = list(_pages(sheet_boxes(sheet, closer), closer))
        return min(pages, closed_up, key=len)
    return pages


def _used(page: Sequence[Placed], paper: Paper) -> float:
    return (page[-1].top + page[-1].box.height - paper.top) / paper.depth


def _pages(boxes: Sequence[Box], paper: Paper) -> Iterator[list[Placed]]:
    """Stack the boxes; those that belong together move to the next page together, if a page can hold them."""
    page: list[Placed] = []
    y = 0.0
    for chain in _chains(boxes):
        if page and y + _height(chain) > paper.depth + _SLIP and _height(_with_head(chain)) <= paper.depth + _SLIP:
            yield page
            page, y = [], 0.0
        for box in chain:
            if page and y + box.before + box.height > paper.depth + _SLIP:
                yield page
                page, y = [], 0.0
            for each in (box,) if page else (*box.head, box):
                y += each.before if page else 0.0
                page.append(Placed(paper.top + y, each))
                y += each.height
    yield page


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
    return sum(box.before + box.height for box in chain)


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
    top = paper.height - paper.bottom + 7 * MM - paper.number
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
