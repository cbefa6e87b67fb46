"""The practice year's caretakers: their posts, their quarters' scores, attendance, and the sheets that pay them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from villagedesk.app.practice import facts, moneyfacts
from villagedesk.app.practice.moneyfacts import Job, Scored
from villagedesk.kernel.dates import Period
from villagedesk.payments.model import Claim, PayrollKind
from villagedesk.payroll import usecases as payroll
from villagedesk.payroll.drafting import proposed
from villagedesk.payroll.model import Timesheet
from villagedesk.payroll.runs import absence_fen
from villagedesk.projects import usecases as projects
from villagedesk.projects.model import Contract, Inspection, InspectionKind, Post
from villagedesk.projects.scoresheets import template_named
from villagedesk.village.model import Person

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear

_SHEET = "caretaker"
_PERFORMANCE = {8: 2, 11: 3}
"""In which month the performance pay of which quarter is drawn up."""


def set_up_posts(year: "PracticeYear") -> None:
    """Write down who holds which post; who was hired by a contract holds it under the contract."""
    for job in moneyfacts.JOBS:
        year.posts[job.name] = _set_up(year, job)


def assess(year: "PracticeYear", quarter: int) -> None:
    """Score every caretaker's quarter in the first days after it; one score is corrected two days later."""
    month = 3 * quarter + 1
    for scored in moneyfacts.SCORED:
        if scored.quarter == quarter:
            year.at(month, 6 if scored.corrects else 4)
            _assess(year, scored)


def attend(year: "PracticeYear", month: int) -> None:
    """Write down who was absent in the month before."""
    absent_in, name, tenths, why = moneyfacts.ABSENT
    if month == absent_in + 1:
        post, period = year.posts[name], Period(2026, absent_in, 1)
        deduction = absence_fen(post.base_fen, tenths, period)
        sheet = Timesheet(post_id=post.id, month=str(period), absent_tenths=tenths, deduction_fen=deduction, note=why)
        payroll.record_timesheet(year.village, sheet)


def sheets(year: "PracticeYear", month: int) -> list[Claim]:
    """Draw up the pump keepers' base pay of the month before, and their performance pay when it is due."""
    wanted = [(PayrollKind.BASE, Period(2026, month - 1, 1))] if 5 <= month <= 10 else []
    if month in _PERFORMANCE:
        wanted.append((PayrollKind.PERFORMANCE, Period.quarter(2026, _PERFORMANCE[month])))
    project_id = year.projects[moneyfacts.PUMPS]
    made = []
    for kind, period in wanted:
        run = proposed(year.village, kind, project_id, period)
        made.append(payroll.make_payroll(year.village, run, moneyfacts.BOTH_JOBS)[1])
    return made


def _set_up(year: "PracticeYear", job: Job) -> Post:
    (person,) = year.village.find(Person, "name = ?", [job.name])
    project_id = year.projects[job.work]
    hired = year.village.find(Contract, "project_id = ? AND party = ?", [project_id, job.name])
    return projects.set_up_post(
        year.village,
        Post(
            project_id=project_id,
            person_id=person.id,
            payee_id=person.id,
            contract_id=hired[0].id if hired else None,
            duty=job.duty,
            area=job.area,
            base_fen=job.base_fen,
            performance_fen=job.performance_fen,
            bands=moneyfacts.BANDS,
            first_day=job.first_day,
        ),
        moneyfacts.STANDARDS,
    )


def _assess(year: "PracticeYear", scored: Scored) -> None:
    post, template = year.posts[scored.name], template_named(_SHEET)
    assert template
    off = {item: (points, why) for item, points, why in scored.off}
    marks = []
    for mark in template.blank():
        points, why = off.get(mark.item, (0, ""))
        marks.append(replace(mark, deducted=points, note=why))
    visit = Inspection(
        project_id=post.project_id,
        kind=InspectionKind.ASSESSMENT,
        inspected_on=year.clock.now().date(),
        score=0,
        is_passed=False,
        inspectors=facts.INSPECTORS_INSTEAD.get(_job(scored.name).work, moneyfacts.INSPECTORS),
        template=_SHEET,
    )
    quarter = Period.quarter(2026, scored.quarter)
    projects.assess(year.village, post, quarter, visit, marks, reason=scored.corrects)


def _job(name: str) -> Job:
    return next(job for job in moneyfacts.JOBS if job.name == name)
