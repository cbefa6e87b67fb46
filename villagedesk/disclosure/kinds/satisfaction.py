"""⑤ 满意度: of those asked, how many said 好, 中, 差 and how many said nothing, with percentages that add up."""

from villagedesk.disclosure.books.visits import surveys_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.telling import headed, looked_at, short_day
from villagedesk.kernel.shares import percent, portions
from villagedesk.projects.charts import ANSWERS, answers, satisfaction_chart
from villagedesk.projects.model import Survey
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk

_Held = list[tuple[str, Survey]]


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the period's surveys in votes, in percent and to look at."""
    period = scope.period
    held = surveys_of(desk, period)
    if not held:
        return Gathered((Paragraph(f"{period.label}没有开展满意度调查。"),))
    return Gathered(headed(("调查结果", _votes(held)), ("占调查人数的比例", _shares(held)), ("村民意见", _notes(held))))


def _votes(held: _Held) -> list[Block]:
    centred = (Column(head, Align.CENTER) for head in ("调查人数", *ANSWERS))
    columns = (Column("日期", Align.CENTER), Column("项目"), Column("方式"), *centred)
    rows = tuple(
        (short_day(survey.held_on), project, survey.way, *map(str, (survey.asked, *answers(survey))))
        for project, survey in held
    )
    asked, given = sum(survey.asked for _, survey in held), _together(held)
    table = Table(columns, rows, ("合计", "", "", *map(str, (asked, *given))), unit="单位：人")
    sums = "＋".join(f"{name}{count}" for name, count in zip(ANSWERS, given, strict=True))
    return [table, Paragraph(f"共调查{len(held)}次、{asked}人次。核对：{sums}＝{asked}。")]


def _shares(held: _Held) -> list[Block]:
    columns = (Column("项目"), *(Column(head, Align.CENTER) for head in (*ANSWERS, "加起来")))
    named = [(project, portions(answers(survey))) for project, survey in held]
    whole = portions(_together(held))
    rows = tuple((project, *_line(shares)) for project, shares in named)
    total = ("合计", *_line(whole)) if len(held) > 1 else ()
    text = (
        f"比例＝人数÷调查人数，保留一位小数，尾数经过调整，每行加起来正好100%。"
        f"{'总起来看，' if len(held) > 1 else ''}评“好”的占{percent(whole[0])}，评“差”的占{percent(whole[2])}。"
    )
    return [Table(columns, rows, total), Paragraph(text), *looked_at(satisfaction_chart(held, "村民满意度"))]


def _line(shares: tuple[int, ...]) -> tuple[str, ...]:
    return (*map(percent, shares), percent(sum(shares)))


def _notes(held: _Held) -> list[Block]:
    noted = [(project, survey.note) for project, survey in held if survey.note]
    return [Paragraph(f"{number}. {project}：{note}", 3) for number, (project, note) in enumerate(noted, 1)]


def _together(held: _Held) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(answers(survey) for _, survey in held), strict=True)))
