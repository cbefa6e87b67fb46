"""Cash and bank, advances, statements, closed months. All money in fen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from villagedesk.kernel.records import VillageRecord
from villagedesk.payments.model import PayWay


class CashMoveKind(StrEnum):
    """Which way money went between bank and cash box."""

    WITHDRAWN = "withdrawn"
    DEPOSITED = "deposited"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"withdrawn": "提取现金", "deposited": "存入银行"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMove(VillageRecord):
    """Money taken from the bank into the cash box, or back."""

    table: ClassVar[str] = "cash_moves"

    kind: CashMoveKind
    moved_on: date
    amount_fen: int
    document: str = ""
    note: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance(VillageRecord):
    """Money given beforehand (预借), to be accounted for by ``due_on``."""

    table: ClassVar[str] = "advances"

    taker: str
    given_on: date
    due_on: date
    amount_fen: int
    pay_way: PayWay = PayWay.TRANSFER
    purpose: str
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement(VillageRecord):
    """A part of an advance that is accounted for: spent by a voucher, or (``voucher_id`` None) handed back."""

    table: ClassVar[str] = "settlements"

    advance_id: str
    settled_on: date
    voucher_id: str | None = None
    amount_fen: int
    pay_way: PayWay = PayWay.TRANSFER
    made_by: str = ""


class StatementKind(StrEnum):
    """Against what the books are held: the bank's statement, or the cash that was counted."""

    BANK = "bank"
    CASH = "cash"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"bank": "银行存款", "cash": "库存现金"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(VillageRecord):
    """What the bank says there is, or what was counted, beside what the books said at that moment.

    ``counted`` is JSON: how many notes and coins of each value in fen ({} for a bank's statement).
    """

    table: ClassVar[str] = "statements"

    kind: StatementKind
    stated_on: date
    amount_fen: int
    books_fen: int = 0
    counted: str = "{}"
    note: str = ""
    witness: str = ""
    paper_id: str | None = None
    made_by: str = ""


class UncashedSide(StrEnum):
    """Who has booked an item that the other has not (未达账项), and which way the money goes."""

    BOOKS_IN = "books_in"
    BOOKS_OUT = "books_out"
    BANK_IN = "bank_in"
    BANK_OUT = "bank_out"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {
            "books_in": "账上已收、银行未收",
            "books_out": "账上已付、银行未付",
            "bank_in": "银行已收、账上未收",
            "bank_out": "银行已付、账上未付",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncashed(VillageRecord):
    """An item that explains why a statement and the books differ, open ``since`` a day."""

    table: ClassVar[str] = "uncashed"

    statement_id: str = ""
    side: UncashedSide
    what: str
    since: date
    amount_fen: int


class ClosingState(StrEnum):
    """Where the closing of a month stands: made ready by the accountant, then closed by somebody else."""

    PREPARED = "prepared"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Chinese name of the state."""
        return {"prepared": "待确认", "closed": "已结账"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(VillageRecord):
    """A month (2026-03) made ready to be closed, then closed: the schema lets nothing more into it.

    ``number`` 2 is the second closing, after the month was opened again. ``facts`` is JSON: the sums it is closed
    with and what was passed over with ``excuse``; ``link`` is the journal's link before it. The accountant prepares,
    another person closes.
    """

    table: ClassVar[str] = "closings"

    month: str
    number: int
    state: ClosingState = ClosingState.PREPARED
    prepared_on: date
    facts: str
    excuse: str = ""
    link: str
    prepared_by: str
    closed_on: date | None = None
    closed_by: str | None = None


class ReopeningState(StrEnum):
    """Where the wish to open a closed month stands."""

    ASKED = "asked"
    AGREED = "agreed"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The Chinese name of the state."""
        return {
            "asked": "待村主要负责人同意",
            "agreed": "待乡镇同意",
            "granted": "已同意，可以补记",
            "refused": "未同意",
            "ended": "已重新结账",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening(VillageRecord):
    """A closed month is to be opened again for ``days`` days (反结账).

    The accountant asks, the head agrees, the township grants; ``open_until``, its last open day, comes with the grant.
    """

    table: ClassVar[str] = "reopenings"

    closing_id: str
    reason: str
    asked_on: date
    days: int
    asked_by: str
    agreed_by: str | None = None
    open_until: date | None = None
    state: ReopeningState = ReopeningState.ASKED
