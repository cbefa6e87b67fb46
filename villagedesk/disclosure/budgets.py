"""Budgets as notices show them: by project with its money, class by class, in columns that add up."""

from collections.abc import Iterator, Sequence

from villagedesk.disclosure.books import ProjectLine
from villagedesk.disclosure.tables import Line, money_table
from villagedesk.disclosure.telling import looked_at
from villagedesk.kernel.shares import share
from villagedesk.projects import charts
from villagedesk.projects.catalogue import CLASSES
from villagedesk.reports.sheet import Bar, Block, Chart, Table

_MOST_COLUMNS = 3
"""Sources that have room beside one another."""

NO_SOURCE = "未定"


def sources_of(projects: Sequence[ProjectLine]) -> list[str]:
    """Return where the projects' money comes from, in the order they name it."""
    return list(dict.fromkeys(project.source or NO_SOURCE for project in projects))


def project_budgets(projects: Sequence[ProjectLine]) -> Iterator[Block]:
    """Yield each project's budget by source, columns and rows adding up; many sources are told in a table of their own.

    One source is named in its column.
    """
    sources = sources_of(projects)
    if 1 < len(sources) <= _MOST_COLUMNS:
        lines: list[Line] = [((p.name,), (*_spread(p, sources), p.budget_fen)) for p in projects]
        yield money_table(("项目",), (*sources, "预算"), lines, group="资金来源")
        return
    named: list[Line] = [((p.name, p.source or NO_SOURCE), (p.budget_fen,)) for p in projects]
    yield money_table(("项目", "资金来源"), ("预算",), named)
    if len(sources) > 1:
        by_source: list[Line] = [
            ((source, str(sum(1 for p in projects if (p.source or NO_SOURCE) == source))), (_of(projects, source),))
            for source in sources
        ]
        yield money_table(("资金来源", "项目个数"), ("预算",), by_source, caption="按资金来源合计")


def class_budgets(projects: Sequence[ProjectLine]) -> Table:
    """Return the budget of each class of service that has projects, with their number."""
    lines: list[Line] = [
        ((name, str(len(some))), (sum(project.budget_fen for project in some),)) for name, some in by_class(projects)
    ]
    return money_table(("类别", "项目个数"), ("预算",), lines)


def class_chart(projects: Sequence[ProjectLine]) -> list[Block]:
    """Return what part of the budget each class gets, to look at; of one class there is nothing to see."""
    whole = sum(project.budget_fen for project in projects)
    found = [(name, sum(project.budget_fen for project in some)) for name, some in by_class(projects)]
    if len(found) < 2:
        return []
    bars = tuple(Bar(name, (fen,), share(fen, whole)) for name, fen in found)
    return looked_at(Chart(("",), bars, "各类预算所占比例图"))


def by_class(projects: Sequence[ProjectLine]) -> list[tuple[str, list[ProjectLine]]]:
    """Return the projects class by class, the classes in the order of the catalogue, none that is empty."""
    found = [(service.name, [p for p in projects if p.class_code == service.code]) for service in CLASSES]
    return [(name, some) for name, some in found if some]


def used_chart(projects: Sequence[ProjectLine]) -> list[Block]:
    """Return how much of each project's budget is used, to look at; what went beyond it stands in the words."""
    uses = (charts.Use(project.name, project.budget_fen, project.to_date_fen) for project in projects)
    return looked_at(charts.used_chart(uses, "各项目预算使用图"))


def _spread(project: ProjectLine, sources: Sequence[str]) -> tuple[int, ...]:
    return tuple(project.budget_fen if source == (project.source or NO_SOURCE) else 0 for source in sources)


def _of(projects: Sequence[ProjectLine], source: str) -> int:
    return sum(project.budget_fen for project in projects if (project.source or NO_SOURCE) == source)
