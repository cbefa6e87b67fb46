"""The year's budget with its versions, as it is asked for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from villagedesk.projects.budget import Budget, BudgetRow, Resolved, Version
from villagedesk.projects.model import BudgetChange, BudgetLine, Project
from villagedesk.projects.sources import Source, begun_name
from villagedesk.storage.desk import Desk
from villagedesk.village.model import RESOLVING_BODIES, Fund, Opening

COMMITTED = ("resolved", "publicized", "granted", "running", "accepted", "assessed")
"""The states of a project whose budget counts."""

CHANGED = "(SELECT coalesce(sum(change_fen), 0) FROM budget_lines WHERE project_id = p.id)"
"""SQL: what budget changes added to or took from the budget of project ``p``, in fen."""

IN_FORCE = f"(p.budget_fen + {CHANGED})"
"""SQL: the budget in force of project ``p``: as resolved, with all changes; whatever compares with a budget uses it."""

CHANGED_BY = """(SELECT coalesce(sum(l.change_fen), 0) FROM budget_lines l
                   JOIN budget_changes b ON b.id = l.budget_change_id
                  WHERE l.project_id = p.id AND b.decided_on <= :last)"""
"""SQL: as ``CHANGED``, what was decided up to the day ``:last``."""


def budget_in_force(desk: Desk, project_id: str) -> int:
    """Return a project's budget in fen as resolved, with all changes. Raises KeyError when there is no such project."""
    in_force = f"SELECT {IN_FORCE} FROM projects p WHERE p.id = ?"
    found = desk.unchanged(("budget", project_id), lambda: desk.value(in_force, [project_id]))
    if found is None:
        raise KeyError(project_id)
    return int(found)


UNDER_WAY = (
    "witnessing", "submitted", "supervising", "queried", "reviewed", "deciding", "approved", "settling", "granted",
)  # fmt: skip
"""The states in which a claim speaks for money that is not paid yet (payments stand above projects)."""

_REVIEWING = f"""
    SELECT project_id, sum(amount_fen) AS fen FROM claims
     WHERE village_id = ? AND state IN ({", ".join("?" * len(UNDER_WAY))}) GROUP BY project_id"""

_ROWS = f"""
    SELECT p.*,
           (SELECT coalesce(sum(amount_fen), 0) FROM contracts WHERE project_id = p.id) AS contracted_fen,
           (SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE project_id = p.id) AS paid_fen
      FROM projects p
     WHERE p.village_id = ? AND p.year = ? AND p.state IN ({", ".join("?" * len(COMMITTED))})
     ORDER BY p.class_code, p.id"""

_MOTIONS = """
    SELECT t.id, t.subject, t.number AS place, t.is_passed, m.number, m.held_on, b.kind
      FROM motions t JOIN meetings m ON m.id = t.meeting_id JOIN bodies b ON b.id = m.body_id"""


def budget_of(desk: Desk, year: int) -> Budget:
    """Return a year's budget: the projects that are resolved or further, class by class, with every version."""
    versions = versions_of(desk, year)
    funds = {fund.id: fund for fund in desk.find(Fund, "village_id = ?", [desk.office_id])}
    reviewing = {row["project_id"]: row["fen"] for row in desk.rows(_REVIEWING, [desk.office_id, *UNDER_WAY])}
    rows = desk.rows(_ROWS, [desk.office_id, year, *COMMITTED])
    return Budget(
        year,
        tuple(_budget_row(row, funds, versions, reviewing.get(row["id"], 0)) for row in rows),
        tuple(versions),
        tuple(sources_of(desk, year)),
    )


def sources_of(desk: Desk, year: int, until: date = date.max) -> list[Source]:
    """Return a year's funds in the order they were opened, with what was carried to them or begun with by a day."""
    funds = desk.find(Fund, "village_id = ? AND year = ?", [desk.office_id, year], "rowid")
    return [Source(fund, _begun(desk, fund, until)) for fund in funds]


def _begun(desk: Desk, fund: Fund, until: date) -> tuple[tuple[str, int], ...]:
    named: dict[str, int] = {}
    for one in desk.find(Opening, "fund_id = ? AND opened_on <= ?", [fund.id, until.isoformat()], "opened_on, rowid"):
        name = begun_name(fund, desk.get(Fund, one.from_fund_id) if one.from_fund_id else None)
        named[name] = named.get(name, 0) + one.amount_fen
    return tuple((name, fen) for name, fen in named.items() if fen)  # what was taken back again is nothing


def versions_of(desk: Desk, year: int) -> list[Version]:
    """Return the changes of a year's budget with their lines and motions, the first first."""
    changes = desk.find(BudgetChange, "village_id = ? AND year = ?", [desk.office_id, year], "number")
    return [Version(change, tuple(_lines(desk, change)), resolved_by(desk, change.motion_id)) for change in changes]


def resolved_by(desk: Desk, motion_id: str) -> Resolved:
    """Return a motion as a budget change rests on it. Raises KeyError when there is none."""
    rows = desk.rows(f"{_MOTIONS} WHERE t.id = ?", [motion_id])
    if not rows:
        raise KeyError(motion_id)
    return _resolved(rows[0])


def passed_motions(desk: Desk, year: int) -> list[Resolved]:
    """Return the motions a change of a year's budget may rest on: passed by a body that resolves, unused, newest first.

    Those that resolved the budget itself are left out: version 0 is theirs.
    """
    rows = desk.rows(
        f"""{_MOTIONS} WHERE m.village_id = :village AND t.is_passed = 1 AND m.held_on >= :first
              AND NOT EXISTS (SELECT 1 FROM budget_changes WHERE motion_id = t.id)
              AND NOT EXISTS (SELECT 1 FROM motion_projects x JOIN steps s ON s.project_id = x.project_id
                               WHERE x.motion_id = t.id AND s.state = 'resolved' AND s.taken_on = m.held_on)
             ORDER BY m.held_on DESC, m.rowid DESC, t.number""",
        {"village": desk.office_id, "first": date(year, 1, 1).isoformat()},
    )
    return [motion for motion in map(_resolved, rows) if motion.is_resolving]


def resolving_motion_ids(desk: Desk, project_id: str) -> set[str]:
    """Return the motions by which a project was resolved in the first place, and those that led to it."""
    rows = desk.rows(
        """SELECT x.motion_id FROM motion_projects x JOIN motions t ON t.id = x.motion_id
             JOIN meetings m ON m.id = t.meeting_id JOIN steps s ON s.project_id = x.project_id
            WHERE x.project_id = ? AND s.state = 'resolved' AND m.held_on <= s.taken_on""",
        [project_id],
    )
    return {row[0] for row in rows}


def budget_years(desk: Desk) -> list[int]:
    """Return the years that have a budget, newest first."""
    marks = ", ".join("?" * len(COMMITTED))
    rows = desk.rows(
        f"SELECT DISTINCT year FROM projects WHERE village_id = ? AND state IN ({marks}) ORDER BY year DESC",
        [desk.office_id, *COMMITTED],
    )
    return [row[0] for row in rows]


def _lines(desk: Desk, change: BudgetChange) -> list[BudgetLine]:
    return desk.find(BudgetLine, "budget_change_id = ?", [change.id], "rowid")


def _budget_row(row: Any, funds: dict[str, Fund], versions: Sequence[Version], reviewing_fen: int) -> BudgetRow:
    return BudgetRow(
        Project.from_row(row),
        funds.get(row["fund_id"] or ""),
        tuple(version.of(row["id"]) for version in versions),
        row["contracted_fen"],
        reviewing_fen,
        row["paid_fen"],
    )


def _resolved(row: Any) -> Resolved:
    meeting = f"{row['number']}第{row['place']}项议题"
    held_on = date.fromisoformat(row["held_on"])
    return Resolved(
        row["id"], row["subject"], meeting, held_on, bool(row["is_passed"]), row["kind"] in RESOLVING_BODIES
    )
