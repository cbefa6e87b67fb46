"""Who may review what, and when: the gatekeeper first, then two pairs of eyes, then a reason."""

from collections.abc import Iterator, Mapping

from villagedesk.disclosure.model import Notice
from villagedesk.disclosure.rules import next_state as next_notice_state
from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import Claim, Outcome
from villagedesk.payments.rules import next_state as next_claim_state
from villagedesk.village.model import Role

REVIEWERS: Mapping[str, Role] = {Claim.table: Role.FINANCE_GROUP, Notice.table: Role.SUPERVISION}
"""Whose part it is to review what stands in a table (domain §1: 理财小组 the money, 监督小组 what is posted)."""

ACTIONS: Mapping[Outcome, str] = {
    Outcome.PASSED: "review_pass",
    Outcome.QUERIED: "review_query",
    Outcome.REFUSED: "review_refuse",
}
"""What each outcome is called in the state tables of claims and notices."""


def is_in_turn(subject: Claim | Notice, action: str) -> bool:
    """Tell whether the subject stands where this action may be taken."""
    if isinstance(subject, Claim):
        return next_claim_state(subject.state, action) is not None
    return next_notice_state(subject.state, action) is not None


def waits_for_review(subject: Claim | Notice, outcome: Outcome) -> Iterator[Finding]:
    """Only what waits is reviewed, and once: a gatekeeper, asked first and alone."""
    if not is_in_turn(subject, ACTIONS[outcome]):
        yield Finding("oversight.not_waiting", f"这一件现在是“{subject.state.label}”，不在等待审核，不用再审。")


def waits_for_answer(subject: Claim | Notice) -> Iterator[Finding]:
    """Only a query is answered: a gatekeeper, asked first and alone."""
    if not is_in_turn(subject, "answer"):
        yield Finding("oversight.not_queried", f"这一件现在是“{subject.state.label}”，没有等待答复的疑问。")


def two_people(maker_id: str, checker_id: str) -> Iterator[Finding]:
    """Whoever made something does not review it; no switch turns this off."""
    if maker_id == checker_id:
        yield Finding("oversight.two_people", "经办人不能审核自己办的事，请换另一位成员登录审核。")


def reasoned(outcome: Outcome, note: str) -> Iterator[Finding]:
    """A query or a refusal says why, so that the maker knows what to do."""
    if outcome is not Outcome.PASSED and not note.strip():
        yield Finding("oversight.note", f"“{outcome.label}”请写明原因，让经办人知道怎么办。", "note")


def answered(text: str) -> Iterator[Finding]:
    """An answer says something."""
    if not text.strip():
        yield Finding("oversight.answer", "请写上答复的内容。", "text")
