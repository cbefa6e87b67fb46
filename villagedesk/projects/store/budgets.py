"""The year's budget with its versions, as it is asked for."""

from villagedesk.storage.desk import Desk

CHANGED = "(SELECT coalesce(sum(change_fen), 0) FROM budget_lines WHERE project_id = p.id)"
"""SQL: what budget changes added to or took from the budget of project ``p``, in fen."""

IN_FORCE = f"(p.budget_fen + {CHANGED})"
"""SQL: the budget in force of project ``p``: as resolved, with all changes; whatever compares with a budget uses it."""

CHANGED_BY = """(SELECT coalesce(sum(l.change_fen), 0) FROM budget_lines l JOIN budget_changes b ON b.id = l.budget_change_id
                  WHERE l.project_id = p.id AND b.decided_on <= :last)"""
"""SQL: as ``CHANGED``, what was decided up to the day ``:last``."""


def budget_in_force(desk: Desk, project_id: str) -> int:
    """Return a project's budget in fen as resolved, with all changes. Raises KeyError when there is no such project."""
    found = desk.value(f"SELECT {IN_FORCE} FROM projects p WHERE p.id = ?", [project_id])
    if found is None:
        raise KeyError(project_id)
    return int(found)
