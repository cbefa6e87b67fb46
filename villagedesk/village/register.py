"""The household register as a county system exports it: lines read, checked, and turned into people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from villagedesk.kernel.dates import parse_date
from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.storage.foreign import Grid, text
from villagedesk.village.rules import sound_id_number

HEADS = (
    "户编号",
    "村民小组",
    "户主姓名",
    "姓名",
    "与户主关系",
    "性别",
    "身份证号",
    "出生日期",
    "联系电话",
    "一折通账号",
    "开户银行",
    "备注",
)
_MOST_READINGS = 8


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One person of the register, checked."""

    household: str
    team: str
    head_name: str
    name: str
    relation: str
    sex: str
    id_number: str
    born_on: date
    phone: str
    account: str
    bank: str
    note: str


def register_lines(grid: Grid) -> list[RegisterLine]:
    """Return every person of a register sheet. Raises BadInput with all problems when one line is not right."""
    top = grid.head_row(*HEADS)
    columns = [grid.column(top, head) for head in HEADS]
    lines: list[RegisterLine] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    households: dict[str, tuple[str, str, int]] = {}
    for index, row in enumerate(grid.rows[top + 1 :], top + 2):
        cells = [text(row[column]) if column < len(row) else "" for column in columns]
        if not any(cells):
            continue
        found = list(_problems(index, cells, seen))
        found += _split_household(index, cells, households)
        problems += found
        if not found:
            lines.append(_line(cells))
        seen.setdefault(cells[6], index)
    if problems:
        raise BadInput(grid.name, f"有{len(problems)}处不对，请按行改好后再导入。", problems)
    if not lines:
        raise BadInput(grid.name, "只有表头，没有人。")
    return lines


def _line(cells: list[str]) -> RegisterLine:
    number, team, head, name, relation, sex, id_number, born_on, phone, account, bank, note = cells
    return RegisterLine(
        number, team, head, name, relation, sex, id_number, parse_date(born_on), phone, account, bank, note
    )


def _problems(row: int, cells: list[str], seen: dict[str, int]) -> Iterator[Problem]:
    for place in (0, 1, 2, 3):
        if not cells[place]:
            yield Problem(row, HEADS[place], "不能空着")
    if cells[5] not in ("男", "女"):
        yield Problem(row, "性别", f"应是男或女，现在是“{cells[5]}”")
    try:
        born_on: date | None = parse_date(cells[7])
    except ValueError as error:
        yield Problem(row, "出生日期", str(error))
        born_on = None
    for finding in sound_id_number(cells[6], born_on):
        yield Problem(row, "身份证号" if finding.field == "id_number" else "出生日期", finding.message)
    if cells[6] in seen:
        yield Problem(row, "身份证号", f"和第{seen[cells[6]]}行重复")


def _split_household(row: int, cells: list[str], households: dict[str, tuple[str, str, int]]) -> Iterator[Problem]:
    """A household has one team and one head, on whichever of its lines they stand."""
    number, team, head = cells[:3]
    known_team, known_head, first = households.setdefault(number, (team, head, row))
    if team != known_team:
        yield Problem(row, "村民小组", f"和第{first}行同一户的“{known_team}”不一致")
    if head != known_head:
        yield Problem(row, "户主姓名", f"和第{first}行同一户的“{known_head}”不一致")


def initials(name: str) -> str:
    """Return the pinyin initials a name may be looked up by, every reading of its characters: 单雄 → ``"cx dx sx"``."""
    from pypinyin import Style, pinyin

    readings = [
        sorted({reading[:1].lower() for reading in character if reading[:1].isascii()})
        for character in pinyin(name, style=Style.NORMAL, heteronym=True)
    ]
    choices = ["".join(choice) for choice in product(*(reading or [""] for reading in readings))]
    return " ".join(sorted(set(choices[: _MOST_READINGS * 8]))[:_MOST_READINGS])
