"""Score sheets of a hundred points as data: the shipped templates, and what a filled one comes to."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from villagedesk.kernel.places import own_file
from villagedesk.projects.model import InspectionKind, Mark

FULL = 100
"""What all items of a sheet are worth together."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a score sheet: what is looked at, what it is worth, what takes points off."""

    item: str
    points: int
    standard: str


@dataclass(frozen=True, slots=True)
class Template:
    """A score sheet to fill in. ``kinds`` are the visits it is for; from ``passes_from`` points on the work passed."""

    key: str
    name: str
    kinds: tuple[InspectionKind, ...]
    passes_from: int
    items: tuple[Item, ...]
    source: str
    as_of: date

    def blank(self) -> list[Mark]:
        """Return the sheet's lines with nothing taken off."""
        return [
            Mark(inspection_id="", place=place, item=line.item, points=line.points, deducted=0)
            for place, line in enumerate(self.items, 1)
        ]


@cache
def templates() -> tuple[Template, ...]:
    """Return the shipped templates in the order of their names.

    Raises ValueError when the items of one are not worth a hundred points.
    """
    return tuple(_read(path) for path in sorted(own_file("resources/scoresheets").glob("*.toml")))


def template_named(key: str) -> Template | None:
    """Return a template by its key, None when there is none (any more)."""
    return next((template for template in templates() if template.key == key), None)


def scored(marks: Sequence[Mark]) -> int:
    """Return what a filled sheet comes to: the points less those taken off."""
    return sum(mark.points - mark.deducted for mark in marks)


def _read(path: Path) -> Template:
    data = tomllib.loads(path.read_text("utf-8"))
    items = tuple(Item(**item) for item in data["items"])
    if sum(item.points for item in items) != FULL:
        raise ValueError(f"{path.name}: the items are not worth {FULL} points")
    kinds = tuple(InspectionKind(kind) for kind in data["kinds"])
    return Template(path.stem, data["name"], kinds, data["passes_from"], items, data["source"], data["as_of"])
