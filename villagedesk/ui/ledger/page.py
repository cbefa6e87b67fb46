"""收支账: a book with a running balance, and from it the registers, the checks, and cash and bank."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.money import yuan
from villagedesk.ledger import accounts, books, cashsheets, ledgers, numbers, sheets, store, usecases
from villagedesk.ledger.figures import AdvanceLine, Book, Entry, ProjectLine
from villagedesk.ledger.model import CashMoveKind, Statement, StatementKind
from villagedesk.ledger.settling import settling_day
from villagedesk.payments.model import Voucher
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.dialogs import ask_reason, confirm, show_note
from villagedesk.ui.kit.doing import show_fault, show_sheet, signed_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.exporting import export_sheet
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.ledger import forms, fundforms
from villagedesk.ui.ledger.chooser import Chooser
from villagedesk.ui.ledger.columns import COLUMNS, PROJECT_COLUMNS, Lines, Projects
from villagedesk.ui.ledger.income import IncomeView
from villagedesk.ui.ledger.money import MoneyView, Ways
from villagedesk.ui.theme import gap
from villagedesk.village.store import office
from villagedesk.village.usecases import reverse_arrival, reverse_opening

_REVERSED_BY: dict[str, Callable[[Desk, str, str], object]] = {"arrivals": reverse_arrival, "openings": reverse_opening}


class LedgerPage(Page):
    """The books of the village, to read, print and export; forms for cash, bank and advances."""

    title = "收支账"
    tables = frozenset(
        {"arrivals", "openings", "vouchers", "funds", "projects", "cash_moves", "advances", "settlements", "statements"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.chooser = Chooser(context.desk)
        source = Lines(context.desk, self.chooser.run)
        empty = Empty("这一期没有收支", "换一个期间或账簿看看；到账在“村情”里登记，支出在“支出”里入账。", "book")
        self.list = Listing[Entry](
            COLUMNS,
            source,
            Texts("收支", "笔", "找摘要、对方、项目、凭证号", empty),
            total=source.total,
            sort_key="day",
        )
        self._source = source
        self._money: MoneyView | None = None
        self.list.opened.connect(self._open)
        self.chooser.changed.connect(self.list.reload)
        self.show_first(self._first(), self._actions())

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Ask for the book again; what of cash and bank lies over it is laid anew."""
        del changed
        self.chooser.offer_again()
        self.list.reload()
        if self._money and self.steps_in == 1:
            self.back(ask=False)
            self.show_money()

    def look_at(self, record: str) -> None:
        """Show a book by its name and whose it is (``fund:01ARZ…``), or else cash and bank."""
        while self.steps_in and self.back(ask=False):
            pass
        book, _, subject = record.partition(":")
        if book in {"bank", "cash", "fund", "project", "payee"}:
            self.chooser.show_book(book, subject)
        else:
            self.show_money()

    def back(self, *, ask: bool = True) -> bool:
        """Take the top away; with it cash and bank are forgotten."""
        went = super().back(ask=ask)
        if went and self.steps_in == 0:
            self._money = None
        return went

    # Books

    def print_book(self) -> None:
        """Show the book as it is printed."""
        show_sheet(self, self.chooser.title, partial(self._book, self.context.desk))

    def export_book(self) -> None:
        """Write the book for Excel."""
        export_sheet(self, f"{self.chooser.title} {self.chooser.stretch}", self._book)

    def _book(self, desk: Desk) -> Sheet:
        run = self.chooser.run_on(desk)
        found = books.entries(desk, run)
        draw = sheets.spending_sheet if run.adds else sheets.book_sheet
        return draw(office(desk), self.chooser.title, self.chooser.stretch.label, found, run.totals)

    def _open(self, place: int | None) -> None:
        entry = self.list.current_row()
        if place is None or entry is None or not entry.place:
            return
        page, _, record = entry.place.partition(":")
        if page in _REVERSED_BY:
            self.take_back()
        else:
            self.context.go(page, record)

    # What a fund begins with, and wrong entries

    def begin_fund(self) -> None:
        """Write down what a fund began with, from older books."""
        self._fill("登记期初余额", lambda: fundforms.opening_form(self.context.desk), self._to_book)

    def carry(self) -> None:
        """Carry what is left of a year's fund to the next year."""
        self._fill("结转下年", lambda: fundforms.carry_form(self.context.desk), self._to_book)

    def take_back(self) -> None:
        """Reverse the chosen arrival or opening in red; a payment is reversed where its claim lies open."""
        entry = self.list.current_row()
        table, _, record = entry.place.partition(":") if entry else ("", "", "")
        if entry is None or table not in _REVERSED_BY:
            show_note(self, "请先选中一笔到账、期初或结转。支出请打开它的报账单再冲销。", title="冲销")
            return
        if not signed_in(self.context):
            return
        words = f"{entry.day}　{entry.what}　{yuan(entry.in_fen or entry.out_fen)}元。冲销用红字记在今天，原来的一笔还在账里。"
        reason = ask_reason(self, "冲销这一笔", words, verb="冲销")
        if reason:
            try:
                _REVERSED_BY[table](self.context.desk, record, reason)
            except VillageDeskError as fault:
                show_fault(self, fault)

    def _to_book(self) -> None:
        while self.steps_in and self.back(ask=False):
            pass

    # Registers and checks

    def show_income(self) -> None:
        """Show what came and went in the period."""
        desk, period = self.context.desk, self.chooser.stretch

        def draw(desk: Desk) -> Sheet:
            return sheets.income_sheet(office(desk), ledgers.income(desk, period))

        title = f"{period.label}收支明细表"
        self.show_over(title, IncomeView(ledgers.income(desk, period)), self._outs(title, draw))

    def show_projects(self) -> None:
        """Show the register of projects of the period."""
        desk, period = self.context.desk, self.chooser.stretch
        source = Projects(desk, lambda: ledgers.project_lines(desk, period))
        empty = Empty("这一期没有项目", "换一个期间看看。", "project")
        listing = Listing[ProjectLine](
            PROJECT_COLUMNS, source, Texts("项目", "个", "找项目、类别、资金", empty), total=source.total
        )
        listing.opened.connect(self._show_card)
        listing.reload()
        title = f"{period.label}项目台账"

        def draw(desk: Desk) -> Sheet:
            return sheets.projects_sheet(office(desk), period, ledgers.project_lines(desk, period))

        self.show_over(title, listing, self._outs(title, draw))

    def show_numbers(self) -> None:
        """Show the check of numbers as it is printed."""
        desk = self.context.desk

        def draw() -> Sheet:
            return sheets.numbers_sheet(office(desk), numbers.number_report(desk), desk.clock.now().date())

        show_sheet(self, "凭证断号重号检查表", draw)

    def show_postings(self) -> None:
        """Show the period's entries with debit and credit as they are printed."""
        show_sheet(self, self._postings_title, partial(self._postings, self.context.desk))

    def export_postings(self) -> None:
        """Write the period's entries for the township's bookkeepers."""
        export_sheet(self, self._postings_title, self._postings)

    @property
    def _postings_title(self) -> str:
        return f"{self.chooser.stretch.label}会计分录表"

    def _postings(self, desk: Desk) -> Sheet:
        chart, period = accounts.load(), self.chooser.stretch
        return cashsheets.postings_sheet(office(desk), period, accounts.postings(desk, period, chart), chart)

    def _show_card(self, project_id: str | None) -> None:
        if project_id is None:
            return
        desk, period = self.context.desk, self.chooser.stretch
        card = ledgers.project_card(desk, project_id, period)
        show_sheet(self, card.line.project.name, lambda: sheets.project_sheet(office(desk), card, period.last))

    # Cash and bank

    def show_money(self) -> None:
        """Show where the money is, with advances and statements."""
        ways = Ways(self._settle, self._set_off, self._show_statement, lambda record: self.look_at(record))
        self._money = MoneyView(self.context.desk, ways)
        self.show_over("银行、现金和预借", self._money, self._money_actions())

    def _settle(self, advance: AdvanceLine) -> None:
        self._fill("登记归还", lambda: forms.settle_form(self.context.desk, advance))

    def _set_off(self, voucher: Voucher, advance: AdvanceLine) -> None:
        """Set a voucher off against its advance; how much, which day and which way stand in the books already."""
        if not signed_in(self.context):
            return
        fen, day = min(voucher.amount_fen, advance.open_fen), settling_day(self.context.desk, voucher)
        why = "照凭证" if day == voucher.posted_on else "那个月已经结账，"
        words = (
            f"用凭证{voucher.label}（{voucher.purpose}）结清{advance.taker}的预借{yuan(fen)}元，日期{why}记在{day}。"
        )
        if confirm(self, words, "结清预借", title="结清预借"):
            try:
                usecases.settle_by_voucher(self.context.desk, voucher.id)
            except VillageDeskError as fault:
                show_fault(self, fault)

    def _print_blank_count(self) -> None:
        desk, today = self.context.desk, self.context.desk.clock.now().date()
        books_fen = store.held(desk, Book.CASH, today)
        show_sheet(self, "空白盘点表", lambda: cashsheets.blank_count_sheet(office(desk), books_fen, today))

    def _show_statement(self, statement: Statement) -> None:
        desk = self.context.desk

        def draw() -> Sheet:
            if statement.kind is StatementKind.CASH:
                return cashsheets.cash_count_sheet(office(desk), statement)
            return cashsheets.reconciliation_sheet(office(desk), statement, store.uncashed_of(desk, statement.id))

        show_sheet(self, "库存现金盘点表" if statement.kind is StatementKind.CASH else "银行存款余额调节表", draw)

    def _show_advances(self) -> None:
        desk, today = self.context.desk, self.context.desk.clock.now().date()
        show_sheet(
            self, "预借款清单", lambda: sheets.advances_sheet(office(desk), today, store.advance_lines(desk, today))
        )

    def _fill(self, title: str, make: Callable[[], Form], written: Callable[[], object] | None = None) -> None:
        """Lay a form over the page; afterwards cash and bank are shown as they are then, or ``written`` is done."""
        if not signed_in(self.context):
            return
        form = make()
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(lambda _record: (written or self._written)())
        self.show_over(title, form, may_leave=form.may_leave)

    def _written(self) -> None:
        while self.steps_in and self.back(ask=False):
            pass
        self.show_money()

    # What stands at the head

    def _first(self) -> QWidget:
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(10))
        column.addWidget(self.chooser)
        column.addWidget(self.list, 1)
        first.setFocusProxy(self.list)
        first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return first

    def _actions(self) -> list[QAction]:
        return [
            action(self, "断号检查", self.show_numbers, icon="check-circle", is_rare=True),
            action(self, "会计分录", self.show_postings, icon="scale", is_rare=True),
            action(self, "导出会计分录", self.export_postings, icon="save", is_rare=True),
            action(self, "登记期初余额", self.begin_fund, icon="folder-new", is_rare=True),
            action(self, "结转下年", self.carry, icon="forward", is_rare=True),
            action(self, "冲销到账", self.take_back, icon="undo", kind="danger", is_rare=True),
            action(self, "导出表格", self.export_book, icon="save"),
            action(self, "打印", self.print_book, icon="print", shortcut="Ctrl+P"),
            action(self, "项目台账", self.show_projects, icon="project"),
            action(self, "收支明细表", self.show_income, icon="chart"),
            action(self, "银行、现金", self.show_money, icon="wallet", shortcut="Ctrl+B", kind="primary"),
        ]

    def _outs(self, title: str, draw: Callable[[Desk], Sheet]) -> list[QAction]:
        return [
            action(self, "导出表格", lambda: export_sheet(self, title, draw), icon="save"),
            action(
                self,
                "打印",
                lambda: show_sheet(self, title, lambda: draw(self.context.desk)),
                icon="print",
                shortcut="Ctrl+P",
            ),
        ]

    def _money_actions(self) -> list[QAction]:
        desk = self.context.desk
        moves = [
            ("提取现金", CashMoveKind.WITHDRAWN, "down"),
            ("存入银行", CashMoveKind.DEPOSITED, "up"),
        ]
        made = [
            action(self, "预借清单", self._show_advances, icon="list", is_rare=True),
            action(self, "空白盘点表", self._print_blank_count, icon="print", is_rare=True),
            *(
                action(self, title, partial(self._fill, title, partial(forms.move_form, desk, kind)), icon=icon)
                for title, kind, icon in moves
            ),
            action(self, "预借", partial(self._fill, "预借", lambda: forms.advance_form(desk)), icon="person"),
            action(self, "现金盘点", partial(self._fill, "现金盘点", lambda: forms.count_form(desk)), icon="yuan"),
        ]
        made.append(
            action(
                self,
                "银行对账",
                partial(self._fill, "银行对账", lambda: forms.bank_form(desk)),
                icon="scale",
                kind="primary",
            )
        )
        return made
