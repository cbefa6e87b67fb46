"""The village's money to look at, on the wall and in the window: what of each fund is spent, left and still to come."""

from collections.abc import Iterable
from dataclasses import dataclass

from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Bar, Chart
from villagedesk.village.store import FundBalance


@dataclass(frozen=True, slots=True)
class FundStanding:
    """How a fund stands on a day, in fen: planned, arrived, and what is left of that."""

    name: str
    planned_fen: int
    arrived_fen: int
    left_fen: int


def standing(balance: FundBalance) -> FundStanding:
    """Return how a fund stands today."""
    fund = balance.fund
    return FundStanding(f"{fund.year}年{fund.source}", fund.planned_fen, balance.arrived_fen, balance.left_fen)


def funds_chart(funds: Iterable[FundStanding], caption: str = "") -> Chart:
    """Return what is spent, left and still to come of each fund; a part below nothing is drawn as nothing."""
    bars = [
        Bar(
            fund.name,
            (
                max(fund.arrived_fen - fund.left_fen, 0),
                max(fund.left_fen, 0),
                max(fund.planned_fen - fund.arrived_fen, 0),
            ),
            f"结余{yuan(fund.left_fen)}元",
        )
        for fund in funds
    ]
    return Chart(("已支出", "结余", "尚未到账"), tuple(bars), caption)
