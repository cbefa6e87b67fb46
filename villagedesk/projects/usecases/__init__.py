"""What a person does with wishes and projects, one room for each matter."""

from villagedesk.projects.usecases.budgets import change_budget, change_findings
from villagedesk.projects.usecases.course import (
    entrust,
    facts_findings,
    import_wishes,
    revise,
    shortlist,
    step_findings,
    take_step,
)
from villagedesk.projects.usecases.levies import levy_findings, record_levied_days, record_levy
from villagedesk.projects.usecases.visits import record_inspection, record_survey, sign_contract

__all__ = [
    "change_budget",
    "change_findings",
    "entrust",
    "facts_findings",
    "import_wishes",
    "levy_findings",
    "record_inspection",
    "record_levied_days",
    "record_levy",
    "record_survey",
    "revise",
    "shortlist",
    "sign_contract",
    "step_findings",
    "take_step",
]
