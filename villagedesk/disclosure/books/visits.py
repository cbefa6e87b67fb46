"""Visits to the work, as the board tells it."""

from villagedesk.disclosure.books.span import span
from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Inspection
from villagedesk.storage.desk import Desk


def inspections_of(desk: Desk, period: Period) -> list[tuple[str, Inspection]]:
    """Return the visits of the period, each after its project's name."""
    rows = desk.rows(
        """SELECT p.name AS project, i.* FROM inspections i JOIN projects p ON p.id = i.project_id
            WHERE i.village_id = :village AND i.inspected_on BETWEEN :first AND :last
            ORDER BY i.inspected_on, i.rowid""",
        span(desk, period),
    )
    return [(row["project"], Inspection.from_row(row)) for row in rows]
