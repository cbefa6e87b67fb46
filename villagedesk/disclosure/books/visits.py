"""Visits to the work and how content people are with it, as the board tells it."""

from collections import defaultdict

from villagedesk.disclosure.books.span import span
from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Inspection, Mark, Survey
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


def subjects_of(desk: Desk, period: Period) -> dict[str, str]:
    """Return whose work the period's visits were about, by visit: a post's holder or a contract's party."""
    rows = desk.rows(
        """SELECT i.id, c.party, q.name, o.duty, o.area FROM inspections i
             LEFT JOIN contracts c ON c.id = i.contract_id
             LEFT JOIN posts o ON o.id = i.post_id LEFT JOIN people q ON q.id = o.person_id
            WHERE i.village_id = :village AND i.inspected_on BETWEEN :first AND :last
              AND coalesce(i.contract_id, i.post_id) IS NOT NULL""",
        span(desk, period),
    )
    return {row["id"]: row["party"] or f"{row['name']}（{row['area'] or row['duty']}）" for row in rows}


def deductions_of(desk: Desk, period: Period) -> dict[str, str]:
    """Return for which items of their score sheets the period's visits took points off, a line each: 出勤扣4分."""
    rows = desk.rows(
        """SELECT m.* FROM marks m JOIN inspections i ON i.id = m.inspection_id
            WHERE i.village_id = :village AND i.inspected_on BETWEEN :first AND :last AND m.deducted > 0
            ORDER BY i.rowid, m.place""",
        span(desk, period),
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["inspection_id"]].append(Mark.from_row(row).told)
    return {visit: "\n".join(parts) for visit, parts in found.items()}


def surveys_of(desk: Desk, period: Period) -> list[tuple[str, Survey]]:
    """Return the surveys of the period, each after its project's name."""
    rows = desk.rows(
        """SELECT p.name AS project, s.* FROM surveys s JOIN projects p ON p.id = s.project_id
            WHERE s.village_id = :village AND s.held_on BETWEEN :first AND :last ORDER BY s.held_on, s.rowid""",
        span(desk, period),
    )
    return [(row["project"], Survey.from_row(row)) for row in rows]
