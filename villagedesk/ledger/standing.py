"""What stands open with cash and bank on a day, for the page, the checks and the month that is to be closed."""

from collections.abc import Iterator
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.ledger import rules, store
from villagedesk.ledger.model import StatementKind
from villagedesk.storage.desk import Desk
from villagedesk.village.store import profile


def standing(desk: Desk, today: date, since: date = date.min) -> Iterator[Finding]:
    """Yield what somebody should see to: sums below nothing, too much cash, overdue advances, old uncashed items.

    Statements of days before ``since`` are not compared with the books again.
    """
    rule, there = profile(desk).cash, store.holdings(desk, today)
    yield from rules.not_below_nothing(there.bank_fen, there.cash_fen)
    yield from rules.not_over_limit(there.cash_fen, rule)
    yield from rules.accounted_in_time(store.advance_lines(desk, today), today)
    last = store.last_statement(desk, StatementKind.BANK, today)
    if last:
        yield from rules.cashed_in_time(store.uncashed_of(desk, last.id), today, rule)
    for statement, books_fen in store.untrue_statements(desk, since):
        yield from rules.still_true(statement, books_fen)
