"""What may still be spent on a project: the budget in force, what is granted, on its way, paid and left."""

from dataclasses import dataclass

from villagedesk.payments.model import UNDER_WAY, ClaimState
from villagedesk.projects.model import Project
from villagedesk.projects.store import COMMITTED, budget_in_force, projects_of
from villagedesk.storage.desk import Desk

_UNDER_WAY = ", ".join(f"'{state}'" for state in UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Means:
    """A project's money in fen. ``granted`` may be paid at once, ``passing`` is still being signed off."""

    name: str
    budget_fen: int
    granted_fen: int
    passing_fen: int
    paid_fen: int

    @property
    def left_fen(self) -> int:
        """What nobody has spoken for yet; below nothing when it is overdrawn."""
        return self.budget_fen - self.granted_fen - self.passing_fen - self.paid_fen


def means_of(desk: Desk, project_id: str, except_id: str = "") -> Means:
    """Return a project's means, leaving out the claim ``except_id``. Raises KeyError when there is no such project."""
    project = desk.get(Project, project_id)
    spoken = desk.rows(
        f"""SELECT state, sum(amount_fen) AS fen FROM claims
             WHERE village_id = ? AND state IN ({_UNDER_WAY}) AND project_id = ? AND id <> ? GROUP BY state""",
        [desk.office_id, project_id, except_id],
    )
    paid = desk.value("SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE project_id = ?", [project_id])
    granted = sum(row["fen"] for row in spoken if row["state"] == ClaimState.GRANTED)
    passing = sum(row["fen"] for row in spoken) - granted
    return Means(project.name, budget_in_force(desk, project_id), granted, passing, paid)


def means_of_year(desk: Desk, year: int) -> list[Means]:
    """Return the means of a year's projects whose budget counts or that were paid for, in the order entered."""
    spoken: dict[tuple[str, bool], int] = {}
    rows = desk.rows(
        f"""SELECT c.project_id, c.state = '{ClaimState.GRANTED}' AS is_granted, sum(c.amount_fen) AS fen
              FROM claims c
             WHERE c.village_id = ? AND c.state IN ({_UNDER_WAY}) GROUP BY c.project_id, is_granted""",
        [desk.office_id],
    )
    for row in rows:
        spoken[row["project_id"], bool(row["is_granted"])] = row["fen"]
    found = [
        Means(
            figures.project.name,
            figures.budget_fen,
            spoken.get((figures.project.id, True), 0),
            spoken.get((figures.project.id, False), 0),
            figures.paid_fen,
        )
        for figures in projects_of(desk, year)
        if figures.project.state in COMMITTED or figures.paid_fen
    ]
    return [means for means in found if means.budget_fen or means.paid_fen]


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """What came in and went out in a month (2026-03), in fen."""

    month: str
    in_fen: int
    out_fen: int


def flow_of_year(desk: Desk, year: int) -> list[MonthFlow]:
    """Return what arrived and what was paid in each month of a year, from January to the last that has something."""
    first, last = f"{year:04d}-01-01", f"{year:04d}-12-31"
    came = _by_month(desk, "arrivals", "arrived_on", first, last)
    went = _by_month(desk, "vouchers", "posted_on", first, last)
    latest = max((*came, *went), default="")
    months = [f"{year:04d}-{month:02d}" for month in range(1, 13)]
    return [MonthFlow(month, came.get(month, 0), went.get(month, 0)) for month in months if month <= latest]


def years_with_money(desk: Desk) -> list[int]:
    """Return the years that have projects, arrivals or payments, newest first."""
    rows = desk.rows(
        """SELECT DISTINCT year FROM (
               SELECT year FROM projects WHERE village_id = :office
               UNION SELECT year FROM vouchers WHERE village_id = :office
               UNION SELECT CAST(substr(arrived_on, 1, 4) AS INTEGER) FROM arrivals WHERE village_id = :office
           ) ORDER BY year DESC""",
        {"office": desk.office_id},
    )
    return [row[0] for row in rows]


def _by_month(desk: Desk, table: str, day: str, first: str, last: str) -> dict[str, int]:
    rows = desk.rows(
        f"""SELECT substr({day}, 1, 7) AS month, sum(amount_fen) AS fen FROM {table}
             WHERE village_id = ? AND {day} BETWEEN ? AND ? GROUP BY month""",
        [desk.office_id, first, last],
    )
    return {row["month"]: row["fen"] for row in rows}
