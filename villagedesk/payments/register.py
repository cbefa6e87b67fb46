"""The register of claims: what is wanted of it, its rows in order, its sums. It may be long: rows go by rowid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.kernel.records import Row
from villagedesk.payments.model import ClaimState
from villagedesk.storage.desk import Desk

_AT_ONCE = 500
"""Rowids asked for in one query; SQLite takes 32 766 at most."""

_ORDERS = {
    "spent_on": "c.spent_on {0}, c.id {0}",
    "amount_fen": "c.amount_fen {0}, c.id {0}",
    "payee": "c.payee {0}, c.id {0}",
    "purpose": "c.purpose {0}, c.id {0}",
    "project": "(SELECT name FROM projects WHERE id = c.project_id) {0}, c.id {0}",
    "state": "c.state {0}, c.id {0}",
}
ORDERS = tuple(_ORDERS)
"""What the register can be sorted by."""


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted and in which order; what is left empty leaves everything in.

    The days are the first and the last of a period, both in it. ``text`` is looked for in payee, purpose, invoice number
    and the project's name, and, when it is Latin letters, in the pinyin initials of payee and project (``jcjyb``).
    ``order`` is one of ORDERS.
    """

    text: str = ""
    states: tuple[ClaimState, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    project_id: str = ""
    fund_id: str = ""
    payee: str = ""
    order: str = "spent_on"
    descending: bool = True


EVERYTHING = ClaimFilter()


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


@dataclass(frozen=True, slots=True)
class Sum:
    """How many claims, and their amounts together in fen."""

    count: int
    amount_fen: int


def claim_ids(desk: Desk, wanted: ClaimFilter = EVERYTHING) -> Sequence[int]:
    """Return the rowids of the office's claims that are wanted, in the order wanted."""
    where, values = _condition(desk, wanted)
    by = _ORDERS[wanted.order].format("DESC" if wanted.descending else "ASC")
    return desk.numbers(f"SELECT c.rowid FROM claims c WHERE {where} ORDER BY {by}", values)


def claim_amounts(desk: Desk, wanted: ClaimFilter = EVERYTHING) -> Sequence[int]:
    """Return the amounts of the claims ``claim_ids`` finds, in the same order, in fen."""
    where, values = _condition(desk, wanted)
    by = _ORDERS[wanted.order].format("DESC" if wanted.descending else "ASC")
    return desk.numbers(f"SELECT c.amount_fen FROM claims c WHERE {where} ORDER BY {by}", values)


def claim_sum(desk: Desk, wanted: ClaimFilter = EVERYTHING) -> Sum:
    """Return how many claims ``claim_ids`` finds and what they amount to."""
    where, values = _condition(desk, wanted)
    row = desk.rows(f"SELECT count(*), coalesce(sum(c.amount_fen), 0) FROM claims c WHERE {where}", values)[0]
    return Sum(row[0], row[1])


def running_sums(desk: Desk, wanted: ClaimFilter, rowids: Sequence[int]) -> dict[int, int]:
    """Return for each of these rowids what the wanted claims amount to from the first day up to it (累计), in fen.

    The days count, then the ids, whatever order is shown; the latest claim's is the amount of ``claim_sum``.
    """
    where, values = _condition(desk, wanted)
    sums: dict[int, int] = {}
    for rowid in rowids:
        own = desk.rows("SELECT spent_on, id FROM claims WHERE rowid = ?", [rowid])
        if own:
            up_to = values | {"own_day": own[0]["spent_on"], "own_id": own[0]["id"]}
            total = desk.value(
                f"""SELECT coalesce(sum(c.amount_fen), 0) FROM claims c
                     WHERE {where} AND (c.spent_on, c.id) <= (:own_day, :own_id)""",
                up_to,
            )
            sums[rowid] = int(total)
    return sums


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


def _condition(desk: Desk, wanted: ClaimFilter) -> tuple[str, dict[str, str]]:
    where, values = ["c.village_id = :office"], {"office": desk.office_id}
    if wanted.text:
        like = "LIKE :text ESCAPE '!'"
        projects = f"SELECT id FROM projects WHERE name {like}"
        where = [
            "+c.village_id = :office",  # read the table as it lies: four times as fast as by an index of its days
            f"(c.payee {like} OR c.purpose {like} OR c.invoice_number {like} OR c.project_id IN ({projects}))",
        ]
        values["text"] = f"%{_plain(wanted.text)}%"
    if wanted.states:
        where.append(f"c.state IN ({', '.join(f':state{place}' for place in range(len(wanted.states)))})")
        values |= {f"state{place}": state for place, state in enumerate(wanted.states)}
    for column in ("project_id", "fund_id", "payee"):
        if value := getattr(wanted, column):
            where.append(f"c.{column} = :{column}")
            values[column] = value
    for column, sign, day in (("first_day", ">=", wanted.first_day), ("last_day", "<=", wanted.last_day)):
        if day:
            where.append(f"c.spent_on {sign} :{column}")
            values[column] = day.isoformat()
    return " AND ".join(where), values


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
