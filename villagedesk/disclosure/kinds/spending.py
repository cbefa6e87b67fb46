"""④ 支出公开: every voucher of the period by project, red reversals too, and what people were paid."""

from collections import defaultdict
from itertools import groupby

from villagedesk.disclosure.books import PayLine, VoucherLine, pay_lines_of, vouchers_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return the period's vouchers and pay; names and amounts only."""
    period = scope.period
    vouchers = vouchers_of(desk, period)
    blocks: list[Block] = [Paragraph("一、支出明细", 1)]
    if not vouchers:
        return Gathered((*blocks, Paragraph(f"{period.label}没有支出。")))
    blocks += [_vouchers(name, list(lines)) for name, lines in groupby(vouchers, lambda line: line.project)]
    total = sum(voucher.amount_fen for voucher in vouchers)
    blocks.append(Paragraph(f"本期支出共{len(vouchers)}笔，合计{in_both(total)}。"))
    if any(voucher.reverses for voucher in vouchers):
        blocks.append(Paragraph("金额前有减号的是红字冲销，用来更正以前记错的支出，原记录仍然保留。"))
    pay = pay_lines_of(desk, period)
    if pay:
        blocks.append(Paragraph("二、人员报酬发放（一折通）", 1))
        blocks += _pay(pay)
    return Gathered(tuple(blocks))


def _vouchers(project: str, vouchers: list[VoucherLine]) -> Table:
    columns = (
        Column("凭证号", Align.CENTER),
        Column("日期", Align.CENTER),
        Column("事由"),
        Column("收款人"),
        Column("金额", Align.AMOUNT),
    )
    rows = tuple(
        (
            voucher.label,
            f"{voucher.posted_on.month}月{voucher.posted_on.day}日",
            _purpose(voucher),
            voucher.payee,
            yuan(voucher.amount_fen),
        )
        for voucher in vouchers
    )
    total = yuan(sum(voucher.amount_fen for voucher in vouchers))
    return Table(columns, rows, ("小计", "", "", "", total), caption=project, unit="单位：元")


def _purpose(voucher: VoucherLine) -> str:
    if not voucher.reverses:
        return voucher.purpose
    return f"冲销{voucher.reverses}号“{voucher.purpose}”，原因：{voucher.reason}"


def _pay(lines: list[PayLine]) -> list[Block]:
    people = defaultdict(set)
    for line in lines:
        people[line.name].add(line.person_id)
    columns = (Column("序号", Align.CENTER), Column("姓名"), Column("负责区域"), Column("金额", Align.AMOUNT))
    blocks: list[Block] = []
    for title, group in groupby(lines, lambda line: line.payroll):
        paid = list(group)
        rows = tuple(
            (str(place), _told_apart(line, len(people[line.name])), line.area, yuan(line.amount_fen))
            for place, line in enumerate(paid, 1)
        )
        total = sum(line.amount_fen for line in paid)
        blocks.append(Table(columns, rows, ("合计", "", "", yuan(total)), caption=title, unit="单位：元"))
        blocks.append(Paragraph(f"共{len(paid)}人次，合计{in_both(total)}。"))
    return blocks


def _told_apart(line: PayLine, namesakes: int) -> str:
    """Two people of one name on the sheet are told apart by the last four of their ids, and nobody else is."""
    return f"{line.name}（证件尾号{line.id_tail}）" if namesakes > 1 else line.name
