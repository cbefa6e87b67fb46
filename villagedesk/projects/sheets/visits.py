"""Visits on paper: score sheets blank and filled, the acceptance and the settlement of a project."""

from collections.abc import Mapping, Sequence
from datetime import date

from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.projects.bands import ratio_words
from villagedesk.projects.figures import ProjectFigures
from villagedesk.projects.model import Contract, Inspection, Mark
from villagedesk.projects.scoresheets import FULL, Template
from villagedesk.projects.settlement import Settlement, together
from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office
from villagedesk.village.workrules import BandRule

_ROOM = "　" * 8
"""Blanks that keep room for what is written by hand."""
_SIGNED = ("检查人", "被检查人", "监督小组组长")


def blank_score_sheet(office: Office, template: Template) -> Sheet:
    """Return a score sheet to fill in by hand on the spot."""
    facts = Facts((("项目", ""), ("岗位或合同", ""), ("季度或日期", ""), ("检查人", "")))
    columns = (
        Column("序号", Align.CENTER), Column("考核项目"), Column("标准分", Align.RIGHT), Column("评分标准"),
        Column("扣分", Align.RIGHT), Column("得分", Align.RIGHT), Column("扣分原因"),
    )  # fmt: skip
    rows = tuple(
        (str(place), line.item, str(line.points), line.standard, "", "", _ROOM)
        for place, line in enumerate(template.items, 1)
    )
    total = ("合计", "", str(FULL), "", "", "", "")
    told = Paragraph(f"得分＝标准分－扣分，{template.passes_from}分以上为合格。依据：{template.source}。")
    return _sheet(office, template.name, (facts, Table(columns, rows, total), told, Signatures(_SIGNED)))


def score_sheet(
    office: Office,
    template: Template | None,
    visit: Inspection,
    marks: Sequence[Mark],
    subject: str,
    rule: BandRule,
    photos: int,
) -> Sheet:
    """Return a filled score sheet; ``subject`` is whose work it is about, ``rule`` the bands it is paid by."""
    standards = {line.item: line.standard for line in template.items} if template else {}
    columns = (
        Column("序号", Align.CENTER), Column("考核项目"), Column("标准分", Align.RIGHT), Column("评分标准"),
        Column("扣分", Align.RIGHT), Column("得分", Align.RIGHT), Column("扣分原因"),
    )  # fmt: skip
    rows = tuple(
        (
            str(mark.place),
            mark.item,
            str(mark.points),
            standards.get(mark.item, ""),
            str(mark.deducted),
            str(mark.points - mark.deducted),
            mark.note,
        )
        for mark in marks
    )
    points, off = sum(mark.points for mark in marks), sum(mark.deducted for mark in marks)
    total = ("合计", "", str(points), "", str(off), str(visit.score), "")
    facts = Facts(
        (
            ("考核对象", subject),
            ("类型", visit.kind.label),
            ("季度", Period.parse(visit.period).label if visit.period else "—"),
            ("日期", chinese_date(visit.inspected_on)),
            ("检查人", visit.inspectors),
            ("结论", f"{visit.score}分，{'合格' if visit.is_passed else '不合格'}"),
        )
    )
    return _sheet(
        office,
        template.name if template else f"{visit.kind.label}记录",
        (
            facts,
            *((Table(columns, rows, total), Paragraph(f"得分＝{points}－{off}＝{visit.score}分。")) if marks else ()),
            *((Paragraph(f"按本合同或岗位的计分办法：{ratio_words(visit.score, rule)}。"),) if rule.key else ()),
            *((Paragraph(f"说明：{visit.note}"),) if visit.note else ()),
            *((Paragraph(f"附照片{photos}张，存在账本里。"),) if photos else ()),
            Signatures(_SIGNED),
        ),
    )


def acceptance_sheet(
    office: Office,
    figures: ProjectFigures,
    contracts: Sequence[Contract],
    visits: Sequence[Inspection],
    marks: Mapping[str, Sequence[Mark]],
) -> Sheet:
    """Return a project's acceptance (验收单): what was agreed, what was found; without a visit it is to be filled in."""
    project, last = figures.project, visits[-1] if visits else None
    facts = Facts(
        (
            ("项目名称", project.name),
            ("实施地点", project.place or "—"),
            ("项目负责人", project.manager or "—"),
            ("预算", f"{yuan(figures.budget_fen)}元"),
            ("合同金额", f"{yuan(figures.contracted_fen)}元"),
            ("验收日期", chinese_date(last.inspected_on) if last else ""),
            ("验收得分", f"{last.score}分" if last else ""),
            ("验收结论", ("合格" if last.is_passed else "不合格") if last else ""),
            ("验收人", last.inspectors if last else ""),
            ("说明", last.note if last else ""),
        )
    )
    return _sheet(
        office,
        f"{office.name}项目验收单",
        (
            facts,
            *((_agreed(contracts),) if contracts else ()),
            *((_acceptances(visits),) if visits else ()),
            *((_marks(marks[last.id]),) if last and marks.get(last.id) else ()),
            Signatures(("项目负责人", "承包人", "质量监督小组", "村主要负责人", "日期")),
        ),
    )


def settlement_sheet(office: Office, figures: ProjectFigures, settlements: Sequence[Settlement], day: date) -> Sheet:
    """Return a project's settlement (结算单): each contract with its parts, and what is still to be paid."""
    project = figures.project
    whole, withheld, deducted, due, paid, rest = together(settlements)
    changed = f"（议定{yuan(project.budget_fen)}元，调整{yuan(figures.changed_fen)}元）" if figures.changed_fen else ""
    facts = Facts(
        (
            ("项目名称", project.name),
            ("截至", chinese_date(day)),
            ("现行预算", f"{yuan(figures.budget_fen)}元{changed}"),
            ("项目已付", f"{yuan(figures.paid_fen)}元"),
            ("预算结余", f"{yuan(figures.left_fen)}元"),
            ("合同还应付", f"{yuan(rest)}元"),
        )
    )
    heads = ("合同金额", "按得分少付", "扣款", "应付", "已付", "还应付")
    columns = (Column("承包人或管护员"), Column("内容"), *(Column(head, Align.AMOUNT) for head in heads))
    rows = tuple(
        (
            one.contract.party,
            one.contract.scope,
            *map(yuan, (one.contract.amount_fen, one.withheld_fen, one.deducted_fen)),
            *map(yuan, (one.due_fen, one.paid_fen, one.open_fen)),
        )
        for one in settlements
    )
    total = ("合计", "", *map(yuan, (whole, withheld, deducted, due, paid, rest)))
    blocks: tuple[Block, ...] = (
        facts,
        Table(columns, rows, total, caption="合同结算", unit="单位：元"),
        *(block for one in settlements for block in _settled(one)),
        Paragraph(
            f"本项目合同还应付{yuan(rest)}元（{amount_in_words(rest)}）。" if rest > 0 else "本项目合同没有未付的款。"
        ),
        Signatures(("项目负责人", "承包人", "理财小组组长", "村主要负责人", "日期")),
    )
    return _sheet(office, f"{office.name}项目结算单", blocks, Preset.WIDE)


def _settled(one: Settlement) -> list[Block]:
    found: list[Block] = [Paragraph(f"{one.contract.party}：{one.arithmetic}", 3)]
    if not one.is_told_apart:
        found.append(Paragraph("（部分付款没有写明合同，按收款人归到这份合同。）", 3))
    if one.parts:
        columns = (
            Column("期", Align.CENTER), Column("日期"), Column("得分", Align.RIGHT), Column("应得", Align.AMOUNT),
            Column("报账", Align.AMOUNT), Column("已付", Align.AMOUNT), Column("算法"),
        )  # fmt: skip
        rows = tuple(
            (
                str(part.place),
                part.claimed_on.isoformat(),
                str(part.inspection.score) if part.inspection else "—",
                *map(yuan, (part.earned_fen, part.claimed_fen, part.paid_fen)),
                part.arithmetic,
            )
            for part in one.parts
        )
        found.append(Table(columns, rows, caption=f"{one.contract.party}各期付款", unit="单位：元"))
    return found


def _agreed(contracts: Sequence[Contract]) -> Table:
    columns = (Column("承包人或管护员"), Column("范围"), Column("标准"), Column("金额", Align.AMOUNT), Column("期限"))
    rows = tuple(
        (
            one.party,
            one.scope,
            one.standard,
            yuan(one.amount_fen),
            f"{one.first_day.isoformat()}至{one.last_day.isoformat()}",
        )
        for one in contracts
    )
    total = ("合计", "", "", yuan(sum(one.amount_fen for one in contracts)), "")
    return Table(columns, rows, total, caption="合同约定", unit="单位：元")


def _acceptances(visits: Sequence[Inspection]) -> Table:
    heads = (
        Column("日期"),
        Column("得分", Align.RIGHT),
        Column("结论", Align.CENTER),
        Column("验收人"),
        Column("情况"),
    )
    rows = tuple(
        (
            visit.inspected_on.isoformat(), str(visit.score), "合格" if visit.is_passed else "不合格", visit.inspectors,
            visit.note,
        )
        for visit in visits
    )  # fmt: skip
    return Table(heads, rows, caption="历次验收")


def _marks(marks: Sequence[Mark]) -> Table:
    columns = (Column("项目"), Column("标准分", Align.RIGHT), Column("扣分", Align.RIGHT), Column("原因"))
    rows = tuple((mark.item, str(mark.points), str(mark.deducted), mark.note) for mark in marks)
    return Table(columns, rows, caption="验收评分")


def _sheet(office: Office, title: str, blocks: tuple[Block, ...], preset: Preset = Preset.FORM) -> Sheet:
    return Sheet(title, blocks, preset=preset, watermark=watermark(office), issuer=issuer(office))
