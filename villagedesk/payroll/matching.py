"""The bank's answer laid beside the batch it answers: every line once, nothing unknown, or nothing at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagedesk.kernel.errors import Problem
from villagedesk.kernel.money import yuan
from villagedesk.payroll.bankreturn import ReturnLine
from villagedesk.payroll.filerows import SentRow
from villagedesk.payroll.model import BatchLine, PayOutcome

_UNSURE = frozenset("?？\ufffd□")
"""What a bank's system prints for a character it cannot write."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the batch with what the bank said of it."""

    line: BatchLine
    outcome: PayOutcome
    reason: str


def match(sent: Sequence[SentRow], answers: Sequence[ReturnLine]) -> tuple[list[Told], list[Problem]]:
    """Return what the bank said of each line sent, and all that does not agree by row and column.

    A row is known by its number; without numbers, or with the bank's own (流水号), by account and amount. Account and
    amount must agree with what was sent, the name as far as the bank could write it.
    """
    problems: list[Problem] = []
    by_number = {line.place: line for line in sent}
    if not any(_place(answer) in by_number for answer in answers):
        by_number = {}
    by_pay: dict[tuple[str, int], list[SentRow]] = {}
    for line in sent:
        by_pay.setdefault((line.account, line.amount_fen), []).append(line)
    told: dict[int, list[Told]] = {}
    for answer in answers:
        line_sent = _sent(answer, by_number, by_pay, told)
        if line_sent is None:
            problems.append(_unknown(answer, by_number))
        elif line_sent.place in told:
            problems.append(Problem(answer.row, "序号", f"这一批的第{line_sent.place}行答复了两次"))
        else:
            problems += _disagreements(answer, line_sent)
            why = answer.reason or answer.told
            told[line_sent.place] = [Told(line, answer.outcome, why) for line in line_sent.lines]
    last = answers[-1].row if answers else 1
    for line in sent:
        if line.place not in told:
            message = f"少了这一批的第{line.place}行“{line.name}”{yuan(line.amount_fen)}元，银行没有答复"
            problems.append(Problem(last, "序号", message))
    return [one for line in sent for one in told.get(line.place, ())], problems


def fit(sent: Sequence[SentRow], answers: Sequence[ReturnLine]) -> int:
    """Return how many answers are about rows of a batch, by account and amount: to find the batch a file is about."""
    pay = {(line.account, line.amount_fen) for line in sent}
    return sum((answer.account, answer.amount_fen) in pay for answer in answers)


def is_same_name(sent: str, printed: str) -> bool:
    """Tell whether a printed name is the one sent, where the bank could write it: 张䶮 came back as 张?."""
    if sent == printed:
        return True
    if not _UNSURE & set(printed):
        return False
    pairs = zip(sent, printed, strict=False)
    return len(sent) == len(printed) and all(one == other or other in _UNSURE for one, other in pairs)


def _sent(
    answer: ReturnLine,
    by_number: Mapping[int, SentRow],
    by_pay: Mapping[tuple[str, int], Sequence[SentRow]],
    told: Mapping[int, Sequence[Told]],
) -> SentRow | None:
    if answer.number and by_number:
        return by_number.get(_place(answer))
    fitting = by_pay.get((answer.account, answer.amount_fen), ())
    left = [line for line in fitting if line.place not in told] or fitting
    return next((line for line in left if is_same_name(line.name, answer.name)), left[0] if left else None)


def _place(answer: ReturnLine) -> int:
    """Return the place in the batch an answer names, 0 for none."""
    return int(answer.number) if answer.number.isdecimal() else 0


def _unknown(answer: ReturnLine, by_number: Mapping[int, SentRow]) -> Problem:
    if answer.number and by_number:
        return Problem(answer.row, "序号", f"这一批里没有序号“{answer.number}”")
    return Problem(answer.row, "账号", f"这一批里没有账号{answer.account}的这笔钱")


def _disagreements(answer: ReturnLine, line: SentRow) -> list[Problem]:
    problems = []
    if answer.account != line.account:
        message = f"写的是{answer.account}，送出的第{line.place}行是{line.account}"
        problems.append(Problem(answer.row, "账号", message))
    if answer.amount_fen != line.amount_fen:
        message = f"写的是{yuan(answer.amount_fen)}元，送出的第{line.place}行是{yuan(line.amount_fen)}元"
        problems.append(Problem(answer.row, "金额", message))
    if answer.name and not is_same_name(line.name, answer.name):
        message = f"写的是“{answer.name}”，送出的第{line.place}行是“{line.name}”"
        problems.append(Problem(answer.row, "户名", message))
    return problems
