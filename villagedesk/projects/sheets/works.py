"""Wishes and projects as sheets of paper: the summary of wishes, the first list, a project's card."""

from collections.abc import Mapping, Sequence

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.projects.catalogue import class_name
from villagedesk.projects.figures import Coverage, ProjectFigures, WishCount
from villagedesk.projects.model import Contract, Inspection, Post, Project, Step
from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Fund, Office


def wish_sheet(office: Office, year: int, counts: Sequence[WishCount], coverage: Coverage) -> Sheet:
    """Return the summary of what households wish (意见收集汇总表), the most wished first."""
    heard = f"全村{coverage.households}户，征求到意见{coverage.heard}户，占{coverage.percent}。按提出户数从多到少排列。"
    columns = (
        Column("序号", Align.CENTER),
        Column("意愿"),
        Column("第一意愿", Align.RIGHT),
        Column("第二意愿", Align.RIGHT),
        Column("第三意愿", Align.RIGHT),
        Column("提出户数", Align.RIGHT),
    )
    rows = tuple(
        (str(place), count.item, str(count.first), str(count.second), str(count.third), str(count.households))
        for place, count in enumerate(counts, 1)
    )
    total = (
        "",
        "合计",
        str(sum(count.first for count in counts)),
        str(sum(count.second for count in counts)),
        str(sum(count.third for count in counts)),
        str(sum(count.households for count in counts)),
    )
    return _sheet(
        office,
        f"{office.name}{year}年项目意见收集汇总表",
        (Paragraph(heard), Table(columns, rows, total, unit="单位：户"), Signatures(("村负责人", "汇总人", "日期"))),
    )


def shortlist_sheet(
    office: Office, year: int, projects: Sequence[Project], funds: Mapping[str, Fund], wished: Mapping[str, int]
) -> Sheet:
    """Return the first list of projects (初选项目表). ``funds`` are by id, ``wished`` the households by project name."""
    columns = (
        Column("序号", Align.CENTER),
        Column("项目名称"),
        Column("类别"),
        Column("子项"),
        Column("实施地点"),
        Column("提出户数", Align.RIGHT),
        Column("预算", Align.AMOUNT),
        Column("资金来源"),
        Column("没有其他资金来源", Align.CENTER),
        Column("必须发生", Align.CENTER),
        Column("状态", Align.CENTER),
    )
    rows = tuple(
        (
            str(place),
            project.name,
            class_name(project.class_code),
            project.item,
            project.place,
            str(wished.get(project.name, "")),
            yuan(project.budget_fen),
            funds[project.fund_id].name if project.fund_id else "",
            "否" if project.has_other_money else "是",
            "是" if project.is_necessary else "否",
            project.state.label,
        )
        for place, project in enumerate(projects, 1)
    )
    budget_fen = sum(project.budget_fen for project in projects)
    total = ("", "合计", "", "", "", "", yuan(budget_fen), "", "", "", "")
    return _sheet(
        office,
        f"{office.name}{year}年项目初选表",
        (Table(columns, rows, total, unit="单位：元"), Signatures(("村党组织负责人", "村委会主任", "制表人", "日期"))),
        Preset.WIDE,
    )


def project_card(
    office: Office,
    figures: ProjectFigures,
    fund: Fund | None,
    steps: Sequence[Step],
    contracts: Sequence[Contract],
    inspections: Sequence[Inspection],
    posts: Sequence[tuple[str, Post]] = (),
) -> Sheet:
    """Return all that is on record about a project (项目卡). ``posts`` come with the names of who holds them."""
    return _sheet(
        office,
        f"{office.name}项目卡",
        (
            _card_facts(figures, fund),
            _step_table(steps),
            *((_contract_table(contracts),) if contracts else ()),
            *((_post_table(posts),) if posts else ()),
            *((_inspection_table(inspections),) if inspections else ()),
            Signatures(("项目负责人", "质量监督小组", "制表人")),
        ),
    )


def _sheet(office: Office, title: str, blocks: tuple[Block, ...], preset: Preset = Preset.FORM) -> Sheet:
    return Sheet(title, blocks, preset=preset, watermark=watermark(office), issuer=issuer(office))


def _card_facts(figures: ProjectFigures, fund: Fund | None) -> Facts:
    project = figures.project
    return Facts(
        (
            ("项目名称", project.name),
            ("年度", f"{project.year}年"),
            ("类别", class_name(project.class_code)),
            ("子项", project.item),
            ("实施地点", project.place or "—"),
            ("项目负责人", project.manager or "—"),
            ("没有其他资金来源", "否" if project.has_other_money else "是"),
            ("必须发生", "是" if project.is_necessary else "否"),
            ("资金来源", f"{fund.year}年{fund.source}（{fund.owner}）" if fund else "—"),
            ("现在状态", project.state.label),
            ("预算", f"{yuan(figures.budget_fen)}元{_changed(figures)}"),
            ("合同金额", f"{yuan(figures.contracted_fen)}元"),
            ("已支付", f"{yuan(figures.paid_fen)}元"),
            ("预算余额", f"{yuan(figures.left_fen)}元"),
        )
    )


def _changed(figures: ProjectFigures) -> str:
    """Return how the budget in force came about, "" when it was never changed."""
    if not figures.changed_fen:
        return ""
    return f"（议定{yuan(figures.project.budget_fen)}元，调整{yuan(figures.changed_fen)}元）"


def _post_table(posts: Sequence[tuple[str, Post]]) -> Table:
    columns = (
        Column("姓名"),
        Column("岗位"),
        Column("区域"),
        Column("每月基本报酬", Align.AMOUNT),
        Column("每季度绩效报酬", Align.AMOUNT),
        Column("期限"),
    )
    rows = tuple(
        (
            name,
            post.duty,
            post.area,
            yuan(post.base_fen),
            yuan(post.performance_fen),
            f"{post.first_day.isoformat()}至{post.last_day.isoformat() if post.last_day else '今'}",
        )
        for name, post in posts
    )
    return Table(columns, rows, caption="岗位", unit="单位：元")


def _step_table(steps: Sequence[Step]) -> Table:
    columns = (Column("步骤"), Column("日期"), Column("说明"), Column("资料", Align.CENTER))
    rows = tuple(
        (step.state.label, chinese_date(step.taken_on), step.note, "有" if step.paper_id else "") for step in steps
    )
    return Table(columns, rows, caption="办理过程")


def _contract_table(contracts: Sequence[Contract]) -> Table:
    columns = (
        Column("类型", Align.CENTER),
        Column("承包人或管护员"),
        Column("范围和标准"),
        Column("金额", Align.AMOUNT),
        Column("付款方式"),
        Column("签订日期"),
        Column("期限"),
    )
    rows = tuple(
        (
            contract.kind.label,
            contract.party,
            "；".join(part for part in (contract.scope, contract.standard) if part),
            yuan(contract.amount_fen),
            contract.pay_cycle,
            contract.signed_on.isoformat(),
            f"{contract.first_day.isoformat()}至{contract.last_day.isoformat()}",
        )
        for contract in contracts
    )
    total = ("", "合计", "", yuan(sum(contract.amount_fen for contract in contracts)), "", "", "")
    return Table(columns, rows, total, caption="合同", unit="单位：元")


def _inspection_table(inspections: Sequence[Inspection]) -> Table:
    columns = (
        Column("类型", Align.CENTER),
        Column("日期"),
        Column("得分", Align.RIGHT),
        Column("结论", Align.CENTER),
        Column("检查人"),
        Column("说明"),
    )
    rows = tuple(
        (
            inspection.kind.label,
            inspection.inspected_on.isoformat(),
            str(inspection.score),
            "合格" if inspection.is_passed else "不合格",
            inspection.inspectors,
            inspection.note,
        )
        for inspection in inspections
    )
    return Table(columns, rows, caption="检查验收")
