"""② 资金到账与台账: what each fund was granted, every arrival, what was paid and is left, with the arithmetic shown."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from villagedesk.disclosure.books import (
    ArrivalLine,
    FundFlow,
    MonthLine,
    ProjectSpending,
    arrivals_of,
    fund_flows,
    months_of,
    spending_by_project,
)
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.reopened import months_reopened
from villagedesk.disclosure.rules import adds_up
from villagedesk.disclosure.tables import Line, in_yuan, money_table, sums
from villagedesk.disclosure.telling import headed, looked_at, short_day
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk
from villagedesk.village.charts import FundStanding, funds_chart
from villagedesk.village.plans import plan_changes

_FLOWS = ("期初结余", "本期到账", "本期支出", "期末结余")
_UNSAID = "没有写"
_CARRIED = "结转"
"""Stands between arrivals and spending where a balance was carried within the period."""


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the flows of every fund in the period, each arrival, the months, and what each project has cost."""
    period = scope.period
    flows = fund_flows(desk, period)
    if not flows:
        return Gathered((Paragraph(f"{period.label}没有专项资金。"),))
    arrivals, months, spending = arrivals_of(desk, period), months_of(desk, period), spending_by_project(desk, period)
    blocks = headed(
        ("资金计划和到账（截至期末）", [_plans(flows), *_plan_changes(desk, flows, period)]),
        ("本期到账登记", _arrivals(arrivals, period)),
        ("本期收支", [flows_table(flows), Paragraph(arithmetic(flows)), *flows_chart(flows)]),
        ("收支台账（按月）", _ledger(flows, months) if period.months > 1 else []),
        ("项目支出", [_spending(spending)] if spending else [Paragraph(f"{period.label}没有支出。")]),
        ("重新打开过的月份", months_reopened(desk, period)),
    )
    return Gathered(blocks, tuple(findings_of(flows, arrivals, months, spending)))


def findings_of(
    flows: Sequence[FundFlow],
    arrivals: Sequence[ArrivalLine],
    months: Sequence[MonthLine],
    spending: Sequence[ProjectSpending],
) -> Iterator[Finding]:
    """Yield what does not add up: fund by fund, and the same money counted in other ways."""
    for flow in flows:
        yield from adds_up(f"“{flow.name}”", flow.opening_fen, came_in(flow), flow.out_fen, flow.closing_fen)
    came, went = sum(flow.in_fen for flow in flows), sum(flow.out_fen for flow in flows)
    yield from _agree("本期支出", "资金", went, "项目", sum(project.in_period_fen for project in spending))
    yield from _agree("本期到账", "资金", came, "到账登记", sum(arrival.amount_fen for arrival in arrivals))
    yield from _agree("本期到账", "资金", came, "月", sum(month.in_fen for month in months))
    yield from _agree("本期支出", "资金", went, "月", sum(month.out_fen for month in months))


def flows_table(flows: Sequence[FundFlow], heads: Sequence[str] = _FLOWS) -> Table:
    """Return each fund's opening, in, out and closing; ``heads`` name them."""
    is_carried = has_carried(flows)
    lines: list[Line] = [((flow.name,), _cells(flow, is_carried=is_carried)) for flow in flows]
    shown = (*heads[:2], _CARRIED, *heads[2:]) if is_carried else tuple(heads)
    return money_table(("资金",), shown, lines)


def came_in(flow: FundFlow) -> int:
    """Return what came into a fund in the period in fen: arrivals, and what was carried to it less what went on."""
    return flow.in_fen + flow.carried_fen


def has_carried(flows: Sequence[FundFlow]) -> bool:
    """Tell whether a balance was carried on a day within the period."""
    return any(flow.carried_fen for flow in flows)


def _cells(flow: FundFlow, *, is_carried: bool) -> tuple[int, ...]:
    carried = (flow.carried_fen,) if is_carried else ()
    return flow.opening_fen, flow.in_fen, *carried, flow.out_fen, flow.closing_fen


def flows_chart(flows: Sequence[FundFlow]) -> list[Block]:
    """Return what is spent, left and still to come of each fund, to look at."""
    funds = (
        FundStanding(flow.name, flow.planned_fen, flow.arrived_to_date_fen, flow.closing_fen, flow.begun_to_date_fen)
        for flow in flows
    )
    return looked_at(funds_chart(funds, "各项资金使用图（截至期末）"))


def arithmetic(flows: Sequence[FundFlow], heads: Sequence[str] = _FLOWS) -> str:
    """Return the sums of all funds as a sentence to count again."""
    opening, arrived, carried, paid, left = sums([_cells(flow, is_carried=True) for flow in flows], len(_FLOWS) + 1)
    sign = "加" if carried >= 0 else "减"
    moved = f"{sign}{_CARRIED}{yuan(abs(carried))}元，" if has_carried(flows) else ""
    return (
        f"核对：{heads[0]}{yuan(opening)}元，加{heads[1]}{yuan(arrived)}元，{moved}减{heads[2]}{yuan(paid)}元，"
        f"等于{heads[3]}{in_both(left)}。"
    )


def _agree(what: str, one: str, first: int, other: str, second: int) -> Iterator[Finding]:
    if first != second:
        message = f"{what}按{one}加是{yuan(first)}元，按{other}加是{yuan(second)}元，对不上。请先检查账目。"
        yield Finding("disclosure.sums", message)


def _plans(flows: Sequence[FundFlow]) -> Table:
    lines: list[Line] = [
        ((flow.name, flow.owner), (flow.planned_fen, flow.arrived_to_date_fen, _missing(flow))) for flow in flows
    ]
    return money_table(("资金", "归属"), ("计划数", "累计到账", "尚未到账"), lines)


def _plan_changes(desk: Desk, flows: Sequence[FundFlow], period: Period) -> Iterator[Block]:
    """Tell every change of a plan that was written down in the period: both sums, the paper and the reason."""
    for flow in flows:
        for one in plan_changes(desk, flow.id):
            if period.first <= one.day <= period.last and one.before_fen != one.after_fen:
                yield Paragraph(
                    f"“{flow.name}”的计划，{short_day(one.day)}由{yuan(one.before_fen)}元改为{yuan(one.after_fen)}元。"
                    f"依据：{one.document or _UNSAID}。原因：{one.reason.rstrip('。') or _UNSAID}。"
                )


def _missing(flow: FundFlow) -> int:
    return max(flow.planned_fen - flow.arrived_to_date_fen, 0)


def _arrivals(arrivals: Sequence[ArrivalLine], period: Period) -> list[Block]:
    if not arrivals:
        return [Paragraph(f"{period.label}没有资金到账。")]
    lines: list[Line] = [
        ((short_day(one.arrived_on), one.fund, one.document or "—"), (one.amount_fen,)) for one in arrivals
    ]
    total = sum(one.amount_fen for one in arrivals)
    return [
        money_table(("日期", "资金", "文件号"), ("金额",), lines),
        Paragraph(f"本期到账{len(arrivals)}笔，合计{in_both(total)}。"),
    ]


def _ledger(flows: Sequence[FundFlow], months: Sequence[MonthLine]) -> list[Block]:
    """Return a table for each fund that moved: month by month what was there, came, went and was left."""
    opening = {flow.name: flow.opening_fen for flow in flows}
    return [_fund_months(fund, opening.get(fund, 0), list(lines)) for fund, lines in groupby(months, lambda m: m.fund)]


def _fund_months(fund: str, before: int, lines: Sequence[MonthLine]) -> Table:
    is_carried = any(line.carried_fen for line in lines)
    heads = ("月初结余", "收入", *((_CARRIED,) if is_carried else ()), "支出", "月末结余")
    columns = (Column("月份", Align.CENTER), *(Column(head, Align.AMOUNT) for head in heads))
    rows, left = [], before
    for line in lines:
        moved = (line.in_fen, *((line.carried_fen,) if is_carried else ()), line.out_fen)
        after = left + line.in_fen + line.carried_fen - line.out_fen
        rows.append((f"{line.month}月", left, *moved, after))
        left = after
    together = sums([row[2:-1] for row in rows], len(heads) - 2)
    total = ("合计", *in_yuan(before, *together, left))
    return Table(columns, tuple((month, *in_yuan(*fen)) for month, *fen in rows), total, fund, "单位：元")


def _spending(spending: Sequence[ProjectSpending]) -> Table:
    heads = ("预算", "本期支出", "累计支出", "预算结余")
    lines: list[Line] = [
        ((p.name,), (p.budget_fen, p.in_period_fen, p.to_date_fen, p.budget_fen - p.to_date_fen)) for p in spending
    ]
    return money_table(("项目",), heads, lines)
