"""A fund to read: its plan with every version, what came and went, what is arranged of it; and the form of its plan."""

from collections.abc import Sequence

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.detail import Detail, Fact
from villagedesk.ui.kit.fields import AmountField, LongTextField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Callout, Jump
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.theme import Tone
from villagedesk.village import plans, usecases
from villagedesk.village.model import GRANTS, Fund
from villagedesk.village.plans import PlanChange
from villagedesk.village.store import FundBalance, fund_balance


class FundRecord(Detail):
    """One fund as a column of cards."""

    def __init__(self, desk: Desk, fund_id: str) -> None:
        super().__init__()
        balance = fund_balance(desk, fund_id)
        self.fund = balance.fund
        arranged = plans.budgeted_fen(desk, fund_id)
        self.title(self.fund.label, figure=f"计划 {yuan(self.fund.planned_fen)} 元")
        if not self.fund.document:
            self.callout(f"还没有写{_paper(self.fund)}。拿到以后按“改计划”补上。", Tone.WARN)
        over = arranged - balance.available_fen
        if over > 0:
            words = f"各项目预算比计划、期初和结转加起来多{yuan(over)}元。上级追加了的，按“改计划”；没有追加的，请开会调整预算。"
            self.callout(words, Tone.BAD)
        self.facts(_facts(balance, arranged))
        self.section("计划的改动", _changes(plans.plan_changes(desk, fund_id)))
        self.done()


def plan_form(desk: Desk, fund: Fund, jump: Jump | None = None) -> Form:
    """Return the form that changes a fund's plan, filled with what stands there now."""

    def check(values: Values) -> Sequence[Finding]:
        return usecases.plan_findings(desk, fund.id, values["planned_fen"] or 0, values["document"], values["reason"])

    return Form(
        [
            Callout("计划写错了，或者上级追加、调减了，在这里改。原来的计划留在账里，下一期公示会写明。"),
            (AmountField("planned_fen", "计划金额"), TextField("document", _paper(fund))),
            LongTextField("reason", "为什么改", hint="例如：上级追加；开专账时写错", lines=2),
        ],
        save=lambda values, _reason: usecases.change_plan(
            desk, fund.id, values["planned_fen"] or 0, values["document"], values["reason"]
        ),
        check=check,
        verb="改计划",
        values={"planned_fen": fund.planned_fen, "document": fund.document},
        jump=jump,
    )


def _paper(fund: Fund) -> str:
    """Return what a fund's plan rests on is called."""
    return "文号" if fund.source in GRANTS else "哪一次会议定的"


def _facts(balance: FundBalance, arranged_fen: int) -> list[Fact]:
    fund = balance.fund
    begun = [Fact("期初和结转来", f"{yuan(balance.opening_fen)} 元")] if balance.opening_fen else []
    carried = [Fact("结转下年", f"{yuan(balance.carried_fen)} 元")] if balance.carried_fen else []
    return [
        Fact("资金归属", fund.owner),
        Fact(_paper(fund), fund.document),
        Fact(
            "项目预算已安排", f"{yuan(arranged_fen)} 元", note=f"还能安排{yuan(balance.available_fen - arranged_fen)}元"
        ),
        *begun,
        Fact("到账", f"{yuan(balance.arrived_fen)} 元"),
        Fact("已支出", f"{yuan(balance.paid_fen)} 元"),
        *carried,
        Fact("结余", f"{yuan(balance.left_fen)} 元"),
    ]


def _changes(changes: Sequence[PlanChange]) -> ReadTable | Callout:
    if not changes:
        return Callout("没有改过，还是开专账时的计划。")
    rows = [
        (chinese_date(one.day), yuan(one.before_fen), yuan(one.after_fen), one.document, one.reason, one.by)
        for one in reversed(changes)
    ]
    heads = ("日期", "原来（元）", "改成（元）", "依据", "为什么", "谁改的")
    return ReadTable(heads, rows, wide=(3, 4), amounts=(1, 2))
