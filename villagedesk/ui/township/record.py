"""A village, and a claim to rule on, each to read as a column of cards."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.exchange import store as exchange
from villagedesk.exchange.model import Verdict
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.oversight.store import said_of
from villagedesk.payments.store import approvals_of, payroll_lines
from villagedesk.projects.charts import Use, budget_chart
from villagedesk.storage.desk import Desk
from villagedesk.township import store
from villagedesk.township.model import VillageLine, WaitingClaim
from villagedesk.ui.exchange.parcels import RULINGS, parcel_table
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone
from villagedesk.ui.township.columns import answered
from villagedesk.village.charts import funds_chart, standing
from villagedesk.village.store import fund_balances, officer_name

_PARCELS = 10


class VillageRecord(Detail):
    """One village: its money, what it sent, what waits."""

    def __init__(self, desk: Desk, line: VillageLine, year: int) -> None:
        super().__init__()
        peer = line.peer
        self.title(f"{peer.name}（{peer.code}）", answered(line))
        if line.needs_receipt and peer.public_key:
            self.callout(_next(line), Tone.WARN, title="下一步")
        facts = (
            Fact("收到的数据包", f"到第{peer.last_number}号" if peer.last_number else "还没有"),
            Fact("收到的流水", f"{peer.last_seq:,}条", note="每一条都和村里的账对得上"),
            Fact(f"{year}年项目", f"{line.projects}个"),
        )
        self.facts(facts, title="上报")
        balances = fund_balances(desk, peer.office_id, year)
        chart = ChartView(funds_chart(map(standing, balances))) if balances else None
        self.section(f"{year}年的钱", chart or label("村里还没有报来资金。", "soft"))
        waiting = store.waiting_claims(desk, peer.office_id)
        if waiting:
            self.section("等乡镇审核的报账单", _waiting(waiting))
        parcels = exchange.parcels(desk, peer.office_id, _PARCELS)
        self.section("收发记录", parcel_table(parcels, "还没有收发过。")).done()


class ClaimRecord(Detail):
    """One claim that waits for the township's word."""

    def __init__(self, desk: Desk, line: WaitingClaim) -> None:
        super().__init__()
        claim = line.claim
        self.title(
            claim.purpose,
            (line.village, Tone.PLAIN),
            (claim.state.label, Tone.ACTIVE),
            figure=f"{yuan(claim.amount_fen)} 元",
        )
        left = line.budget_fen - line.paid_fen
        if claim.amount_fen > left:
            self.callout(f"项目预算只剩{yuan(max(left, 0))}元，这一笔超出了预算。", Tone.BAD, title="超出预算")
        if claim.excuse:
            self.callout(claim.excuse, Tone.WARN, title="村里写的情况说明")
        facts = (
            Fact("收款人", claim.payee),
            Fact("金额大写", amount_in_words(claim.amount_fen)),
            Fact("日期", chinese_date(claim.spent_on)),
            Fact("票据", f"{claim.invoice_kind} {claim.invoice_number}".strip()),
            Fact("付款方式", claim.pay_way.label),
            Fact("经手人、证明人", "、".join(name for name in (claim.handler, claim.witness) if name)),
        )
        whole = self.body.count()
        self.facts(facts, title="报账单", across=2)
        self.section(f"项目：{line.project}", _budget(line))
        if claim.payroll_id:
            self.section("发放明细", _pay_sheet(desk, claim.payroll_id))
        self.timeline(_way(desk, line))
        self.stand_beside(whole)
        self.done()


def _next(line: VillageLine) -> str:
    if line.waiting:
        return f"还有{line.waiting}张报账单没有审核。审核完再写回执，意见就能一起带回去。"
    words = f"{line.untold}条意见还没有发给村里。" if line.untold else "收到的数据包还没有回执。"
    return f"{words}按“写回执”写到U盘，交给村里带回去。"


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


def _pay_sheet(desk: Desk, payroll_id: str) -> QWidget:
    lines = payroll_lines(desk, payroll_id)
    rows = [(str(line.place), line.name, line.area, yuan(line.amount_fen)) for line in lines]
    return ReadTable(("序号", "姓名", "负责区域", "金额（元）"), rows, wide=(2,), amounts=(3,))


def _way(desk: Desk, line: WaitingClaim) -> list[Step]:
    """Return who signed in the village, what the township said before, and that its word is next."""
    claim = line.claim
    signed = [
        (
            said.at,
            Step(
                "村会计答复" if said.what == "答复" else f"理财小组：{said.what}",
                said.who,
                f"{said.at:%Y-%m-%d %H:%M}",
                note=said.note,
            ),
        )
        for said in said_of(desk, claim.id)
    ]
    signed += [
        (
            given.given_at,
            Step(
                f"村主要负责人：{given.outcome.label}",
                officer_name(desk, given.given_by),
                f"{given.given_at:%Y-%m-%d %H:%M}",
                note=given.note,
            ),
        )
        for given in approvals_of(desk, claim.id)
    ]
    signed += [(given.given_at, _verdict(given)) for given in exchange.verdicts_of(desk, claim.id)]
    steps = [step for _, step in sorted(signed, key=lambda pair: pair[0])]
    return [
        Step("村会计制单", officer_name(desk, claim.made_by), f"支出日期 {claim.spent_on}"),
        *steps,
        Step("乡镇审核"),
    ]


def _verdict(given: Verdict) -> Step:
    tone = RULINGS[given.outcome]
    return Step(f"乡镇：{given.outcome.label}", given.given_by, f"{given.given_at:%Y-%m-%d %H:%M}", tone, given.note)


def _waiting(lines: Sequence[WaitingClaim]) -> QWidget:
    rows = [
        (str(line.claim.spent_on), line.claim.payee, line.claim.purpose, yuan(line.claim.amount_fen)) for line in lines
    ]
    return ReadTable(("日期", "收款人", "用途", "金额（元）"), rows, wide=(1, 2), amounts=(3,))
