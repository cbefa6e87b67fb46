"""④ 人员报酬发放: every pay sheet of the period with names, areas and amounts, and what each person got in all.

Where the bank was sent a file, what it said counts: who has not got the money stands there as 待补发, without the reason
and without any account.
"""

from collections.abc import Mapping

from villagedesk.disclosure.books.people import PaidPerson, PaySheet, pay_sheets_of
from villagedesk.disclosure.kind import Gathered, Scope
from villagedesk.disclosure.telling import added, counted, headed, short_day, told_apart
from villagedesk.disclosure.wording import in_both
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.reports.sheet import Align, Block, Column, Paragraph, Table
from villagedesk.storage.desk import Desk

_Names = Mapping[str, str]


def gather(desk: Desk, scope: Scope) -> Gathered:
    """Return what people were paid in the period; names, areas and amounts only."""
    period = scope.period
    sheets = pay_sheets_of(desk, period)
    if not sheets:
        return Gathered((Paragraph(f"{period.label}没有发放人员报酬。"),))
    paid = [sheet for sheet in sheets if sheet.lines and not sheet.is_taken_back]
    names = told_apart((line.person_id, line.name, line.id_tail) for sheet in paid for line in sheet.lines)
    blocks = headed(
        ("发放明细", [*(block for sheet in paid for block in _sheet(sheet, names)), *_marks(names)]),
        ("每人合计", _by_person(paid, names)),
        ("冲销情况", _taken_back(sheets)),
        ("合计", _total(paid, sheets)),
    )
    return Gathered(blocks, tuple(finding for sheet in paid for finding in _agrees(sheet)))


def _agrees(sheet: PaySheet) -> list[Finding]:
    listed = sum(line.amount_fen for line in sheet.lines)
    if listed == sheet.amount_fen:
        return []
    message = f"“{sheet.title}”名单加起来是{yuan(listed)}元，凭证{sheet.voucher}号付了{yuan(sheet.amount_fen)}元，对不上。请先检查账目。"
    return [Finding("disclosure.sums", message)]


def _sheet(sheet: PaySheet, names: _Names) -> list[Block]:
    columns = [Column("序号", Align.CENTER), Column("姓名"), Column("负责区域"), Column("金额", Align.AMOUNT)]
    is_open = any(not line.is_paid for line in sheet.lines)
    columns += [Column("发放情况")] if is_open else []
    rows = tuple(
        (
            str(place), names[line.person_id], line.area, yuan(line.amount_fen),
            *([_STANDINGS[line.told]] if is_open else []),
        )
        for place, line in enumerate(sheet.lines, 1)
    )  # fmt: skip
    amounts = [line.amount_fen for line in sheet.lines]
    sums = counted(amounts, "人")
    told = f"{short_day(sheet.paid_on)}通过{sheet.way.label}发放，凭证{sheet.voucher}号，共{len(rows)}人次"
    return [
        Table(
            tuple(columns), rows, ("合计", "", "", yuan(sum(amounts)), *([""] if is_open else [])),
            caption=sheet.title, unit="单位：元", carries=True,
        ),
        Paragraph(f"{told}，合计{in_both(sum(amounts))}。"),
        *([Paragraph(f"核对：{sums}元。")] if sums else []),
        *([Paragraph(_still_open(sheet))] if is_open else []),
    ]  # fmt: skip


_STANDINGS = {"": "已发放", "paid": "已到账", "sent": "银行办理中", "failed": "待补发", "bounced": "待补发"}
"""How the board says where somebody's money is: that it came back, not why."""


def _still_open(sheet: PaySheet) -> str:
    """Say how much of a sheet is on the accounts and how much is not yet."""
    paid = [line.amount_fen for line in sheet.lines if line.is_paid]
    parts = [f"其中已到账{len(paid)}人次，{yuan(sum(paid))}元"]
    for word in ("待补发", "银行办理中"):
        some = [line.amount_fen for line in sheet.lines if not line.is_paid and _STANDINGS[line.told] == word]
        parts += [f"{word}{len(some)}人次，{yuan(sum(some))}元"] if some else []
    return f"{'；'.join(parts)}。没有到账的，改正账号以后补发到本人的一折通。"


def _marks(names: _Names) -> list[Block]:
    """Say what 甲 and 乙 stand for, where they do."""
    is_marked = any(name.endswith("甲）") for name in names.values())
    return [Paragraph("姓名和证件尾号都相同的人，按户册的先后注明甲、乙。")] if is_marked else []


def _by_person(paid: list[PaySheet], names: _Names) -> list[Block]:
    """What each person got in all, where somebody stands on more than one line."""
    got: dict[str, list[PaidPerson]] = {}
    open_fen = sum(line.amount_fen for sheet in paid for line in sheet.lines if not line.is_paid)
    for sheet in paid:
        for line in sheet.lines:
            if line.is_paid:
                got.setdefault(line.person_id, []).append(line)
    if all(len(lines) == 1 for lines in got.values()):
        return []
    columns = (Column("序号", Align.CENTER), Column("姓名"), Column("次数", Align.CENTER), Column("金额", Align.AMOUNT))
    sums = [sum(line.amount_fen for line in lines) for lines in got.values()]
    rows = tuple(
        (str(place), names[person], str(len(lines)), yuan(amount))
        for place, ((person, lines), amount) in enumerate(zip(got.items(), sums, strict=True), 1)
    )
    times = sum(map(len, got.values()))
    table = Table(columns, rows, ("合计", "", str(times), yuan(sum(sums))), unit="单位：元", carries=True)
    rest = f"还没有到账的{yuan(open_fen)}元没有计入。" if open_fen else ""
    return [table, Paragraph(f"共{len(got)}人，{times}人次。{rest}")]


def _taken_back(sheets: list[PaySheet]) -> list[Block]:
    reversals = [sheet for sheet in sheets if sheet.reverses]
    columns = (
        Column("凭证号", Align.CENTER),
        Column("日期", Align.CENTER),
        Column("冲销的发放"),
        Column("原因"),
        Column("金额", Align.AMOUNT),
    )
    rows = tuple(
        (sheet.voucher, short_day(sheet.paid_on), f"{sheet.reverses}号“{sheet.title}”", sheet.reason,
         yuan(sheet.amount_fen))
        for sheet in reversals
    )  # fmt: skip
    text = "金额前有减号的是红字冲销，用来更正以前记错的发放；本期发放又在本期冲销的，名单不再列出。"
    return [Table(columns, rows, unit="单位：元"), Paragraph(text)] if rows else []


def _total(paid: list[PaySheet], sheets: list[PaySheet]) -> list[Block]:
    """What the sheets come to, less what was taken back of earlier periods."""
    here = {sheet.voucher for sheet in sheets}
    parts = [sheet.amount_fen for sheet in paid]
    parts += [sheet.amount_fen for sheet in sheets if sheet.reverses and sheet.reverses not in here]
    if len(sheets) == 1 and paid:
        return []
    sums = added(parts)
    text = f"本期发放人员报酬{len(paid)}次，合计{in_both(sum(parts))}。" + (f"核对：{sums}元。" if sums else "")
    return [Paragraph(text)]
