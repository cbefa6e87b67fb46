"""① 项目征集结果与量分排名: what households wish for, the council's scores and the ranking, to be counted again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from villagedesk.deliberation.model import Score
from villagedesk.deliberation.scoring import CRITERIA, Ranked, formula, points, ranking, two_decimals
from villagedesk.deliberation.store import scored_names, scores_of_year
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.occasions import ranked_years
from villagedesk.disclosure.tables import word_table
from villagedesk.disclosure.telling import headed, looked_at
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.projects.charts import wishes_chart
from villagedesk.projects.figures import WishCount
from villagedesk.projects.store import coverage, wish_ranking
from villagedesk.reports.sheet import Block, Paragraph, Table
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.profile import ScoringRule

_MOST_BALLOTS = 40
"""Projects whose single ballots still have room on the wall; of more, the ballots lie open at the office."""


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the wishes and the ranking of the period's year."""
    year = scope.period.year
    wishes, scores = wish_ranking(desk, year), scores_of_year(desk, year)
    if not wishes and not scores:
        return Gathered((Paragraph(f"{year}年还没有征集项目，也没有量分。"),))
    rule = village_store.profile(desk).scoring
    ranked = ranking(scores, scored_names(desk, year), rule)
    blocks = headed(
        ("项目征集结果", [*_heard(desk, year, wishes), *_wished(wishes)]),
        ("量分和排名", _ranking(ranked, rule, ranked_years(desk).get(year))),
        ("各票得分", _ballots(ranked, scores, rule)),
    )
    return Gathered(blocks, tuple(_findings(wishes, ranked, scores, rule)), f"{year}年项目征集结果与量分排名")


def _heard(desk: Desk, year: int, wishes: Sequence[WishCount]) -> Iterator[Paragraph]:
    if not wishes:
        yield Paragraph(f"{year}年没有逐户征集意愿的记录。")
        return
    share = coverage(desk, year)
    last = max(wish.last_day for wish in wishes)
    yield Paragraph(
        f"全村{share.households}户，已逐户征求{share.heard}户，占{share.percent}，截至{chinese_date(last)}。"
        "每户按急需程度最多提三项意愿，各项意愿的户数如下："
    )


def _wished(wishes: Sequence[WishCount]) -> list[Block]:
    if not wishes:
        return []
    heads = ("序号", "意愿", "第一意愿", "第二意愿", "第三意愿", "合计户次")
    rows = [
        (str(place), wish.item, *map(str, (wish.first, wish.second, wish.third, wish.households)))
        for place, wish in enumerate(wishes, 1)
    ]
    columns = ((w.first, w.second, w.third, w.households) for w in wishes)
    total = tuple(map(str, map(sum, zip(*columns, strict=True))))
    table = word_table(heads, rows, centred={*heads} - {"意愿"}, unit="单位：户")
    return [
        Table(table.columns, table.rows, ("合计", "", *total), unit=table.unit),
        *looked_at(wishes_chart(wishes, "各项意愿户数图")),
    ]


def _ranking(ranked: Sequence[Ranked], rule: ScoringRule, day: date | None) -> list[Block]:
    if not ranked:
        return [Paragraph("还没有量分。")]
    heads = ("排名", "项目", *(label for _, label in CRITERIA), "三项合计", "计分票", "得分")
    rows = (
        (
            str(one.place),
            one.name,
            *map(str, one.sums),
            str(_points(one, rule)),
            str(one.counted),
            two_decimals(one.result),
        )
        for one in ranked
    )
    when = f"{chinese_date(day)}，" if day else ""
    first = ranked[0]
    example = f"例如第{first.place}名“{first.name}”：{first.arithmetic}。"
    return [
        Paragraph(f"{when}村民议事会对{len(ranked)}个候选项目逐个打分。{formula(rule)}{example}"),
        word_table(heads, rows, centred={*heads} - {"项目"}, unit="单位：分"),
    ]


def _ballots(ranked: Sequence[Ranked], scores: Sequence[Score], rule: ScoringRule) -> list[Block]:
    """Return every ballot's points without the voter's name, highest first, so that the sums can be counted again."""
    if not ranked:
        return []
    if len(ranked) > _MOST_BALLOTS:
        return [Paragraph("每张票的打分存放在村民委员会，村民可以随时查看、核对。")]
    by_project: dict[str, list[int]] = defaultdict(list)
    for score in scores:
        by_project[score.project_id].append(points(score, rule))
    rows = ((one.name, _added(by_project[one.project_id], one), str(_points(one, rule))) for one in ranked)
    return [
        Paragraph("下面是每张票给项目打的分（三项相加，不记名，从高到低排列），加起来就是“三项合计”。"),
        word_table(("项目", "各票得分", "合计"), rows, centred=("合计",), unit="单位：分"),
    ]


def _added(ballots: Sequence[int], one: Ranked) -> str:
    ordered = sorted(ballots, reverse=True)
    if not one.dropped:
        return "＋".join(map(str, ordered))
    kept = "＋".join(map(str, ordered[1:-1]))
    return f"{kept}（去掉最高{ordered[0]}、最低{ordered[-1]}）"


def _points(one: Ranked, rule: ScoringRule) -> int:
    weights = (rule.urgent, rule.wished, rule.benefit)
    return sum(weight * total for weight, total in zip(weights, one.sums, strict=True))


def _findings(
    wishes: Sequence[WishCount], ranked: Sequence[Ranked], scores: Sequence[Score], rule: ScoringRule
) -> Iterator[Finding]:
    cast = sum(one.ballots for one in ranked)
    if cast != len(scores):
        yield Finding("disclosure.ballots", f"量分票有{len(scores)}张，排名里只算了{cast}张，对不上。请先检查量分票。")
    for one in ranked:
        if _points(one, rule) != one.result * one.counted:
            message = f"“{one.name}”三项合计{_points(one, rule)}分，和得分对不上。请先检查量分票。"
            yield Finding("disclosure.ballots", message)
    twice = [wish.item for wish in wishes if wish.households < max(wish.first, wish.second, wish.third)]
    if twice:
        yield Finding("disclosure.wishes", f"“{'、'.join(twice)}”的户数加起来不对。请先检查意愿表。")
