"""A claim's course from hand to hand: who did what when, gathered from every room that has a word on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from villagedesk.exchange.model import Verdict
from villagedesk.oversight.model import Answer
from villagedesk.payments import store
from villagedesk.payments.chains import WAITING, chain_named, first, steps_of, waited_for
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.payments.signatures import Signature, passed_here, signatures_of, still_needed
from villagedesk.storage.desk import Desk
from villagedesk.village.moneyrules import ChainStep, Who
from villagedesk.village.store import officer_name, profile

_WORDS = {
    "payments.claim.drafted": "起草",
    "payments.claim.resubmitted": "重报",
    "payments.voucher.redone": "冲销后重做",
    "payments.claim.submitted": "提交审核",
    "payments.claim.withdrawn": "作废",
    "payments.claim.decided": "集体研究同意",
}
_FIRST = ("payments.claim.drafted", "payments.claim.resubmitted", "payments.voucher.redone")
"""How a claim may begin; of its drafts only the first is told."""
_SAID = {"passed": "同意", "queried": "有疑问", "refused": "不同意", "returned": "退回"}
_SHORT = {Who.FINANCE_GROUP: "理财小组", Who.SUPERVISION: "监督委员会", Who.LEADER: "乡镇主要领导", None: "乡镇"}


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step. ``what`` begins with the office that took it; ``is_against`` marks a query, a refusal, a reversal."""

    at: datetime
    who: str
    what: str
    note: str = ""
    is_against: bool = False


@dataclass(frozen=True, slots=True)
class StepAhead:
    """A step still to come: its words, and for the one that is waited for whose signatures are missing."""

    words: str
    missing: str = ""
    is_now: bool = False


def course_of(desk: Desk, claim: Claim) -> list[CourseStep]:
    """Return the steps of a claim in the order they were taken; of its drafts only the first."""
    return sorted([*_written(desk, claim), *_said(desk, claim), *_posted(desk, claim)], key=_at)


def ahead_of(desk: Desk, claim: Claim) -> list[StepAhead]:
    """Return the steps a claim still has to take by its chain, the one it waits in first; none when it has ended."""
    if claim.state in {ClaimState.PAID, ClaimState.REFUSED, ClaimState.WITHDRAWN}:
        return []
    chain = chain_named(profile(desk).chains, claim.chain)
    found = list(steps_of(claim, chain))
    if claim.state in WAITING:
        here = next((place for place, step in enumerate(found) if step.who is waited_for(claim)), 0)
        found = found[here:]
    elif claim.state is ClaimState.GRANTED:
        found = []
    ahead = [StepAhead(_wording(step)) for step in found] + [StepAhead("付款入账")]
    if claim.state in WAITING and found:
        is_one_enough = found[0].needs == 1 and not passed_here(desk, claim)
        missing = "" if is_one_enough else still_needed(desk, claim, found[0])
        ahead[0] = StepAhead(ahead[0].words, missing, is_now=True)
    elif claim.state is ClaimState.GRANTED:
        ahead[0] = StepAhead(ahead[0].words, is_now=True)
    return ahead


def first_step(desk: Desk, claim: Claim) -> str:
    """Return to whom a claim goes when it is handed in, and when a query was answered."""
    chain = chain_named(profile(desk).chains, claim.chain)
    return first(claim, chain).label.removeprefix("待")


def _at(step: CourseStep) -> datetime:
    return step.at


def _wording(step: ChainStep) -> str:
    return "选定集体研究的决议" if step.who is Who.DECISION else step.label


def _written(desk: Desk, claim: Claim) -> Iterator[CourseStep]:
    for entry in desk.history(claim.id):
        what = _WORDS.get(entry.action, "")
        if what and (entry.version == 1 or entry.action not in _FIRST):
            at, who = datetime.fromisoformat(entry.at), officer_name(desk, entry.actor)
            yield CourseStep(at, who, what, entry.reason, is_against=what == "作废")


def _said(desk: Desk, claim: Claim) -> Iterator[CourseStep]:
    due = {verdict.given_at: verdict.due_on for verdict in desk.find(Verdict, "subject_id = ?", [claim.id])}
    for one in signatures_of(desk, claim.id):
        until = due.get(one.at) if one.step is None or one.step.is_of_township else None
        note = one.note + (f"（{until.month}月{until.day}日前改好）" if until else "")
        what = f"{_SHORT.get(one.step) or _label(one)}{_SAID[one.outcome]}"
        yield CourseStep(one.at, _signer(one), what, note, is_against=one.outcome != "passed")
    for answer in desk.find(Answer, "subject_id = ?", [claim.id]):
        yield CourseStep(answer.given_at, officer_name(desk, answer.given_by), "答复", answer.text)


def _label(one: Signature) -> str:
    return one.step.label if one.step else ""


def _signer(one: Signature) -> str:
    return one.name if one.name == one.recorded_by else f"{one.name}（纸上签字，{one.recorded_by}代录）"


def _posted(desk: Desk, claim: Claim) -> Iterator[CourseStep]:
    voucher = store.voucher_of(desk, claim.id)
    red = store.reversal_of(desk, voucher.id) if voucher else None
    for posted, what in ((voucher, "付款入账"), (red, "红字冲销")):
        if posted:
            at = datetime.fromisoformat(desk.history(posted.id)[0].at)
            note = f"凭证{posted.label}" + (f"：{posted.reason}" if posted.reason else "")
            yield CourseStep(at, officer_name(desk, posted.posted_by), what, note, is_against=posted is red)
