"""What must hold before the bank is told, and of what it says: after the chain, covered, once, to the account meant."""

from collections.abc import Iterator, Sequence
from datetime import date

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import ClaimState, PayrollLine
from villagedesk.payroll.model import PayOutcome
from villagedesk.village.rules import named

SENDABLE = (ClaimState.GRANTED, ClaimState.PAID)
"""A claim that went through its whole chain: only then is the bank told."""


def sendable(state: ClaimState | None, *, is_reversed: bool) -> Iterator[Finding]:
    """The bank is told only of pay whose claim went through its whole chain and was not taken back."""
    if is_reversed:
        yield Finding("payroll.reversed", "这张表的凭证已经冲销，不能送银行。")
    elif state not in SENDABLE:
        label = state.label if state else "还没有报账单"
        message = f"这张表的报账单现在是“{label}”，审核全部通过以后才能生成银行文件。"
        yield Finding("payroll.not_granted", message, basis="理财小组审核→村主要负责人→乡镇→财政所，通过后拨付")


def not_paid_elsewhere(state: ClaimState | None, *, has_batches: bool) -> Iterator[Finding]:
    """A sheet whose voucher was posted without any file for the bank was perhaps paid in another way already."""
    if state is ClaimState.PAID and not has_batches:
        message = "这张表已经付款入账，却没有从这里送过银行，可能已经在别处发放过。确实还没有发的，才生成银行文件。"
        yield Finding("payroll.paid_elsewhere", message, severity=Severity.WARNING)


def covered(total_fen: int, in_bank_fen: int) -> Iterator[Finding]:
    """The bank holds what it is told to pay out, as the voucher will ask it to (库存不得为负).

    ``in_bank_fen`` is the least there is from today on, before the sheet's voucher is posted, less what the bank was
    told to pay and no voucher says yet.
    """
    if total_fen > in_bank_fen:
        message = (
            f"按账上记的，银行里能用的只有{yuan(max(in_bank_fen, 0))}元，这一批要发{yuan(total_fen)}元，送去多半发不成。"
            "钱已经到账的，请先登记到账；确实要先送的，写明原因。"
        )
        yield Finding("payroll.not_covered", message, severity=Severity.WARNING, place="village:")


def has_unpaid(count: int) -> Iterator[Finding]:
    """A batch has somebody to pay: not sent yet, failed or bounced."""
    if not count:
        message = "这张表上没有要送银行的人：都已到账，或者已送银行还没有回盘。"
        yield Finding("payroll.nobody", message)


def corrected(
    pay: Sequence[tuple[PayrollLine, str, str]],
) -> Iterator[Finding]:
    """Who is paid again has another account than the one that failed; each is (line, failed account, account now)."""
    same = [line.name for line, failed, now in pay if failed == now]
    if same:
        message = f"{named(same)}的账号和上次失败时一样，再送多半还会失败。请先在户册里改正账号。"
        yield Finding("payroll.same_account", message, "account", severity=Severity.WARNING)


def as_on_the_sheet(pay: Sequence[tuple[PayrollLine, str]]) -> Iterator[Finding]:
    """The register has the account that stands on the frozen sheet; each is (line, account in the register).

    It may have moved after the sheet was made, or the sheet was taken in with another.
    """
    other = [line.name for line, registered in pay if registered != line.account]
    if other:
        message = (
            f"{named(other)}在表上的账号和户册里现在的不一样，银行文件用的是表上的。请照存折核对："
            "表上的不对，就把这张表的报账单作废，改好再做；表上的没有错，写明原因。"
        )
        yield Finding("payroll.moved_account", message, "account", severity=Severity.WARNING)


def corrected_since(names: Sequence[str]) -> Iterator[Finding]:
    """Who is paid again to another account than the one that failed has it because somebody put it right since.

    ``names`` are those whose register was another all along: somebody said the sheet was right.
    """
    if names:
        message = (
            f"{named(names)}上次送的是表上的账号，没有发成；这次要送的是户册里的，户册从那以后没有改过。请照存折核对："
            "表上的对，先在户册里改正账号；户册里的对，写明原因。"
        )
        yield Finding("payroll.old_account", message, "account", severity=Severity.WARNING)


def free_name(name: str, *, is_taken: bool) -> Iterator[Finding]:
    """The bank's file falls on no other."""
    if is_taken:
        yield Finding("payroll.file", f"那个文件夹里已经有“{name}”，没有覆盖它。请换一个文件夹。", "folder")


# What the bank said


def may_be_told(before: PayOutcome | None, now: PayOutcome) -> Iterator[Finding]:
    """The bank answers once, paid or failed; what was paid may bounce later, and then it is paid again."""
    if now is PayOutcome.BOUNCED and before is not PayOutcome.PAID:
        yield Finding("payroll.not_paid", "这一笔还没有到账，不能登记退票。", "outcome")
    if now is not PayOutcome.BOUNCED and before is not None:
        yield Finding("payroll.answered", f"这一笔银行已经答复过（{before.label}），不能再改。", "outcome")


def latest(*, is_latest: bool) -> Iterator[Finding]:
    """Only the batch a line went out by last is still answered; what was paid again is another payment."""
    if not is_latest:
        yield Finding("payroll.sent_again", "这一笔后来已经补发过，请登记在补发的那一批里。", "outcome")


def told_with_reason(outcome: PayOutcome, reason: str) -> Iterator[Finding]:
    """Money that did not arrive has a reason."""
    if outcome is not PayOutcome.PAID and not reason.strip():
        yield Finding("payroll.reason", f"请写明{outcome.label}的原因，例如“户名不符”。", "reason")


def told_in_time(told_on: date, made_on: date, today: date) -> Iterator[Finding]:
    """The bank answers after it was told, and not in the future."""
    if told_on > today:
        yield Finding("payroll.told_ahead", "回盘日期在今天之后，请核对。", "told_on")
    elif told_on < made_on:
        yield Finding("payroll.told_before", f"回盘日期早于送银行的日期（{made_on.isoformat()}），请核对。", "told_on")
