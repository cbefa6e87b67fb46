"""The books as sheets of paper and as workbooks: day books, ledgers, registers, checks of cash and bank."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.ledger.figures import (
    AdvanceLine,
    Entry,
    FundSums,
    Income,
    ProjectCard,
    ProjectLine,
    Series,
    Totals,
)
from villagedesk.projects.catalogue import class_name
from villagedesk.projects.model import Contract, Inspection
from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office

_UNIT = "单位：元"
_BOOKKEEPERS = ("记账", "复核", "村主要负责人")


def book_sheet(office: Office, title: str, stretch: str, entries: Sequence[Entry], totals: Totals) -> Sheet:
    """Return a day book or a fund's ledger; its pages carry their sums and the balance on."""
    columns = (
        Column("日期", Align.CENTER),
        Column("凭证号", Align.CENTER),
        Column("摘要"),
        Column("对方"),
        Column("项目、资金"),
        Column("收入", Align.AMOUNT),
        Column("支出", Align.AMOUNT),
        Column("余额", Align.AMOUNT),
    )
    opening = ("", "", "期初余额", "", "", "", "", yuan(totals.opening_fen))
    rows = tuple(
        (
            one.day.isoformat(), one.label, one.what, one.party, one.about, _some(one.in_fen), _some(one.out_fen),
            yuan(one.balance_fen),
        )
        for one in entries
    )  # fmt: skip
    total = ("", "", "本期合计", "", "", yuan(totals.in_fen), yuan(totals.out_fen), yuan(totals.closing_fen))
    blocks = (
        Facts((("期间", stretch), ("笔数", f"{len(entries)}笔"))),
        Table(columns, (opening, *rows), total, unit=_UNIT, carries=True),
        Paragraph(arithmetic(totals)),
        Signatures(_BOOKKEEPERS),
    )
    return _paper(office, f"{office.name}{title}", blocks, Preset.WIDE)


def spending_sheet(office: Office, title: str, stretch: str, entries: Sequence[Entry], totals: Totals) -> Sheet:
    """Return the ledger of a project or a payee: payments, counted up."""
    blocks = (
        Facts((("期间", stretch), ("笔数", f"{len(entries)}笔"))),
        _spending(entries, totals),
        Signatures(_BOOKKEEPERS),
    )
    return _paper(office, f"{office.name}{title}", blocks, Preset.WIDE)


def arithmetic(totals: Totals) -> str:
    """Return a book's sums as a sentence to count again."""
    return (
        f"核对：期初余额{yuan(totals.opening_fen)}元，加收入{yuan(totals.in_fen)}元，减支出{yuan(totals.out_fen)}元，"
        f"等于期末余额{yuan(totals.closing_fen)}元。"
    )


def income_sheet(office: Office, income: Income) -> Sheet:
    """Return what came and went in a period by fund, by class of works and by month (收支明细表)."""
    label = income.period.label
    came, went = sum(one.in_fen for one in income.funds), sum(one.out_fen for one in income.funds)
    blocks: list[Block] = [Paragraph("一、按资金", 1), _fund_table(income.funds)]
    classes = [(one.name, yuan(one.amount_fen)) for one in income.classes]
    total = ("合计", yuan(sum(one.amount_fen for one in income.classes)))
    blocks += [
        Paragraph("二、支出按类别", 1),
        Table((Column("类别"), Column("支出", Align.AMOUNT)), tuple(classes), total, unit=_UNIT),
    ]
    months = [(one.month.label, yuan(one.in_fen), yuan(one.out_fen)) for one in income.months]
    columns = (Column("月份", Align.CENTER), Column("到账", Align.AMOUNT), Column("支出", Align.AMOUNT))
    blocks += [
        Paragraph("三、按月", 1),
        Table(columns, tuple(months), ("合计", yuan(came), yuan(went)), unit=_UNIT),
        Signatures(_BOOKKEEPERS),
    ]
    return _paper(office, f"{office.name}{label}收支明细表", blocks)


def projects_sheet(office: Office, period: Period, lines: Sequence[ProjectLine]) -> Sheet:
    """Return the register of projects (项目台账) with budget, contracts, payments and visits."""
    heads = ("预算", "合同金额", "以前支付", "本期支付", "预算结余")
    columns = (
        Column("序号", Align.CENTER),
        Column("项目"),
        Column("类别"),
        Column("资金"),
        Column("进度", Align.CENTER),
        *(Column(head, Align.AMOUNT) for head in heads),
        Column("检查", Align.CENTER),
    )
    rows = tuple(
        (
            str(place), one.project.name, class_name(one.project.class_code), one.fund or "—",
            one.project.state.label, *map(yuan, _sums(one)), _visited(one),
        )
        for place, one in enumerate(lines, 1)
    )  # fmt: skip
    sums = [sum(_sums(one)[place] for one in lines) for place in range(len(heads))]
    total = ("", "合计", "", "", "", *map(yuan, sums), "")
    blocks = (Table(columns, rows, total, unit=_UNIT, carries=True), Signatures(_BOOKKEEPERS))
    return _paper(office, f"{office.name}{period.label}项目台账", blocks, Preset.WIDE)


def project_sheet(office: Office, card: ProjectCard, until: date) -> Sheet:
    """Return all that the books know of one project: its contracts, payments, visits, and what is left."""
    line = card.line
    facts = (
        ("项目", line.project.name),
        ("类别", class_name(line.project.class_code)),
        ("资金", line.fund or "—"),
        ("进度", line.project.state.label),
        ("预算", f"{yuan(line.budget_fen)}元"),
        ("已支付", f"{yuan(line.paid_fen)}元"),
        ("预算结余", f"{yuan(line.left_fen)}元"),
        ("截至", chinese_date(until)),
    )
    blocks: list[Block] = [Facts(facts), Paragraph("一、合同", 1)]
    blocks.append(_contracts(card.contracts) if card.contracts else Paragraph("没有签订合同。"))
    blocks += [Paragraph("二、支付", 1), _spending(card.entries, card.totals, has_projects=False)]
    blocks.append(Paragraph("三、检查验收", 1))
    blocks.append(_visits(card.visits) if card.visits else Paragraph("还没有检查。"))
    blocks.append(Signatures(_BOOKKEEPERS))
    return _paper(office, f"{office.name}项目明细台账", blocks)


def numbers_sheet(office: Office, series: Sequence[Series], today: date) -> Sheet:
    """Return the check of numbers (凭证断号重号检查表): each series of each year, and what is wrong with it."""
    columns = (
        Column("年度", Align.CENTER),
        Column("凭证", Align.CENTER),
        Column("张数", Align.CENTER),
        Column("起号", Align.CENTER),
        Column("止号", Align.CENTER),
        Column("检查结果"),
    )
    rows = tuple(
        (
            str(one.year), one.name, str(one.count), str(one.first), str(one.last),
            "连号，没有断号、重号，先后和流水一致" if not one.faults else f"有{len(one.faults)}处不对，见下",
        )
        for one in series
    )  # fmt: skip
    faults = [Paragraph(f"{one.year}年{fault}") for one in series for fault in one.faults]
    blocks: list[Block] = [
        Facts((("检查日期", chinese_date(today)), ("依据", "会计软件规范：凭证连续编号，入账后不能删除、插入"))),
        Table(columns, rows) if rows else Paragraph("账里还没有编号的凭证。"),
        *faults,
        Paragraph("号数由程序在入账时给出，再和流水逐条对照：号数的先后就是登记的先后。"),
        Signatures(("检查人", "村务监督委员会")),
    ]
    return _paper(office, f"{office.name}凭证断号重号检查表", blocks)


def advances_sheet(office: Office, day: date, lines: Sequence[AdvanceLine]) -> Sheet:
    """Return the advances that were given and what of them is still open (预借款清单)."""
    heads = ("预借金额", "已结清", "未结清")
    columns = (
        Column("预借日期", Align.CENTER),
        Column("预借人"),
        Column("用途"),
        Column("应还日期", Align.CENTER),
        *(Column(head, Align.AMOUNT) for head in heads),
        Column("备注"),
    )
    rows = tuple(
        (
            one.given_on.isoformat(), one.taker, one.purpose, one.due_on.isoformat(),
            *map(yuan, (one.amount_fen, one.settled_fen, one.open_fen)), "逾期" if one.is_overdue(day) else "",
        )
        for one in lines
    )  # fmt: skip
    sums = (sum(getattr(one, name) for one in lines) for name in ("amount_fen", "settled_fen", "open_fen"))
    blocks: list[Block] = [Facts((("截至", chinese_date(day)), ("笔数", f"{len(lines)}笔")))]
    if rows:
        total = ("", "合计", "", "", *map(yuan, sums), "")
        blocks.append(Table(columns, rows, total, unit=_UNIT))
    else:
        blocks.append(Paragraph("没有预借。"))
    blocks.append(Signatures(_BOOKKEEPERS))
    return _paper(office, f"{office.name}预借款清单", blocks, Preset.WIDE)


def _contracts(contracts: Sequence[Contract]) -> Table:
    columns = (Column("签订日期", Align.CENTER), Column("对方"), Column("内容"), Column("金额", Align.AMOUNT))
    rows = tuple((one.signed_on.isoformat(), one.party, one.scope, yuan(one.amount_fen)) for one in contracts)
    return Table(columns, rows, ("", "合计", "", yuan(sum(one.amount_fen for one in contracts))), unit=_UNIT)


def _visits(visits: Sequence[Inspection]) -> Table:
    columns = (
        Column("日期", Align.CENTER),
        Column("种类"),
        Column("得分", Align.CENTER),
        Column("检查人"),
        Column("说明"),
    )
    rows = tuple(
        (one.inspected_on.isoformat(), one.kind.label, str(one.score), one.inspectors, one.note or "—")
        for one in visits
    )
    return Table(columns, rows)


def _fund_table(funds: Sequence[FundSums]) -> Table:
    is_carried = any(one.carried_fen for one in funds)
    heads = ("期初结余", "到账", *(("结转",) if is_carried else ()), "支出", "期末结余")
    lines = [
        (
            one.opening_fen, one.in_fen, *((one.carried_fen,) if is_carried else ()), one.out_fen, one.closing_fen,
        )
        for one in funds
    ]  # fmt: skip
    sums = [sum(line[place] for line in lines) for place in range(len(heads))]
    rows = tuple((one.name, one.fund.owner, *map(yuan, line)) for one, line in zip(funds, lines, strict=True))
    columns = (Column("资金"), Column("归属"), *(Column(head, Align.AMOUNT) for head in heads))
    return Table(columns, rows, ("合计", "", *map(yuan, sums)), unit=_UNIT)


def _spending(entries: Sequence[Entry], totals: Totals, *, has_projects: bool = True) -> Table:
    """Payments, counted up; ``has_projects`` is left out where all are for one."""
    about = (Column("项目"),) if has_projects else ()
    columns = (
        Column("日期", Align.CENTER),
        Column("凭证号", Align.CENTER),
        Column("摘要"),
        Column("收款人"),
        *about,
        Column("支出", Align.AMOUNT),
        Column("累计", Align.AMOUNT),
    )
    gap = ("",) * (1 + len(about))
    opening = (("", "", "以前累计", *gap, "", yuan(totals.opening_fen)),) if totals.opening_fen else ()
    rows = tuple(
        (
            one.day.isoformat(), one.label, one.what, one.party, *((one.about,) if has_projects else ()),
            yuan(one.out_fen), yuan(one.balance_fen),
        )
        for one in entries
    )  # fmt: skip
    total = ("", "", "合计", *gap, yuan(totals.out_fen), yuan(totals.closing_fen))
    return Table(columns, (*opening, *rows), total, unit=_UNIT, carries=True)


def _sums(line: ProjectLine) -> tuple[int, int, int, int, int]:
    return line.budget_fen, line.contracted_fen, line.before_fen, line.in_period_fen, line.left_fen


def _visited(line: ProjectLine) -> str:
    return f"{line.visits}次，最近{line.score}分" if line.visits else "—"


def _some(fen: int) -> str:
    return yuan(fen) if fen else ""


def _paper(office: Office, title: str, blocks: Sequence[Block], preset: Preset = Preset.FORM) -> Sheet:
    return Sheet(title=title, blocks=tuple(blocks), preset=preset, watermark=watermark(office), issuer=issuer(office))
