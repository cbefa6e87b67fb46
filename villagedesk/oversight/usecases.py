"""What the oversight groups and their partners do: review, and answer a query."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from villagedesk.disclosure.model import Notice
from villagedesk.disclosure.rules import next_state as next_notice_state
from villagedesk.kernel.errors import StaleRecord, stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.oversight import rules
from villagedesk.oversight.model import Answer, Review
from villagedesk.payments import signatures, signing
from villagedesk.payments.chains import ACTIONS, first, next_state, step_of
from villagedesk.payments.model import Claim, Outcome
from villagedesk.payments.papers import keep_paper, read_paper
from villagedesk.payments.store import chain_of
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.authority import acting
from villagedesk.village.model import Role
from villagedesk.village.store import officer_name

_KINDS: dict[str, type[Claim] | type[Notice]] = {Claim.table: Claim, Notice.table: Notice}


def review(
    desk: Desk,
    subject_table: str,
    subject_id: str,
    outcome: Outcome,
    note: str = "",
    seen_version: int | None = None,
    *,
    signers: Sequence[str] = (),
    paper: Path | None = None,
) -> Review:
    """Record what a reviewer says of a claim or a notice; it moves on once all have passed whom its step needs.

    ``seen_version`` is the version the reviewer looked at (default: the present one). ``signers`` are other members
    of the group who signed the scanned ``paper``; the 组长 records them with their own word. Raises RuleViolation
    when it is not the reviewer's part, nothing waits, maker and checker are one or relatives, somebody signs twice,
    or a query or refusal has no reason; StaleRecord when the subject was changed since it was looked at; BadInput
    for a paper that cannot be read.
    """
    actor = acting(desk, rules.reviewer_of(desk.get(Claim, subject_id) if subject_table == Claim.table else None))
    scan = read_paper(paper) if paper else None
    with desk.change(f"oversight.{subject_table}.{outcome}", reason=note) as change:
        subject = _subject(desk, subject_table, subject_id)
        stop_at(rules.waits_for_review(subject, outcome))
        if seen_version not in {None, subject.version}:
            raise StaleRecord
        stop_at([*rules.two_people(subject.made_by, actor.id), *rules.reasoned(outcome, note)])
        names = [name.strip() for name in signers]
        stop_at(_against(desk, subject, outcome, actor, names, has_paper=scan is not None))
        own = Review(
            subject_table=subject_table,
            subject_id=subject.id,
            subject_version=subject.version,
            outcome=outcome,
            note=note.strip(),
            given_by=actor.id,
            given_at=change.at,
            paper_id=keep_paper(change, scan).id if scan else None,
        )
        given = change.put(own)
        change.put_all(replace(own, signer=name) for name in names)
        if isinstance(subject, Claim):
            _move_claim(desk, change, subject, outcome)
        else:
            _move_notice(change, subject, rules.ACTIONS[outcome])
    return given


def answer(desk: Desk, subject_table: str, subject_id: str, text: str) -> Answer:
    """Answer a query; with it the claim or notice goes back to the first of its reviewers.

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
        if isinstance(subject, Claim):
            change.put(replace(subject, state=first(subject, chain_of(desk, subject))))
        else:
            _move_notice(change, subject, "answer")
    return given


def _subject(desk: Desk, subject_table: str, subject_id: str) -> Claim | Notice:
    return desk.get(_KINDS[subject_table], subject_id)


def _against(
    desk: Desk, subject: Claim | Notice, outcome: Outcome, actor: Actor, names: Sequence[str], *, has_paper: bool
) -> list[Finding]:
    findings = list(rules.only_passed_on_paper(outcome, names))
    if isinstance(subject, Notice):
        findings += rules.not_by_its_maker(officer_name(desk, subject.made_by), names)
        return findings + list(signing.on_paper(names, has_paper=has_paper))
    step = step_of(subject, chain_of(desk, subject))
    findings += signatures.against_signing(desk, subject, step, outcome, actor.name, names, has_paper=has_paper)
    leader = signatures.leader_for(desk, subject, step)
    return findings + list(signing.recorded_by_leader(actor.name, names, leader, step.who.label))


def _move_claim(desk: Desk, change: Change, claim: Claim, outcome: Outcome) -> None:
    """Move a claim on by what was just said; while more of the group must pass it, it stays where it is."""
    chain = chain_of(desk, claim)
    if outcome is Outcome.PASSED and signatures.still_needed(desk, claim, step_of(claim, chain)):
        return
    state = next_state(claim, ACTIONS[outcome], chain)
    if state is not None:
        change.put(replace(claim, state=state))


def _move_notice(change: Change, notice: Notice, action: str) -> None:
    state = next_notice_state(notice.state, action)
    if state is not None:
        change.put(replace(notice, state=state))
