"""⑤ 考核结果: each assessment of the period; whole projects, contracts and posts ranked, each among their own."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from villagedesk.disclosure.books.visits import deductions_of, inspections_of, subjects_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.telling import headed, looked_at, short_day
from villagedesk.kernel.dates import Period
from villagedesk.projects.evaluation import counted_in, counting
from villagedesk.projects.model import Inspection, InspectionKind
from villagedesk.reports.sheet import Align, Bar, Block, Chart, Column, Paragraph, Table
from villagedesk.storage.desk import Desk

_FULL = 100


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the period's assessments and, of two projects, contracts or posts or more, their rankings."""
    period = scope.period
    assessed = [pair for pair in inspections_of(desk, period) if pair[1].kind is InspectionKind.ASSESSMENT]
    if not assessed:
        return Gathered((Paragraph(f"{period.label}没有考核。"),))
    subjects, off = subjects_of(desk, period), deductions_of(desk, period)
    kept = {visit.id for visit in counting([visit for _, visit in assessed])}
    months = {visit.id for visit in counted_in([visit for _, visit in assessed])}
    counted = [pair for pair in assessed if pair[1].id in kept]
    return Gathered(
        headed(
            ("考核情况", _assessments(assessed, subjects, off, kept, months)),
            ("岗位得分排名", _by_subject([pair for pair in counted if pair[1].post_id], subjects)),
            ("合同得分排名", _by_subject([pair for pair in counted if pair[1].contract_id], subjects)),
            ("项目得分排名", _ranking([pair for pair in counted if pair[1].id not in subjects])),
        )
    )


def _assessments(
    assessed: list[tuple[str, Inspection]],
    subjects: Mapping[str, str],
    off: Mapping[str, str],
    kept: Collection[str],
    months: Collection[str],
) -> list[Block]:
    notes = {visit.id: "\n".join(part for part in (off.get(visit.id, ""), visit.note) if part) for _, visit in assessed}
    has_notes = any(notes.values())
    columns = (
        Column("日期", Align.CENTER),
        Column("项目"),
        *([Column("考核对象")] if subjects else []),
        Column("得分", Align.CENTER),
        Column("结论", Align.CENTER),
        Column("考核人"),
        *([Column("情况")] if has_notes else []),
    )
    rows = tuple(
        (
            short_day(visit.inspected_on),
            project,
            *([subjects.get(visit.id, "整个项目")] if subjects else []),
            str(visit.score),
            _outcome(visit, kept, months),
            visit.inspectors,
            *([notes[visit.id]] if has_notes else []),
        )
        for project, visit in assessed
    )
    assessed = [pair for pair in assessed if pair[1].id in kept]
    corrected = len(rows) - len(assessed) - len(months)
    failed = sum(not visit.is_passed for _, visit in assessed)
    passed = len(assessed) - failed
    text = f"共考核{len(assessed)}次，合格{passed}次，不合格{failed}次（{passed}＋{failed}＝{len(assessed)}）。得分满分{_FULL}分。"
    if corrected:
        text += f"另有{corrected}次已经更正，以后一次为准。"
    if months:
        text += f"另有{len(months)}次按月考核，已经平均到季度得分里。"
    return [Table(columns, rows), Paragraph(text)]


def _outcome(visit: Inspection, kept: Collection[str], months: Collection[str]) -> str:
    if visit.id in months:
        return "计入季度"
    return ("合格" if visit.is_passed else "不合格") if visit.id in kept else "已更正"


def _by_subject(assessed: list[tuple[str, Inspection]], subjects: Mapping[str, str]) -> list[Block]:
    """Rank posts, or contracts, by their assessments, quarter by quarter; of one alone there is nothing to rank."""
    blocks: list[Block] = []
    periods = dict.fromkeys(visit.period for _, visit in assessed if visit.period)
    for period in periods:
        some = [(name, visit) for name, visit in assessed if visit.period == period]
        if len(some) < 2:
            continue
        some.sort(key=lambda pair: -pair[1].score)
        rows = tuple(
            (
                str(1 + sum(other.score > visit.score for _, other in some)),
                subjects[visit.id],
                project,
                str(visit.score),
            )
            for project, visit in some
        )
        heads = ("排名", "考核对象", "项目", "得分")
        columns = tuple(Column(head, Align.CENTER if head in {"排名", "得分"} else Align.LEFT) for head in heads)
        blocks.append(Table(columns, rows, caption=Period.parse(period).label))
    return blocks


def _ranking(assessed: list[tuple[str, Inspection]]) -> list[Block]:
    """Rank projects by what was assessed of them as a whole: a post's score is no score of its project."""
    scores: dict[str, list[int]] = {}
    names = {}
    for project, visit in assessed:
        scores.setdefault(visit.project_id, []).append(visit.score)
        names[visit.project_id] = project
    if len(scores) < 2:
        return []
    means = {project: Fraction(sum(given), len(given)) for project, given in scores.items()}
    ranked = sorted(means, key=lambda project: -means[project])
    heads = ("排名", "项目", "次数", "分数之和", "平均分")
    columns = tuple(Column(head, Align.LEFT if head == "项目" else Align.CENTER) for head in heads)
    rows = tuple(
        (
            str(1 + sum(mean > means[project] for mean in means.values())),
            names[project],
            str(len(scores[project])),
            str(sum(scores[project])),
            _two_decimals(means[project]),
        )
        for project in ranked
    )
    bars = [
        Bar(names[project], (round(means[project] * _FULL),), f"{_two_decimals(means[project])}分")
        for project in ranked
    ]
    text = "平均分＝分数之和÷次数，四舍五入到两位小数；平均分相同的名次相同。"
    return [Table(columns, rows), Paragraph(text), *looked_at(Chart(("",), tuple(bars), "考核平均分"))]


def _two_decimals(mean: Fraction) -> str:
    hundredths = (2 * mean.numerator * _FULL + mean.denominator) // (2 * mean.denominator)
    return f"{hundredths // _FULL}.{hundredths % _FULL:02d}"
