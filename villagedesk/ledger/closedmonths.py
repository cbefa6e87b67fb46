"""A month's sums as the books give them today, and the closed months that are not what they were closed with."""

from villagedesk.kernel.dates import Period
from villagedesk.ledger.model import Closing
from villagedesk.ledger.monthfigures import FundSum, MonthFigures, kept_figures
from villagedesk.ledger.store import month_sums
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund


def month_figures(desk: Desk, period: Period) -> MonthFigures:
    """Return a month's sums by fund, and its vouchers by number."""
    key = {"office": desk.office_id, "first": period.first.isoformat(), "last": period.last.isoformat()}
    sums = month_sums(desk, period)
    funds = tuple(
        FundSum(one.fund.id, _name(one.fund), one.fund.owner, one.opening_fen, one.in_fen, one.out_fen, one.carried_fen)
        for one in sums.funds
    )
    held = sums.holdings
    (vouchers,) = desk.rows(_VOUCHERS, key)
    return MonthFigures(
        funds=funds,
        bank_fen=held.bank_fen,
        cash_fen=held.cash_fen,
        advanced_fen=held.advanced_fen,
        arrivals=desk.value(_ARRIVALS, key),
        vouchers=vouchers["count"],
        reversals=vouchers["red"],
        first=vouchers["first"] or "",
        last=vouchers["last"] or "",
    )


def altered_months(desk: Desk) -> list[str]:
    """Return the closed months (2026-03) whose sums are not any more what they were closed with.

    The guards let none be. One that only begins with other sums because of an altered one before it is not named.
    """
    return desk.unchanged("altered_months", lambda: _altered(desk))


def _altered(desk: Desk) -> list[str]:
    """What one altered month carries on into those after it is told of none of them: there only own moves count."""
    found: list[str] = []
    for closing in desk.find(Closing, "village_id = ? AND state = 'closed'", [desk.office_id], "month, number"):
        if _stands(desk, closing):
            kept, now = kept_figures(closing), month_figures(desk, Period.parse(closing.month))
            if (_moves(kept) != _moves(now)) if found else (kept != now):
                found.append(closing.month)
    return found


def _moves(figures: MonthFigures) -> tuple[object, ...]:
    """Return what moved in a month itself, whatever it began with."""
    funds = [(one.fund_id, one.in_fen, one.out_fen, one.carried_fen) for one in figures.funds]
    counts = (figures.arrivals, figures.vouchers, figures.reversals, figures.first, figures.last)
    return ([fund for fund in funds if any(fund[1:])], *counts)


def _name(fund: Fund) -> str:
    """Return a fund's name as closings have always kept it: its owner stands beside it, whatever labels say today."""
    return f"{fund.year}年{fund.source}"


def _stands(desk: Desk, closing: Closing) -> bool:
    """Tell whether a closing is its month's last and was not opened again."""
    later = "SELECT 1 FROM closings WHERE village_id = ? AND month = ? AND number > ? AND state = 'closed'"
    opened = "SELECT 1 FROM reopenings WHERE closing_id = ? AND state = 'granted'"
    is_old = desk.value(later, [closing.village_id, closing.month, closing.number])
    return not is_old and not desk.value(opened, [closing.id])


_VOUCHERS = """
SELECT count(*) AS count, coalesce(sum(reverses_id IS NOT NULL), 0) AS red,
       (SELECT year || '-' || number FROM vouchers WHERE village_id = :office AND posted_on BETWEEN :first AND :last
         ORDER BY year, number LIMIT 1) AS first,
       (SELECT year || '-' || number FROM vouchers WHERE village_id = :office AND posted_on BETWEEN :first AND :last
         ORDER BY year DESC, number DESC LIMIT 1) AS last
  FROM vouchers WHERE village_id = :office AND posted_on BETWEEN :first AND :last
"""
_ARRIVALS = "SELECT count(*) FROM arrivals WHERE village_id = :office AND arrived_on BETWEEN :first AND :last"
"""How many arrivals a month has."""
