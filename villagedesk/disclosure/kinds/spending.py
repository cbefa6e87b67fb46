"""④ 项目支出明细: what each project cost against its budget, and every voucher of the period, red reversals too."""

from itertools import groupby

from villagedesk.disclosure.books.money import ProjectSpending, VoucherLine, spending_by_project, vouchers_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.reopened import months_reopened
from villagedesk.disclosure.telling import added, headed, looked_at, short_day
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Bar, Block, Chart, Column, Paragraph, Table
from villagedesk.storage.desk import Desk


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the spending of a month, a quarter or a year by project and voucher by voucher."""
    period = scope.period
    vouchers, projects = vouchers_of(desk, period), spending_by_project(desk, period)
    nothing: list[Block] = [Paragraph(f"{period.label}没有支出。")]
    blocks = headed(
        ("各项目支出和预算", _against_budget(projects)),
        ("支出明细", _details(vouchers) if vouchers else nothing),
        ("按月合计", _by_month(vouchers)),
        ("重新打开过的月份", months_reopened(desk, period)),
    )
    return Gathered(blocks, tuple(_agree(vouchers, projects)))


def _agree(vouchers: list[VoucherLine], projects: list[ProjectSpending]) -> list[Finding]:
    by_voucher, by_project = sum(v.amount_fen for v in vouchers), sum(p.in_period_fen for p in projects)
    if by_voucher == by_project:
        return []
    message = f"本期支出按凭证加是{yuan(by_voucher)}元，按项目加是{yuan(by_project)}元，对不上。请先检查账目。"
    return [Finding("disclosure.sums", message)]


def _against_budget(projects: list[ProjectSpending]) -> list[Block]:
    if not projects:
        return []
    heads = ("预算", "以前支出", "本期支出", "累计支出", "预算结余")
    columns = (Column("项目"), *(Column(head, Align.AMOUNT) for head in heads))
    sums = [
        (p.budget_fen, p.to_date_fen - p.in_period_fen, p.in_period_fen, p.to_date_fen, p.budget_fen - p.to_date_fen)
        for p in projects
    ]
    rows = tuple((p.name, *map(yuan, line)) for p, line in zip(projects, sums, strict=True))
    budget, before, now, so_far, left = map(sum, zip(*sums, strict=True))
    total = ("合计", *map(yuan, (budget, before, now, so_far, left)))
    text = (
        f"核对：以前支出{yuan(before)}元，加本期支出{yuan(now)}元，等于累计支出{yuan(so_far)}元；"
        f"预算{yuan(budget)}元，减累计支出{yuan(so_far)}元，等于预算结余{yuan(left)}元。"
    )
    chart = Chart(("以前支出", "本期支出", "预算结余"), tuple(map(_bar, projects)), "各项目支出占预算多少")
    return [
        Table(columns, rows, total, unit="单位：元"),
        Paragraph(text),
        *looked_at(chart),
    ]


def _bar(project: ProjectSpending) -> Bar:
    """What was spent and what is left; where more was taken back than spent, nothing below nothing."""
    before = max(project.to_date_fen - project.in_period_fen, 0)
    now = max(project.to_date_fen - before, 0)
    left = max(project.budget_fen - before - now, 0)
    over = project.to_date_fen - project.budget_fen
    text = f"超预算{yuan(over)}元" if over > 0 else _used(project)
    return Bar(project.name, (before, now, left), text)


def _used(project: ProjectSpending) -> str:
    """Spent part of the budget, rounded down to a tenth of a percent; "" without a budget."""
    if not project.budget_fen:
        return ""
    used = project.to_date_fen * 1000 // project.budget_fen
    return f"已用{used // 10}.{used % 10}%"


def _details(vouchers: list[VoucherLine]) -> list[Block]:
    by_project = [(name, list(lines)) for name, lines in groupby(vouchers, lambda line: line.project)]
    sums = added([sum(line.amount_fen for line in lines) for _, lines in by_project])
    total = sum(voucher.amount_fen for voucher in vouchers)
    counted = f"本期支出共{len(vouchers)}笔，合计{in_both(total)}。"
    blocks: list[Block] = [_vouchers(name, lines) for name, lines in by_project]
    blocks.append(Paragraph(counted))
    if sums:
        blocks.append(Paragraph(f"核对：各项目小计相加，{sums}元。"))
    if any(voucher.reverses for voucher in vouchers):
        blocks.append(Paragraph("金额前有减号的是红字冲销，用来更正以前记错的支出，原记录仍然保留。"))
    blocks.append(Paragraph("以上支出都先经民主理财小组审核，再付款入账。发给个人的报酬，名单见人员报酬发放公示。"))
    return blocks


def _vouchers(project: str, vouchers: list[VoucherLine]) -> Table:
    columns = (
        Column("凭证号", Align.CENTER),
        Column("日期", Align.CENTER),
        Column("开支事由"),
        Column("收款人"),
        Column("金额", Align.AMOUNT),
    )
    rows = tuple(
        (
            voucher.label,
            short_day(voucher.posted_on),
            _purpose(voucher),
            voucher.payee,
            yuan(voucher.amount_fen),
        )
        for voucher in vouchers
    )
    total = yuan(sum(voucher.amount_fen for voucher in vouchers))
    return Table(columns, rows, ("小计", "", "", "", total), caption=project, unit="单位：元", carries=True)


def _purpose(voucher: VoucherLine) -> str:
    if not voucher.reverses:
        return voucher.purpose
    return f"冲销{voucher.reverses}号“{voucher.purpose}”，原因：{voucher.reason}"


def _by_month(vouchers: list[VoucherLine]) -> list[Block]:
    """The period's months, where it has more than one with vouchers."""
    months: dict[int, list[VoucherLine]] = {}
    for voucher in sorted(vouchers, key=lambda line: line.posted_on):
        months.setdefault(voucher.posted_on.month, []).append(voucher)
    if len(months) < 2:
        return []
    columns = (Column("月份", Align.CENTER), Column("笔数", Align.CENTER), Column("金额", Align.AMOUNT))
    sums = [sum(line.amount_fen for line in lines) for lines in months.values()]
    rows = tuple(
        (f"{month}月", str(len(lines)), yuan(fen)) for (month, lines), fen in zip(months.items(), sums, strict=True)
    )
    return [Table(columns, rows, ("合计", str(len(vouchers)), yuan(sum(sums))), unit="单位：元")]
