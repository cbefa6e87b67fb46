"""An earlier year's expense sheet as it comes from Excel: merged head, any date style, sums between the rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from villagedesk.kernel.dates import parse_date
from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.kernel.money import parse_yuan, yuan
from villagedesk.payments.model import PastExpense
from villagedesk.storage.foreign import Cell, Grid, squeezed, text

HEADS = ("日期", "开支项目", "收款人")
"""Heads every such sheet has, beside one that begins with 金额; 资金来源, 经手人, 票据号, 审核意见 may be missing."""

_YEAR = re.compile(r"(\d{4})年")
_SUM = re.compile(r".*(小计|合计|总计|累计)")


@dataclass(frozen=True, slots=True)
class ExpenseSheet:
    """An expense sheet, checked: every line lies in ``year``, and every sum that is written down agrees."""

    year: int
    lines: tuple[PastExpense, ...]


@dataclass(slots=True)
class _Sums:
    """What the rows so far come to, in fen, in the ways a sum row may have been added up."""

    part: int = 0
    whole: int = 0
    part_in_figures: int = 0
    column_in_figures: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, fen: int, *, is_figure: bool) -> None:
        """Count a line. A spreadsheet's SUM leaves out amounts that were typed as text."""
        self.part += fen
        self.whole += fen
        if is_figure:
            self.part_in_figures += fen
            self.column_in_figures += fen

    def check(self, row: int, written: Cell) -> None:
        """Compare a sum row that holds a number, and begin the next part."""
        fen = _amount(row, written, self.problems) if text(written) else None
        ways = {self.part, self.whole, self.part_in_figures, self.column_in_figures}
        if fen is not None and fen not in ways:
            message = f"小计写的是{yuan(fen)}元，上面各行加起来是{yuan(self.part)}元，请核对有没有漏行"
            self.problems.append(Problem(row, "金额", message))
        self.column_in_figures += fen or 0
        self.part = self.part_in_figures = 0


def read_expense_sheet(grid: Grid) -> ExpenseSheet:
    """Return the expenses a grid holds.

    Raises BadInput with every problem by row and column: no date, another year's date, no amount, a sum that does not
    agree with its rows.
    """
    top = grid.head_row(*HEADS)
    columns = _columns(grid, top)
    year = _year(grid, top)
    sums = _Sums()
    lines: list[PastExpense] = []
    for number, row in enumerate(grid.rows[top + 1 :], top + 2):
        cells = {head: row[place] for head, place in columns.items()}
        first = next((squeezed(cell) for cell in row if squeezed(cell)), "")
        if _SUM.fullmatch(first):
            sums.check(number, cells["金额"])
        elif first and not _is_footer(cells, first):
            line = _line(number, cells, year, sums.problems)
            if line:
                lines.append(line)
                sums.add(line.amount_fen, is_figure=isinstance(cells["金额"], float))
    if sums.problems:
        raise BadInput(grid.name, f"有{len(sums.problems)}处不对，请按行改好后再导入。", sums.problems)
    if not lines:
        raise BadInput(grid.name, "只有表头，没有支出。")
    return ExpenseSheet(year, tuple(lines))


def _columns(grid: Grid, top: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(grid.rows[top]):
        head = squeezed(cell)
        places.setdefault("金额" if head.startswith("金额") else head, place)
    if "金额" not in places:
        raise BadInput(grid.name, "没有找到表头“金额”，请检查是不是选错了表。")
    return places


def _year(grid: Grid, top: int) -> int:
    for row in grid.rows[:top]:
        for cell in row:
            if match := _YEAR.search(squeezed(cell)):
                return int(match[1])
    raise BadInput(grid.name, "标题里没有写明是哪一年，请在标题里写上，例如“2025年支出明细”。")


def _is_footer(cells: dict[str, Cell], first: str) -> bool:
    return "：" in first and not text(cells["金额"])


def _line(row: int, cells: dict[str, Cell], year: int, problems: list[Problem]) -> PastExpense | None:
    before = len(problems)
    spent_on = _day(row, cells["日期"], year, problems)
    fen = _amount(row, cells["金额"], problems)
    problems += _gaps(row, cells)
    if len(problems) > before or spent_on is None or fen is None:
        return None
    return PastExpense(
        year=year,
        place=row,
        spent_on=spent_on,
        item=text(cells["开支项目"]),
        payee=text(cells["收款人"]),
        amount_fen=fen,
        source=text(cells.get("资金来源")),
        handler=text(cells.get("经手人")),
        invoice_number=text(cells.get("票据号")),
        opinion=text(cells.get("审核意见")),
    )


def _gaps(row: int, cells: dict[str, Cell]) -> Iterator[Problem]:
    for head in ("开支项目", "收款人"):
        if not text(cells[head]):
            yield Problem(row, head, "不能空着")


def _day(row: int, cell: Cell, year: int, problems: list[Problem]) -> date | None:
    try:
        day = parse_date(cell) if isinstance(cell, date) else parse_date(text(cell))
    except ValueError as error:
        problems.append(Problem(row, "日期", str(error)))
        return None
    if day.year != year:
        problems.append(Problem(row, "日期", f"是{day.year}年的，标题写的是{year}年"))
    return day


def _amount(row: int, cell: Cell, problems: list[Problem]) -> int | None:
    try:
        fen = parse_yuan(cell if isinstance(cell, float) else text(cell))
    except ValueError as error:
        problems.append(Problem(row, "金额", str(error)))
        return None
    if fen == 0:
        problems.append(Problem(row, "金额", "不能是零"))
        return None
    return fen
