"""报酬: every pay sheet with where its money is, and what is to be done until everybody is paid."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from villagedesk.kernel.errors import BadInput, VillageDeskError
from villagedesk.payments.model import Payroll, PayrollKind
from villagedesk.payroll import papers, store, usecases
from villagedesk.payroll.bankrules import SENDABLE
from villagedesk.payroll.model import Batch
from villagedesk.payroll.store import TO_SEND, LineStanding, SheetLine, Standing
from villagedesk.payroll.usecases.answers import ReturnPreview
from villagedesk.ui.kit.buttons import Segments, action
from villagedesk.ui.kit.dialogs import ask_reason, show_note
from villagedesk.ui.kit.doing import on_worker, show_fault, show_sheet, signed_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.listpage import ListPage
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.payroll.bankforms import AccountForm, AttendanceForm, BatchForm, BouncedForm
from villagedesk.ui.payroll.columns import COLUMNS, STRETCHES, PaySheets
from villagedesk.ui.payroll.making import Making
from villagedesk.ui.payroll.record import PaySheetRecord
from villagedesk.ui.payroll.returnview import ProblemsView, ReturnView
from villagedesk.ui.payroll.standinglist import Row, standing_list
from villagedesk.ui.payroll.startform import CopyForm, StartForm
from villagedesk.ui.payroll.unfinished import unfinished
from villagedesk.ui.payroll.unfinishedlines import UnfinishedLines
from villagedesk.village.model import Person

if TYPE_CHECKING:
    from villagedesk.app.intake import Taken

ANSWERS = "银行回盘 (*.txt *.csv *.xls *.xlsx);;所有文件 (*)"
_ALL_PAID = Empty("都到账了", "送出去的每一笔都已到账，没有要补发的人。", "check-circle")


class PayrollPage(ListPage[SheetLine]):
    """The list of pay sheets; a sheet's record; a sheet being made; the bank's files and answers."""

    title = "报酬"
    tables = frozenset(
        {"payrolls", "claims", "vouchers", "batches", "bank_answers", "people", "posts", "timesheets", "inspections"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.making = Making(self)
        self._stretches = Segments([(key, label) for key, label, _ in STRETCHES], "按进度筛选")
        source = PaySheets(context.desk, self._stretches.key)
        empty = Empty(
            "这里还没有发放表", "先在“项目”里设好岗位，再按月、按季度做表。", "people", "做一张发放表", self.new
        )
        listing = Listing[SheetLine](
            COLUMNS, source, Texts("发放表", "张", "找标题、姓名", empty), total=source.total, sort_key="period",
            descending=True,
        )  # fmt: skip
        listing.add_to_bar(self._stretches)
        self._unfinished = UnfinishedLines(context.desk, self.making.go_on_with)
        listing.add_line(self._unfinished)
        self._stretches.picked.connect(lambda _key: listing.reload())
        self.show_list(listing, self._list_actions())

    # Showing

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Ask for the list again, for what was begun and not drawn up, and for the record that is open."""
        self._show_unfinished()
        super().refresh(changed)

    def back(self, *, ask: bool = True) -> bool:
        """Take the top away; with it something may have been begun or finished."""
        went = super().back(ask=ask)
        if went and self.steps_in == 0:
            self._show_unfinished()
        return went

    def focus_top(self) -> None:
        """Look at who is signed in: everybody sees the sheets they began themselves."""
        super().focus_top()
        self._show_unfinished()

    def _show_unfinished(self) -> None:
        if self.steps_in == 0:
            self._unfinished.show_sheets(unfinished(self.context.desk))

    def show_record(self, record_id: str) -> None:
        """Lay a pay sheet's record over the list."""
        record = PaySheetRecord(self.context.desk, record_id)
        self.show_over(record.sheet.payroll.brief, record, self._record_actions(record))

    def show_unpaid(self) -> None:
        """Show who is not yet paid, of all sheets, and why."""
        desk = self.context.desk
        self._show_people("还没有到账的人", lambda: store.unpaid(desk), is_all=True)

    def show_people(self, payroll: Payroll) -> None:
        """Show everybody on a sheet, to write down what the bank says of one."""
        desk = self.context.desk
        self._show_people(
            f"逐人办理：{payroll.brief}", lambda: [(payroll, one) for one in store.standings(desk, payroll.id)]
        )

    # Making

    def new(self) -> None:
        """Begin a pay sheet."""
        self.making.begin("做发放表", lambda: StartForm(self.context.desk))

    def attend(self) -> None:
        """Write down attendance."""
        self._fill("登记考勤", lambda: AttendanceForm(self.context.desk))

    def import_sheet(self) -> None:
        """Take in a pay sheet that was made elsewhere, step by step, with the draft of the claim that pays it."""
        from villagedesk.ui.intake.wizard import take_sheet
        from villagedesk.ui.payments.form import payroll_form

        def chosen(answer: tuple[Path, str]) -> None:
            path, project_id = answer
            self.back(ask=False)
            take_sheet(self, "payroll", project_id=project_id, path=path, done=self._open_taken)

        self._fill("导入发放表", lambda: payroll_form(self.context.desk), saved=chosen)

    def show_taken(self) -> None:
        """Show which pay sheets and answers of the bank were taken in, to take a sheet back."""
        from villagedesk.ui.intake.taken import show_taken

        show_taken(self, "payroll", "bank_return")

    def _open_taken(self, taken: "Taken") -> None:
        self.open(str((taken.data or {})["payroll"]))

    # The bank

    def take_in_answer(self, batch_id: str = "") -> None:
        """Ask for the bank's answer and show what it says, or what is wrong with it; nothing is taken in yet."""
        if not signed_in(self.context):
            return
        name, _ = QFileDialog.getOpenFileName(self, "导入银行回盘", "", ANSWERS)
        if name:
            self.look_at_answer(Path(name), batch_id)

    def look_at_answer(self, path: Path, batch_id: str = "") -> None:
        """Show what an answer of the bank says, or what is wrong with it; it is read on a worker."""

        def show(seen: ReturnPreview) -> None:
            take = action(self, "登记回盘", lambda: self._take_in(path, seen), icon="check", kind="primary")
            self.show_over(f"银行回盘：{path.name}", ReturnView(seen, path.name), [take])

        on_worker(
            self,
            "核对银行回盘",
            lambda desk, progress: usecases.preview_return(desk, path, batch_id, progress),
            show,
            failed=lambda fault: self._refuse_answer(path, fault),
        )

    def _refuse_answer(self, path: Path, fault: BaseException) -> None:
        if isinstance(fault, BadInput):
            self.show_over(f"没有导入：{path.name}", ProblemsView(fault))
        else:
            show_fault(self, fault)

    def _take_in(self, path: Path, seen: ReturnPreview) -> None:
        on_worker(
            self,
            "登记银行回盘",
            lambda desk, progress: usecases.take_in_return(desk, path, seen.batch.id, progress=progress),
            lambda taken: self.open(taken.batch.payroll_id),
        )

    def _write_batch(self, payroll: Payroll) -> None:
        def tell(made: tuple[Batch, Path]) -> None:
            batch, file = made
            self.open(payroll.id)
            show_note(self, f"{batch.label}已写到：\n{file}\n共{batch.count}人。送到银行以后，等回盘文件再来登记。")

        self._fill("生成银行文件", lambda: BatchForm(self.context.desk, payroll.id, self.jump), saved=tell)

    def _refuse_batch(self, payroll: Payroll) -> None:
        batch = store.batches_of(self.context.desk, payroll.id)[-1]
        if not signed_in(self.context):
            return
        sentence = f"{batch.label}的每一笔都登记为没有发成，可以重新生成银行文件。银行已经发了一部分的，不要这样登记。"
        reason = ask_reason(self, "整批退回", sentence, label="银行怎么说")
        if reason is None:
            return
        try:
            usecases.record_refusal(self.context.desk, batch.id, reason)
        except VillageDeskError as fault:
            show_fault(self, fault)

    # Pieces

    def jump(self, place: str) -> None:
        """Go where a finding can be put right."""
        page, _, record = place.partition(":")
        self.context.go(page, record)

    def _fill(
        self,
        title: str,
        make: Callable[[], Form],
        *,
        saved: Callable[[Any], object] | None = None,
        about: str | None = None,
    ) -> None:
        """Lay a form over the page; when it is saved it goes, and what lies below is drawn anew.

        ``about`` is the record what is typed is kept for, by default the one that is open.
        """
        if not signed_in(self.context):
            return
        form = make()
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(saved or (lambda _saved: self.back(ask=False)))
        self.show_over(title, form, may_leave=form.may_leave, about=about)

    def _show_people(self, title: str, read: Callable[[], list[Row]], *, is_all: bool = False) -> None:
        listing = standing_list(read, _ALL_PAID, in_full=self.context.desk.actor is not None)

        def chosen() -> LineStanding | None:
            row = listing.current_row()
            return row[1] if row else None

        def correct() -> None:
            if one := chosen():
                person = self.context.desk.get(Person, one.line.payee_id or one.line.person_id)
                title = f"改正账号：{person.name}"
                self._fill(title, lambda: AccountForm(self.context.desk, person), saved=again, about=person.id)

        def tell() -> None:
            one = chosen()
            if one and one.sent and one.standing in (Standing.SENT, Standing.PAID):
                title = f"登记银行答复：{one.line.name}"
                self._fill(title, lambda: BouncedForm(self.context.desk, one), saved=again, about=one.line.id)

        def again(_saved: object) -> None:
            self.back(ask=False)
            listing.reload()

        desk = self.context.desk
        made = [
            action(self, "登记银行答复或退票", tell, icon="undo", hint="到账以后又退回来的，或者银行没有给文件的"),
            action(self, "改正账号", correct, icon="edit", kind="primary"),
        ]
        if is_all:
            paper = partial(show_sheet, self, "待补发名单", lambda: papers.unpaid_sheet(desk))
            made.insert(0, action(self, "打印名单", paper, icon="print", shortcut="Ctrl+P"))
        self.show_over(title, listing, made)

    def _list_actions(self) -> list[QAction]:
        return [
            action(self, "还没到账的人", self.show_unpaid, icon="people"),
            action(self, "导入过的表", self.show_taken, icon="list", is_rare=True, hint="看导入过什么，导错了撤销"),
            action(self, "登记考勤", self.attend, icon="calendar"),
            action(self, "导入发放表", self.import_sheet, icon="receive", hint="别处做好的发放表，原样导入"),
            action(self, "导入回盘", self.take_in_answer, icon="receive", hint="银行发完以后给的回盘文件"),
            action(self, "做发放表", self.new, icon="plus", shortcut="Ctrl+N", kind="primary"),
        ]

    def _record_actions(self, record: PaySheetRecord) -> list[QAction]:
        desk, sheet = self.context.desk, record.sheet
        payroll = sheet.payroll
        paper = partial(show_sheet, self, payroll.title, lambda: papers.pay_sheet(desk, payroll.id))
        made = [action(self, "打印发放表", paper, icon="print", shortcut="Ctrl+P")]
        made.append(action(self, "打印发放单", partial(self._show_slips, payroll), icon="note", is_rare=True))
        if payroll.kind is not PayrollKind.IMPORTED:
            copy = partial(self.making.begin, "照着做下一期", lambda: CopyForm(desk, payroll))
            made.append(action(self, "做下一期", copy, icon="forward"))
        if sheet.claim_id:
            go = partial(self.context.go, "payments", sheet.claim_id)
            made.append(action(self, "看报账单", go, icon="wallet"))
        if not sheet.is_living or sheet.claim_state not in SENDABLE:
            return made
        return [*made, *self._bank_actions(record)]

    def _bank_actions(self, record: PaySheetRecord) -> list[QAction]:
        desk, sheet = self.context.desk, record.sheet
        payroll = sheet.payroll
        made = [action(self, "逐人办理", partial(self.show_people, payroll), icon="people")]
        if batches := store.batches_of(desk, payroll.id):
            paper = partial(
                show_sheet, self, f"{batches[-1].label}清单", lambda: papers.batch_sheet(desk, batches[-1].id)
            )
            made.append(action(self, "打印批次清单", paper, icon="print", is_rare=True))
            made.append(
                action(self, "重新写出文件", partial(self._write_again, batches[-1].id), icon="save", is_rare=True)
            )
        if sheet.sent:
            made.append(action(self, "整批退回", partial(self._refuse_batch, payroll), icon="close", is_rare=True))
        write = partial(self._write_batch, payroll)
        is_waiting = any(one.standing in TO_SEND for one in record.standings)
        if sheet.sent:
            take = partial(self.take_in_answer, batches[-1].id)
            made.append(action(self, "导入回盘", take, icon="receive", kind="" if is_waiting else "primary"))
        if is_waiting:
            verb = "补发：生成银行文件" if sheet.back else "生成银行文件"
            kind = "" if sheet.is_posted_only else "primary"
            made.append(action(self, verb, write, icon="send", kind=kind, is_rare=sheet.is_posted_only))
        return made

    def _show_slips(self, payroll: Payroll) -> None:
        from villagedesk.kernel.progress import Progress
        from villagedesk.reports.pdf import draw_all
        from villagedesk.ui.kit.preview import Preview

        title = f"{payroll.title}发放单"
        try:
            pdf = draw_all(papers.slips(self.context.desk, payroll.id), title, Progress())
        except VillageDeskError as fault:
            show_fault(self, fault)
            return
        preview = Preview()
        self.show_over(title, preview)
        preview.show_pdf(pdf, f"{title}.pdf")

    def _write_again(self, batch_id: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, "存到哪个文件夹")
        if not folder or not signed_in(self.context):
            return
        try:
            file = usecases.write_again(self.context.desk, batch_id, Path(folder))
        except VillageDeskError as fault:
            show_fault(self, fault)
            return
        show_note(self, f"和当初写出的一字不差：\n{file}")
