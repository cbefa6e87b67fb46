"""② 年度支出预算: the year's projects with what they may cost, by class and source of money, and every change since."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from villagedesk.disclosure.books import FundFlow, ProjectLine, fund_flows, projects_of
from villagedesk.disclosure.budgets import by_class, class_budgets, class_chart, project_budgets
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.tables import Line, money_table, word_table
from villagedesk.disclosure.telling import headed
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.projects.budget import Version
from villagedesk.projects.sources import Source, rest_told, source_lines, sums_told
from villagedesk.projects.store import sources_of, versions_of
from villagedesk.reports.sheet import Block, Paragraph
from villagedesk.storage.desk import Desk

_MOST_VERSIONS = 2
"""Changes that have room beside one another on a wall; more stand in one column."""


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the budgets in force of the projects resolved for the year; about one change, as that change left them."""
    year = Period(scope.period.year)
    versions = [one for one in versions_of(desk, year.year) if one.change.decided_on <= scope.period.last]
    projects = [project for project in projects_of(desk, scope.period) if project.is_committed]
    if scope.topic_id:
        number = next((one.change.number for one in versions if one.change.id == scope.topic_id), len(versions))
        projects = [_before(project, versions[number:]) for project in projects]
        versions = versions[:number]
    if not projects:
        return Gathered((Paragraph(f"{year.label}还没有经会议决议的项目，没有支出预算。"),))
    funds = [flow for flow in fund_flows(desk, year) if flow.year == year.year]
    sources = sources_of(desk, year.year, scope.period.last)
    total = sum(project.budget_fen for project in projects)
    blocks = headed(
        ("资金来源和安排", _carried(sources, projects) or _arranged(funds, projects)),
        ("分类预算", [class_budgets(projects), *class_chart(projects)]),
        (
            "项目预算",
            [*project_budgets(projects), Paragraph(f"{len(projects)}个项目预算合计{in_both(total)}。")],
        ),
        ("预算调整情况", _changed(projects, versions)),
    )
    about = f"（{versions[-1].label}）" if scope.topic_id and versions else ""
    subject = f"{year.label}农村公共服务运行维护支出预算{about}"
    return Gathered(blocks, tuple(_findings(funds, projects, total)), subject)


def _before(project: ProjectLine, later: Sequence[Version]) -> ProjectLine:
    """Return a project's budget without the changes that came later."""
    fen = sum(version.of(project.id) for version in later)
    return replace(project, budget_fen=project.budget_fen - fen, changed_fen=project.changed_fen - fen)


def _changed(projects: Sequence[ProjectLine], versions: Sequence[Version]) -> list[Block]:
    """Tell every change with its resolution, and each changed project's way from what was resolved to now."""
    if not versions:
        return []
    told = [
        (
            one.label,
            chinese_date(one.change.decided_on),
            f"{one.motion.meeting}“{one.motion.subject}”",
            one.change.reason,
        )
        for one in versions
    ]
    lines: list[Line] = [
        ((project.name,), (project.budget_fen - project.changed_fen, *_steps(project, versions), project.budget_fen))
        for project in projects
        if any(version.of(project.id) for version in versions)
    ]
    heads = [version.label for version in versions] if len(versions) <= _MOST_VERSIONS else ["历次调整"]
    resolved = sum(project.budget_fen - project.changed_fen for project in projects)
    changed = sum(project.changed_fen for project in projects)
    sign = "加" if changed >= 0 else "减"
    text = (
        f"核对：全部项目议定预算{yuan(resolved)}元，{sign}调整{yuan(abs(changed))}元，"
        f"现行预算{in_both(resolved + changed)}。没有列出的项目预算没有调整。"
    )
    return [
        word_table(("调整", "日期", "依据的决议", "原因"), told, centred=("调整",)),
        money_table(("项目",), ("议定预算", *heads, "现行预算"), lines),
        Paragraph(text),
    ]


def _steps(project: ProjectLine, versions: Sequence[Version]) -> tuple[int, ...]:
    steps = tuple(version.of(project.id) for version in versions)
    return steps if len(steps) <= _MOST_VERSIONS else (sum(steps),)


def _arranged(funds: Sequence[FundFlow], projects: Sequence[ProjectLine]) -> list[Block]:
    lines: list[Line] = []
    for fund in funds:
        planned, spent = fund.planned_fen, _from(fund, projects)
        lines.append(((fund.name,), (planned, spent, planned - spent)))
    planned = sum(fund.planned_fen for fund in funds)
    spent = sum(_from(fund, projects) for fund in funds)
    if planned == spent:
        rest = "正好全部安排"
    else:
        rest = f"还有{yuan(planned - spent)}元没有安排" if planned > spent else f"安排超过计划{yuan(spent - planned)}元"
    over = [
        Paragraph(f"“{fund.name}”安排超过计划{yuan(_from(fund, projects) - fund.planned_fen)}元。")
        for fund in funds
        if _from(fund, projects) > fund.planned_fen
    ]
    return [
        money_table(("资金来源",), ("计划数", "已安排项目", "未安排"), lines),
        Paragraph(f"核对：计划数{yuan(planned)}元，减已安排项目{yuan(spent)}元，{rest}。"),
        *over,
    ]


def _carried(sources: Sequence[Source], projects: Sequence[ProjectLine]) -> list[Block]:
    """Where money was carried from last year: every sum under its own name, and what of each fund is arranged."""
    if not any(source.begun_fen for source in sources):
        return []
    named: list[Line] = [((name,), (fen,)) for name, fen in source_lines(sources)]
    lines: list[Line] = []
    over = []
    for source in sources:
        spent = sum(project.budget_fen for project in projects if project.fund_id == source.fund.id)
        left = source.available_fen - spent
        amounts = (source.begun_fen, source.fund.planned_fen, source.available_fen, spent, left)
        lines.append(((source.name,), amounts))
        over += [Paragraph(f"“{source.name}”{rest_told(left)}。")] if left < 0 else []
    begun, planned, _, spent, _ = (sum(amounts[place] for _, amounts in lines) for place in range(5))
    return [
        money_table(("资金来源",), ("金额",), named),
        money_table(("资金",), ("结转和期初", "本年计划", "可用", "已安排项目", "未安排"), lines),
        Paragraph(f"核对：{sums_told(begun, planned, spent)}"),
        *over,
    ]


def _from(fund: FundFlow, projects: Sequence[ProjectLine]) -> int:
    return sum(project.budget_fen for project in projects if project.fund_id == fund.id)


def _findings(funds: Sequence[FundFlow], projects: Sequence[ProjectLine], total: int) -> Iterator[Finding]:
    by_fund = sum(_from(fund, projects) for fund in funds)
    if by_fund != total:
        message = (
            f"预算按资金来源加是{yuan(by_fund)}元，按项目加是{yuan(total)}元，对不上。请先给每个项目选好本年的资金。"
        )
        yield Finding("disclosure.sums", message)
    classed = sum(project.budget_fen for _, some in by_class(projects) for project in some)
    if classed != total:
        message = f"预算按类别加是{yuan(classed)}元，按项目加是{yuan(total)}元，对不上。请先检查项目的类别。"
        yield Finding("disclosure.sums", message)
