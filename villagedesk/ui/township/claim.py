"""A claim to rule on, to read as a column of cards, with the papers the village sent along."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.exchange.model import Ruling
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.oversight.model import Answer
from villagedesk.payments.evidence import papers_of
from villagedesk.payments.model import Outcome, Payroll
from villagedesk.payments.signatures import signatures_of
from villagedesk.projects.charts import Use, budget_chart
from villagedesk.storage.desk import Desk
from villagedesk.township.model import WaitingClaim
from villagedesk.township.store import has_leader
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.papers import Papers
from villagedesk.ui.kit.sides import Sides
from villagedesk.ui.kit.text import label
from villagedesk.ui.payroll.paysheet import PaySheet
from villagedesk.ui.theme import Tone
from villagedesk.village.moneyrules import Who
from villagedesk.village.store import officer_name

_SHORT = {Who.FINANCE_GROUP: "理财小组", None: "乡镇"}
_SAID = {outcome.value: outcome.label for outcome in (*Outcome, *Ruling)}
_TONES = {"passed": Tone.GOOD, "queried": Tone.WARN, "refused": Tone.BAD, "returned": Tone.BAD}


class ClaimRecord(QWidget):
    """One claim that waits for the township's word, its papers beside it."""

    def __init__(self, desk: Desk, line: WaitingClaim) -> None:
        super().__init__()
        papers = [photo.attachment_id for photo in papers_of(desk, line.claim.id)]
        detail = _detail(desk, line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.setFocusProxy(detail)
        if papers:
            column.addWidget(Sides(detail, Papers(desk, papers), ("报账单", "票据"), shares=(3, 2)))
        else:
            column.addWidget(detail)


def _detail(desk: Desk, line: WaitingClaim) -> Detail:
    detail = Detail()
    claim = line.claim
    detail.title(
        claim.purpose,
        (line.village, Tone.PLAIN),
        (claim.state.label, Tone.ACTIVE),
        figure=f"{yuan(claim.amount_fen)} 元",
    )
    left = line.budget_fen - line.paid_fen
    if claim.amount_fen > left:
        detail.callout(f"项目预算只剩{yuan(max(left, 0))}元，这一笔超出了预算。", Tone.BAD, title="超出预算")
    if claim.excuse:
        detail.callout(claim.excuse, Tone.WARN, title="村里写的情况说明")
    facts = (
        Fact("收款人", claim.payee),
        Fact("金额大写", amount_in_words(claim.amount_fen)),
        Fact("日期", chinese_date(claim.spent_on)),
        Fact("票据", f"{claim.invoice_kind} {claim.invoice_number}".strip()),
        Fact("付款方式", claim.pay_way.label),
        Fact("经手人、证明人", "、".join(name for name in (claim.handler, claim.witness) if name)),
    )
    whole = detail.body.count()
    detail.facts(facts, title="报账单", across=2)
    detail.section(f"项目：{line.project}", _budget(line))
    if claim.payroll_id:
        detail.section(desk.get(Payroll, claim.payroll_id).title, PaySheet(desk, claim.payroll_id))
    detail.timeline(_way(desk, line))
    return detail.stand_beside(whole).done()


def _budget(line: WaitingClaim) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    words = (
        f"预算 {yuan(line.budget_fen)} 元，已付 {yuan(line.paid_fen)} 元，付了这一笔还剩 "
        f"{yuan(line.budget_fen - line.paid_fen - line.claim.amount_fen)} 元。资金来源：{line.fund}"
    )
    column.addWidget(label(words, wrap=True, selectable=True))
    use = Use("预算", line.budget_fen, line.paid_fen)
    column.addWidget(ChartView(budget_chart(use, ("这一笔", line.claim.amount_fen))))
    return made


def _way(desk: Desk, line: WaitingClaim) -> list[Step]:
    """Return who signed in the village, what the township said before, and whose word is next."""
    claim = line.claim
    said = sorted(_said(desk, claim.id), key=lambda pair: pair[0])
    waits_for = line.waits_for.label if has_leader(desk) else "乡镇"
    return [
        Step("村会计制单", officer_name(desk, claim.made_by), f"支出日期 {claim.spent_on}"),
        *(step for _, step in said),
        Step(f"{waits_for}审核"),
    ]


def _said(desk: Desk, claim_id: str) -> Iterator[tuple[datetime, Step]]:
    for one in signatures_of(desk, claim_id):
        where = _SHORT.get(one.step) or (one.step.label if one.step else "")
        when = f"{one.at:%Y-%m-%d %H:%M}"
        who = one.name if one.name == one.recorded_by else f"{one.name}（纸上签字，{one.recorded_by}代录）"
        yield one.at, Step(f"{where}：{_SAID[one.outcome]}", who, when, _TONES[one.outcome], one.note)
    for answer in desk.find(Answer, "subject_id = ?", [claim_id]):
        when = f"{answer.given_at:%Y-%m-%d %H:%M}"
        yield answer.given_at, Step("村会计答复", officer_name(desk, answer.given_by), when, note=answer.text)
