"""组务公开: what the village's teams (村民小组) decided, what was done for each, and what their people were paid."""

from collections.abc import Iterator
from itertools import groupby

from villagedesk.disclosure.books.people import paid_by_project, pay_by_team, team_votes_of, teams_of
from villagedesk.disclosure.books.works import ProjectLine, Resolution, projects_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.teams import in_order, teams_named
from villagedesk.disclosure.telling import headed
from villagedesk.disclosure.wording import in_both, meeting_name
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.projects.model import ProjectState
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk

_WORKED_ON = frozenset({ProjectState.GRANTED, ProjectState.RUNNING, ProjectState.ACCEPTED, ProjectState.ASSESSED})


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the teams' votes of the period, the works of its year by team, and the pay of its people by team."""
    period = scope.period
    votes = team_votes_of(desk, period)
    return Gathered(
        headed(
            ("村民小组会议", list(_votes(votes)) if votes else [Paragraph(f"{period.label}没有登记村民小组会议。")]),
            ("各组的项目", _works(desk, period)),
            ("各组人员的报酬", _pay(desk, period)),
        )
    )


def _votes(votes: list[Resolution]) -> Iterator[Block]:
    heads = ("议题", "方式", "同意", "反对", "弃权", "结果")
    columns = tuple(Column(head, Align.LEFT if head == "议题" else Align.CENTER) for head in heads)
    for _, group in groupby(votes, lambda vote: (vote.held_on, vote.number)):
        cast = list(group)
        first = cast[0]
        came = f"{chinese_date(first.held_on)}召开{meeting_name(first)}，应到{first.entitled}人，实到{first.present}人"
        if not first.subject:
            yield Paragraph(f"{came}，没有表决。")
            continue
        yield Paragraph(f"{came}，表决结果：")
        rows = tuple(
            (vote.subject, vote.method, *map(str, (vote.yes, vote.no, vote.abstain)), _outcome(vote)) for vote in cast
        )
        yield Table(columns, rows, unit="单位：票")


def _outcome(vote: Resolution) -> str:
    return "通过" if vote.is_passed else "未通过"


def _works(desk: Desk, period: Period) -> list[Block]:
    """A work of one team stands with it; the money of a work for several cannot be parted and stands once."""
    teams, paid = teams_of(desk), paid_by_project(desk, period)
    works = [project for project in projects_of(desk, period) if project.state in _WORKED_ON]
    if not works:
        return [Paragraph(f"到期末，{period.year}年没有已批复的项目。")]
    served = {project.id: teams_named(project.place, teams) for project in works}
    order = in_order(teams)
    own = sorted((p for p in works if len(served[p.id]) == 1), key=lambda p: order.index(served[p.id][0]))
    common = [project for project in works if len(served[project.id]) != 1]
    blocks: list[Block] = []
    if own:
        blocks.append(_table("只为一个组办的项目", "组", [(served[p.id][0], p) for p in own], paid))
    if common:
        blocks.append(_table("几个组共同受益的项目", "地点", [(p.place or "没有写明", p) for p in common], paid))
        blocks.append(Paragraph("共同受益的项目，钱不能分到组，只列一次。"))
    return blocks


def _table(caption: str, head: str, works: list[tuple[str, ProjectLine]], paid: dict[str, int]) -> Table:
    columns = (
        Column(head),
        Column("项目"),
        Column("预算", Align.AMOUNT),
        Column("本期支出", Align.AMOUNT),
        Column("进度", Align.CENTER),
    )
    rows = tuple(
        (where, work.name, yuan(work.budget_fen), yuan(paid.get(work.id, 0)), work.state.label) for where, work in works
    )
    budget, spent = sum(work.budget_fen for _, work in works), sum(paid.get(work.id, 0) for _, work in works)
    return Table(columns, rows, ("合计", "", yuan(budget), yuan(spent), ""), caption=caption, unit="单位：元")


def _pay(desk: Desk, period: Period) -> list[Block]:
    by_team = {pay.team: pay for pay in pay_by_team(desk, period)}
    if not by_team:
        return [Paragraph(f"{period.label}没有发放人员报酬。")]
    columns = (Column("组"), Column("领取人数", Align.CENTER), Column("金额", Align.AMOUNT))
    pays = [by_team[team] for team in in_order(list(by_team))]
    rows = tuple((pay.team or "没有写明", str(pay.people), yuan(pay.amount_fen)) for pay in pays)
    people, total = sum(pay.people for pay in pays), sum(pay.amount_fen for pay in pays)
    return [
        Table(columns, rows, ("合计", str(people), yuan(total)), unit="单位：元"),
        Paragraph(f"按领取人所在的组统计，共{people}人，合计{in_both(total)}；名单见人员报酬发放公示。"),
    ]
