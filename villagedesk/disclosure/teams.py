"""Which teams (村民小组) a place names, read from words such as 1至5组, 2、3组 or 全村."""

import re
from collections.abc import Sequence

_ALL = "全村"
_SPAN = re.compile(r"(\d+)组?[至到~—-](\d+)组")
_LIST = re.compile(r"((?:\d+[、，,和])*\d+)组")
_FIGURES = re.compile(r"\d+")


def in_order(teams: Sequence[str]) -> list[str]:
    """Return teams by their number, those without one last: 1组, 2组, 10组, 学校组."""
    return sorted(teams, key=lambda team: (_number(team) is None, _number(team) or 0, team))


def teams_named(place: str, teams: Sequence[str]) -> list[str]:
    """Return which of the village's teams a place names, in their order; all for 全村, none where it names none."""
    if _ALL in place:
        return in_order(teams)
    numbers = {
        number for span in _SPAN.finditer(place) for number in range(int(span[1]), int(span[2]) + 1)
    } | {int(number) for some in _LIST.finditer(place) for number in _FIGURES.findall(some[1])}  # fmt: skip
    return [
        team for team in in_order(teams) if (_number(team) in numbers if _number(team) is not None else team in place)
    ]


def _number(team: str) -> int | None:
    figures = _FIGURES.search(team)
    return int(figures[0]) if figures else None
