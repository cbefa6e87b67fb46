"""The forms about what funds begin with: an opening balance from older books, and what is carried to the next year."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField, today_of
from villagedesk.ui.kit.fields import AmountField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Callout
from villagedesk.village import rules, usecases
from villagedesk.village.store import FundBalance, fund_balances


def opening_form(desk: Desk) -> Form:
    """Return the form that writes down what a fund began with."""

    def check(values: Values) -> Sequence[Finding]:
        if missing := _filled(values, fund_id="哪一笔资金", opened_on="期初日期"):
            return missing
        today = desk.clock.now().date()
        return list(rules.begins_with(values["amount_fen"] or 0, values["opened_on"], values["document"], today))

    return Form(
        [
            Callout("从旧账（手工账、别的软件）接过来时登记一次。已经在本账里的上年结余，请用“结转下年”。"),
            ChoiceField("fund_id", "哪一笔资金", _choices(fund_balances(desk))),
            (AmountField("amount_fen", "期初余额"), _day(desk, "opened_on", "期初日期")),
            TextField("document", "依据", sample="如：2025年总账第12页"),
        ],
        save=lambda values, reason: usecases.open_balance(
            desk, values["fund_id"], values["amount_fen"], values["opened_on"], values["document"], reason
        ),
        check=check,
        verb="登记期初",
        values={"opened_on": date(desk.clock.now().year, 1, 1)},
    )


def carry_form(desk: Desk) -> Form:
    """Return the form that carries what is left of a fund to the next year."""
    balances = fund_balances(desk)
    left = [one for one in balances if one.left_fen > 0]
    oldest = left[-1] if left else None

    def check(values: Values) -> Sequence[Finding]:
        missing = _filled(values, from_fund_id="从哪一笔结转", to_fund_id="转到哪一笔", opened_on="结转日期")
        return missing or usecases.carry_findings(
            desk, values["from_fund_id"], values["to_fund_id"], values["opened_on"]
        )

    return Form(
        [
            Callout("结余全部转到下一年同一来源、同一归属的专账，两年的账上都看得见。不能转到别的资金，严禁平调。"),
            ChoiceField("from_fund_id", "从哪一笔结转", _choices(left)),
            ChoiceField("to_fund_id", "转到哪一笔", _choices(balances)),
            (_day(desk, "opened_on", "结转日期"), TextField("document", "文号", optional=True)),
        ],
        save=lambda values, reason: usecases.carry_forward(
            desk, values["from_fund_id"], values["to_fund_id"], values["opened_on"], values["document"], reason
        ),
        check=check,
        verb="结转",
        values={
            "from_fund_id": oldest.fund.id if oldest else None,
            "to_fund_id": _next_year(oldest, balances) if oldest else None,
            "opened_on": date(oldest.fund.year, 12, 31) if oldest else None,
        },
    )


def _next_year(balance: FundBalance, balances: Sequence[FundBalance]) -> str | None:
    key = (balance.fund.year + 1, balance.fund.source, balance.fund.owner)
    return next((one.fund.id for one in balances if (one.fund.year, one.fund.source, one.fund.owner) == key), None)


def _choices(balances: Sequence[FundBalance]) -> list[Choice]:
    return [Choice(one.fund.id, one.fund.label, f"{one.fund.owner}，结余{yuan(one.left_fen)}元") for one in balances]


def _filled(values: Values, **labels: str) -> list[Finding]:
    return [Finding("ledger.empty", f"请填写{label}。", name) for name, label in labels.items() if values[name] is None]


def _day(desk: Desk, name: str, label: str) -> DateField:
    return DateField(name, label, today=today_of(desk))
