"""The sheets about wishes and projects, filled from the books."""

from villagedesk.projects import sheets, store
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.store import fund_balances, office


def wish_sheet(desk: Desk, year: int) -> Sheet:
    """Return a year's summary of wishes."""
    return sheets.wish_sheet(office(desk), year, store.wish_ranking(desk, year), store.coverage(desk, year))


def shortlist_sheet(desk: Desk, year: int) -> Sheet:
    """Return a year's list of projects, in the order they were entered."""
    projects = [figures.project for figures in store.projects_of(desk, year)]
    funds = {balance.fund.id: balance.fund for balance in fund_balances(desk)}
    wished = {count.item: count.households for count in store.wish_ranking(desk, year)}
    return sheets.shortlist_sheet(office(desk), year, projects, funds, wished)


def project_card(desk: Desk, project_id: str) -> Sheet:
    """Return a project's card. Raises KeyError when there is no such project."""
    figures = store.figures_of(desk, project_id)
    fund_id = figures.project.fund_id
    return sheets.project_card(
        office(desk),
        figures,
        desk.get(Fund, fund_id) if fund_id else None,
        store.steps_of(desk, project_id),
        store.contracts_of(desk, project_id),
        store.inspections_of(desk, project_id),
    )
