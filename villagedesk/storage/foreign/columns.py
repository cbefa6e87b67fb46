"""Which column of a foreign sheet is what: the fields a kind of sheet has, and what they are called elsewhere."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from villagedesk.storage.foreign import values
from villagedesk.storage.foreign.cells import Cell, is_blank, plain, squeezed

SURE = 60
"""From this confidence on a column is taken without asking."""


class Sort(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NAME = "name"
    ACCOUNT = "account"
    AMOUNT = "amount"
    DAY = "day"
    ID_NUMBER = "id_number"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field a sheet should have: its Chinese name, and what other places call it, the likeliest first."""

    field: str
    label: str
    sort: Sort = Sort.TEXT
    aliases: tuple[str, ...] = ()
    is_required: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Its own name and the others."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of sheet: its fields, and the heads by which it is usually known (for saying what is missing)."""

    kind: str
    title: str
    wanted: tuple[Wanted, ...]
    marks: tuple[str, ...]

    def field(self, name: str) -> Wanted:
        """Return a field by its name or its Chinese label. Raises KeyError when there is none."""
        for wanted in self.wanted:
            if name in (wanted.field, wanted.label):
                return wanted
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Guess:
    """A column that may be a field, with how sure that is (0–100)."""

    column: int
    confidence: int


_UNIT = re.compile(r"\((?:单位:)?(?:人民币)?(?:万?元|¥|分|元/人|元/月)\)$")
_NO_AMOUNT = re.compile(r"累计|大写|余额|结余|小计")
_COUNTED = re.compile(r"序|编号|年龄|电话|手机|人数|面积|天数|工日|单价|标准")
"""Heads of numbers that are no amounts, accounts or days."""
_LOOKED_AT = 30


def bare(title: str) -> str:
    """Return a head without its unit and leading marks: ``"*金额(元)"`` → ``"金额"``."""
    return _UNIT.sub("", title.lstrip("*#★")).rstrip(":*")


def likeness(titles: Sequence[str], wanted: Wanted) -> int:
    """Return how surely a column with these titles (its own, and with the group's above) is a field, 0–100."""
    names = [plain(name) for name in wanted.names]
    exact = max((_exactly(title, names) for title in titles if title), default=0)
    return exact or (_roughly(titles[0], names, wanted) if titles else 0)


def _exactly(title: str, names: Sequence[str]) -> int:
    for written, best in ((title, 100), (bare(title), 98)):
        if written in names:
            return best - min(names.index(written), 15)
    return 0


def _roughly(title: str, names: Sequence[str], wanted: Wanted) -> int:
    if wanted.sort is Sort.AMOUNT and _NO_AMOUNT.search(title):
        return 0
    short = bare(title)
    if wanted.sort is Sort.AMOUNT and any(short.startswith(name) for name in names):
        return 75
    if wanted.sort is Sort.AMOUNT and any(short.endswith(name) for name in names):
        return 70
    return 0


def suggest(
    titles: Sequence[Sequence[str]], wanted: Sequence[Wanted], rows: Sequence[Sequence[Cell]] = ()
) -> dict[str, Guess]:
    """Return for each field the column it most likely is; each column is at most one field.

    Heads decide first. A required field no head tells of is guessed by what the ``rows`` below hold, never surely.
    """
    found: dict[str, Guess] = {}
    taken: set[int] = set()
    for confidence, column, field in _by_heads(titles, wanted):
        if field not in found and column not in taken:
            found[field] = Guess(column, confidence)
            taken.add(column)
    taken |= {place for place, of_column in enumerate(titles) if any(_COUNTED.search(title) for title in of_column)}
    for field, column in _by_values(rows, [one for one in wanted if one.is_required and one.field not in found], taken):
        found.setdefault(field, Guess(column, SURE - 20))
    return found


def _by_heads(titles: Sequence[Sequence[str]], wanted: Sequence[Wanted]) -> list[tuple[int, int, str]]:
    scored = [
        (likeness(of_column, one), -column, -place)
        for column, of_column in enumerate(titles)
        for place, one in enumerate(wanted)
    ]
    best = sorted((score for score in scored if score[0]), reverse=True)
    return [(confidence, -column, wanted[-place].field) for confidence, column, place in best]


def _by_values(rows: Sequence[Sequence[Cell]], wanted: Sequence[Wanted], taken: set[int]) -> Iterator[tuple[str, int]]:
    width = max((len(row) for row in rows), default=0)
    for one in wanted:
        for column in range(width):
            cells = [row[column] for row in rows[:_LOOKED_AT] if column < len(row) and not is_blank(row[column])]
            if (
                column not in taken
                and len(cells) >= 2
                and sum(_holds(one.sort, cell) for cell in cells) >= 0.8 * len(cells)
            ):
                taken.add(column)
                yield one.field, column
                break


_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,6}")
_LONG_NUMBER = re.compile(r"\d{15,30}")
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")
_TESTS: Mapping[Sort, Callable[[Cell], object]] = {
    Sort.TEXT: squeezed,
    Sort.NAME: lambda cell: _NAME.fullmatch(squeezed(cell)),
    Sort.ACCOUNT: lambda cell: _LONG_NUMBER.fullmatch(plain(cell)),
    Sort.ID_NUMBER: lambda cell: _ID_NUMBER.fullmatch(plain(cell)),
    Sort.AMOUNT: values.amount,
    Sort.DAY: values.day,
    Sort.WHOLE: values.whole,
}


def _holds(sort: Sort, cell: Cell) -> bool:
    try:
        found = _TESTS[sort](cell)
    except ValueError:
        return False
    return found is not None and found != ""
