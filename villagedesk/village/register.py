"""The household register as a county system exports it: lines read, checked, and turned into people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.kernel.progress import Progress
from villagedesk.storage.foreign import Cell, plain, squeezed, text, values
from villagedesk.storage.foreign.columns import Layout, Sort, Wanted
from villagedesk.storage.foreign.heads import Laid
from villagedesk.storage.foreign.reading import Reading, row_notes
from villagedesk.storage.foreign.sums import is_sum
from villagedesk.village.rules import sound_id_number

HEADS = (
    "户编号", "村民小组", "户主姓名", "姓名", "与户主关系", "性别", "身份证号", "出生日期", "联系电话", "一折通账号",
    "开户银行", "备注",
)  # fmt: skip
LAYOUT = Layout(
    "people",
    "户册",
    (
        Wanted("household", "户编号", Sort.TEXT, ("户号", "家庭编号", "户籍编号"), is_required=True),
        Wanted("team", "村民小组", Sort.TEXT, ("组别", "小组", "村组", "所在小组"), is_required=True),
        Wanted("head", "户主姓名", Sort.NAME, ("户主",), is_required=True),
        Wanted("name", "姓名", Sort.NAME, ("成员姓名", "家庭成员姓名", "家庭成员"), is_required=True),
        Wanted("relation", "与户主关系", Sort.TEXT, ("与户主的关系", "关系", "家庭关系")),
        Wanted("sex", "性别", Sort.TEXT, is_required=True),
        Wanted("id_number", "身份证号", Sort.ID_NUMBER, ("身份证号码", "公民身份号码", "身份证", "证件号码"), is_required=True),
        Wanted("born_on", "出生日期", Sort.DAY, ("出生年月日", "出生年月", "生日")),
        Wanted("phone", "联系电话", Sort.TEXT, ("电话", "手机", "手机号", "手机号码", "电话号码")),
        Wanted("account", "一折通账号", Sort.ACCOUNT, ("一卡通账号", "银行账号", "账号", "帐号", "银行卡号", "社保卡号")),
        Wanted("bank", "开户银行", Sort.TEXT, ("开户行", "银行名称")),
        Wanted("note", "备注", Sort.TEXT, ("说明",)),
    ),
    HEADS,
)  # fmt: skip
_MOST_READINGS = 8


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One person of the register, checked; ``row`` is the sheet's."""

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
    row: int = 0


def register_lines(laid: Laid, reading: Reading[RegisterLine]) -> list[RegisterLine]:
    """Return every person of a register sheet. Raises BadInput with all problems, or when there is nobody."""
    reading.settled(laid.grid.name)
    if not reading.lines:
        raise BadInput(laid.grid.name, "只有表头，没有人。")
    return reading.lines


def read_register(laid: Laid, progress: Progress | None = None) -> Reading[RegisterLine]:
    """Return what a register says, and what is wrong with it by row and column."""
    reading: Reading[RegisterLine] = Reading(notes=row_notes(laid))
    seen: dict[str, int] = {}
    households: dict[str, tuple[str, str, int]] = {}
    for number, found, row in laid.counted(progress):
        cells = {one.field: _text(one, found.get(one.field)) for one in LAYOUT.wanted}
        if (is_sum(row) and not (cells["name"] and cells["id_number"])) or not any(cells.values()):
            continue
        problems = [
            *_lost(laid, number, found),
            *_problems(laid, number, cells, seen),
            *_split_household(laid, number, cells, households),
        ]
        reading.problems += problems
        if not problems:
            reading.lines.append(_line(number, cells, found.get("born_on")))
        seen.setdefault(cells["id_number"], number)
    return reading


def _text(wanted: Wanted, cell: Cell) -> str:
    """Return a cell as it is kept: numbers without marks, names without gaps, everything else as written."""
    if wanted.sort in (Sort.ACCOUNT, Sort.ID_NUMBER):
        try:
            return values.account(cell) if wanted.sort is Sort.ACCOUNT else values.id_number(cell)
        except ValueError:  # told by _lost
            return plain(cell).upper()
    written = text(cell)
    return written if wanted.sort is not Sort.NAME or written.isascii() else squeezed(cell)


def _line(row: int, cells: dict[str, str], born_on: Cell) -> RegisterLine:
    return RegisterLine(
        cells["household"], cells["team"], cells["head"], cells["name"], cells["relation"], cells["sex"],
        cells["id_number"], _born(cells, born_on), cells["phone"], cells["account"], cells["bank"], cells["note"],
        row,
    )  # fmt: skip


def _born(cells: dict[str, str], cell: Cell) -> date:
    """Return the day of birth as the sheet says, else as the id number does. Raises ValueError."""
    return values.day(cell) if cells["born_on"] else values.day(cells["id_number"][6:14])


def _lost(laid: Laid, row: int, cells: dict[str, Cell]) -> Iterator[Problem]:
    """Figures a spreadsheet has rounded are gone."""
    for field, parse in (("id_number", values.id_number), ("account", values.account)):
        try:
            parse(cells.get(field))
        except ValueError as error:
            yield Problem(row, laid.label(field), str(error))


def _problems(laid: Laid, row: int, cells: dict[str, str], seen: dict[str, int]) -> Iterator[Problem]:
    for field in ("household", "team", "head", "name"):
        if not cells[field]:
            yield Problem(row, laid.label(field), "不能空着")
    if cells["sex"] not in ("男", "女"):
        yield Problem(row, laid.label("sex"), f"应是男或女，现在是“{cells['sex']}”")
    try:
        born_on: date | None = _born(cells, cells["born_on"])
    except ValueError as error:
        yield Problem(row, laid.label("born_on"), str(error))
        born_on = None
    for finding in sound_id_number(cells["id_number"], born_on):
        field = "id_number" if finding.field == "id_number" else "born_on"
        yield Problem(row, laid.label(field), finding.message)
    if cells["id_number"] in seen:
        yield Problem(row, laid.label("id_number"), f"和第{seen[cells['id_number']]}行重复")


def _split_household(
    laid: Laid, row: int, cells: dict[str, str], households: dict[str, tuple[str, str, int]]
) -> Iterator[Problem]:
    """A household has one team and one head, on whichever of its lines they stand."""
    number, team, head = cells["household"], cells["team"], cells["head"]
    known_team, known_head, first = households.setdefault(number, (team, head, row))
    if team != known_team:
        yield Problem(row, laid.label("team"), f"和第{first}行同一户的“{known_team}”不一致")
    if head != known_head:
        yield Problem(row, laid.label("head"), f"和第{first}行同一户的“{known_head}”不一致")


def initials(name: str) -> str:
    """Return the pinyin initials a name may be looked up by, every reading of its characters: 单雄 → ``"cx dx sx"``."""
    from pypinyin import Style, pinyin

    readings = [
        sorted({reading[:1].lower() for reading in character if reading[:1].isascii()})
        for character in pinyin(name, style=Style.NORMAL, heteronym=True)
    ]
    choices = ["".join(choice) for choice in product(*(reading or [""] for reading in readings))]
    return " ".join(sorted(set(choices[: _MOST_READINGS * 8]))[:_MOST_READINGS])
