"""A caretakers' pay sheet as it comes from Excel: title, heads with gaps, lines, the 合计 row that must agree."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.kernel.dates import Period, parse_date
from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.kernel.money import parse_yuan, yuan
from villagedesk.storage.foreign import Cell, Grid, squeezed, text
from villagedesk.village.model import Person

HEADS = ("序号", "姓名", "负责区域", "账号", "金额", "备注")
_TITLE = re.compile(r"(\d{4})年第?([一二三四1-4])季度")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class PaySheetLine:
    """One person's pay in fen, matched to somebody of the register."""

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

    Raises BadInput with every problem by row and column: an unknown or doubtful name, a wrong amount, a total that
    does not agree, a person twice.
    """
    top = grid.head_row(*HEADS)
    place, name, area, account, amount, note = (grid.column(top, head) for head in HEADS)
    title, period, sheet_date = _headline(grid, top)
    problems: list[Problem] = []
    lines: list[PaySheetLine] = []
    total_fen: int | None = None
    for index, row in enumerate(grid.rows[top + 1 :], top + 2):
        cells = [text(cell) for cell in row]
        if "合计" in {squeezed(cell) for cell in row}:
            total_fen = _amount(index, row[amount], problems)
            break
        if not squeezed(row[name]):
            continue
        fen = _amount(index, row[amount], problems)
        person = _match(index, squeezed(row[name]), cells[account], people, problems)
        if person is not None and fen is not None:
            number = int(cells[place]) if cells[place].isdigit() else len(lines) + 1
            lines.append(PaySheetLine(number, person, cells[area], cells[account], fen, cells[note]))
    problems += _twice(lines, top)
    summed = sum(line.amount_fen for line in lines)
    if not problems and total_fen is not None and total_fen != summed:
        problems.append(Problem(index, "金额", f"合计写的是{yuan(total_fen)}元，各行加起来是{yuan(summed)}元，请核对"))
    if problems:
        raise BadInput(grid.name, f"有{len(problems)}处不对，请按行改好后再导入。", problems)
    if not lines:
        raise BadInput(grid.name, "表里没有人。")
    return PaySheet(title, period, sheet_date, tuple(lines), summed)


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


def _twice(lines: Sequence[PaySheetLine], top: int) -> Iterator[Problem]:
    seen: set[str] = set()
    for offset, line in enumerate(lines, top + 2):
        if line.person.id in seen:
            yield Problem(offset, "姓名", f"“{line.person.name}”出现了两次")
        seen.add(line.person.id)
