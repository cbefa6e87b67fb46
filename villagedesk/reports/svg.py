"""Writes a chart as SVG for the screen: the very boxes that stand on paper, in colours if there are any."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import accumulate, groupby

from villagedesk.reports.box import Box, Fill, Rule
from villagedesk.reports.charts import chart_boxes
from villagedesk.reports.fonts import RARE, unprintable
from villagedesk.reports.paper import PAPERS
from villagedesk.reports.setting import Text
from villagedesk.reports.sheet import Chart, Preset

MISSING = "□"
"""Stands on the screen for a character that no face has; paper names it instead."""

_FAMILY = "Noto Sans CJK SC"
_RARE_FAMILY = "Noto Serif SC"
_LINE = 1.45
"""Ems from one line of text to the next, and the air around a chart."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours of a chart, as CSS writes them: text, outlines and strokes, and the ground of each part."""

    ink: str
    line: str
    parts: Sequence[str]


def chart_svg(chart: Chart, width: float, size: float, colours: Colours | None = None) -> tuple[str, float]:
    """Return a chart as SVG in that width with type of that size, and its height; all in pixels.

    Without ``colours`` it is black and white as on paper.
    """
    paper = replace(PAPERS[Preset.FORM], width=width, left=0, right=0, tables=(size,), pitch=_LINE * size)
    boxes = chart_boxes(_drawable(chart), paper)
    tops = list(accumulate((box.height for box in boxes), initial=0.0))
    height = tops[-1]
    drawn = [element for top, box in zip(tops, boxes, strict=False) for element in _box(box, top, colours)]
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:.2f}"'
    return "\n".join([f'{opened} viewBox="0 0 {width:g} {height:.2f}">', *drawn, "</svg>"]), height


def _drawable(chart: Chart) -> Chart:
    """Return the chart with what no face has replaced, so that the screen can always show it."""
    bars = tuple(replace(bar, label=_clean(bar.label), text=_clean(bar.text)) for bar in chart.bars)
    return Chart(tuple(map(_clean, chart.legend)), bars, _clean(chart.caption))


def _clean(text: str) -> str:
    for character in unprintable(text):
        text = text.replace(character, MISSING)
    return text


def _box(box: Box, top: float, colours: Colours | None) -> Iterator[str]:
    yield from (_fill(fill, top, colours) for fill in box.fills)
    yield from _rules(box.rules, top, colours.line if colours else "#000000")
    for text in box.texts:
        yield from _pieces(text, top, colours.ink if colours else "#000000")


def _fill(fill: Fill, top: float, colours: Colours | None) -> str:
    place = f'x="{fill.x:.2f}" y="{top + fill.y:.2f}" width="{fill.width:.2f}" height="{fill.height:.2f}"'
    return f'<rect {place} fill="{_colour(fill, colours)}"/>'


def _colour(fill: Fill, colours: Colours | None) -> str:
    if colours:
        return colours.parts[fill.part - 1] if fill.part else colours.line
    return f"#{round(fill.grey * 255):02x}" + f"{round(fill.grey * 255):02x}" * 2


def _rules(rules: Iterable[Rule], top: float, colour: str) -> Iterator[str]:
    for width, together in groupby(rules, key=lambda rule: rule.width):
        strokes = "".join(f"M{x1:.2f} {top + y1:.2f}L{x2:.2f} {top + y2:.2f}" for x1, y1, x2, y2, _ in together)
        yield f'<path d="{strokes}" stroke="{colour}" stroke-width="{width:.2f}" fill="none"/>'


def _pieces(text: Text, top: float, colour: str) -> Iterator[str]:
    for offset, face, shown, _ in text.line.pieces:
        place = f'x="{text.x + offset * text.size:.2f}" y="{top + text.y:.2f}"'
        family = _RARE_FAMILY if face == RARE else _FAMILY
        look = f'font-family="{family}" font-size="{text.size:g}" fill="{colour}"'
        yield f"<text {place} {look}>{escape(shown, quote=False)}</text>"
