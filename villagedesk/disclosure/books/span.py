"""The values a question about a period is asked with."""

from villagedesk.kernel.dates import Period
from villagedesk.storage.desk import Desk


def span(desk: Desk, period: Period) -> dict[str, str | int]:
    """Return the office (village), the period's year, and its first and last day."""
    return {
        "village": desk.office_id,
        "year": period.year,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }
