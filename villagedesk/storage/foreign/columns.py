"""Which column of a foreign sheet is what: the fields a kind of sheet has, and what they are called elsewhere."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from villagedesk.storage.foreign import money, values
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


_LOOKED_AT = 30


def likeness(titles: Sequence[str], wanted: Wanted) -> int:
    """Return how surely a column with these titles (its own, and with the group's above) is a field, 0–100."""
    names = [plain(name) for name in wanted.names]
    exact = max((_exactly(title, names) for title in titles if title), default=0)
    if wanted.sort is Sort.AMOUNT and titles:
        return _amount_likeness(titles, names, exact)
    return exact


def _amount_likeness(titles: Sequence[str], names: Sequence[str], exact: int) -> int:
    """Return how surely a column is what was paid: a head that only looks like it is never sure enough."""
    if money.is_paid_out(titles):
        return 100
    whole = titles[-1]
    if money.is_never_paid(whole):
        return _exactly(whole, names)
    looks_so = any(map(partial(money.looks_like, money.bare(titles[0])), names))
    return min(exact, 99) or (SURE - 10 if looks_so else 0)


def _exactly(title: str, names: Sequence[str]) -> int:
    for written, best in ((title, 100), (money.bare(title), 98)):
        if written in names:
            return best - min(names.index(written), 15)
    return 0


def suggest(
    titles: Sequence[Sequence[str]], wanted: Sequence[Wanted], rows: Sequence[Sequence[Cell]] = ()
) -> dict[str, Guess]:
    """Return for each field the column it most likely is; each column is at most one field.

    Heads decide first. A required field no head tells of is guessed by what the ``rows`` below hold, never surely. An
    amount that may stand in several columns is not guessed at all.
    """
    found = _told(titles, wanted)
    open_fields = {field for field, columns in unclear(titles, wanted, rows).items() if len(columns) > 1}
    found = {field: guess for field, guess in found.items() if field not in open_fields}
    taken = {guess.column for guess in found.values()}
    taken |= {place for place, of_column in enumerate(titles) if any(map(_is_no_value, of_column))}
    sought = [one for one in wanted if one.is_required and one.field not in {*found, *open_fields}]
    for field, column in _by_values(rows, sought, taken):
        found.setdefault(field, Guess(column, SURE - 20))
    return found


def unclear(
    titles: Sequence[Sequence[str]], wanted: Sequence[Wanted], rows: Sequence[Sequence[Cell]] = ()
) -> dict[str, tuple[int, ...]]:
    """Return by field the columns it may stand in, where a person must say which: several, or one that is not sure."""
    told = _told(titles, wanted)
    found: dict[str, tuple[int, ...]] = {}
    for one in wanted:
        if one.sort is Sort.AMOUNT:
            alike = [column for column, of_column in enumerate(titles) if likeness(of_column, one)]
            others = {guess.column for field, guess in told.items() if field != one.field}
            columns = money.rivals(titles, [column for column in alike if column not in others], rows, others)
            if columns or (one.field in told and told[one.field].confidence < SURE):
                found[one.field] = columns or (told[one.field].column,)
    return found


def _told(titles: Sequence[Sequence[str]], wanted: Sequence[Wanted]) -> dict[str, Guess]:
    """Return what the heads tell, the likeliest first; each column once."""
    found: dict[str, Guess] = {}
    taken: set[int] = set()
    for confidence, column, field in _by_heads(titles, wanted):
        if field not in found and column not in taken:
            found[field] = Guess(column, confidence)
            taken.add(column)
    return found


def _is_no_value(title: str) -> bool:
    return money.COUNTED.search(title) is not None or money.is_never_paid(title)


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
