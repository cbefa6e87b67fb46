"""A caretakers' pay sheet as it comes from Excel: title, heads with gaps, lines, the 合计 row that must agree."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.kernel.dates import Period, parse_date
from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.kernel.money import parse_yuan, yuan
from villagedesk.storage.foreign import Cell, Grid, squeezed, text
from villagedesk.village.model import Person

HEADS = ("序号", "姓名", "负责区域", "账号", "金额", "备注")
EXACT_FIGURES = 10**15
"""From here on a spreadsheet's numbers lose their last figures."""

_TITLE = re.compile(r"(\d{4})年第?([一二三四1-4])季度")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class PaySheetLine:
    """One person's pay in fen, matched to somebody of the register; ``place`` counts from 1."""

    place: int
    person: Person
    area: str
    account: str
    amount_fen: int
    note: str


@dataclass(frozen=True, slots=True)
class PaySheet:
    """A pay sheet, checked: the lines sum to ``total_fen``."""

    title: str
    period: Period
    sheet_date: date
    lines: tuple[PaySheetLine, ...]
    total_fen: int


def read_pay_sheet(grid: Grid, people: Mapping[str, Sequence[Person]]) -> PaySheet:
    """Return the pay sheet a grid holds; ``people`` are the villagers by name.

    Raises BadInput with every problem by row and column: an unknown or doubtful name, a wrong amount, a person twice,
    a total that is missing or does not agree.
    """
    top = grid.head_row(*HEADS)
    columns = {head: grid.column(top, head) for head in HEADS}
    title, period, sheet_date = _headline(grid, top)
    problems: list[Problem] = []
    lines: list[PaySheetLine] = []
    rows_of: dict[str, int] = {}
    for number, row in enumerate(grid.rows[top + 1 :], top + 2):
        if "合计" in {squeezed(cell) for cell in row}:
            _check_total(number, row[columns["金额"]], lines, problems)
            break
        if not squeezed(row[columns["姓名"]]):
            continue
        line = _line(number, len(lines) + 1, {head: row[place] for head, place in columns.items()}, people, problems)
        if line:
            lines.append(line)
            if line.person.id in rows_of:
                message = f"“{line.person.name}”在第{rows_of[line.person.id]}行已经有了"
                problems.append(Problem(number, "姓名", message))
            rows_of.setdefault(line.person.id, number)
    else:
        problems.append(Problem(len(grid.rows), "金额", "没有“合计”行，看不出表是不是完整，请补上"))
    if problems:
        raise BadInput(grid.name, f"有{len(problems)}处不对，请按行改好后再导入。", problems)
    if not lines:
        raise BadInput(grid.name, "表里没有人。")
    return PaySheet(title, period, sheet_date, tuple(lines), sum(line.amount_fen for line in lines))


def _line(
    row: int, place: int, cells: Mapping[str, Cell], people: Mapping[str, Sequence[Person]], problems: list[Problem]
) -> PaySheetLine | None:
    fen = _amount(row, cells["金额"], problems)
    account = _account(row, cells["账号"], problems)
    person = _match(row, squeezed(cells["姓名"]), account, people, problems)
    if person is None or fen is None:
        return None
    return PaySheetLine(place, person, text(cells["负责区域"]), account, fen, text(cells["备注"]))


def _check_total(row: int, cell: Cell, lines: Sequence[PaySheetLine], problems: list[Problem]) -> None:
    """A total that does not agree is named only when the lines themselves are right."""
    if problems or not lines:
        return
    total_fen = _amount(row, cell, problems)
    summed = sum(line.amount_fen for line in lines)
    if total_fen is not None and total_fen != summed:
        problems.append(Problem(row, "金额", f"合计写的是{yuan(total_fen)}元，各行加起来是{yuan(summed)}元，请核对"))


def _headline(grid: Grid, top: int) -> tuple[str, Period, date]:
    above = [text(cell) for row in grid.rows[:top] for cell in row if text(cell)]
    for line in above:
        match = _TITLE.search(line.replace(" ", ""))
        if match:
            period = Period.quarter(int(match[1]), _QUARTERS[match[2]])
            dates = (match[0] for other in above if (match := _DATE.search(other)))
            return line, period, parse_date(next(dates, "") or period.last)
    raise BadInput(grid.name, "表头上没有写明是哪年哪个季度，请在标题里写上，例如“2026年第一季度”。")


def _amount(row: int, cell: Cell, problems: list[Problem]) -> int | None:
    try:
        fen = parse_yuan(cell if isinstance(cell, float) else text(cell))
    except ValueError as error:
        problems.append(Problem(row, "金额", str(error)))
        return None
    if fen <= 0:
        problems.append(Problem(row, "金额", "应大于零"))
        return None
    return fen


def _account(row: int, cell: Cell, problems: list[Problem]) -> str:
    """Return an account as text. A spreadsheet keeps 15 figures of a number, so a long account must be text."""
    if isinstance(cell, float) and cell >= EXACT_FIGURES:
        message = "账号是数字格式，后几位已经丢了，请把这一列改成文本格式，再照存折填一遍"
        problems.append(Problem(row, "账号", message))
    return squeezed(cell)


def _match(
    row: int, name: str, account: str, people: Mapping[str, Sequence[Person]], problems: list[Problem]
) -> Person | None:
    """Return who is meant: the one of this name, or among several the one with this account."""
    named = people.get(name, ())
    if len(named) > 1:
        named = [person for person in named if person.account == account]
    if len(named) == 1:
        return named[0]
    why = (
        "有几个同名的人，请在账号一栏写上本人的账号" if people.get(name) else "户册里没有这个人，请先导入户册或核对姓名"
    )
    problems.append(Problem(row, "姓名", f"“{name}”{why}"))
    return None
