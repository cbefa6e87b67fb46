"""检查账目: everything that is wrong in the books, in whole sentences; one rule, one small function.

Much of this cannot happen through the program. It is checked all the same: the file may have been in other hands.
"""

from collections.abc import Iterator
from datetime import date

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.oversight.checks import (
    board,
    days,
    grants,
    ledger,
    money,
    objections,
    paid,
    pay,
    people,
    restored,
    works,
)
from villagedesk.oversight.checks.found import Check
from villagedesk.storage.desk import Desk

MUST_HOLD: tuple[Check, ...] = (
    money.booked_only_reviewed,
    money.vouchers_numbered,
    money.vouchers_dated_in_order,
    money.vouchers_as_claimed,
    paid.signed_by_all,
    paid.paid_by_vouchers,
    pay.paid_pay_stays_booked,
    money.within_budgets,
    money.within_funds,
    money.paid_from_own_fund,
    money.payrolls_add_up,
    ledger.receipts_numbered,
    ledger.numbers_as_journaled,
    ledger.openings_tied,
    ledger.cash_and_bank_stand,
    works.running_only_resolved,
    works.votes_counted_right,
    board.posted_only_reviewed,
    board.notices_numbered,
    objections.objections_numbered,
    grants.granted_here,
)
"""What must hold, asked of what is dated from a day on; a new check is a new function and a name here or below."""

SEEN_TO: tuple[Check, ...] = (
    ledger.advances_set_off,
    board.notices_in_time,
    board.issued_then_posted,
    board.hung_long_enough,
    board.photographed,
    board.taken_down_in_time,
    board.filed_away,
    objections.objections_answered,
    objections.corrections_followed,
    objections.wordings_usable,
    people.names_printable,
    people.approvers_agreed_to,
    days.nothing_waits_too_long,
    days.queries_answered,
    days.clock_goes_forward,
    grants.township_rekeyed,
    restored.restored_books_made_whole,
)
"""What somebody should see to, as it stands on a day; none of it blocks anything."""

OF_CLOSED: tuple[Check, ...] = (ledger.closed_months_stand,)
"""What must hold of the closed months; who closes the next one is asked it of the last alone."""

CHECKS = (*MUST_HOLD, *OF_CLOSED, *SEEN_TO)
"""Every check, in the order a reader of the list would ask."""


def check(desk: Desk) -> list[Finding]:
    """Return everything that is wrong, what blocks first."""
    today = desk.clock.now().date()
    found = [finding for rule in MUST_HOLD for finding in rule(desk, date.min)]
    found += [finding for rule in (*OF_CLOSED, *SEEN_TO) for finding in rule(desk, today)]
    return sorted(found, key=lambda finding: finding.severity is not Severity.BLOCK)


def blocking(desk: Desk, since: date) -> Iterator[Finding]:
    """Yield what is wrong with what is dated from a day on: what a closed month holds was asked when it was closed."""
    for rule in MUST_HOLD:
        for finding in rule(desk, since):
            if finding.severity is Severity.BLOCK:
                yield finding
