"""① 项目进度: the year's projects with where they stand, what moved in the period and how much of the budget is used."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from villagedesk.disclosure.books import ProjectLine, projects_of, steps_in
from villagedesk.disclosure.budgets import used_chart
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.tables import Line, money_table, word_table
from villagedesk.disclosure.telling import headed, short_day
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.dates import Period
from villagedesk.projects.model import ProjectState
from villagedesk.reports.sheet import Block, Paragraph
from villagedesk.storage.desk import Desk

_MOST_NAMED = 10
_HEADS = ("序号", "项目", "类别", "地点", "进度")


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the projects of the period's year as they stood at its end."""
    period = scope.period
    projects = projects_of(desk, period)
    if not projects:
        return Gathered((Paragraph(f"{period.year}年没有申报项目。"),))
    return Gathered(
        headed(
            ("项目和进度（截至期末）", _stands(projects)),
            ("本期进展", _moved(desk, period)),
            ("预算使用（截至期末）", _used([project for project in projects if _has_money(project)])),
        )
    )


def _stands(projects: Sequence[ProjectLine]) -> list[Block]:
    counts = Counter(project.state for project in projects)
    words = "，".join(f"{state.label}{counts[state]}个" for state in ProjectState if counts[state])
    rows = (
        (str(place), project.name, project.item, project.place or "—", project.state.label)
        for place, project in enumerate(projects, 1)
    )
    return [
        Paragraph(f"{projects[0].year}年共有项目{len(projects)}个，其中{words}。"),
        word_table(_HEADS, rows, centred=("序号", "进度")),
    ]


def _moved(desk: Desk, period: Period) -> list[Block]:
    steps = steps_in(desk, period)
    if not steps:
        return [Paragraph(f"{period.label}项目进度没有变化。")]
    names: dict[tuple[date, ProjectState], list[str]] = defaultdict(list)
    for day, name, state in steps:
        names[day, state].append(name)
    rows = ((short_day(day), state.label, _listed(some)) for (day, state), some in names.items())
    return [word_table(("日期", "到了哪一步", "项目"), rows, centred=("日期", "到了哪一步"))]


def _listed(names: Sequence[str]) -> str:
    """Name a few; count many, the table above has them."""
    return "、".join(names) if len(names) <= _MOST_NAMED else f"{names[0]}等{len(names)}个项目"


def _used(projects: Sequence[ProjectLine]) -> list[Block]:
    if not projects:
        return [Paragraph("项目预算还没有经会议决议。")]
    heads = ("预算", "本期支出", "累计支出", "预算结余")
    lines: list[Line] = [
        ((p.name,), (p.budget_fen, p.in_period_fen, p.to_date_fen, p.budget_fen - p.to_date_fen)) for p in projects
    ]
    budget, paid = sum(p.budget_fen for p in projects), sum(p.to_date_fen for p in projects)
    return [
        money_table(("项目",), heads, lines),
        Paragraph(f"预算合计{in_both(budget)}，累计支出{in_both(paid)}。预算减累计支出等于预算结余。"),
        *used_chart(projects),
    ]


def _has_money(project: ProjectLine) -> bool:
    return bool(project.is_committed or project.to_date_fen or project.in_period_fen)
