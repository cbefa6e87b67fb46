"""Which month waits to be closed: asked for at every start, so it loads nothing of the rest."""

from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.storage.desk import Desk


def to_close(desk: Desk, today: date) -> Period | None:
    """Return the month that is to be closed next and is over; None when the running one comes next."""
    period = _after_closed(desk) or first_month(desk)
    return period if period.last < today else None


def open_from(desk: Desk) -> date:
    """Return the first day that is not closed; without a closed month, the first of all days."""
    period = _after_closed(desk)
    return period.first if period else date.min


def _after_closed(desk: Desk) -> Period | None:
    """Return the month after the last closed one, or the one that was opened again; None when none ever was closed."""
    lapsed = "SELECT min(c.month) FROM closings c JOIN reopenings r ON r.closing_id = c.id WHERE c.village_id = ? "
    opened = desk.value(f"{lapsed} AND r.state = 'granted'", [desk.office_id])
    if opened:
        return Period.parse(opened)
    last = desk.value("SELECT max(month) FROM closings WHERE village_id = ? AND state = 'closed'", [desk.office_id])
    return Period.parse(last).following if last else None


def first_month(desk: Desk) -> Period:
    """Return the month of the oldest dated record, or the one in which the books were begun."""
    dated = [rule for rule in desk.table_rules.values() if rule.month_of]
    days = " UNION ALL ".join(
        f"SELECT min({rule.month_of}) AS day FROM {rule.table_name} WHERE village_id = :office"  # noqa: S608
        for rule in dated
    )
    begun = "SELECT substr(at, 1, 10) FROM journal WHERE seq = 1"
    oldest = f"SELECT coalesce(min(day), ({begun})) FROM ({days})"  # noqa: S608
    day = desk.value(oldest, {"office": desk.office_id})
    return Period.month_of(date.fromisoformat(day) if day else desk.clock.now().date())


def is_prepared(desk: Desk) -> bool:
    """Tell whether a month was made ready and waits for somebody to close it."""
    ready = "SELECT 1 FROM closings WHERE village_id = ? AND state = 'prepared'"
    return desk.value(ready, [desk.office_id]) is not None


def is_asked(desk: Desk) -> bool:
    """Tell whether a wish to open a month again waits for the village head."""
    asked = "SELECT 1 FROM reopenings WHERE village_id = ? AND state = 'asked'"
    return desk.value(asked, [desk.office_id]) is not None
