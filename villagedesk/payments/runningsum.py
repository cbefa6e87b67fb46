"""What the claims of a register amount to from the first day up to each of them (累计)."""

import json
from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import accumulate

from villagedesk.payments.counting import counted
from villagedesk.payments.register import ClaimFilter, claim_ids, condition, tally, unordered
from villagedesk.storage.desk import Desk
from villagedesk.storage.found import Found

Place = tuple[str, str]
"""Where a claim stands among all by day: its day and its id."""


def running_sums(
    desk: Desk, wanted: ClaimFilter, rowids: Sequence[int], found: Sequence[int] | None = None
) -> dict[int, int]:
    """Return for each of these rowids what the wanted claims that count amount to up to it, in fen.

    The days count, then the ids, whatever order is shown; the latest claim's is the amount of ``claim_sum``. Claims
    that follow one another by day, such as those a list shows, are added up from the nearest ones shown before, or
    from their day's beginning. ``found`` is the list that is shown, where it is sorted by day and was gathered.
    """
    if isinstance(found, Found):
        return _along(found, rowids, falls=wanted.descending)
    wanted = unordered(wanted)
    kept: dict[ClaimFilter, _Along | Found] = desk.unchanged("payments.running", dict)
    if wanted not in kept:
        kept.clear()
        gathered = claim_ids(desk, wanted)
        kept[wanted] = gathered if isinstance(gathered, Found) else _Along(desk, wanted)
    sums = kept[wanted]
    return sums.sums(rowids) if isinstance(sums, _Along) else _along(sums, rowids, falls=True)


def _along(found: Found, rowids: Sequence[int], *, falls: bool) -> dict[int, int]:
    """Return the sums of claims in a gathered list that is sorted by day."""
    sums, place = {}, -1
    for rowid in rowids:
        place += 1
        if place >= len(found) or found[place] != rowid:
            try:
                place = found.index(rowid)
            except ValueError:
                continue
        sums[rowid] = found.amounts_to() - found.amounts_to(place - 1) if falls else found.amounts_to(place)
    return sums


class _Along:
    """The sums of claims along the index of their days, from the nearest places before whose sums are known."""

    def __init__(self, desk: Desk, wanted: ClaimFilter) -> None:
        self._desk = desk
        self._where, self._values = condition(desk, wanted)
        self._fen = counted(wanted.states)
        by_days = tally(desk, wanted)
        self._days, self._begun = by_days.days, list(accumulate(by_days.amounts, initial=0))
        self._places: list[Place] = []
        self._known: dict[Place, int] = {}

    def sums(self, rowids: Sequence[int]) -> dict[int, int]:
        rows = self._desk.rows(
            f"""SELECT c.rowid, {self._fen} AS amount_fen, c.spent_on, c.id
                  FROM json_each(:rowids) CROSS JOIN claims c ON c.rowid = json_each.value
                 WHERE {self._where} ORDER BY c.spent_on, c.id""",
            self._values | {"rowids": json.dumps(list(rowids))},
        )
        places = [(row["spent_on"], row["id"]) for row in rows]
        if not rows or not self._follow(places):
            return {row["rowid"]: self._up_to(place) for row, place in zip(rows, places, strict=True)}
        first = self._up_to(places[0])
        totals = list(accumulate([row["amount_fen"] for row in rows[1:]], initial=first))
        self._learn(places[-1], totals[-1])
        return {row["rowid"]: total for row, total in zip(rows, totals, strict=True)}

    def _follow(self, places: Sequence[Place]) -> bool:
        """Tell whether no other claim stands between these."""
        between = f"SELECT 1 FROM claims c WHERE {self._where} AND {_BETWEEN} LIMIT :most"
        values = self._values | _bounds(places[0], places[-1]) | {"most": len(places)}
        return bool(self._desk.value(f"SELECT count(*) FROM ({between})", values) == len(places) - 1)

    def _up_to(self, place: Place) -> int:
        """Add up to a claim from the nearest place before it: its day's beginning, or a claim of that day."""
        if place not in self._known:
            before, known = self._before(place)
            total = f"SELECT coalesce(sum({self._fen}), 0) FROM claims c WHERE {self._where} AND {_BETWEEN}"
            added = int(self._desk.value(total, self._values | _bounds(before, place)))
            self._learn(place, known + added)
        return self._known[place]

    def _before(self, place: Place) -> tuple[Place, int]:
        day, at = place[0], bisect_left(self._places, place) - 1
        if at >= 0 and self._places[at][0] == day:
            return self._places[at], self._known[self._places[at]]
        return (day, ""), self._begun[bisect_left(self._days, day)]

    def _learn(self, place: Place, total: int) -> None:
        if place not in self._known:
            insort(self._places, place)
            self._known[place] = total


_BETWEEN = "(c.spent_on, c.id) > (:after_day, :after_id) AND (c.spent_on, c.id) <= (:last_day_of, :last_id)"


def _bounds(after: Place, up_to: Place) -> dict[str, str]:
    return {"after_day": after[0], "after_id": after[1], "last_day_of": up_to[0], "last_id": up_to[1]}
