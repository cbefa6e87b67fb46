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
from villagedesk.projects.usecases.evaluating import evaluate_year, evaluation_findings, year_scores
from villagedesk.projects.usecases.levies import levy_findings, record_levied_days, record_levy
from villagedesk.projects.usecases.posts import end_post, post_findings, set_up_post
from villagedesk.projects.usecases.visits import (
    assess,
    contract_findings,
    record_inspection,
    record_survey,
    sign_contract,
    visit_findings,
    with_score,
)

__all__ = [
    "assess",
    "change_budget",
    "change_findings",
    "contract_findings",
    "end_post",
    "entrust",
    "evaluate_year",
    "evaluation_findings",
    "facts_findings",
    "import_wishes",
    "levy_findings",
    "post_findings",
    "record_inspection",
    "record_levied_days",
    "record_levy",
    "record_survey",
    "revise",
    "set_up_post",
    "shortlist",
    "sign_contract",
    "step_findings",
    "take_step",
    "visit_findings",
    "with_score",
    "year_scores",
]
