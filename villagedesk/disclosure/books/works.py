"""The year's projects on their way, and what was resolved about them, as the board tells it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from villagedesk.disclosure.books.span import span
from villagedesk.kernel.dates import Period
from villagedesk.projects.model import ProjectState
from villagedesk.projects.store import RESOLVING_BODIES
from villagedesk.storage.desk import Desk


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project of the year as it stood on a day."""

    id: str
    name: str
    item: str
    place: str
    budget_fen: int
    state: ProjectState


@dataclass(frozen=True, slots=True)
class Resolution:
    """A motion about projects put to a vote: by whom, when, with what figures.

    ``is_resolving`` says whether the body is one that may resolve projects.
    """

    body: str
    number: str
    held_on: date
    entitled: int
    present: int
    subject: str
    method: str
    yes: int
    no: int
    abstain: int
    is_passed: bool
    arithmetic: str
    is_resolving: bool


def projects_of(desk: Desk, period: Period) -> list[ProjectLine]:
    """Return the projects of the period's year as they stood at its end, in the order they were entered."""
    rows = desk.rows(
        """SELECT p.*, (SELECT s.state FROM steps s WHERE s.project_id = p.id AND s.taken_on <= :last
                         ORDER BY s.taken_on DESC, s.rowid DESC LIMIT 1) AS stood,
                  EXISTS (SELECT 1 FROM steps s WHERE s.project_id = p.id) AS walked
             FROM projects p WHERE p.village_id = :village AND p.year = :year ORDER BY p.rowid""",
        span(desk, period),
    )
    return [_project_line(row) for row in rows]


def _project_line(row: Any) -> ProjectLine:
    state = row["stood"] or (ProjectState.WISHED if row["walked"] else row["state"])
    return ProjectLine(row["id"], row["name"], row["item"], row["place"], row["budget_fen"], ProjectState(state))


def resolutions_of(desk: Desk, period: Period) -> list[Resolution]:
    """Return what was voted on the year's projects up to the period's end, oldest first."""
    rows = desk.rows(
        """SELECT b.name AS body, b.kind, m.number AS meeting, m.held_on, m.entitled, m.present, t.*
             FROM motions t JOIN meetings m ON m.id = t.meeting_id JOIN bodies b ON b.id = m.body_id
            WHERE m.village_id = :village AND m.held_on <= :last
              AND EXISTS (SELECT 1 FROM motion_projects x JOIN projects p ON p.id = x.project_id
                           WHERE x.motion_id = t.id AND p.year = :year)
            ORDER BY m.held_on, m.rowid, t.number""",
        span(desk, period),
    )
    return [
        Resolution(
            row["body"], row["meeting"], date.fromisoformat(row["held_on"]), row["entitled"], row["present"],
            row["subject"], row["method"], row["yes"], row["no"], row["abstain"], bool(row["is_passed"]),
            row["arithmetic"], row["kind"] in RESOLVING_BODIES,
        )
        for row in rows
    ]  # fmt: skip
