"""A claim to read, its papers beside it: how much for what, what comes next, what stands against it, who said what."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.app.course import CourseStep, StepAhead, ahead_of, course_of, first_step
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.payments import store, usecases
from villagedesk.payments.evidence import papers_of, told_by_contract, told_decision
from villagedesk.payments.model import Claim, ClaimState, Payroll, Voucher
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.notes import Callout, FindingLines, Jump
from villagedesk.ui.kit.papers import Papers
from villagedesk.ui.kit.sides import Sides
from villagedesk.ui.kit.text import label
from villagedesk.ui.payments.columns import TONES
from villagedesk.ui.payroll.paysheet import PaySheet
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.model import Fund

S = ClaimState

_NEXT = {
    S.DRAFT: "核对无误后提交审核。提交以后内容就不能改了。",
    S.WITNESSING: "等证明人{witness}登录签字，或把证明人签了字的单子拍下来录入。",
    S.SUBMITTED: "等民主理财小组审核。{missing}",
    S.SUPERVISING: "等村务监督委员会审核。{missing}",
    S.QUERIED: "请看办理经过里的疑问，写清楚答复后送回{first}；确实报错了就作废重报。",
    S.REVIEWED: "等村主要负责人审批。",
    S.DECIDING: "等集体研究。会开过以后，选这次会议的决议。",
    S.APPROVED: "随下一个数据包上报乡镇审核，收到乡镇的回执后才能付款。",
    S.SETTLING: "随下一个数据包上报财政所审核，收到回执后才能付款。",
    S.GRANTED: "乡镇同意了，可以付款入账。",
    S.REFUSED: "没有通过。照意见改好以后可以重报。",
    S.WITHDRAWN: "已经作废。还要报的，可以重报。",
}


class ClaimRecord(QWidget):
    """One claim as a column of cards, with its papers at the right once there are any."""

    def __init__(
        self,
        desk: Desk,
        claim_id: str,
        *,
        go: Callable[[str], object],
        jump: Jump,
        add_papers: Callable[[], object],
    ) -> None:
        """``go`` opens another claim, ``jump`` goes where a finding can be put right, ``add_papers`` asks for some."""
        super().__init__()
        self.claim = desk.get(Claim, claim_id)
        self.voucher = store.voucher_of(desk, claim_id)
        self.red = store.reversal_of(desk, self.voucher.id) if self.voucher else None
        papers = [photo.attachment_id for photo in papers_of(desk, claim_id)]
        detail = self._detail(desk, go, jump)
        more = button("加票据照片…", add_papers, icon="attach")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.setFocusProxy(detail)
        if papers:
            right = QWidget()
            beside = QVBoxLayout(right)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.setSpacing(gap(8))
            beside.addWidget(Papers(desk, papers), 1)
            beside.addWidget(more)
            column.addWidget(Sides(detail.done(), right, ("报账单", "票据"), shares=(3, 2)))
        else:
            detail.section("票据", _no_papers(more))
            column.addWidget(detail.done())

    def _detail(self, desk: Desk, go: Callable[[str], object], jump: Jump) -> Detail:
        claim, detail = self.claim, Detail()
        badges = [(claim.state.label, TONES[claim.state]), *([("已冲销", Tone.BAD)] if self.red else [])]
        detail.title(f"{claim.payee}：{claim.purpose}", *badges, figure=f"{yuan(claim.amount_fen)} 元")
        ahead = ahead_of(desk, claim)
        if claim.state in _NEXT:
            tone = Tone.WARN if claim.state is S.QUERIED else Tone.QUIET
            detail.callout(_next(desk, claim, ahead), tone, title="下一步")
        for words, other in _kindred(desk, claim, self.voucher):
            link = button("看那一张 ›", partial(go, other), kind="link")
            detail.body.addWidget(Callout(words, Tone.QUIET, extra=link))
        whole = detail.body.count()
        if claim.state is S.DRAFT and (found := usecases.findings_of(desk, claim)):
            detail.section("提交前要看的", _findings(found, jump))
        detail.facts(_facts(desk, claim), title="报账单", across=2)
        if claim.payroll_id:
            payroll = desk.get(Payroll, claim.payroll_id)
            detail.section(payroll.title, PaySheet(desk, payroll.id))
        detail.timeline([*map(_step, course_of(desk, claim)), *map(_ahead, ahead)])
        return detail.stand_beside(whole)


def _next(desk: Desk, claim: Claim, ahead: Sequence[StepAhead]) -> str:
    missing = next((f"{step.missing}。" for step in ahead if step.missing), "")
    return _NEXT[claim.state].format(witness=claim.witness, missing=missing, first=first_step(desk, claim))


def _kindred(desk: Desk, claim: Claim, voucher: Voucher | None) -> list[tuple[str, str]]:
    """Return sentences about the claims this one stands in for, or that stand in for it, with their ids."""
    found = []
    if claim.redoes_id:
        old = desk.get(Voucher, claim.redoes_id)
        found.append((f"这一张替代已冲销的凭证{old.label}。", old.claim_id))
    if voucher:
        again = desk.find(Claim, "redoes_id = ?", [voucher.id])
        found += [(f"凭证{voucher.label}冲销了，这一张重做的。", one.id) for one in again if one.id != claim.id]
    return found


def _facts(desk: Desk, claim: Claim) -> list[Fact]:
    project, fund = desk.get(Project, claim.project_id), desk.get(Fund, claim.fund_id)
    contract, decided = told_by_contract(desk, claim), told_decision(desk, claim)
    return [
        Fact("金额大写", amount_in_words(claim.amount_fen), wide=True),
        Fact("项目", project.name),
        Fact("资金来源", fund.label),
        Fact("票据", f"{claim.invoice_kind} {claim.invoice_number}".strip()),
        Fact("支出日期", chinese_date(claim.spent_on)),
        Fact("付款方式", claim.pay_way.label),
        Fact("编号", claim.number),
        Fact("经手人", claim.handler),
        Fact("证明人", claim.witness),
        *([Fact("合同", contract, wide=True)] if contract else []),
        *([Fact("集体研究决定", decided, wide=True)] if decided else []),
        *([Fact("有提醒仍提交的原因", claim.excuse, wide=True)] if claim.excuse else []),
    ]


def _findings(found: Sequence[Finding], jump: Jump) -> QWidget:
    lines = FindingLines()
    lines.jump = jump
    lines.show_findings(sorted(found, key=lambda finding: finding.severity is Severity.WARNING))
    return lines


def _no_papers(more: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label("还没有票据的照片。", "soft"))
    column.addWidget(more)
    return made


def _step(step: CourseStep) -> Step:
    tone = Tone.GOOD
    if step.is_against:
        tone = Tone.WARN if "疑问" in step.what else Tone.BAD
    return Step(step.what, step.who, f"{step.at:%Y-%m-%d %H:%M}", tone, step.note)


def _ahead(step: StepAhead) -> Step:
    return Step(step.words, note=step.missing or ("现在等这一步" if step.is_now else ""))
