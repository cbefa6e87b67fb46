"""Lays out a chart as boxes: its bars with label and text, their parts told apart by what fills them."""

from villagedesk.reports.box import Box, Fill
from villagedesk.reports.fonts import Style, on_one_line
from villagedesk.reports.paper import Paper
from villagedesk.reports.setting import natural, placed
from villagedesk.reports.sheet import Bar, Chart

GREYS = (0.15, 0.6, 0.9)


def chart_boxes(chart: Chart, paper: Paper) -> list[Box]:
    """Return the chart as boxes, one for each bar."""
    longest = max((sum(bar.parts) for bar in chart.bars), default=0) or 1
    return [_bar(bar, longest, paper) for bar in chart.bars]


def _bar(bar: Bar, longest: int, paper: Paper) -> Box:
    label = placed(natural(on_one_line(bar.label), Style.CELL), paper.tables[0], paper.left, paper.pitch / 2)
    start, room = paper.left + 0.3 * paper.measure, 0.5 * paper.measure
    fills = []
    for part, grey in zip(bar.parts, GREYS, strict=False):
        fills.append(Fill(start, 0.2 * paper.pitch, room * part / longest, 0.6 * paper.pitch, grey))
        start += room * part / longest
    return Box(paper.pitch, (label,), fills=tuple(fills))
