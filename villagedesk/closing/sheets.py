"""A closed month on paper: the closing sheet, and the wish to open a month again."""

from villagedesk.closing.facts import passed_over
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.ledger.model import Closing, Reopening
from villagedesk.ledger.monthfigures import MonthFigures, kept_figures
from villagedesk.reports.sheet import (
    Align,
    Block,
    Column,
    Facts,
    Paragraph,
    Preset,
    Seal,
    Sheet,
    Signatures,
    Table,
)
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office

_LINK = 16
_FLOWS = ("月初结余", "本月收入", "结转", "本月支出", "月末结余")
_CARRIED = 2


def closing_sheet(office: Office, closing: Closing, people: tuple[str, str]) -> Sheet:
    """Return a month's closing sheet (结账单): sums by fund, vouchers by number, what was passed over, signatures.

    ``people`` are the names of who made it ready and who closed it ("" for nobody yet).
    """
    period, figures = Period.parse(closing.month), kept_figures(closing)
    prepared_by, closed_by = people
    done = chinese_date(closing.closed_on) if closing.closed_on else "（待确认）"
    facts = (
        ("月份", f"{period.label}（第{closing.number}次结账）" if closing.number > 1 else period.label),
        ("结账日期", done),
        ("凭证", _numbers(figures)),
        ("其中红字冲销", f"{figures.reversals}张"),
        ("到账", f"{figures.arrivals}笔"),
        ("办理人", prepared_by),
        ("确认人", closed_by),
        ("月末银行存款", f"{yuan(figures.bank_fen)}元"),
        ("月末库存现金", f"{yuan(figures.cash_fen)}元"),
        ("月末预借未还", f"{yuan(figures.advanced_fen)}元"),
        ("账目校验码", closing.link[:_LINK].upper()),
    )
    return Sheet(
        title=f"{office.name}{period.label}结账单",
        blocks=(
            Facts(facts),
            *_funds(figures),
            *_left(closing),
            Signatures(("村会计", "理财小组组长", "村主要负责人")),
        ),
        preset=Preset.FORM,
        watermark=watermark(office),
        issuer=issuer(office),
    )


def reopening_sheet(office: Office, closing: Closing, reopening: Reopening, people: tuple[str, str]) -> Sheet:
    """Return the wish to open a month again (反结账申请表), with room for the township's word.

    ``people`` are the names of who asked and who agreed ("" for nobody yet).
    """
    period = Period.parse(closing.month)
    asked_by, agreed_by = people
    facts = [
        ("月份", period.label),
        ("申请日期", chinese_date(reopening.asked_on)),
        ("申请开放", f"{reopening.days}天"),
        ("进度", reopening.state.label),
        ("申请人", asked_by),
        ("村主要负责人", agreed_by),
    ]
    if reopening.open_until:
        facts.append(("开放到", chinese_date(reopening.open_until)))
    return Sheet(
        title=f"{office.name}{period.label}反结账申请表",
        blocks=(
            Facts(tuple(facts)),
            Paragraph("一、原因", 1),
            Paragraph(reopening.reason),
            Paragraph("二、乡镇意见", 1),
            Signatures(("乡镇主要领导", "财政所")),
            Seal(issuer(office), chinese_date(reopening.asked_on)),
        ),
        preset=Preset.FORM,
        watermark=watermark(office),
        issuer=issuer(office),
    )


def _numbers(figures: MonthFigures) -> str:
    if not figures.vouchers:
        return "没有"
    return f"{figures.first}号至{figures.last}号，共{figures.vouchers}张"


def _funds(figures: MonthFigures) -> list[Block]:
    places = [place for place in range(5) if place != _CARRIED or any(fund.carried_fen for fund in figures.funds)]
    columns = (Column("资金"), Column("归属"), *(Column(_FLOWS[place], Align.AMOUNT) for place in places))
    if not figures.funds:
        return [Paragraph("本月没有资金。", flush=True)]
    sums = [(fund.opening_fen, fund.in_fen, fund.carried_fen, fund.out_fen, fund.closing_fen) for fund in figures.funds]
    rows = tuple(
        (fund.name, fund.owner, *(yuan(line[place]) for place in places))
        for fund, line in zip(figures.funds, sums, strict=True)
    )
    all_of_them = [sum(line[place] for line in sums) for place in range(5)]
    opening, came, carried, went, left = all_of_them
    told = f"，加结转{yuan(carried)}元" if carried else ""
    text = (
        f"核对：月初结余{yuan(opening)}元，加本月收入{yuan(came)}元{told}，减本月支出{yuan(went)}元，"
        f"等于月末结余{yuan(left)}元。"
    )
    total = ("合计", "", *(yuan(all_of_them[place]) for place in places))
    return [Table(columns, rows, total, unit="单位：元"), Paragraph(text, flush=True)]


def _left(closing: Closing) -> list[Block]:
    """Return what was not seen to when the month was closed, and why."""
    left = passed_over(closing)
    if not left:
        return []
    rows = tuple((str(place), message) for place, message in enumerate(left, 1))
    table = Table((Column("序号", Align.CENTER), Column("结账时还没有办好的事")), rows)
    return [table, Paragraph(f"情况说明：{closing.excuse}", flush=True)]
