"""What must hold for cash, bank, advances and statements: facts in, findings out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.ledger.counting import VALUES, sum_of
from villagedesk.ledger.figures import AdvanceLine
from villagedesk.ledger.model import Statement, Uncashed, UncashedSide
from villagedesk.village.profile import CashRule


def some_money(amount_fen: int) -> Iterator[Finding]:
    """Some money moves."""
    if amount_fen <= 0:
        yield Finding("ledger.amount", "金额应大于零。", "amount_fen")


def has_come(day: date, today: date, field: str) -> Iterator[Finding]:
    """The day is not ahead."""
    if day > today:
        yield Finding("ledger.ahead", "日期在今天之后，请核对。", field)


def within_limit(cash_fen: int, rule: CashRule) -> Iterator[Finding]:
    """No more cash lies in the box than the village may keep."""
    if cash_fen > rule.most_fen:
        message = (
            f"现金会有{yuan(cash_fen)}元，超过库存限额{yuan(rule.most_fen)}元，多的应当天存入银行。确需保留请写明原因。"
        )
        yield Finding("ledger.cash_limit", message, "amount_fen", rule.source, Severity.WARNING)


def sound_advance(taker: str, purpose: str, given_on: date, due_on: date, rule: CashRule) -> Iterator[Finding]:
    """An advance says who takes it, what for, and by when it is accounted for, in the days the profile gives."""
    if not taker.strip():
        yield Finding("ledger.taker", "请写上预借人。", "taker")
    if not purpose.strip():
        yield Finding("ledger.purpose", "请写上预借的用途。", "purpose")
    if due_on < given_on:
        yield Finding("ledger.due", "归还日期不能早于预借日期。", "due_on")
    elif due_on > given_on + timedelta(days=rule.advance_days):
        message = f"预借应在{rule.advance_days}天内结清，确需更久请写明原因。"
        yield Finding("ledger.due_late", message, "due_on", rule.source, Severity.WARNING)


def former_settled(taker: str, others: Sequence[AdvanceLine]) -> Iterator[Finding]:
    """Whoever still owes an account of an advance takes another only with a reason (前账不清，后账不借)."""
    open_fen = sum(one.open_fen for one in others if one.taker == taker and one.open_fen > 0)
    if open_fen:
        message = f"{taker}还有{yuan(open_fen)}元预借没有结清。前账不清、后账不借；确实要借请写明原因。"
        yield Finding("ledger.former_open", message, "taker", severity=Severity.WARNING)


def settled_within(amount_fen: int, advance: AdvanceLine, day: date, least_fen: int) -> Iterator[Finding]:
    """No more is handed back than is open on the day and ever since, and not before it was given.

    ``least_fen`` is the least that was open from that day on.
    """
    if amount_fen > least_fen:
        since = "" if least_fen == advance.open_fen else "从那一天起最少时"
        message = f"{advance.taker}这笔预借{since}只剩{yuan(max(least_fen, 0))}元没有结清。"
        yield Finding("ledger.settled_over", message, "amount_fen")
    if day < advance.given_on:
        yield Finding(
            "ledger.settled_early", f"预借是{chinese_date(advance.given_on)}才给的，日期不能更早。", "settled_on"
        )


def sound_count(counted: Mapping[int, int], amount_fen: int, witness: str) -> Iterator[Finding]:
    """Cash is counted by two, and notes and coins make the sum that is written down."""
    if any(value not in VALUES or count < 0 for value, count in counted.items()):
        yield Finding("ledger.count", "张数应是零或正整数，面额应是人民币的面额。", "counted")
    elif sum_of(counted) != amount_fen:
        message = f"按张数加起来是{yuan(sum_of(counted))}元，写的是{yuan(amount_fen)}元，对不上。"
        yield Finding("ledger.count_sum", message, "counted")
    if not witness.strip():
        yield Finding("ledger.witness", "现金盘点要有人监盘，请写上监盘人。", "witness")


def two_count(witness: str, actor: str) -> Iterator[Finding]:
    """Who counts does not witness the count."""
    if witness.strip() == actor:
        yield Finding("ledger.witness_self", "监盘人不能是盘点人自己。", "witness")


def sound_item(item: Uncashed, day: date) -> Iterator[Finding]:
    """An uncashed item says what it is, how much, and since when, which is not after the statement."""
    if not item.what.strip() or item.amount_fen <= 0:
        yield Finding("ledger.uncashed", "每一笔未达账项都要写明事项和大于零的金额。", "uncashed")
    elif item.since > day:
        yield Finding("ledger.uncashed_ahead", f"未达账项“{item.what}”的日期在对账日之后。", "uncashed")


def unexplained(amount_fen: int, books_fen: int, items: Sequence[Uncashed]) -> int:
    """Return by how much the statement lies above the books after the items that explain it, in fen."""
    side = {one: sum(item.amount_fen for item in items if item.side is one) for one in UncashedSide}
    bank = amount_fen + side[UncashedSide.BOOKS_IN] - side[UncashedSide.BOOKS_OUT]
    books = books_fen + side[UncashedSide.BANK_IN] - side[UncashedSide.BANK_OUT]
    return bank - books


def explained(amount_fen: int, books_fen: int, items: Sequence[Uncashed], note: str) -> Iterator[Finding]:
    """What the statement says is what the books say, item by item; what stays unexplained is written down (长短款)."""
    rest = unexplained(amount_fen, books_fen, items)
    if rest and not note.strip():
        way = "多" if rest > 0 else "少"
        message = f"对账以后还{way}{yuan(abs(rest))}元没有说明。请补上未达账项；查不出原因的，在“说明”里写清楚。"
        yield Finding("ledger.unexplained", message, "note")


def still_true(statement: Statement, books_fen: int) -> Iterator[Finding]:
    """The books still say of that day what they said when the statement was held against them."""
    if books_fen != statement.books_fen:
        message = (
            f"{chinese_date(statement.stated_on)}的{statement.kind.label}对账以后又有变动："
            f"对账时账面是{yuan(statement.books_fen)}元，现在算是{yuan(books_fen)}元。请重新对账。"
        )
        yield Finding("ledger.untrue", message, severity=Severity.WARNING, place=f"ledger:{statement.id}")


def accounted_in_time(advances: Sequence[AdvanceLine], today: date) -> Iterator[Finding]:
    """Advances are accounted for by their day."""
    for one in advances:
        if one.is_overdue(today):
            message = (
                f"{one.taker}{chinese_date(one.given_on)}预借的钱还有{yuan(one.open_fen)}元没有结清，"
                f"应在{chinese_date(one.due_on)}前结清，请催还或报账。"
            )
            yield Finding("ledger.overdue", message, severity=Severity.WARNING, place=f"ledger:{one.id}")


def cashed_in_time(items: Sequence[Uncashed], today: date, rule: CashRule) -> Iterator[Finding]:
    """What one side has booked and the other has not is found out in time."""
    for item in items:
        if item.since + timedelta(days=rule.uncashed_days) < today:
            message = (
                f"未达账项“{item.what}”{yuan(item.amount_fen)}元（{item.side.label}）从{chinese_date(item.since)}起"
                f"一直没有到账，超过{rule.uncashed_days}天，请到银行查清。"
            )
            place = f"ledger:{item.statement_id}"
            yield Finding("ledger.uncashed_old", message, basis=rule.source, severity=Severity.WARNING, place=place)


def not_below_nothing(bank_fen: int, cash_fen: int) -> Iterator[Finding]:
    """Neither bank nor cash box holds less than nothing: then something was not written down."""
    for what, fen in (("银行存款", bank_fen), ("库存现金", cash_fen)):
        if fen < 0:
            message = f"{what}账面是{yuan(fen)}元。钱不会少于零，一定有提现、存款或到账没有登记，请补记。"
            yield Finding("ledger.below_nothing", message, place="ledger:")


def not_over_limit(cash_fen: int, rule: CashRule) -> Iterator[Finding]:
    """The cash box does not hold more than the limit at the end of a day."""
    if cash_fen > rule.most_fen:
        message = f"库存现金{yuan(cash_fen)}元，超过限额{yuan(rule.most_fen)}元，请存入银行。"
        yield Finding("ledger.over_limit", message, basis=rule.source, severity=Severity.WARNING, place="ledger:")
