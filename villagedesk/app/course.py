"""A claim's course from hand to hand: who did what when, gathered from every room that has a word on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from villagedesk.exchange.model import Verdict
from villagedesk.oversight.store import said_of
from villagedesk.payments import store
from villagedesk.payments.model import Claim
from villagedesk.storage.desk import Desk
from villagedesk.village.store import officer_name

_WORDS = {
    "payments.claim.drafted": "起草",
    "payments.claim.submitted": "提交审核",
    "payments.claim.withdrawn": "作废",
}


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step. ``what`` begins with the office that took it; ``is_against`` marks a query, a refusal, a reversal."""

    at: datetime
    who: str
    what: str
    note: str = ""
    is_against: bool = False


def course_of(desk: Desk, claim: Claim) -> list[CourseStep]:
    """Return the steps of a claim in the order they were taken; of its drafts only the first."""
    return sorted([*_written(desk, claim), *_said(desk, claim), *_ruled(desk, claim), *_posted(desk, claim)], key=_at)


def _at(step: CourseStep) -> datetime:
    return step.at


def _written(desk: Desk, claim: Claim) -> Iterator[CourseStep]:
    for entry in desk.history(claim.id):
        what = _WORDS.get(entry.action, "")
        if what and (entry.version == 1 or entry.action != "payments.claim.drafted"):
            at, who = datetime.fromisoformat(entry.at), officer_name(desk, entry.actor)
            yield CourseStep(at, who, what, entry.reason, is_against=what == "作废")


def _said(desk: Desk, claim: Claim) -> Iterator[CourseStep]:
    for said in said_of(desk, claim.id):
        what = said.what if said.what == "答复" else f"理财小组{said.what}"
        yield CourseStep(said.at, said.who, what, said.note, is_against=said.what in {"有疑问", "不同意"})
    for approval in store.approvals_of(desk, claim.id):
        who, what = officer_name(desk, approval.given_by), f"村主要负责人{approval.outcome.label}"
        yield CourseStep(approval.given_at, who, what, approval.note, is_against=approval.outcome != "passed")


def _ruled(desk: Desk, claim: Claim) -> Iterator[CourseStep]:
    for verdict in desk.find(Verdict, "subject_id = ?", [claim.id]):
        due = f"（{verdict.due_on.month}月{verdict.due_on.day}日前改好）" if verdict.due_on else ""
        is_against = verdict.outcome != "passed"
        what = f"乡镇{verdict.outcome.label}"
        yield CourseStep(verdict.given_at, verdict.given_by, what, verdict.note + due, is_against=is_against)


def _posted(desk: Desk, claim: Claim) -> Iterator[CourseStep]:
    voucher = store.voucher_of(desk, claim.id)
    red = store.reversal_of(desk, voucher.id) if voucher else None
    for posted, what in ((voucher, "付款入账"), (red, "红字冲销")):
        if posted:
            at = datetime.fromisoformat(desk.history(posted.id)[0].at)
            note = f"凭证{posted.label}" + (f"：{posted.reason}" if posted.reason else "")
            yield CourseStep(at, officer_name(desk, posted.posted_by), what, note, is_against=posted is red)
