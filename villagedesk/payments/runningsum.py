"""What the claims of a register amount to from the first day up to each of them (累计)."""

import json
from array import array
from bisect import bisect_left, insort
from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from villagedesk.payments.register import ClaimFilter, claim_sum, condition, leads, unordered
from villagedesk.storage.desk import Desk

Place = tuple[str, str]
"""Where a claim stands among all by day: its day and its id."""

_BEFORE: Place = ("", "")
_BEHIND: Place = ("9999-12-31", "~")


def running_sums(desk: Desk, wanted: ClaimFilter, rowids: Sequence[int]) -> dict[int, int]:
    """Return for each of these rowids what the wanted claims amount to up to it, in fen.

    The days count, then the ids, whatever order is shown; the latest claim's is the amount of ``claim_sum``. Claims
    that follow one another by day, such as those a list shows, are added up from the nearest ones shown before.
    """
    wanted = unordered(wanted)
    kept: dict[ClaimFilter, _Gathered | _Along] = desk.unchanged("payments.running", dict)
    if wanted not in kept:
        kept.clear()
        kept[wanted] = (_Along if leads(desk, wanted) else _Gathered)(desk, wanted)
    return kept[wanted].sums(rowids)


class _Gathered:
    """The sums of claims that the register gathers anyway: all of them."""

    def __init__(self, desk: Desk, wanted: ClaimFilter) -> None:
        where, values = condition(desk, wanted)
        sql = f"SELECT c.rowid, c.amount_fen FROM claims c WHERE {where} ORDER BY c.spent_on, c.id"
        both = desk.numbers(sql, values)
        self._rowids, self._sums = both[::2], array("q", accumulate(both[1::2]))

    def sums(self, rowids: Sequence[int]) -> dict[int, int]:
        return {rowid: self._sums[self._rowids.index(rowid)] for rowid in rowids if rowid in self._rowids}


class _Along:
    """The sums of claims along the index of their days, from the nearest places whose sums are known."""

    def __init__(self, desk: Desk, wanted: ClaimFilter) -> None:
        self._desk = desk
        self._where, self._values = condition(desk, wanted)
        self._places = [_BEFORE, _BEHIND]
        self._known = {_BEFORE: 0, _BEHIND: claim_sum(desk, wanted).amount_fen}
        self._days = {_BEFORE: self._end("ASC"), _BEHIND: self._end("DESC")}

    def sums(self, rowids: Sequence[int]) -> dict[int, int]:
        rows = self._desk.rows(
            f"""SELECT c.rowid, c.amount_fen, c.spent_on, c.id
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
        """Add up to a claim, or take off down to it, from the nearer of the known places around it."""
        if place not in self._known:
            at = bisect_left(self._places, place)
            before, behind = self._places[at - 1], self._places[at]
            day = _number(place[0])
            if day - self._day(before) <= self._day(behind) - day:
                self._learn(place, self._known[before] + self._sum(before, place))
            else:
                self._learn(place, self._known[behind] - self._sum(place, behind))
        return self._known[place]

    def _learn(self, place: Place, total: int) -> None:
        if place not in self._known:
            insort(self._places, place)
            self._known[place] = total

    def _sum(self, after: Place, up_to: Place) -> int:
        total = f"SELECT coalesce(sum(c.amount_fen), 0) FROM claims c WHERE {self._where} AND {_BETWEEN}"
        return int(self._desk.value(total, self._values | _bounds(after, up_to)))

    def _day(self, place: Place) -> int:
        return self._days[place] if place in self._days else _number(place[0])

    def _end(self, way: str) -> int:
        first = f"SELECT c.spent_on FROM claims c WHERE {self._where} ORDER BY c.spent_on {way} LIMIT 1"
        return _number(self._desk.value(first, self._values) or "2000-01-01")


_BETWEEN = "(c.spent_on, c.id) > (:after_day, :after_id) AND (c.spent_on, c.id) <= (:last_day_of, :last_id)"


def _bounds(after: Place, up_to: Place) -> dict[str, str]:
    return {"after_day": after[0], "after_id": after[1], "last_day_of": up_to[0], "last_id": up_to[1]}


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
