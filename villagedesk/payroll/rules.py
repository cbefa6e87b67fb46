"""What must hold before people are paid: who, to which account, for what, once, and why an amount was changed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import Payroll, PayrollKind, PayrollLine
from villagedesk.payroll.quantities import LARGEST, PLACES, what_and_unit
from villagedesk.payroll.runs import TENTHS, Run, days, days_of, has_arithmetic, is_changed, worth
from villagedesk.village.accounts import BASIS as _PERSON_BASIS
from villagedesk.village.model import Household, Person
from villagedesk.village.rules import doubted_cards, likely_card, named

BY_MONTH = (PayrollKind.BASE, PayrollKind.POST)
BY_POST = (PayrollKind.BASE, PayrollKind.POST, PayrollKind.PERFORMANCE)
_ONE_PAY: Mapping[PayrollKind, frozenset[PayrollKind]] = {
    PayrollKind.BASE: frozenset(BY_MONTH),
    PayrollKind.POST: frozenset(BY_MONTH),
    PayrollKind.PERFORMANCE: frozenset({PayrollKind.PERFORMANCE}),
}
"""Kinds that pay the same thing: base pay and 岗位工资 of one post are one pay."""

_ASSESSED_BASIS = "绩效报酬在本人或本合同当季度考核以后发放"
_SHORTEST_ACCOUNT, _LONGEST_ACCOUNT = 12, 30


def complete(run: Run, today: date) -> Iterator[Finding]:
    """A sheet says what it is for, and has somebody on it; the kind fits the length of its period."""
    if not run.lines:
        yield Finding("payroll.empty", "表里还没有人，请先加人。", "lines")
    if not run.title.strip():
        yield Finding("payroll.title", "请填表的标题。", "title")
    if run.sheet_date > today:
        yield Finding("payroll.future", "制表日期在今天之后，请核对。", "sheet_date")
    if run.kind in BY_MONTH and run.period.months != 1:
        yield Finding("payroll.period", f"{run.kind.label}按月做表，期间请写成 2026-03 这样。", "period")
    if run.kind is PayrollKind.PERFORMANCE:
        yield from of_a_quarter(run, today)


def of_a_quarter(run: Run, today: date) -> Iterator[Finding]:
    """Performance pay is for a quarter, and the quarter is over."""
    if run.period.months != 3:
        yield Finding("payroll.period", "绩效报酬按季度做表，期间请写成 2026Q1 这样。", "period")
    if run.period.last > today:
        yield Finding("payroll.early", f"{run.period.label}还没有过完，不能发这个季度的绩效报酬。", "period")


def begun(run: Run, today: date) -> Iterator[Finding]:
    """What is paid for has begun: a sheet made elsewhere may be dated before its day, not before its period."""
    if run.period.first > today:
        yield Finding("payroll.not_begun", f"{run.period.label}还没有到，请核对表上写的是哪一期。", "period")


def worked_out(run: Run) -> Iterator[Finding]:
    """Every amount is more than nothing and is what its arithmetic gives; a changed one says why (调整原因)."""
    for line in run.lines:
        if line.amount_fen <= 0:
            yield Finding("payroll.amount", f"“{line.name}”的实发金额应大于零；本期不发的请从表里去掉。", "amount_fen")
        elif not has_arithmetic(line):
            yield Finding("payroll.standard", f"“{line.name}”没有标准或单价，算不出金额。", "standard_fen")
        elif is_changed(run.kind, run.period, line) and not line.reason.strip():
            given = yuan(worth(run.kind, run.period, line).fen)
            message = (
                f"“{line.name}”按标准应发{given}元，现在写的是{yuan(line.amount_fen)}元，请写明调整原因，会印在表上。"
            )
            yield Finding("payroll.unexplained", message, "reason", "手工改动的实发金额要有调整原因")


def sound_parts(run: Run) -> Iterator[Finding]:
    """Days, ratios and deductions are within reason: labour has days, a ratio lies between nothing and the whole.

    Of rent the ratio is a quantity, which is more than nothing and has its unit.
    """
    for line in run.lines:
        if run.kind is PayrollKind.LABOUR and not line.day_tenths:
            yield Finding("payroll.days", f"“{line.name}”没有填工日。", "day_tenths")
        if run.kind is PayrollKind.LABOUR and not line.work.strip():
            yield Finding("payroll.work", f"“{line.name}”没有填用工日期和用工事项。", "work")
        if run.kind is PayrollKind.RENT and line.ratio:
            yield from _sound_quantity(line)
        elif line.ratio and not 0 <= Fraction(line.ratio) <= 1:
            yield Finding("payroll.ratio", f"“{line.name}”的比例应在0和1之间。", "ratio")
        if line.deduction_fen < 0:
            yield Finding("payroll.deduction", f"“{line.name}”的扣除款不能小于零。", "deduction_fen")


def days_there_are(run: Run, others: Sequence[tuple[Payroll, Sequence[PayrollLine]]] = ()) -> Iterator[Finding]:
    """Nobody works more days than the period has, all their lines together, unless somebody says how (两个人一起做).

    ``others`` are the living sheets of the same year: those of labour within the period count too.
    """
    if run.kind is not PayrollKind.LABOUR:
        return
    elsewhere = [line for payroll, lines in others if _is_labour_of(run.period, payroll) for line in lines]
    worked: Counter[str] = Counter()
    for line in (*run.lines, *elsewhere):
        worked[line.person_id] += line.day_tenths
    names, on_others = {line.person_id: line.name for line in run.lines}, {line.person_id for line in elsewhere}
    for person_id, tenths in worked.items():
        if person_id in names and tenths > TENTHS * days_of(run.period):
            together = "连同这一期别的务工表，" if person_id in on_others else ""
            message = (
                f"“{names[person_id]}”{together}一共写了{days(tenths)}个工日，{run.period.label}只有{days_of(run.period)}天，请核对；"
                "确实如此（例如和家里人一起做的），写明原因。"
            )
            yield Finding("payroll.many_days", message, "day_tenths", severity=Severity.WARNING)


def _is_labour_of(period: Period, payroll: Payroll) -> bool:
    other = Period.parse(payroll.period)
    return payroll.kind is PayrollKind.LABOUR and period.first <= other.first and other.last <= period.last


def _sound_quantity(line: PayrollLine) -> Iterator[Finding]:
    number = Decimal(line.ratio)
    places = number.as_tuple().exponent
    if not 0 < number <= LARGEST:
        yield Finding("payroll.quantity", f"“{line.name}”的数量应大于零，最多{LARGEST}。", "ratio")
    elif isinstance(places, int) and -places > PLACES:
        yield Finding("payroll.quantity", f"“{line.name}”的数量最多{PLACES}位小数。", "ratio")
    if not what_and_unit(line)[1]:
        yield Finding("payroll.unit", f"“{line.name}”写了数量，请写上单位，例如亩、间。", "work")


def assessed(run: Run) -> Iterator[Finding]:
    """A quarter's performance pay rests on its assessment of the post or its contract; it is asked of no other pay."""
    for line in run.lines:
        if line.inspection_id is None:
            message = f"“{line.name}”的岗位和合同{run.period.label}都还没有考核，这个季度的绩效报酬不能发。请先登记考核，或从表里去掉。"
            place = f"projects:{run.project_id}"
            yield Finding("payroll.unassessed", message, "lines", _ASSESSED_BASIS, place=place)


def to_the_person(
    lines: Iterable[PayrollLine], people: Mapping[str, Person], households: Mapping[str, Household]
) -> Iterator[Finding]:
    """Pay goes to the person's own account or that of the head of their household, by account and never in cash."""
    for line in lines:
        person, payee = people[line.person_id], people[line.payee_id or line.person_id]
        head = households[person.household_id].head_name
        if payee.id != person.id and (payee.household_id != person.household_id or payee.name != head):
            message = f"“{line.name}”的钱只能打到本人或户主的账户，“{payee.name}”不是这一户的户主。"
            yield Finding("payroll.payee", message, "payee_id", _PERSON_BASIS, place=f"village:{person.id}")
        if not line.account.strip():
            whose = "本人" if payee.id == person.id else f"户主{payee.name}"
            message = f"“{line.name}”没有一折通账号（{whose}）。请先在户册里登记账号，或改发到户主的账户。"
            yield Finding("payroll.no_account", message, "account", _PERSON_BASIS, place=f"village:{payee.id}")
        elif not is_account(line.account):
            message = f"“{line.name}”的账号“{line.account}”不是完整的账号，请照存折核对。"
            yield Finding("payroll.account", message, "account", place=f"village:{payee.id}")


def as_registered(lines: Iterable[PayrollLine], people: Mapping[str, Person]) -> Iterator[Finding]:
    """A sheet that is drawn up has the accounts of the register as they are at that moment."""
    for line in lines:
        payee = people[line.payee_id or line.person_id]
        if payee.account and payee.account != line.account:
            message = f"“{line.name}”的账号和户册里的不一样，可能刚改过。请刷新这张表。"
            yield Finding("payroll.other_account", message, "account", place=f"village:{payee.id}")


def as_the_posts_say(run: Run, fresh: Iterable[PayrollLine]) -> Iterator[Finding]:
    """Lines made from posts say what posts, attendance and assessments say; only the amount may be changed, by reason.

    ``fresh`` are the lines as the desk would propose them now.
    """
    now = {line.post_id: _made_from(line) for line in fresh}
    other = [line.name for line in run.lines if now.get(line.post_id) != _made_from(line)]
    if other:
        message = f"{named(other)}的岗位、考勤或考核和账里的不一样，可能刚改过。请刷新这张表。"
        yield Finding("payroll.other_post", message, "lines")


def _made_from(line: PayrollLine) -> tuple[object, ...]:
    """Return what a line's amount is made from, and for whom."""
    return (
        line.person_id, line.payee_id, line.inspection_id, line.standard_fen, line.day_tenths, line.ratio,
        line.deduction_fen,
    )  # fmt: skip


def is_account(account: str) -> bool:
    """Tell whether a text may be an account: 12 to 30 figures and nothing else."""
    return account.isascii() and account.isdigit() and _SHORTEST_ACCOUNT <= len(account) <= _LONGEST_ACCOUNT


def likely_accounts(lines: Iterable[PayrollLine], proven: Collection[str]) -> Iterator[Finding]:
    """A card's check digit fits, unless the bank has paid to it before. Passbooks of 22 figures are never asked."""
    doubtful = [
        line.name
        for line in lines
        if is_account(line.account) and line.account not in proven and not likely_card(line.account)
    ]
    if doubtful:
        message = f"{doubted_cards(doubtful)}。"
        yield Finding("payroll.check_digit", message, "account", severity=Severity.WARNING)


def new_account(person: Person, account: str, strangers: Sequence[str], reason: str) -> Iterator[Finding]:
    """A corrected account is a whole one, another than before, nobody's of another household, and has its reason.

    A card whose check digit does not fit, which may be miscopied, is told.
    """
    if not is_account(account):
        yield Finding("payroll.account", "账号应是12到30位数字，请照存折或银行卡填写。", "account")
    elif account == person.account:
        yield Finding("payroll.same", "和户册里的账号一样，没有改动。", "account")
    elif strangers:
        message = f"这个账号在户册里是{named(strangers)}的，不是同一户，请核对。"
        yield Finding("payroll.strangers", message, "account", _PERSON_BASIS)
    elif not likely_card(account):
        message = "这个卡号的校验位不对，可能抄错了，请照卡核对；没有错，写明已经核对。"
        yield Finding("payroll.check_digit", message, "account", severity=Severity.WARNING)
    if not reason.strip():
        yield Finding("payroll.reason", "请写明为什么改账号，例如“换了新存折”。", "reason")


def once(run: Run, others: Sequence[tuple[Payroll, Sequence[PayrollLine]]]) -> Iterator[Finding]:
    """Nobody is paid twice for the same post and period; sheets that may pay the same are told.

    ``others`` are the living sheets of the same year.
    """
    seen: set[str] = set()
    for line in run.lines:
        if line.post_id and line.post_id in seen:
            yield Finding("payroll.twice_here", f"“{line.name}”的同一个岗位在表里有两行。", "lines")
        seen.add(line.post_id or "")
    alike = _ONE_PAY.get(run.kind, frozenset())
    for payroll, lines in others:
        if not overlap(run.period, Period.parse(payroll.period)):
            continue
        paid = {line.post_id for line in lines if line.post_id}
        twice = [line.name for line in run.lines if line.post_id in paid] if payroll.kind in alike else []
        if twice:
            message = f"{named(twice)}的岗位在“{payroll.title}”（{payroll.kind.label}）里已经有了，同一个岗位同一期间不能发两次。"
            yield Finding("payroll.twice", message, "lines")
        elif both := _on_both(run, payroll, lines):
            message = (
                f"{named(both)}在“{payroll.title}”（{payroll.kind.label}）里同一期间也有报酬，请核对是不是重复发放。"
            )
            yield Finding("payroll.overlap", message, "lines", severity=Severity.WARNING)


def overlap(one: Period, other: Period) -> bool:
    """Tell whether two periods share a day."""
    return one.first <= other.last and other.first <= one.last


def _on_both(run: Run, payroll: Payroll, lines: Sequence[PayrollLine]) -> list[str]:
    """Return who stands on both sheets though nothing says that the two pay different things.

    Base and performance pay belong side by side, as do two sheets of labour for different work.
    """
    expected = {PayrollKind.BASE, PayrollKind.POST}, {PayrollKind.PERFORMANCE}
    kinds = {run.kind, payroll.kind}
    if all(kinds & part for part in expected):
        return []
    if kinds == {PayrollKind.LABOUR}:
        done = {(line.person_id, line.work) for line in lines}
        return [line.name for line in run.lines if (line.person_id, line.work) in done]
    if payroll.kind is not PayrollKind.IMPORTED and payroll.kind is not run.kind and run.kind in BY_POST:
        return []
    others = {line.person_id for line in lines}
    return [line.name for line in run.lines if line.person_id in others]


# Attendance


def sound_timesheet(absent_tenths: int, deduction_fen: int, base_fen: int, days: int) -> Iterator[Finding]:
    """Nobody is absent for more days than the month has, nor loses more than the month's pay."""
    if not 0 <= absent_tenths <= 10 * days:
        yield Finding("payroll.absent", f"缺勤天数应在0到{days}天之间。", "absent_tenths")
    if not 0 <= deduction_fen <= base_fen:
        yield Finding("payroll.deduction", f"扣除款不能超过月标准{yuan(base_fen)}元。", "deduction_fen")
