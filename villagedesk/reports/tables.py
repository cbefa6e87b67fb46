"""Lays out a table as boxes: caption and unit, heads that repeat, rows, the total, sums carried from page to page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from villagedesk.reports.box import Box
from villagedesk.reports.carried import BROUGHT, FORWARD, label_place, running_sums
from villagedesk.reports.cells import Hand, Rows, Slot, Strip, hand, row
from villagedesk.reports.columns import Gauge, bands, column_widths, fraction_width, gauged, too_wide
from villagedesk.reports.fonts import Style, on_one_line, spelled
from villagedesk.reports.heads import head_boxes
from villagedesk.reports.paper import Paper
from villagedesk.reports.setting import balanced, measured, natural, placed
from villagedesk.reports.sheet import Align, Table

CONTINUED = "（续表）"
"""After the caption of the further parts of a table that is too wide for the paper."""
HELD = 0.15
"""Part of a page up to which the first two rows of a table stand together, and the last two."""
DEEPEST = 0.5
"""Part of a page that heads may take and still be repeated."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A table as it is printed, measured once for every paper it may be tried on."""

    table: Table
    gauge: Gauge
    fractions: tuple[float, ...]
    """Ems right of the decimal point, of each column."""
    sums: Sequence[tuple[str, ...]]
    """The running sums after each row, when the table carries them."""
    made: dict[Paper, list[Box]] = field(default_factory=dict, compare=False)
    """Its boxes on each paper it was tried on; the pitch of running text is none of a table's."""

    def is_too_wide(self, paper: Paper) -> bool:
        """Say whether names or amounts would break even at the smallest size of the paper."""
        return too_wide(self.gauge, paper)


def measure(table: Table) -> Measured:
    """Measure a table."""
    columns = tuple(replace(column, head=spelled(column.head), group=spelled(column.group)) for column in table.columns)
    rows = tuple([tuple(map(spelled, cells)) for cells in table.rows])
    printed = replace(table, columns=columns, rows=rows, total=tuple(map(spelled, table.total)))
    sums = running_sums(printed) if table.carries else []
    texts = _by_column(printed, sums)
    fractions = [fraction_width(t) if c.align is Align.AMOUNT else 0.0 for c, t in zip(columns, texts, strict=True)]
    return Measured(printed, gauged(columns, texts), tuple(fractions), sums)


def table_boxes(given: Measured, paper: Paper) -> list[Box]:
    """Return the table as boxes. Heads repeat on each page; the last row stays with the total.

    A table too wide even for the smallest size is set in parts below one another, its first columns in each.
    """
    parts = bands(given.table.columns, given.gauge, paper)
    if len(parts) == 1:
        return _boxes(given, paper)
    tables = [measure(_part(given.table, part, first=part is parts[0])) for part in parts]
    alike = replace(paper, tables=(min(column_widths(table.gauge, paper)[0] for table in tables),))
    stacks = [_boxes(table, alike) for table in tables]
    for below in stacks[1:]:
        below[0] = replace(below[0], before=paper.pitch / 2)
    return [box for stack in stacks for box in stack]


def _boxes(given: Measured, paper: Paper) -> list[Box]:
    """Return the boxes of a table that is not parted, made once for papers that differ in their pitch alone."""
    alike = replace(paper, pitch=0.0)
    if alike not in given.made:
        given.made[alike] = _made(given, alike)
    return list(given.made[alike])


def _made(given: Measured, paper: Paper) -> list[Box]:
    table = given.table
    size, widths = column_widths(given.gauge, paper)
    pen = hand(size)
    xs = list(accumulate(widths, initial=paper.left))
    slots = zip(xs, xs[1:], (c.align for c in table.columns), given.fractions, strict=False)
    strip = Strip(tuple(Slot(x1, x2, align, Style.CELL, part) for x1, x2, align, part in slots), pen)
    head = head_boxes(strip, table.columns, DEEPEST * paper.depth)
    repeated = tuple(head) if len(head) == 1 else ()
    limit = paper.depth - sum(box.height for box in repeated)
    body = _held(_rows(given, strip, repeated, limit), HELD * paper.depth)
    if table.total:
        body[-1:] = [replace(box, keep=True) for box in body[-1:]]
        body += _total(given, strip, repeated, limit)
    return [*_above(table, pen, paper), *(replace(box, keep=bool(body)) for box in head), *body]


def _held(rows: list[Box], most: float) -> list[Box]:
    """No row stands alone at the foot of a page or the top of the next, unless two are deeper than ``most`` points."""
    for index in {0, len(rows) - 2} if len(rows) > 1 else ():
        if rows[index].height + rows[index + 1].height <= most:
            rows[index] = replace(rows[index], keep=True)
    return rows


def _rows(given: Measured, strip: Strip, head: tuple[Box, ...], limit: float) -> list[Box]:
    table = given.table
    if not given.sums:
        rows = Rows(strip, limit)
        return [box for cells in table.rows for box in rows.boxes(cells, head)]
    forward = list(_carried(FORWARD, given.sums, strip, limit))
    brought = list(_carried(BROUGHT, given.sums, strip, limit))
    rows = Rows(strip, limit - max(box.height for box in forward) - max(box.height for box in brought))
    body: list[Box] = []
    for index, cells in enumerate(table.rows):
        above = (*head, brought[index - 1]) if index else head
        parts = rows.boxes(cells, above, (forward[index],))
        body += [parts[0], *(replace(part, head=(*head, brought[index])) for part in parts[1:])]
    if not table.total:
        body[-1] = replace(body[-1], foot=())
    return body


def _carried(label: str, sums: Sequence[tuple[str, ...]], strip: Strip, limit: float) -> Iterator[Box]:
    """Rows of running sums; which cells have one is the same in all."""
    start, count = label_place(sums[0])
    rows = Rows(strip.merged(start, count), limit)
    for texts in sums:
        yield rows.boxes((*texts[:start], label, *texts[start + count :]))[0]


def _total(given: Measured, strip: Strip, head: tuple[Box, ...], limit: float) -> list[Box]:
    total, merged = given.table.total, _merged(given.table.total)
    above = head
    if given.sums:
        above = (*head, *_carried(BROUGHT, given.sums[-1:], strip, limit))
    boxes = row(strip.merged(0, merged), (total[0], *total[merged:]), limit - sum(box.height for box in above[1:]))
    return [replace(box, head=above if not index else head) for index, box in enumerate(boxes)]


def _merged(total: Sequence[str]) -> int:
    """How many cells the label of the total spans: its own and the empty ones after it."""
    if not total[0]:
        return 1
    return next((index for index in range(1, len(total)) if total[index]), len(total))


def _by_column(table: Table, sums: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """All that stands in each column; a label that may span several cells asks for no room."""
    texts: list[list[str]] = [[] for _ in table.columns]
    if table.rows:
        texts = [list(cells) for cells in zip(*table.rows, strict=True)]
    if table.total:
        merged = _merged(table.total)
        for index, cells in enumerate(texts):
            cells.append("" if merged > 1 and index == 0 else table.total[index])
    for index, cells in enumerate(texts):
        longest = max({one[index] for one in sums}, key=lambda text: measured(text, Style.CELL), default="")
        cells.append(longest)
    return texts


def _part(table: Table, columns: Sequence[int], *, first: bool) -> Table:
    def cells(row: Sequence[str]) -> tuple[str, ...]:
        return tuple(row[index] for index in columns)

    return replace(
        table,
        columns=tuple(table.columns[index] for index in columns),
        rows=tuple(map(cells, table.rows)),
        total=cells(table.total) if table.total else (),
        caption=table.caption + ("" if first else CONTINUED),
    )


def _above(table: Table, pen: Hand, paper: Paper) -> list[Box]:
    """Caption in the middle and unit at the right, on one line when there is room."""
    room = paper.measure / pen.size
    caption, unit = on_one_line(table.caption), on_one_line(table.unit)
    right, height = paper.left + paper.measure, pen.pitch + pen.above
    captions = [
        placed(line, pen.size, (paper.left + right - line.width * pen.size) / 2, pen.pitch / 2)
        for line in balanced(caption, Style.HEI, room)
    ]
    units = [
        placed(line, pen.size, right - line.width * pen.size, pen.pitch / 2)
        for line in balanced(unit, Style.CELL, room)
    ]
    shown = [text for text in (*captions, *units) if text.text]
    if natural(caption, Style.HEI).width / 2 + natural(unit, Style.CELL).width + 1 <= room / 2:
        return [Box(height, tuple(shown), keep=True)] if shown else []
    return [Box(height, (text,), keep=True) for text in shown]
