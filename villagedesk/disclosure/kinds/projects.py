"""① 项目公开: the year's projects with the council's scores and ranking, the resolution, the budget and the state."""

from collections.abc import Iterator
from itertools import groupby

from villagedesk.deliberation.scoring import Ranked, formula, ranking, two_decimals
from villagedesk.deliberation.store import scored_names, scores_of_year
from villagedesk.disclosure.books import ProjectLine, Resolution, projects_of, resolutions_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.wording import in_both, meeting_name
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.profile import ScoringRule


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the projects of the period's year as they stood at its end."""
    period = scope.period
    rule = village_store.profile(desk).scoring
    ranked = ranking(scores_of_year(desk, period.year), scored_names(desk, period.year), rule)
    places = {project.project_id: project.place for project in ranked}
    projects = sorted(projects_of(desk, period), key=lambda project: places.get(project.id, len(places) + 1))
    blocks: list[Block] = [Paragraph("一、项目及进度", 1)]
    if not projects:
        return Gathered((*blocks, Paragraph(f"{period.year}年没有申报项目。")))
    total = sum(project.budget_fen for project in projects)
    blocks += [_projects(projects, total), Paragraph(f"项目预算合计{in_both(total)}。")]
    if ranked:
        blocks += [Paragraph("二、量分和排名", 1), *_ranking(ranked, rule)]
    votes = resolutions_of(desk, period)
    if votes:
        blocks += [Paragraph("三、会议决议" if ranked else "二、会议决议", 1), *_votes(votes)]
    return Gathered(tuple(blocks))


def _votes(resolutions: list[Resolution]) -> Iterator[Block]:
    """Yield each meeting with who was there, and how the votes fell, so that anyone can recount them."""
    heads = ("议题", "方式", "同意", "反对", "弃权", "结果")
    columns = tuple(Column(head, Align.LEFT if head == "议题" else Align.CENTER) for head in heads)
    for _, group in groupby(resolutions, lambda vote: (vote.held_on, vote.number)):
        votes = list(group)
        first = votes[0]
        quorum = first.arithmetic.partition("；")[0]
        name = meeting_name(first)
        yield Paragraph(f"{chinese_date(first.held_on)}召开{name}，{quorum}。表决结果：")
        rows = tuple(
            (
                vote.subject,
                vote.method,
                *map(str, (vote.yes, vote.no, vote.abstain)),
                "通过" if vote.is_passed else "未通过",
            )
            for vote in votes
        )
        yield Table(columns, rows, unit="单位：票")


def _projects(projects: list[ProjectLine], total: int) -> Table:
    columns = (
        Column("序号", Align.CENTER),
        Column("项目"),
        Column("类别"),
        Column("地点"),
        Column("预算", Align.AMOUNT),
        Column("进度", Align.CENTER),
    )
    rows = tuple(
        (str(place), p.name, p.item, p.place, yuan(p.budget_fen), p.state.label) for place, p in enumerate(projects, 1)
    )
    return Table(columns, rows, ("合计", "", "", "", yuan(total), ""), unit="单位：元")


def _ranking(ranked: list[Ranked], rule: ScoringRule) -> list[Block]:
    heads = ("排名", "项目", "计分票数", "急需", "急盼", "受益直接", "得分")
    columns = tuple(Column(head, Align.LEFT if head == "项目" else Align.CENTER) for head in heads)
    rows = tuple(
        (
            str(project.place),
            project.name,
            str(project.counted),
            *map(str, project.sums),
            two_decimals(project.result),
        )
        for project in ranked
    )
    return [Paragraph(f"{formula(rule)}各项分数为计分各票之和，大家可以自行复算。"), Table(columns, rows)]
