"""Boxes stacked from the top of a page downwards: what a block becomes before it has a page."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from villagedesk.reports.setting import Text

OUTER = 1.0
"""Width of the frame around a table, in points."""
INNER = 0.5
"""Width of the rules in it."""


class Rule(NamedTuple):
    """A straight line, in points from the top left of its box."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Fill(NamedTuple):
    """A filled rectangle, in points from the top left of its box; ``grey`` is 0 for black and 1 for white.

    ``part`` is the part of a chart that it is the ground of, from 1, so that a screen may colour it; 0 is none.
    """

    x: float
    y: float
    width: float
    height: float
    grey: float = 0.0
    part: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """Something that is not split between pages. Lengths are points, from the left edge of the paper and the box's top.

    ``before`` is space above that falls away at the top of a page; ``keep`` holds it together with the next box;
    ``xs`` are the upright rules of a row in a ruled table; ``head`` is repeated when a page starts with this box, and
    ``foot`` closes a page that ends with it.
    """

    height: float
    texts: Collection[Text] = ()
    rules: tuple[Rule, ...] = ()
    before: float = 0.0
    keep: bool = False
    xs: tuple[float, ...] = ()
    head: tuple["Box", ...] = ()
    fills: tuple[Fill, ...] = ()
    foot: tuple["Box", ...] = ()
