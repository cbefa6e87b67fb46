"""The papers of a closed month, drawn once when it is closed and kept: the same bytes whenever they are asked for."""

from collections.abc import Iterator

from villagedesk.closing.facts import papers_of
from villagedesk.closing.sheets import closing_sheet
from villagedesk.kernel.dates import Period
from villagedesk.ledger.books import Run, day_book, entries, fund_ledger
from villagedesk.ledger.figures import Book
from villagedesk.ledger.ledgers import income
from villagedesk.ledger.model import Closing
from villagedesk.ledger.monthfigures import kept_figures
from villagedesk.ledger.sheets import book_sheet, income_sheet
from villagedesk.payments.sheets import register_sheet
from villagedesk.payments.store import vouchers_in
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Office
from villagedesk.village.store import office, officer_name


def month_sheets(desk: Desk, closing: Closing) -> Iterator[tuple[str, Sheet]]:
    """Yield the sheets of a closed month with their titles, as the books have them now."""
    period, own = Period.parse(closing.month), office(desk)
    yield "结账单", closing_sheet(own, closing, people_of(desk, closing))
    yield "收支明细表", income_sheet(own, income(desk, period))
    yield "凭证登记簿", register_sheet(own, period.label, vouchers_in(desk, period), "凭证登记簿")
    for book in Book:
        run = day_book(desk, book, period.first, period.last)
        if len(run) or run.totals.opening_fen:
            yield book.label, _book(desk, own, period, book.label, run)
    for fund in kept_figures(closing).funds:
        if fund.in_fen or fund.out_fen or fund.carried_fen:  # one that only lay there stands on the closing sheet
            run = fund_ledger(desk, fund.fund_id, period.first, period.last)
            title = f"{fund.name}（{fund.owner}）明细账"
            yield title, _book(desk, own, period, title, run)


def kept_paper(desk: Desk, closing: Closing, title: str) -> bytes:
    """Return the bytes of a paper as it was drawn when the month was closed. Raises KeyError or DiskGone."""
    return desk.content(papers_of(closing)[title])


def people_of(desk: Desk, closing: Closing) -> tuple[str, str]:
    """Return the names of who made a month ready and who closed it, "" for nobody yet."""
    closed_by = officer_name(desk, closing.closed_by) if closing.closed_by else ""
    return officer_name(desk, closing.prepared_by), closed_by


def _book(desk: Desk, own: Office, period: Period, title: str, run: Run) -> Sheet:
    return book_sheet(own, f"{period.label}{title}", period.label, entries(desk, run), run.totals)
