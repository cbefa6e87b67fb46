"""The bank's answer to a batch as it comes (text with bars, commas or tabs, GBK or UTF-8, a spreadsheet): its lines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.kernel.progress import Progress
from villagedesk.payroll.bankwords import bank_words
from villagedesk.payroll.model import PayOutcome
from villagedesk.storage.foreign import Cell, Grid, is_blank, open_book, plain, squeezed, text
from villagedesk.storage.foreign.values import account, amount

_HEADS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "流水号", "明细序号", "笔号"),
    "account": (
        "账号", "帐号", "卡号", "账户", "银行账号", "银行卡号", "收款账号", "收款人账号", "客户账号", "入账账号", "账户号码",
    ),
    "name": (
        "户名", "姓名", "账户名", "账户名称", "账户姓名", "收款人", "收款人姓名", "收款人户名", "收款户名", "收款人名称",
        "客户姓名", "客户名称",
    ),
    "amount": ("金额", "交易金额", "发放金额", "补贴金额", "代发金额", "实发金额", "入账金额", "支付金额", "转账金额"),
    "told": (
        "处理结果", "结果", "状态", "交易状态", "处理状态", "发放状态", "支付状态", "入账状态", "交易结果", "代发结果",
        "发放结果", "支付结果", "入账结果", "返回结果", "成功标志",
    ),
    "reason": ("失败原因", "原因", "错误信息", "失败说明"),
    "remark": ("备注", "摘要", "返回信息", "响应信息"),
}  # fmt: skip
_BARE = ("number", "account", "name", "amount", "told")
"""The fields of an answer without heads; a reason may follow."""

_FIGURES = re.compile(r"\d{12,30}")
_SUM = re.compile(r"(合计|总计|小计|共计|总笔数|总金额|汇总|total|sum|end|eof).*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """What the bank says of one line. ``told`` is its word, ``outcome`` what that means; ``row`` counts from 1.

    ``number`` is the place in the batch as the bank repeats it ("000001"), "" when it does not. ``is_name_whole`` is
    False when the bank's encoding lacked a character and it wrote ``?``.
    """

    row: int
    number: str
    account: str
    name: str
    amount_fen: int
    outcome: PayOutcome
    told: str
    reason: str

    @property
    def is_name_whole(self) -> bool:
        """Whether every character of the name came back."""
        return "?" not in self.name and "？" not in self.name and "\ufffd" not in self.name


def read_return(name: str, content: bytes, progress: Progress | None = None) -> tuple[list[ReturnLine], list[Problem]]:
    """Return the lines of a bank's answer, and what is wrong with the others by row and column.

    Raises BadInput when the file is broken or holds no answer at all, Cancelled.
    """
    progress = progress or Progress()
    book = open_book(name, content)
    for sheet in book.sheets:
        grid = book.grid(sheet, progress)
        if layout := _layout(grid):
            lines, problems = _read(grid, *layout, progress)
            if lines or problems:
                return lines, problems
    raise BadInput(name, "里面没有找到银行的处理结果，请检查是不是选错了文件。")


def _layout(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Return where the lines begin and in which column each field stands, None when it is no answer."""
    for top, row in enumerate(grid.rows[:30]):
        heads = [plain(cell).removesuffix("(元)") for cell in row]
        found = {
            field: place
            for field, aliases in _HEADS.items()
            if (place := next((heads.index(alias) for alias in aliases if alias in heads), None)) is not None
        }
        if {"account", "told"} <= set(found):
            return top + 1, found
    bare = [top for top, row in enumerate(grid.rows) if len(row) >= len(_BARE) and (_has_account(row) or _speaks(row))]
    if any(_has_account(grid.rows[top]) and _speaks(grid.rows[top]) for top in bare):
        width = len(grid.rows[bare[0]])
        return bare[0], {field: place for place, field in enumerate((*_BARE, "reason")) if place < width}
    return None


def _has_account(row: Sequence[Cell]) -> bool:
    return _FIGURES.fullmatch(plain(row[_BARE.index("account")])) is not None


def _speaks(row: Sequence[Cell]) -> bool:
    return bank_words().speaks(text(row[_BARE.index("told")]))


def _read(
    grid: Grid, top: int, columns: Mapping[str, int], progress: Progress
) -> tuple[list[ReturnLine], list[Problem]]:
    lines: list[ReturnLine] = []
    problems: list[Problem] = []
    progress.start("读回盘", len(grid.rows) - top)
    for number, row in enumerate(progress.counted(grid.rows[top:]), top + 1):
        cells = {field: row[place] for field, place in columns.items()}
        first = next((squeezed(cell) for cell in row if not is_blank(cell)), "")
        if _is_rule(row) or _SUM.fullmatch(first) or _is_foot(row, cells):
            continue
        found, wrong = _line(number, cells)
        problems += wrong
        if found:
            lines.append(found)
    return lines, [*problems, *_twice(lines)]


def _is_rule(row: Sequence[Cell]) -> bool:
    """Tell whether a row holds nothing to read: blank, or a line drawn across (-----)."""
    return not any(sign.isalnum() for cell in row for sign in text(cell))


def _is_foot(row: Sequence[Cell], cells: Mapping[str, Cell]) -> bool:
    """Tell whether a row is about no payment but says who printed it, and when: 经办人：…, without account and word."""
    is_said = any(mark in text(cell) for cell in row for mark in "：:")
    return is_said and is_blank(cells["told"]) and not re.search(r"\d{12}", plain(cells["account"]))


def _line(row: int, cells: Mapping[str, Cell]) -> tuple[ReturnLine | None, list[Problem]]:
    problems: list[Problem] = []
    told, reason, remark = (text(cells.get(field)) for field in ("told", "reason", "remark"))
    try:
        kept = account(cells["account"])
        if not re.fullmatch(r"\d{6,30}", kept):
            problems.append(Problem(row, "账号", f"“{kept}”不是账号"))
    except ValueError as error:
        kept = ""
        problems.append(Problem(row, "账号", str(error)))
    try:
        fen = amount(cells.get("amount"))
        if fen <= 0:
            problems.append(Problem(row, "金额", "应大于零"))
    except ValueError as error:
        fen = 0
        problems.append(Problem(row, "金额", str(error)))
    outcome = bank_words().outcome(told)
    if outcome is None:
        problems.append(Problem(row, "处理结果", f"看不懂“{told}”，不知道发成功了没有，请问银行"))
    elif outcome is PayOutcome.PAID and (against := _against(reason, remark)):
        message = f"写的是“{told}”，旁边又写着“{against}”，不知道发成功了没有，请问银行"
        problems.append(Problem(row, "处理结果", message))
    if problems or outcome is None:
        return None, problems
    number, name = squeezed(cells.get("number")), squeezed(cells.get("name"))
    return ReturnLine(row, number, kept, name, fen, outcome, told, reason or remark), []


def _against(reason: str, remark: str) -> str:
    """Return what stands beside a success and says something else, "" when nothing does."""
    if not bank_words().is_silent(reason):
        return reason
    return remark if bank_words().objects(remark) else ""


def _twice(lines: Sequence[ReturnLine]) -> list[Problem]:
    """An answer that says two things of one line of the batch is no answer.

    Without numbers two lines of a batch may look the same: a person with two posts, a couple with one account.
    """
    seen: dict[tuple[str, str, int], ReturnLine] = {}
    problems: list[Problem] = []
    for line in (one for one in lines if one.number):
        first = seen.setdefault((line.number, line.account, line.amount_fen), line)
        if first is not line:
            problems.append(Problem(line.row, "账号", f"和第{first.row}行重复"))
    return problems
