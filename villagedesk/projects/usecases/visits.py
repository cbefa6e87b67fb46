"""Contracts signed, work looked at, people asked about it."""

from villagedesk.kernel.errors import stop_at
from villagedesk.projects import rules, store
from villagedesk.projects.model import Contract, Inspection, Project, Survey
from villagedesk.storage.desk import Desk
from villagedesk.village.authority import acting
from villagedesk.village.model import Role


def sign_contract(desk: Desk, contract: Contract, reason: str = "") -> Contract:
    """Record a signed contract; it never changes again. Beyond the budget it needs a ``reason``.

    Raises RuleViolation when the project is not granted yet or the contract is incomplete.
    """
    acting(desk, Role.ACCOUNTANT)
    figures = store.figures_of(desk, contract.project_id)
    today = desk.clock.now().date()
    stop_at(rules.may_contract(figures.project, contract, figures.contracted_fen, today, figures.changed_fen), reason)
    with desk.change("projects.contract.signed", reason=reason) as change:
        return change.put(contract)


def record_inspection(desk: Desk, inspection: Inspection) -> Inspection:
    """Record a visit to the work, for good. Raises RuleViolation at the wrong time or by the wrong person."""
    acting(desk, Role.ACCOUNTANT, Role.SUPERVISION)
    project = desk.get(Project, inspection.project_id)
    parties = frozenset(contract.party for contract in store.contracts_of(desk, project.id))
    stop_at(rules.may_inspect(project, inspection, parties, desk.clock.now().date()))
    with desk.change("projects.inspection.recorded") as change:
        return change.put(inspection)


def record_survey(desk: Desk, survey: Survey) -> Survey:
    """Record how content people are with a work, for good. Raises RuleViolation when it has not begun or sums fail."""
    acting(desk, Role.ACCOUNTANT, Role.SUPERVISION)
    project = desk.get(Project, survey.project_id)
    stop_at(rules.may_survey(project, survey, desk.clock.now().date()))
    with desk.change("projects.survey.recorded") as change:
        return change.put(survey)
