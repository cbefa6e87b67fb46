"""What happened that asks for a notice, by kind. The first page asks at every start, so nothing heavy stands here."""

import json
from collections.abc import Callable, Mapping
from datetime import date

from villagedesk.disclosure.kind import Occasion, Scope
from villagedesk.kernel.dates import Period
from villagedesk.storage.desk import Desk
from villagedesk.village.model import RESOLVING_BODIES

_RESOLVING = json.dumps(RESOLVING_BODIES)

_RANKED = """
    WITH scored AS (SELECT DISTINCT p.year, s.project_id FROM scores s JOIN projects p ON p.id = s.project_id
                     WHERE p.village_id = :village),
         wished AS (SELECT year, max(signed_on) AS day FROM wishes WHERE village_id = :village GROUP BY year)
    SELECT y.year, coalesce(
             (SELECT min(m.held_on) FROM meetings m JOIN bodies b ON b.id = m.body_id
               WHERE m.village_id = :village AND b.kind = '议事会' AND m.held_on LIKE y.year || '-%'
                 AND m.held_on >= coalesce(w.day, '')),
             (SELECT max(taken_on) FROM steps
               WHERE state = 'shortlisted' AND project_id IN (SELECT project_id FROM scored WHERE year = y.year)),
             w.day) AS day
      FROM (SELECT DISTINCT year FROM scored) y LEFT JOIN wished w ON w.year = y.year ORDER BY y.year"""

_HELD = """
    SELECT m.id, b.name AS body, m.number, m.held_on FROM meetings m JOIN bodies b ON b.id = m.body_id
     WHERE m.village_id = :village AND m.held_on <= :until
       AND b.kind IN (SELECT value FROM json_each(:resolving))"""

_VOTED = "AND EXISTS (SELECT 1 FROM motions WHERE meeting_id = m.id) ORDER BY m.held_on, m.rowid"

_APPROVED = """AND EXISTS (
    SELECT 1 FROM motions t JOIN motion_projects x ON x.motion_id = t.id JOIN steps s ON s.project_id = x.project_id
     WHERE t.meeting_id = m.id AND t.is_passed = 1 AND s.state = 'resolved' AND s.taken_on = m.held_on)
    ORDER BY m.held_on, m.rowid"""

_BUDGETED = """
    SELECT p.year, min(m.held_on) AS day
      FROM motion_projects x JOIN motions t ON t.id = x.motion_id JOIN meetings m ON m.id = t.meeting_id
      JOIN bodies b ON b.id = m.body_id JOIN projects p ON p.id = x.project_id
     WHERE m.village_id = :village AND t.is_passed = 1 AND m.held_on <= :until
       AND b.kind IN (SELECT value FROM json_each(:resolving))
     GROUP BY p.year ORDER BY p.year"""

_REBUDGETED = """
    SELECT id, year, number, decided_on FROM budget_changes
     WHERE village_id = :village AND decided_on <= :until ORDER BY decided_on, number"""

_LEVIED = """
    SELECT l.id, p.name, l.resolved_on FROM levies l JOIN projects p ON p.id = l.project_id
     WHERE l.village_id = :village AND l.resolved_on <= :until ORDER BY l.resolved_on, l.rowid"""


def ranked_years(desk: Desk) -> dict[int, date]:
    """Return the day on which each year's candidates were ranked, for the years that have ballots.

    It is the day the council met after the last wish was in; without a meeting, that of the first list, or the wish.
    """
    rows = desk.rows(_RANKED, {"village": desk.office_id})
    return {row["year"]: date.fromisoformat(row["day"]) for row in rows if row["day"]}


def meeting_name(body: str, number: str, year: int) -> str:
    """Return a meeting's name after its day, the body and the year named once: 村民代表会议（1）, 村民代表会议第1次会议."""
    number = number.removeprefix(f"{year}年")
    if body not in number:
        return f"{body}（{number}）"
    if number.startswith(body) and not number.endswith("次"):
        return f"{body}（{number.removeprefix(body)}）"
    return f"{number}会议" if number.endswith("次") else number


def _ranked(desk: Desk, until: date) -> list[Occasion]:
    days = ranked_years(desk).items()
    return [Occasion(Scope(Period(year)), day, f"{year}年项目征集和量分") for year, day in days if day <= until]


def _voted(desk: Desk, until: date) -> list[Occasion]:
    return _meetings(desk, until, _VOTED)


def _approved(desk: Desk, until: date) -> list[Occasion]:
    return _meetings(desk, until, _APPROVED)


def _meetings(desk: Desk, until: date, which: str) -> list[Occasion]:
    found = []
    for row in desk.rows(f"{_HELD} {which}", _until(desk, until)):
        day = date.fromisoformat(row["held_on"])
        name = f"{day.year}年{meeting_name(row['body'], row['number'], day.year)}"
        found.append(Occasion(Scope(Period(day.year), row["id"]), day, name))
    return found


def _budgeted(desk: Desk, until: date) -> list[Occasion]:
    """Return the resolutions of the years' budgets and every change of one since."""
    found = [
        Occasion(Scope(Period(row["year"])), date.fromisoformat(row["day"]), f"{row['year']}年度支出预算")
        for row in desk.rows(_BUDGETED, _until(desk, until))
    ]
    for row in desk.rows(_REBUDGETED, _until(desk, until)):
        name = f"{row['year']}年度支出预算第{row['number']}次调整"
        found.append(Occasion(Scope(Period(row["year"]), row["id"]), date.fromisoformat(row["decided_on"]), name))
    return sorted(found, key=lambda one: one.happened_on)


def _levied(desk: Desk, until: date) -> list[Occasion]:
    found = []
    for row in desk.rows(_LEVIED, _until(desk, until)):
        day = date.fromisoformat(row["resolved_on"])
        found.append(Occasion(Scope(Period(day.year), row["id"]), day, f"“{row['name']}”筹资筹劳"))
    return found


def _until(desk: Desk, until: date) -> dict[str, str]:
    return {"village": desk.office_id, "until": until.isoformat(), "resolving": _RESOLVING}


OCCASIONS: Mapping[str, Callable[[Desk, date], list[Occasion]]] = {
    "wishes": _ranked,
    "votes": _voted,
    "approval": _approved,
    "budget": _budgeted,
    "levies": _levied,
}
"""The shipped kinds that are about events; a kind of one's own may give ``occasions`` in its own file instead."""
