"""The one-card platform's subsidy roster (一卡通, 17 columns): what it says of accounts, banks and phones."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.storage.foreign import Cell, Grid, squeezed, text
from villagedesk.village.model import Person

HEADS = (
    "序号", "支付状态", "户主姓名", "户主身份证号", "收款人姓名", "收款人身份证号", "银行账号", "开户银行",
    "村(居)委会", "村(居)民小组", "享受人", "享受人身份证号", "联系电话", "现居住地", "年龄", "补贴金额", "填报日期",
)  # fmt: skip
_AMOUNT = re.compile(r"\d{1,10}(\.\d{1,2})?")
_ACCOUNT = re.compile(r"\d{12,30}")
_PEOPLE = (("户主姓名", "户主身份证号"), ("收款人姓名", "收款人身份证号"), ("享受人", "享受人身份证号"))


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One subsidy: whose account it goes to, and whose phone stands beside it."""

    payee: Person
    account: str
    bank: str
    beneficiary: Person
    phone: str


def roster_lines(grid: Grid, people: Mapping[str, Person]) -> list[RosterLine]:
    """Return every line of a roster; ``people`` are the villagers by id number.

    Raises BadInput with every problem by row and column: an id nobody has, another name than the register's, a payee
    who is neither beneficiary nor head of the household, an account or amount that is none, a payee with two
    accounts, a beneficiary twice.
    """
    top = grid.head_row(*HEADS)
    columns = {head: grid.column(top, head) for head in HEADS}
    lines: list[RosterLine] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    accounts: dict[str, str] = {}
    for number, row in enumerate(grid.rows[top + 1 :], top + 2):
        cells = {head: row[place] for head, place in columns.items()}
        if not any(text(cell) for cell in row):
            continue
        found = [*_problems(number, cells, people, seen), *_one_account(number, cells, accounts)]
        problems += found
        if not found:
            lines.append(_line(cells, people))
        seen.setdefault(squeezed(cells["享受人身份证号"]), number)
    if problems:
        raise BadInput(grid.name, f"有{len(problems)}处不对，请按行改好后再导入。", problems)
    if not lines:
        raise BadInput(grid.name, "只有表头，没有人。")
    return lines


def _line(cells: Mapping[str, Cell], people: Mapping[str, Person]) -> RosterLine:
    return RosterLine(
        payee=people[squeezed(cells["收款人身份证号"])],
        account=squeezed(cells["银行账号"]),
        bank=text(cells["开户银行"]),
        beneficiary=people[squeezed(cells["享受人身份证号"])],
        phone=squeezed(cells["联系电话"]),
    )


def _problems(
    row: int, cells: Mapping[str, Cell], people: Mapping[str, Person], seen: Mapping[str, int]
) -> Iterator[Problem]:
    for name_head, id_head in _PEOPLE:
        yield from _known(row, name_head, squeezed(cells[name_head]), id_head, squeezed(cells[id_head]), people)
    payee, beneficiary = squeezed(cells["收款人身份证号"]), squeezed(cells["享受人身份证号"])
    if payee not in (beneficiary, squeezed(cells["户主身份证号"])):
        yield Problem(row, "收款人身份证号", "收款人应是享受人本人或户主")
    if not _ACCOUNT.fullmatch(squeezed(cells["银行账号"])) or isinstance(cells["银行账号"], float):
        message = f"“{text(cells['银行账号'])}”不是完整的账号，请把这一列改成文本格式，再照存折填一遍"
        yield Problem(row, "银行账号", message)
    if not _AMOUNT.fullmatch(squeezed(cells["补贴金额"])):
        yield Problem(row, "补贴金额", f"“{text(cells['补贴金额'])}”不是金额，请写成 1234.50 这样")
    if beneficiary in seen:
        yield Problem(row, "享受人身份证号", f"和第{seen[beneficiary]}行重复")


def _one_account(row: int, cells: Mapping[str, Cell], accounts: dict[str, str]) -> Iterator[Problem]:
    account = squeezed(cells["银行账号"])
    if accounts.setdefault(squeezed(cells["收款人身份证号"]), account) != account:
        yield Problem(row, "银行账号", "和前面同一个收款人的账号不一样")


def _known(
    row: int, name_head: str, name: str, id_head: str, id_number: str, people: Mapping[str, Person]
) -> Iterator[Problem]:
    person = people.get(id_number)
    if person is None:
        yield Problem(row, id_head, f"户册里没有身份证号是“{id_number}”的人，请核对，或先导入户册")
    elif person.name != name:
        yield Problem(row, name_head, f"表里是“{name}”，户册里这个身份证号是“{person.name}”")
