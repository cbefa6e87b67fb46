"""The village's money to look at, on the wall and in the window: what of each fund is spent, left and still to come."""

from collections.abc import Iterable
from dataclasses import dataclass

from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Bar, Chart
from villagedesk.village.store import FundBalance


@dataclass(frozen=True, slots=True)
class FundStanding:
    """How a fund stands on a day, in fen: planned, arrived, left; and what it began with less what was carried on."""

    name: str
    planned_fen: int
    arrived_fen: int
    left_fen: int
    begun_fen: int = 0

    @property
    def spent_fen(self) -> int:
        """What was paid out."""
        return self.begun_fen + self.arrived_fen - self.left_fen


def standing(balance: FundBalance) -> FundStanding:
    """Return how a fund stands today."""
    fund = balance.fund
    begun = balance.opening_fen - balance.carried_fen
    return FundStanding(fund.label, fund.planned_fen, balance.arrived_fen, balance.left_fen, begun)


def funds_chart(funds: Iterable[FundStanding], caption: str = "") -> Chart:
    """Return what is spent, left and still to come of each fund; a part below nothing is drawn as nothing."""
    bars = [
        Bar(
            fund.name,
            (
                max(fund.spent_fen, 0),
                max(fund.left_fen, 0),
                max(fund.planned_fen - fund.arrived_fen, 0),
            ),
            f"结余{yuan(fund.left_fen)}元",
        )
        for fund in funds
    ]
    return Chart(("已支出", "结余", "尚未到账"), tuple(bars), caption)
