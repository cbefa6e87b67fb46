"""Which book, which stretch of days, whose: three choices in a line, all by keyboard."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from villagedesk.kernel.dates import Period
from villagedesk.ledger import books, ledgers
from villagedesk.ledger.books import Run
from villagedesk.ledger.figures import Book
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.theme import gap
from villagedesk.village.model import Fund
from villagedesk.village.register import initials
from villagedesk.village.store import fund_balances

BOOKS = (
    Choice("bank", "银行存款日记账", search="yhck"),
    Choice("cash", "现金日记账", search="xj"),
    Choice("fund", "资金明细账", search="zj"),
    Choice("project", "项目明细账", search="xm"),
    Choice("payee", "收款人明细账", search="skr"),
)
_WHOSE = frozenset({"fund", "project", "payee"})
_FIRST_YEAR = """SELECT min(day) FROM (SELECT min(posted_on) AS day FROM vouchers WHERE village_id = :office
                 UNION ALL SELECT min(arrived_on) FROM arrivals WHERE village_id = :office)"""


class Chooser(QWidget):
    """The choices above a book. ``changed`` says that another run is wanted."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        today = desk.clock.now().date()
        self.book = ChoiceField("book", "账簿", BOOKS)
        self.period = ChoiceField("period", "期间", _periods(desk, today))
        self.subject = ChoiceField("subject", "资金、项目或收款人", [], spell=initials)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(gap(12))
        for field, stretch in ((self.book, 2), (self.period, 2), (self.subject, 3)):
            line.addWidget(field, stretch)
            field.edited.connect(self.changed if field is not self.book else self._other_book)
        line.addStretch(1)
        self.book.set_value("bank")
        self.period.set_value(str(Period(today.year)))
        self._offer()

    @property
    def stretch(self) -> Period:
        """The days looked at."""
        return Period.parse(self.period.value())

    @property
    def title(self) -> str:
        """What the book is called on paper."""
        chosen, subject = self.book.choice(), self.subject.choice()
        name = chosen.label if chosen else ""
        return f"{name}：{subject.label}" if self.book.value() in _WHOSE and subject else name

    def show_book(self, book: str, subject: str = "") -> None:
        """Choose a book, and whose it is."""
        self.book.set_value(book)
        self._offer()
        if subject:
            self.subject.set_value(subject)
        self.changed.emit()

    def run(self) -> Run:
        """Return the book as chosen."""
        return self.run_on(self._desk)

    def run_on(self, desk: Desk) -> Run:
        """Return the book as chosen, read on another connection; nobody's ledger is empty."""
        book, whose, period = self.book.value(), self.subject.value() or "", self.stretch
        if book in {"bank", "cash"}:
            return books.day_book(desk, Book(book), period.first, period.last)
        reading = {"fund": books.fund_ledger, "project": books.project_ledger, "payee": books.payee_ledger}[book]
        return reading(desk, whose, period.first, period.last)

    def offer_again(self) -> None:
        """Offer what there is now; what is chosen stays."""
        chosen = self.subject.value()
        self._offer()
        if chosen is not None and self.subject.offers(chosen):
            self.subject.set_value(chosen)

    def _other_book(self) -> None:
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        book = self.book.value()
        self.subject.setVisible(book in _WHOSE)
        if book not in _WHOSE:
            return
        choices = self._choices(book)
        self.subject.set_choices(choices)
        if self.subject.value() is None and choices:
            self.subject.set_value(choices[0].id)

    def _choices(self, book: str) -> list[Choice]:
        desk = self._desk
        if book == "fund":
            return [_fund(balance.fund) for balance in fund_balances(desk)]
        if book == "project":
            found = desk.find(Project, "village_id = ? AND fund_id IS NOT NULL", [desk.office_id], "year DESC, rowid")
            return [Choice(one.id, f"{one.year}年{one.name}", search=one.name) for one in found]
        return [Choice(name, name) for name in ledgers.payees(desk, most=500)]


def _fund(fund: Fund) -> Choice:
    return Choice(fund.id, fund.label, fund.owner)


def _periods(desk: Desk, today: date) -> Sequence[Choice]:
    begun = desk.value(_FIRST_YEAR, {"office": desk.office_id})
    first = min(int(begun[:4]) if begun else today.year, today.year)
    found: list[Choice] = []
    for year in range(today.year, first - 1, -1):
        parts = [Period(year)]
        parts += [Period.quarter(year, number) for number in range(4, 0, -1)]
        parts += [Period(year, month, 1) for month in range(12, 0, -1)]
        found += [Choice(str(one), one.label, search=str(one)) for one in parts if one.first <= today]
    return found
