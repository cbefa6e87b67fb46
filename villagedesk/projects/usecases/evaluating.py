"""A year's scores and ranking kept."""

from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.projects import rules, store
from villagedesk.projects.evaluation import Score, ranking
from villagedesk.projects.model import Evaluation, Post
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Person, Role


def evaluate_year(desk: Desk, year: int, reason: str = "") -> list[Evaluation]:
    """Keep the year's scores and places of all projects, contracts and posts anything is known about, for good.

    Before the year is over, or with quarters that were not assessed, it needs a ``reason``. Raises RuleViolation
    otherwise, for a year that was evaluated before, or without anything to go by.
    """
    actor = acting(desk, Role.ACCOUNTANT, Role.SUPERVISION)
    with desk.change("projects.year.evaluated", reason=reason) as change:
        stop_at(evaluation_findings(desk, year), reason)
        return change.put_all(
            Evaluation(
                year=year,
                subject_table=score.subject.table,
                subject_id=score.subject.id,
                score=score.tenths,
                place=score.place,
                arithmetic=score.arithmetic,
                made_by=actor.id,
            )
            for score in year_scores(desk, year)
        )


def year_scores(desk: Desk, year: int) -> list[Score]:
    """Return what the year's scores come to now, table by table, the best of each first; nothing is kept."""
    rule = village_store.profile(desk).works.evaluation
    subjects = store.subjects_of(desk, year)
    tables = dict.fromkeys(subject.table for subject in subjects)
    return [score for table in tables for score in ranking((one for one in subjects if one.table == table), rule)]


def evaluation_findings(desk: Desk, year: int) -> list[Finding]:
    """Return what stands against evaluating a year, for the page and for doing it alike."""
    today = desk.clock.now().date()
    missing = []
    for subject, quarter in store.unassessed(desk, year, today):
        name = desk.get(Person, subject.person_id).name if isinstance(subject, Post) else subject.party
        missing.append((name, Period.parse(quarter).label, subject.project_id))
    return list(rules.may_evaluate(year, year_scores(desk, year), store.evaluations_of(desk, year), missing, today))
