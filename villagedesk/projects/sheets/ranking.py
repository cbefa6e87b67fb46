"""A year's ranking on paper (排名): works, contracts and posts by their scores, the arithmetic with each."""

from collections.abc import Mapping, Sequence

from villagedesk.projects.budget import points
from villagedesk.projects.model import Contract, Evaluation, Post, Project
from villagedesk.reports.sheet import Align, Bar, Block, Chart, Column, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office
from villagedesk.village.workrules import EvaluationRule

TABLES = {Project.table: "项目", Contract.table: "合同", Post.table: "岗位"}
"""What is ranked, in the order it stands on the sheet."""


def ranking_sheet(
    office: Office, year: int, kept: Sequence[Evaluation], names: Mapping[str, str], rule: EvaluationRule
) -> Sheet:
    """Return a year's scores and places as they were kept. ``names`` are the subjects' by id."""
    lead = (
        f"年度得分由季度考核{rule.assessments}、平时检查{rule.visits}、村民满意度{rule.satisfaction}三部分组成，"
        "没有的不计；得分相同的名次相同。"
    )
    blocks: list[Block] = [Paragraph(lead), Paragraph(f"依据：{rule.source}。")]
    for table, label in TABLES.items():
        some = [one for one in kept if one.subject_table == table]
        if some:
            blocks += _ranked(label, some, names)
    blocks.append(Signatures(("村主要负责人", "监督小组组长", "制表人", "日期")))
    title = f"{office.name}{year}年度考评排名表"
    return Sheet(title, tuple(blocks), preset=Preset.FORM, watermark=watermark(office), issuer=issuer(office))


def _ranked(label: str, kept: Sequence[Evaluation], names: Mapping[str, str]) -> list[Block]:
    columns = (Column("名次", Align.CENTER), Column(label), Column("得分", Align.RIGHT), Column("算法"))
    rows = tuple(
        (str(one.place), names.get(one.subject_id, ""), points(one.score), one.arithmetic)
        for one in sorted(kept, key=lambda one: one.place)
    )
    bars = tuple(
        Bar(names.get(one.subject_id, ""), (one.score,), f"{points(one.score)}分")
        for one in sorted(kept, key=lambda one: one.place)
    )
    picture = [Chart(("",), bars, f"{label}年度得分")] if len(bars) > 1 else []
    return [Paragraph(f"{label}（{len(rows)}个）", 1), Table(columns, rows), *picture]
