"""Pay sheets, slips, the bank's batches and who is not yet paid, as sheets of paper in the village's own habit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.payments.model import Payroll, PayrollKind, PayrollLine
from villagedesk.payroll.filerows import SentRow
from villagedesk.payroll.model import Batch
from villagedesk.payroll.quantities import quantity, total_quantity, what_and_unit
from villagedesk.payroll.runs import ROUNDING, arithmetic, days, has_arithmetic, worth
from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office

_SIGNERS = ("审批人", "理财小组组长", "制表人")
_PLACE, _NAME, _ACCOUNT, _NOTE = Column("序号", Align.CENTER), Column("姓名"), Column("账号"), Column("备注")
_PAID = Column("实发金额", Align.AMOUNT)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of a sheet as it is printed: how the person is called, and whose the account is ("" = their own)."""

    line: PayrollLine
    name: str
    holder: str = ""

    @property
    def note(self) -> str:
        """What stands in 备注: the note, whose account it is, and why the amount was changed."""
        line = self.line
        parts = (
            line.note,
            f"{self.holder}（户主）账户" if self.holder else "",
            f"调整原因：{line.reason}" if line.reason else "",
        )
        return "；".join(part for part in parts if part)


def pay_sheet(office: Office, payroll: Payroll, lines: Sequence[PaperLine]) -> Sheet:
    """Return a pay sheet as the office files it, in the form of its kind; accounts stand on it: never for the board."""
    columns, rows, total = _FORMS[payroll.kind](payroll, lines)
    when = Facts((("单位", office.name), ("日期", chinese_date(payroll.sheet_date))))
    table = Table(columns, tuple(rows), total, unit="单位：元", carries=len(lines) > _LONG)
    return _sheet(
        office,
        payroll.title,
        (when, table, *_worked_out(payroll, lines), Signatures(_SIGNERS)),
        Preset.WIDE if len(columns) > _NARROW else Preset.FORM,
    )


def slip_sheet(office: Office, payroll: Payroll, line: PaperLine, project: str) -> Sheet:
    """Return a slip for one person: what for, how it was worked out, how much, to which account (its last four)."""
    pay = line.line
    given = arithmetic(payroll.kind, Period.parse(payroll.period), pay)
    facts = (
        ("姓名", line.name),
        ("期间", Period.parse(payroll.period).label),
        ("项目", project),
        ("岗位或事项", "，".join(part for part in (_what(payroll, pay), pay.area) if part)),
        *((("计算", given),) if given else ()),
        ("实发金额", f"￥{yuan(pay.amount_fen)}"),
        ("大写", amount_in_words(pay.amount_fen)),
        ("发到", f"{line.holder or line.name}的一折通（尾号{pay.account[-4:]}）"),
        *((("说明", line.note),) if line.note else ()),
    )
    title = f"{payroll.brief}发放单"
    return _sheet(office, title, (Facts(facts), Signatures(("制表人", "签收"))), Preset.SLIP)


def batch_sheet(office: Office, payroll: Payroll, batch: Batch, lines: Sequence[SentRow], channel: str) -> Sheet:
    """Return the paper that goes to the bank with a batch: its lines, its sum, and the digest of the file."""
    columns = (_PLACE, Column("户名"), _ACCOUNT, Column("开户银行"), Column("金额", Align.AMOUNT))
    rows = tuple(
        (str(line.place), line.name, line.account, line.lines[0].bank, yuan(line.amount_fen)) for line in lines
    )
    facts = (
        ("批次", f"{batch.label}{'（补发）' if batch.reissues_id else ''}"),
        ("日期", chinese_date(batch.made_on)),
        ("发放表", payroll.title),
        ("格式", channel),
        ("笔数", f"{batch.count}笔"),
        ("金额（大写）", amount_in_words(batch.total_fen)),
    )
    total = ("", "合计", "", "", yuan(batch.total_fen))
    proof = Paragraph(f"银行文件：{batch.file_name}。文件指纹（SHA-256）：{_in_fours(batch.digest)}", flush=True)
    return _sheet(
        office,
        f"{office.name}代发批次清单",
        (
            Facts(facts),
            Table(columns, rows, total, unit="单位：元", carries=len(lines) > _LONG),
            proof,
            Signatures(("经办人", "审批人", "银行签收")),
        ),
        Preset.FORM,
    )


def unpaid_sheet(office: Office, rows: Sequence[tuple[str, str, str, int, str, str]]) -> Sheet:
    """Return who is not yet paid: (period and kind, name, account's last four, fen, where the money is, why)."""
    columns = (
        _PLACE,
        Column("发放表"),
        _NAME,
        Column("账号尾号"),
        Column("金额", Align.AMOUNT),
        Column("情况"),
        Column("原因"),
    )
    cells = tuple(
        (str(place), sheet, name, tail, yuan(fen), where, why)
        for place, (sheet, name, tail, fen, where, why) in enumerate(rows, 1)
    )
    total = ("", "合计", "", "", yuan(sum(row[3] for row in rows)), "", "")
    return _sheet(office, f"{office.name}待补发名单", (Table(columns, cells, total, unit="单位：元"),), Preset.WIDE)


# The forms, each by its kind: columns, rows, the total


_Form = tuple[tuple[Column, ...], Iterable[tuple[str, ...]], tuple[str, ...]]
_NARROW, _LONG = 7, 20
"""More columns than this need paper across; more people than this may need a second page."""


def _caretakers(payroll: Payroll, lines: Sequence[PaperLine]) -> _Form:
    """人员报酬发放表: 序号 姓名 负责区域 账号 金额 备注."""
    columns = (_PLACE, _NAME, Column("负责区域"), _ACCOUNT, Column("金额", Align.AMOUNT), _NOTE)
    rows = ((str(one.line.place), one.name, one.line.area, *_money(one), one.note) for one in lines)
    return columns, rows, ("", "合计", "", "", yuan(payroll.total_fen), "")


def _wages(payroll: Payroll, lines: Sequence[PaperLine]) -> _Form:
    """工资结算单: 职务, 月份, 月标准, 扣除款, 实发金额."""
    columns = (
        _PLACE, _NAME, Column("职务"), Column("月份"), Column("月标准", Align.AMOUNT), Column("扣除款", Align.AMOUNT),
        _PAID, _ACCOUNT, _NOTE,
    )  # fmt: skip
    month = Period.parse(payroll.period).label
    rows = (
        (
            str(one.line.place), one.name, one.line.work, month, yuan(one.line.standard_fen),
            yuan(one.line.deduction_fen), yuan(one.line.amount_fen), one.line.account, one.note,
        )
        for one in lines
    )  # fmt: skip
    standards, off = (sum(getattr(one.line, name) for one in lines) for name in ("standard_fen", "deduction_fen"))
    return columns, rows, ("", "合计", "", "", yuan(standards), yuan(off), yuan(payroll.total_fen), "", "")


def _labour(payroll: Payroll, lines: Sequence[PaperLine]) -> _Form:
    """村级务工补贴发放表: 用工日期, 用工事项, 工日, 单价, 实发金额."""
    columns = (
        _PLACE, _NAME, Column("用工日期"), Column("用工事项"), Column("工日", Align.RIGHT), Column("单价", Align.AMOUNT),
        _PAID, _ACCOUNT, _NOTE,
    )  # fmt: skip
    rows = (
        (
            str(one.line.place), one.name, *when_and_what(one.line.work), days(one.line.day_tenths),
            yuan(one.line.standard_fen), yuan(one.line.amount_fen), one.line.account, one.note,
        )
        for one in lines
    )  # fmt: skip
    worked = days(sum(one.line.day_tenths for one in lines))
    return columns, rows, ("", "合计", "", "", worked, "", yuan(payroll.total_fen), "", "")


def _rent(payroll: Payroll, lines: Sequence[PaperLine]) -> _Form:
    """承包费、土地租金明细: 承包或租赁内容, 约定金额, 扣除款, 实发金额; 数量 and 单价 where something is counted."""
    if any(one.line.ratio for one in lines):
        return _counted_rent(payroll, lines)
    columns = (
        _PLACE, _NAME, Column("承包或租赁内容"), Column("约定金额", Align.AMOUNT), Column("扣除款", Align.AMOUNT),
        _PAID, _ACCOUNT, _NOTE,
    )  # fmt: skip
    rows = (
        (
            str(one.line.place), one.name, one.line.work, yuan(one.line.standard_fen), yuan(one.line.deduction_fen),
            yuan(one.line.amount_fen), one.line.account, one.note,
        )
        for one in lines
    )  # fmt: skip
    standards, off = (sum(getattr(one.line, name) for one in lines) for name in ("standard_fen", "deduction_fen"))
    return columns, rows, ("", "合计", "", yuan(standards), yuan(off), yuan(payroll.total_fen), "", "")


def _counted_rent(payroll: Payroll, lines: Sequence[PaperLine]) -> _Form:
    """承包费、土地租金明细 by quantity: 数量 × 单价 ＝ 应付金额; a line without a quantity has its agreed sum there."""
    columns = (
        _PLACE, _NAME, Column("承包或租赁内容"), Column("数量", Align.RIGHT), Column("单价", Align.AMOUNT),
        Column("应付金额", Align.AMOUNT), Column("扣除款", Align.AMOUNT), _PAID, _ACCOUNT, _NOTE,
    )  # fmt: skip
    period = Period.parse(payroll.period)
    owed = [worth(payroll.kind, period, replace(one.line, deduction_fen=0)).fen for one in lines]
    rows = (
        (
            str(one.line.place), one.name, what_and_unit(one.line)[0], quantity(one.line),
            yuan(one.line.standard_fen) if one.line.ratio else "", yuan(fen), yuan(one.line.deduction_fen),
            yuan(one.line.amount_fen), one.line.account, one.note,
        )
        for one, fen in zip(lines, owed, strict=True)
    )  # fmt: skip
    counted, off = total_quantity(one.line for one in lines), sum(one.line.deduction_fen for one in lines)
    return columns, rows, ("", "合计", "", counted, "", yuan(sum(owed)), yuan(off), yuan(payroll.total_fen), "", "")


_FORMS = {
    PayrollKind.IMPORTED: _caretakers,
    PayrollKind.BASE: _caretakers,
    PayrollKind.PERFORMANCE: _caretakers,
    PayrollKind.LABOUR: _labour,
    PayrollKind.POST: _wages,
    PayrollKind.RENT: _rent,
}


def when_and_what(work: str) -> tuple[str, str]:
    """Return 用工日期 and 用工事项 of a line's work, which are parted by a blank: 3月8日 清淤."""
    when, _, what = work.partition(" ")
    return (when, what) if what else ("", work)


def _what(payroll: Payroll, line: PayrollLine) -> str:
    return what_and_unit(line)[0] if payroll.kind is PayrollKind.RENT else line.work


def _money(one: PaperLine) -> tuple[str, str]:
    return one.line.account, yuan(one.line.amount_fen)


def _worked_out(payroll: Payroll, lines: Sequence[PaperLine]) -> Iterator[Block]:
    """Yield how each amount was worked out, so that anyone can recount it, and by which rule it was rounded."""
    if not any(has_arithmetic(one.line) for one in lines):
        return
    period = Period.parse(payroll.period)
    counted = [(one, arithmetic(payroll.kind, period, one.line)) for one in lines]
    rows = tuple((str(one.line.place), one.name, how) for one, how in counted if how != yuan(one.line.amount_fen))
    if rows:
        yield Table((_PLACE, _NAME, Column("怎样算出来的")), rows, caption="计算明细")
    rest = "没有列出的按标准全额发放。" if len(rows) < len(lines) else ""
    counts = payroll.kind is PayrollKind.RENT and any(one.line.ratio for one in lines)
    method = _BY_QUANTITY if counts else _METHODS[payroll.kind]
    yield Paragraph(f"计算办法：{method}，每人最后一次{ROUNDING}。{rest}")


_METHODS: Mapping[PayrollKind, str] = {
    PayrollKind.IMPORTED: "照导入的表",
    PayrollKind.BASE: "月标准×任职天数÷当月天数（全月任职的不折算），减去扣除款",
    PayrollKind.PERFORMANCE: "季度标准×考核档次的比例（中途任职的再按天数折算），减去扣除款",
    PayrollKind.LABOUR: "单价×工日，减去扣除款",
    PayrollKind.POST: "月标准×任职天数÷当月天数（全月任职的不折算），减去扣除款",
    PayrollKind.RENT: "约定金额，减去扣除款",
}
_BY_QUANTITY = "单价×数量（没有写数量的按约定金额），减去扣除款"


def _in_fours(digest: str) -> str:
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _sheet(office: Office, title: str, blocks: tuple[Block, ...], preset: Preset) -> Sheet:
    return Sheet(title, blocks, preset=preset, watermark=watermark(office), issuer=issuer(office))
