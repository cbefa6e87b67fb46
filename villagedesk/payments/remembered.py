"""What was paid to whom before, to propose it again: payees by how often, the last time of each, purposes in use."""

import re
from dataclasses import dataclass
from datetime import date

from villagedesk.payments.model import Claim
from villagedesk.payments.pastyear import STILL_IN
from villagedesk.storage.desk import Desk

MOST = 400
"""Payees that are remembered, and purposes."""
_RECENT = "rowid > (SELECT max(rowid) FROM claims) - 5000"
"""SQL: the claims that are looked at, some years of them, so that a long register does not make typing slow."""
_MONTH = re.compile(r"(?:(\d{4})年)?(?<!\d)(\d{1,2})月(?!\d)")


@dataclass(frozen=True, slots=True)
class LastTime:
    """How somebody was paid the last time."""

    spent_on: date
    project_id: str
    amount_fen: int
    purpose: str
    invoice_kind: str
    pay_way: str
    witness: str


def payees(desk: Desk) -> dict[str, int]:
    """Return who was paid before, the most frequent first, each with the row of their last claim (0: an earlier year).

    Whom a pay sheet pays is not among them.
    """
    rows = desk.rows(
        f"""SELECT payee, sum(times) AS times, max(last) AS last FROM (
               SELECT payee, count(*) AS times, max(rowid) AS last FROM claims
                WHERE {_RECENT} AND +village_id = :office AND payroll_id IS NULL GROUP BY payee
                UNION ALL
               SELECT payee, count(*), 0 FROM past_expenses
                WHERE village_id = :office AND {STILL_IN} GROUP BY payee
           ) GROUP BY payee ORDER BY times DESC, payee LIMIT :most""",
        {"office": desk.office_id, "most": MOST},
    )
    return {row["payee"]: row["last"] for row in rows}


def last_time(desk: Desk, rowid: int) -> LastTime | None:
    """Return how the claim in this row paid, None when there is none."""
    told = "spent_on, project_id, amount_fen, purpose, invoice_kind, pay_way, witness"
    rows = desk.rows(f"SELECT {told} FROM claims WHERE rowid = ?", [rowid])
    return LastTime(date.fromisoformat(rows[0]["spent_on"]), *rows[0][1:]) if rows else None


def last_time_for(desk: Desk, payee: str, project_id: str) -> LastTime | None:
    """Return how somebody was paid for a project the last time, None when they never were."""
    row = desk.value(
        f"""SELECT max(rowid) FROM claims
             WHERE {_RECENT} AND +village_id = ? AND payee = ? AND project_id = ? AND payroll_id IS NULL""",
        [desk.office_id, payee, project_id],
    )
    return last_time(desk, row) if row else None


def payments_to(desk: Desk, payee: str, most: int = 2) -> list[Claim]:
    """Return the last claims that pay somebody, newest first."""
    where = f"{_RECENT} AND +village_id = ? AND payee = ?"
    return desk.find(Claim, where, [desk.office_id, payee], f"spent_on DESC, id DESC LIMIT {most:d}")


def purposes(desk: Desk, project_id: str = "") -> list[str]:
    """Return what money was spent on, the newest first; of one project when it is named."""
    rows = desk.rows(
        f"""SELECT purpose FROM claims
            WHERE {_RECENT} AND +village_id = :office AND payroll_id IS NULL
              AND (:project = '' OR project_id = :project)
            GROUP BY purpose ORDER BY max(rowid) DESC LIMIT :most""",
        {"office": desk.office_id, "project": project_id, "most": MOST},
    )
    return [row[0] for row in rows]


def moved_on(purpose: str, written_on: date, day: date) -> str:
    """Return a purpose with the months in it as many months later as ``day`` is after ``written_on``.

    11月电费 of December becomes 12月电费 in January; a day of a month (11月3日) stays.
    """
    later = (day.year - written_on.year) * 12 + day.month - written_on.month

    def shifted(found: re.Match[str]) -> str:
        if not 1 <= int(found[2]) <= 12:
            return found[0]
        years, month = divmod(int(found[2]) - 1 + later, 12)
        return f"{int(found[1]) + years}年{month + 1}月" if found[1] else f"{month + 1}月"

    return _MONTH.sub(shifted, purpose)
