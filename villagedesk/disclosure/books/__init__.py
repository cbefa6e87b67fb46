"""What the books say about a period, gathered for the board by matter; sums are counted in SQL, money is fen."""

from villagedesk.disclosure.books.money import (
    FundFlow,
    PayLine,
    ProjectSpending,
    VoucherLine,
    fund_flows,
    pay_lines_of,
    spending_by_project,
    vouchers_of,
)
from villagedesk.disclosure.books.people import contracts_of, overseers_of
from villagedesk.disclosure.books.visits import inspections_of
from villagedesk.disclosure.books.works import ProjectLine, Resolution, projects_of, resolutions_of

__all__ = [
    "FundFlow",
    "PayLine",
    "ProjectLine",
    "ProjectSpending",
    "Resolution",
    "VoucherLine",
    "contracts_of",
    "fund_flows",
    "inspections_of",
    "overseers_of",
    "pay_lines_of",
    "projects_of",
    "resolutions_of",
    "spending_by_project",
    "vouchers_of",
]
