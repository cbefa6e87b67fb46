"""What the books say about a period, gathered for the board by matter; sums are counted in SQL, money is fen."""

from villagedesk.disclosure.books.money import (
    ArrivalLine,
    FundFlow,
    MonthLine,
    ProjectSpending,
    VoucherLine,
    arrivals_of,
    fund_flows,
    months_of,
    spending_by_project,
    vouchers_of,
)
from villagedesk.disclosure.books.people import contracts_of, overseers_of
from villagedesk.disclosure.books.visits import inspections_of
from villagedesk.disclosure.books.works import (
    ProjectLine,
    Resolution,
    budgeted_projects,
    levies_between,
    projects_by_motion,
    projects_of,
    resolutions_about,
    resolutions_of,
    steps_in,
    votes_between,
    votes_of_meeting,
)

__all__ = [
    "ArrivalLine",
    "FundFlow",
    "MonthLine",
    "ProjectLine",
    "ProjectSpending",
    "Resolution",
    "VoucherLine",
    "arrivals_of",
    "budgeted_projects",
    "contracts_of",
    "fund_flows",
    "inspections_of",
    "levies_between",
    "months_of",
    "overseers_of",
    "projects_by_motion",
    "projects_of",
    "resolutions_about",
    "resolutions_of",
    "spending_by_project",
    "steps_in",
    "votes_between",
    "votes_of_meeting",
    "vouchers_of",
]
