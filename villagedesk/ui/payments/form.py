"""The forms about money out: a claim, a payment, a reversal, a pay sheet to take in, a period to print."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding, blocks
from villagedesk.kernel.money import yuan
from villagedesk.payments import rules, store, usecases
from villagedesk.payments.model import INVOICE_KINDS, PAY_SHEET, Claim, PayWay, Voucher
from villagedesk.projects.model import Project
from villagedesk.projects.store import figures_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.doing import TABLES
from villagedesk.ui.kit.fields import AmountField, LongTextField, TextField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.suggestfield import SuggestField
from villagedesk.village.store import fund_balance, names_like

_PERIODS_BACK = 8


class ClaimForm(Form):
    """A claim to write, keyboard alone. Saving submits it; ``keep_draft`` stores it for later."""

    def __init__(self, desk: Desk, claim: Claim | None = None) -> None:
        """``claim`` is a draft to go on with; without it the form begins a new one."""
        self._desk = desk
        self._base = claim or _blank(desk)
        self._project = ChoiceField("project_id", "项目", _projects(desk), sample="写项目名里的字来选")
        who = _people(desk)
        kinds = INVOICE_KINDS if self._base.payroll_id else [kind for kind in INVOICE_KINDS if kind != PAY_SHEET]
        super().__init__(
            [
                (DateField("spent_on", "支出日期", today=_today(desk)), self._project),
                (
                    SuggestField("payee", "收款人", _payees(desk), sample="单位全称或本人姓名"),
                    AmountField("amount_fen", "金额"),
                ),
                TextField("purpose", "用途", sample="买了什么、做了什么、多少"),
                (
                    ChoiceField("invoice_kind", "票据种类", [Choice(kind, kind) for kind in kinds]),
                    TextField("invoice_number", "票据号", optional=self._base.payroll_id is not None),
                    ChoiceField("pay_way", "付款方式", [Choice(way.value, way.label) for way in PayWay]),
                ),
                (SuggestField("handler", "经手人", who), SuggestField("witness", "证明人", who, optional=True)),
            ],
            save=self._submit,
            check=self._findings,
            verb="提交审核",
            values={name: value or None for name, value in self._base.row().items() if name != "spent_on"}
            | {"spent_on": self._base.spent_on},
        )
        self._project.edited.connect(self._tell_means)
        self._tell_means()

    def keep_draft(self) -> Claim | None:
        """Store what is written as a draft; show what is missing and return None when it cannot be stored yet."""
        values = self.values()
        missing = _missing(values)
        claim = self._facts(values)
        bare = missing or blocks(rules.complete(claim, self._desk.clock.now().date()))
        if bare or any(field.fault() for field in self.fields.values()):
            self.try_save()
            return None
        stored = usecases.draft(self._desk, claim)
        self.set_values({})
        return stored

    def _submit(self, values: Values, reason: str) -> Claim:
        self._base = usecases.draft(self._desk, self._facts(values))
        return usecases.submit(self._desk, self._base.id, reason)

    def _findings(self, values: Values) -> Sequence[Finding]:
        return _missing(values) or usecases.findings_of(self._desk, self._facts(values))

    def _facts(self, values: Values) -> Claim:
        project_id = values["project_id"] or ""
        fund_id = self._desk.get(Project, project_id).fund_id if project_id else None
        return replace(
            self._base,
            spent_on=values["spent_on"],
            project_id=project_id,
            fund_id=fund_id or "",
            payee=values["payee"],
            amount_fen=values["amount_fen"] or 0,
            purpose=values["purpose"],
            invoice_kind=values["invoice_kind"] or "",
            invoice_number=values["invoice_number"],
            handler=values["handler"],
            witness=values["witness"],
            pay_way=PayWay(values["pay_way"] or PayWay.TRANSFER),
        )

    def _tell_means(self) -> None:
        """Say below the project what may still be spent."""
        project_id = self._project.value()
        if project_id:
            self._project.set_hint(_means(self._desk, project_id, self._base.id))


def post_form(desk: Desk, claim: Claim) -> Form:
    """Return the form that pays a granted claim."""

    def check(values: Values) -> Sequence[Finding]:
        day, today = values["posted_on"], desk.clock.now().date()
        if day is None:
            return [_asked("posted_on", "入账日期")]
        return list(rules.in_order(day, store.last_posted(desk, day.year), today))

    number = store.next_number(desk, desk.clock.now().year)
    words = f"{claim.payee}：{claim.purpose}，{yuan(claim.amount_fen)} 元"
    return Form(
        [words, DateField("posted_on", "入账日期", today=_today(desk), hint=f"入账后得到凭证号，今天是第{number}号。")],
        save=lambda values, _reason: usecases.post(desk, claim.id, values["posted_on"]),
        check=check,
        verb="付款入账",
        values={"posted_on": desk.clock.now().date()},
    )


def reverse_form(desk: Desk, voucher: Voucher) -> Form:
    """Return the form that reverses a voucher."""

    def check(values: Values) -> Sequence[Finding]:
        day, today = values["posted_on"], desk.clock.now().date()
        if day is None:
            return [_asked("posted_on", "冲销日期")]
        return [*rules.with_reason(values["reason"]), *rules.in_order(day, store.last_posted(desk, day.year), today)]

    hint = "红字凭证和原因会公示。原来的凭证还在，钱退回预算。"
    return Form(
        [
            f"冲销凭证{voucher.label}，{yuan(voucher.amount_fen)} 元",
            LongTextField("reason", "为什么冲销", hint=hint, lines=3),
            DateField("posted_on", "冲销日期", today=_today(desk)),
        ],
        save=lambda values, _reason: usecases.reverse(desk, voucher.id, values["reason"], values["posted_on"]),
        check=check,
        verb="冲销",
        values={"posted_on": desk.clock.now().date()},
    )


def payroll_form(desk: Desk) -> Form:
    """Return the form that asks for a pay sheet and its project; what it saves is (file, project's id)."""

    def check(values: Values) -> Sequence[Finding]:
        found = [] if values["project_id"] else [Finding("form.missing", "请选从哪个项目支出。", "project_id")]
        if values["project_id"]:
            found += rules.project_pays(desk.get(Project, values["project_id"]))
        return found + ([] if values["file"] else [Finding("form.missing", "请选发放表的文件。", "file")])

    return Form(
        [
            ChoiceField("project_id", "从哪个项目支出", _projects(desk), sample="写项目名里的字来选"),
            FileField(
                "file",
                "报酬发放表",
                kinds=TABLES,
                hint="一行一人，要有“合计”行。姓名按户册核对，有一处不对就全不导入。",
            ),
        ],
        save=lambda values, _reason: (values["file"], values["project_id"]),
        check=check,
        verb="导入",
    )


def period_form(desk: Desk) -> Form:
    """Return the form that asks for a period; what it saves is the Period."""
    periods = _periods(desk.clock.now().date())

    def save(values: Values, _reason: str) -> Period:
        stop_at([] if values["period"] else [_asked("period", "期间")])
        return Period.parse(values["period"])

    return Form(
        [ChoiceField("period", "哪一段时间", [Choice(str(period), period.label) for period in periods])],
        save=save,
        verb="看登记簿",
        values={"period": str(periods[0])},
    )


def _blank(desk: Desk) -> Claim:
    handler = desk.actor.name if desk.actor else ""
    return Claim(
        spent_on=desk.clock.now().date(), project_id="", fund_id="", payee="", amount_fen=0, purpose="",
        invoice_kind=INVOICE_KINDS[0], handler=handler,
    )  # fmt: skip


def _projects(desk: Desk) -> Callable[[str], Sequence[Choice]]:
    """Find projects that may pay, by characters or by the initials of their pinyin."""
    states = ", ".join(f"'{state}'" for state in rules.PAYING_STATES)
    found = desk.find(Project, f"village_id = ? AND state IN ({states})", [desk.office_id], "year DESC, name")
    plain = [Choice(project.id, project.name, f"{project.year}年") for project in found]
    spelt: list[Choice] = []

    def find(text: str) -> Sequence[Choice]:
        wanted = text.strip().lower()
        if wanted and wanted.isascii() and not spelt:
            from villagedesk.village.register import initials

            spelt.extend(replace(choice, search=initials(choice.label)) for choice in plain)
        return [choice for choice in spelt or plain if choice.fits(wanted)]

    return find


def _payees(desk: Desk) -> Callable[[str], Sequence[str]]:
    """Find who was paid before, then villagers, by characters or initials. The books are asked at the first letter."""
    known: list[str] = []

    def find(text: str) -> Sequence[str]:
        if not known:
            known.extend(store.known_payees(desk))
        before = sorted((payee for payee in known if text in payee), key=lambda payee: not payee.startswith(text))
        return list(dict.fromkeys([*before, *names_like(desk, text)]))

    return find


def _people(desk: Desk) -> Callable[[str], Sequence[str]]:
    return lambda text: names_like(desk, text)


def _means(desk: Desk, project_id: str, claim_id: str) -> str:
    figures = figures_of(desk, project_id)
    under_way = store.under_way_for(desk, project_id, claim_id)
    budget = figures.left_fen - under_way
    words = f"预算还能用 {yuan(budget)} 元"
    if figures.project.fund_id:
        balance = fund_balance(desk, figures.project.fund_id)
        left = balance.left_fen - store.under_way_from(desk, balance.fund.id, claim_id)
        words += f"；{balance.fund.source}到账还剩 {yuan(left)} 元"
    return words + (f"（已减去正在报账的 {yuan(under_way)} 元）" if under_way else "")


def _periods(today: date) -> list[Period]:
    """Return the last quarters, this one first, then the years they lie in."""
    quarters = [Period.quarter_of(today)]
    while len(quarters) < _PERIODS_BACK:
        last = quarters[-1]
        number = (last.first_month + 2) // 3
        quarters.append(Period.quarter(last.year - (number == 1), number - 1 or 4))
    return quarters + [Period(year) for year in sorted({quarter.year for quarter in quarters}, reverse=True)]


def _today(desk: Desk) -> Callable[[], date]:
    return lambda: desk.clock.now().date()


def _missing(values: Values) -> list[Finding]:
    return [] if values["spent_on"] else [_asked("spent_on", "支出日期")]


def _asked(name: str, label: str) -> Finding:
    return Finding("form.missing", f"请填{label}。", name)
