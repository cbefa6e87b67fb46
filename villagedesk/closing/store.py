"""Months, their closings and reopenings."""

from collections.abc import Sequence
from datetime import date

from villagedesk.closing.model import Month, MonthState
from villagedesk.closing.waiting import first_month
from villagedesk.kernel.dates import Period
from villagedesk.ledger.model import Closing, ClosingState, Reopening, ReopeningState
from villagedesk.storage.desk import Desk

UNSETTLED = (ReopeningState.ASKED, ReopeningState.AGREED, ReopeningState.GRANTED)
"""A reopening that still waits for somebody, or for its month to be closed again."""


def months(desk: Desk, today: date) -> list[Month]:
    """Return every month from the first in the books to the one ``today`` lies in, oldest first."""
    by_month: dict[str, list[Closing]] = {}
    for closing in desk.find(Closing, "village_id = ?", [desk.office_id], "month, number"):
        by_month.setdefault(closing.month, []).append(closing)
    asked = {one.closing_id: one for one in desk.find(Reopening, "village_id = ?", [desk.office_id])}
    found, is_next = [], True
    period, running = first_month(desk), Period.month_of(today)
    while period <= running:
        closings = by_month.get(str(period), [])
        reopening = next((asked[one.id] for one in reversed(closings) if one.id in asked), None)
        state = _state(closings, reopening, today, period, is_next=is_next)
        is_next = is_next and state in {MonthState.CLOSED, MonthState.ASKED}
        found.append(Month(period, state, closings, reopening))
        period = period.following
    return found


def month(desk: Desk, period: Period, today: date) -> Month | None:
    """Return one month of the books, None when it lies before the first or after the running one."""
    return next((one for one in months(desk, today) if one.period == period), None)


def last_closed(desk: Desk) -> Closing | None:
    """Return the last closing of the latest closed month, None when no month was ever closed."""
    found = desk.find(
        Closing, "village_id = ? AND state = 'closed'", [desk.office_id], "month DESC, number DESC LIMIT 1"
    )
    return found[0] if found else None


def reopenings_of(desk: Desk, closing_id: str) -> list[Reopening]:
    """Return what was asked about a closing, the first first."""
    return desk.find(Reopening, "closing_id = ?", [closing_id])


def unsettled(desk: Desk) -> Reopening | None:
    """Return the reopening that is under way; there is never more than one."""
    marks = ", ".join("?" * len(UNSETTLED))
    found = desk.find(Reopening, f"village_id = ? AND state IN ({marks})", [desk.office_id, *UNSETTLED])
    return found[0] if found else None


def _state(
    closings: Sequence[Closing], reopening: Reopening | None, today: date, period: Period, *, is_next: bool
) -> MonthState:
    if not closings:
        if today <= period.last:
            return MonthState.RUNNING
        return MonthState.READY if is_next else MonthState.LATER
    last = closings[-1]
    if last.state is ClosingState.PREPARED:
        return MonthState.PREPARED
    if reopening is None or reopening.closing_id != last.id or reopening.state not in UNSETTLED:
        return MonthState.CLOSED
    if reopening.state is not ReopeningState.GRANTED:
        return MonthState.ASKED
    assert reopening.open_until
    return MonthState.REOPENED if today <= reopening.open_until else MonthState.LAPSED
