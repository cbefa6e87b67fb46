"""A claim to read: how much for what, what comes next, what stands against it, who said what."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from villagedesk.app.course import CourseStep, course_of
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.payments import store, usecases
from villagedesk.payments.model import Claim, ClaimState, Payroll, PayrollLine
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.notes import FindingLines
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.payments.columns import TONES
from villagedesk.ui.theme import Tone
from villagedesk.ui.village.masking import tail
from villagedesk.village.model import Fund

S = ClaimState

_NEXT = {
    S.DRAFT: "核对无误后提交审核。提交以后内容就不能改了。",
    S.SUBMITTED: "等民主理财小组审核。",
    S.QUERIED: "请看办理经过里的疑问，写清楚答复后送回审核；确实报错了就作废重报。",
    S.REVIEWED: "理财小组同意了，等村主要负责人审批。",
    S.APPROVED: "随下一个数据包上报乡镇审核，收到乡镇的回执后才能付款。",
    S.GRANTED: "乡镇同意了，可以付款入账。",
}
_AHEAD = (
    (S.SUBMITTED, "理财小组审核"),
    (S.REVIEWED, "村主要负责人审批"),
    (S.APPROVED, "乡镇审核"),
    (S.GRANTED, "付款入账"),
)


class ClaimRecord(Detail):
    """One claim as a column of cards."""

    def __init__(self, desk: Desk, claim_id: str) -> None:
        super().__init__()
        self.claim = desk.get(Claim, claim_id)
        self.voucher = store.voucher_of(desk, claim_id)
        self.red = store.reversal_of(desk, self.voucher.id) if self.voucher else None
        state = self.claim.state
        badges = [(state.label, TONES[state]), *([("已冲销", Tone.BAD)] if self.red else [])]
        self.title(f"{self.claim.payee}：{self.claim.purpose}", *badges, figure=f"{yuan(self.claim.amount_fen)} 元")
        if state in _NEXT:
            self.callout(_NEXT[state], Tone.WARN if state is S.QUERIED else Tone.QUIET, title="下一步")
        whole = self.body.count()
        if state is S.DRAFT and (found := usecases.findings_of(desk, self.claim)):
            self.section("提交前要看的", _findings(found))
        self.facts(_facts(desk, self.claim), title="报账单", across=2)
        if self.claim.payroll_id:
            payroll = desk.get(Payroll, self.claim.payroll_id)
            self.section(payroll.title, _pay_sheet(store.payroll_lines(desk, payroll.id)))
        self.timeline(_way(desk, self.claim))
        self.stand_beside(whole).done()


def _facts(desk: Desk, claim: Claim) -> list[Fact]:
    project, fund = desk.get(Project, claim.project_id), desk.get(Fund, claim.fund_id)
    return [
        Fact("金额大写", amount_in_words(claim.amount_fen), wide=True),
        Fact("项目", project.name),
        Fact("资金来源", f"{fund.year}年{fund.source}"),
        Fact("票据", f"{claim.invoice_kind} {claim.invoice_number}".strip()),
        Fact("支出日期", chinese_date(claim.spent_on)),
        Fact("付款方式", claim.pay_way.label),
        Fact("编号", claim.number),
        Fact("经手人", claim.handler),
        Fact("证明人", claim.witness),
        *([Fact("有提醒仍提交的原因", claim.excuse, wide=True)] if claim.excuse else []),
    ]


def _findings(found: Sequence[Finding]) -> QWidget:
    lines = FindingLines()
    lines.show_findings(sorted(found, key=lambda finding: finding.severity is Severity.WARNING))
    return lines


def _pay_sheet(lines: Sequence[PayrollLine]) -> QWidget:
    heads = ("序号", "姓名", "负责区域", "账号", "金额（元）", "备注")
    return ReadTable(heads, [_pay_line(line) for line in lines], wide=(2, 5), amounts=(4,))


def _pay_line(line: PayrollLine) -> tuple[str, ...]:
    return (str(line.place), line.name, line.area, tail(line.account), yuan(line.amount_fen), line.note)


def _way(desk: Desk, claim: Claim) -> list[Step]:
    """Return the steps taken, and those still to come while the claim is on its way."""
    steps = [_step(step) for step in course_of(desk, claim)]
    waits = S.SUBMITTED if claim.state is S.QUERIED else claim.state
    ahead = list(_AHEAD) if waits is S.DRAFT else []
    for place, (state, _) in enumerate(_AHEAD):
        if state is waits:
            ahead = list(_AHEAD[place:])
    return steps + [Step(words) for _, words in ahead]


def _step(step: CourseStep) -> Step:
    tone = Tone.GOOD
    if step.is_against:
        tone = Tone.WARN if "疑问" in step.what else Tone.BAD
    return Step(step.what, step.who, f"{step.at:%Y-%m-%d %H:%M}", tone, step.note)
