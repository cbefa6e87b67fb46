"""② 资金公开: what each fund was granted, what arrived, was paid and is left, with the arithmetic shown."""

from villagedesk.disclosure.books import FundFlow, ProjectSpending, fund_flows, spending_by_project
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.rules import adds_up
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the flows of every fund in the period, and what each project has cost."""
    period = scope.period
    flows = fund_flows(desk, period)
    if not flows:
        return Gathered((Paragraph("一、资金收支", 1), Paragraph(f"{period.label}没有专项资金。")))
    spending = spending_by_project(desk, period)
    blocks: list[Block] = [
        Paragraph("一、资金计划和到账（截至期末）", 1),
        _plans(flows),
        Paragraph("二、本期收支", 1),
        _flows(flows),
        Paragraph(_arithmetic(flows)),
    ]
    if spending:
        blocks += [Paragraph("三、项目支出", 1), _spending(spending)]
    return Gathered(tuple(blocks), tuple(_findings(flows, spending)))


def _findings(flows: list[FundFlow], spending: list[ProjectSpending]) -> list[Finding]:
    found = [
        finding
        for flow in flows
        for finding in adds_up(f"“{flow.name}”", flow.opening_fen, flow.in_fen, flow.out_fen, flow.closing_fen)
    ]
    paid = sum(flow.out_fen for flow in flows)
    by_project = sum(project.in_period_fen for project in spending)
    if paid != by_project:
        message = f"本期支出按资金加是{yuan(paid)}元，按项目加是{yuan(by_project)}元，对不上。请先检查账目。"
        found.append(Finding("disclosure.sums", message))
    return found


def _plans(flows: list[FundFlow]) -> Table:
    columns = (
        Column("资金"),
        Column("归属"),
        *(Column(head, Align.AMOUNT) for head in ("计划数", "累计到账", "尚未到账")),
    )
    rows = tuple(
        (flow.name, flow.owner, *_yuan(flow.planned_fen, flow.arrived_to_date_fen, _missing(flow))) for flow in flows
    )
    sums = (
        sum(flow.planned_fen for flow in flows),
        sum(flow.arrived_to_date_fen for flow in flows),
        sum(map(_missing, flows)),
    )
    return Table(columns, rows, ("合计", "", *_yuan(*sums)), unit="单位：元")


def _missing(flow: FundFlow) -> int:
    return max(flow.planned_fen - flow.arrived_to_date_fen, 0)


def _flows(flows: list[FundFlow]) -> Table:
    heads = ("期初结余", "本期到账", "本期支出", "期末结余")
    columns = (Column("资金"), *(Column(head, Align.AMOUNT) for head in heads))
    rows = tuple((flow.name, *_yuan(flow.opening_fen, flow.in_fen, flow.out_fen, flow.closing_fen)) for flow in flows)
    return Table(columns, rows, ("合计", *_yuan(*_sums(flows))), unit="单位：元")


def _sums(flows: list[FundFlow]) -> tuple[int, int, int, int]:
    return (
        sum(flow.opening_fen for flow in flows),
        sum(flow.in_fen for flow in flows),
        sum(flow.out_fen for flow in flows),
        sum(flow.closing_fen for flow in flows),
    )


def _arithmetic(flows: list[FundFlow]) -> str:
    opening, arrived, paid, left = _sums(flows)
    return (
        f"核对：期初结余{yuan(opening)}元，加本期到账{yuan(arrived)}元，减本期支出{yuan(paid)}元，"
        f"等于期末结余{in_both(left)}。"
    )


def _spending(spending: list[ProjectSpending]) -> Table:
    heads = ("预算", "本期支出", "累计支出", "预算结余")
    columns = (Column("项目"), *(Column(head, Align.AMOUNT) for head in heads))
    amounts = [(p.budget_fen, p.in_period_fen, p.to_date_fen, p.budget_fen - p.to_date_fen) for p in spending]
    rows = tuple((p.name, *_yuan(*line)) for p, line in zip(spending, amounts, strict=True))
    return Table(columns, rows, ("合计", *_yuan(*map(sum, zip(*amounts, strict=True)))), unit="单位：元")


def _yuan(*amounts: int) -> tuple[str, ...]:
    return tuple(map(yuan, amounts))
