"""What lies in the bank, in the cash box and in a fund from a day on: the sums every payment asks for.

All money lies in the bank, in the cash box, or with somebody who took an advance. What each record adds to the funds,
to the advances and to the cash box is added up once and then only what came since (``Desk.grown``); what is dated later
is little, and asked by the index of days.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial, reduce
from typing import NamedTuple

from villagedesk.kernel.records import Row
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Purse
from villagedesk.village.store import FundBalance


class Sums(NamedTuple):
    """What records add up to: their last day, what they add to the funds, the advances and the cash box, in fen."""

    last_day: str
    funds: int
    advanced: int
    cash: int

    def of(self, purse: Purse) -> int:
        """Return what they add to bank or cash box."""
        return self.cash if purse is Purse.CASH else self.funds - self.advanced - self.cash

    def and_more(self, other: "Sums") -> "Sums":
        """Return these and others together."""
        day, funds, advanced, cash = other
        return Sums(max(self.last_day, day), self.funds + funds, self.advanced + advanced, self.cash + cash)


def lowest(desk: Desk, purse: Purse, day: date) -> int:
    """Return the least there is in bank or cash box from the end of a day on, with all that is booked, in fen."""
    now, since = _all(desk, desk.office_id), day.isoformat()
    is_last = now.last_day <= since
    later = [] if is_last else desk.rows(_LATER, {"office": desk.office_id, "day": since})
    return _least(now.of(purse), [Sums(*row).of(purse) for row in later])


def lowest_of_fund(desk: Desk, balance: FundBalance, day: date) -> int:
    """Return the least that is left of a fund from the end of a day on, with all that is booked, in fen."""
    since = day.isoformat()
    is_last = _all(desk, balance.fund.village_id).last_day <= since
    later = [] if is_last else desk.rows(_LATER_OF_FUND, {"fund": balance.fund.id, "day": since})
    return _least(balance.left_fen, [row["moved"] for row in later])


def _least(now: int, moved: Sequence[int]) -> int:
    """Return the least there was before and after these amounts moved, the last first, when there is ``now``."""
    least = now
    for fen in moved:
        now -= fen
        least = min(least, now)
    return least


def _all(desk: Desk, office: str) -> Sums:
    """Return what all records of an office together add up to."""

    def others() -> Sums:
        return reduce(Sums.and_more, (_of(desk, office, table) for table in _OTHERS))

    return desk.unchanged(("purse", office), others).and_more(_of(desk, office, "vouchers"))


def _of(desk: Desk, office: str, table: str) -> Sums:
    def added(first: int, last: int) -> Sums:
        sql = _ALL_VOUCHERS if table == "vouchers" and not first else _ADDED[table]
        return Sums(*desk.rows(sql, {"office": office, "first": first, "last": last})[0])

    def carry(known: Sums, rows: Sequence[Row]) -> Sums:
        return known.and_more(added(rows[0]["rowid"], rows[-1]["rowid"]))

    return desk.grown(table, ("purse", office), partial(added, 0), carry)


_REOPENED = "coalesce((SELECT amount_fen FROM settlements WHERE voucher_id = t.reverses_id), 0)"
"""What of an advance is open again when the red voucher ``t`` takes back what accounted for it."""
_CLAIM_WAY = "(SELECT pay_way FROM claims WHERE id = t.claim_id)"
_SETTLED_WAY = """coalesce((SELECT k.pay_way FROM vouchers v JOIN claims k ON k.id = v.claim_id
                            WHERE v.id = t.voucher_id), t.pay_way)"""

_FLOWS = {
    "openings": ("opened_on", "CASE WHEN t.from_fund_id IS NULL THEN t.amount_fen ELSE 0 END", "0", "0"),
    "arrivals": ("arrived_on", "t.amount_fen", "0", "0"),
    "cash_moves": ("moved_on", "0", "0", "CASE t.kind WHEN 'withdrawn' THEN t.amount_fen ELSE -t.amount_fen END"),
    "advances": ("given_on", "0", "t.amount_fen", "CASE t.pay_way WHEN 'cash' THEN -t.amount_fen ELSE 0 END"),
    "settlements": (
        "settled_on",
        "0",
        "-t.amount_fen",
        f"CASE {_SETTLED_WAY} WHEN 'cash' THEN t.amount_fen ELSE 0 END",
    ),
    "vouchers": (
        "posted_on",
        "-t.amount_fen",
        _REOPENED,
        f"CASE {_CLAIM_WAY} WHEN 'cash' THEN -t.amount_fen - {_REOPENED} ELSE 0 END",
    ),
}
"""For each table whose records move money: its day, and what a row adds to the funds, the advances, the cash box."""

_OTHERS = tuple(table for table in _FLOWS if table != "vouchers")

_ADDED = {
    table: f"""SELECT coalesce(max(t.{day}), ''), coalesce(sum({funds}), 0), coalesce(sum({advanced}), 0),
                      coalesce(sum({cash}), 0) FROM {table} t
                WHERE t.rowid >= :first AND t.rowid <= :last AND +t.village_id = :office"""  # noqa: S608
    for table, (day, funds, advanced, cash) in _FLOWS.items()
}
_ALL_VOUCHERS = """
SELECT coalesce((SELECT max(posted_on) FROM vouchers WHERE village_id = :office), ''),
       (SELECT -coalesce(sum(amount_fen), 0) FROM vouchers WHERE village_id = :office AND +rowid <= :last),
       (SELECT coalesce(sum(s.amount_fen), 0) FROM settlements s JOIN vouchers r ON r.reverses_id = s.voucher_id
         WHERE s.village_id = :office AND +r.rowid <= :last),
       (SELECT coalesce(sum(-v.amount_fen - coalesce(r.amount_fen, 0)
                            - CASE WHEN r.id IS NULL THEN 0 ELSE coalesce(s.amount_fen, 0) END), 0)
          FROM claims k INDEXED BY claims_in_cash
          CROSS JOIN vouchers v -- from the few in cash, not from all
                     ON v.claim_id = k.id AND v.reverses_id IS NULL AND +v.rowid <= :last
          LEFT JOIN vouchers r ON r.reverses_id = v.id AND +r.rowid <= :last
          LEFT JOIN settlements s ON s.voucher_id = v.id
         WHERE k.village_id = :office AND k.pay_way = 'cash')
"""
"""As ``_ADDED``, of all vouchers up to a row; a ``+`` has its number compared only, so that indexes lead the way."""
_LATER = f"""
SELECT day, sum(funds), sum(advanced), sum(cash) FROM (
    {
    " UNION ALL ".join(
        f"SELECT t.{day} AS day, {funds} AS funds, {advanced} AS advanced, {cash} AS cash FROM {table} t "
        f"WHERE t.village_id = :office AND t.{day} > :day"
        for table, (day, funds, advanced, cash) in _FLOWS.items()
    )
}) GROUP BY day ORDER BY day DESC
"""  # noqa: S608
_LATER_OF_FUND = """
SELECT day, sum(fen) AS moved FROM (
    SELECT arrived_on AS day, amount_fen AS fen FROM arrivals WHERE fund_id = :fund AND arrived_on > :day
    UNION ALL SELECT opened_on, amount_fen FROM openings WHERE fund_id = :fund AND opened_on > :day
    UNION ALL SELECT opened_on, -amount_fen FROM openings WHERE from_fund_id = :fund AND opened_on > :day
    UNION ALL SELECT posted_on, -amount_fen FROM vouchers WHERE fund_id = :fund AND posted_on > :day)
 GROUP BY day ORDER BY day DESC
"""
