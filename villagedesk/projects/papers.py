"""The sheets about wishes and projects, filled from the books."""

from villagedesk.projects import sheets, store
from villagedesk.projects.budget import Proposal, proposals
from villagedesk.projects.model import Inspection, InspectionKind
from villagedesk.projects.scoresheets import Template, template_named
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund, Person
from villagedesk.village.store import fund_balances, office, profile


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
        [(desk.get(Person, post.person_id).name, post) for post in store.posts_of(desk, project_id)],
    )


def budget_sheet(desk: Desk, year: int) -> Sheet:
    """Return a year's budget with its versions."""
    return sheets.budget_sheet(office(desk), store.budget_of(desk, year))


def proposal_sheet(desk: Desk, year: int) -> Sheet:
    """Return what the year after ``year`` is proposed to be given."""
    rule = profile(desk).works.allocation
    return sheets.proposal_sheet(office(desk), year, proposals_of(desk, year), rule)


def proposals_of(desk: Desk, year: int) -> list[Proposal]:
    """Return what each project of a year is proposed for the next; nothing is written."""
    rule = profile(desk).works.allocation
    return proposals(store.budget_of(desk, year).rows, store.scores_by_project(desk, year), rule)


def blank_score_sheet(desk: Desk, template: Template) -> Sheet:
    """Return a score sheet to fill in by hand."""
    return sheets.blank_score_sheet(office(desk), template)


def score_sheet(desk: Desk, inspection_id: str) -> Sheet:
    """Return a visit with its marks. Raises KeyError when there is no such visit."""
    visit = desk.get(Inspection, inspection_id)
    return sheets.score_sheet(
        office(desk),
        template_named(visit.template) if visit.template else None,
        visit,
        store.marks_of(desk, visit.id),
        store.subject_name(desk, visit),
        store.bands_of(desk, store.bands_key(desk, visit)),
        len(store.photos_of(desk, visit.id)),
    )


def acceptance_sheet(desk: Desk, project_id: str) -> Sheet:
    """Return a project's acceptance. Raises KeyError when there is no such project."""
    visits = [one for one in store.inspections_of(desk, project_id) if one.kind is InspectionKind.ACCEPTANCE]
    marks = {visit.id: store.marks_of(desk, visit.id) for visit in visits}
    figures = store.figures_of(desk, project_id)
    return sheets.acceptance_sheet(office(desk), figures, store.contracts_of(desk, project_id), visits, marks)


def settlement_sheet(desk: Desk, project_id: str) -> Sheet:
    """Return a project's settlement as of today. Raises KeyError when there is no such project."""
    figures, settled = store.figures_of(desk, project_id), store.settlements_of(desk, project_id)
    return sheets.settlement_sheet(office(desk), figures, settled, desk.clock.now().date())


def ranking_sheet(desk: Desk, year: int) -> Sheet:
    """Return a year's kept scores and places."""
    names = {subject.id: subject.name for subject in store.subjects_of(desk, year)}
    return sheets.ranking_sheet(
        office(desk), year, store.evaluations_of(desk, year), names, profile(desk).works.evaluation
    )
