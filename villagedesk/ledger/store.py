"""Where the money is, what a month summed up to, and the records of cash and bank as they are asked for."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.ledger.figures import AdvanceLine, Book, FundSums, Holdings, MonthSums
from villagedesk.ledger.model import Statement, StatementKind, Uncashed
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund

_SUM = "SELECT coalesce(sum(amount_fen), 0) FROM"


def holdings(desk: Desk, day: date) -> Holdings:
    """Return where the money is at the end of a day."""
    row = desk.rows(_HOLDINGS, {"office": desk.office_id, "day": day.isoformat()})[0]
    advanced = row["given"] - row["back"] - row["settled"]
    all_of_it = row["begun"] + row["arrived"] - row["paid"]
    cash = row["drawn"] - row["put_in"] - row["given_cash"] + row["back_cash"] - row["paid_cash"] + row["settled_cash"]
    return Holdings(all_of_it - advanced - cash, cash, advanced)


def held(desk: Desk, book: Book, day: date) -> int:
    """Return what the books say there is in bank or cash box at the end of a day, in fen."""
    return holdings(desk, day).of(book)


def fund_sums(desk: Desk, first: date, last: date) -> list[FundSums]:
    """Return the sums of every fund of the office that held or moved money from ``first`` to ``last``, newest first."""
    days = {"office": desk.office_id, "first": first.isoformat(), "last": last.isoformat()}
    rows = desk.rows(_FUNDS, days)
    return [
        FundSums(Fund.from_row(row), row["held"] + row["begun"], row["came"], row["went"], row["carried"])
        for row in rows
        if any(row[name] for name in ("held", "begun", "came", "went", "carried", "moved"))
    ]


def month_sums(desk: Desk, month: Period) -> MonthSums:
    """Return what each fund began a month (or a longer period) with, took in, paid and ended with; bank and cash."""
    return MonthSums(month, tuple(fund_sums(desk, month.first, month.last)), holdings(desk, month.last))


def advance_lines(desk: Desk, day: date) -> list[AdvanceLine]:
    """Return the advances given by a day with what was accounted for by then, latest first."""
    rows = desk.rows(_ADVANCES, {"office": desk.office_id, "day": day.isoformat()})
    return [
        AdvanceLine(
            row["id"], row["taker"], row["purpose"], date.fromisoformat(row["given_on"]),
            date.fromisoformat(row["due_on"]), row["amount_fen"], row["settled"], row["pay_way"] == "cash",
        )
        for row in rows
    ]  # fmt: skip


def advance_line(desk: Desk, advance_id: str) -> AdvanceLine:
    """Return one advance as it stands with all that is booked. Raises KeyError when there is none."""
    found = [one for one in advance_lines(desk, date.max) if one.id == advance_id]
    if not found:
        raise KeyError(advance_id)
    return found[0]


def least_open(desk: Desk, advance: AdvanceLine, day: date) -> int:
    """Return the least that is open of an advance from the end of a day on, with all that is booked, in fen.

    ``advance`` is as it stands with all that is booked.
    """
    back = advance.open_fen
    least = back
    for row in desk.rows(_SETTLED_LATER, {"advance": advance.id, "day": day.isoformat()}):
        back += row["settled"]
        least = min(least, back)
    return least


def statements(desk: Desk) -> list[Statement]:
    """Return what was held against the books, latest first."""
    return desk.find(Statement, "village_id = ?", [desk.office_id], "stated_on DESC, rowid DESC")


def last_statement(desk: Desk, kind: StatementKind, until: date) -> Statement | None:
    """Return the last statement or count up to a day, None when there is none."""
    where = "village_id = ? AND kind = ? AND stated_on <= ?"
    found = desk.find(Statement, where, [desk.office_id, kind, until.isoformat()], "stated_on DESC, rowid DESC LIMIT 1")
    return found[0] if found else None


def uncashed_of(desk: Desk, statement_id: str) -> list[Uncashed]:
    """Return what explains the difference of a statement, oldest first."""
    return desk.find(Uncashed, "statement_id = ?", [statement_id], "since, rowid")


def untrue_statements(desk: Desk, since: date = date.min) -> list[tuple[Statement, int]]:
    """Return the statements for whose day the books now say something else than they said then, with what they say.

    Only those of a day from ``since`` on.

    Where the same day was held against the books again, the later statement takes the place of the earlier one.
    """
    latest = {(one.kind, one.stated_on): one for one in reversed(statements(desk)) if one.stated_on >= since}
    now = ((one, held(desk, Book(one.kind), one.stated_on)) for one in latest.values())
    return [(one, fen) for one, fen in now if fen != one.books_fen]


def unsettled_vouchers(desk: Desk) -> Sequence[str]:
    """Return the ids of vouchers that account for an advance and were not set off against it, oldest first."""
    rows = desk.rows(
        """SELECT v.id FROM claims c JOIN vouchers v ON v.claim_id = c.id AND v.reverses_id IS NULL
            WHERE c.village_id = ? AND c.advance_id IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM settlements WHERE voucher_id = v.id)
              AND NOT EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses_id = v.id)
            ORDER BY v.posted_on, v.number""",
        [desk.office_id],
    )
    return [row[0] for row in rows]


_MINE = "village_id = :office AND"
_HOLDINGS = f"""
SELECT ({_SUM} openings WHERE {_MINE} from_fund_id IS NULL AND opened_on <= :day) AS begun,
       ({_SUM} arrivals WHERE {_MINE} arrived_on <= :day) AS arrived,
       ({_SUM} vouchers WHERE {_MINE} posted_on <= :day) AS paid,
       ({_SUM} advances WHERE {_MINE} given_on <= :day) AS given,
       ({_SUM} advances WHERE {_MINE} given_on <= :day AND pay_way = 'cash') AS given_cash,
       ({_SUM} settlements WHERE {_MINE} settled_on <= :day AND voucher_id IS NULL) AS back,
       ({_SUM} settlements WHERE {_MINE} settled_on <= :day AND voucher_id IS NULL AND pay_way = 'cash') AS back_cash,
       (SELECT coalesce(sum(s.amount_fen * (1 - (r.id IS NOT NULL))), 0) FROM settlements s
          LEFT JOIN vouchers r ON r.reverses_id = s.voucher_id AND r.posted_on <= :day
         WHERE s.village_id = :office AND s.settled_on <= :day AND s.voucher_id IS NOT NULL) AS settled,
       ({_SUM} cash_moves WHERE {_MINE} kind = 'withdrawn' AND moved_on <= :day) AS drawn,
       ({_SUM} cash_moves WHERE {_MINE} kind = 'deposited' AND moved_on <= :day) AS put_in,
       c.paid_cash, c.settled_cash
  FROM (SELECT coalesce(sum(CASE WHEN v.posted_on <= :day THEN v.amount_fen ELSE 0 END
                          + CASE WHEN r.posted_on <= :day THEN r.amount_fen ELSE 0 END), 0) AS paid_cash,
               coalesce(sum(CASE WHEN s.settled_on <= :day AND (r.posted_on IS NULL OR r.posted_on > :day)
                                 THEN s.amount_fen ELSE 0 END), 0) AS settled_cash
          FROM claims k INDEXED BY claims_in_cash
          CROSS JOIN vouchers v ON v.claim_id = k.id AND v.reverses_id IS NULL -- from the few in cash, not from all
          LEFT JOIN vouchers r ON r.reverses_id = v.id
          LEFT JOIN settlements s ON s.voucher_id = v.id
         WHERE k.village_id = :office AND k.pay_way = 'cash') c
"""
_OF_FUND = f"({_SUM} {{0}} WHERE {{1}} = f.id AND {{2}})"


def _fund_sum(table: str, day: str, when: str, key: str = "fund_id") -> str:
    return _OF_FUND.format(table, key, when.format(day))


_BEFORE, _BY_FIRST, _IN, _LATER = (
    "{0} < :first",
    "{0} <= :first",
    "{0} BETWEEN :first AND :last",
    "{0} > :first AND {0} <= :last",
)
_FUNDS = f"""
SELECT f.*,
       {_fund_sum("arrivals", "arrived_on", _BEFORE)} - {_fund_sum("vouchers", "posted_on", _BEFORE)} AS held,
       {_fund_sum("openings", "opened_on", _BY_FIRST)}
         - {_fund_sum("openings", "opened_on", _BY_FIRST, "from_fund_id")} AS begun,
       {_fund_sum("arrivals", "arrived_on", _IN)} AS came,
       {_fund_sum("vouchers", "posted_on", _IN)} AS went,
       {_fund_sum("openings", "opened_on", _LATER)}
         - {_fund_sum("openings", "opened_on", _LATER, "from_fund_id")} AS carried,
       EXISTS (SELECT 1 FROM vouchers WHERE fund_id = f.id AND posted_on BETWEEN :first AND :last)
         OR EXISTS (SELECT 1 FROM arrivals WHERE fund_id = f.id AND arrived_on BETWEEN :first AND :last) AS moved
  FROM funds f WHERE f.village_id = :office ORDER BY f.year DESC, f.rowid
"""
_SETTLED_LATER = """
SELECT day, sum(fen) AS settled FROM (
    SELECT settled_on AS day, amount_fen AS fen FROM settlements WHERE advance_id = :advance
    UNION ALL SELECT r.posted_on, -s.amount_fen FROM settlements s JOIN vouchers r ON r.reverses_id = s.voucher_id
               WHERE s.advance_id = :advance)
 WHERE day > :day GROUP BY day ORDER BY day DESC
"""
_ADVANCES = """
SELECT a.*,
       (SELECT coalesce(sum(s.amount_fen), 0) FROM settlements s
         WHERE s.advance_id = a.id AND s.settled_on <= :day
           AND NOT EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses_id = s.voucher_id AND r.posted_on <= :day)
       ) AS settled
  FROM advances a WHERE a.village_id = :office AND a.given_on <= :day ORDER BY a.given_on DESC, a.rowid DESC
"""
