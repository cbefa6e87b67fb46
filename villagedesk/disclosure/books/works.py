"""The year's projects on their way, and what was resolved about them, as the board tells it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from villagedesk.disclosure.books.span import span
from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Levy, ProjectState
from villagedesk.projects.store import CHANGED_BY, COMMITTED
from villagedesk.storage.desk import Desk
from villagedesk.village.model import RESOLVING_BODIES
from villagedesk.village.store import fund_name


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project as it stood on a day; ``source`` is where its money comes from, sums in fen up to that day.

    ``budget_fen`` is the budget in force on that day, ``changed_fen`` how much of it came or went since the resolution.
    """

    id: str
    name: str
    year: int
    class_code: str
    item: str
    place: str
    manager: str
    source: str
    fund_id: str
    budget_fen: int
    in_period_fen: int
    to_date_fen: int
    state: ProjectState
    changed_fen: int = 0

    @property
    def is_committed(self) -> bool:
        """Whether its budget counts: it is resolved or further."""
        return self.state.value in COMMITTED


@dataclass(frozen=True, slots=True)
class Resolution:
    """A motion put to a vote: by whom, when, with what figures; ``place`` is its number on the agenda.

    ``is_resolving`` says whether the body is one that may resolve projects, ``basis`` is the profile's key for its
    quorum, ``version`` the profile's it was judged by.
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
    place: int
    basis: str
    version: str
    motion_id: str
    meeting_id: str


_RESOLVED = """ AND EXISTS (
    SELECT 1 FROM steps s JOIN motions t ON t.id = x.motion_id JOIN meetings m ON m.id = t.meeting_id
    WHERE s.project_id = p.id AND s.state = 'resolved' AND s.taken_on = m.held_on)"""
_PROJECTS = f"""
    SELECT p.*, {CHANGED_BY} AS changed_fen, coalesce({fund_name("f")}, '') AS source,
           (SELECT s.state FROM steps s WHERE s.project_id = p.id AND s.taken_on <= :last
             ORDER BY s.taken_on DESC, s.rowid DESC LIMIT 1) AS stood,
           EXISTS (SELECT 1 FROM steps s WHERE s.project_id = p.id) AS walked,
           (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
             WHERE project_id = p.id AND posted_on BETWEEN :first AND :last) AS in_period,
           (SELECT coalesce(sum(amount_fen), 0) FROM vouchers
             WHERE project_id = p.id AND posted_on <= :last) AS to_date
      FROM projects p LEFT JOIN funds f ON f.id = p.fund_id"""  # noqa: S608

_AS_RESOLVED = _PROJECTS.replace(CHANGED_BY, "0")

_PAID_FOR = "EXISTS (SELECT 1 FROM vouchers WHERE project_id = p.id AND posted_on BETWEEN :first AND :last)"

_VOTES = """
    SELECT b.name AS body, b.kind, m.number AS meeting, m.held_on, m.entitled, m.present, m.basis, m.profile_version,
           t.*
      FROM motions t JOIN meetings m ON m.id = t.meeting_id JOIN bodies b ON b.id = m.body_id"""

_ABOUT_YEAR = """EXISTS (
    SELECT 1 FROM motion_projects x JOIN projects p ON p.id = x.project_id
     WHERE x.motion_id = t.id AND p.year = :year)"""


def projects_of(desk: Desk, period: Period) -> list[ProjectLine]:
    """Return the projects of the period's year as they stood at its end, in the order they were entered."""
    where = "WHERE p.village_id = :village AND p.year = :year ORDER BY p.rowid"
    return [_project_line(row) for row in desk.rows(f"{_PROJECTS} {where}", span(desk, period))]


def budgeted_projects(desk: Desk, period: Period) -> list[ProjectLine]:
    """Return the year's projects that were resolved by the period's end, and any other that money was paid for."""
    where = f"WHERE p.village_id = :village AND (p.year = :year OR {_PAID_FOR}) ORDER BY p.year DESC, p.rowid"
    rows = desk.rows(f"{_PROJECTS} {where}", span(desk, period))
    return [line for line in map(_project_line, rows) if line.is_committed or line.to_date_fen or line.in_period_fen]


def projects_by_motion(
    desk: Desk, motion_ids: Iterable[str], period: Period, *, only_resolved: bool = False
) -> Mapping[str, list[ProjectLine]]:
    """Return the projects that motions are about, by motion, as they stood at the period's end.

    Their budget is what the villagers resolved first, without later changes.
    ``only_resolved`` leaves out those a motion did not resolve, because they were resolved before.
    """
    found: dict[str, list[ProjectLine]] = defaultdict(list)
    about = span(desk, period)
    where = "JOIN motion_projects x ON x.project_id = p.id WHERE x.motion_id = :motion"
    where += _RESOLVED if only_resolved else ""
    for motion_id in motion_ids:
        rows = desk.rows(f"{_AS_RESOLVED} {where} ORDER BY x.rowid", about | {"motion": motion_id})
        found[motion_id] = [_project_line(row) for row in rows]
    return found


def _project_line(row: Any) -> ProjectLine:
    state = row["stood"] or (ProjectState.WISHED if row["walked"] else row["state"])
    return ProjectLine(
        row["id"], row["name"], row["year"], row["class_code"], row["item"], row["place"], row["manager"],
        row["source"], row["fund_id"] or "", row["budget_fen"] + row["changed_fen"], row["in_period"], row["to_date"],
        ProjectState(state), row["changed_fen"],
    )  # fmt: skip


def steps_in(desk: Desk, period: Period) -> list[tuple[date, str, ProjectState]]:
    """Return the steps projects took in the period as (day, project, state), oldest first."""
    rows = desk.rows(
        """SELECT s.taken_on, p.name, s.state FROM steps s JOIN projects p ON p.id = s.project_id
            WHERE p.village_id = :village AND s.taken_on BETWEEN :first AND :last ORDER BY s.taken_on, s.rowid""",
        span(desk, period),
    )
    return [(date.fromisoformat(row[0]), row[1], ProjectState(row[2])) for row in rows]


def resolutions_of(desk: Desk, period: Period) -> list[Resolution]:
    """Return what was voted on the year's projects up to the period's end, oldest first."""
    where = f"WHERE m.village_id = :village AND m.held_on <= :last AND {_ABOUT_YEAR}"
    rows = desk.rows(f"{_VOTES} {where} ORDER BY m.held_on, m.rowid, t.number", span(desk, period))
    return [_resolution(row) for row in rows]


def votes_of_meeting(desk: Desk, meeting_id: str) -> list[Resolution]:
    """Return what a meeting voted on, in the order of its agenda."""
    rows = desk.rows(f"{_VOTES} WHERE m.id = :meeting ORDER BY t.number", {"meeting": meeting_id})
    return [_resolution(row) for row in rows]


def resolutions_about(desk: Desk, project_id: str) -> list[Resolution]:
    """Return what bodies that resolve projects voted about one, oldest first."""
    where = "WHERE t.id IN (SELECT motion_id FROM motion_projects WHERE project_id = :project)"
    rows = desk.rows(f"{_VOTES} {where} ORDER BY m.held_on, m.rowid, t.number", {"project": project_id})
    return [vote for vote in map(_resolution, rows) if vote.is_resolving]


def votes_between(desk: Desk, first: date, last: date) -> list[Resolution]:
    """Return what the bodies that resolve projects voted on between two days, oldest first."""
    rows = desk.rows(
        f"""{_VOTES} WHERE m.village_id = :village AND m.held_on BETWEEN :first AND :last
             ORDER BY m.held_on, m.rowid, t.number""",
        {"village": desk.office_id, "first": first.isoformat(), "last": last.isoformat()},
    )
    return [vote for vote in map(_resolution, rows) if vote.is_resolving]


def _resolution(row: Any) -> Resolution:
    return Resolution(
        row["body"], row["meeting"], date.fromisoformat(row["held_on"]), row["entitled"], row["present"],
        row["subject"], row["method"], row["yes"], row["no"], row["abstain"], bool(row["is_passed"]),
        row["arithmetic"], row["kind"] in RESOLVING_BODIES, row["number"], row["basis"], row["profile_version"],
        row["id"], row["meeting_id"],
    )  # fmt: skip


def levies_between(desk: Desk, first: date, last: date) -> list[tuple[str, Levy]]:
    """Return what was levied by resolutions between two days, each after its project's name, oldest first."""
    rows = desk.rows(
        """SELECT p.name AS project, l.* FROM levies l JOIN projects p ON p.id = l.project_id
            WHERE l.village_id = :village AND l.resolved_on BETWEEN :first AND :last ORDER BY l.resolved_on, l.rowid""",
        {"village": desk.office_id, "first": first.isoformat(), "last": last.isoformat()},
    )
    return [(row["project"], Levy.from_row(row)) for row in rows]
