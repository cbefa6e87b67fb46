"""What the oversight groups and their partners do: review, and answer a query."""

from dataclasses import replace

from villagedesk.disclosure.model import Notice
from villagedesk.disclosure.rules import next_state as next_notice_state
from villagedesk.kernel.errors import StaleRecord, stop_at
from villagedesk.oversight import rules
from villagedesk.oversight.model import Answer, Review
from villagedesk.payments.model import Claim, Outcome
from villagedesk.payments.rules import next_state as next_claim_state
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village.authority import acting
from villagedesk.village.model import Role

_KINDS: dict[str, type[Claim] | type[Notice]] = {Claim.table: Claim, Notice.table: Notice}


def review(
    desk: Desk, subject_table: str, subject_id: str, outcome: Outcome, note: str = "", seen_version: int | None = None
) -> Review:
    """Record what a reviewer says of a claim or a notice and move it on, both at once.

    ``seen_version`` is the version the reviewer looked at (default: the present one). Raises RuleViolation when it
    is not the reviewer's part, nothing waits, maker and checker are one, or a query or refusal has no reason;
    StaleRecord when the subject was changed since it was looked at.
    """
    actor = acting(desk, rules.REVIEWERS[subject_table])
    subject = _subject(desk, subject_table, subject_id)
    stop_at(rules.waits_for_review(subject, outcome))
    if seen_version not in {None, subject.version}:
        raise StaleRecord
    stop_at([*rules.two_people(subject.made_by, actor.id), *rules.reasoned(outcome, note)])
    with desk.change(f"oversight.{subject_table}.{outcome}", reason=note) as change:
        given = change.put(
            Review(
                subject_table=subject_table,
                subject_id=subject.id,
                subject_version=subject.version,
                outcome=outcome,
                note=note.strip(),
                given_by=actor.id,
                given_at=change.at,
            )
        )
        _move(change, subject, rules.ACTIONS[outcome])
    return given


def answer(desk: Desk, subject_table: str, subject_id: str, text: str) -> Answer:
    """Answer a query; with it the claim or notice goes back to the reviewers.

    Raises RuleViolation when nothing was queried or the answer is empty.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    subject = _subject(desk, subject_table, subject_id)
    stop_at(rules.waits_for_answer(subject))
    stop_at(rules.answered(text))
    with desk.change(f"oversight.{subject_table}.answered") as change:
        given = change.put(
            Answer(
                subject_table=subject_table,
                subject_id=subject.id,
                text=text.strip(),
                given_by=actor.id,
                given_at=change.at,
            )
        )
        _move(change, subject, "answer")
    return given


def _subject(desk: Desk, subject_table: str, subject_id: str) -> Claim | Notice:
    return desk.get(_KINDS[subject_table], subject_id)


def _move(change: Change, subject: Claim | Notice, action: str) -> None:
    if isinstance(subject, Claim):
        change.put(replace(subject, state=next_claim_state(subject.state, action) or subject.state))
    else:
        change.put(replace(subject, state=next_notice_state(subject.state, action) or subject.state))
