"""What must hold before the township says its word on a claim."""

from collections.abc import Iterator
from datetime import date

from villagedesk.exchange.model import Ruling
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import Claim, ClaimState


def waits_for_us(claim: Claim, said_already: bool) -> Iterator[Finding]:  # noqa: FBT001
    """The village's own signatures come first, and each version is ruled on once: a gatekeeper, asked alone."""
    if claim.state is not ClaimState.APPROVED:
        message = f"这张报账单现在是“{claim.state.label}”，还不到乡镇审核。"
        yield Finding("township.not_waiting", message, basis="有效票据→理财小组→村主要负责人→乡镇→财政所")
    elif said_already:
        message = "这张报账单已经给过意见，随下一份回执发到村里。要改主意，请等村里再报上来。"
        yield Finding("township.ruled_already", message)


def says_why(outcome: Ruling, note: str, due_on: date | None, today: date) -> Iterator[Finding]:
    """Whoever does not agree says why, and by when an answer is due."""
    if outcome is not Ruling.PASSED and not note.strip():
        yield Finding("township.note", f"“{outcome.label}”要写明原因，村里才知道怎么办。", "note")
    if outcome is not Ruling.PASSED and due_on is None:
        yield Finding("township.due_on", "请写上要求村里办好的日期。", "due_on")
    if due_on is not None and due_on < today:
        yield Finding("township.due_on", f"要求办好的日期（{chinese_date(due_on)}）已经过了。", "due_on")
