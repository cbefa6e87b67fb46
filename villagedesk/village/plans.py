"""A fund's plan as it was changed: every version the journal keeps, the plan of a day, and what stands on it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from villagedesk.kernel.clock import CHINA
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.store import officer_name

COMMITTED = ("resolved", "publicized", "granted", "running", "accepted", "assessed")
"""The states of a project whose budget stands on its fund's plan (projects stand above the village)."""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change of a fund's plan or document: the day it was written down, both versions, why and by whom."""

    day: date
    before_fen: int
    after_fen: int
    before_document: str
    document: str
    reason: str
    by: str


def plan_changes(desk: Desk, fund_id: str) -> list[PlanChange]:
    """Return how a fund's plan was changed since it was opened, oldest first."""
    kept = [(entry, json.loads(entry.body)) for entry in desk.history(fund_id) if entry.body]
    return [
        PlanChange(
            datetime.fromisoformat(entry.at).astimezone(CHINA).date(),
            before["planned_fen"],
            after["planned_fen"],
            before["document"],
            after["document"],
            entry.reason,
            officer_name(desk, entry.actor),
        )
        for (_, before), (entry, after) in pairwise(kept)
        if (before["planned_fen"], before["document"]) != (after["planned_fen"], after["document"])
    ]


def planned_on(desk: Desk, fund: Fund, day: date) -> int:
    """Return a fund's plan in fen as it was at the end of a day; before it was opened, as it was opened."""
    changes = plan_changes(desk, fund.id)
    return next((one.before_fen for one in changes if one.day > day), fund.planned_fen)


def budgeted_fen(desk: Desk, fund_id: str) -> int:
    """Return the budgets in force in fen of a fund's projects that are resolved or further."""
    marks = ", ".join("?" * len(COMMITTED))
    return int(desk.value(f"{_BUDGETED} AND p.state IN ({marks})", [fund_id, *COMMITTED]))


_BUDGETED = """
SELECT coalesce(sum(p.budget_fen + (SELECT coalesce(sum(change_fen), 0) FROM budget_lines WHERE project_id = p.id)), 0)
  FROM projects p WHERE p.fund_id = ?"""
