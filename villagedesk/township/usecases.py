"""What the township's leader and clerk do: say their word on what the villages reported and wish."""

from datetime import date

from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.exchange.store import verdicts_of
from villagedesk.kernel.errors import StaleRecord, stop_at
from villagedesk.ledger.model import Reopening
from villagedesk.oversight.unfounded import doubt_claim
from villagedesk.payments.model import Claim
from villagedesk.payments.store import chain_of
from villagedesk.storage.desk import Desk
from villagedesk.township import rules, store
from villagedesk.village.authority import acting
from villagedesk.village.model import Role
from villagedesk.village.moneyrules import Who


def give_verdict(desk: Desk, claim: Claim, outcome: Ruling, note: str = "", due_on: date | None = None) -> Verdict:
    """Say the township's word on a claim as it was seen; the next receipt carries it to the village.

    Where a leader acts on this desk, leader and office each say theirs, in this order; where none does, the clerk's
    one word is the township's. Raises RuleViolation when the claim does not wait for who is signed in, was ruled on
    already or the reason is missing; StaleRecord when a newer version has come in since it was read.
    """
    actor = acting(desk, Role.CLERK, Role.LEADER)
    with desk.change("township.verdict.given", reason=note, village_id=claim.village_id) as change:
        if desk.get(Claim, claim.id).version != claim.version:
            raise StaleRecord
        chain = chain_of(desk, claim)
        said = [one for one in verdicts_of(desk, claim.id) if one.subject_version == claim.version]
        left = rules.steps_left(claim, chain, said)
        stop_at(rules.waits_for_us(claim, chain, left))
        step = store.step_said(desk, claim, left)
        findings = list(rules.in_this_role(step or Who.OFFICE, actor.role))
        findings += rules.by_two_people(actor.name, said)
        doubt = doubt_claim(desk, claim, is_paid=False) if outcome is Ruling.PASSED else None
        findings += rules.leader_said(doubt.words if doubt else "")
        stop_at([*findings, *rules.says_why(outcome, note, due_on, desk.clock.now().date())])
        return change.put(
            Verdict(
                subject_table=Claim.table, subject_id=claim.id,
                subject_version=claim.version, outcome=outcome, note=note, due_on=due_on, given_by=actor.name,
                given_at=change.at, step=step or "",
            )
        )  # fmt: skip


def rule_on_reopening(
    desk: Desk, reopening: Reopening, *, is_granted: bool, note: str = "", until: date | None = None
) -> Verdict:
    """Grant a village to open a month again, or refuse it; the next receipt carries it there.

    ``until`` is the last open day at the most, whenever the receipt arrives. Raises RuleViolation when it does not
    wait for the township, was ruled on already, or a refusal has no reason; StaleRecord when a newer version came in.
    """
    actor = acting(desk, Role.CLERK, Role.LEADER)
    if desk.get(Reopening, reopening.id).version != reopening.version:
        raise StaleRecord
    is_said = any(one.subject_version == reopening.version for one in verdicts_of(desk, reopening.id))
    stop_at(rules.wish_waits(reopening, is_said=is_said))
    stop_at(rules.says_why_not(note, until, desk.clock.now().date(), is_granted=is_granted))
    with desk.change("township.reopening.ruled", reason=note, village_id=reopening.village_id) as change:
        return change.put(
            Verdict(
                subject_table=Reopening.table,
                subject_id=reopening.id,
                subject_version=reopening.version,
                outcome=Ruling.PASSED if is_granted else Ruling.RETURNED,
                note=note.strip(),
                due_on=until,
                given_by=actor.name,
                given_at=change.at,
            )
        )
