"""⑤ 检查与验收结果: inspections, spot checks and acceptances, what came of the failed ones, what nobody looked at."""

from villagedesk.disclosure.books.visits import inspections_of
from villagedesk.disclosure.books.works import projects_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.telling import headed, short_day
from villagedesk.projects.model import Inspection, InspectionKind, ProjectState
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk

_Visits = list[tuple[str, Inspection]]
_CHECKS = (InspectionKind.INSPECTION, InspectionKind.SPOT_CHECK)


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the period's visits part by part; a part without any says so."""
    period = scope.period
    visits = [visit for visit in inspections_of(desk, period) if visit[1].kind is not InspectionKind.ASSESSMENT]
    checks = [visit for visit in visits if visit[1].kind in _CHECKS]
    accepted = [visit for visit in visits if visit[1].kind is InspectionKind.ACCEPTANCE]
    seen = {visit.project_id for _, visit in visits}
    running = [project for project in projects_of(desk, period) if project.state is ProjectState.RUNNING]
    unseen = [project.name for project in running if project.id not in seen]
    return Gathered(
        headed(
            ("日常检查和抽查", _part(checks) if checks else [Paragraph("本期没有检查和抽查。")]),
            ("验收", _part(accepted) if accepted else [Paragraph("本期没有验收。")]),
            ("不合格的复查情况", _mended(visits)),
            ("没有检查的项目", _unseen(unseen)),
        )
    )


def _part(visits: _Visits) -> list[Block]:
    has_notes = any(visit.note for _, visit in visits)
    columns = (
        Column("日期", Align.CENTER),
        Column("项目"),
        Column("方式", Align.CENTER),
        Column("得分", Align.CENTER),
        Column("结论", Align.CENTER),
        Column("检查人"),
        *([Column("情况")] if has_notes else []),
    )
    rows = tuple(
        (
            short_day(visit.inspected_on),
            project,
            visit.kind.label,
            str(visit.score),
            _outcome(visit),
            visit.inspectors,
            *([visit.note] if has_notes else []),
        )
        for project, visit in visits
    )
    failed = sum(not visit.is_passed for _, visit in visits)
    passed = len(visits) - failed
    text = f"共{len(visits)}次，合格{passed}次，不合格{failed}次（{passed}＋{failed}＝{len(visits)}）。得分满分100分。"
    return [Table(columns, rows), Paragraph(text)]


def _outcome(visit: Inspection) -> str:
    return "合格" if visit.is_passed else "不合格"


def _mended(visits: _Visits) -> list[Block]:
    """What was found at the next visit to a work that had failed; visits stand oldest first."""
    lines: list[Block] = []
    for place, (project, visit) in enumerate(visits):
        if visit.is_passed:
            continue
        after = next((later for _, later in visits[place + 1 :] if later.project_id == visit.project_id), None)
        what = f"{short_day(visit.inspected_on)}{visit.kind.label}不合格"
        then = f"{short_day(after.inspected_on)}{after.kind.label}{_outcome(after)}" if after else "到期末还没有复查"
        lines.append(Paragraph(f"{len(lines) + 1}. {project}：{what}，{then}。", 3))
    return lines


def _unseen(names: list[str]) -> list[Block]:
    if not names:
        return []
    return [Paragraph(f"期末正在实施的项目中，本期没有检查的有{len(names)}个：{'、'.join(names)}。")]
