"""Contracts signed, work looked at and scored, people asked about it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.names import ungapped
from villagedesk.projects import rules, store
from villagedesk.projects.model import Contract, Inspection, InspectionKind, Mark, Post, Project, Survey
from villagedesk.projects.monthly import mean_of
from villagedesk.projects.scoresheets import scored, template_named
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Role
from villagedesk.village.pictures import keep_pictures, read_pictures


def sign_contract(desk: Desk, contract: Contract, reason: str = "", photos: Sequence[Path] = ()) -> Contract:
    """Record a signed contract, with photos of its paper, for good. Beyond the budget it needs a ``reason``.

    Raises RuleViolation when the project is not granted yet or the contract is incomplete, BadInput for a photo that
    is none.
    """
    acting(desk, Role.ACCOUNTANT)
    taken = read_pictures(photos)
    with desk.change("projects.contract.signed", reason=reason) as change:
        stop_at(contract_findings(desk, contract), reason)
        stored = change.put(replace(contract, party=ungapped(contract.party)))
        keep_pictures(change, Contract.table, stored.id, taken)
        return stored


def contract_findings(desk: Desk, contract: Contract) -> list[Finding]:
    """Return what stands against a contract, for the form and for signing alike."""
    figures = store.figures_of(desk, contract.project_id)
    today = desk.clock.now().date()
    found = list(rules.may_contract(figures.project, contract, figures.contracted_fen, today, figures.changed_fen))
    return [*found, *rules.sound_terms(contract, village_store.profile(desk).works.bands)]


def record_inspection(
    desk: Desk, inspection: Inspection, marks: Sequence[Mark] = (), photos: Sequence[Path] = (), reason: str = ""
) -> Inspection:
    """Record a visit to the work with its marks and photos, for good.

    By a score sheet (``template``) the score is the sum of its ``marks`` and says whether the work passed; what was
    typed for them does not count. Where months are assessed, the last of a quarter's months makes the quarter's score
    as well, and so does a later correction. Raises RuleViolation at the wrong time, by the wrong person, or with a
    sheet that is not filled rightly, BadInput for a photo that is none; nothing is kept then.
    """
    acting(desk, Role.ACCOUNTANT, Role.SUPERVISION)
    inspection = with_score(inspection, marks)
    taken = read_pictures(photos)
    with desk.change("projects.inspection.recorded", reason=reason) as change:
        stop_at(visit_findings(desk, inspection, marks), reason)
        stored = change.put(inspection)
        change.put_all(replace(mark, id="", version=0, inspection_id=stored.id) for mark in marks)
        keep_pictures(change, Inspection.table, stored.id, taken)
        _score_quarter(desk, change, stored)
        return stored


def _score_quarter(desk: Desk, change: Change, month: Inspection) -> None:
    """Store the quarter's assessment once all its months are there, and anew when one of them is corrected."""
    subject, _ = _subject(desk, month)
    if subject is None or not month.period or Period.parse(month.period).months != 1:
        return
    months = store.month_scores(desk, subject, Period.quarter_of(Period.parse(month.period).first))
    template = template_named(month.template)
    if months and template:
        change.put(mean_of(months, template.passes_from))


def assess(
    desk: Desk,
    subject: Post | Contract,
    period: Period,
    inspection: Inspection,
    marks: Sequence[Mark] = (),
    photos: Sequence[Path] = (),
    reason: str = "",
) -> Inspection:
    """Record how a post's or contract's quarter was assessed; a second time corrects the first, with a reason.

    ``inspection`` carries day, inspectors, note and template (or score). Raises as ``record_inspection`` does.
    """
    is_post = isinstance(subject, Post)
    whole = replace(
        inspection,
        project_id=subject.project_id,
        kind=InspectionKind.ASSESSMENT,
        period=str(period),
        post_id=subject.id if is_post else None,
        contract_id=None if is_post else subject.id,
    )
    return record_inspection(desk, whole, marks, photos, reason)


def with_score(inspection: Inspection, marks: Sequence[Mark]) -> Inspection:
    """Return a visit with the score its marks come to, and whether the work passed by it; without a sheet as it is."""
    template = template_named(inspection.template) if inspection.template else None
    if template is None:
        return inspection
    score = scored(marks)
    return replace(inspection, score=score, is_passed=score >= template.passes_from)


def visit_findings(desk: Desk, inspection: Inspection, marks: Sequence[Mark] = ()) -> list[Finding]:
    """Return what stands against a visit as typed, for the form and for recording alike."""
    project = desk.get(Project, inspection.project_id)
    today = desk.clock.now().date()
    found = list(rules.may_inspect(project, inspection, store.paid_names(desk, project.id), today))
    if any(finding.code == "projects.inspection_state" for finding in found):
        return found
    template = template_named(inspection.template) if inspection.template else None
    found += rules.sound_marks(inspection, template, marks)
    subject, wrong = _subject(desk, inspection)
    found += wrong
    if inspection.kind is InspectionKind.ASSESSMENT:
        rule = village_store.profile(desk).works.assessment
        found += rules.may_assess(inspection, subject, store.same_quarter(desk, inspection), today, rule)
    elif inspection.period:
        found.append(Finding("projects.period", "只有考核才写季度。", "period"))
    return found


def record_survey(desk: Desk, survey: Survey) -> Survey:
    """Record how content people are with a work, for good. Raises RuleViolation when it has not begun or sums fail."""
    acting(desk, Role.ACCOUNTANT, Role.SUPERVISION)
    project = desk.get(Project, survey.project_id)
    stop_at(rules.may_survey(project, survey, desk.clock.now().date()))
    with desk.change("projects.survey.recorded") as change:
        return change.put(survey)


def _subject(desk: Desk, inspection: Inspection) -> tuple[Post | Contract | None, list[Finding]]:
    """Return whose work a visit is about, and what is wrong with that."""
    if inspection.post_id and inspection.contract_id:
        return None, [Finding("projects.subject", "一次检查只针对一个岗位或一份合同。", "subject")]
    subject: Post | Contract | None = None
    if inspection.post_id:
        subject = desk.get(Post, inspection.post_id)
    elif inspection.contract_id:
        subject = desk.get(Contract, inspection.contract_id)
    if subject and subject.project_id != inspection.project_id:
        return None, [Finding("projects.subject", "这个岗位或合同不是这个项目的。", "subject")]
    return subject, []
