"""Scores, meetings and motions as they are asked for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from villagedesk.deliberation.model import Attendance, Meeting, Motion, Score
from villagedesk.kernel.records import Row
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Body


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a list shows it."""

    meeting: Meeting
    body: str
    motions: int
    passed: int


_LINES = """
    SELECT m.*, b.name AS body,
           (SELECT count(*) FROM motions WHERE meeting_id = m.id) AS motions,
           (SELECT count(*) FROM motions WHERE meeting_id = m.id AND is_passed = 1) AS passed
      FROM meetings m JOIN bodies b ON b.id = m.body_id"""
_ORDERS = {
    "held_on": "m.held_on {0}, m.rowid {0}",
    "number": "m.number {0}, m.id",
    "body": "b.name {0}, m.held_on DESC, m.id",
    "place": "m.place {0}, m.id",
}


def scores_of_year(desk: Desk, year: int, village_id: str = "") -> list[Score]:
    """Return the ballots about a year's projects."""
    return desk.find(
        Score,
        "project_id IN (SELECT id FROM projects WHERE village_id = ? AND year = ?)",
        [village_id or desk.office_id, year],
        "rowid",
    )


def scored_names(desk: Desk, year: int, village_id: str = "") -> dict[str, str]:
    """Return the names of a year's projects by id."""
    rows = desk.rows(
        "SELECT id, name FROM projects WHERE village_id = ? AND year = ?", [village_id or desk.office_id, year]
    )
    return {row["id"]: row["name"] for row in rows}


def meetings(desk: Desk, year: int | None = None, village_id: str = "") -> list[MeetingLine]:
    """Return an office's meetings (default: this desk's), newest first, with how many motions passed."""
    rows = desk.rows(
        f"""{_LINES} WHERE m.village_id = :office AND (:year IS NULL OR m.held_on LIKE :year || '-%')
            ORDER BY m.held_on DESC, m.rowid DESC""",
        {"office": village_id or desk.office_id, "year": year},
    )
    return [_line(row) for row in rows]


def meeting_ids(desk: Desk, text: str = "", order: str = "held_on", *, descending: bool = True) -> list[str]:
    """Return the ids of the office's meetings in the order asked for.

    ``text`` is looked for in number, body and place, and in what was voted on.
    """
    where, values = "m.village_id = ?", [desk.office_id]
    if text:
        where += """ AND (m.number LIKE ? OR b.name LIKE ? OR m.place LIKE ?
            OR EXISTS (SELECT 1 FROM motions WHERE meeting_id = m.id AND subject LIKE ?))"""
        values += [f"%{text}%"] * 4
    by = _ORDERS[order].format("DESC" if descending else "ASC")
    rows = desk.rows(
        f"SELECT m.id FROM meetings m JOIN bodies b ON b.id = m.body_id WHERE {where} ORDER BY {by}", values
    )
    return [row[0] for row in rows]


def meeting_lines(desk: Desk, ids: Sequence[str]) -> list[MeetingLine]:
    """Return the meetings with these ids, in the order given."""
    rows = desk.rows(f"{_LINES} WHERE m.id IN ({', '.join('?' * len(ids))})", list(ids))
    found = {row["id"]: _line(row) for row in rows}
    return [found[meeting_id] for meeting_id in ids if meeting_id in found]


def meeting_numbered(desk: Desk, number: str) -> Meeting | None:
    """Return the meeting of this number, None when there is none."""
    found = desk.find(Meeting, "village_id = ? AND number = ?", [desk.office_id, number])
    return found[0] if found else None


def body_of(desk: Desk, meeting: Meeting) -> Body:
    """Return the body that met."""
    return desk.get(Body, meeting.body_id)


def roll_of(desk: Desk, meeting_id: str) -> list[Attendance]:
    """Return a meeting's roll in the order it was written."""
    return desk.find(Attendance, "meeting_id = ?", [meeting_id], "rowid")


def motions_of(desk: Desk, meeting_id: str) -> list[Motion]:
    """Return a meeting's motions in their order."""
    return desk.find(Motion, "meeting_id = ?", [meeting_id], "number")


def projects_of_motions(desk: Desk, meeting_id: str) -> dict[str, list[Project]]:
    """Return the projects a meeting's motions are about, by motion id."""
    rows = desk.rows(
        """SELECT mp.motion_id, p.* FROM motion_projects mp
             JOIN projects p ON p.id = mp.project_id
             JOIN motions mo ON mo.id = mp.motion_id
            WHERE mo.meeting_id = ? ORDER BY mp.rowid""",
        [meeting_id],
    )
    found: dict[str, list[Project]] = defaultdict(list)
    for row in rows:
        found[row["motion_id"]].append(Project.from_row(row))
    return dict(found)


def next_number(desk: Desk, body_kind: str, year: int) -> str:
    """Return a number for the next meeting of a body: ``"2026年村民代表会议第2次"``."""
    held = desk.value(
        """SELECT count(*) FROM meetings m JOIN bodies b ON b.id = m.body_id
            WHERE m.village_id = ? AND b.kind = ? AND m.held_on LIKE ? || '-%'""",
        [desk.office_id, body_kind, year],
    )
    number = held + 1
    while meeting_numbered(desk, f"{year}年{body_kind}第{number}次"):
        number += 1
    return f"{year}年{body_kind}第{number}次"


def _line(row: Row) -> MeetingLine:
    return MeetingLine(Meeting.from_row(row), row["body"], row["motions"], row["passed"])
