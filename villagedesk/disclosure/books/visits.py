"""Visits to the work and how content people are with it, as the board tells it."""

from villagedesk.disclosure.books.span import span
from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Inspection, Survey
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


def surveys_of(desk: Desk, period: Period) -> list[tuple[str, Survey]]:
    """Return the surveys of the period, each after its project's name."""
    rows = desk.rows(
        """SELECT p.name AS project, s.* FROM surveys s JOIN projects p ON p.id = s.project_id
            WHERE s.village_id = :village AND s.held_on BETWEEN :first AND :last ORDER BY s.held_on, s.rowid""",
        span(desk, period),
    )
    return [(row["project"], Survey.from_row(row)) for row in rows]
