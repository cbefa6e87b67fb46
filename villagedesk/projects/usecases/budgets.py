"""The year's budget changed by a resolution."""

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.projects import rules, store
from villagedesk.projects.model import BudgetChange, BudgetLine
from villagedesk.projects.rules import Moves
from villagedesk.storage.desk import Desk
from villagedesk.village.authority import acting
from villagedesk.village.model import Role


def change_budget(desk: Desk, year: int, motion_id: str, moves: Moves, reason: str) -> BudgetChange:
    """Make the next version of a year's budget, by a meeting's passed motion; for good, the next change is a new one.

    ``moves`` are projects by id with how many fen their budget gains or loses. Raises RuleViolation when no fitting
    motion carries it, when it moves money between funds, beyond a plan, or below what is signed, claimed or paid.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    with desk.change("projects.budget.changed", reason=reason) as change:
        stop_at(change_findings(desk, year, motion_id, moves, reason))
        decided_on = store.resolved_by(desk, motion_id).held_on
        number = len(store.versions_of(desk, year)) + 1
        made = change.put(
            BudgetChange(
                year=year, number=number, motion_id=motion_id, decided_on=decided_on, reason=reason.strip(),
                made_by=actor.id,
            )
        )  # fmt: skip
        change.put_all(
            BudgetLine(budget_change_id=made.id, project_id=project_id, change_fen=fen)
            for project_id, fen in moves
            if fen
        )
        return made


def change_findings(desk: Desk, year: int, motion_id: str | None, moves: Moves, reason: str) -> list[Finding]:
    """Return what stands against a change of the budget, for the form and for making it alike."""
    return list(
        rules.may_change_budget(
            store.budget_of(desk, year),
            store.resolved_by(desk, motion_id) if motion_id else None,
            moves,
            reason,
            desk.clock.now().date(),
            {project_id: store.resolving_motion_ids(desk, project_id) for project_id, _ in moves},
        )
    )
