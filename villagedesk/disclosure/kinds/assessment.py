"""⑤ 考评结果公开: inspections and spot checks, acceptance, assessment, each with its score and its outcome."""

from villagedesk.disclosure.books import inspections_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.projects.model import Inspection, InspectionKind
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk

_PARTS = (
    ("日常检查和抽查", (InspectionKind.INSPECTION, InspectionKind.SPOT_CHECK)),
    ("验收", (InspectionKind.ACCEPTANCE,)),
    ("考核", (InspectionKind.ASSESSMENT,)),
)
_ORDINALS = "一二三"


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the period's visits, part by part; a part without any says so."""
    period = scope.period
    found = inspections_of(desk, period)
    blocks: list[Block] = []
    for ordinal, (name, kinds) in zip(_ORDINALS, _PARTS, strict=True):
        visits = [(project, visit) for project, visit in found if visit.kind in kinds]
        blocks.append(Paragraph(f"{ordinal}、{name}", 1))
        blocks += _part(visits) if visits else [Paragraph(f"本期没有{name}。")]
    return Gathered(tuple(blocks))


def _part(visits: list[tuple[str, Inspection]]) -> list[Block]:
    columns = (
        Column("日期", Align.CENTER),
        Column("项目"),
        Column("方式", Align.CENTER),
        Column("得分", Align.CENTER),
        Column("结论", Align.CENTER),
        Column("检查人"),
        Column("情况"),
    )
    rows = tuple(
        (
            f"{visit.inspected_on.month}月{visit.inspected_on.day}日",
            project,
            visit.kind.label,
            str(visit.score),
            "合格" if visit.is_passed else "不合格",
            visit.inspectors,
            visit.note,
        )
        for project, visit in visits
    )
    failed = sum(not visit.is_passed for _, visit in visits)
    sentence = f"共{len(visits)}次，合格{len(visits) - failed}次，不合格{failed}次。"
    return [Table(columns, rows), Paragraph(sentence)]
