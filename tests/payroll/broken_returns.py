"""The bank's answer, broken in every way a person or a stick can break it: names, and what each file then holds."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook

from tests.payroll.posts import ANSWER

Rows = list[list[str]]


def rows() -> Rows:
    """Return the fields of the real answer, a row a line."""
    return [line.split("|") for line in ANSWER.read_bytes().decode("gbk").splitlines()]


def text(table: Rows, encoding: str = "gbk", mark: str = "|") -> bytes:
    """Return rows as the bank writes them."""
    return "".join(mark.join(row) + "\r\n" for row in table).encode(encoding)


def _with(row: int, column: int, value: str) -> bytes:
    table = rows()
    table[row][column] = value
    return text(table)


def _shifted() -> bytes:
    return text([["", *row] for row in rows()])


def _swapped() -> bytes:
    return text([[row[0], row[2], row[1], *row[3:]] for row in rows()])


def _moved_accounts() -> bytes:
    table = rows()
    accounts = [row[1] for row in table]
    for row, account in zip(table, [*accounts[1:], accounts[0]], strict=True):
        row[1] = account
    return text(table)


def _twice() -> bytes:
    table = rows()
    return text([*table, table[4]])


def _twice_otherwise() -> bytes:
    table = rows()
    return text([*table, [*table[4][:4], "失败", "账户已销户"]])


def _many() -> bytes:
    table = rows()
    more = [[f"{place:06d}", f"6214{place:015d}", "某人", "1.00", "成功", ""] for place in range(15, 200_001)]
    return text([*table, *more])


def _locked_zip() -> bytes:
    """Return a zip whose entry is marked as encrypted, as banks send them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("回盘.txt", ANSWER.read_bytes())
    content = bytearray(file.getvalue())
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _workbook(*, as_numbers: bool) -> bytes:
    """Return the answer as a workbook; as numbers, its accounts have lost their last figures (6.21434665258676E+18)."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["序号", "账号", "户名", "金额", "处理结果", "失败原因"])
    for row in rows():
        account: str | float = float(row[1]) if as_numbers else f"{float(row[1]):.14E}"
        page.append([row[0], account, row[2], float(row[3]), row[4], row[5]])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _hidden_extra() -> bytes:
    """Return the answer as a workbook with a hidden row that was never sent."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["序号", "账号", "户名", "金额", "处理结果", "失败原因"])
    for row in [*rows(), ["000015", "6214000000000000000", "张三", "500.00", "成功", ""]]:
        page.append(row)
    page.row_dimensions[16].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _claimed_utf8() -> bytes:
    """Return GBK behind the mark of UTF-8."""
    return b"\xef\xbb\xbf" + ANSWER.read_bytes()


def _total_row_wrong() -> bytes:
    return text([*rows(), ["", "6214000000000000001", "合计", "20000.00", "成功", ""]])


BROKEN: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "columns shifted by one": ("回盘.txt", _shifted),
    "name and account changed places": ("回盘.txt", _swapped),
    "accounts moved down a line": ("回盘.txt", _moved_accounts),
    "one amount is another": ("回盘.txt", lambda: _with(2, 3, "1209.47")),
    "an amount in words": ("回盘.txt", lambda: _with(2, 3, "壹仟贰佰零玖元")),
    "an amount below nothing": ("回盘.txt", lambda: _with(2, 3, "-1209.46")),
    "an amount with three places": ("回盘.txt", lambda: _with(2, 3, "1209.460")),
    "an unknown account": ("回盘.txt", lambda: _with(7, 1, "6214000000000000000")),
    "another name": ("回盘.txt", lambda: _with(7, 2, "李四")),
    "a number that was never sent": ("回盘.txt", lambda: _with(7, 0, "000099")),
    "a number twice": ("回盘.txt", lambda: _with(7, 0, "000007")),
    "a line twice": ("回盘.txt", _twice),
    "a line paid and failed": ("回盘.txt", _twice_otherwise),
    "a line missing": ("回盘.txt", lambda: text(rows()[:5] + rows()[6:])),
    "cut off in the middle of a line": ("回盘.txt", lambda: ANSWER.read_bytes()[:430]),
    "empty": ("回盘.txt", lambda: b""),
    "only blanks": ("回盘.txt", lambda: b"\r\n   \r\n"),
    "an outcome nobody understands": ("回盘.txt", lambda: _with(3, 4, "处理中")),
    "a success that was only accepted": ("回盘.txt", lambda: _with(3, 4, "受理成功")),
    "a success taken back": ("回盘.txt", lambda: _with(0, 4, "成功(已冲正)")),
    "a success with the reason of a failure": ("回盘.txt", lambda: _with(0, 5, "账户已销户")),
    "a bounced line before it was paid": ("回盘.txt", lambda: _with(3, 4, "退票")),
    "another separator inside the lines": ("回盘.txt", lambda: text(rows(), mark="#")),
    "GBK behind the mark of UTF-8": ("回盘.txt", _claimed_utf8),
    "UTF-16 cut in half a character": ("回盘.txt", lambda: text(rows(), "utf-16")[:301]),
    "a zip with a password": ("回盘.zip", _locked_zip),
    "a zip called a text": ("回盘.txt", _locked_zip),
    "accounts as numbers": ("回盘.xlsx", lambda: _workbook(as_numbers=True)),
    "accounts in scientific notation": ("回盘.xlsx", lambda: _workbook(as_numbers=False)),
    "a hidden row that was never sent": ("回盘.xlsx", _hidden_extra),
    "half a workbook": ("回盘.xlsx", lambda: _hidden_extra()[:2000]),
    "a total dressed up as a line": ("回盘.txt", _total_row_wrong),
    "200 000 rows": ("回盘.txt", _many),
    "a picture": ("回盘.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
}


def broken(name: str, folder: Path) -> Path:
    """Lay a broken answer in a folder and return it."""
    file_name, make = BROKEN[name]
    path = folder / file_name
    path.write_bytes(make())
    return path
