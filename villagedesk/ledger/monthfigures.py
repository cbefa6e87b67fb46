"""What a month adds up to and was closed with. Pure; all money in fen."""

import json
from dataclasses import dataclass
from typing import Any

from villagedesk.kernel.dates import Period
from villagedesk.ledger.model import Closing

FUND_KEYS = ("fund_id", "name", "owner", "opening_fen", "in_fen", "out_fen", "carried_fen")
COUNTS = ("bank_fen", "cash_fen", "advanced_fen", "arrivals", "vouchers", "reversals", "first", "last")


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


def kept_figures(closing: Closing) -> MonthFigures:
    """Return the sums a month was closed with, as its closing keeps them."""
    facts: dict[str, Any] = json.loads(closing.facts)
    funds = tuple(FundSum(*(line[name] for name in FUND_KEYS)) for line in facts["funds"])
    return MonthFigures(funds, *(facts[name] for name in COUNTS))


def altered_words(month: Period) -> str:
    """Return what is said of a closed month whose sums are not any more what it was closed with."""
    return (
        f"{month.label}结账以后，账里的数和结账时的对不上了，账可能在程序外面被改过。"
        "请从备份恢复；恢复不了的，申请反结账，查清以后重新结。"
    )
