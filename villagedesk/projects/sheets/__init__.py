"""Projects and all that belongs to them as sheets of paper."""

from villagedesk.projects.sheets.works import project_card, shortlist_sheet, wish_sheet

__all__ = [
    "project_card",
    "shortlist_sheet",
    "wish_sheet",
]
