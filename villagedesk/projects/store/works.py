"""Projects with their sums and their steps, as they are asked for."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from villagedesk.projects.figures import Evidence, ProjectFigures
from villagedesk.projects.model import InspectionKind, Project, ProjectState, Step
from villagedesk.projects.store.budgets import CHANGED, COMMITTED, IN_FORCE
from villagedesk.projects.store.visits import contracts_of, last_inspection
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.model import RESOLVING_BODIES, Fund

_FIGURES = f"""
    SELECT p.*, {CHANGED} AS changed_fen,
           (SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE project_id = p.id) AS paid_fen,
           (SELECT coalesce(sum(amount_fen), 0) FROM contracts WHERE project_id = p.id) AS contracted_fen
      FROM projects p"""

_PAID = "(SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE project_id = p.id)"
_WAY = " ".join(f"WHEN '{state}' THEN {place}" for place, state in enumerate(ProjectState))
_ORDERS = {
    "": "p.year DESC, p.id",
    "name": "p.name {0}, p.id",
    "item": "p.class_code {0}, p.item {0}, p.id",
    "manager": "p.manager {0}, p.id",
    "state": f"CASE p.state {_WAY} END {{0}}, p.id",
    "budget": f"{IN_FORCE} {{0}}, p.id",
    "paid": f"{_PAID} {{0}}, p.id",
    "left": f"{IN_FORCE} - {_PAID} {{0}}, p.id",
}


def years(desk: Desk) -> list[int]:
    """Return the years that have projects or wishes, newest first."""
    rows = desk.rows(
        """SELECT year FROM projects WHERE village_id = :office
            UNION SELECT year FROM wishes WHERE village_id = :office ORDER BY year DESC""",
        {"office": desk.office_id},
    )
    return [row[0] for row in rows]


def projects_of(
    desk: Desk, year: int | None = None, state: ProjectState | None = None, village_id: str = ""
) -> list[ProjectFigures]:
    """Return an office's projects (default: this desk's) with their sums, newest year first, in the order entered."""
    rows = desk.rows(
        _FIGURES
        + """ WHERE p.village_id = :office AND (:year IS NULL OR p.year = :year)
                AND (:state IS NULL OR p.state = :state)
              ORDER BY p.year DESC, p.id""",
        {"office": village_id or desk.office_id, "year": year, "state": state and state.value},
    )
    return [_figures(row) for row in rows]


def project_ids(
    desk: Desk,
    text: str = "",
    order: str = "",
    *,
    descending: bool = False,
    states: Collection[ProjectState] = (),
    year: int | None = None,
) -> list[str]:
    """Return the ids of the office's projects in the order asked for (default: as entered, newest year first).

    ``text`` is looked for in name, sub-item, place and manager; ``states`` narrows to these (none: all).
    """
    where, values = ["p.village_id = ?"], [desk.office_id]
    if text:
        where.append("(p.name LIKE ? OR p.item LIKE ? OR p.place LIKE ? OR p.manager LIKE ?)")
        values += [f"%{text}%"] * 4
    if states:
        where.append(f"p.state IN ({', '.join('?' * len(states))})")
        values += [state.value for state in states]
    if year:
        where.append("p.year = ?")
        values.append(str(year))
    by = _ORDERS[order].format("DESC" if descending else "ASC")
    rows = desk.rows(f"SELECT p.id FROM projects p WHERE {' AND '.join(where)} ORDER BY {by}", values)
    return [row[0] for row in rows]


def project_lines(desk: Desk, ids: Sequence[str]) -> list[ProjectFigures]:
    """Return the projects with these ids, in the order given."""
    rows = desk.rows(f"{_FIGURES} WHERE p.id IN ({', '.join('?' * len(ids))})", list(ids))
    found = {row["id"]: _figures(row) for row in rows}
    return [found[project_id] for project_id in ids if project_id in found]


def figures_of(desk: Desk, project_id: str) -> ProjectFigures:
    """Return a project with its sums. Raises KeyError when there is none."""
    rows = desk.rows(f"{_FIGURES} WHERE p.id = ?", [project_id])
    if not rows:
        raise KeyError(project_id)
    return _figures(rows[0])


def _figures(row: Any) -> ProjectFigures:
    return ProjectFigures(Project.from_row(row), row["paid_fen"], row["contracted_fen"], row["changed_fen"])


def projects_by_name(desk: Desk, year: int) -> dict[str, Project]:
    """Return a year's projects by name."""
    found = desk.find(Project, "village_id = ? AND year = ?", [desk.office_id, year])
    return {project.name: project for project in found}


def project_named(desk: Desk, name: str, year: int | None = None) -> Project | None:
    """Return the project of this name, the newest when no year is given; None when there is none."""
    found = desk.find(
        Project,
        "village_id = :office AND name = :name AND (:year IS NULL OR year = :year)",
        {"office": desk.office_id, "name": name, "year": year},
        "year DESC",
    )
    return found[0] if found else None


def steps_of(desk: Desk, project_id: str) -> list[Step]:
    """Return the steps a project took, oldest first."""
    return desk.find(Step, "project_id = ?", [project_id], "rowid")


def last_step_day(desk: Desk, project_id: str) -> date | None:
    """Return the day of a project's last step, None when it took none."""
    day = desk.value("SELECT max(taken_on) FROM steps WHERE project_id = ?", [project_id])
    return date.fromisoformat(day) if day else None


def has_passed_motion(desk: Desk, project_id: str, until: date) -> bool:
    """Tell whether a body that may resolve projects passed a motion about this one, up to a day."""
    marks = ", ".join("?" * len(RESOLVING_BODIES))
    found = desk.value(
        f"""SELECT 1 FROM motion_projects mp
              JOIN motions mo ON mo.id = mp.motion_id
              JOIN meetings me ON me.id = mo.meeting_id
              JOIN bodies b ON b.id = me.body_id
             WHERE mp.project_id = ? AND mo.is_passed = 1 AND me.held_on <= ? AND b.kind IN ({marks})""",
        [project_id, until.isoformat(), *RESOLVING_BODIES],
    )
    return found is not None


def committed_fen(desk: Desk, fund_id: str, without: str) -> int:
    """Return the budgets in force in fen of a fund's projects that are resolved or further, one project left out."""
    marks = ", ".join("?" * len(COMMITTED))
    total = desk.value(
        f"SELECT coalesce(sum({IN_FORCE}), 0) FROM projects p WHERE fund_id = ? AND id <> ? AND state IN ({marks})",
        [fund_id, without, *COMMITTED],
    )
    return int(total)


def evidence_of(desk: Desk, project: Project, day: date) -> Evidence:
    """Return what the books show about a project on a day, for the rules to judge a step by."""
    acceptance = last_inspection(desk, project.id, InspectionKind.ACCEPTANCE, day)
    return Evidence(
        today=desk.clock.now().date(),
        last_step=last_step_day(desk, project.id),
        has_motion=has_passed_motion(desk, project.id, day),
        has_contract=bool(contracts_of(desk, project.id)),
        is_accepted=acceptance is not None and acceptance.is_passed,
        is_assessed=last_inspection(desk, project.id, InspectionKind.ASSESSMENT, day) is not None,
        fund=desk.get(Fund, project.fund_id) if project.fund_id else None,
        committed_fen=committed_fen(desk, project.fund_id, project.id) if project.fund_id else 0,
        begun_fen=village_store.fund_balance(desk, project.fund_id).opening_fen if project.fund_id else 0,
    )
