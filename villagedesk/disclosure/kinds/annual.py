"""② 年度决算: the year's budget against what was spent, by class and project, and what each fund carries over."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from villagedesk.disclosure.books import FundFlow, ProjectLine, budgeted_projects, fund_flows
from villagedesk.disclosure.budgets import by_class, used_chart
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.kinds.funds import arithmetic, came_in, flows_chart, flows_table
from villagedesk.disclosure.rules import adds_up
from villagedesk.disclosure.tables import Line, money_table, sums
from villagedesk.disclosure.telling import headed
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.kernel.shares import share
from villagedesk.reports.sheet import Block, Paragraph, Table
from villagedesk.storage.desk import Desk

_YEAR = ("上年结转", "本年到账", "本年支出", "结转下年")
_PART = ("期初结余", "本期到账", "本期支出", "期末结余")
_MONTHS = 12
_Cell = TypeVar("_Cell")


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the accounts of a year, or of a part of one."""
    period = scope.period
    flows, projects = fund_flows(desk, period), budgeted_projects(desk, period)
    if not flows and not projects:
        return Gathered((Paragraph(f"{period.label}没有专项资金，也没有项目支出。"),))
    heads = _YEAR if period.months == _MONTHS else _PART
    blocks = headed(
        ("资金收支", _flows(flows, heads)),
        ("各类项目预算和支出", [_by_class(projects, heads[2])] if projects else []),
        ("各项目预算和支出", _by_project(projects, heads[2])),
    )
    return Gathered(blocks, tuple(_findings(flows, projects)))


def _flows(flows: Sequence[FundFlow], heads: Sequence[str]) -> list[Block]:
    if not flows:
        return [Paragraph("没有专项资金。")]
    return [flows_table(flows, heads), Paragraph(arithmetic(flows, heads)), *flows_chart(flows)]


def _by_class(projects: Sequence[ProjectLine], spent: str) -> Table:
    earlier = _has_earlier(projects)
    lines: list[Line] = []
    for name, some in by_class(projects):
        lines.append(((name,), _shown(sums([_amounts(project) for project in some], 4), earlier=earlier)))
    return money_table(("类别",), _shown(("预算", "以前支出", spent, "预算结余"), earlier=earlier), lines)


def _by_project(projects: Sequence[ProjectLine], spent: str) -> list[Block]:
    if not projects:
        return [Paragraph("没有项目预算和支出。")]
    earlier = _has_earlier(projects)
    lines: list[Line] = [((project.name,), _shown(_amounts(project), earlier=earlier)) for project in projects]
    budget, before, now, left = sums([_amounts(project) for project in projects], 4)
    told = f"减以前支出{yuan(before)}元，" if earlier else ""
    rest = "等于预算结余" if left >= 0 else "超出预算"
    return [
        money_table(("项目",), _shown(("预算", "以前支出", spent, "预算结余"), earlier=earlier), lines),
        Paragraph(
            f"核对：预算{yuan(budget)}元，{told}减{spent}{yuan(now)}元，{rest}{in_both(abs(left))}。"
            f"预算执行了{share(max(before + now, 0), budget)}。"
        ),
        *used_chart(projects),
    ]


def _amounts(project: ProjectLine) -> tuple[int, int, int, int]:
    """Budget, spent before the period, spent in it, left: the first less the two is the last."""
    before = project.to_date_fen - project.in_period_fen
    return project.budget_fen, before, project.in_period_fen, project.budget_fen - project.to_date_fen


def _has_earlier(projects: Sequence[ProjectLine]) -> bool:
    return any(project.to_date_fen != project.in_period_fen for project in projects)


def _shown(cells: Sequence[_Cell], *, earlier: bool) -> tuple[_Cell, ...]:
    """Return the cells, that of earlier spending left out where nothing was spent before."""
    return tuple(cells) if earlier else (cells[0], *cells[2:])


def _findings(flows: Sequence[FundFlow], projects: Sequence[ProjectLine]) -> Iterator[Finding]:
    for flow in flows:
        yield from adds_up(f"“{flow.name}”", flow.opening_fen, came_in(flow), flow.out_fen, flow.closing_fen)
    by_fund, by_project = sum(flow.out_fen for flow in flows), sum(project.in_period_fen for project in projects)
    if by_fund != by_project:
        message = f"支出按资金加是{yuan(by_fund)}元，按项目加是{yuan(by_project)}元，对不上。请先检查账目。"
        yield Finding("disclosure.sums", message)
    classed = sum(project.in_period_fen for _, some in by_class(projects) for project in some)
    if classed != by_project:
        message = f"支出按类别加是{yuan(classed)}元，按项目加是{yuan(by_project)}元，对不上。请先检查项目的类别。"
        yield Finding("disclosure.sums", message)
