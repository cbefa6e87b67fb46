"""An earlier year's expense sheet as it comes from Excel: merged head, any date style, sums between the rows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.kernel.progress import Progress
from villagedesk.payments.model import PastExpense
from villagedesk.storage.foreign import Cell, is_blank, plain, squeezed, text, values
from villagedesk.storage.foreign.columns import Layout, Sort, Wanted
from villagedesk.storage.foreign.heads import Laid
from villagedesk.storage.foreign.reading import Ask, Choice, Doubt, Reading, row_notes, unanswered
from villagedesk.storage.foreign.sums import Sums, is_sum

HEADS = ("日期", "开支项目", "收款人")
LAYOUT = Layout(
    "expenses",
    "往年支出明细表",
    (
        Wanted("spent_on", "日期", Sort.DAY, ("开支日期", "支出日期", "付款日期", "时间", "支付日期", "记账日期", "报账日期",
               "发生日期", "年月日"), is_required=True),
        Wanted("item", "开支项目", Sort.TEXT, ("支出项目", "项目", "摘要", "用途", "开支内容", "支出内容", "事由", "支出事项",
               "内容", "项目名称", "开支事项"), is_required=True),
        Wanted("payee", "收款人", Sort.TEXT, ("收款单位", "收款人(单位)", "收款方", "领款人", "收款单位(人)", "收款单位或个人",
               "供应商", "单位名称", "收款人姓名"), is_required=True),
        Wanted("amount", "金额", Sort.AMOUNT, ("支出金额", "开支金额", "付款金额", "支付金额", "实付金额", "支出", "小写金额",
               "报账金额"), is_required=True),
        Wanted("source", "资金来源", Sort.TEXT, ("来源", "经费来源", "资金渠道", "资金性质")),
        Wanted("handler", "经手人", Sort.TEXT, ("经办人", "报账人", "经办")),
        Wanted("invoice_number", "票据号", Sort.TEXT, ("票据号码", "发票号", "发票号码", "票号", "凭证号", "单据号", "票据编号")),
        Wanted("opinion", "审核意见", Sort.TEXT, ("审批意见", "意见", "审核", "理财意见", "理财小组意见")),
    ),
    HEADS,
)  # fmt: skip
NO_YEAR = "标题里没有写明是哪一年，请在标题里写上，例如“2025年支出明细”。"

_YEAR = re.compile(r"(\d{4})年")
_ITEM_OF_SUM = re.compile(r"(?:[总共本]?[页月季年]?|[1-9][0-2]?月)(?:小计|合计|总计|累计|共计)")
_TWICE = "twice"


@dataclass(frozen=True, slots=True)
class ExpenseSheet:
    """An expense sheet, checked: every line lies in ``year``, and every sum that is written down agrees."""

    year: int
    lines: tuple[PastExpense, ...]


def expense_sheet(laid: Laid, reading: Reading[PastExpense], said: Mapping[str, str]) -> ExpenseSheet:
    """Return the sheet that was read. Raises BadInput with every problem by row and column, open doubts included."""
    reading.settled(laid.grid.name)
    if not reading.lines:
        raise BadInput(laid.grid.name, "只有表头，没有支出。")
    year, _ = told_year(laid, said)
    assert year
    return ExpenseSheet(year, tuple(reading.lines))


def read_expenses(
    laid: Laid,
    said: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading[PastExpense]:
    """Return what an expense sheet says, what is wrong with it by row and column, and whether a line stands twice."""
    reading: Reading[PastExpense] = Reading(notes=row_notes(laid))
    year, why = told_year(laid, said or {})
    if year is None:
        reading.asks.append(Ask("year", "哪一年的支出（如 2025）", why))
    sums = Sums(counts_figures=True)
    seen: dict[tuple[object, ...], int] = {}
    for number, cells, row in laid.counted(progress):
        first = next((squeezed(cell) for cell in row if not is_blank(cell)), "")
        if is_sum(row) and not _is_payment(cells):
            sums.check(laid, reading, number, cells, row)
        elif not _is_footer(cells, first):
            line = _line(laid, reading, number, cells, year)
            if line:
                _stands_once(reading, line, seen, answers or {})
                reading.lines.append(line)
                sums.add(line.amount_fen, cells["amount"])
    sums.close(laid, reading)
    return reading


def told_year(laid: Laid, said: Mapping[str, str]) -> tuple[int | None, str]:
    """Return the year that was told, or the one the title names, or None and why there is none."""
    if told := plain(said.get("year")).removesuffix("年"):
        if re.fullmatch(r"(199|20\d)\d", told):
            return int(told), ""
        return None, f"“{said['year']}”不是年份，请写成 2025 这样。"
    for line in laid.above:
        if match := _YEAR.search(line):
            return int(match[1]), ""
    return None, NO_YEAR


def _is_payment(cells: Mapping[str, Cell]) -> bool:
    """Tell whether a row is a payment though it is called like a sum (资料汇总): it has its day, item and payee."""
    try:
        values.day(cells["spent_on"], 2000)  # a leap year: only whether it is a day
    except ValueError:
        return False
    item, payee = squeezed(cells["item"]), squeezed(cells["payee"])
    return bool(item and payee) and not _ITEM_OF_SUM.match(item) and not is_sum([payee])


def _is_footer(cells: Mapping[str, Cell], first: str) -> bool:
    return ("：" in first or ":" in first) and is_blank(cells["amount"])


def _line(
    laid: Laid, reading: Reading[PastExpense], row: int, cells: Mapping[str, Cell], year: int | None
) -> PastExpense | None:
    before = len(reading.problems)
    spent_on = _day(laid, reading, row, cells["spent_on"], year)
    fen = reading.amount(laid, row, cells["amount"])
    if fen == 0:
        reading.tell(row, laid.label("amount"), "不能是零")
    reading.problems += _gaps(laid, row, cells)
    number = reading.value(row, laid.label("invoice_number"), _invoice_number, cells.get("invoice_number"))
    if len(reading.problems) > before or spent_on is None or fen is None:
        return None
    return PastExpense(
        year=year or spent_on.year,
        place=row,
        spent_on=spent_on,
        item=text(cells["item"]),
        payee=text(cells["payee"]),
        amount_fen=fen,
        source=text(cells.get("source")),
        handler=text(cells.get("handler")),
        invoice_number=number or "",
        opinion=text(cells.get("opinion")),
    )


def _invoice_number(cell: Cell) -> str:
    """Return an invoice's number as it stood. Raises ValueError when a spreadsheet has rounded it."""
    values.account(cell, "票据号")
    return text(cell)


def _gaps(laid: Laid, row: int, cells: Mapping[str, Cell]) -> Iterator[Problem]:
    for field in ("item", "payee"):
        if not text(cells[field]):
            yield Problem(row, laid.label(field), "不能空着")


def _day(laid: Laid, reading: Reading[PastExpense], row: int, cell: Cell, year: int | None) -> date | None:
    day = reading.value(row, laid.label("spent_on"), lambda found: values.day(found, year), cell)
    if day and year and day.year != year:
        reading.tell(row, laid.label("spent_on"), f"是{day.year}年的，标题写的是{year}年")
    return day


def _stands_once(
    reading: Reading[PastExpense], line: PastExpense, seen: dict[tuple[object, ...], int], answers: Mapping[str, str]
) -> None:
    """Two lines that are the same in everything are asked about: they may be two, or one copied twice."""
    facts = (line.spent_on, line.item, line.payee, line.amount_fen, line.invoice_number, line.handler)
    first = seen.setdefault(facts, line.place)
    if first == line.place:
        return
    doubt = Doubt(
        key=f"{_TWICE}|{line.place}",
        row=line.place,
        column="开支项目",
        question=f"这一行和第{first}行完全一样，是两笔支出吗？",
        choices=(Choice("two", "是两笔，都要"),),
        unanswered=f"和第{first}行完全一样，重复了",
    )
    reading.doubts += unanswered([doubt], answers)
