"""Lays out a chart as boxes: caption, legend, and bars of parts between their labels and what is written after them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from villagedesk.reports import patterns
from villagedesk.reports.box import Box, Fill, Rule
from villagedesk.reports.fonts import Style, on_one_line, spelled
from villagedesk.reports.paper import Paper
from villagedesk.reports.setting import Set, Text, balanced, placed, wrapped
from villagedesk.reports.sheet import Chart

LABELS = 0.32
"""Part of the measure that the labels may take; longer ones wrap."""
WORDS = 0.34
"""Part of the measure that the text after a bar may take."""
LEAST = 1.0
"""Points that a part above nothing is wide at least, so that it is seen."""

_PITCH = 1.25
_AIR = 0.55
"""Ems between two bars."""
_THICK = 0.95
_GAP = 0.5
"""Ems between label, bar and text."""
_SWATCH = 1.8
"""Ems that the sample of a part in the legend is wide."""
_AXIS = 0.06
_SLIP = 1e-6


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the bars stand, in points: they begin at ``start``, and one of the chart's units is ``scale`` long."""

    size: float
    left: float
    start: float
    scale: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A bar with its label and text set on lines."""

    label: Sequence[Set]
    text: Sequence[Set]
    parts: tuple[int, ...]

    @property
    def total(self) -> int:
        """The length of the bar in the chart's unit."""
        return sum(self.parts)


def chart_boxes(chart: Chart, paper: Paper) -> list[Box]:
    """Return the chart as boxes, one for each bar; the legend is repeated where a page begins with a bar."""
    size = paper.tables[0]
    room = paper.measure / size
    lines = [
        _Line(
            balanced(spelled(bar.label), Style.CELL, LABELS * room),
            balanced(spelled(bar.text), Style.CELL, WORDS * room) if bar.text else (),
            bar.parts,
        )
        for bar in chart.bars
    ]
    plan = _plan(lines, paper)
    legend = _legend(chart.legend, paper)
    bars = [replace(_bar(line, plan), head=tuple(legend)) for line in lines]
    boxes = [*_caption(chart.caption, paper), *legend, *_held(bars)]
    return _aired(boxes, paper.pitch / 2)


def _plan(lines: Sequence[_Line], paper: Paper) -> _Plan:
    """Let the bars be as long as they can with each text still ending within the measure."""
    size = paper.tables[0]
    labels = max((_widest(line.label) for line in lines), default=0.0) * size
    start = paper.left + labels + _GAP * size
    room = paper.left + paper.measure - start
    scales = [
        (room - len(line.parts) * LEAST - (_widest(line.text) + _GAP) * size * bool(line.text)) / line.total
        for line in lines
        if line.total
    ]
    return _Plan(size, paper.left, start, min(scales, default=0.0))


def _widest(lines: Sequence[Set]) -> float:
    return max((line.width for line in lines), default=0.0)


def _caption(text: str, paper: Paper) -> list[Box]:
    size = paper.tables[0]
    middle = paper.left + paper.measure / 2
    lines = balanced(spelled(text), Style.HEI, paper.measure / size) if text else []
    return [
        Box(1.3 * size, (placed(line, size, middle - line.width * size / 2, 0.65 * size),), keep=True) for line in lines
    ]


def _legend(names: Sequence[str], paper: Paper) -> list[Box]:
    """The samples of the parts with their names, centred, on as many lines as they need."""
    size = paper.tables[0]
    room = paper.measure / size
    fixed = _SWATCH + 0.4
    entries = [
        (part, line, index)
        for part, name in enumerate(names)
        if name
        for index, line in enumerate(wrapped(on_one_line(name), Style.CELL, room - fixed))
    ]
    boxes, waiting = [], list[tuple[int, Set, int]]()
    for entry in entries:
        if waiting and _run([*waiting, entry]) > room + _SLIP:
            boxes.append(_samples(waiting, paper))
            waiting = []
        waiting.append(entry)
    if waiting:
        boxes.append(_samples(waiting, paper))
    boxes[-1:] = [replace(box, height=box.height + 0.3 * size) for box in boxes[-1:]]
    return boxes


def _run(entries: Sequence[tuple[int, Set, int]]) -> float:
    """Ems that the entries of a line of the legend take."""
    return sum(_SWATCH + 0.4 + line.width for _, line, _ in entries) + 1.5 * (len(entries) - 1)


def _samples(entries: Sequence[tuple[int, Set, int]], paper: Paper) -> Box:
    size = paper.tables[0]
    x = paper.left + (paper.measure - _run(entries) * size) / 2
    height, thick = 1.5 * size, 0.8 * size
    texts: list[Text] = []
    fills: list[Fill] = []
    rules: list[Rule] = []
    for part, line, index in entries:
        if not index:  # the sample stands before the first line of a long name
            fills += patterns.fills(part, x, (height - thick) / 2, _SWATCH * size, thick, size)
            rules += patterns.rules(part, x, (height - thick) / 2, _SWATCH * size, thick, size)
        texts.append(placed(line, size, x + (_SWATCH + 0.4) * size, height / 2))
        x += (_SWATCH + 1.9 + line.width) * size
    return Box(height, tuple(texts), tuple(rules), keep=True, fills=tuple(fills))


def _bar(line: _Line, plan: _Plan) -> Box:
    size = plan.size
    height = (max(len(line.label), len(line.text), 1) * _PITCH + _AIR) * size
    y, thick = (height - _THICK * size) / 2, _THICK * size
    fills: list[Fill] = []
    rules = [Rule(plan.start, 0.0, plan.start, height, _AXIS * size)]
    x = plan.start
    for part, length in enumerate(line.parts):
        if length:
            width = max(length * plan.scale, LEAST)
            fills += patterns.fills(part, x, y, width, thick, size)
            rules += patterns.rules(part, x, y, width, thick, size)
            x += width
    texts = [*_labels(line.label, plan, height), *_stacked(line.text, x + _GAP * size, size, height)]
    return Box(height, tuple(texts), tuple(rules), fills=tuple(fills))


def _labels(lines: Sequence[Set], plan: _Plan, height: float) -> Iterator[Text]:
    """Labels end at the bars."""
    for line in _stacked(lines, plan.start - _GAP * plan.size, plan.size, height):
        yield line._replace(x=line.x - line.line.width * plan.size)


def _stacked(lines: Sequence[Set], x: float, size: float, height: float) -> Iterator[Text]:
    top = (height - (len(lines) - 1) * _PITCH * size) / 2
    for index, line in enumerate(lines):
        yield placed(line, size, x, top + index * _PITCH * size)


def _held(bars: list[Box]) -> list[Box]:
    """No bar stands alone at the foot of a page or the top of the next."""
    held = {0, len(bars) - 2} if len(bars) > 1 else set()
    return [replace(box, keep=index in held) for index, box in enumerate(bars)]


def _aired(boxes: list[Box], air: float) -> list[Box]:
    """Space above and below the chart."""
    boxes[:1] = [replace(box, before=air) for box in boxes[:1]]
    return [*boxes[:-1], *(replace(box, keep=False) for box in boxes[-1:]), Box(air)] if boxes else boxes
