"""How the parts of a chart are told apart without colour: solid, hatched, plain, dotted; each within its outline."""

from collections.abc import Iterator
from math import ceil

from villagedesk.reports.box import Fill, Rule

LINE = 0.042
"""Width of an outline and of a stroke of the hatching, as a part of the type's size."""
GROUNDS = (0.25, 1.0, 1.0, 1.0)
"""Grey of the ground of each part: dark, then white under strokes, nothing, dots."""
PARTS = len(GROUNDS)
"""How many parts can be told apart at a glance."""

_HATCH = 0.28
"""From stroke to stroke, as a part of the type's size."""
_DOTS = 0.3
"""From dot to dot."""
_DOT = 0.11
"""The side of a dot."""


def fills(part: int, x: float, y: float, width: float, height: float, size: float) -> Iterator[Fill]:
    """The ground of a part (from 0) and its dots; ``size`` is that of the type around it. Lengths are points."""
    yield Fill(x, y, width, height, GROUNDS[part], part + 1)
    if part == 3:
        yield from _dots(x, y, width, height, size)


def rules(part: int, x: float, y: float, width: float, height: float, size: float) -> Iterator[Rule]:
    """The outline of a part and its strokes."""
    right, bottom, line = x + width, y + height, LINE * size
    yield from (Rule(x, y, right, y, line), Rule(x, bottom, right, bottom, line))
    yield from (Rule(x, y, x, bottom, line), Rule(right, y, right, bottom, line))
    if part == 1:
        for from_x, from_y, to_x, to_y in _strokes(width, height, _HATCH * size):
            yield Rule(x + from_x, y + from_y, x + to_x, y + to_y, line)


def _strokes(width: float, height: float, step: float) -> Iterator[tuple[float, float, float, float]]:
    """Strokes that rise to the right, cut off at the outline."""
    for number in range(1, ceil((width + height) / step)):
        along = number * step
        low, high = min(along, height), max(along - width, 0.0)
        yield along - low, low, along - high, high


def _dots(x: float, y: float, width: float, height: float, size: float) -> Iterator[Fill]:
    """Dots in rows that stand between those above, centred, at half a step from the outline."""
    step, side = _DOTS * size, _DOT * size
    rows = max(int(height / (step * 0.8)), 1)
    for row in range(rows):
        down = y + (row + 0.5) * height / rows - side / 2
        across = x + step * (0.5 if row % 2 else 1.0) - side / 2
        while across + side <= x + width - side / 2:
            yield Fill(across, down, side, side)
            across += step
