"""What came and went by month, to look at: two bars for each month."""

from collections.abc import Sequence

from villagedesk.kernel.money import yuan
from villagedesk.ledger.figures import MonthFlow
from villagedesk.reports.sheet import Bar, Chart


def months_chart(months: Sequence[MonthFlow], caption: str = "") -> Chart:
    """Return what came and what went in each month; a month that took back more than it gave is drawn as nothing."""
    bars: list[Bar] = []
    for one in months:
        bars.append(Bar(f"{one.month.label}到账", (max(one.in_fen, 0), 0), f"{yuan(one.in_fen)}元"))
        bars.append(Bar("支出", (0, max(one.out_fen, 0)), f"{yuan(one.out_fen)}元"))
    return Chart(("到账", "支出"), tuple(bars), caption)
