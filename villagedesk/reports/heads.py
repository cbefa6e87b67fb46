"""Sets the heads of a table, in two tiers where neighbours share a head above their own."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from villagedesk.reports.box import INNER, Box, Rule
from villagedesk.reports.cells import Slot, Strip, row
from villagedesk.reports.fonts import Style
from villagedesk.reports.setting import Text
from villagedesk.reports.sheet import Align, Column

_ENDLESS = 1e9


def head_boxes(strip: Strip, columns: Sequence[Column], limit: float) -> list[Box]:
    """Return the heads as one box, or as several when they are deeper than ``limit`` points."""
    heads = Strip(tuple(_over(slot) for slot in strip.slots), strip.hand)
    if any(column.group for column in columns):
        box = _two_tiers(heads, columns)
        if box.height <= limit:
            return [box]
    return row(heads, [column.group + column.head for column in columns], limit)


def _over(slot: Slot) -> Slot:
    """Return the place of a head over the place of a cell."""
    return Slot(slot.x1, slot.x2, Align.CENTER, Style.HEI)


def _two_tiers(heads: Strip, columns: Sequence[Column]) -> Box:
    spans = list(_spans(columns))
    upper = _tier(heads, [(start, end, columns[start].group) for start, end in spans if columns[start].group])
    lower = _tier(heads, [(index, index + 1, c.head) for index, c in enumerate(columns) if c.group])
    whole = _tier(heads, [(index, index + 1, c.head) for index, c in enumerate(columns) if not c.group])
    high = max((box.height for box in upper), default=0.0)
    height = max(high + max(box.height for box in lower), *(box.height for box in whole), 0.0)
    texts = [*_lowered(upper, 0.0, high), *_lowered(lower, high, height - high), *_lowered(whole, 0.0, height)]
    slots = heads.slots
    rules = []
    for start, end in spans:
        if columns[start].group:
            rules.append(Rule(slots[start].x1, high, slots[end - 1].x2, high, INNER))
            rules += [Rule(slots[index].x1, high, slots[index].x1, height, INNER) for index in range(start + 1, end)]
    xs = (*(slots[start].x1 for start, _ in spans), slots[-1].x2)
    return Box(height, tuple(texts), tuple(rules), xs=xs)


def _spans(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of columns under one group; a column without a group is its own."""
    keys = [(column.group, 0 if column.group else index) for index, column in enumerate(columns)]
    end = 0
    for _, run in groupby(keys):
        start, end = end, end + len(list(run))
        yield start, end


def _tier(heads: Strip, cells: Sequence[tuple[int, int, str]]) -> list[Box]:
    """Set each head alone between the uprights of its columns."""
    slots = heads.slots
    return [
        row(Strip((slots[start]._replace(x2=slots[end - 1].x2),), heads.hand), [text], _ENDLESS)[0]
        for start, end, text in cells
    ]


def _lowered(boxes: Sequence[Box], top: float, height: float) -> Iterator[Text]:
    """The texts of heads in the middle of their tier."""
    for box in boxes:
        for text in box.texts:
            yield text._replace(y=text.y + top + (height - box.height) / 2)
