"""What is signed when cash and bank are held against the books, and the entries for the township's bookkeepers."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.ledger.accounts import Chart
from villagedesk.ledger.counting import VALUES, read, sum_of, value_label
from villagedesk.ledger.figures import Posting
from villagedesk.ledger.model import Statement, Uncashed, UncashedSide
from villagedesk.ledger.rules import unexplained
from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office

_UNIT = "单位：元"


def reconciliation_sheet(office: Office, statement: Statement, items: Sequence[Uncashed]) -> Sheet:
    """Return what brings the bank's statement and the books together (银行存款余额调节表)."""
    side = {one: [item for item in items if item.side is one] for one in UncashedSide}
    sums = {one: sum(item.amount_fen for item in found) for one, found in side.items()}
    books = statement.books_fen + sums[UncashedSide.BANK_IN] - sums[UncashedSide.BANK_OUT]
    bank = statement.amount_fen + sums[UncashedSide.BOOKS_IN] - sums[UncashedSide.BOOKS_OUT]
    rows = (
        ("账面余额", yuan(statement.books_fen), "对账单余额", yuan(statement.amount_fen)),
        (
            "加：银行已收、账上未收",
            yuan(sums[UncashedSide.BANK_IN]),
            "加：账上已收、银行未收",
            yuan(sums[UncashedSide.BOOKS_IN]),
        ),
        (
            "减：银行已付、账上未付",
            yuan(sums[UncashedSide.BANK_OUT]),
            "减：账上已付、银行未付",
            yuan(sums[UncashedSide.BOOKS_OUT]),
        ),
    )
    columns = (
        Column("项目", group="账上"),
        Column("金额", Align.AMOUNT, "账上"),
        Column("项目", group="银行"),
        Column("金额", Align.AMOUNT, "银行"),
    )
    blocks: list[Block] = [
        Facts((("对账日", chinese_date(statement.stated_on)), ("说明", statement.note or "—"))),
        Table(columns, rows, ("调节后余额", yuan(books), "调节后余额", yuan(bank)), unit=_UNIT),
        Paragraph(_told(unexplained(statement.amount_fen, statement.books_fen, items))),
    ]
    if items:
        heads = (Column("种类"), Column("事项"), Column("发生日期", Align.CENTER), Column("金额", Align.AMOUNT))
        lines = tuple((one.side.label, one.what, one.since.isoformat(), yuan(one.amount_fen)) for one in items)
        blocks.append(Table(heads, lines, caption="未达账项", unit=_UNIT))
    blocks.append(Signatures(("会计", "出纳", "村主要负责人")))
    return _paper(office, f"{office.name}银行存款余额调节表", blocks)


def cash_count_sheet(office: Office, statement: Statement) -> Sheet:
    """Return the count of the cash box (库存现金盘点表) with notes and coins, signed by who counted and who watched."""
    counted = read(statement.counted)
    columns = (Column("面额", Align.CENTER), Column("张（枚）数", Align.CENTER), Column("金额", Align.AMOUNT))
    rows = tuple(
        (value_label(value), str(counted.get(value, 0)), yuan(value * counted.get(value, 0))) for value in VALUES
    )
    rest = statement.amount_fen - statement.books_fen
    told = "账实相符。" if not rest else f"{'长款' if rest > 0 else '短款'}{yuan(abs(rest))}元。"
    facts = (
        ("盘点日", chinese_date(statement.stated_on)),
        ("监盘人", statement.witness),
        ("实点现金", f"{yuan(statement.amount_fen)}元"),
        ("账面余额", f"{yuan(statement.books_fen)}元"),
        ("大写", amount_in_words(statement.amount_fen)),
        ("结果", told),
        *((("说明", statement.note),) if statement.note else ()),
    )
    total = ("合计", str(sum(counted.values())), yuan(sum_of(counted)))
    blocks = (Facts(facts), Table(columns, rows, total, unit=_UNIT), Signatures(("盘点人", "监盘人", "村主要负责人")))
    return _paper(office, f"{office.name}库存现金盘点表", blocks)


def blank_count_sheet(office: Office, books_fen: int, day: date) -> Sheet:
    """Return an empty form to take to the cash box: what the books say on the day, and room for each note and coin."""
    columns = (Column("面额", Align.CENTER), Column("张（枚）数", Align.CENTER), Column("金额"))
    rows = tuple((label, "", "") for label in (*map(value_label, VALUES), "合计"))
    facts = (("盘点日", chinese_date(day)), ("账面余额", f"{yuan(books_fen)}元"))
    blocks = (
        Facts((*facts, *((label, "") for label in ("监盘人", "实点现金", "大写", "结果")), ("说明", ""))),
        Table(columns, rows, unit=_UNIT),
        Signatures(("盘点人", "监盘人", "村主要负责人")),
    )
    return _paper(office, f"{office.name}库存现金盘点表", blocks)


def postings_sheet(office: Office, period: Period, lines: Sequence[Posting], chart: Chart) -> Sheet:
    """Return a period's entries with debit and credit for the township's bookkeepers, and the accounts they use."""
    columns = (
        Column("日期", Align.CENTER),
        Column("凭证号", Align.CENTER),
        Column("摘要"),
        Column("科目编号", Align.CENTER),
        Column("科目名称"),
        Column("借方", Align.AMOUNT),
        Column("贷方", Align.AMOUNT),
        Column("资金、项目"),
    )
    rows = tuple(
        (
            one.day.isoformat(), one.label, one.what, one.code or "—", one.account, _some(one.debit_fen),
            _some(one.credit_fen), one.about,
        )
        for one in lines
    )  # fmt: skip
    debit, credit = sum(one.debit_fen for one in lines), sum(one.credit_fen for one in lines)
    total = ("", "", "合计", "", "", yuan(debit), yuan(credit), "")
    used = {one.account for one in lines}
    accounts = tuple(
        (one.code or "—", one.name, one.remark or "—", one.source)
        for one in chart.accounts.values()
        if one.name in used
    )
    heads = (Column("编号", Align.CENTER), Column("科目"), Column("状态"), Column("来源"))
    blocks = (
        Facts((("期间", period.label), ("科目制度", chart.name), ("来源", chart.source))),
        Table(columns, rows, total, unit=_UNIT, carries=True, caption="会计分录"),
        Paragraph(chart.note),
        Table(heads, accounts, caption="科目对照"),
    )
    return _paper(office, f"{office.name}{period.label}会计分录表", blocks, Preset.WIDE)


def _told(rest: int) -> str:
    if not rest:
        return "调节后两边余额相等。"
    return f"调节后银行比账上{'多' if rest > 0 else '少'}{yuan(abs(rest))}元，原因见说明。"


def _some(fen: int) -> str:
    return yuan(fen) if fen else ""


def _paper(office: Office, title: str, blocks: Sequence[Block], preset: Preset = Preset.FORM) -> Sheet:
    return Sheet(title=title, blocks=tuple(blocks), preset=preset, watermark=watermark(office), issuer=issuer(office))
