"""A claim to write on one screen, keyboard alone: what is known is proposed, what is wrong is said while one types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.kernel.findings import Finding, blocks
from villagedesk.kernel.money import yuan
from villagedesk.kernel.names import ungapped
from villagedesk.ledger.store import advance_lines
from villagedesk.payments import evidence, remembered, rules, store, usecases
from villagedesk.payments.chains import chain_named, wants_witness
from villagedesk.payments.model import INVOICE_KINDS, PAY_SHEET, Claim, PayWay
from villagedesk.payments.remembered import LastTime, moved_on
from villagedesk.payments.spending import means_of
from villagedesk.projects.model import Contract, Project
from villagedesk.projects.store import contracts_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.cards import Card
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField, today_of
from villagedesk.ui.kit.fields import AmountField, Field, TextField
from villagedesk.ui.kit.filefield import PAPERS
from villagedesk.ui.kit.filesfield import FilesField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Jump
from villagedesk.ui.kit.suggestfield import SuggestField
from villagedesk.ui.kit.text import label
from villagedesk.ui.payments.form import asked, decisions_about, projects_that_pay
from villagedesk.ui.payments.means import MeansCard
from villagedesk.ui.payments.payees import Payees, spelt
from villagedesk.ui.theme import gap
from villagedesk.village.store import fund_balance, names_like, office, profile

_AS_LAST_TIME = "按上次的填好了，可以改"
_PROPOSED = ("purpose", "invoice_kind", "pay_way", "witness", "contract_id", "amount_fen")
_OF_THE_SHEET = frozenset({"project_id", "payee", "amount_fen", "pay_way"})


@dataclass(frozen=True, slots=True)
class Before:
    """What of the form that was just saved stays for the next one."""

    values: Mapping[str, object]
    payees: Payees
    folder: str


class ClaimForm(Form):
    """A claim to write. Saving submits it; ``keep_draft`` stores it for later.

    A payee who was paid before brings along the purpose, the kind of invoice, the way and the witness of the last time,
    one who has a contract on the project the contract and what is due by it, wherever nothing was typed yet. Whom and
    how much a pay sheet pays stands on the sheet and is not written here.
    """

    def __init__(
        self,
        desk: Desk,
        claim: Claim | None = None,
        *,
        before: Before | None = None,
        above: Sequence[QWidget] = (),
        jump: Jump | None = None,
    ) -> None:
        """``claim`` is a draft to go on with; without it the form begins a new one.

        ``before`` is what stays of the form that was just saved; ``above`` stands at the top.
        """
        self._desk = desk
        self._base = claim or _blank(desk)
        self._payees = before.payees if before else Payees(desk)
        self._own = set(_PROPOSED) if claim else set()
        self._contracts: list[Contract] = []
        self._aside_cards = Knowledge()
        self._left = ""
        self._due_fen = 0
        self._make_fields(before)
        super().__init__(
            [*above, *self._rows_of()],
            save=self._submit,
            check=self._findings,
            verb="提交审核" if claim else "提交，记下一笔",
            values=self._values(before),
            jump=jump,
            aside=self._aside_cards,
        )
        for name, field in self.fields.items():
            field.edited.connect(lambda name=name: self._own.add(name))
            if self._base.payroll_id and name in _OF_THE_SHEET:
                field.setEnabled(False)
        self._project.edited.connect(self._on_project)
        self._project.edited.connect(self._recall)
        self._payee.edited.connect(self._recall)
        self._contract.edited.connect(self._show_due)
        self._amount.edited.connect(lambda: self._aside_cards.means.show_amount(self._amount.value() or 0))
        QShortcut(QKeySequence("Ctrl+B"), self).activated.connect(self._photos.choose)
        self._on_project()
        self._show_due()
        self._day.select()

    def before(self) -> Before:
        """Return what stays for the next form."""
        kept = {name: self.fields[name].value() for name in ("spent_on", "project_id", "invoice_kind", "witness")}
        self._payees.note(self._base)
        return Before(kept, self._payees, self._photos.folder)

    def keep_draft(self) -> Claim | None:
        """Store what is written as a draft; show what is missing and return None when it cannot be stored yet."""
        values = self.values()
        claim = self._facts(values)
        bare = _missing(values) or blocks(rules.complete(claim, self._desk.clock.now().date()))
        if bare or any(field.fault() for field in self.fields.values()):
            self.try_save()
            return None
        stored = self._store(values)
        self.forget()
        return stored

    def _submit(self, values: Values, reason: str) -> Claim:
        return usecases.submit(self._desk, self._store(values).id, reason)

    def _store(self, values: Values) -> Claim:
        self._base = usecases.draft(self._desk, self._facts(values))
        if values["papers"]:
            usecases.add_papers(self._desk, self._base.id, values["papers"])
        return self._base

    def _findings(self, values: Values) -> Sequence[Finding]:
        found = _missing(values) or usecases.findings_of(self._desk, self._facts(values))
        self._decision.setVisible(bool(self._decision.value()) or any(one.can_be_decided for one in found))
        return found

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
            contract_id=values["contract_id"],
            decision_id=values["decision_id"],
            advance_id=values["advance_id"],
        )

    # What is laid out

    def _make_fields(self, before: Before | None) -> None:
        desk = self._desk
        self._day = DateField("spent_on", "支出日期", today=today_of(desk), is_past=True)
        self._project = ChoiceField("project_id", "项目", projects_that_pay(desk), sample="写项目名里的字来选")
        self._payee = SuggestField("payee", "收款人", self._payees.find, sample="单位全称或本人姓名")
        self._amount = AmountField("amount_fen", "金额")
        used = spelt(lambda: remembered.purposes(desk))
        self._purpose = SuggestField("purpose", "用途", used, sample="买了什么、做了什么、多少")
        self._contract = ChoiceField("contract_id", "按哪份合同", [], optional=True, sample="不按合同")
        self._decision = ChoiceField("decision_id", "集体研究的决议", [], optional=True, sample="没有决议")
        self._photos = FilesField(
            "papers",
            "票据照片 Ctrl+B",
            optional=True,
            kinds=PAPERS,
            folder=before.folder if before else "",
        )
        self._advance = _open_advances(desk, self._base.advance_id)
        self._contract.hide()
        self._decision.hide()
        self._offer(self._base.project_id)

    def _rows_of(self) -> "list[Field | QWidget | tuple[Field, ...]]":
        kinds = INVOICE_KINDS if self._base.payroll_id else [kind for kind in INVOICE_KINDS if kind != PAY_SHEET]
        kind = ChoiceField("invoice_kind", "票据种类", [Choice(kind, kind) for kind in kinds])
        number = TextField("invoice_number", "票据号", optional=self._base.payroll_id is not None)
        way = ChoiceField("pay_way", "付款方式", [Choice(way.value, way.label) for way in PayWay])

        def who(text: str) -> Sequence[str]:
            return names_like(self._desk, text)

        return [
            (self._day, self._project),
            (self._payee, self._amount),
            self._purpose,
            (kind, number, way),
            (self._contract, self._decision, self._advance),
            (
                SuggestField("handler", "经手人", who),
                SuggestField("witness", "证明人", who, optional=not self._wants_witness()),
                self._photos,
            ),
        ]

    def _wants_witness(self) -> bool:
        """Tell whether the office's chain asks for a witness of what is written."""
        chain = chain_named(profile(self._desk).chains, office(self._desk).chain)
        return self._base.payroll_id is None and wants_witness(self._base, chain)

    def _values(self, before: Before | None) -> Values:
        values: dict[str, object] = {name: value or None for name, value in self._base.row().items()}
        values["spent_on"] = self._base.spent_on
        return values | dict(before.values if before else {})

    # What is known

    def _on_project(self) -> None:
        """Show the project's money, its contracts and the decisions about it."""
        project_id = self._project.value()
        if not project_id:
            self._aside_cards.means.show_means(None)
            self._left = ""
            return
        desk = self._desk
        fund_id = desk.get(Project, project_id).fund_id
        fund = ""
        if fund_id:
            balance = fund_balance(desk, fund_id)
            left = balance.left_fen - store.under_way_from(desk, fund_id, self._base.id)
            fund = f"{balance.fund.name}到账还能用 {yuan(left)} 元"
        means = means_of(desk, project_id, self._base.id)
        self._aside_cards.means.show_means(means, fund, self._amount.value() or 0)
        self._left = f"预算还剩 {yuan(means.left_fen)} 元"
        self._hint_left()
        self._offer(project_id)
        self._contract.setVisible(bool(self._contracts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what is left below the project where the project's money stands far down."""
        super().resizeEvent(event)
        self._hint_left()

    def _hint_left(self) -> None:
        self._project.set_hint("" if self.stands_beside else self._left)

    def _offer(self, project_id: str) -> None:
        """Offer a project's contracts, and the decisions that were passed about it or about no one project."""
        self._contracts = contracts_of(self._desk, project_id) if project_id else []
        self._contract.set_choices(_contract_choices(self._contracts))
        self._decision.set_choices(decisions_about(self._desk, project_id))

    def _recall(self) -> None:
        """Propose what was written the last time, wherever nothing was typed yet.

        The purpose is that of the last time for this very project; without one nothing is proposed for it.
        """
        payee = self._payee.value()
        last = self._payees.last_time(payee)
        self._aside_cards.show_payments(remembered.payments_to(self._desk, payee) if last else [])
        project_id = self._project.value()
        if last and not project_id and self._project.offers(last.project_id):
            project_id = last.project_id
            self._project.set_value(project_id)
            self._on_project()
        same = self._payees.last_time_for(payee, project_id) if project_id else last
        proposed = {name: value for name, value in self._proposals(last, same).items() if name not in self._own}
        for name, value in proposed.items():
            self.fields[name].set_value(value)
        self._purpose.set_hint(_AS_LAST_TIME if proposed.get("purpose") else "")
        self._propose_contract(payee)

    def _propose_contract(self, payee: str) -> None:
        """Choose the only contract the project has with the payee, unless somebody chose for themselves."""
        if "contract_id" not in self._own:
            with_payee = [one.id for one in self._contracts if ungapped(one.party) == ungapped(payee)]
            self._contract.set_value(with_payee[0] if len(with_payee) == 1 else None)
            self._show_due()

    def _show_due(self) -> None:
        """Say what is due by the contract that is chosen, and propose it where no amount was typed.

        What was proposed goes again with the contract.
        """
        contract_id = self._contract.value()
        claim = evidence.resting(self._desk, replace(self._base, contract_id=contract_id))
        due = evidence.due_by_contract(self._desk, claim)
        self._contract.set_hint(due.arithmetic if due else "")
        if "amount_fen" not in self._own and (due or self._due_fen):
            if due or self._amount.value() == self._due_fen:
                self._amount.set_value((due.due_fen if due else 0) or None)
                self._aside_cards.means.show_amount(self._amount.value() or 0)
            self._due_fen = due.due_fen if due else 0

    def _proposals(self, last: LastTime | None, same: LastTime | None) -> dict[str, str]:
        """Return what to write: ``same`` is the last time for the chosen project, ``last`` for whichever it was."""
        day = self._day.value() or self._base.spent_on
        purpose = {"purpose": moved_on(same.purpose, same.spent_on, day) if same else ""}
        known = same or last
        if known is None:
            return purpose
        witness = {"witness": known.witness} if known.witness else {}
        return purpose | witness | {"invoice_kind": known.invoice_kind, "pay_way": known.pay_way}


class Knowledge(QWidget):
    """What is known about the project that is chosen and the payee that is written, beside the form."""

    def __init__(self) -> None:
        super().__init__()
        self.means = MeansCard()
        self._before = Card("以前付过")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(gap(10))
        self._before.body.addLayout(self._lines)
        self._before.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(16))
        column.addWidget(self.means)
        column.addWidget(self._before)

    def show_payments(self, claims: Sequence[Claim]) -> None:
        """Show the last claims that pay the same payee; none hides them."""
        while (item := self._lines.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for claim in claims:
            day = f"{claim.spent_on.month}月{claim.spent_on.day}日"
            self._lines.addWidget(label(f"{day}  {yuan(claim.amount_fen)} 元\n{claim.purpose}", "soft", wrap=True))
        self._before.setHidden(not claims)


def _contract_choices(contracts: Sequence[Contract]) -> list[Choice]:
    """Return contracts by their party; several with one party also by what each is about."""
    parties = [ungapped(one.party) for one in contracts]
    return [
        Choice(
            one.id,
            f"{one.party}（{one.scope}）" if parties.count(ungapped(one.party)) > 1 else one.party,
            f"{yuan(one.amount_fen)} 元",
        )
        for one in contracts
    ]


def _blank(desk: Desk) -> Claim:
    handler = desk.actor.name if desk.actor else ""
    return Claim(
        spent_on=desk.clock.now().date(), project_id="", fund_id="", payee="", amount_fen=0, purpose="",
        invoice_kind=INVOICE_KINDS[0], handler=handler,
    )  # fmt: skip


def _missing(values: Values) -> list[Finding]:
    return [] if values["spent_on"] else [asked("spent_on", "支出日期")]


def _open_advances(desk: Desk, chosen: str | None) -> ChoiceField:
    """Return the choice of the advance a claim accounts for; out of sight while nobody owes an account of one."""
    choices = [
        Choice(one.id, f"{one.taker}　{one.purpose}", f"{one.given_on}预借，还有{yuan(one.open_fen)}元没有结清")
        for one in advance_lines(desk, desk.clock.now().date())
        if one.open_fen > 0 or one.id == chosen
    ]
    field = ChoiceField("advance_id", "结清哪笔预借", choices, optional=True, sample="不是用预借付的")
    if not choices:
        field.hide()
    return field
