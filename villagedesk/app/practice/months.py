"""The practice year's months: held against bank and cash box, closed by two people, one of them opened again."""

from datetime import date
from typing import TYPE_CHECKING

from villagedesk.app.practice import facts, moneyfacts
from villagedesk.closing import store as closings
from villagedesk.closing import usecases as closing
from villagedesk.kernel.dates import Period
from villagedesk.ledger import store
from villagedesk.ledger import usecases as ledger
from villagedesk.ledger.counting import VALUES
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import CashMove, Statement, StatementKind, Uncashed, UncashedSide
from villagedesk.ledger.returned import proposed_items
from villagedesk.payments.model import Voucher
from villagedesk.village import usecases as village
from villagedesk.village.model import Arrival

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear

_SIDES = {UncashedSide.BOOKS_OUT: 1, UncashedSide.BANK_IN: 1, UncashedSide.BOOKS_IN: -1, UncashedSide.BANK_OUT: -1}
"""Whether the bank's statement lies above the books by an item, or below."""


def close_january(year: "PracticeYear") -> None:
    """Close the first month of the books."""
    year.at(2, 10)
    close(year, 1)


def close_february(year: "PracticeYear") -> None:
    """Close the month before the works began."""
    year.at(3, 5)
    close(year, 2)


def close(year: "PracticeYear", month: int) -> None:
    """Hold a month against bank and cash box; the accountant makes it ready, another closes it."""
    period = Period(2026, month, 1)
    hold_against_bank(year, period, _items(year, month))
    count_cash(year, period)
    _close(year, period)


def hold_against_bank(year: "PracticeYear", period: Period, items: list[Uncashed]) -> None:
    """Write down the bank's statement of a month's last day with the items that explain it."""
    books = store.held(year.village, Book.BANK, period.last)
    stated = books + sum(_SIDES[item.side] * item.amount_fen for item in items)
    statement = Statement(kind=StatementKind.BANK, stated_on=period.last, amount_fen=stated)
    ledger.assert_balance(year.village, statement, items)


def count_cash(year: "PracticeYear", period: Period) -> None:
    """Count the cash box at the end of a month in which there was something in it."""
    fen = store.held(year.village, Book.CASH, period.last)
    if fen or year.village.find(CashMove, "moved_on BETWEEN ? AND ?", [str(period.first), str(period.last)]):
        statement = Statement(kind=StatementKind.CASH, stated_on=period.last, amount_fen=fen, witness=facts.REVIEWER)
        ledger.assert_balance(year.village, statement, counted=_notes(fen))


def ask_to_reopen(year: "PracticeYear") -> None:
    """The bank's strange item was found out: the accountant asks to open May again, the village head agrees."""
    month, why, days = moneyfacts.REOPENED
    year.at(month + 1, 12)
    last = closings.last_closed(year.village)
    assert last
    asked = closing.ask_reopening(year.village, last.id, why, days)
    year.acts(facts.HEAD)
    closing.agree_reopening(year.village, asked.id)
    year.acts(facts.ACCOUNTANT)


def make_up(year: "PracticeYear") -> None:
    """The township granted it: write down what was forgotten, hold May against the bank again, close it again."""
    source, day, fen, what = moneyfacts.LATE_LEVY
    month, _, _ = moneyfacts.REOPENED
    year.at(month + 1, 26, 10)
    arrival = Arrival(fund_id=year.funds[source], arrived_on=day, amount_fen=fen, document=what)
    village.record_arrival(year.village, arrival)
    period = Period(2026, month, 1)
    hold_against_bank(year, period, [])
    _close(year, period)


def hold_september(year: "PracticeYear") -> None:
    """September's statement is here in November; nobody has made the month ready yet."""
    hold_against_bank(year, Period(2026, moneyfacts.LEFT_TO_CLOSE[0], 1), [])


def _close(year: "PracticeYear", period: Period) -> None:
    desk, month = year.village, period.first_month
    closing.prepare_closing(desk, period, moneyfacts.LEFT_OPEN.get(month, "") + moneyfacts.NO_PHOTOS)
    year.acts(facts.HEAD if month in moneyfacts.CLOSED_BY_HEAD else facts.REVIEWER)
    closing.close_month(desk, period)
    year.acts(facts.ACCOUNTANT)


def _items(year: "PracticeYear", month: int) -> list[Uncashed]:
    """Return what one of the two had not booked at the end of a month."""
    desk, found = year.village, []
    if payee := moneyfacts.UNCASHED.get(month):
        (voucher,) = desk.find(Voucher, "payee = ? AND posted_on LIKE ?", [payee, f"2026-{month:02}%"])
        found.append(_item(UncashedSide.BOOKS_OUT, f"付{payee}，次月1日划出", voucher.posted_on, voucher.amount_fen))
    found += proposed_items(desk, Period(2026, month, 1).last)
    _, day, fen, _ = moneyfacts.LATE_LEVY
    if month == day.month:
        found.append(_item(UncashedSide.BANK_IN, "来历不明的一笔进账，待查", day, fen))
    return found


def _item(side: UncashedSide, what: str, since: date, fen: int) -> Uncashed:
    return Uncashed(side=side, what=what, since=since, amount_fen=fen)


def _notes(fen: int) -> dict[int, int]:
    """Return the fewest notes and coins that make a sum."""
    counted = {}
    for value in VALUES:
        counted[value], fen = divmod(fen, value)
    return counted
