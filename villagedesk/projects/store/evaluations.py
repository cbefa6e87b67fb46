"""What a year's scores rest on, and the scores that are kept, as they are asked for."""

from datetime import date

from villagedesk.projects.evaluation import Subject
from villagedesk.projects.model import Contract, Evaluation, Inspection, InspectionKind, Post, Project, Survey
from villagedesk.projects.store.visits import post_name
from villagedesk.storage.desk import Desk


def subjects_of(desk: Desk, year: int) -> list[Subject]:
    """Return the year's projects, and the contracts and posts on them, with what was seen and said of them.

    A visit belongs to the year it was made in, an assessment to that of its quarter.
    """
    projects = desk.find(Project, "village_id = ? AND year = ?", [desk.office_id, year], "id")
    found = []
    for project in projects:
        visits = _visits(desk, project.id, year)
        first, last = date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
        surveys = desk.find(
            Survey, "project_id = ? AND held_on BETWEEN ? AND ?", [project.id, first, last], "held_on, rowid"
        )
        found.append(Subject(Project.table, project.id, project.name, visits, tuple(surveys)))
        for contract in desk.find(Contract, "project_id = ?", [project.id], "rowid"):
            own = tuple(visit for visit in visits if visit.contract_id == contract.id)
            found.append(Subject(Contract.table, contract.id, f"{contract.party}（{project.name}）", own))
        for post in desk.find(Post, "project_id = ?", [project.id], "rowid"):
            own = tuple(visit for visit in visits if visit.post_id == post.id)
            found.append(Subject(Post.table, post.id, post_name(desk, post), own))
    return found


def evaluations_of(desk: Desk, year: int, table: str = "") -> list[Evaluation]:
    """Return the scores that were kept for a year (of one table), the best of each first."""
    where, values = "village_id = ? AND year = ?", [desk.office_id, str(year)]
    if table:
        where, values = f"{where} AND subject_table = ?", [*values, table]
    return desk.find(Evaluation, where, values, "subject_table, place, rowid")


def scores_by_project(desk: Desk, year: int) -> dict[str, int]:
    """Return the kept scores of a year's projects in tenths of a point, by project."""
    return {one.subject_id: one.score for one in evaluations_of(desk, year, Project.table)}


def unassessed(desk: Desk, year: int, until: date) -> list[tuple[Post | Contract, str]]:
    """Return the posts and caretaking contracts with quarters of a year that are over and not assessed."""
    from villagedesk.kernel.dates import Period
    from villagedesk.projects.store.posts import assessment_of, assessments_of, posts_held

    found: list[tuple[Post | Contract, str]] = []
    for number in (1, 2, 3, 4):
        quarter = Period.quarter(year, number)
        if quarter.last > until:
            break
        posts = posts_held(desk, quarter)
        found += [(post, str(quarter)) for post in posts if assessment_of(desk, post, quarter) is None]
        held = {post.contract_id for post in posts}
        contracts = desk.find(
            Contract,
            "village_id = ? AND bands <> '' AND kind = 'caretaking' AND first_day <= ? AND last_day >= ?",
            [desk.office_id, quarter.last.isoformat(), quarter.first.isoformat()],
            "rowid",
        )
        found += [
            (contract, str(quarter))
            for contract in contracts
            if contract.id not in held and not assessments_of(desk, quarter, contract_id=contract.id)
        ]
    return found


def waiting_assessments(desk: Desk, project_id: str, until: date) -> list[tuple[Post | Contract, str]]:
    """Return a project's posts and caretaking contracts with quarters that are over and not assessed, oldest first."""
    year = desk.get(Project, project_id).year
    return [one for one in unassessed(desk, year, until) if one[0].project_id == project_id]


def _visits(desk: Desk, project_id: str, year: int) -> tuple[Inspection, ...]:
    visits = desk.find(Inspection, "project_id = ?", [project_id], "inspected_on, rowid")
    return tuple(visit for visit in visits if _year_of(visit) == year)


def _year_of(visit: Inspection) -> int:
    if visit.kind is InspectionKind.ASSESSMENT and visit.period:
        return int(visit.period[:4])
    return visit.inspected_on.year
