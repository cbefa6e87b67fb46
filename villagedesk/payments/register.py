"""The register of claims: what is wanted of it, its rows in order, its sums. It may be long: rows go by rowid."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import accumulate

from villagedesk.kernel.records import Row
from villagedesk.payments.counting import counted_among_many, left_out_rows
from villagedesk.payments.model import ClaimState
from villagedesk.storage.desk import Desk
from villagedesk.storage.found import Found
from villagedesk.storage.longlist import Beside, LongList, Milestone, Walk
from villagedesk.storage.rest import Rest

_SPELT = 2
"""Letters from which on a text may be the initials of a name."""
_AT_ONCE = 500
"""Rowids asked for in one query; SQLite takes 32 766 at most."""

_ORDERS = {
    "spent_on": ("c.spent_on", "c.id"),
    "amount_fen": ("c.amount_fen", "c.id"),
    "payee": ("c.payee", "c.id"),
    "purpose": ("c.purpose", "c.id"),
    "project": ("p.name", "p.id", "c.spent_on", "c.id"),
    "state": ("c.state", "c.spent_on", "c.id"),
}
_JOINED = "projects p CROSS JOIN claims c ON c.project_id = p.id"
_FEW = 20_000
"""Claims that are gathered and sorted while one waits; of more only a beginning is looked for at first."""
ORDERS = tuple(_ORDERS)
"""What the register can be sorted by."""


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted and in which order; what is left empty leaves everything in.

    The days are the first and the last of a period, both in it. ``text`` is looked for in payee, purpose, invoice
    number and the project's name, and, when it is Latin letters, in the pinyin initials of payee and project
    (``jcjyb``). ``is_reversed`` wants only what a red voucher undid. ``order`` is one of ORDERS.
    """

    text: str = ""
    states: tuple[ClaimState, ...] = ()
    is_reversed: bool = False
    first_day: date | None = None
    last_day: date | None = None
    project_id: str = ""
    fund_id: str = ""
    payee: str = ""
    order: str = "spent_on"
    descending: bool = True


EVERYTHING = ClaimFilter()

_UNDONE = "reversed"
STANDINGS: Mapping[str, str] = {**{state.value: state.label for state in ClaimState}, _UNDONE: "已冲销"}
"""What a claim can stand at, and how it is called: its state, or that what was paid was reversed."""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as a list shows it. ``voucher`` is written 2026-12; ``is_reversed`` says that a red one undid it."""

    rowid: int
    id: str
    spent_on: date
    project: str
    payee: str
    purpose: str
    amount_fen: int
    state: ClaimState
    voucher: str
    is_reversed: bool

    @property
    def standing(self) -> str:
        """What it stands at, one of STANDINGS."""
        return _UNDONE if self.is_reversed else self.state.value


@dataclass(frozen=True, slots=True)
class Sum:
    """How many claims, and the amounts together, in fen, of those that count (``counting``)."""

    count: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A sum in all and of each day that has claims, the first day first: how many, and what counts of them in fen."""

    whole: Sum
    days: Sequence[str]
    counts: Sequence[int]
    amounts: Sequence[int]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, int, int]]) -> "Tally":
        """Put together what was counted and added up by days."""
        days, counts, amounts = zip(*found, strict=True) if (found := list(rows)) else ((), (), ())
        return cls(Sum(sum(counts), sum(amounts)), days, counts, amounts)


def standing_at(key: str) -> ClaimFilter:
    """Return what wants the claims that stand at one of STANDINGS, or all for ""."""
    if key == _UNDONE:
        return ClaimFilter(states=(ClaimState.PAID,), is_reversed=True)
    return ClaimFilter(states=(ClaimState(key),)) if key else EVERYTHING


def claim_ids(desk: Desk, wanted: ClaimFilter = EVERYTHING, *, begin: bool = False) -> LongList | Found:
    """Return the rowids of the office's claims that are wanted, in the order wanted.

    Where an index leads along them, they are read as they are looked at, however many there are (``LongList``). Where
    none does, they are gathered; to ``begin`` with, of a long register only among the claims written last (``Found``).
    """
    where, values = condition(desk, wanted)
    source = "claims c"
    if wanted.order == "project":  # a claim is of the village its project is of
        source, where = _JOINED, where.replace("c.village_id", "p.village_id", 1)
    if not leads(desk, wanted):
        return _gathered(desk, wanted, source, where, values, begin=begin)
    walk = Walk(source, where, values, _ORDERS[wanted.order], wanted.descending)
    found = LongList(
        desk,
        walk,
        lambda: tally(desk, wanted).whole.count,
        beside=_counted(desk, wanted) if _is_long(desk) else None,
        milestones=lambda: _first_of_days(tally(desk, wanted), wanted),
    )
    if unordered(wanted) in _tallies(desk):
        len(found)
    return found


def claim_sum(desk: Desk, wanted: ClaimFilter = EVERYTHING) -> Sum:
    """Return how many claims ``claim_ids`` finds and what they amount to."""
    if leads(desk, unordered(wanted)):
        return tally(desk, wanted).whole
    return desk.unchanged(("claims", unordered(wanted)), lambda: _summed(desk, wanted))


def tally(desk: Desk, wanted: ClaimFilter) -> Tally:
    """Return how many claims are wanted and what they amount to, by days; remembered until something is written."""
    kept, key = _tallies(desk), unordered(wanted)
    if key not in kept:
        kept[key] = Tally.of(tuple(row) for row in desk.rows(*_by_days(desk, wanted)))
    return kept[key]


def claim_lines(desk: Desk, rowids: Sequence[int]) -> list[ClaimLine]:
    """Return the claims with these rowids as lines of a list, in the order given."""
    found: dict[int, ClaimLine] = {}
    for start in range(0, len(rowids), _AT_ONCE):
        part = list(rowids[start : start + _AT_ONCE])
        rows = desk.rows(
            f"""SELECT c.rowid, c.id, c.spent_on, p.name AS project, c.payee, c.purpose, c.amount_fen, c.state,
                       v.year, v.number, r.id AS red_id
                  FROM claims c JOIN projects p ON p.id = c.project_id
                  LEFT JOIN vouchers v ON v.claim_id = c.id AND v.reverses_id IS NULL
                  LEFT JOIN vouchers r ON r.reverses_id = v.id
                 WHERE c.rowid IN ({", ".join("?" * len(part))})""",
            part,
        )
        found |= {row["rowid"]: _line(row) for row in rows}
    return [found[rowid] for rowid in rowids if rowid in found]


def rowid_of(desk: Desk, claim_id: str) -> int | None:
    """Return a claim's rowid, by which lists know it; None when there is none."""
    found = desk.value("SELECT rowid FROM claims WHERE id = ?", [claim_id])
    return None if found is None else int(found)


def unordered(wanted: ClaimFilter) -> ClaimFilter:
    """Return what is wanted, newest first."""
    return replace(wanted, order="spent_on", descending=True)


def leads(desk: Desk, wanted: ClaimFilter) -> bool:
    """Tell whether there is an index that leads along the claims wanted, in the order wanted."""
    if wanted.text or wanted.fund_id or wanted.payee or wanted.is_reversed or len(wanted.states) > 1:
        return False
    is_narrowed = bool(wanted.project_id or wanted.first_day or wanted.last_day)
    if not wanted.states:
        return wanted.order == "spent_on" or not is_narrowed
    many = "SELECT count(*) FROM (SELECT 1 FROM claims WHERE village_id = ? AND state = ? LIMIT ?)"
    is_common = desk.value(many, [desk.office_id, wanted.states[0], _FEW]) == _FEW
    return not is_narrowed and (is_common or wanted.order == "spent_on")


def _gathered(
    desk: Desk, wanted: ClaimFilter, source: str, where: str, values: dict[str, str], *, begin: bool
) -> Found:
    way = " DESC" if wanted.descending else ""
    by = ", ".join(f"{column}{way}" for column in _ORDERS[wanted.order])
    select = f"SELECT c.rowid, {counted_among_many(wanted.states)} FROM {source} WHERE {where}"
    if begin and (wanted.text or wanted.fund_id) and _is_long(desk):
        newest = "c.rowid > (SELECT max(rowid) FROM claims) - :few"
        begun = desk.numbers(f"{select} AND {newest} ORDER BY {by}", values | {"few": _FEW})
        return Found(desk, f"{select} ORDER BY {by}", values, begun[::2])
    found = Found(desk, f"{select} ORDER BY {by}", values)
    desk.unchanged(("claims", unordered(wanted)), lambda: Sum(len(found), found.amounts_to()))
    return found


def _is_long(desk: Desk) -> bool:
    return int(desk.value("SELECT max(rowid) FROM claims") or 0) > _FEW


def _counted(desk: Desk, wanted: ClaimFilter) -> Beside[Tally]:
    """Return how claims are counted on another thread; what comes of it is remembered for as long as it is true."""
    kept, key = _tallies(desk), unordered(wanted)

    def learn(found: Tally) -> int:
        kept[key] = found
        return found.whole.count

    return Beside(lambda: Rest(desk, *_by_days(desk, wanted), Tally.of), learn)


def _first_of_days(found: Tally, wanted: ClaimFilter) -> Sequence[Milestone]:
    """Return at which place of a list sorted by day each day begins; where it falls, the day before it."""
    if wanted.order != "spent_on":
        return ()
    begun = zip(accumulate(found.counts, initial=0), found.days, strict=False)
    if wanted.descending:
        return [(found.whole.count - before, (day, "")) for before, day in begun][::-1]
    return [(before, (day, "")) for before, day in begun]


def _tallies(desk: Desk) -> dict[ClaimFilter, Tally]:
    return desk.unchanged("payments.tallies", dict)


def _by_days(desk: Desk, wanted: ClaimFilter) -> tuple[str, dict[str, str]]:
    """Return the statement of a Tally: all claims by an index of their days, less the few that do not count."""
    where, values = condition(desk, wanted)
    days = f"SELECT c.spent_on AS day, count(*) AS number, sum(c.amount_fen) AS fen FROM claims c WHERE {where}"
    if not (out := left_out_rows(wanted.states)):
        return f"{days} GROUP BY day ORDER BY day", values
    less = f"""SELECT c.spent_on, 0, -sum(c.amount_fen) FROM ({out}) o CROSS JOIN claims c ON c.rowid = o.rowid
                WHERE {where} GROUP BY c.spent_on"""
    both = f"{days} GROUP BY day UNION ALL {less}"
    return f"SELECT day, sum(number), sum(fen) FROM ({both}) GROUP BY day ORDER BY day", values


def _summed(desk: Desk, wanted: ClaimFilter) -> Sum:
    where, values = condition(desk, wanted)
    fen = f"coalesce(sum({counted_among_many(wanted.states)}), 0)"
    row = desk.rows(f"SELECT count(*), {fen} FROM claims c WHERE {where}", values)[0]
    return Sum(row[0], row[1])


def condition(desk: Desk, wanted: ClaimFilter) -> tuple[str, dict[str, str]]:
    """Return what is wanted as a condition on ``claims c``, and the values in it."""
    few = "+" if wanted.is_reversed else ""  # by what was reversed, not by all that was paid
    where, values = [f"{few}c.village_id = :office"], {"office": desk.office_id}
    if wanted.text:
        like = "LIKE :text ESCAPE '!'"
        projects = f"SELECT id FROM projects WHERE name {like}"
        places = [f"c.payee {like}", f"c.purpose {like}", f"c.invoice_number {like}", f"c.project_id IN ({projects})"]
        values["text"] = f"%{_plain(wanted.text)}%"
        if payees := _spelt_like(desk, wanted.text, _PAYEES):
            places.append("c.payee IN (SELECT value FROM json_each(:payees))")
            values["payees"] = json.dumps(payees)
        if named := _spelt_like(desk, wanted.text, "SELECT DISTINCT name FROM projects WHERE village_id = :office"):
            places.append("c.project_id IN (SELECT p.id FROM projects p JOIN json_each(:named) n ON p.name = n.value)")
            values["named"] = json.dumps(named)
        where = [
            "+c.village_id = :office",  # read the table as it lies: four times as fast as by an index of its days
            f"({' OR '.join(places)})",
        ]
    if wanted.states:
        where.append(f"{few}c.state IN ({', '.join(f':state{place}' for place in range(len(wanted.states)))})")
        values |= {f"state{place}": state for place, state in enumerate(wanted.states)}
    if wanted.is_reversed:
        where.append("c.id IN (SELECT claim_id FROM vouchers WHERE reverses_id > '')")
    for column in ("project_id", "fund_id", "payee"):
        if value := getattr(wanted, column):
            where.append(f"c.{column} = :{column}")
            values[column] = value
    for column, sign, day in (("first_day", ">=", wanted.first_day), ("last_day", "<=", wanted.last_day)):
        if day:
            where.append(f"c.spent_on {sign} :{column}")
            values[column] = day.isoformat()
    return " AND ".join(where), values


_PAYEES = """
    WITH RECURSIVE p (payee) AS (
        SELECT min(payee) FROM claims WHERE village_id = :office
         UNION ALL
        SELECT (SELECT min(payee) FROM claims WHERE village_id = :office AND payee > p.payee) FROM p
         WHERE p.payee IS NOT NULL
    ) SELECT payee FROM p WHERE payee IS NOT NULL"""
"""SQL: each payee once, found by leaps along the index."""


def _spelt_like(desk: Desk, text: str, names: str) -> list[str]:
    """Return the names in whose pinyin initials a text stands; none unless it is two Latin letters or more."""
    if len(text) < _SPELT or not (text.isascii() and text.isalpha()):
        return []
    rows = desk.unchanged(("payments.names", names), lambda: desk.rows(names, {"office": desk.office_id}))
    return [row[0] for row in rows if text.lower() in _initials(row[0])]


@lru_cache(maxsize=20_000)
def _initials(name: str) -> str:
    from villagedesk.village.register import initials

    return initials(name)


def _plain(text: str) -> str:
    """Return a text for LIKE in which nothing but the text itself is meant."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _line(row: Row) -> ClaimLine:
    return ClaimLine(
        rowid=row["rowid"],
        id=row["id"],
        spent_on=date.fromisoformat(row["spent_on"]),
        project=row["project"],
        payee=row["payee"],
        purpose=row["purpose"],
        amount_fen=row["amount_fen"],
        state=ClaimState(row["state"]),
        voucher="" if row["number"] is None else f"{row['year']}-{row['number']}",
        is_reversed=row["red_id"] is not None,
    )
