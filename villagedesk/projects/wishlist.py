"""The sheet of wishes collected house by house: lines read and checked against the register."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from villagedesk.kernel.dates import parse_date
from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.storage.foreign import Cell, Grid, text
from villagedesk.village.model import Household

PLACES = ("第一意愿", "第二意愿", "第三意愿")
HEADS = ("村民小组", "户编号", "户代表", *PLACES, "签字日期")


@dataclass(frozen=True, slots=True)
class WishLine:
    """What one household wishes, in its own order."""

    household_id: str
    spokesman: str
    items: tuple[str, ...]
    signed_on: date


def wish_lines(grid: Grid, households: Mapping[str, Household], heard: AbstractSet[str], today: date) -> list[WishLine]:
    """Return every household's wishes. ``heard`` are the ids of households whose wishes are already in.

    Raises BadInput with all problems by row and column when one line is not right; one signed after ``today`` is not.
    """
    top = grid.head_row(*HEADS)
    columns = [grid.column(top, head) for head in HEADS]
    lines: list[WishLine] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for index, row in enumerate(grid.rows[top + 1 :], top + 2):
        cells = [row[column] if column < len(row) else None for column in columns]
        if not any(text(cell) for cell in cells):
            continue
        household = _household(text(cells[1]), households)
        found = list(_problems(index, cells, household, heard, seen))
        found += _day_problems(index, cells[6], today)
        problems += found
        if household:
            seen.setdefault(household.id, index)
            if not found:
                lines.append(_line(cells, household))
    if problems:
        raise BadInput(grid.name, f"有{len(problems)}处不对，请按行改好后再导入。", problems)
    if not lines:
        raise BadInput(grid.name, "只有表头，没有意愿。")
    return lines


def _household(number: str, households: Mapping[str, Household]) -> Household | None:
    """Find a household; a spreadsheet that took ``0012`` for a number has lost its zeros."""
    return households.get(number) or households.get(number.zfill(len(next(iter(households), ""))))


def _items(cells: list[Cell]) -> list[str]:
    return [text(cell) for cell in cells[3:6]]


def _line(cells: list[Cell], household: Household) -> WishLine:
    items = tuple(item for item in _items(cells) if item)
    return WishLine(household.id, text(cells[2]), items, _day(cells[6]))


def _day(cell: Cell) -> date:
    return parse_date(cell if isinstance(cell, date) else text(cell))


def _problems(
    row: int, cells: list[Cell], household: Household | None, heard: AbstractSet[str], seen: dict[str, int]
) -> Iterator[Problem]:
    number = text(cells[1])
    if household is None:
        yield Problem(row, "户编号", f"户册里没有“{number}”" if number else "不能空着")
    else:
        if household.id in seen:
            yield Problem(row, "户编号", f"和第{seen[household.id]}行重复")
        elif household.id in heard:
            yield Problem(row, "户编号", f"{number}户这一年的意愿已经登记过")
        if text(cells[0]) != household.team:
            yield Problem(row, "村民小组", f"户册里是“{household.team}”，表里是“{text(cells[0])}”")
    if not text(cells[2]):
        yield Problem(row, "户代表", "不能空着")
    yield from _item_problems(row, _items(cells))


def _day_problems(row: int, cell: Cell, today: date) -> Iterator[Problem]:
    try:
        signed_on = _day(cell)
    except ValueError as error:
        yield Problem(row, "签字日期", str(error))
    else:
        if signed_on > today:
            yield Problem(row, "签字日期", f"{signed_on.isoformat()}还没有到，请核对日期")


def _item_problems(row: int, items: list[str]) -> Iterator[Problem]:
    for place, item in enumerate(items):
        if not item and (place == 0 or any(items[place + 1 :])):
            yield Problem(row, PLACES[place], "不能空着")
        if item and item in items[:place]:
            yield Problem(row, PLACES[place], f"“{item}”写了两次")
