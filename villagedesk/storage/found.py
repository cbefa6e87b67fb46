"""Lists that no index leads along: what is found of them first, and all of it once it was read beside the window."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any, overload

from villagedesk.storage.desk import Desk
from villagedesk.storage.rest import Rest


@dataclass(frozen=True, slots=True)
class Whole:
    """All rows of a list that no index leads along, and what they amount to from the first up to each."""

    rows: Sequence[int]
    sums: Sequence[int]

    @classmethod
    def of(cls, both: Sequence[int]) -> "Whole":
        """Part row ids and amounts, which were read by turns."""
        return cls(both[::2], array("q", accumulate(both[1::2])))


class Found(Sequence[int]):
    """The row ids a SELECT finds, each with an amount, in its order: some of them at once, all once they were read.

    Whoever asks for more than is known waits until all are read; ``rest`` reads them on another thread.
    """

    def __init__(self, desk: Desk, sql: str, values: dict[str, str], begun: Sequence[int] | None = None) -> None:
        """Begin with what was ``begun``; without it, read all now."""
        self._desk, self._sql, self._values = desk, sql, values
        self._begun = begun or ()
        self._whole: Whole | None = None
        self._looked_at: tuple[int, Sequence[int]] = (0, ())
        if begun is None:
            self._all()

    @property
    def known(self) -> int:
        """How many rows are known to be there."""
        return len(self._known)

    @property
    def is_whole(self) -> bool:
        """Whether all rows are known."""
        return self._whole is not None

    def rest(self) -> Rest[Whole]:
        """Return what reads all of them on another thread, for ``take``."""
        return Rest(self._desk, self._sql, self._values, lambda rows: Whole.of(array("q", chain.from_iterable(rows))))

    def take(self, whole: Whole) -> None:
        """Be whole, by what ``rest`` read."""
        self._whole, self._looked_at = whole, (0, ())

    def amounts_to(self, place: int | None = None) -> int:
        """Return what the rows amount to from the first up to the one at a place (-1: before it), or all of them."""
        sums = self._all().sums
        if place is None:
            return sums[-1] if sums else 0
        return sums[place] if place >= 0 else 0

    def __len__(self) -> int:
        return len(self._all().rows)

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...

    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, int):
            return self._known[place] if 0 <= place < self.known else self._all().rows[place]
        is_near = (place.start or 0) >= 0 and 0 <= (place.stop or -1) <= self.known
        found = self._known[place] if is_near else self._all().rows[place]
        if place.step in (None, 1):
            self._looked_at = place.indices(self.known)[0], found
        return found

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the place of a row id, at once where one looked last. Raises ValueError when it was not found."""
        del start, stop
        first, rows = self._looked_at
        return first + rows.index(value) if value in rows else self._all().rows.index(value)

    @property
    def _known(self) -> Sequence[int]:
        return self._whole.rows if self._whole else self._begun

    def _all(self) -> Whole:
        if self._whole is None:
            self.take(Whole.of(self._desk.numbers(self._sql, self._values)))
        assert self._whole
        return self._whole
