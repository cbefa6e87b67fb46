"""What must hold for a project's way from wish to assessment, and for its facts and money."""

from collections.abc import Iterator, Mapping
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.projects.catalogue import CLASSES, items_of
from villagedesk.projects.figures import Evidence
from villagedesk.projects.model import Project, ProjectState
from villagedesk.village.model import Fund

S = ProjectState

STEPS: Mapping[ProjectState, frozenset[ProjectState]] = {
    S.WISHED: frozenset({S.SHORTLISTED, S.REJECTED}),
    S.SHORTLISTED: frozenset({S.PROPOSED, S.REJECTED}),
    S.PROPOSED: frozenset({S.RESOLVED, S.SHORTLISTED, S.REJECTED}),
    S.RESOLVED: frozenset({S.PUBLICIZED}),
    S.PUBLICIZED: frozenset({S.GRANTED, S.REJECTED}),
    S.GRANTED: frozenset({S.RUNNING}),
    S.RUNNING: frozenset({S.ACCEPTED}),
    S.ACCEPTED: frozenset({S.ASSESSED}),
    S.ASSESSED: frozenset(),
    S.REJECTED: frozenset(),
}
"""Where a project may go from each state. Back from 提议 to 初选 is the township's or the meeting's wish for changes."""

WAY: tuple[ProjectState, ...] = (
    S.WISHED,
    S.SHORTLISTED,
    S.PROPOSED,
    S.RESOLVED,
    S.PUBLICIZED,
    S.GRANTED,
    S.RUNNING,
    S.ACCEPTED,
    S.ASSESSED,
)
"""The straight way of a project."""

OPEN_STATES = frozenset({S.WISHED, S.SHORTLISTED, S.PROPOSED})
"""While a project stands here its facts may be revised."""

PAPERS: Mapping[ProjectState, tuple[str, ...]] = {
    S.WISHED: ("项目征求意见表", "意见收集汇总表"),
    S.SHORTLISTED: ("签到册", "会议纪要", "初选项目表"),
    S.PROPOSED: ("签到册", "会议记录", "初步实施方案"),
    S.RESOLVED: ("实施方案", "签到册", "表决结果", "两小组名单"),
    S.PUBLICIZED: ("公示表", "公示照片"),
    S.GRANTED: ("批复",),
    S.RUNNING: ("合同或管护协议", "检查记录"),
    S.ACCEPTED: ("验收单", "结算单"),
    S.ASSESSED: ("考核表",),
    S.REJECTED: ("说明",),
}
"""The papers each step leaves (domain §2, project cycle)."""

_WANTS_PAPER = frozenset({S.PUBLICIZED, S.GRANTED})


def may_step(
    project: Project,
    state: ProjectState,
    taken_on: date,
    evidence: Evidence,
    *,
    note: str = "",
    has_paper: bool = False,
) -> Iterator[Finding]:
    """A project goes only where the table of steps leads, in the order of days, and with what the step rests on."""
    if state not in STEPS[project.state]:
        yield _not_next(project, state)
        return
    yield from in_order(taken_on, evidence)
    if state is S.REJECTED or (project.state, state) == (S.PROPOSED, S.SHORTLISTED):
        yield from _explained(note)
    if state in (S.PROPOSED, S.RESOLVED):
        yield from passes_both_tests(project)
        yield from has_money(project, evidence)
    yield from _rests_on(state, evidence)
    if state in _WANTS_PAPER and not has_paper:
        message = f"“{state.label}”应附上{'、'.join(PAPERS[state])}；暂时没有，请在说明里写清楚。"
        yield Finding("projects.paper", message, "paper", severity=Severity.WARNING)


def sound_facts(project: Project) -> Iterator[Finding]:
    """A project has a name, a year, a class and sub-item of the fixed list, and a budget that is not negative."""
    if not project.name.strip():
        yield Finding("projects.name", "请写上项目名称。", "name")
    if not 1990 <= project.year <= 2200:
        yield Finding("projects.year", "年度应是四位年份。", "year")
    if project.class_code not in {service.code for service in CLASSES}:
        yield Finding("projects.class", "项目类别应是四类中的一类。", "class_code")
    elif project.item not in items_of(project.class_code):
        choices = "、".join(items_of(project.class_code))
        yield Finding("projects.item", f"这一类的子项有：{choices}。", "item")
    if project.budget_fen < 0:
        yield Finding("projects.budget", "预算不能是负数。", "budget_fen")


def passes_both_tests(project: Project, severity: Severity = Severity.BLOCK) -> Iterator[Finding]:
    """A project has no other money and must really be done (两个标准：没有其他资金来源、必须发生)."""
    if project.has_other_money:
        message = f"“{project.name}”有其他资金来源，不符合申报条件。"
        yield Finding("projects.other_money", message, "has_other_money", "没有其他资金来源", severity)
    if not project.is_necessary:
        message = f"“{project.name}”不是必须发生的，不符合申报条件。"
        yield Finding("projects.necessary", message, "is_necessary", "必须发生", severity)


def has_money(project: Project, evidence: Evidence) -> Iterator[Finding]:
    """A project has a budget and a fund of its own year, whose plan and carried money hold for all its projects."""
    if project.budget_fen <= 0:
        yield Finding("projects.no_budget", f"“{project.name}”还没有填预算。", "budget_fen")
    if evidence.fund is None:
        yield Finding("projects.no_fund", f"“{project.name}”还没有选资金来源。", "fund_id")
        return
    yield from of_own_year(project, evidence.fund)
    over = evidence.committed_fen + project.budget_fen - evidence.fund.planned_fen - evidence.begun_fen
    if over > 0:
        what = "计划和上年结转" if evidence.begun_fen else "计划"
        message = f"加上“{project.name}”，{evidence.fund.name}的预算会超过{what}{yuan(over)}元，请压减预算或另选资金。"
        place = f"village:{evidence.fund.id}"
        yield Finding("projects.over_plan", message, "budget_fen", "专账专用，严禁超计划安排", place=place)


def of_own_year(project: Project, fund: Fund) -> Iterator[Finding]:
    """A project is paid from a fund of its own year (一年一专账)."""
    if fund.year != project.year:
        message = f"资金是{fund.year}年的，项目是{project.year}年的，不能混用。"
        yield Finding("projects.fund_year", message, "fund_id", "一村一年一来源一专账")


def in_order(taken_on: date, evidence: Evidence) -> Iterator[Finding]:
    """A step is dated neither before the one before it nor in the future."""
    if taken_on > evidence.today:
        yield Finding("projects.future", f"日期{chinese_date(taken_on)}还没有到。", "taken_on")
    if evidence.last_step and taken_on < evidence.last_step:
        message = f"日期不能早于上一步（{chinese_date(evidence.last_step)}）。"
        yield Finding("projects.order", message, "taken_on")


def _not_next(project: Project, state: ProjectState) -> Finding:
    nexts = [after.label for after in ProjectState if after in STEPS[project.state]]
    then = f"下一步只能是“{'”或“'.join(nexts)}”" if nexts else "已经办完，没有下一步"
    message = f"“{project.name}”现在是“{project.state.label}”，不能直接到“{state.label}”；{then}。"
    return Finding("projects.step", message, "state", "项目办理程序")


def _explained(note: str) -> Iterator[Finding]:
    if not note.strip():
        yield Finding("projects.note", "请在说明里写清楚为什么。", "note")


def _rests_on(state: ProjectState, evidence: Evidence) -> Iterator[Finding]:
    if state is S.RESOLVED and not evidence.has_motion:
        message = "村民（代表）会议还没有通过这个项目，请先登记会议和表决。"
        yield Finding("projects.no_motion", message, "state", "村民议、村民定")
    if state is S.RUNNING and not evidence.has_contract:
        message = "还没有登记承包合同或管护协议；不需要签的，请在说明里写清楚。"
        yield Finding("projects.no_contract", message, "state", severity=Severity.WARNING)
    if state is S.ACCEPTED and not evidence.is_accepted:
        yield Finding("projects.no_acceptance", "还没有通过验收，请先登记验收记录。", "state")
    if state is S.ASSESSED and not evidence.is_assessed:
        yield Finding("projects.no_assessment", "还没有考核，请先登记考核记录。", "state")
