"""What must hold for posts: who holds them and who is paid, what they cost, and how their quarters are assessed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import LARGEST_FEN, yuan
from villagedesk.projects import tenure
from villagedesk.projects.model import Contract, Inspection, Post, Project, ProjectState
from villagedesk.projects.monthly import works_in
from villagedesk.projects.payshare import follows, share_told
from villagedesk.village.model import Household, Person
from villagedesk.village.workrules import IN_FULL, AssessmentRule, BandRule, PayShareRule

S = ProjectState


@dataclass(frozen=True, slots=True)
class Around:
    """What the books know where a post is to be set up: the people, the other posts, the contract, the budget."""

    project: Project
    budget_fen: int
    person: Person
    payee: Person
    household: Household
    contract: Contract | None
    others: Sequence[Post]
    bands: Mapping[str, BandRule]
    pay_share: PayShareRule


def may_set_up(post: Post, around: Around) -> Iterator[Finding]:
    """A post is set up on a granted or running project, for one person and one duty, paid to them or their head."""
    project = around.project
    if project.state not in (S.GRANTED, S.RUNNING):
        message = f"“{project.name}”现在是“{project.state.label}”，批复后、实施中才能设岗位。"
        yield Finding("projects.post_state", message, "project_id")
        return
    if not post.duty.strip():
        yield Finding("projects.post_duty", "请写上做什么，例如护路员、保洁员。", "duty")
    if post.last_day and post.last_day < post.first_day:
        yield Finding("projects.post_term", "岗位的止日早于起日。", "last_day")
    if post.bands and post.bands not in around.bands:
        yield Finding("projects.bands", "请选规则里有的计分办法。", "bands")
    yield from _payee(around)
    yield from _standards(post)
    yield from _split(post, around)
    yield from _alone(post, around.others)
    yield from _affordable(post, around)


def may_end(post: Post, last_day: date) -> Iterator[Finding]:
    """A post ends once, not before it began."""
    if post.last_day is not None:
        yield Finding("projects.post_ended", f"这个岗位已经在{chinese_date(post.last_day)}结束。", "last_day")
    elif last_day < post.first_day:
        message = f"止日不能早于起日（{chinese_date(post.first_day)}）。"
        yield Finding("projects.post_term", message, "last_day")


def may_assess(
    inspection: Inspection,
    subject: Post | Contract | None,
    earlier: Sequence[Inspection],
    today: date,
    rule: AssessmentRule,
) -> Iterator[Finding]:
    """An assessment of a post or contract is for a quarter that has begun and in which there was work.

    By a rule that scores months it is for a month, on the rule's sheet. ``earlier`` are the assessments of the same
    quarter or month: another one corrects them, and says why.
    """
    period, wrong = _period(inspection, subject, rule)
    yield from wrong
    if period is None:
        return
    if rule.is_monthly and subject is not None and inspection.template != rule.sheet:
        yield Finding("projects.month_sheet", "按月考核的，请用规定的综合评分表。", "template", rule.source)
    if inspection.inspected_on < period.first or period.first > today:
        yield Finding("projects.period", f"{period.label}还没有开始，不能考核。", "period")
    elif inspection.inspected_on < period.last:
        message = f"{period.label}还没有结束（{chinese_date(period.last)}），提前考核请写明原因。"
        yield Finding("projects.period_open", message, "period", severity=Severity.WARNING)
    if subject is not None and not works_in(subject, period):
        yield Finding("projects.period", f"{period.label}里没有这个岗位或合同的活，不用考核。", "period")
    if earlier:
        message = f"{period.label}已经考核过（{earlier[-1].score}分）。再登记一次算更正，以后一次为准，请写明原因。"
        yield Finding("projects.assessed_twice", message, "period", severity=Severity.WARNING)
        if inspection.inspected_on < earlier[-1].inspected_on:
            message = f"更正的日期不能早于原来那次（{chinese_date(earlier[-1].inspected_on)}）。"
            yield Finding("projects.order", message, "inspected_on")


def _period(
    inspection: Inspection, subject: Post | Contract | None, rule: AssessmentRule
) -> tuple[Period | None, list[Finding]]:
    """Return the quarter or month an assessment is for, None when it is for none or for another stretch of time."""
    is_monthly = rule.is_monthly and subject is not None
    if not inspection.period:
        which = "哪个月的，例如 2026-03" if is_monthly else "哪个季度的，例如 2026Q1"
        message = f"考核某个岗位或合同，请写明是{which}。"
        return None, [Finding("projects.period", message, "period")] if subject is not None else []
    try:
        period = Period.parse(inspection.period)
    except ValueError as fault:
        return None, [Finding("projects.period", f"{fault}。", "period")]
    if is_monthly and period.months != 1:
        message = "这里按月考核，请写成 2026-03 这样；每个月都考核了，季度得分自动按平均算。"
        return None, [Finding("projects.period", message, "period", rule.source)]
    if not is_monthly and period.months != 3:
        return None, [Finding("projects.period", "考核按季度进行，请写成 2026Q1 这样。", "period")]
    return period, []


def _payee(around: Around) -> Iterator[Finding]:
    person, payee, head = around.person, around.payee, around.household.head_name
    is_head = payee.household_id == person.household_id and (payee.relation == "户主" or payee.name == head)
    if payee.id != person.id and not is_head:
        message = f"报酬只能打给本人或户主，{payee.name}不是{person.name}家的户主{head}。"
        yield Finding("projects.payee", message, "payee_id", "补贴只发到本人或户主的一折通")
    if not payee.account.strip():
        message = f"{payee.name}还没有一折通账号，到发放时会发不出去。请在村民册里补上。"
        yield Finding(
            "projects.payee_account", message, "payee_id", severity=Severity.WARNING, place=f"village:{payee.id}"
        )


def _standards(post: Post) -> Iterator[Finding]:
    if min(post.base_fen, post.performance_fen) < 0:
        yield Finding("projects.post_pay", "报酬标准不能是负数。", "base_fen")
    elif max(post.base_fen, post.performance_fen) > LARGEST_FEN:
        yield Finding("projects.post_pay", "报酬标准太大，请核对。", "base_fen")
    elif not (post.base_fen or post.performance_fen):
        yield Finding("projects.post_pay", "请写上每月的基本报酬或每季度的绩效报酬。", "base_fen")


def _split(post: Post, around: Around) -> Iterator[Finding]:
    """Pay is split between base and performance as the profile says, or for a reason otherwise."""
    bands = around.bands.get(post.bands, IN_FULL)
    is_sound = min(post.base_fen, post.performance_fen) >= 0 and post.base_fen + post.performance_fen > 0
    if is_sound and not follows(post, bands, around.pay_share):
        message = f"{share_told(post, bands, around.pay_share)}。确实要这样的，请写明原因。"
        yield Finding(
            "projects.pay_share", message, "performance_fen", around.pay_share.source, severity=Severity.WARNING
        )


def _alone(post: Post, others: Sequence[Post]) -> Iterator[Finding]:
    last = post.last_day or date.max
    alike = [
        other
        for other in others
        if other.duty.strip() == post.duty.strip()
        and other.area.strip() == post.area.strip()
        and tenure.is_held(other, post.first_day, last)
    ]
    if any(other.person_id == post.person_id for other in alike):
        message = "这个人同一时间已经有同样的岗位和区域。标准变了的，先结束原来的岗位，再设新的。"
        yield Finding("projects.post_twice", message, "person_id")
    elif alike and post.area.strip():
        message = f"“{post.area}”同一时间已经有人做{post.duty}，确实要两个人的请写明原因。"
        yield Finding("projects.post_area", message, "area", severity=Severity.WARNING)


def _affordable(post: Post, around: Around) -> Iterator[Finding]:
    project, contract = around.project, around.contract
    cost = tenure.cost_of(post, project.year)
    told = tenure.cost_words(post, project.year)
    if contract and contract.project_id != project.id:
        yield Finding("projects.post_contract", "这份合同不是这个项目的。", "contract_id")
    elif contract:
        under = sum(tenure.cost_of(one, project.year) for one in around.others if one.contract_id == contract.id)
        if under + cost > contract.amount_fen:
            message = (
                f"{told}，加上合同里其他岗位{yuan(under)}元，超过合同金额{yuan(contract.amount_fen)}元"
                f"{yuan(under + cost - contract.amount_fen)}元；确实如此请写明原因。"
            )
            yield Finding("projects.post_over", message, "base_fen", severity=Severity.WARNING)
            return
    taken = sum(tenure.cost_of(one, project.year) for one in around.others)
    if taken + cost > around.budget_fen:
        message = (
            f"{told}，加上其他岗位{yuan(taken)}元，超过项目预算{yuan(around.budget_fen)}元"
            f"{yuan(taken + cost - around.budget_fen)}元；确实如此请写明原因。"
        )
        yield Finding("projects.post_over", message, "base_fen", severity=Severity.WARNING)
