"""① 项目公开: the year's projects with the council's scores and ranking, the resolution, the budget and the state."""

from fractions import Fraction

from villagedesk.disclosure.books import ProjectLine, projects_of, resolutions_of
from villagedesk.disclosure.kind import Gathered, Kind
from villagedesk.disclosure.personal import masked
from villagedesk.disclosure.wording import in_both, vote_sentence
from villagedesk.kernel.dates import Period
from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.profile import ScoringRule


def gather(desk: Desk, period: Period) -> Gathered:
    """Return the projects of the period's year as they stood at its end."""
    rule = village_store.profile(desk).scoring
    projects = sorted(projects_of(desk, period), key=lambda project: -_average(project, rule))
    blocks: list[Block] = [Paragraph("一、项目及进度", 1)]
    if not projects:
        return Gathered((*blocks, Paragraph(f"{period.year}年没有申报项目。")))
    total = sum(project.budget_fen for project in projects)
    blocks += [_projects(projects, total), Paragraph(f"项目预算合计{in_both(total)}。")]
    scored = [project for project in projects if project.scores]
    if scored:
        blocks += [Paragraph("二、量分和排名", 1), *_ranking(scored, rule)]
    votes = [vote_sentence(resolution) for resolution in resolutions_of(desk, period)]
    if votes:
        heading = "三、会议决议" if scored else "二、会议决议"
        blocks += [Paragraph(heading, 1), *(Paragraph(f"{place}. {vote}", 3) for place, vote in enumerate(votes, 1))]
    return Gathered(tuple(blocks))


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
        (str(place), masked(p.name), masked(p.item), masked(p.place), yuan(p.budget_fen), p.state.label)
        for place, p in enumerate(projects, 1)
    )
    return Table(columns, rows, ("合计", "", "", "", yuan(total), ""), unit="单位：元")


def _ranking(projects: list[ProjectLine], rule: ScoringRule) -> list[Block]:
    weights = f"急需、急盼、受益直接三项各0—10分，按{rule.urgent}∶{rule.wished}∶{rule.benefit}加权相加"
    drops = "，去掉一个最高分和一个最低分" if rule.drops_extremes else ""
    how = Paragraph(f"议事会成员逐项打分，{weights}{drops}，再按打分人数平均，从高到低排名。各项分数为全体打分人之和。")
    columns = tuple(
        Column(head, Align.LEFT if head == "项目" else Align.CENTER)
        for head in ("排名", "项目", "打分人数", "急需", "急盼", "受益直接", "平均分")
    )
    averages = [_average(project, rule) for project in projects]
    rows = tuple(
        (
            str(averages.index(average) + 1),
            masked(project.name),
            str(len(project.scores)),
            str(sum(score.urgent for score in project.scores)),
            str(sum(score.wished for score in project.scores)),
            str(sum(score.benefit for score in project.scores)),
            _two_places(average),
        )
        for project, average in zip(projects, averages, strict=True)
    )
    return [how, Table(columns, rows)]


def _average(project: ProjectLine, rule: ScoringRule) -> Fraction:
    """Return the mean of the weighted ballots, exact; 0 without ballots."""
    ballots = sorted(s.urgent * rule.urgent + s.wished * rule.wished + s.benefit * rule.benefit for s in project.scores)
    if rule.drops_extremes and len(ballots) > 2:
        ballots = ballots[1:-1]
    return Fraction(sum(ballots), len(ballots)) if ballots else Fraction(0)


def _two_places(number: Fraction) -> str:
    hundredths = (number * 200 + 1) // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}"


KIND = Kind("projects", "项目公开", 1, "农村公共服务运行维护项目申报、量分和决议情况", gather)
