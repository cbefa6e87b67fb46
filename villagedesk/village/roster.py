"""The one-card platform's subsidy roster (一卡通, 17 columns): what it says of accounts, banks and phones."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.kernel.progress import Progress
from villagedesk.storage.foreign import Cell, is_blank, plain, squeezed, text, values
from villagedesk.storage.foreign.columns import Layout, Sort, Wanted
from villagedesk.storage.foreign.heads import Laid
from villagedesk.storage.foreign.reading import Reading, row_notes
from villagedesk.storage.foreign.sums import Sums, is_sum
from villagedesk.village.accounts import misdirected
from villagedesk.village.matching import same_name
from villagedesk.village.model import Person

HEADS = (
    "序号", "支付状态", "户主姓名", "户主身份证号", "收款人姓名", "收款人身份证号", "银行账号", "开户银行",
    "村(居)委会", "村(居)民小组", "享受人", "享受人身份证号", "联系电话", "现居住地", "年龄", "补贴金额", "填报日期",
)  # fmt: skip
LAYOUT = Layout(
    "roster",
    "一卡通花名册",
    (
        Wanted("payee", "收款人姓名", Sort.NAME, ("收款人", "领款人姓名", "开户人", "账户名", "户名")),
        Wanted("payee_id", "收款人身份证号", Sort.ID_NUMBER, ("收款人身份证号码", "收款人身份证", "领款人身份证号",
               "开户人身份证号"), is_required=True),
        Wanted("account", "银行账号", Sort.ACCOUNT, ("银行帐号", "账号", "帐号", "一卡通账号", "一折通账号", "银行卡号",
               "社保卡号", "卡号"), is_required=True),
        Wanted("bank", "开户银行", Sort.TEXT, ("开户行", "银行名称", "发放银行")),
        Wanted("head", "户主姓名", Sort.NAME, ("户主",)),
        Wanted("head_id", "户主身份证号", Sort.ID_NUMBER, ("户主身份证号码", "户主身份证")),
        Wanted("beneficiary", "享受人", Sort.NAME, ("享受人姓名", "受益人", "补贴对象", "补贴对象姓名")),
        Wanted("beneficiary_id", "享受人身份证号", Sort.ID_NUMBER, ("享受人身份证号码", "享受人身份证", "受益人身份证号",
               "补贴对象身份证号")),
        Wanted("phone", "联系电话", Sort.TEXT, ("电话", "手机", "手机号", "手机号码", "电话号码")),
        Wanted("amount", "补贴金额", Sort.AMOUNT, ("金额", "发放金额", "补贴资金")),
    ),
    HEADS,
)  # fmt: skip
_ACCOUNT = re.compile(r"\d{12,30}")
_LOST = "?"
"""Instead of an id number whose last figures are gone."""
_PEOPLE = (("head", "head_id"), ("payee", "payee_id"), ("beneficiary", "beneficiary_id"))


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One subsidy: whose account it goes to, and whose phone stands beside it; ``row`` is the sheet's."""

    payee: Person
    account: str
    bank: str
    beneficiary: Person
    phone: str
    row: int = 0


def roster_lines(laid: Laid, reading: Reading[RosterLine]) -> list[RosterLine]:
    """Return every line of a roster. Raises BadInput with every problem by row and column, or when there is nobody."""
    reading.settled(laid.grid.name)
    if not reading.lines:
        raise BadInput(laid.grid.name, "只有表头，没有人。")
    return reading.lines


def read_roster(laid: Laid, people: Mapping[str, Person], progress: Progress | None = None) -> Reading[RosterLine]:
    """Return what a roster says; ``people`` are the villagers by id number.

    What is wrong: an id nobody has, another name than the register's, a payee who is neither beneficiary nor head of
    the household, an account or amount that is none, a payee with two accounts, an account of two households, a
    beneficiary twice, a false total.
    """
    reading: Reading[RosterLine] = Reading(notes=row_notes(laid))
    seen: dict[str, int] = {}
    accounts: dict[str, str] = {}
    sums = Sums()
    for number, cells, row in laid.counted(progress):
        if is_sum(row) and (is_blank(cells["payee_id"]) or is_blank(cells["account"])):
            sums.check(laid, reading, number, cells, row)
            continue
        if _is_footer(cells, row):
            continue
        before = len(reading.problems)
        ids = {field: _id_number(laid, reading, number, field, cells) for _, field in _PEOPLE}
        account = _account(laid, reading, number, cells["account"])
        reading.problems += _problems(laid, number, cells, ids, people, seen)
        if account and accounts.setdefault(ids["payee_id"], account) != account:
            reading.tell(number, laid.label("account"), "和前面同一个收款人的账号不一样")
        fen = _amount(laid, reading, number, cells)
        if len(reading.problems) == before:
            reading.lines.append(_line(number, cells, ids, account, people))
            sums.add(fen or 0)
        seen.setdefault(_beneficiary(ids), number)
    sums.close(laid, reading)
    paid = [(one.row, one.payee, one.account) for one in reading.lines]
    for at, message in misdirected(paid, _holders(reading, people)):
        reading.tell(at, laid.label("account"), message)
    return reading


def _holders(reading: Reading[RosterLine], people: Mapping[str, Person]) -> Callable[[str], Sequence[Person]]:
    """Return who keeps an account by the register: of whom the roster tells one it does not count."""
    told = {line.payee.id for line in reading.lines}
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people.values():
        if person.id not in told:
            found[person.account].append(person)
    return lambda account: found.get(account, ())


def _line(
    row: int, cells: Mapping[str, Cell], ids: Mapping[str, str], account: str, people: Mapping[str, Person]
) -> RosterLine:
    return RosterLine(
        payee=people[ids["payee_id"]],
        account=account,
        bank=text(cells.get("bank")),
        beneficiary=people[_beneficiary(ids)],
        phone=plain(cells.get("phone")),
        row=row,
    )


def _beneficiary(ids: Mapping[str, str]) -> str:
    """Return whose subsidy it is: the payee's own where the sheet does not say."""
    return ids["beneficiary_id"] or ids["payee_id"]


def _id_number(laid: Laid, reading: Reading[RosterLine], row: int, field: str, cells: Mapping[str, Cell]) -> str:
    """Return an id number as it is looked for; one that lost its figures is told and is nobody's."""
    found = reading.value(row, laid.label(field), values.id_number, cells.get(field))
    return _LOST if found is None else found


def _account(laid: Laid, reading: Reading[RosterLine], row: int, cell: Cell) -> str:
    """Return an account's figures; "" for what is none, which is told."""
    found = reading.value(row, laid.label("account"), values.account, cell)
    if found is not None and not _ACCOUNT.fullmatch(found):
        message = f"“{text(cell)}”不是完整的账号，请把这一列改成文本格式，再照存折填一遍"
        reading.tell(row, laid.label("account"), message)
    return found or ""


def _amount(laid: Laid, reading: Reading[RosterLine], row: int, cells: Mapping[str, Cell]) -> int | None:
    """Return a subsidy in fen, None where the sheet has no amounts or this one is none, which is told."""
    fen = reading.amount(laid, row, cells["amount"]) if "amount" in cells else None
    if fen is not None and fen < 0:
        reading.tell(row, laid.label("amount"), "不能小于零")
    return fen


def _is_footer(cells: Mapping[str, Cell], row: tuple[Cell, ...]) -> bool:
    """Tell whether a row is what stands below the lines: 制表人： and the like, or nothing but a number."""
    if any(not is_blank(cells.get(field)) for field in ("payee", "payee_id", "account", "beneficiary_id")):
        return False
    return is_blank(cells.get("amount")) or any("：" in text(cell) or ":" in text(cell) for cell in row)


def _problems(
    laid: Laid,
    row: int,
    cells: Mapping[str, Cell],
    ids: Mapping[str, str],
    people: Mapping[str, Person],
    seen: Mapping[str, int],
) -> Iterator[Problem]:
    for field, id_field in _PEOPLE:
        if ids[id_field] != _LOST and (ids[id_field] or id_field in laid.columns):
            yield from _known(laid, row, field, squeezed(cells.get(field)), id_field, ids[id_field], people)
    payee, beneficiary = ids["payee_id"], _beneficiary(ids)
    if _LOST not in ids.values() and payee not in (beneficiary, ids["head_id"]):
        yield Problem(row, laid.label("payee_id"), "收款人应是享受人本人或户主")
    if beneficiary in seen and beneficiary != _LOST:
        yield Problem(row, laid.label("beneficiary_id"), f"和第{seen[beneficiary]}行重复")


def _known(
    laid: Laid, row: int, field: str, name: str, id_field: str, id_number: str, people: Mapping[str, Person]
) -> Iterator[Problem]:
    person = people.get(id_number)
    if person is None:
        message = f"户册里没有身份证号是“{id_number}”的人，请核对，或先导入户册"
        yield Problem(row, laid.label(id_field), message)
    elif field in laid.columns and not same_name(person.name, name):
        message = f"表里是“{name}”，户册里这个身份证号是“{person.name}”"
        yield Problem(row, laid.label(field), message)
