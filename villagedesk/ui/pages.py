"""The registry: every page of the window, in the order it stands at the left. A new page is one entry here.

A page's file is imported when the page is first shown: the window opens without waiting for the others.
"""

from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.page import Context, Page, PageSpec


def _home(context: Context) -> Page:
    from villagedesk.ui.home.page import HomePage

    return HomePage(context)


def _projects(context: Context) -> Page:
    from villagedesk.ui.projects.page import ProjectsPage

    return ProjectsPage(context)


def _deliberation(context: Context) -> Page:
    from villagedesk.ui.deliberation.page import DeliberationPage

    return DeliberationPage(context)


def _exchange(context: Context) -> Page:
    from villagedesk.ui.exchange.page import ExchangePage

    return ExchangePage(context)


def _township(context: Context) -> Page:
    from villagedesk.ui.township.page import TownshipPage

    return TownshipPage(context)


def _ruling(context: Context) -> Page:
    from villagedesk.ui.township.page import RulingPage

    return RulingPage(context)


def _waiting(desk: Desk) -> int:
    from villagedesk.township.store import waiting_count

    return waiting_count(desk)


def _wishes(desk: Desk) -> int:
    from villagedesk.township.store import wish_count

    return wish_count(desk)


def _is_township(desk: Desk) -> bool:
    return not _is_village(desk)


def _disclosure(context: Context) -> Page:
    from villagedesk.ui.disclosure.page import DisclosurePage

    return DisclosurePage(context)


def _objections(context: Context) -> Page:
    from villagedesk.ui.objections.page import ObjectionsPage

    return ObjectionsPage(context)


def _to_answer(desk: Desk) -> int:
    """Count the objections that wait for an answer."""
    count = (
        "SELECT count(*) FROM objections o WHERE village_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM replies WHERE objection_id = o.id)"
    )
    return int(desk.value(count, [desk.office_id]))


def _payments(context: Context) -> Page:
    from villagedesk.ui.payments.page import PaymentsPage

    return PaymentsPage(context)


def _ledger(context: Context) -> Page:
    from villagedesk.ui.ledger.page import LedgerPage

    return LedgerPage(context)


def _closing(context: Context) -> Page:
    from villagedesk.ui.closing.page import ClosingPage

    return ClosingPage(context)


def _to_close(desk: Desk) -> int:
    """Tell whether a month is over and not closed."""
    from villagedesk.closing.waiting import to_close

    return int(to_close(desk, desk.clock.now().date()) is not None)


def _payroll(context: Context) -> Page:
    from villagedesk.ui.payroll.page import PayrollPage

    return PayrollPage(context)


def _pay_waiting(desk: Desk) -> int:
    from villagedesk.payroll.waiting import came_back_count

    return came_back_count(desk)


def _village(context: Context) -> Page:
    from villagedesk.ui.village.page import VillagePage

    return VillagePage(context)


def _books(context: Context) -> Page:
    from villagedesk.ui.books.page import BooksPage

    return BooksPage(context)


def _claims_waiting(desk: Desk) -> int:
    """Count the claims that wait for an answer, a witness, the village head, a decision, or to be paid."""
    states = "'queried', 'witnessing', 'reviewed', 'deciding', 'granted'"
    count = f"SELECT count(*) FROM claims WHERE village_id = ? AND state IN ({states})"  # noqa: S608 - written above
    return int(desk.value(count, [desk.office_id]))


def _oversight(context: Context) -> Page:
    from villagedesk.ui.oversight.page import OversightPage

    return OversightPage(context)


def _to_review(desk: Desk) -> int:
    from villagedesk.oversight.waiting import waiting_count

    return waiting_count(desk)


def _is_village(desk: Desk) -> bool:
    return bool(desk.value("SELECT 1 FROM desks WHERE kind = 'village'"))


PAGES: tuple[PageSpec, ...] = (
    PageSpec("home", "今天", "home", _home),
    PageSpec("projects", "项目", "project", _projects, suits=_is_village),
    PageSpec("deliberation", "议事", "vote", _deliberation, suits=_is_village),
    PageSpec("payments", "支出", "wallet", _payments, todo=_claims_waiting, suits=_is_village),
    PageSpec("payroll", "报酬", "yuan", _payroll, todo=_pay_waiting, suits=_is_village),
    PageSpec("ledger", "收支账", "scale", _ledger, suits=_is_village),
    PageSpec("closing", "结账", "lock", _closing, todo=_to_close, suits=_is_village),
    PageSpec("disclosure", "公示", "board", _disclosure, suits=_is_village),
    PageSpec("objections", "异议", "help", _objections, todo=_to_answer, suits=_is_village),
    PageSpec("oversight", "监督", "shield", _oversight, todo=_to_review, suits=_is_village),
    PageSpec("exchange", "上报", "exchange", _exchange, suits=_is_village),
    PageSpec("village", "村情", "building", _village, suits=_is_village),
    PageSpec("township", "各村", "people", _township, todo=_wishes, suits=_is_township),
    PageSpec("ruling", "审核", "seal", _ruling, todo=_waiting, suits=_is_township),
    PageSpec("books", "账本", "book", _books),
)
