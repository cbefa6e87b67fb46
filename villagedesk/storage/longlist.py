"""Long lists of rows: how one begins is known at once, the rest is read where it is looked at, or beside the window."""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from villagedesk.storage.desk import Desk
from villagedesk.storage.rest import Rest

T = TypeVar("T")

_FIRST = 600
"""Rows that are read at once; a list that has fewer is whole."""
_PAGE = 200
_KEPT = 24
"""Pages of row ids kept, and places from which others are reached."""


@dataclass(frozen=True, slots=True)
class Walk:
    """How a list is read: from which table (and what it is joined to), which rows, and along which columns.

    ``keys`` are the columns it is sorted by; together no two rows have the same. There is an index of ``where`` and
    ``keys``, so that a walk can begin anywhere. ``rowid`` is the column the rows go by.
    """

    source: str
    where: str
    values: dict[str, str]
    keys: tuple[str, ...]
    is_falling: bool
    rowid: str = "c.rowid"


@dataclass(frozen=True, slots=True)
class Beside(Generic[T]):
    """How a list is counted on another thread: what is read there, and the count that is learnt of it here."""

    rest: Callable[[], Rest[T]]
    learn: Callable[[T], int]


Milestone = tuple[int, tuple[str, ...]]
"""A place in a list, and the columns (the walk's keys) behind which the row there is the first."""


class LongList(Sequence[int]):
    """The row ids along a walk. ``known`` of them are known; the list ``is_whole`` when there are no more.

    It is as the rows stood when they were looked at: ask for a new one when something was written.
    """

    def __init__(
        self,
        desk: Desk,
        walk: Walk,
        count: Callable[[], int],
        *,
        beside: Beside[Any] | None = None,
        milestones: Callable[[], Sequence[Milestone]] = tuple,
    ) -> None:
        """Begin a walk; ``count`` tells how many rows there are, and is asked when somebody wants to know.

        ``beside`` says how the same is found out where nobody waits for it; ``milestones`` are asked for after that:
        places from which others are reached, in order.
        """
        self._desk, self._walk, self._count, self._beside = desk, walk, count, beside
        self._ask_milestones = milestones
        self._first = self._read("", {}, 0, _FIRST, forwards=True)
        self._length = -1 if len(self._first) == _FIRST else len(self._first)
        self._pages: OrderedDict[int, array[int]] = OrderedDict()

    @property
    def known(self) -> int:
        """How many rows are known to be there."""
        return len(self._first) if self._length < 0 else self._length

    @property
    def is_whole(self) -> bool:
        """Whether the number of rows is known."""
        return self._length >= 0

    def rest(self) -> Rest[Any] | None:
        """Return what counts it on another thread, for ``take``; None when nothing does."""
        return self._beside.rest() if self._beside else None

    def take(self, found: Any) -> None:
        """Be whole, by what ``rest`` found out."""
        assert self._beside
        self._length = max(self._beside.learn(found), len(self._first))

    def __len__(self) -> int:
        if self._length < 0:
            self._length = max(self._count(), len(self._first))
        return self._length

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> "array[int]": ...

    def __getitem__(self, place: int | slice) -> "int | array[int]":
        if isinstance(place, int):
            if 0 <= place < len(self._first):
                return self._first[place]
            if not -len(self) <= place < len(self):
                raise IndexError(place)
            at = place if place >= 0 else place + len(self)
            return self._page(at // _PAGE)[at % _PAGE]
        known = len(self._first)
        is_near = place.step in (None, 1) and (place.start or 0) >= 0 and 0 <= (place.stop or -1) <= known
        if is_near:
            return self._first[place]
        start, stop, step = place.indices(len(self))
        pages = range(start // _PAGE, -(-stop // _PAGE)) if stop > start else ()
        found = array("q", (rowid for page in pages for rowid in self._page(page)))
        return found[start % _PAGE : start % _PAGE + stop - start][::step]

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the place of a row id. Raises ValueError when it is not in the list."""
        del start, stop
        for place, page in ((0, self._first), *((number * _PAGE, page) for number, page in self._pages.items())):
            if value in page:
                return place + page.index(value)
        key = self._key(value)
        if not key:
            raise ValueError(value)
        ahead = self._compared("<", key)
        sql = f"SELECT count(*) FROM {self._walk.source} WHERE {self._walk.where} AND {ahead}"
        return int(self._desk.value(sql, self._walk.values | key))

    @cached_property
    def _milestones(self) -> Sequence[Milestone]:
        return self._ask_milestones()

    def _page(self, number: int) -> "array[int]":
        if (number + 1) * _PAGE <= len(self._first):
            return self._first[number * _PAGE : (number + 1) * _PAGE]
        if number not in self._pages:
            self._pages[number] = self._reached(number * _PAGE, min((number + 1) * _PAGE, len(self)))
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number]

    def _reached(self, start: int, stop: int) -> "array[int]":
        """Read from the nearest row that is known: the beginning, the end, or one that was looked at before."""
        seen = [(len(self._first) - 1, self._first[-1])]
        for number, page in self._pages.items():
            seen += [(number * _PAGE, page[0]), (number * _PAGE + len(page) - 1, page[-1])]
        before = max((spot for spot in seen if spot[0] < start), default=(-1, 0))
        behind = min((spot for spot in seen if spot[0] >= stop), default=(len(self), 0))
        stone = bisect_right(self._milestones, start, key=lambda stone: stone[0]) - 1
        if stone >= 0 and start - self._milestones[stone][0] < min(start - before[0], behind[0] - stop):
            place, columns = self._milestones[stone]
            key = {f"key{number}": column for number, column in enumerate(columns)}
            beyond = f" AND {self._compared('>', key)}"
            return self._read(beyond, key, start - place, stop - start, forwards=True)
        forwards = start - before[0] <= behind[0] - stop
        place, rowid = before if forwards else behind
        key = self._key(rowid) if rowid else {}
        if rowid and not key:  # gone since it was looked at
            return self._read("", {}, start, stop - start, forwards=True)
        beyond = f" AND {self._compared('>' if forwards else '<', key)}" if key else ""
        skipped = start - place - 1 if forwards else place - stop
        return self._read(beyond, key, skipped, stop - start, forwards=forwards)

    def _read(self, beyond: str, key: dict[str, Any], skipped: int, size: int, *, forwards: bool) -> "array[int]":
        walk = self._walk
        way = " DESC" if walk.is_falling is forwards else ""
        order = ", ".join(f"{column}{way}" for column in walk.keys)
        found = self._desk.numbers(
            f"SELECT {walk.rowid} FROM {walk.source} WHERE {walk.where}{beyond} ORDER BY {order} "
            "LIMIT :size OFFSET :skipped",
            walk.values | key | {"size": size, "skipped": skipped},
        )
        return array("q", found) if forwards else array("q", reversed(found))

    def _key(self, rowid: int) -> dict[str, Any]:
        """Return the columns by which a row is sorted; none when it is not in the list."""
        walk = self._walk
        columns = ", ".join(walk.keys)
        rows = self._desk.rows(
            f"SELECT {columns} FROM {walk.source} WHERE {walk.where} AND {walk.rowid} = :own",
            walk.values | {"own": rowid},
        )
        return {f"key{place}": value for row in rows for place, value in enumerate(row)}

    def _compared(self, sign: str, key: dict[str, Any]) -> str:
        """Return the condition that a row stands before (<) or behind (>) the one with this key."""
        sign = {"<": ">", ">": "<"}[sign] if self._walk.is_falling else sign
        return f"({', '.join(self._walk.keys)}) {sign} ({', '.join(f':{name}' for name in key)})"
