"""Checks of the books: numbers against the journal, openings against last year, cash and bank against statements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.ledger.closedmonths import altered_months
from villagedesk.ledger.monthfigures import altered_words
from villagedesk.ledger.numbers import number_report
from villagedesk.ledger.standing import standing
from villagedesk.ledger.store import unsettled_vouchers
from villagedesk.oversight.checks.found import late, numbered, wrong
from villagedesk.payments.model import Voucher
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival
from villagedesk.village.store import fund_name


def receipts_numbered(desk: Desk, since: date) -> Iterator[Finding]:
    """Receipt numbers run from 1 without gap or double in each year; those from before they were numbered have none."""
    rows = desk.rows(
        "SELECT year, number FROM arrivals WHERE village_id = ? AND number > 0 AND year >= ? ORDER BY 1, 2",
        [desk.office_id, since.year],
    )
    yield from numbered(rows, "receipts", Arrival.series)


def numbers_as_journaled(desk: Desk, since: date) -> Iterator[Finding]:
    """The journal saw the same vouchers and receipts, in the order of their numbers."""
    for series in number_report(desk, since=since):
        for fault in series.unlike:
            yield wrong("number_journal", f"{series.year}年{fault}")


def closed_months_stand(desk: Desk, today: date) -> Iterator[Finding]:
    """A closed month has the sums it was closed with, whoever wrote into it past the program."""
    del today
    for written in altered_months(desk):
        month = Period.parse(written)
        yield replace(wrong("closed_month", altered_words(month)), place=f"closing:{month}")


def openings_tied(desk: Desk, since: date) -> Iterator[Finding]:
    """A year begins with what the year before ended with: it is carried, all of it, and never written down by hand."""
    values = {"village": desk.office_id, "since": since.isoformat()}
    for row in desk.rows(_BY_HAND, values):
        message = (
            f"{row['year']}年“{row['source']}”的期初余额{yuan(row['fen'])}元是手工登记的，"
            f"而{row['year'] - 1}年的专账就在账里（结余{yuan(row['left'])}元），应当从上年结转。"
        )
        yield wrong("opening_by_hand", message)
    for row in desk.rows(_NOT_ALL, values):
        message = (
            f"{row['year']}年“{row['source']}”结转以后还剩{yuan(row['left'])}元没有结转到下年，上下年的余额接不上。"
        )
        yield late("carried_short", message)


def cash_and_bank_stand(desk: Desk, since: date) -> Iterator[Finding]:
    """Cash and bank hold what they can hold and what was asserted; advances and uncashed items are seen to in time."""
    for finding in standing(desk, desk.clock.now().date(), since):
        yield replace(finding, code=finding.code.replace("ledger.", "oversight.", 1))


def advances_set_off(desk: Desk, today: date) -> Iterator[Finding]:
    """A voucher that accounts for an advance is set off against it."""
    del today
    for voucher_id in unsettled_vouchers(desk):
        voucher = desk.get(Voucher, voucher_id)
        message = (
            f"凭证{voucher.label}是用预借的钱付的，却没有结清那笔预借。请在“收支账”的【银行、现金】里点【结清预借】。"
        )
        yield replace(late("advance_not_set_off", message), place=f"ledger:{voucher_id}")


_LEFT = """(SELECT coalesce(sum(amount_fen), 0) FROM arrivals WHERE fund_id = {0}.id)
           + (SELECT coalesce(sum(amount_fen), 0) FROM openings WHERE fund_id = {0}.id)
           - (SELECT coalesce(sum(amount_fen), 0) FROM openings WHERE from_fund_id = {0}.id)
           - (SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE fund_id = {0}.id)"""
_BEFORE = "b.village_id = f.village_id AND b.year = f.year - 1 AND b.source = f.source AND b.owner = f.owner"
_BY_HAND = f"""
SELECT f.year, {fund_name("f")} AS source, sum(o.amount_fen) AS fen, {_LEFT.format("b")} AS left
  FROM funds f JOIN openings o ON o.fund_id = f.id AND o.from_fund_id IS NULL JOIN funds b ON {_BEFORE}
 WHERE f.id IN (SELECT fund_id FROM openings WHERE village_id = :village AND opened_on >= :since)
 GROUP BY f.id HAVING sum(o.amount_fen) <> 0 ORDER BY f.rowid
"""  # noqa: S608
_NOT_ALL = f"""
SELECT f.year, {fund_name("f")} AS source, {_LEFT.format("f")} AS left FROM funds f
 WHERE f.id IN (SELECT from_fund_id FROM openings WHERE village_id = :village AND opened_on >= :since) AND left > 0
   AND EXISTS (SELECT 1 FROM openings o WHERE o.from_fund_id = f.id AND o.amount_fen > 0
                  AND NOT EXISTS (SELECT 1 FROM openings r WHERE r.reverses_id = o.id))
 ORDER BY f.rowid
"""  # noqa: S608
