"""The village's own words on a claim that no group reviews: the witness, the head, a meeting's decision."""

from dataclasses import replace
from pathlib import Path

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.names import ungapped
from villagedesk.payments import chains, evidence, needs, rules, signatures, store
from villagedesk.payments.model import Approval, Claim, Outcome
from villagedesk.payments.papers import Paper, keep_paper, read_paper
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.authority import acting
from villagedesk.village.model import Role
from villagedesk.village.moneyrules import Who

_VILLAGE = (Role.ACCOUNTANT, Role.HEAD, Role.FINANCE_GROUP, Role.SUPERVISION)


def approve(desk: Desk, claim_id: str, outcome: Outcome, note: str = "") -> Claim:
    """Record the village head's word on a claim that waits for it.

    Raises RuleViolation out of turn, without a reason, or where maker, handler, payee or a relative of theirs signs.
    """
    actor = acting(desk, Role.HEAD)
    with desk.change(f"payments.claim.{outcome}", reason=note) as change:
        claim = desk.get(Claim, claim_id)
        stop_at(chains.waits_for(claim, store.chain_of(desk, claim), Who.HEAD))
        return _say(desk, change, actor, claim, outcome, note)


def bear_witness(
    desk: Desk, claim_id: str, outcome: Outcome = Outcome.PASSED, note: str = "", paper: Path | None = None
) -> Claim:
    """Record the witness's word: by the witness signed in, or from a signed ``paper`` by anybody but the maker.

    Raises RuleViolation as ``approve`` does and when the paper is missing, BadInput when it cannot be read.
    """
    actor = acting(desk, *_VILLAGE)
    scan = read_paper(paper) if paper else None
    with desk.change(f"payments.claim.witness_{outcome}", reason=note) as change:
        claim = desk.get(Claim, claim_id)
        stop_at(chains.waits_for(claim, store.chain_of(desk, claim), Who.WITNESS))
        witness = "" if ungapped(actor.name) == ungapped(claim.witness) else claim.witness.strip()
        return _say(desk, change, actor, claim, outcome, note, witness, scan)


def decide(desk: Desk, claim_id: str, motion_id: str = "") -> Claim:
    """Let a claim that waits for a meeting's decision rest on the motion that decided it, and go on.

    The word is the meeting's: its minutes and votes are the proof. Raises RuleViolation out of turn, or for a motion
    that did not pass or was about another project.
    """
    acting(desk, Role.ACCOUNTANT, Role.HEAD)
    with desk.change("payments.claim.decided") as change:
        claim = desk.get(Claim, claim_id)
        chain = store.chain_of(desk, claim)
        stop_at(chains.waits_for(claim, chain, Who.DECISION))
        on_it = replace(claim, decision_id=motion_id or claim.decision_id)
        decision = evidence.decision_of(desk, on_it)
        stop_at(needs.decided(on_it, decision, desk.clock.now().date()))
        stop_at(rules.rests_on_decision(on_it))
        return change.put(replace(on_it, state=chains.after(claim, chain)))


def _say(
    desk: Desk,
    change: Change,
    actor: Actor,
    claim: Claim,
    outcome: Outcome,
    note: str,
    signer: str = "",
    scan: Paper | None = None,
) -> Claim:
    chain = store.chain_of(desk, claim)
    step = chains.step_of(claim, chain)
    stop_at([*rules.two_people(claim.made_by, actor.id), *rules.reasoned(outcome, note)])
    own, others = ("", [signer]) if signer else (actor.name, [])
    stop_at(signatures.against_signing(desk, claim, step, outcome, own, others, has_paper=scan is not None))
    change.put(
        Approval(
            claim_id=claim.id,
            claim_version=claim.version,
            outcome=outcome,
            note=note,
            given_by=actor.id,
            given_at=change.at,
            step=step.who,
            signer=signer,
            paper_id=keep_paper(change, scan).id if scan else None,
        )
    )
    return change.put(replace(claim, state=chains.next_state(claim, chains.ACTIONS[outcome], chain) or claim.state))
