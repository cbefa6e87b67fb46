"""Reads a layout back: which texts stand in which row of which page, and what leaves its cell."""

from collections.abc import Iterator

from villagedesk.reports.fonts import Style, widths
from villagedesk.reports.layout import Layout, Placed
from villagedesk.reports.setting import Text

NARROWEST = 0.45
"""Ems that the ink of a closing mark takes of its cell."""


def table_rows(layout: Layout) -> list[list[list[str]]]:
    """The texts of each ruled row of each page."""
    return [[[text.text for text in box.texts] for _, box in page if box.xs] for page in layout.pages]


def shown(layout: Layout) -> str:
    """Every character of every page, without its page number, footer and frames."""
    return "".join(text.text for page in layout.pages for _, box in page for text in box.texts)


def right_end(text: Text) -> float:
    """Where the ink of a text ends, in points."""
    last = text.line.pieces[-1]
    inked = last.text.rstrip(" ")
    cells = [widths(Style.CELL)[character] for character in inked]
    if inked and inked[-1] in "，。、；：！？）》”":
        cells[-1] = min(cells[-1], NARROWEST)
    own = sum(cells) + last.spacing * (len(cells) - 1)
    return text.x + (last.x + own) * text.size


def escapes(layout: Layout) -> Iterator[tuple[Placed, Text]]:
    """Texts that leave their cell, their row or the paper."""
    for page in layout.pages:
        for each in page:
            for text in filter(_has_ink, each.box.texts):
                xs = list(_uprights(each, text, layout))
                right = min((x for x in xs if x > text.x + 0.05), default=0.0)
                if min(xs) > text.x + 0.05 or right_end(text) > right + 0.05 or not 0 < text.y < each.box.height + 0.05:
                    yield each, text


def _uprights(each: Placed, text: Text, layout: Layout) -> Iterator[float]:
    yield from each.box.xs or (0.0, layout.width)
    for rule in each.box.rules:
        if each.box.xs and rule.x1 == rule.x2 and rule.y1 < text.y < rule.y2:
            yield rule.x1


def _has_ink(text: Text) -> bool:
    return bool(text.text.strip())
