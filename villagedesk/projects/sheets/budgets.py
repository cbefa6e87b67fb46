"""The year's budget on paper: versions side by side, what is used of it, and what next year is proposed."""

from collections.abc import Sequence

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.projects.budget import Budget, BudgetRow, Proposal, Sums, money_of, points, sums
from villagedesk.projects.charts import budget_chart_of
from villagedesk.projects.sources import source_lines, sums_told, use_told
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office
from villagedesk.village.workrules import AllocationRule, in_percent, reaches

_MOST_VERSIONS = 3
"""Changes that have room beside one another; more stand in one column, each told in its own table."""


def budget_sheet(office: Office, budget: Budget) -> Sheet:
    """Return the year's budget (年度支出预算) with its versions, by project, by class, and each change told."""
    blocks: tuple[Block, ...] = (
        Paragraph(_lead(budget)),
        _rows(budget),
        _classes(budget),
        *_money(budget),
        *((_changes(budget),) if budget.versions else ()),
        *(_lines(budget)),
        *((budget_chart_of(budget.rows, "各项目预算使用图"),) if budget.rows else ()),
        Signatures(("村主要负责人", "理财小组组长", "制表人", "日期")),
    )
    return _sheet(office, f"{office.name}{budget.year}年度支出预算表", blocks)


def proposal_sheet(office: Office, year: int, proposals: Sequence[Proposal], rule: AllocationRule) -> Sheet:
    """Return what next year's allocation is proposed to be after ``year``'s evaluation; a meeting decides."""
    columns = (
        Column("序号", Align.CENTER),
        Column("项目"),
        Column(f"{year}年预算", Align.AMOUNT),
        Column("考评得分", Align.RIGHT),
        Column("等次", Align.CENTER),
        Column("系数", Align.CENTER),
        Column(f"{year + 1}年建议数", Align.AMOUNT),
        Column("增减", Align.AMOUNT),
    )
    rows = tuple(
        (
            str(place),
            one.project.name,
            yuan(one.base_fen),
            "—" if one.score is None else points(one.score),
            one.band,
            in_percent(one.factor),
            yuan(one.proposed_fen),
            yuan(one.proposed_fen - one.base_fen),
        )
        for place, one in enumerate(proposals, 1)
    )
    base, proposed = sum(one.base_fen for one in proposals), sum(one.proposed_fen for one in proposals)
    total = ("合计", "", yuan(base), "", "", "", yuan(proposed), yuan(proposed - base))
    steps = "，".join(f"{reach}{band.name}×{in_percent(band.ratio)}" for reach, band in reaches(rule.bands))
    lead = f"建议数＝{year}年现行预算×系数，四舍五入到分。系数：{steps}；没有考评的×{in_percent(rule.unscored)}。"
    blocks: tuple[Block, ...] = (
        Paragraph(lead),
        Paragraph(f"依据：{rule.source}。本表只作建议，由会议决定。"),
        Table(columns, rows, total, unit="单位：元"),
        *(Paragraph(f"{place}. {one.project.name}：{one.arithmetic}。", 3) for place, one in enumerate(proposals, 1)),
        Signatures(("村主要负责人", "理财小组组长", "制表人", "日期")),
    )
    return _sheet(office, f"{office.name}{year + 1}年项目资金分配建议表", blocks)


def _lead(budget: Budget) -> str:
    whole = sums(budget.rows)
    count = f"，调整{len(budget.versions)}次" if budget.versions else "，没有调整"
    return (
        f"{budget.year}年度经会议决议的项目{whole.projects}个，议定预算{yuan(whole.resolved_fen)}元{count}，"
        f"现行预算{yuan(whole.in_force_fen)}元；已签合同{yuan(whole.contracted_fen)}元，"
        f"正在报账{yuan(whole.reviewing_fen)}元，已付{yuan(whole.paid_fen)}元，还可用{yuan(whole.left_fen)}元。"
    )


def _money(budget: Budget) -> list[Block]:
    """Return every sum the year has to arrange, and what is arranged, claimed, paid and left of each fund."""
    if not budget.sources:
        return []
    lines, arranged = source_lines(budget.sources), budget.arranged()
    columns = (Column("资金来源"), Column("金额", Align.AMOUNT))
    rows = tuple((name, yuan(fen)) for name, fen in lines)
    heads = ("结转和期初", "本年计划", "可用", "已安排", "正在报账", "已付", "项目还可用", "未安排")
    uses = [(source.name, money_of(source, spent)) for source, spent in arranged]
    totals = [sum(amounts[place] for _, amounts in uses) for place in range(len(heads))]
    begun, planned, available, spent, reviewing, paid, left, _ = totals
    named = Table(columns, rows, ("合计", yuan(available)), caption="资金来源", unit="单位：元")
    return [
        *([named] if begun else []),
        Table(
            (Column("资金"), *(Column(head, Align.AMOUNT) for head in heads)),
            tuple((name, *map(yuan, amounts)) for name, amounts in uses),
            ("合计", *map(yuan, totals)),
            caption="资金安排",
            unit="单位：元",
        ),
        Paragraph(f"核对：{sums_told(begun, planned, spent)}{use_told(spent, reviewing, paid, left)}"),
    ]


def _rows(budget: Budget) -> Table:
    several = len(budget.versions) > _MOST_VERSIONS
    versions = ["历次调整"] if several else [version.label for version in budget.versions]
    columns = (
        Column("序号", Align.CENTER),
        Column("项目"),
        Column("资金来源"),
        Column("议定", Align.AMOUNT, "预算"),
        *(Column(label, Align.AMOUNT, "预算") for label in versions),
        *((Column("现行", Align.AMOUNT, "预算"),) if versions else ()),
        *(Column(head, Align.AMOUNT) for head in ("已签合同", "正在报账", "已付", "还可用")),
    )
    rows = tuple(
        (str(place), row.project.name, row.fund.name if row.fund else "未定", *_amounts(row, several))
        for place, row in enumerate(budget.rows, 1)
    )
    return Table(columns, rows, ("合计", "", "", *_amounts(sums(budget.rows), several)), unit="单位：元")


def _amounts(row: BudgetRow | Sums, several: bool) -> tuple[str, ...]:  # noqa: FBT001
    changes = (sum(row.changes_fen),) if several else row.changes_fen
    in_force = (row.in_force_fen,) if row.changes_fen else ()
    rest = (row.contracted_fen, row.reviewing_fen, row.paid_fen, row.left_fen)
    return tuple(yuan(fen) for fen in (row.resolved_fen, *changes, *in_force, *rest))


def _classes(budget: Budget) -> Table:
    heads = ("议定预算", "现行预算", "已签合同", "正在报账", "已付", "还可用")
    columns = (Column("类别"), Column("项目个数", Align.RIGHT), *(Column(head, Align.AMOUNT) for head in heads))
    found = [*budget.by_class(), ("合计", sums(budget.rows))]
    rows = [
        (
            name,
            str(one.projects),
            *map(yuan, (one.resolved_fen, one.in_force_fen, one.contracted_fen, one.reviewing_fen, one.paid_fen)),
            yuan(one.left_fen),
        )
        for name, one in found
    ]
    return Table(columns, tuple(rows[:-1]), rows[-1], caption="按类别", unit="单位：元")


def _changes(budget: Budget) -> Table:
    columns = (
        Column("调整", Align.CENTER),
        Column("日期"),
        Column("依据的决议"),
        Column("原因"),
        Column("净增减", Align.AMOUNT),
    )
    rows = tuple(
        (
            version.label,
            chinese_date(version.change.decided_on),
            f"{version.motion.meeting}：{version.motion.subject}",
            version.change.reason,
            yuan(sum(line.change_fen for line in version.lines)),
        )
        for version in budget.versions
    )
    return Table(columns, rows, caption="历次调整", unit="单位：元")


def _lines(budget: Budget) -> list[Block]:
    """Each change project by project where the table above has no column for it."""
    if len(budget.versions) <= _MOST_VERSIONS:
        return []
    names = {row.project.id: row.project.name for row in budget.rows}
    columns = (Column("调整", Align.CENTER), Column("项目"), Column("增减", Align.AMOUNT))
    rows = tuple(
        (version.label, names.get(line.project_id, ""), yuan(line.change_fen))
        for version in budget.versions
        for line in version.lines
    )
    return [Table(columns, rows, caption="各次调整的项目", unit="单位：元")]


def _sheet(office: Office, title: str, blocks: tuple[Block, ...]) -> Sheet:
    return Sheet(title, blocks, preset=Preset.WIDE, watermark=watermark(office), issuer=issuer(office))
