"""The papers of a closed month, drawn once when it is closed and kept: the same bytes whenever they are asked for."""

from collections.abc import Iterator

from villagedesk.closing.facts import papers_of
from villagedesk.closing.sheets import closing_sheet, register_sheet
from villagedesk.kernel.dates import Period
from villagedesk.ledger.model import Closing
from villagedesk.payments.store import vouchers_in
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village.store import office, officer_name


def month_sheets(desk: Desk, closing: Closing) -> Iterator[tuple[str, Sheet]]:
    """Yield the sheets of a closed month with their titles, as the books have them now."""
    period, own = Period.parse(closing.month), office(desk)
    yield "结账单", closing_sheet(own, closing, people_of(desk, closing))
    yield "凭证登记簿", register_sheet(own, period, vouchers_in(desk, period))


def kept_paper(desk: Desk, closing: Closing, title: str) -> bytes:
    """Return the bytes of a paper as it was drawn when the month was closed. Raises KeyError or DiskGone."""
    return desk.content(papers_of(closing)[title])


def people_of(desk: Desk, closing: Closing) -> tuple[str, str]:
    """Return the names of who made a month ready and who closed it, "" for nobody yet."""
    closed_by = officer_name(desk, closing.closed_by) if closing.closed_by else ""
    return officer_name(desk, closing.prepared_by), closed_by
