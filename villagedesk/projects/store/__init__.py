"""Projects and all that belongs to them as it is asked for, one room for each matter."""

from villagedesk.projects.bands import band_of
from villagedesk.projects.store.budgets import CHANGED, CHANGED_BY, IN_FORCE, budget_in_force
from villagedesk.projects.store.posts import assessment_of, assessments_of, posts_held, posts_of
from villagedesk.projects.store.visits import (
    bands_of,
    contracts_of,
    inspections_of,
    last_inspection,
    levies_of,
    levy_of,
    surveys_of,
)
from villagedesk.projects.store.wishes import coverage, heard_households, wish_ranking, wishes_of
from villagedesk.projects.store.works import (
    COMMITTED,
    committed_fen,
    evidence_of,
    figures_of,
    has_passed_motion,
    last_step_day,
    project_ids,
    project_lines,
    project_named,
    projects_by_name,
    projects_of,
    steps_of,
    years,
)

__all__ = [
    "CHANGED",
    "CHANGED_BY",
    "COMMITTED",
    "IN_FORCE",
    "assessment_of",
    "assessments_of",
    "band_of",
    "bands_of",
    "budget_in_force",
    "committed_fen",
    "contracts_of",
    "coverage",
    "evidence_of",
    "figures_of",
    "has_passed_motion",
    "heard_households",
    "inspections_of",
    "last_inspection",
    "last_step_day",
    "levies_of",
    "levy_of",
    "posts_held",
    "posts_of",
    "project_ids",
    "project_lines",
    "project_named",
    "projects_by_name",
    "projects_of",
    "steps_of",
    "surveys_of",
    "wish_ranking",
    "wishes_of",
    "years",
]
