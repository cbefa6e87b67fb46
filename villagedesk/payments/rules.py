"""What must hold before money moves: budget and fund, papers, who may sign, and what is caught at entry."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.errors import is_said
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import Claim, ClaimState, Outcome, Payroll, PayWay, Voucher
from villagedesk.payments.spelling import unspaced
from villagedesk.projects.model import Project, ProjectState
from villagedesk.village.moneyrules import SplitRule
from villagedesk.village.profile import PaymentRule

PAYING_STATES = frozenset({
    ProjectState.GRANTED,
    ProjectState.RUNNING,
    ProjectState.ACCEPTED,
    ProjectState.ASSESSED,
})  # fmt: skip
"""A project is paid for from the township's grant on."""


def complete(claim: Claim, today: date) -> Iterator[Finding]:
    """A claim says who gets how much for what, and does not lie in the future."""
    if claim.amount_fen <= 0:
        yield Finding("payments.amount", "请填金额，应大于零。", "amount_fen")
    if not claim.payee.strip():
        yield Finding("payments.payee", "请填收款人。", "payee")
    if not claim.purpose.strip():
        yield Finding("payments.purpose", "请填用途。", "purpose")
    if not claim.project_id:
        yield Finding("payments.project", "请选项目。", "project_id")
    if claim.spent_on > today:
        yield Finding("payments.future", "日期在今天之后，请核对。", "spent_on")


def project_pays(project: Project) -> Iterator[Finding]:
    """Money goes out for a granted project with a fund of its own (专账)."""
    if project.state not in PAYING_STATES:
        message = f"项目“{project.name}”现在是“{project.state.label}”，乡镇批复后才能支出。"
        yield Finding("payments.project_state", message, "project_id", place=f"projects:{project.id}")
    if project.fund_id is None:
        message = f"项目“{project.name}”还没有指定资金，请先指定。"
        yield Finding("payments.no_fund", message, "project_id", place=f"projects:{project.id}")


def from_own_fund(claim: Claim, project: Project) -> Iterator[Finding]:
    """A payment belongs to its project's fund and no other (严禁平调和挪用)."""
    if project.fund_id is not None and claim.fund_id != project.fund_id:
        yield Finding("payments.other_fund", "不能用别的专账付这个项目的钱（严禁平调和挪用）。", "fund_id")


def within_budget(
    amount_fen: int, paid_fen: int, budget_fen: int, under_way_fen: int = 0, place: str = ""
) -> Iterator[Finding]:
    """A project's payments stay within its budget (年度支出预算), with what is already on its way counted in.

    ``place`` is where the budget can be changed.
    """
    left_fen = budget_fen - paid_fen - under_way_fen
    if amount_fen > left_fen:
        message = (
            f"超出项目预算：预算还剩{yuan(max(left_fen, 0))}元{_besides(under_way_fen)}，这一笔是{yuan(amount_fen)}元。"
        )
        yield Finding("payments.over_budget", message, "amount_fen", "年度支出预算", place=place)


def within_fund(amount_fen: int, left_fen: int, under_way_fen: int = 0, place: str = "") -> Iterator[Finding]:
    """A fund pays out only what arrived, with what is already on its way counted in.

    ``place`` is where what arrived can be written down.
    """
    if amount_fen > left_fen - under_way_fen:
        left = yuan(max(left_fen - under_way_fen, 0))
        message = f"到账的钱不够：这笔资金还剩{left}元{_besides(under_way_fen)}，这一笔是{yuan(amount_fen)}元。"
        yield Finding("payments.over_fund", message, "amount_fen", "专款专用", place=place)


def there_since(amount_fen: int, left_fen: int, lowest_fen: int, day: date) -> Iterator[Finding]:
    """Money goes out after it has come: a payment dated back leaves each later day what was paid on it.

    ``left_fen`` is what is left of the fund in all, ``lowest_fen`` the least there was from ``day`` on.
    """
    if lowest_fen < amount_fen <= left_fen:
        message = (
            f"{chinese_date(day)}这笔资金还没有这么多钱：从那一天起最少时只有{yuan(max(lowest_fen, 0))}元，"
            f"这一笔是{yuan(amount_fen)}元。请把入账日期改到钱到账以后。"
        )
        yield Finding("payments.before_money", message, "posted_on", "专款专用")


def proper_papers(claim: Claim, rule: PaymentRule) -> Iterator[Finding]:
    """A payment tells its invoice's number, and serves no forbidden purpose.

    That the invoice is a proper one is asked for by ``needs.missing``.
    """
    has_number = claim.invoice_number.strip() or claim.invoice_kind in rule.improper_invoices
    if not has_number and claim.payroll_id is None:
        yield _warning("payments.invoice_number", "没有填票据号，请补上；确实没有请写明原因。", "invoice_number")
    for word in rule.negative_words:
        if word in unspaced(claim.purpose):
            message = f"用途里有“{word}”，属于不得列支的事项，请核对。"
            yield _warning("payments.negative", message, "purpose", rule.purpose_source)


def cash_in_bounds(claim: Claim, rule: PaymentRule) -> Iterator[Finding]:
    """Wages never go out in cash; other cash stays within the limit."""
    if claim.pay_way is not PayWay.CASH:
        return
    if claim.payroll_id is not None:
        message = "人员报酬只能发到一折通，不能付现金。"
        yield Finding("payments.cash_wages", message, "pay_way", "管护人员报酬通过一折通发放")
        return
    if claim.amount_fen > rule.cash_limit_fen:
        message = f"付现金超过{yuan(rule.cash_limit_fen)}元，应当转账；确实要付现金请写明原因。"
        yield _warning("payments.cash", message, "pay_way", rule.cash_source)
    if any(word in unspaced(claim.purpose) for word in rule.wage_words):
        message = "付给个人的工钱应当走一折通，不付现金；确实要付现金请写明原因。"
        yield _warning("payments.cash_wages", message, "pay_way", "管护人员报酬通过一折通发放")


def not_in_pieces(
    claim: Claim, pieces: Sequence[int], rule: SplitRule, tiers_fen: Collection[int] = ()
) -> Iterator[Finding]:
    """A purchase is not cut in pieces to stay under a tier or limit (化整为零).

    ``pieces`` are other payments to the payee in the rule's days, in fen; ``tiers_fen`` those of the office's chain.
    """
    for limit in sorted({*rule.limits_fen, *tiers_fen}, reverse=True):
        under = [claim.amount_fen, *(piece for piece in pieces if piece < limit)]
        if len(under) > 1 and claim.amount_fen < limit <= sum(under) and claim.payroll_id is None:
            message = (
                f"{rule.days}天内付给“{claim.payee}”、每一笔都不到{yuan(limit)}元的有{len(under)}笔，共{yuan(sum(under))}元，"
                "像是一笔支出拆开报；不是拆开的请写明原因。"
            )
            yield _warning("payments.in_pieces", message, "amount_fen", rule.source)
            return


def dated_in_open_month(claim: Claim, today: date, *, is_closed: bool) -> Iterator[Finding]:
    """An expense of a closed month is booked in the month that is open.

    A pay sheet is always paid when its time is over: there it is told only when it would count in another year.
    """
    month = f"{claim.spent_on.year}年{claim.spent_on.month}月"
    if is_closed and claim.payroll_id is None:
        message = f"{month}已经结账，这笔支出会记到还没有结账的月份；请核对日期，没有错请写明原因。"
        yield _warning("payments.closed_month", message, "spent_on")
    elif is_closed and claim.spent_on.year < today.year:
        message = f"这张发放表是{month}的，那个月已经结账，会记到{today.year}年的账上；请核对年份，没有错请写明原因。"
        yield _warning("payments.closed_month", message, "spent_on")


def posted_in_open_month(posted_on: date, *, is_closed: bool) -> Iterator[Finding]:
    """Nothing is booked in a closed month."""
    if is_closed:
        month = f"{posted_on.year}年{posted_on.month}月"
        message = f"{month}已经结账，不能再入账。请改用没有结账的日期。"
        yield Finding("payments.posted_in_closed_month", message, "posted_on", place=f"closing:{posted_on:%Y-%m}")


def still_its_people(claim: Claim, stored: Claim) -> Iterator[Finding]:
    """Whom a pay sheet pays stands on the sheet: the claim's payee is never written by hand."""
    if stored.payroll_id is not None and claim.payee != stored.payee:
        yield Finding("payments.sheet_payee", "收款人是发放表上的各人，不能在报账单上改。", "payee")


def sheet_once(other: Claim | None) -> Iterator[Finding]:
    """A pay sheet is paid once: ``other`` is another claim for it that stands. A draft is no claim yet."""
    if other and other.state is not ClaimState.DRAFT:
        message = f"这张发放表已经在另一张报账单上（编号{other.number}，{other.state.label}），不能再报一次。"
        yield Finding("payments.sheet_twice", message, "payee", place=f"payments:{other.id}")


def nobody_paid_twice(title: str, names: Sequence[str]) -> Iterator[Finding]:
    """Who is paid by another sheet of the same project, period and kind is not paid by this one too.

    ``title`` is that sheet's, "" without one: it was made after this one came to nothing.
    """
    if title:
        message = (
            f"有{len(names)}人（{_some(names)}）在“{title}”里已经有了，同一期不能发两次。留一张，另一张的草稿删去。"
        )
        yield Finding("payments.sheet_alike", message, "payee")


def as_the_sheet_says(claim: Claim, payroll: Payroll, strangers: Sequence[str]) -> Iterator[Finding]:
    """A claim for a pay sheet is the sheet's sum, from its project, to the passbooks the register knows.

    ``strangers`` are the names whose account on the sheet is another one than the register's.
    """
    if claim.amount_fen != payroll.total_fen:
        message = f"发放表合计是{yuan(payroll.total_fen)}元，报账金额要和它一样。"
        yield Finding("payments.sheet_total", message, "amount_fen")
    if claim.project_id != payroll.project_id:
        yield Finding("payments.sheet_project", "发放表是别的项目的，不能改从这个项目支出。", "project_id")
    if claim.pay_way is PayWay.TRANSFER:
        message = "发放表上的钱只能发到各人的一折通，不能转给别的账户。"
        yield Finding("payments.sheet_way", message, "pay_way", "管护人员报酬通过一折通发放")
    if strangers:
        message = f"有{len(strangers)}人的账号和户册里的不一样（{_some(strangers)}），请核对；确实换了账号请写明原因。"
        yield _warning("payments.sheet_account", message, "payee")


def not_claimed_twice(same_invoice: str, *, same_payment: bool) -> Iterator[Finding]:
    """An invoice is claimed once; the same payee, amount and day is looked at twice.

    ``same_invoice`` is the purpose of the other claim with this invoice number, "" when there is none.
    """
    if same_invoice:
        message = f"这张票据已经写在另一笔上（{same_invoice}），不能重复报账。"
        yield Finding("payments.same_invoice", message, "invoice_number")
    if same_payment:
        message = "同一天已有一笔收款人和金额都相同的支出，请核对；确实是两笔请写明原因。"
        yield _warning("payments.same_payment", message, "payee")


def two_people(maker_id: str, checker_id: str) -> Iterator[Finding]:
    """Whoever made a claim does not pass it; no switch turns this off."""
    if maker_id == checker_id:
        yield Finding("payments.two_people", "经办人不能审批自己办的报账单，请换人登录。")


def ended_unpaid(claim: Claim) -> Iterator[Finding]:
    """Only what was refused or withdrawn is made anew: a gatekeeper."""
    if claim.state not in {ClaimState.REFUSED, ClaimState.WITHDRAWN}:
        message = f"这张报账单现在是“{claim.state.label}”，不用重报；未通过或作废的才能重报。"
        yield Finding("payments.not_ended", message)


def not_yet_anew(again: Claim | None) -> Iterator[Finding]:
    """A claim that ended is made anew once at a time: ``again`` is the one there is already."""
    if again:
        is_draft = again.state is ClaimState.DRAFT
        now = (
            "草稿还在，请打开那张草稿接着办" if is_draft else f"那一张（编号{again.number}）现在是“{again.state.label}”"
        )
        yield Finding("payments.made_anew", f"这一笔已经重报过，{now}。", place=f"payments:{again.id}")


def rests_on_decision(claim: Claim) -> Iterator[Finding]:
    """What waits for a meeting's decision names the motion."""
    if not claim.decision_id:
        yield Finding("payments.decision", "请选是哪次会议的决议。", "decision_id")


def reasoned(outcome: Outcome, note: str) -> Iterator[Finding]:
    """A query or a refusal says why."""
    if outcome is not Outcome.PASSED and not is_said(note):
        yield Finding("payments.note", "请写明原因，让经办人知道怎么改。", "note")


def with_reason(reason: str) -> Iterator[Finding]:
    """What takes something back says why; the villagers will read it."""
    if not is_said(reason):
        yield Finding("payments.reason", "请写明原因，公示时要让村民看明白。", "reason")


def reversible(voucher: Voucher, *, is_reversed: bool) -> Iterator[Finding]:
    """A voucher is reversed once, and a red one never: a gatekeeper, asked first and alone."""
    if voucher.reverses_id:
        yield Finding("payments.reverse_red", "红字凭证不能再冲销。")
    elif is_reversed:
        yield Finding("payments.reversed", f"{voucher.label}凭证已经冲销过了。")


def taken_once(what: str, *, is_taken: bool) -> Iterator[Finding]:
    """A sheet is taken in once: a gatekeeper."""
    if is_taken:
        yield Finding("payments.taken_twice", f"{what}已经导入过了，没有再导入。")


def reviewed(*, is_passed: bool) -> Iterator[Finding]:
    """Nothing is booked that the finance group has not passed (未经民主理财小组审核的收支单据一律不得入账)."""
    if not is_passed:
        message = "这张报账单没有民主理财小组的审核意见，不能入账。"
        yield Finding("payments.unreviewed", message, basis="未经民主理财小组审核的收支单据一律不得入账")


def in_order(posted_on: date, last_posted: date | None, today: date) -> Iterator[Finding]:
    """Vouchers of a year follow one another in time as in number; none is dated ahead.

    ``last_posted`` is the day of the latest voucher in the year of ``posted_on``.
    """
    if posted_on > today:
        yield Finding("payments.posted_ahead", "入账日期在今天之后，请核对。", "posted_on")
    if last_posted and posted_on < last_posted:
        message = f"入账日期早于最近一张凭证（{last_posted.isoformat()}），凭证号要按时间连续。"
        yield Finding("payments.posted_behind", message, "posted_on")


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:5]) + ("等" if len(names) > 5 else "")


def _besides(under_way_fen: int) -> str:
    return f"（另有{yuan(under_way_fen)}元正在报账）" if under_way_fen else ""


def _warning(code: str, message: str, field: str, basis: str = "") -> Finding:
    return Finding(code, message, field, basis, Severity.WARNING)
