"""A caretakers' pay sheet as it comes from Excel: title, heads with gaps, lines, the 合计 row that must agree."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagedesk.kernel.dates import Period, chinese_date, parse_date
from villagedesk.kernel.errors import BadInput
from villagedesk.kernel.progress import Progress
from villagedesk.payments.payperiod import told_period
from villagedesk.storage.foreign import Cell, is_blank, plain, squeezed, text, values
from villagedesk.storage.foreign.columns import Layout, Sort, Wanted
from villagedesk.storage.foreign.grid import Row
from villagedesk.storage.foreign.heads import Laid
from villagedesk.storage.foreign.reading import Ask, Reading, row_notes, unanswered
from villagedesk.storage.foreign.sums import Sums, is_sum
from villagedesk.village.accounts import misdirected, tail
from villagedesk.village.matching import Register, person_doubt
from villagedesk.village.model import Person

HEADS = ("序号", "姓名", "负责区域", "账号", "金额", "备注")
LAYOUT = Layout(
    "payroll",
    "报酬发放表",
    (
        Wanted("name", "姓名", Sort.NAME, ("人员姓名", "领款人", "领款人姓名", "收款人", "收款人姓名", "户名", "管护员",
               "管护人员", "保洁员", "发放对象", "员工姓名", "领取人"), is_required=True),
        Wanted("amount", "金额", Sort.AMOUNT, ("实发金额", "实发", "实发工资", "实发报酬", "实领金额", "发放金额", "报酬金额",
               "报酬", "工资", "应发金额", "补贴金额", "合计金额", "合计"), is_required=True),
        Wanted("account", "账号", Sort.ACCOUNT, ("帐号", "银行账号", "银行帐号", "卡号", "银行卡号", "一折通账号", "一卡通账号",
               "一卡通号", "一折通号", "社保卡号", "收款账号", "开户账号", "账户", "存折账号")),
        Wanted("area", "负责区域", Sort.TEXT, ("区域", "管护区域", "岗位", "负责路段", "管护内容", "工作内容", "职务", "用工事项",
               "责任区域", "责任区")),
        Wanted("team", "村民小组", Sort.TEXT, ("组别", "小组", "村组", "所在小组", "组")),
        Wanted("id_number", "身份证号", Sort.ID_NUMBER, ("身份证号码", "公民身份号码", "身份证", "证件号码", "收款人身份证号")),
        Wanted("note", "备注", Sort.TEXT, ("说明", "附注")),
    ),
    HEADS,
)  # fmt: skip

_MOST_TEAMS = 20
_FIGURES = re.compile(r"\d{6}")
_ACCOUNT = re.compile(r"\d{12,30}")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
SHARED_ACCOUNT = "和上下的格合并成了一格，看不出是谁的账号，请拆开分别填"
NO_PERIOD = "表头上没有写明是哪年哪个季度，请在标题里写上，例如“2026年第一季度”。"


@dataclass(frozen=True, slots=True)
class PaySheetLine:
    """One person's pay in fen, matched to somebody of the register; ``place`` counts from 1, ``row`` is the sheet's."""

    place: int
    person: Person
    area: str
    account: str
    amount_fen: int
    note: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class PaySheet:
    """A pay sheet, checked: the lines sum to ``total_fen``."""

    title: str
    period: Period
    sheet_date: date
    lines: tuple[PaySheetLine, ...]
    total_fen: int


def pay_sheet(laid: Laid, reading: Reading[PaySheetLine], said: Mapping[str, str]) -> PaySheet:
    """Return the sheet that was read. Raises BadInput with every problem by row and column, open doubts included."""
    name = laid.grid.name
    if not reading.lines and not any(squeezed(cells["name"]) for _, cells, row in laid.lines() if not is_sum(row)):
        raise BadInput(name, "表里没有人。")
    reading.settled(name)
    headline = _headline(laid, said)
    assert headline
    title, period, sheet_date = headline
    return PaySheet(title, period, sheet_date, tuple(reading.lines), sum(line.amount_fen for line in reading.lines))


def read_pay_sheet(
    laid: Laid,
    register: Register,
    said: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    suggested: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading[PaySheetLine]:
    """Return what a pay sheet says, and what is wrong with it by row and column.

    That is: an unknown name, a wrong amount or account, a person twice, a total that is missing or does not agree. A
    name that may be several people, or nobody's exactly, is asked about; ``answers`` holds what was answered,
    ``suggested`` what was answered to an earlier sheet.
    """
    reading: Reading[PaySheetLine] = Reading(notes=row_notes(laid))
    sums = Sums(must_hold=True)
    teams: list[str] = []
    rows_of: dict[str, int] = {}
    asked: Counter[tuple[str, str]] = Counter()
    last = laid.heads.body
    for number, cells, row in laid.counted(progress):
        last = number
        if is_sum(row) and not _is_somebody(laid, row):
            sums.check(laid, reading, number, cells, row)
            continue
        if not (name := squeezed(cells["name"])) or _signs(name) or (_signs(_first(row)) and not _pays(cells)):
            if _pays(cells):
                reading.tell(number, laid.label("name"), "有金额，没有姓名")
            continue
        line = _line(laid, reading, register, number, cells, answers or {}, suggested or {}, asked)
        if line:
            reading.lines.append(line)
            sums.add(line.amount_fen)
            teams += _other_team(register, line.person, plain(cells.get("team")))
            if line.person.id in rows_of:
                message = f"“{line.person.name}”在第{rows_of[line.person.id]}行已经有了"
                reading.tell(number, laid.label("name"), message)
            rows_of.setdefault(line.person.id, number)
    reading.notes += _teams_note(teams)
    _one_list(laid, reading)
    _check_accounts(laid, reading, register)
    _covered(laid, reading, sums, last)
    try:
        headline = _headline(laid, said or {})
        why = NO_PERIOD
    except ValueError as error:
        headline, why = None, f"{error}。"
    if headline is None:
        reading.asks.append(Ask("period", "期间（如 2026Q1 或 2026-03）", why))
    else:
        reading.totals.insert(0, f"{headline[1].label}，{chinese_date(headline[2])}")
    return reading


def _line(
    laid: Laid,
    reading: Reading[PaySheetLine],
    register: Register,
    row: int,
    cells: Mapping[str, Cell],
    answers: Mapping[str, str],
    suggested: Mapping[str, str],
    asked: Counter[tuple[str, str]],
) -> PaySheetLine | None:
    fen = reading.amount(laid, row, cells["amount"])
    if fen is not None and fen <= 0:
        reading.tell(row, laid.label("amount"), "应大于零")
        fen = None
    if laid.is_shared(row, "account"):
        reading.tell(row, laid.label("account"), SHARED_ACCOUNT)
    account = reading.value(row, laid.label("account"), values.account, cells.get("account")) or ""
    id_number = reading.value(row, laid.label("id_number"), values.id_number, cells.get("id_number")) or ""
    name = squeezed(cells["name"])
    match = register.match(name, account=account, id_number=id_number, team=plain(cells.get("team")))
    person = match.person
    if person is None and match.candidates:
        asked[name, account] += 1  # nobody stands on a sheet twice: the second of a name is somebody else
        doubt = person_doubt(register, match, row, laid.label("name"), name, account=account, nth=asked[name, account])
        if unanswered([doubt], answers):
            reading.doubts.append(replace(doubt, suggested=suggested.get(doubt.key, "")))
        else:
            person = next(one for one in match.candidates if one.id == answers[doubt.key])
    elif person is None:
        reading.tell(row, laid.label("name"), f"“{name}”{match.why}")
    if person and account and not _ACCOUNT.fullmatch(account):
        message = f"“{account}”不是完整的账号，请照存折填写；空着的，用户册里的"
        reading.tell(row, laid.label("account"), message)
    if person is None or fen is None:
        return None
    area, note = text(cells.get("area")), text(cells.get("note"))
    return PaySheetLine(len(reading.lines) + 1, person, area, account or person.account, fen, note, row)


def _is_somebody(laid: Laid, row: Row) -> bool:
    """Tell whether a row pays somebody, though a word of sums stands in it: it has a name, and an account or id."""
    name, *figures = (
        row[at] if (at := laid.columns.get(field, -1)) >= 0 else "" for field in ("name", "account", "id_number")
    )
    return not is_blank(name) and not is_sum([name]) and any(_FIGURES.search(plain(cell)) for cell in figures)


def _other_team(register: Register, person: Person, written: str) -> Iterator[str]:
    if other := register.other_team(person, written):
        yield f"“{person.name}”（户册{register.team(person)}，表上{other}）"


def _teams_note(other: Sequence[str]) -> Iterator[str]:
    if other:
        shown = "、".join(other[:_MOST_TEAMS]) + (f"等{len(other)}人" if len(other) > _MOST_TEAMS else "")
        yield f"{shown}的组和户册里的不一样，请核对是不是同一个人。"


def _covered(laid: Laid, reading: Reading[PaySheetLine], sums: Sums, last: int) -> None:
    """No line stands on the sheet without a sum above all or below it; ``last`` is the sheet's last row."""
    sums.close(laid, reading)
    if sums.uncovered or not sums.checked:
        none = "最后几行下面没有“合计”" if sums.checked else "没有“合计”行"
        lacking = "合计没有写金额" if sums.blank else none
        reading.tell(sums.blank or last, laid.label("amount"), f"{lacking}，看不出表是不是完整，请补上")


def _one_list(laid: Laid, reading: Reading[PaySheetLine]) -> None:
    """A sheet with a second list beside the first is read only in part: its names stand in two columns."""
    titles, own = laid.heads.titles, laid.columns["name"]
    beside = [column for column, of_column in enumerate(titles) if of_column == titles[own] and column != own]
    if titles[own] and any(not is_blank(row[at]) for row in laid.grid.rows[laid.heads.body :] for at in beside):
        message = "左右有两份名单，只能读一份。请把右边的接到左边下面，再导入"
        reading.tell(laid.heads.body, laid.label("name"), message)


def _check_accounts(laid: Laid, reading: Reading[PaySheetLine], register: Register) -> None:
    """No line pays into another household; an account that is not the register's is told, with the ends of both."""
    pay = [(line.row, line.person, line.account) for line in reading.lines]
    wrong = dict(misdirected(pay, register.holders))
    for row, message in wrong.items():
        reading.tell(row, laid.label("account"), message)
    other = [
        f"“{line.person.name}”（户册{tail(line.person.account)}，表上{tail(line.account)}）"
        for line in reading.lines
        if line.account != line.person.account and line.row not in wrong
    ]
    if other:
        reading.notes.append(f"{'、'.join(other)}的账号和户册里的不一样，会按表上的发，请照存折逐个核对。")


def _signs(written: str) -> bool:
    """Tell whether a text asks who signs: 制表人：… is nobody's name."""
    return written.endswith(("：", ":")) or "人：" in written


def _first(row: Row) -> str:
    return next((squeezed(cell) for cell in row if not is_blank(cell)), "")


def _pays(cells: Mapping[str, Cell]) -> bool:
    try:
        return not is_blank(cells["amount"]) and values.amount(cells["amount"]) != 0
    except ValueError:
        return False


def _headline(laid: Laid, said: Mapping[str, str]) -> tuple[str, Period, date] | None:
    above = [text(cell) for row in laid.grid.rows[: laid.heads.top] for cell in row if text(cell)]
    period, title = _period(above, said)
    if period is None:
        return None
    dates = (match[0] for line in above if (match := _DATE.search(plain(line))))
    return title, period, parse_date(said.get("date") or next(dates, "") or period.last)


def _period(above: Sequence[str], said: Mapping[str, str]) -> tuple[Period | None, str]:
    """Return the period the sheet's title tells, or the one that was told, with the title."""
    if said.get("period"):
        period = Period.parse(said["period"])
        return period, next(iter(above), "") or f"{period.label}{LAYOUT.title}"
    return told_period(above)
