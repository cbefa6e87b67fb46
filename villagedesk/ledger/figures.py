"""What the books say, as plain values for pages and paper: entries, sums, holdings. All money in fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Contract, Inspection, Project
from villagedesk.village.model import Fund


class Book(StrEnum):
    """The two day books: money in the bank, and money in the cash box."""

    BANK = "bank"
    CASH = "cash"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"bank": "银行存款日记账", "cash": "现金日记账"}[self]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a book. A red one has a negative amount in the column it takes back from.

    ``label`` is its number (付-12, 收-3), ``party`` who gave or got, ``about`` the fund or project, ``balance_fen``
    what there is after it (in a project's or payee's ledger: what was paid in all). ``place`` is where it opens.
    """

    day: date
    label: str
    what: str
    party: str
    about: str
    in_fen: int
    out_fen: int
    balance_fen: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a book began a stretch of days with, what came and went in it, and what it ended with."""

    opening_fen: int
    in_fen: int
    out_fen: int
    closing_fen: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """Where the money is at the end of a day: in the bank, in the cash box, given beforehand and not settled."""

    bank_fen: int
    cash_fen: int
    advanced_fen: int

    @property
    def total_fen(self) -> int:
        """All of it; what the funds hold together."""
        return self.bank_fen + self.cash_fen + self.advanced_fen

    def of(self, book: Book) -> int:
        """Return what a book holds."""
        return self.bank_fen if book is Book.BANK else self.cash_fen


@dataclass(frozen=True, slots=True)
class FundSums:
    """A fund over a stretch of days. ``opening_fen`` counts what was begun with or carried by its first day.

    ``carried_fen`` is what was begun with or carried to it on a later day, less what was carried away.
    """

    fund: Fund
    opening_fen: int
    in_fen: int
    out_fen: int
    carried_fen: int

    @property
    def closing_fen(self) -> int:
        """What it holds at the end."""
        return self.opening_fen + self.in_fen + self.carried_fen - self.out_fen

    @property
    def name(self) -> str:
        """The fund as people call it: 2026年县级补助."""
        return self.fund.label


@dataclass(frozen=True, slots=True)
class MonthSums:
    """A month of the books: every fund that held or moved money, and where the money is at its end."""

    month: Period
    funds: tuple[FundSums, ...]
    holdings: Holdings

    @property
    def totals(self) -> Totals:
        """All funds together; what was carried from one to another is nothing, what was begun with counts as come."""
        opening, carried = (sum(getattr(one, name) for one in self.funds) for name in ("opening_fen", "carried_fen"))
        came, went = sum(one.in_fen for one in self.funds), sum(one.out_fen for one in self.funds)
        return Totals(opening, came + carried, went, opening + came + carried - went)


@dataclass(frozen=True, slots=True)
class NamedSum:
    """An amount under a name."""

    name: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """What came and went in a month."""

    month: Period
    in_fen: int
    out_fen: int


@dataclass(frozen=True, slots=True)
class Income:
    """收支明细表: what came and went in a period, by fund, by class of works and by month."""

    period: Period
    funds: tuple[FundSums, ...]
    classes: tuple[NamedSum, ...]
    months: tuple[MonthFlow, ...]


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project as the register of projects (项目台账) shows it. ``score`` is its last visit's, None without one."""

    project: Project
    fund: str
    budget_fen: int
    contracted_fen: int
    before_fen: int
    in_period_fen: int
    visits: int
    score: int | None

    @property
    def paid_fen(self) -> int:
        """What was paid up to the end of the period."""
        return self.before_fen + self.in_period_fen

    @property
    def left_fen(self) -> int:
        """What is left of the budget in force."""
        return self.budget_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """All that the books know of one project."""

    line: ProjectLine
    contracts: Sequence[Contract]
    visits: Sequence[Inspection]
    entries: Sequence[Entry]
    totals: Totals


@dataclass(frozen=True, slots=True)
class AdvanceLine:
    """An advance with what of it is still to be accounted for on a day."""

    id: str
    taker: str
    purpose: str
    given_on: date
    due_on: date
    amount_fen: int
    settled_fen: int
    is_cash: bool

    @property
    def open_fen(self) -> int:
        """What is still to be accounted for."""
        return self.amount_fen - self.settled_fen

    def is_overdue(self, today: date) -> bool:
        """Tell whether it should have been accounted for by now."""
        return self.open_fen > 0 and self.due_on < today


@dataclass(frozen=True, slots=True)
class Series:
    """A series of numbers in a year (付款凭证, 收款凭证) and all that is wrong with it, each a sentence.

    ``uneven`` is what the book alone shows (gaps, doubles), ``unlike`` where the journal tells another story.
    """

    name: str
    year: int
    count: int
    first: int
    last: int
    uneven: tuple[str, ...]
    unlike: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """All of it."""
        return (*self.unlike, *self.uneven)


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of an entry for the township's books (分录): one account, debit or credit; a red one is negative."""

    day: date
    label: str
    what: str
    code: str
    account: str
    debit_fen: int
    credit_fen: int
    about: str
