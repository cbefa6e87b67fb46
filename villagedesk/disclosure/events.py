"""Whether something may have happened that asks for a notice: asked of the file alone.

A kind's own ``occasions`` says it exactly, but its module brings the books and the paper with it; the first page asks
at every start. What is asked here finds every event a kind would find, and perhaps one too many.
"""

from collections.abc import Collection

from villagedesk.storage.desk import Desk

Key = tuple[str, str, str]
"""Kind, period and topic of a notice."""

_VOTED = """SELECT DISTINCT substr(m.held_on, 1, 4), m.id FROM meetings m
              JOIN bodies b ON b.id = m.body_id JOIN motions t ON t.meeting_id = m.id
             WHERE m.village_id = :village AND m.held_on BETWEEN :first AND :last
               AND b.kind IN ('村民代表会议', '村民会议')"""

EVENTS = {
    "wishes": """SELECT DISTINCT CAST(p.year AS TEXT), '' FROM scores s JOIN projects p ON p.id = s.project_id
                  WHERE p.village_id = :village AND :first <= :last
                    AND (EXISTS (SELECT 1 FROM wishes w WHERE w.village_id = :village AND w.year = p.year)
                      OR EXISTS (SELECT 1 FROM steps WHERE project_id = p.id AND state = 'shortlisted')
                      OR EXISTS (SELECT 1 FROM meetings m JOIN bodies b ON b.id = m.body_id
                                  WHERE m.village_id = :village AND b.kind = '议事会'
                                    AND m.held_on LIKE p.year || '-%'))""",
    "votes": _VOTED,
    "approval": " ".join((_VOTED, "AND t.is_passed AND t.id IN (SELECT motion_id FROM motion_projects)")),
    "budget": """SELECT DISTINCT CAST(p.year AS TEXT), '' FROM motion_projects l JOIN motions t ON t.id = l.motion_id
                   JOIN projects p ON p.id = l.project_id
                  WHERE p.village_id = :village AND t.is_passed AND :first <= :last""",
    "levies": """SELECT substr(resolved_on, 1, 4), id FROM levies
                  WHERE village_id = :village AND resolved_on BETWEEN :first AND :last""",
}
"""Period and topic of what may ask for a notice, by kind, from ``:first`` to ``:last``."""


def may_ask(desk: Desk, kind: str, first: str, last: str, hung: Collection[Key]) -> bool:
    """Tell whether an event between two days (ISO) may still want its notice; a kind not known here always may."""
    if kind not in EVENTS:
        return True
    found = desk.rows(EVENTS[kind], {"village": desk.office_id, "first": first, "last": last})
    return any((kind, period, topic) not in hung for period, topic in found)
