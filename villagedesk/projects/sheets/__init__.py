"""Projects and all that belongs to them as sheets of paper."""

from villagedesk.projects.sheets.budgets import budget_sheet, proposal_sheet
from villagedesk.projects.sheets.ranking import TABLES, ranking_sheet
from villagedesk.projects.sheets.visits import acceptance_sheet, blank_score_sheet, score_sheet, settlement_sheet
from villagedesk.projects.sheets.works import project_card, shortlist_sheet, wish_sheet

__all__ = [
    "TABLES",
    "acceptance_sheet",
    "blank_score_sheet",
    "budget_sheet",
    "project_card",
    "proposal_sheet",
    "ranking_sheet",
    "score_sheet",
    "settlement_sheet",
    "shortlist_sheet",
    "wish_sheet",
]
