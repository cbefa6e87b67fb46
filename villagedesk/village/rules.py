"""What must hold for the village's own records: codes, ids, register lines, passwords."""

from collections.abc import Iterator, Sequence
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.village.model import GRANTS, OWNERS, SOURCES, Fund, Kinship, OfficeKind, Officer, Purse, Role

_MOST_NAMED = 6
_CARD_LENGTHS = range(16, 20)
KEY_ROLES = (Role.ACCOUNTANT, Role.CLERK)
"""Who holds the desk's key and looks after its officers."""
_TOO_LITTLE = {
    Purse.BANK: ("银行账上", "请先补记没有登记的到账，或收回预借、把现金存入银行"),
    Purse.CASH: ("现金账上", "请先从银行取现，或收回预借"),
}
"""How bank and cash box are called, and what to do when they hold too little."""


def sound_code(code: str, kind: OfficeKind) -> Iterator[Finding]:
    """An area code has 12 digits for a village (6 + 3 + 3) and 9 for a township (国家统计局 统计用区划代码)."""
    length = 12 if kind is OfficeKind.VILLAGE else 9
    if len(code) != length or not code.isascii() or not code.isdigit():
        yield Finding("village.code", f"区划代码应是{length}位数字，现在是“{code}”。", "code", "统计用区划代码")


def sound_password(password: str, shortest: int) -> Iterator[Finding]:
    """A password is long enough to be one."""
    if len(password) < shortest:
        yield Finding("village.password", f"密码至少{shortest}位。", "password")


def may_leave(officer: Officer, active: Sequence[Officer]) -> Iterator[Finding]:
    """An officer who stops acting still acts, and is not the last who holds the desk's key."""
    if officer.id not in {one.id for one in active}:
        yield Finding("village.officer_left", f"{officer.name}已经停用了。", "name")
    elif officer.role in KEY_ROLES and not [one for one in active if one.role == officer.role and one.id != officer.id]:
        label = Role(officer.role).label
        yield Finding(
            "village.last_officer", f"{officer.name}是唯一的{label}，停了就没有人能记账。请先添加新的{label}。", "name"
        )


def sound_id_number(number: str, born_on: date | None) -> Iterator[Finding]:
    """A resident id number has a right check digit (GB 11643-1999) and agrees with the day of birth.

    The area code is not looked up: cards keep the code of the place and year they were first issued in.
    """
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        birth = ric.get_birth_date(number)
        is_sound = len(number) == 18 and ric.calc_check_digit(number) == number[-1]
    except (ValidationError, ValueError):
        birth, is_sound = None, False
    if not is_sound:
        yield Finding("village.id_number", f"身份证号“{number}”不对，请核对每一位。", "id_number", "GB 11643-1999")
    elif born_on and birth != born_on:
        yield Finding("village.born_on", "出生日期和身份证号里的不一致。", "born_on")


def likely_card(account: str) -> bool:
    """Tell whether an account may be right: a card of 16 to 19 figures ends in its check digit (ISO/IEC 7812-1).

    Passbooks are longer or shorter, 22 figures at the rural bank; they have none and are never doubted.
    """
    from stdnum import luhn

    return len(account) not in _CARD_LENGTHS or bool(luhn.is_valid(account))


def doubted_cards(names: Sequence[str]) -> str:
    """Return what is said of people whose card may be miscopied, without its full stop. It never blocks."""
    return f"{named(names)}的卡号校验位不对，可能抄错了，请照卡核对"


def named(names: Sequence[str]) -> str:
    """Return names for a sentence: “甲”“乙”等8人."""
    shown = "、".join(f"“{name}”" for name in names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else f"{shown}等{len(names)}人"


def sound_kinship(kinship: Kinship, known: Sequence[Kinship]) -> Iterator[Finding]:
    """A kinship names two people, once."""
    if not kinship.holder or not kinship.relative:
        yield Finding("village.kinship", "请写上任职人员和亲属的姓名。", "relative" if kinship.holder else "holder")
    elif kinship.holder == kinship.relative:
        yield Finding("village.kinship", "任职人员和亲属是同一个人，请核对。", "relative")
    pairs = {(one.holder, one.relative) for one in known if one.id != kinship.id}
    if (kinship.holder, kinship.relative) in pairs:
        yield Finding("village.kinship", f"{kinship.relative}和{kinship.holder}的关系已经登记了。", "relative")


def sound_fund(year: int, source: str, owner: str, planned_fen: int) -> Iterator[Finding]:
    """A fund has a known source and owner and a plan that is not negative (专账)."""
    if not 1990 <= year <= 2200:
        yield Finding("village.fund_year", "年度应是四位年份。", "year")
    if source not in SOURCES:
        yield Finding("village.fund_source", f"资金来源应是：{'、'.join(SOURCES)}。", "source")
    if owner not in OWNERS:
        yield Finding("village.fund_owner", f"资金归属应是：{'、'.join(OWNERS)}。", "owner")
    if planned_fen < 0:
        yield Finding("village.fund_plan", "计划金额不能是负数。", "planned_fen")


def opened_once(fund: Fund, known: Fund | None) -> Iterator[Finding]:
    """A year, source and owner have one fund (一年一来源一专账); what is ``known`` is changed, not opened again."""
    if known:
        message = f"{fund.year}年“{fund.name}”的专账已经开了。计划变了的，打开它按“改计划”。"
        yield Finding("village.fund_open", message, "source", place=f"village:{known.id}")


def arrived(amount_fen: int, arrived_on: date, today: date) -> Iterator[Finding]:
    """What arrived is some money, and does not lie in the future."""
    if amount_fen <= 0:
        yield Finding("village.arrival", "到账金额应大于零。", "amount_fen")
    if arrived_on > today:
        yield Finding("village.arrival_ahead", "到账日期在今天之后，请核对。", "arrived_on")


def within_plan(arrived_fen: int, planned_fen: int, place: str = "") -> Iterator[Finding]:
    """More money than planned arrives only with a reason. ``place`` is where the plan can be changed."""
    if arrived_fen > planned_fen:
        message = "到账累计超过计划数，请核对。上级追加了的，请先改计划；没有追加又确实如此，请写明原因。"
        yield Finding("village.over_plan", message, "amount_fen", severity=Severity.WARNING, place=place)


def sound_plan_change(fund: Fund, planned_fen: int, document: str, reason: str) -> Iterator[Finding]:
    """A change of a fund's plan changes something, rests on a paper that it names, and says why."""
    yield from sound_fund(fund.year, fund.source, fund.owner, planned_fen)
    if (planned_fen, document) == (fund.planned_fen, fund.document):
        yield Finding("village.plan_same", "计划金额和文号都和原来一样，没有要改的。", "planned_fen")
    if not document:
        paper = "上级文件的文号" if fund.source in GRANTS else "哪一次会议定的"
        yield Finding("village.plan_document", f"请写明改计划的依据：{paper}。", "document")
    if not reason.strip():
        yield Finding("village.reason", "请写明为什么改，以后查账的人要看。", "reason")


def plan_holds(fund: Fund, planned_fen: int, arrived_fen: int, begun_fen: int, budgeted_fen: int) -> Iterator[Finding]:
    """A changed plan is not less than what arrived, and a lower one carries the budgets in force (专账专用).

    ``begun_fen`` is what the fund began with: budgets stand on it too.
    """
    if planned_fen != fund.planned_fen and 0 <= planned_fen < arrived_fen:
        message = (
            f"“{fund.label}”已经到账{yuan(arrived_fen)}元，计划不能改成{yuan(planned_fen)}元。"
            "到账记错了的，请先到收支账冲销那一笔，再改计划。"
        )
        yield Finding("village.plan_arrived", message, "planned_fen", place=f"ledger:fund:{fund.id}")
    short_fen = budgeted_fen - begun_fen - planned_fen
    if 0 <= planned_fen < fund.planned_fen and short_fen > 0:
        begun = f"，其中{yuan(begun_fen)}元靠期初和结转" if begun_fen else ""
        message = (
            f"这笔资金已经安排的项目预算共{yuan(budgeted_fen)}元{begun}，计划改成{yuan(planned_fen)}元就差"
            f"{yuan(short_fen)}元。请先开会决议，把预算减下来，再改计划。"
        )
        yield Finding(
            "village.plan_budgets", message, "planned_fen", "专账专用，严禁超计划安排", place="projects:budget"
        )


def begins_with(amount_fen: int, day: date, document: str, today: date) -> Iterator[Finding]:
    """What a fund begins with is some money on a day that has come, and a paper of the older books says so."""
    if amount_fen <= 0:
        yield Finding("village.opening", "期初余额应大于零。", "amount_fen")
    if day > today:
        yield Finding("village.opening_ahead", "期初日期在今天之后，请核对。", "opened_on")
    if not document.strip():
        yield Finding("village.opening_document", "请写明期初余额的依据，例如“2025年总账第12页”。", "document")


def begins_once(*, has_opening: bool) -> Iterator[Finding]:
    """A fund has one opening balance from older books; a second one is written down only with a reason."""
    if has_opening:
        message = "这笔专账已经登记过期初余额。确实还要再登记一笔，请写明原因。"
        yield Finding("village.opening_twice", message, "amount_fen", severity=Severity.WARNING)


def begins_outside(fund: Fund, *, has_year_before: bool) -> Iterator[Finding]:
    """A fund whose year before lies in these books begins with what is carried from it, never with a sum by hand."""
    if has_year_before:
        message = f"{fund.year - 1}年“{fund.name}”的专账就在账里，{fund.year}年的期初余额要从它结转，不能手工登记。请改办结转。"
        yield Finding("village.opening_by_hand", message, "fund_id")


def same_money(source: Fund, target: Fund) -> Iterator[Finding]:
    """Money is carried only to the next year of the same source and owner (专账管理，严禁平调和挪用)."""
    if target.year != source.year + 1:
        message = f"{source.year}年的结余只能结转到{source.year + 1}年的专账，不能转到{target.year}年。"
        yield Finding("village.carry_year", message, "to_fund_id")
    if (target.source, target.owner) != (source.source, source.owner):
        message = (
            f"“{source.source}”（{source.owner}）的结余不能转到“{target.source}”（{target.owner}）："
            "资金只能结转到同一来源、同一归属的下年专账，严禁平调。"
        )
        yield Finding("village.carry_other", message, "to_fund_id", "专账管理，严禁平调和挪用")


def carried_when(year: int, day: date, last_moved: date | None, today: date) -> Iterator[Finding]:
    """What is left of a year is carried at its end or later, and after all that happened in its fund."""
    if day > today:
        yield Finding("village.opening_ahead", "结转日期在今天之后，请核对。", "opened_on")
    if day < date(year, 12, 31):
        yield Finding("village.carry_early", f"{year}年还没有结束，结余要到年底才能结转。", "opened_on")
    elif last_moved and day < last_moved:
        message = f"这笔专账在{chinese_date(last_moved)}还有收支，结转日期不能比它早。"
        yield Finding("village.carry_order", message, "opened_on")


def something_left(left_fen: int, waiting_fen: int) -> Iterator[Finding]:
    """There is something to carry; claims that still wait to be paid from the old fund are left behind knowingly."""
    if left_fen <= 0:
        yield Finding("village.carry_nothing", "这笔专账没有结余，不用结转。", "from_fund_id")
    elif waiting_fen:
        message = f"这笔专账还有{yuan(waiting_fen)}元报账单没有付款，结转以后就付不出了。请先付款或作废；确实要结转请写明原因。"
        yield Finding("village.carry_waiting", message, "from_fund_id", severity=Severity.WARNING)


def taken_back(amount_fen: int, *, is_reversed: bool) -> Iterator[Finding]:
    """What came in is taken back once, and a reversal is never itself reversed (红字冲销)."""
    if amount_fen < 0:
        yield Finding("village.red", "这一笔本身就是冲销，不能再冲销。要恢复，请重新登记一笔。")
    elif is_reversed:
        yield Finding("village.reversed", "这一笔已经冲销过了。")


def enough_in(purse: Purse, amount_fen: int, lowest_fen: int) -> Iterator[Finding]:
    """Bank and cash box hold what is taken from them, on the day and ever since (库存不得为负).

    ``lowest_fen`` is the least there is from that day on, before it is taken.
    """
    if amount_fen > lowest_fen:
        there, way = _TOO_LITTLE[purse]
        message = (
            f"{there}没有这么多：从那一天起最少时只有{yuan(max(lowest_fen, 0))}元，"
            f"这一笔是{yuan(amount_fen)}元。{way}，再办这一笔。"
        )
        yield Finding("ledger.not_enough", message, "amount_fen", place="ledger:")


def still_there(left_fen: int, amount_fen: int) -> Iterator[Finding]:
    """Money that was already spent or carried on cannot be taken back: the fund would be overdrawn."""
    if amount_fen > left_fen:
        message = f"冲销{yuan(amount_fen)}元以后这笔专账就透支了（现在只剩{yuan(max(left_fen, 0))}元）。请先冲销用掉这笔钱的凭证。"
        yield Finding("village.spent", message)


def taken_back_when(day: date, recorded_on: date, today: date, reason: str) -> Iterator[Finding]:
    """A reversal says why, lies not in the future and not before what it takes back."""
    if not reason.strip():
        yield Finding("village.reason", "请写明冲销的原因。", "reason")
    if day > today:
        yield Finding("village.reversal_ahead", "冲销日期在今天之后，请核对。", "day")
    elif day < recorded_on:
        yield Finding("village.reversal_early", f"冲销日期不能早于原来的日期（{chinese_date(recorded_on)}）。", "day")
