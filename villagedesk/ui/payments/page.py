"""支出: the register of claims, a claim with its course, and what is to be done with it next."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.money import yuan
from villagedesk.payments import register, sheets, store, usecases
from villagedesk.payments.model import Claim, ClaimState, PastExpense
from villagedesk.payments.register import ClaimFilter, ClaimLine
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import Segments, action, button
from villagedesk.ui.kit.dialogs import confirm, show_error
from villagedesk.ui.kit.doing import show_sheet, signed_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.exporting import export_sheet
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.payments.batch import Deed, with_each
from villagedesk.ui.payments.claimform import ClaimForm
from villagedesk.ui.payments.columns import (
    PAST_COLUMNS,
    STATES_OF,
    STRETCHES,
    Claims,
    PastExpenses,
    columns,
    stretch_of,
)
from villagedesk.ui.payments.form import payroll_form, period_form
from villagedesk.ui.payments.narrowing import Narrowing
from villagedesk.ui.payments.steps import ClaimSteps
from villagedesk.ui.theme import Tone
from villagedesk.village.store import office

if TYPE_CHECKING:
    from villagedesk.app.intake import Taken

S = ClaimState


class PaymentsPage(ClaimSteps):
    """The register of claims; a claim's record; the forms about money out."""

    title = "支出"
    tables = frozenset({"claims", "vouchers", "approvals", "reviews", "answers", "verdicts", "photos"}) | {
        "projects", "budget_lines", "payrolls", "past_expenses", "officers",
    }  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._past: Listing[PastExpense] | None = None
        self._stretches = Segments([(key, label) for key, label, _ in STRETCHES], "按状态筛选")
        self._narrowing = Narrowing(context.desk)
        self._is_one_state = False
        self._acting = context.desk.actor
        source = Claims(context.desk, self._wanted)
        listing = Listing[ClaimLine](
            columns(source),
            source,
            Texts(
                "报账单",
                "张",
                "找收款人、用途、项目、票据号",
                Empty("这里还没有报账单", "项目经乡镇批复后，就可以记支出了。", "wallet", "记一笔", self.new),
            ),
            total=source.total,
            sort_key="spent_on",
            descending=True,
            many=True,
        )
        listing.add_to_bar(self._stretches)
        listing.add_line(self._narrowing)
        self._narrowing.hide()
        self._narrowing.changed.connect(self._on_narrowed)
        self._narrowing.left.connect(listing.view.setFocus)
        self._stretches.picked.connect(lambda _key: self._on_stretch())
        self.show_list(listing, self._list_actions())

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Ask for the lists again, and for the record that is open."""
        if self._past:
            self._past.reload()
        super().refresh(changed)

    def open_row(self, row_id: int | None) -> None:
        """Show the claim of a row; the list goes by the row's number."""
        if row_id is not None:
            self.open(register.claim_lines(self.context.desk, [row_id])[0].id)

    def focus_top(self) -> None:
        """Leave what somebody else was writing: it is kept for them, and another person has signed in."""
        if self.context.desk.actor != self._acting:
            self._acting = self.context.desk.actor
            while self.steps_in and isinstance(self._stack.currentWidget(), ClaimForm) and self.back():
                pass
            if self.shown and self.steps_in == 1:
                self.open(self.shown)
        super().focus_top()

    def back(self, *, ask: bool = True) -> bool:
        """Take the top away; with it the list of earlier years goes."""
        went = super().back(ask=ask)
        if went and self.steps_in == 0:
            self._past = None
        return went

    # The list

    def new(self) -> None:
        """Write a new claim."""
        if signed_in(self.context):
            form = ClaimForm(self.context.desk, jump=self.jump)
            form.saved.connect(lambda saved: self._write_next(form, saved))
            self._lay_claim("记一笔", form)

    def narrow(self) -> None:
        """Show the fields that narrow the register, and go there."""
        self._narrowing.begin()

    def show_money(self) -> None:
        """Show where the money is as a picture."""
        from villagedesk.ui.payments.money import MoneyView

        self.show_over("钱在哪里", MoneyView(self.context.desk))

    def _wanted(self) -> ClaimFilter:
        wanted = self._narrowing.wanted()
        return wanted if wanted.states else replace(wanted, states=STATES_OF[self._stretches.key()])

    def _on_narrowed(self) -> None:
        """Look for something else; a single state that is wanted lies in its stretch, and the stretch shows it."""
        states = self._narrowing.wanted().states
        if states or self._is_one_state:
            self._stretches.press(stretch_of(states[0]) if states else "all")
        self._is_one_state = bool(states)
        self.list.ask_anew()

    def _on_stretch(self) -> None:
        """Look for all states of a stretch, whichever single one was wanted before."""
        self._narrowing.want_any_state()
        self._is_one_state = False
        self.list.ask_anew()

    def import_payroll(self) -> None:
        """Take in a pay sheet and draft its claim."""

        def chosen(answer: object) -> None:
            assert isinstance(answer, tuple)
            path, project_id = answer
            from villagedesk.ui.intake.wizard import take_sheet

            self.back(ask=False)
            take_sheet(self, "payroll", project_id=project_id, path=path, done=self._open_drafted)

        self.fill("导入发放表", lambda: payroll_form(self.context.desk), chosen)

    def import_expenses(self) -> None:
        """Take over an earlier year's expenses."""
        from villagedesk.ui.intake.wizard import take_sheet

        take_sheet(self, "expenses")

    def show_past(self) -> None:
        """Show what earlier years' sheets held."""
        from villagedesk.ui.intake.taken import show_taken

        source = PastExpenses(self.context.desk)
        hint = "接收以后，去年报过的票据今年再报就会提醒。"
        empty = Empty("还没有接收往年的支出表", hint, "archive", "导入往年支出", self.import_expenses)
        self._past = Listing[PastExpense](
            PAST_COLUMNS, source, Texts("往年支出", "笔", "找项目、收款人、票据号", empty), total=source.total
        )
        self._past.reload()
        take = action(self, "导入往年支出", self.import_expenses, icon="receive")
        taken = action(self, "导入过的表", lambda: show_taken(self, "expenses", "payroll"), icon="list")
        self.show_over("往年支出", self._past, [taken, take])

    def show_register(self) -> None:
        """Ask for a period and show its register of vouchers as it prints."""

        def show(_title: str, make: Callable[[Desk], Sheet]) -> None:
            show_sheet(self, "支出登记簿", lambda: make(self.context.desk))

        self._ask_register("看登记簿", show)

    def export_register(self) -> None:
        """Ask for a period and write its register of vouchers for Excel."""
        self._ask_register("导出表格", lambda title, make: export_sheet(self, title, make))

    def _ask_register(self, verb: str, use: Callable[[str, Callable[[Desk], Sheet]], object]) -> None:
        def chosen(period: object) -> None:
            assert isinstance(period, Period)
            self.back(ask=False)
            label = period.label

            def make(desk: Desk) -> Sheet:
                return sheets.register_sheet(office(desk), label, store.vouchers_in(desk, period))

            use(f"支出登记簿 {label}", make)

        desk = self.context.desk
        self.fill("支出登记簿", lambda: period_form(desk, verb), chosen, needs_person=False)

    def _open_drafted(self, taken: "Taken") -> None:
        """Show the claim that was drafted for a pay sheet."""
        self.open(str((taken.data or {})["claim"]))

    def _list_actions(self) -> list[QAction]:
        return [
            action(self, "往年支出", self.show_past, icon="archive", is_rare=True),
            action(self, "导出表格", self.export_register, icon="save", is_rare=True),
            action(self, "提交选中的", self._submit_chosen, icon="send", is_rare=True),
            action(self, "选中的付款入账", self._post_chosen, icon="yuan", is_rare=True),
            action(self, "打印选中的", self._print_chosen, icon="print", is_rare=True),
            action(self, "筛选", self.narrow, icon="filter", shortcut="Ctrl+G"),
            action(self, "钱在哪里", self.show_money, icon="chart", shortcut="Ctrl+M"),
            action(self, "登记簿", self.show_register, icon="book", shortcut="Ctrl+P"),
            action(self, "导入发放表", self.import_payroll, icon="receive"),
            action(self, "记一笔", self.new, icon="plus", shortcut="Ctrl+N", kind="primary"),
        ]

    # A claim

    def write(self, claim: Claim) -> None:
        """Go on with a draft."""
        if signed_in(self.context):
            form = ClaimForm(self.context.desk, claim, jump=self.jump)
            form.saved.connect(lambda saved: self.open(saved.id))
            self._lay_claim("修改报账单", form, claim.id)

    def _write_next(self, before: ClaimForm, saved: Claim) -> None:
        """Go straight to the next empty form, and say at its top what was saved."""
        said = f"提交了：{saved.payee}，{saved.purpose}，{yuan(saved.amount_fen)} 元。接着记下一笔。"
        link = button("看这一张 ›", lambda: self.open(saved.id), kind="link")
        above = [Callout(said, Tone.GOOD, extra=link)]
        form = ClaimForm(self.context.desk, before=before.before(), above=above, jump=self.jump)
        form.saved.connect(lambda saved: self._write_next(form, saved))
        self.back(ask=False)
        self._lay_claim("记一笔", form)

    def _lay_claim(self, title: str, form: ClaimForm, claim_id: str = "") -> None:
        form.left.connect(lambda: self.back(ask=False))
        keep = action(self, "存草稿", lambda: self._keep(form), icon="save", shortcut="Ctrl+S")
        self.show_over(title, form, [keep], may_leave=form.may_leave, about=claim_id)

    def _keep(self, form: ClaimForm) -> None:
        try:
            stored = form.keep_draft()
        except VillageDeskError as fault:
            show_error(self, str(fault))
            return
        if stored:
            self.open(stored.id)

    # Several claims

    def _chosen(self) -> list[str]:
        lines = register.claim_lines(self.context.desk, self.list.chosen_ids())
        return [line.id for line in lines]

    def _with_chosen(self, verb: str, deed: Deed, wanted: ClaimState) -> None:
        """Do something with all chosen claims that stand where it is their turn; others are named, not touched."""
        if not signed_in(self.context):
            return
        chosen = self._chosen()
        turn = [
            line for line in register.claim_lines(self.context.desk, self.list.chosen_ids()) if line.state is wanted
        ]
        total = yuan(sum(line.amount_fen for line in turn))
        if not turn:
            show_error(self, f"选中的{len(chosen)}张里没有“{wanted.label}”的。", title=f"没有可以{verb}的")
        elif confirm(self, f"{verb}选中的{len(turn)}张，共{total}元？一张一张办，不合规定的不办。", verb):
            with_each(self, verb, chosen, deed)

    def _submit_chosen(self) -> None:
        self._with_chosen("提交审核", usecases.submit, S.DRAFT)

    def _post_chosen(self) -> None:
        from villagedesk.app import posting

        self._with_chosen("付款入账", posting.post, S.GRANTED)

    def _print_chosen(self) -> None:
        from villagedesk.ui.payments.paper import show_claims

        if chosen := self._chosen():
            show_claims(self, chosen)
