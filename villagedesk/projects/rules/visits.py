"""What must hold for contracts, for visits to the work, and for asking people about it."""

from collections.abc import Iterator
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Contract, Inspection, InspectionKind, Project, ProjectState, Survey

S = ProjectState


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
    allowed |= {S.ASSESSED} if inspection.period else set()  # the last quarter may be judged after the year
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


def names_in(written: str) -> frozenset[str]:
    """Return the single names in a list of names as people write it: ``"张三、李四 王五"``."""
    for mark in "，,;；/":
        written = written.replace(mark, "、")
    return frozenset(name for part in written.split("、") for name in part.split())
