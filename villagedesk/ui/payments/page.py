"""支出: the register of claims, a claim with its course, and what is to be done with it next."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction

from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import RuleViolation, VillageDeskError
from villagedesk.kernel.findings import blocks
from villagedesk.kernel.money import yuan
from villagedesk.kernel.progress import Progress
from villagedesk.oversight import usecases as oversight
from villagedesk.payments import register, sheets, store, usecases
from villagedesk.payments.model import UNDER_WAY, Claim, ClaimState, Outcome, PastExpense, Payroll, Voucher
from villagedesk.payments.register import ClaimLine
from villagedesk.payroll import usecases as pay
from villagedesk.projects.model import Project
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import Segments, action, button
from villagedesk.ui.kit.dialogs import ask_reason, confirm, show_error
from villagedesk.ui.kit.doing import show_sheet, signed_in, take_file, take_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.listpage import ListPage
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.payments.claimform import ClaimForm
from villagedesk.ui.payments.columns import COLUMNS, PAST_COLUMNS, STRETCHES, Claims, PastExpenses
from villagedesk.ui.payments.form import payroll_form, period_form, post_form, reverse_form
from villagedesk.ui.payments.record import ClaimRecord
from villagedesk.ui.theme import Tone
from villagedesk.village.model import Fund
from villagedesk.village.store import office

S = ClaimState


class PaymentsPage(ListPage[ClaimLine]):
    """The register of claims; a claim's record; the forms about money out."""

    title = "支出"
    tables = frozenset(
        {"claims", "vouchers", "approvals", "reviews", "answers", "verdicts", "projects", "payrolls", "past_expenses"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._past: Listing[PastExpense] | None = None
        self._stretches = Segments([(key, label) for key, label, _ in STRETCHES], "按状态筛选")
        source = Claims(context.desk, self._stretches.key)
        listing = Listing[ClaimLine](
            COLUMNS,
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
        )
        listing.add_to_bar(self._stretches)
        self._stretches.picked.connect(lambda _key: listing.reload())
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

    def show_record(self, record_id: str) -> None:
        """Lay a claim's record over the list."""
        record = ClaimRecord(self.context.desk, record_id)
        self.show_over(f"报账单 {record.claim.number}", record, self._record_actions(record))

    def back(self, *, ask: bool = True) -> bool:
        """Take the top away; with it the list of earlier years goes."""
        went = super().back(ask=ask)
        if went and self.steps_in == 0:
            self._past = None
        return went

    # The list

    def new(self) -> None:
        """Write a new claim."""
        self._write(None)

    def import_payroll(self) -> None:
        """Take in a pay sheet and draft its claim."""

        def chosen(form: Form, answer: object) -> None:
            del form
            assert isinstance(answer, tuple)
            path, project_id = answer
            self.back(ask=False)

            def work(desk: Desk, file: Path, progress: Progress) -> tuple[Payroll, Claim]:
                del progress
                return pay.import_payroll(desk, file, project_id)

            take_file(self, "导入发放表", path, work, self._payroll_said)

        self._fill("导入发放表", lambda: payroll_form(self.context.desk), chosen)

    def import_expenses(self) -> None:
        """Take over an earlier year's expenses."""
        take_in(
            self,
            "导入往年支出",
            lambda desk, path, _progress: usecases.import_expenses(desk, path),
            lambda lines: (
                f"导入完：{lines[0].year}年支出{len(lines)}笔，共{yuan(sum(x.amount_fen for x in lines))}元。"
            ),
        )

    def show_past(self) -> None:
        """Show what earlier years' sheets held."""
        source = PastExpenses(self.context.desk)
        hint = "接收以后，去年报过的票据今年再报就会提醒。"
        empty = Empty("还没有接收往年的支出表", hint, "archive", "导入往年支出", self.import_expenses)
        self._past = Listing[PastExpense](
            PAST_COLUMNS, source, Texts("往年支出", "笔", "找项目、收款人、票据号", empty), total=source.total
        )
        self._past.reload()
        take = action(self, "导入往年支出", self.import_expenses, icon="receive")
        self.show_over("往年支出", self._past, [take])

    def show_register(self) -> None:
        """Ask for a period and show its register of vouchers as it prints."""
        desk = self.context.desk

        def chosen(form: Form, period: object) -> None:
            del form
            assert isinstance(period, Period)
            self.back(ask=False)
            found = store.vouchers_in(desk, period)
            show_sheet(self, "支出登记簿", lambda: sheets.register_sheet(office(desk), period.label, found))

        self._fill("支出登记簿", lambda: period_form(desk), chosen, needs_person=False)

    def _payroll_said(self, taken: tuple[Payroll, Claim]) -> str:
        payroll, claim = taken
        self.open(claim.id)
        return f"{payroll.title}导入了，共{yuan(payroll.total_fen)}元，报账单已起草。核对后提交审核。"

    def _list_actions(self) -> list[QAction]:
        return [
            action(self, "往年支出", self.show_past, icon="archive"),
            action(self, "登记簿", self.show_register, icon="book", shortcut="Ctrl+P"),
            action(self, "导入发放表", self.import_payroll, icon="receive"),
            action(self, "记一笔", self.new, icon="plus", shortcut="Ctrl+N", kind="primary"),
        ]

    # A claim

    def _write(self, claim: Claim | None) -> None:
        """Lay the form of a claim over the page."""
        if signed_in(self.context):
            form = ClaimForm(self.context.desk, claim, jump=self._jump)
            form.saved.connect(lambda saved: self.open(saved.id) if claim else self._write_next(form, saved))
            self._lay_claim("修改报账单" if claim else "记一笔", form)

    def _write_next(self, before: ClaimForm, saved: Claim) -> None:
        """Go straight to the next empty form, and say at its top what was saved."""
        said = f"提交了：{saved.payee}，{saved.purpose}，{yuan(saved.amount_fen)} 元。接着记下一笔。"
        link = button("看这一张 ›", lambda: self.open(saved.id), kind="link")
        form = ClaimForm(
            self.context.desk, before=before.before(), above=[Callout(said, Tone.GOOD, extra=link)], jump=self._jump
        )
        form.saved.connect(lambda saved: self._write_next(form, saved))
        self.back(ask=False)
        self._lay_claim("记一笔", form)

    def _lay_claim(self, title: str, form: ClaimForm) -> None:
        form.left.connect(lambda: self.back(ask=False))
        keep = action(self, "存草稿", lambda: self._keep(form), icon="save", shortcut="Ctrl+S")
        self.show_over(title, form, [keep], may_leave=form.may_leave)

    def _jump(self, place: str) -> None:
        page, _, record = place.partition(":")
        self.context.go(page, record)

    def _keep(self, form: ClaimForm) -> None:
        try:
            stored = form.keep_draft()
        except VillageDeskError as fault:
            show_error(self, str(fault))
            return
        if stored:
            self.open(stored.id)

    def _submit(self, claim: Claim) -> None:
        """Submit a draft; a warning asks for its reason."""
        desk = self.context.desk
        if not signed_in(self.context):
            return
        reason = ""
        found = usecases.findings_of(desk, claim)
        if blocks(found):
            show_error(self, "\n".join(finding.message for finding in blocks(found)), title="还不能提交")
            return
        if found and not claim.excuse:
            words = "\n".join(finding.message for finding in found)
            reason = ask_reason(self, "还要提交，请写明理由", words, verb="提交审核") or ""
            if not reason:
                return
        self._do(lambda: usecases.submit(desk, claim.id, reason))

    def _discard(self, claim: Claim) -> None:
        if signed_in(self.context) and confirm(
            self, f"删去草稿“{claim.payee}：{claim.purpose}”？", "删去", danger=True
        ):
            self.shown = ""
            self._do(lambda: usecases.discard(self.context.desk, claim.id))
            self.back(ask=False)

    def _with_reason(self, title: str, sentence: str, verb: str, deed: Callable[[str], object]) -> None:
        """Ask for the reason a deed needs, and do it."""
        if not signed_in(self.context):
            return
        reason = ask_reason(self, title, sentence, verb=verb, label="写在这里")
        if reason:
            self._do(lambda: deed(reason))

    def _approve(self, claim: Claim) -> None:
        if signed_in(self.context):
            self._do(lambda: usecases.approve(self.context.desk, claim.id, Outcome.PASSED))

    def _do(self, deed: Callable[[], object]) -> None:
        """Do something; why it cannot be done is said in plain words. The page refreshes by what was changed."""
        try:
            deed()
        except RuleViolation as refusal:
            show_error(self, "\n".join(finding.message for finding in refusal.findings))
        except VillageDeskError as fault:
            show_error(self, str(fault))

    def _fill(
        self,
        title: str,
        make: Callable[[], Form],
        saved: Callable[[Form, object], None] | None = None,
        *,
        needs_person: bool = True,
    ) -> None:
        """Lay a form over the page; afterwards the open claim is shown again, unless ``saved`` goes elsewhere."""
        if needs_person and not signed_in(self.context):
            return
        form, shown = make(), self.shown
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(lambda answer: saved(form, answer) if saved else self.open(shown))
        self.show_over(title, form, may_leave=form.may_leave)

    def _record_actions(self, record: ClaimRecord) -> list[QAction]:
        claim = record.claim
        made = [action(self, "打印报账单", partial(self._print_claim, claim), icon="print", shortcut="Ctrl+P")]
        if claim.payroll_id:
            made.insert(1, action(self, "打印发放表", partial(self._print_payroll, claim.payroll_id), icon="people"))
        made += self._ways_out(claim)
        made += self._next_steps(claim)
        if claim.state is not S.DRAFT:
            made.insert(0, action(self, "再记一笔", self.new, icon="plus", shortcut="Ctrl+N"))
        if record.voucher:
            made.append(action(self, "打印凭证", partial(self._print_voucher, record), icon="seal"))
            if not record.red:
                fill = partial(self._fill, "冲销", lambda: reverse_form(self.context.desk, _voucher(record)))
                made.append(action(self, "冲销", fill, icon="undo", kind="danger"))
        return made

    def _ways_out(self, claim: Claim) -> list[QAction]:
        if claim.state is S.DRAFT:
            return [
                action(self, "删去草稿", partial(self._discard, claim), icon="trash", kind="danger"),
                action(self, "修改", partial(self._write, claim), icon="edit", shortcut="Ctrl+E"),
            ]
        if claim.state in UNDER_WAY:
            sentence = "作废以后不能恢复，这笔钱退回预算，原因会留在账里。要改内容，作废后重新记一张。"
            deed = partial(usecases.withdraw, self.context.desk, claim.id)
            ask = partial(self._with_reason, "作废报账单", sentence, "作废", deed)
            return [action(self, "作废", ask, icon="close", kind="danger")]
        return []

    def _next_steps(self, claim: Claim) -> list[QAction]:
        desk = self.context.desk
        if claim.state is S.DRAFT:
            return [action(self, "提交审核", partial(self._submit, claim), icon="send", kind="primary")]
        if claim.state is S.SUBMITTED:
            return [action(self, "去审核", partial(self.context.go, "oversight", claim.id), icon="scale")]
        if claim.state is S.QUERIED:
            deed = partial(oversight.answer, desk, Claim.table, claim.id)
            ask = partial(self._with_reason, "答复疑问", "答复以后送回理财小组重新审核。", "答复", deed)
            return [action(self, "答复", ask, icon="note", kind="primary")]
        if claim.state is S.REVIEWED:
            return self._approvals(claim)
        if claim.state is S.APPROVED:
            return [action(self, "去上报", partial(self.context.go, "exchange", ""), icon="exchange")]
        if claim.state is S.GRANTED:
            fill = partial(self._fill, "付款入账", lambda: post_form(desk, claim))
            return [action(self, "付款入账", fill, icon="yuan", kind="primary")]
        return []

    def _approvals(self, claim: Claim) -> list[QAction]:
        """Return what the village head may say."""
        asked = partial(self._say, claim, Outcome.QUERIED)
        refused = partial(self._say, claim, Outcome.REFUSED)
        return [
            action(self, "不同意", refused, icon="block", kind="danger"),
            action(self, "有疑问", asked, icon="help"),
            action(self, "审批同意", partial(self._approve, claim), icon="check", kind="primary"),
        ]

    def _say(self, claim: Claim, outcome: Outcome) -> None:
        def deed(note: str) -> object:
            return usecases.approve(self.context.desk, claim.id, outcome, note)

        self._with_reason(f"村主要负责人：{outcome.label}", "写清楚原因，让经办人知道怎么改。", outcome.label, deed)

    # Paper

    def _print_claim(self, claim: Claim) -> None:
        desk = self.context.desk

        def sheet() -> Sheet:
            project, fund = desk.get(Project, claim.project_id), desk.get(Fund, claim.fund_id)
            return sheets.claim_sheet(office(desk), claim, project, fund)

        show_sheet(self, f"报账单 {claim.number}", sheet)

    def _print_payroll(self, payroll_id: str) -> None:
        desk = self.context.desk
        payroll, lines = desk.get(Payroll, payroll_id), store.payroll_lines(desk, payroll_id)
        show_sheet(self, "报酬发放表", lambda: sheets.payroll_sheet(office(desk), payroll, lines))

    def _print_voucher(self, record: ClaimRecord) -> None:
        desk, voucher = self.context.desk, record.red or _voucher(record)
        reversed_ = record.voucher if record.red else None
        project, fund = desk.get(Project, voucher.project_id), desk.get(Fund, voucher.fund_id)
        show_sheet(
            self,
            f"凭证{voucher.label}",
            lambda: sheets.voucher_sheet(office(desk), voucher, project, fund, reversed_),
        )


def _voucher(record: ClaimRecord) -> Voucher:
    assert record.voucher
    return record.voucher
