"""What must hold for projects: their way from wish to assessment, their money, contracts and inspections."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import LARGEST_FEN, yuan
from villagedesk.projects.catalogue import CLASSES, items_of
from villagedesk.projects.figures import Evidence
from villagedesk.projects.model import Contract, Inspection, InspectionKind, Levy, Project, ProjectState, Survey
from villagedesk.village.model import Fund
from villagedesk.village.profile import LevyRule

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
    """A project has a budget and a fund of its own year, and the fund's plan holds for all its projects (专账)."""
    if project.budget_fen <= 0:
        yield Finding("projects.no_budget", f"“{project.name}”还没有填预算。", "budget_fen")
    if evidence.fund is None:
        yield Finding("projects.no_fund", f"“{project.name}”还没有选资金来源。", "fund_id")
        return
    yield from of_own_year(project, evidence.fund)
    over = evidence.committed_fen + project.budget_fen - evidence.fund.planned_fen
    if over > 0:
        message = f"加上“{project.name}”，{evidence.fund.source}的预算会超过计划{yuan(over)}元，请压减预算或另选资金。"
        yield Finding("projects.over_plan", message, "budget_fen", "专账专用，严禁超计划安排")


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


def may_contract(
    project: Project, contract: Contract, contracted_fen: int, today: date, changed_fen: int = 0
) -> Iterator[Finding]:
    """A contract is signed for a granted or running project, says who does what, and fits the budget in force."""
    if project.state not in (S.GRANTED, S.RUNNING):
        message = f"“{project.name}”现在是“{project.state.label}”，批复后、实施中才能签合同。"
        yield Finding("projects.contract_state", message, "project_id")
        return
    for field, label in (("party", "承包人或管护员"), ("scope", "工作范围"), ("pay_cycle", "付款方式")):
        if not getattr(contract, field).strip():
            yield Finding(f"projects.contract_{field}", f"请写上{label}。", field)
    if contract.amount_fen <= 0:
        yield Finding("projects.contract_amount", "合同金额应大于零。", "amount_fen")
    if contract.last_day < contract.first_day:
        yield Finding("projects.contract_term", "合同的止日早于起日。", "last_day")
    if contract.signed_on > today:
        yield Finding("projects.future", f"签订日期{chinese_date(contract.signed_on)}还没有到。", "signed_on")
    over = contracted_fen + contract.amount_fen - project.budget_fen - changed_fen
    if over > 0:
        message = f"合同加起来超过项目预算{yuan(over)}元，请核对；确实如此请写明原因。"
        yield Finding("projects.contract_over", message, "amount_fen", severity=Severity.WARNING)


def may_inspect(project: Project, inspection: Inspection, parties: frozenset[str], today: date) -> Iterator[Finding]:
    """Work is inspected while it runs and assessed from then on, never by those who are paid for it."""
    allowed = {S.RUNNING, S.ACCEPTED} if inspection.kind is InspectionKind.ASSESSMENT else {S.RUNNING}
    if project.state not in allowed:
        message = f"“{project.name}”现在是“{project.state.label}”，不能登记{inspection.kind.label}。"
        yield Finding("projects.inspection_state", message, "project_id")
        return
    if not 0 <= inspection.score <= 100:
        yield Finding("projects.score", "得分应是0到100。", "score")
    if inspection.inspected_on > today:
        yield Finding("projects.future", f"检查日期{chinese_date(inspection.inspected_on)}还没有到。", "inspected_on")
    if not inspection.inspectors.strip():
        yield Finding("projects.inspectors", "请写上检查人的姓名。", "inspectors")
    own = sorted(parties & names_in(inspection.inspectors))
    if own:
        message = f"{'、'.join(own)}是承包人或管护员，不能检查自己的活。"
        yield Finding("projects.own_work", message, "inspectors", "经办与检查分离")
    if not inspection.is_passed and not inspection.note.strip():
        yield Finding("projects.inspection_note", "没有通过的，请写明哪里不合格。", "note")


def may_survey(project: Project, survey: Survey, today: date) -> Iterator[Finding]:
    """People are asked about work that has begun; nobody answers twice, and not everybody need answer."""
    if project.state not in (S.RUNNING, S.ACCEPTED, S.ASSESSED):
        message = f"“{project.name}”现在是“{project.state.label}”，实施以后才能登记满意度调查。"
        yield Finding("projects.survey_state", message, "project_id")
        return
    if survey.held_on > today:
        yield Finding("projects.future", f"调查日期{chinese_date(survey.held_on)}还没有到。", "held_on")
    if not survey.way.strip():
        yield Finding("projects.survey_way", "请写上怎样调查的，例如逐户走访、发问卷。", "way")
    if survey.asked <= 0:
        yield Finding("projects.survey_asked", "调查人数应大于零。", "asked")
        return
    if min(survey.good, survey.fair, survey.poor) < 0:
        yield Finding("projects.survey_answers", "好、中、差的人数不能是负数。", "good")
        return
    answered = survey.good + survey.fair + survey.poor
    if answered > survey.asked:
        sums = f"{survey.good}＋{survey.fair}＋{survey.poor}＝{answered}人"
        message = f"好、中、差加起来是{sums}，比调查人数{survey.asked}人多，请核对。"
        yield Finding("projects.survey_answers", message, "asked")


def may_levy(
    project: Project, levy: Levy, others: Sequence[Levy], rule: LevyRule, today: date, *, has_motion: bool
) -> Iterator[Finding]:
    """What is levied was resolved by the villagers, asks for something, and stays within the caps on a head and year.

    ``others`` are the year's other levies: what the same people give to all of them should stay within the caps too.
    """
    if project.state is S.REJECTED:
        message = f"“{project.name}”没有通过，不能筹资筹劳。"
        yield Finding("projects.levy_state", message, "project_id")
        return
    if any(other.project_id == project.id for other in others):
        message = f"“{project.name}”已经登记过筹资筹劳，议定的数不能再改。"
        yield Finding("projects.levy_twice", message, "project_id")
        return
    if levy.resolved_on > today:
        yield Finding("projects.future", f"议定日期{chinese_date(levy.resolved_on)}还没有到。", "resolved_on")
    elif not has_motion:
        message = "到这一天村民（代表）会议还没有通过这个项目，请先登记会议和表决。"
        yield Finding("projects.levy_motion", message, "resolved_on", "一事一议：由村民会议或村民代表会议议定")
    yield from _whole_levy(levy)
    yield from _within_caps(levy, others, rule)


def _whole_levy(levy: Levy) -> Iterator[Finding]:
    counts = (levy.payers, levy.exempt, levy.fen_per_head, levy.workers, levy.days_per_head)
    if min(counts) < 0:
        yield Finding("projects.levy_negative", "人数、金额和工日都不能是负数。", "payers")
        return
    if bool(levy.payers) != bool(levy.fen_per_head):
        yield Finding("projects.levy_money", "筹资要写人数和每人多少钱；不筹资的两项都空着。", "payers")
    if bool(levy.workers) != bool(levy.days_per_head):
        yield Finding("projects.levy_days", "筹劳要写劳动力人数和每人几个工日；不筹劳的两项都空着。", "workers")
    if not any((levy.payers, levy.fen_per_head, levy.workers, levy.days_per_head)):
        yield Finding("projects.levy_empty", "请写上筹资或者筹劳。", "payers")
    if levy.planned_fen > LARGEST_FEN:
        yield Finding("projects.levy_large", "筹资合计太大，最多十位整数，请核对。", "fen_per_head")


def _within_caps(levy: Levy, others: Sequence[Levy], rule: LevyRule) -> Iterator[Finding]:
    money, days = levy.fen_per_head, levy.days_per_head
    if money > rule.most_fen:
        message = f"每人筹{yuan(money)}元，超过每人每年{yuan(rule.most_fen)}元的上限。"
        yield Finding("projects.levy_cap", message, "fen_per_head", rule.source)
    if days > rule.most_days:
        message = f"每人筹{days}个工日，超过每个劳动力每年{rule.most_days}个工日的上限。"
        yield Finding("projects.levy_cap", message, "days_per_head", rule.source)
    all_money = money + sum(other.fen_per_head for other in others)
    all_days = days + sum(other.days_per_head for other in others)
    if money <= rule.most_fen < all_money or days <= rule.most_days < all_days:
        message = (
            f"今年已经有{len(others)}次筹资筹劳，每人加起来{yuan(all_money)}元、{all_days}个工日，超过一年的上限；"
            "不是同一些人的，请写明原因。"
        )
        yield Finding("projects.levy_year", message, "fen_per_head", rule.source, Severity.WARNING)


def may_count_days(levy: Levy, days_worked: int) -> Iterator[Finding]:
    """Days worked are counted on, never back; beyond what was resolved only with a reason."""
    if not levy.planned_days:
        yield Finding("projects.levy_no_days", "这个项目没有议定筹劳，不用登记出工。", "days_worked")
        return
    if days_worked <= levy.days_worked:
        message = f"已经登记出工{levy.days_worked}个工日，累计数只能比它大。"
        yield Finding("projects.levy_back", message, "days_worked")
    elif days_worked > levy.planned_days:
        message = f"议定的是{levy.planned_days}个工日，填的{days_worked}个超过了；确实如此请写明原因。"
        yield Finding("projects.levy_over", message, "days_worked", severity=Severity.WARNING)


def names_in(written: str) -> frozenset[str]:
    """Return the single names in a list of names as people write it: ``"张三、李四 王五"``."""
    for mark in "，,;；/":
        written = written.replace(mark, "、")
    return frozenset(name for part in written.split("、") for name in part.split())


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
