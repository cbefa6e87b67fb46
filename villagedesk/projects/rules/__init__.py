"""What must hold for projects and all that belongs to them, one room for each matter."""

from villagedesk.projects.bands import within_due
from villagedesk.projects.rules.budgets import OWN_FUND, RESOLVED_ONLY, Moves, may_change_budget
from villagedesk.projects.rules.course import (
    OPEN_STATES,
    PAPERS,
    STEPS,
    WAY,
    has_money,
    in_order,
    may_step,
    of_own_year,
    passes_both_tests,
    sound_facts,
)
from villagedesk.projects.rules.evaluations import may_evaluate
from villagedesk.projects.rules.levies import may_count_days, may_levy
from villagedesk.projects.rules.marks import sound_marks, sound_terms
from villagedesk.projects.rules.posts import Around, may_assess, may_end, may_set_up
from villagedesk.projects.rules.visits import may_contract, may_inspect, may_survey, names_in

__all__ = [
    "OPEN_STATES",
    "OWN_FUND",
    "PAPERS",
    "RESOLVED_ONLY",
    "STEPS",
    "WAY",
    "Around",
    "Moves",
    "has_money",
    "in_order",
    "may_assess",
    "may_change_budget",
    "may_contract",
    "may_count_days",
    "may_end",
    "may_evaluate",
    "may_inspect",
    "may_levy",
    "may_set_up",
    "may_step",
    "may_survey",
    "names_in",
    "of_own_year",
    "passes_both_tests",
    "sound_facts",
    "sound_marks",
    "sound_terms",
    "within_due",
]
