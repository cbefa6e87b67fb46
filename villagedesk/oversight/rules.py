"""Who may review what, and when: the gatekeeper first, then two pairs of eyes, then a reason."""

from collections.abc import Iterator, Mapping, Sequence

from villagedesk.disclosure.model import Notice
from villagedesk.disclosure.rules import next_state as next_notice_state
from villagedesk.kernel.findings import Finding
from villagedesk.payments.chains import waited_for
from villagedesk.payments.model import Claim, ClaimState, Outcome
from villagedesk.village.model import Role
from villagedesk.village.moneyrules import Who

_GROUPS: Mapping[Who, Role] = {Who.FINANCE_GROUP: Role.FINANCE_GROUP, Who.SUPERVISION: Role.SUPERVISION}
"""Whose part it is to review a claim that waits for a group."""

ACTIONS: Mapping[Outcome, str] = {
    Outcome.PASSED: "review_pass",
    Outcome.QUERIED: "review_query",
    Outcome.REFUSED: "review_refuse",
}
"""What each outcome is called in the state table of notices."""


def reviewer_of(claim: Claim | None) -> Role:
    """Return whose part it is to review a claim (理财小组), or, None, a notice (监督小组; domain §1).

    A claim whose chain sends it past the supervision committee as well is theirs while it waits there.
    """
    if claim is None:
        return Role.SUPERVISION
    return _GROUPS.get(waited_for(claim) or Who.FINANCE_GROUP, Role.FINANCE_GROUP)


def waits_for_review(subject: Claim | Notice, outcome: Outcome) -> Iterator[Finding]:
    """Only what waits is reviewed, and once: a gatekeeper, asked first and alone."""
    if isinstance(subject, Claim):
        is_waiting = waited_for(subject) in _GROUPS
    else:
        is_waiting = next_notice_state(subject.state, ACTIONS[outcome]) is not None
    if not is_waiting:
        yield Finding("oversight.not_waiting", f"这一件现在是“{subject.state.label}”，不在等待审核，不用再审。")


def waits_for_answer(subject: Claim | Notice) -> Iterator[Finding]:
    """Only a query is answered: a gatekeeper, asked first and alone."""
    if isinstance(subject, Claim):
        is_asked = subject.state is ClaimState.QUERIED
    else:
        is_asked = next_notice_state(subject.state, "answer") is not None
    if not is_asked:
        yield Finding("oversight.not_queried", f"这一件现在是“{subject.state.label}”，没有等待答复的疑问。")


def two_people(maker_id: str, checker_id: str) -> Iterator[Finding]:
    """Whoever made something does not review it; no switch turns this off."""
    if maker_id == checker_id:
        yield Finding("oversight.two_people", "经办人不能审核自己办的事，请换另一位成员登录审核。")


def not_by_its_maker(maker: str, signers: Sequence[str]) -> Iterator[Finding]:
    """The maker's signature on the scanned sheet counts for nothing."""
    if maker in signers:
        yield Finding("oversight.two_people", f"{maker}是经办人，不能审核自己办的事。", "signers")


def reasoned(outcome: Outcome, note: str) -> Iterator[Finding]:
    """A query or a refusal says why, so that the maker knows what to do."""
    if outcome is not Outcome.PASSED and not note.strip():
        yield Finding("oversight.note", f"“{outcome.label}”请写明原因，让经办人知道怎么办。", "note")


def only_passed_on_paper(outcome: Outcome, signers: Sequence[str]) -> Iterator[Finding]:
    """Others' signatures are recorded for what they passed; a question is asked by whoever has it."""
    if signers and outcome is not Outcome.PASSED:
        yield Finding("oversight.signers", "只有同意的签字才能代录；有疑问或不同意的，请本人登录写明。", "signers")


def answered(text: str) -> Iterator[Finding]:
    """An answer says something."""
    if not text.strip():
        yield Finding("oversight.answer", "请写上答复的内容。", "text")
