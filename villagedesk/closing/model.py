"""A month on its way to being closed: its sums, where it stands, and what was asked of it. All money in fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from villagedesk.kernel.dates import Period
from villagedesk.ledger.model import Closing, Reopening


@dataclass(frozen=True, slots=True)
class FundSum:
    """What a fund held when a month began, what came and went in it, and what it held at the end.

    ``carried_fen`` is what was carried to it from last year's fund in the month, less what was carried away.
    """

    fund_id: str
    name: str
    owner: str
    opening_fen: int
    in_fen: int
    out_fen: int
    carried_fen: int

    @property
    def closing_fen(self) -> int:
        """What the fund held at the end of the month."""
        return self.opening_fen + self.in_fen + self.carried_fen - self.out_fen


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What a month is closed with: its funds, where the money was at its end, its vouchers.

    ``first`` and ``last`` are the vouchers' numbers (2026-12), "" without any.
    """

    funds: tuple[FundSum, ...]
    bank_fen: int
    cash_fen: int
    advanced_fen: int
    arrivals: int
    vouchers: int
    reversals: int
    first: str
    last: str


class MonthState(StrEnum):
    """Where a month stands."""

    RUNNING = "running"
    LATER = "later"
    READY = "ready"
    PREPARED = "prepared"
    CLOSED = "closed"
    ASKED = "asked"
    REOPENED = "reopened"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        """The Chinese name of the state, which says what is next."""
        return {
            "running": "还没有过完",
            "later": "先结前面的月份",
            "ready": "可以结账",
            "prepared": "待确认",
            "closed": "已结账",
            "asked": "已申请反结账",
            "reopened": "反结账中",
            "lapsed": "反结账已到期，待重新结账",
        }[self]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the books: its closings, the first first, and the reopening of the last one that counts."""

    period: Period
    state: MonthState
    closings: Sequence[Closing]
    reopening: Reopening | None

    @property
    def closing(self) -> Closing | None:
        """Its last closing, prepared or done; None when there is none."""
        return self.closings[-1] if self.closings else None
