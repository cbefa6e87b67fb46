"""What must hold before the township says its word on a claim, or on opening a closed month again."""

from collections.abc import Iterator, Sequence
from datetime import date

from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.ledger.model import Reopening, ReopeningState
from villagedesk.payments.chains import TOWNSHIP, in_words
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.village.model import Role
from villagedesk.village.moneyrules import Chain, Who

LEADER_BEFORE_OFFICE = {Who.LEADER: Role.LEADER, Who.OFFICE: Role.CLERK}
"""Whose part each of the township's steps is."""


def steps_left(claim: Claim, chain: Chain, said: Sequence[Verdict]) -> tuple[Who, ...]:
    """Return the township's steps a claim still waits for, in order; none when it does not wait for the township.

    ``said`` are the verdicts on the very version that stands; a query or a return ends the waiting.
    """
    if claim.state not in TOWNSHIP or any(verdict.outcome is not Ruling.PASSED for verdict in said):
        return ()
    passed = {verdict.step for verdict in said}
    if "" in passed:
        return ()
    ours = [step.who for step in chain.steps_for(claim.amount_fen) if step.who.is_of_township]
    if claim.state is ClaimState.SETTLING:
        ours = [Who.OFFICE]
    return tuple(who for who in ours if who not in passed)


def waits_for_us(claim: Claim, chain: Chain, left: Sequence[Who]) -> Iterator[Finding]:
    """The village's own signatures come first, and each version is ruled on once: a gatekeeper, asked alone."""
    if claim.state not in TOWNSHIP:
        message = f"这张报账单现在是“{claim.state.label}”，还不到乡镇审核。"
        yield Finding("township.not_waiting", message, basis=in_words(claim, chain))
    elif not left:
        message = "这张报账单已经给过意见，随下一份回执发到村里。要改主意，请等村里再报上来。"
        yield Finding("township.ruled_already", message)


def in_this_role(who: Who, role: str) -> Iterator[Finding]:
    """Each step is taken by whose part it is: 乡镇主要领导 before 财政所, and each for themselves."""
    if LEADER_BEFORE_OFFICE[who] != role:
        wanted = LEADER_BEFORE_OFFICE[who].label
        yield Finding("township.step", f"这张报账单现在等{wanted}审核，请{wanted}登录办理。")


def leader_said(doubt: str) -> Iterator[Finding]:
    """The office does not go on from a leader's word that was never given here; ``doubt`` says which, "" for none."""
    if doubt:
        message = f"{doubt}请不要同意：打电话问清楚，按【退回】写明原因。"
        yield Finding("township.leader_unsaid", message)


def by_two_people(name: str, said: Sequence[Verdict]) -> Iterator[Finding]:
    """The leader and the office are two people."""
    if any(verdict.given_by == name for verdict in said):
        yield Finding("township.two_people", f"{name}已经签过这张报账单，另一个环节请换人。")


def says_why(outcome: Ruling, note: str, due_on: date | None, today: date) -> Iterator[Finding]:
    """Whoever does not agree says why, and by when an answer is due."""
    if outcome is not Ruling.PASSED and not note.strip():
        yield Finding("township.note", f"“{outcome.label}”要写明原因，村里才知道怎么办。", "note")
    if outcome is not Ruling.PASSED and due_on is None:
        yield Finding("township.due_on", "请写上要求村里办好的日期。", "due_on")
    if due_on is not None and due_on < today:
        yield Finding("township.due_on", f"要求办好的日期（{chinese_date(due_on)}）已经过了。", "due_on")


def wish_waits(reopening: Reopening, *, is_said: bool) -> Iterator[Finding]:
    """The village's own two people come first, and each wish is ruled on once: a gatekeeper, asked alone."""
    if reopening.state is not ReopeningState.AGREED:
        message = f"这份反结账申请现在是“{reopening.state.label}”，不等乡镇的意见。"
        yield Finding("township.not_waiting", message)
    elif is_said:
        yield Finding("township.ruled_already", "这份反结账申请已经给过意见，随下一份回执发到村里。")


def says_why_not(note: str, until: date | None, today: date, *, is_granted: bool) -> Iterator[Finding]:
    """A refused wish is told why; ``until``, the last open day, is still to come."""
    if not is_granted and not note.strip():
        yield Finding("township.note", "不同意要写明原因，村里才知道怎么办。", "note")
    if until is not None and until < today:
        yield Finding("township.until", f"最后开放到的日子（{chinese_date(until)}）已经过了。", "until")
