"""A project's way from the wish: the first list, its facts, the steps."""

import mimetypes
from dataclasses import replace
from datetime import date
from pathlib import Path

from villagedesk.kernel.errors import BadInput, stop_at
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.progress import Progress
from villagedesk.projects import rules, store
from villagedesk.projects.figures import Evidence, WishCount
from villagedesk.projects.model import Project, ProjectState, Step, Wish
from villagedesk.projects.wishlist import wish_lines
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import read_grid
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Fund, Role


def import_wishes(desk: Desk, path: Path, year: int, progress: Progress | None = None) -> int:
    """Take in the wishes collected for a year, all of them or nothing; households are matched by number.

    Returns how many households were heard. Raises BadInput with problems by row and column.
    """
    acting(desk, Role.ACCOUNTANT)
    households, heard = village_store.households_by_number(desk), store.heard_households(desk, year)
    lines = wish_lines(read_grid(path), households, heard, desk.clock.now().date())
    progress = progress or Progress()
    progress.start("导入意愿", len(lines))
    with desk.change("projects.wishes.imported", reason=path.name) as change:
        for line in lines:
            progress.step()
            change.put_all(
                Wish(
                    household_id=line.household_id,
                    year=year,
                    place=place,
                    item=item,
                    spokesman=line.spokesman,
                    signed_on=line.signed_on,
                )
                for place, item in enumerate(line.items, 1)
            )
    return len(lines)


def shortlist(
    desk: Desk, project: Project, taken_on: date | None = None, *, note: str = "", reason: str = ""
) -> Project:
    """Put a project on the list of the first choice (初选). Its name is the wish it answers, if it answers one.

    A project that fails one of the two tests needs a ``reason``. Raises RuleViolation otherwise, or when its facts
    are unsound or the year already has a project of this name.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    day = taken_on or desk.clock.now().date()
    wished = next((wish for wish in store.wish_ranking(desk, project.year) if wish.item == project.name), None)
    findings = facts_findings(desk, project)
    last_step = wished.last_day if wished else None
    findings += rules.in_order(day, Evidence(today=desk.clock.now().date(), last_step=last_step))
    stop_at(findings, reason)
    with desk.change("projects.project.shortlisted", reason=reason) as change:
        project = change.put(replace(project, state=ProjectState.SHORTLISTED))
        if wished:
            _put_step(change, project.id, ProjectState.WISHED, wished.last_day, actor.id, note=_wished_note(wished))
        _put_step(change, project.id, ProjectState.SHORTLISTED, day, actor.id, note=note)
    return project


def revise(desk: Desk, project: Project, reason: str = "") -> Project:
    """Store changed facts of a project that no meeting has resolved yet. Its state stays as it is.

    Raises RuleViolation when it is already resolved, or for the reasons ``shortlist`` does.
    """
    acting(desk, Role.ACCOUNTANT)
    before = desk.get(Project, project.id)
    if before.state not in rules.OPEN_STATES:
        message = f"“{before.name}”现在是“{before.state.label}”，内容已经定下来，不能再改。"
        stop_at([Finding("projects.frozen", message, "state")])
    stop_at(facts_findings(desk, project), reason)
    with desk.change("projects.project.revised", reason=reason) as change:
        return change.put(replace(project, state=before.state))


def facts_findings(desk: Desk, project: Project) -> list[Finding]:
    """Return what is not right with a project's facts, for the form and for storing alike."""
    findings = [*rules.sound_facts(project), *rules.passes_both_tests(project, Severity.WARNING)]
    same = store.project_named(desk, project.name, project.year)
    if same and same.id != project.id:
        findings.append(Finding("projects.twice", f"{project.year}年已经有“{project.name}”。", "name"))
    if project.fund_id:
        fund = desk.get(Fund, project.fund_id)
        findings += rules.of_own_year(project, fund)
        balance = village_store.fund_balance(desk, fund.id)
        if project.budget_fen > balance.available_fen:
            whole = "全部计划和上年结转" if balance.opening_fen else "全部计划"
            message, place = f"预算超过了“{fund.name}”的{whole}。", f"village:{fund.id}"
            findings.append(Finding("projects.over_plan", message, "budget_fen", place=place))
    return findings


def entrust(desk: Desk, project_id: str, manager: str) -> Project:
    """Name who is in charge of a project from now on; possible at any time. Raises RuleViolation without a name."""
    acting(desk, Role.ACCOUNTANT, Role.HEAD)
    if not manager.strip():
        stop_at([Finding("projects.manager", "请写上项目负责人的姓名。", "manager")])
    with desk.change("projects.project.entrusted") as change:
        return change.put(replace(desk.get(Project, project_id), manager=manager.strip()))


def step_findings(
    desk: Desk, project_id: str, state: ProjectState, taken_on: date, note: str = "", *, has_paper: bool = False
) -> list[Finding]:
    """Return what stands against a step, warnings included, for the form that asks for it."""
    project = desk.get(Project, project_id)
    evidence = store.evidence_of(desk, project, taken_on)
    return list(rules.may_step(project, state, taken_on, evidence, note=note, has_paper=has_paper))


def take_step(
    desk: Desk,
    project_id: str,
    state: ProjectState,
    taken_on: date | None = None,
    note: str = "",
    paper: Path | None = None,
) -> Project:
    """Move a project on to ``state``; ``paper`` is the file that shows it. Warnings pass with a written ``note``.

    Raises RuleViolation when the step does not follow or what it rests on is missing, BadInput for a missing file.
    """
    actor = acting(desk, Role.ACCOUNTANT, Role.HEAD)
    day = taken_on or desk.clock.now().date()
    stop_at(step_findings(desk, project_id, state, day, note, has_paper=paper is not None), note)
    content = _content(paper) if paper else None
    with desk.change(f"projects.project.{state}", reason=note) as change:
        paper_id = None
        if paper and content is not None:
            paper_id = change.attach(paper.name, _media_type(paper), content).id
        _put_step(change, project_id, state, day, actor.id, note=note, paper_id=paper_id)
        return change.put(replace(desk.get(Project, project_id), state=state))


def _put_step(
    change: Change,
    project_id: str,
    state: ProjectState,
    day: date,
    taken_by: str,
    *,
    note: str = "",
    paper_id: str | None = None,
) -> None:
    change.put(Step(project_id=project_id, state=state, taken_on=day, note=note, paper_id=paper_id, taken_by=taken_by))


def _wished_note(wish: WishCount) -> str:
    return f"{wish.households}户提出（第一意愿{wish.first}户、第二意愿{wish.second}户、第三意愿{wish.third}户）"


def _content(paper: Path) -> bytes:
    try:
        return paper.read_bytes()
    except OSError as error:
        raise BadInput(paper.name, "读不到这个文件，请检查文件是否还在、U盘是否插好。") from error


def _media_type(paper: Path) -> str:
    return mimetypes.guess_type(paper.name)[0] or "application/octet-stream"
