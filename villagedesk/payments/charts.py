"""Payments to look at: where each project's budget is, and what comes in and goes out month by month."""

from collections.abc import Iterable

from villagedesk.kernel.money import yuan
from villagedesk.payments.spending import Means, MonthFlow
from villagedesk.reports.sheet import Bar, Chart


def budgets_chart(projects: Iterable[Means], caption: str = "") -> Chart:
    """Return of each project what is paid, on its way and left; what went beyond a budget stands in the words."""
    return Chart(("已付", "在办", "剩余"), tuple(map(_budget, projects)), caption)


def flow_chart(months: Iterable[MonthFlow], caption: str = "") -> Chart:
    """Return what came in and what went out, month by month, in bars below one another; nothing has no bar."""
    bars = []
    for flow in months:
        month = f"{int(flow.month[-2:])}月"
        if flow.in_fen:
            bars.append(Bar(f"{month}到账", (max(flow.in_fen, 0), 0), f"{yuan(flow.in_fen)}元"))
        if flow.out_fen:
            bars.append(Bar(f"{month}支出", (0, max(flow.out_fen, 0)), f"{yuan(flow.out_fen)}元"))
    return Chart(("到账", "支出"), tuple(bars), caption)


def _budget(means: Means) -> Bar:
    parts = (means.paid_fen, means.granted_fen + means.passing_fen, means.left_fen)
    left = f"剩{yuan(means.left_fen)}元" if means.left_fen >= 0 else f"超出{yuan(-means.left_fen)}元"
    return Bar(means.name, tuple(max(part, 0) for part in parts), f"{left}，预算{yuan(means.budget_fen)}元")
