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
    """Which works each team has part in, and each work once with its money, which cannot be parted among teams."""
    works = [project for project in projects_of(desk, period) if project.state in _WORKED_ON]
    if not works:
        return [Paragraph(f"到期末，{period.year}年没有已批复的项目。")]
    teams = in_order(teams_of(desk))
    served = {work.id: teams_named(work.place, teams) for work in works}
    rows = tuple(
        (team, "、".join(work.name for work in works if team in served[work.id]) or "没有单独写明的项目")
        for team in teams
    )
    text = "各组的项目按项目地点里写明的组列出，写“全村”的各组都列；钱不能分到组，每个项目只算一次。"
    by_team: list[Block] = [Table((Column("组"), Column("有关的项目")), rows, caption="各组有哪些项目")] if rows else []
    return [*by_team, _money(works, paid_by_project(desk, period)), Paragraph(text)]


def _money(works: list[ProjectLine], paid: dict[str, int]) -> Table:
    columns = (
        Column("项目"),
        Column("地点"),
        Column("预算", Align.AMOUNT),
        Column("本期支出", Align.AMOUNT),
        Column("进度", Align.CENTER),
    )
    rows = tuple(
        (work.name, work.place, yuan(work.budget_fen), yuan(paid.get(work.id, 0)), work.state.label) for work in works
    )
    budget, spent = sum(work.budget_fen for work in works), sum(paid.get(work.id, 0) for work in works)
    total = ("合计", "", yuan(budget), yuan(spent), "")
    return Table(columns, rows, total, caption="项目的预算和支出", unit="单位：元")


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
