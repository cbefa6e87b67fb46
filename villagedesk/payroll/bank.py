"""A file for the bank, by a channel's columns: spreadsheets of text cells, or text in the bank's encoding.

Nothing is ever replaced: a character that the encoding lacks, or that would part a field in two, is named with the
person and stops the file.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import plain_yuan
from villagedesk.payroll.channels import Channel, FileKind
from villagedesk.village.model import Household, Person

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # or the same batch would give other bytes tomorrow
_LINE_END = "\r\n"


@dataclass(frozen=True, slots=True)
class Payment:
    """One line for the bank: who is paid for whose work or land, to which account, how much."""

    place: int
    person: Person
    payee: Person
    head: Person | None
    household: Household
    account: str
    bank: str
    amount_fen: int
    day: date
    village: str
    purpose: str


FILLINGS: Mapping[str, Callable[[Payment], str]] = {
    "place": lambda pay: str(pay.place),
    "place6": lambda pay: f"{pay.place:06d}",
    "head_name": lambda pay: pay.household.head_name,
    "head_id": lambda pay: pay.head.id_number if pay.head else "",
    "payee_name": lambda pay: pay.payee.name,
    "payee_id": lambda pay: pay.payee.id_number,
    "account": lambda pay: pay.account,
    "bank": lambda pay: pay.bank,
    "committee": lambda pay: committee(pay.village),
    "team": lambda pay: pay.household.team,
    "person_name": lambda pay: pay.person.name,
    "person_id": lambda pay: pay.person.id_number,
    "phone": lambda pay: pay.payee.phone,
    "age": lambda pay: str(pay.day.year - pay.person.born_on.year),
    "amount": lambda pay: plain_yuan(pay.amount_fen),
    "day": lambda pay: pay.day.isoformat(),
    "purpose": lambda pay: pay.purpose,
}
"""What a column may hold, by the name its profile calls it."""


def committee(village: str) -> str:
    """Return the name of a village's committee: 青山村村民委员会, 双石社区居民委员会."""
    return f"{village}居民委员会" if village.endswith("社区") else f"{village}村民委员会"


def rows(channel: Channel, payments: Sequence[Payment]) -> list[list[str]]:
    """Return what stands in the channel's columns, a row for each payment."""
    return [
        [column.text if column.holds == "text" else FILLINGS[column.holds](pay) for column in channel.columns]
        for pay in payments
    ]


def as_rows(channel: Channel, payments: Sequence[Payment]) -> list[Payment]:
    """Return the payments as the file's rows: as they are, or one for each person with the sum of theirs."""
    if not channel.one_row_each:
        return list(payments)
    made: dict[str, Payment] = {}
    for pay in payments:
        before = made.setdefault(pay.person.id, replace(pay, place=len(made) + 1, amount_fen=0))
        made[pay.person.id] = replace(before, amount_fen=before.amount_fen + pay.amount_fen)
    return list(made.values())


def one_account_each(channel: Channel, payments: Sequence[Payment]) -> Iterator[Finding]:
    """Who stands in the file once gets all of it on one account."""
    first: dict[str, Payment] = {}
    for pay in payments if channel.one_row_each else ():
        if first.setdefault(pay.person.id, pay).account != pay.account:
            message = (
                f"“{pay.person.name}”在这张表上有几笔，打到不同的账号，这种格式一个人只能有一行，合不到一起。"
                "没有生成文件。请换一种格式，或重做这张表，都打到一个账号。"
            )
            yield Finding("payroll.two_accounts", message, "channel", place=f"village:{pay.person.id}")


def writable(channel: Channel, payments: Sequence[Payment]) -> Iterator[Finding]:
    """Every character can be written as the bank reads it; what cannot is named, with the person and its code point.

    A spreadsheet holds every character; a text holds those of its encoding, and none that would part its fields.
    """
    heads = [column.head for column in channel.columns]
    for pay, row in zip(payments, rows(channel, payments), strict=True):
        for head, cell in zip(heads, row, strict=True):
            if lacking := _lacking(channel, cell):
                signs = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in lacking)
                message = (
                    f"第{pay.place}行“{pay.payee.name}”的{head}里有字写不进{_encoding(channel)}文件：{signs}。"
                    "没有生成文件。请改用 Excel 表或 UTF-8 的格式，或照银行登记的户名更正户册。"
                )
                yield Finding("payroll.unwritable", message, "channel", place=f"village:{pay.payee.id}")


def written(channel: Channel, payments: Sequence[Payment]) -> bytes:
    """Return the file's content; the same payments give the same bytes.

    Raises ValueError when ``writable`` would have found something.
    """
    table = rows(channel, payments)
    match channel.kind:
        case FileKind.XLS:
            return _xls(channel, table)
        case FileKind.XLSX:
            return _xlsx(channel, table)
        case FileKind.CSV | FileKind.TEXT:
            return _text(channel, table)


def _lacking(channel: Channel, cell: str) -> list[str]:
    """Return the characters of a cell that the channel cannot hold, each once."""
    is_text = channel.kind in (FileKind.CSV, FileKind.TEXT)
    parting = {"\r", "\n", "\t", '"', channel.separator} if is_text else {"\r", "\n", "\t"}
    return [sign for sign in dict.fromkeys(cell) if sign in parting or (is_text and not _fits(sign, channel.encoding))]


def _fits(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _encoding(channel: Channel) -> str:
    return channel.encoding.upper() if channel.encoding else channel.kind.value


def _text(channel: Channel, table: Sequence[Sequence[str]]) -> bytes:
    heads = [[column.head for column in channel.columns]] if channel.has_heads else []
    last = channel.separator if channel.ends_with_separator else ""
    lines = [channel.separator.join(row) + last + _LINE_END for row in [*heads, *table]]
    return "".join(lines).encode(channel.encoding)


def _xls(channel: Channel, table: Sequence[Sequence[str]]) -> bytes:
    """The old format of Excel 97, which the one-card platform still asks for."""
    from xlwt import Workbook, easyxf

    book = Workbook(encoding="utf-8")
    page = book.add_sheet(channel.sheet)
    plain, general = easyxf(num_format_str="@"), easyxf()
    for place, column in enumerate(channel.columns):
        if channel.has_heads:
            page.write(0, place, column.head, plain)
        page.col(place).width = 256 * _width([column.head, *(row[place] for row in table)])
    for line, row in enumerate(table, 1 if channel.has_heads else 0):
        for place, (column, cell) in enumerate(zip(channel.columns, row, strict=True)):
            page.write(line, place, int(cell) if column.is_number else cell, general if column.is_number else plain)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _xlsx(channel: Channel, table: Sequence[Sequence[str]]) -> bytes:
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        page = book.add_worksheet(channel.sheet)
        plain = book.add_format({"num_format": "@"})
        for place, column in enumerate(channel.columns):
            page.set_column(place, place, _width([column.head, *(row[place] for row in table)]), plain)
            if channel.has_heads:
                page.write_string(0, place, column.head, plain)
        for line, row in enumerate(table, 1 if channel.has_heads else 0):
            for place, (column, cell) in enumerate(zip(channel.columns, row, strict=True)):
                if column.is_number:
                    page.write_number(line, place, int(cell))
                else:
                    page.write_string(line, place, cell, plain)
    return file.getvalue()


def _width(cells: Sequence[str]) -> int:
    """Return how many characters wide a column is; a Chinese one counts two."""
    return min(60, 2 + max(sum(1 + (ord(sign) > 255) for sign in cell) for cell in cells))
