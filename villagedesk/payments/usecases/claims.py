"""Claims as the accountant writes them: drafted, handed in, taken back, made anew after a refusal, their papers."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.names import ungapped
from villagedesk.payments import chains, contracts, evidence, needs, parties, recusal, rules, store
from villagedesk.payments.anew import made_anew
from villagedesk.payments.means import within_means
from villagedesk.payments.model import Claim, ClaimState, Payroll
from villagedesk.payments.papers import keep_papers, read_papers
from villagedesk.payments.spelling import tidied
from villagedesk.projects.model import Contract, Project
from villagedesk.projects.rules import within_due
from villagedesk.projects.store import budget_in_force, claimed_on
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Photo, Role
from villagedesk.village.moneyrules import Who
from villagedesk.village.profile import Profile


def findings_of(desk: Desk, claim: Claim) -> list[Finding]:
    """Return all that stands against submitting a claim, for the form, the command and the submission alike.

    Each says where it can be put right; a decision the claim rests on lets pass what a meeting may decide.
    """
    claim = evidence.resting(desk, tidied(claim))
    profile, today = village_store.profile(desk), desk.clock.now().date()
    findings = list(rules.complete(claim, today))
    findings += rules.dated_in_open_month(claim, today, is_closed=evidence.is_closed(desk, claim.spent_on))
    findings += rules.proper_papers(claim, profile.payments)
    findings += rules.cash_in_bounds(claim, profile.payments)
    findings += _who_takes_part(desk, claim, profile)
    if claim.project_id:
        findings += _for_its_project(desk, claim, desk.get(Project, claim.project_id), profile)
    if claim.payroll_id:
        payroll = desk.get(Payroll, claim.payroll_id)
        findings += rules.still_its_people(claim, desk.get(Claim, claim.id)) if claim.id else ()
        findings += rules.sheet_once(store.sheet_claimed_by(desk, claim, payroll))
        findings += rules.nobody_paid_twice(*store.paid_by_sheets_alike(desk, payroll))
        findings += rules.as_the_sheet_says(claim, payroll, store.other_accounts(desk, payroll.id))
    findings += rules.not_claimed_twice(
        store.same_invoice(desk, claim), same_payment=claim.amount_fen > 0 and store.has_same_payment(desk, claim)
    )
    pieces = evidence.pieces_of(desk, claim, profile.splits.days)
    chain = chains.chain_named(profile.chains, village_store.office(desk).chain)
    findings += rules.not_in_pieces(claim, pieces, profile.splits, chain.tiers_fen)
    return _unless_decided(desk, claim, findings)


def draft(desk: Desk, claim: Claim) -> Claim:
    """Store a claim that is still being written; only what a row must have is asked for.

    Whoever wrote it last is its maker; the visit its contract is paid by is found in the books. Raises RuleViolation
    when payee, amount, purpose or project are missing, when the project cannot pay, when the claim is no draft any
    more, or when a pay sheet's claim is to pay somebody else.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    stop_at(rules.complete(claim, desk.clock.now().date()))
    stored = desk.get(Claim, claim.id) if claim.id else claim
    stop_at(_is_draft(desk, stored))
    stop_at(rules.still_its_people(claim, stored))
    project = desk.get(Project, claim.project_id)
    stop_at(rules.project_pays(project))
    claim = replace(
        evidence.resting(desk, tidied(claim)),
        fund_id=claim.fund_id or project.fund_id or "",
        state=ClaimState.DRAFT,
        made_by=actor.id,
        profile_version=village_store.profile(desk).version,
        chain=village_store.office(desk).chain,
    )
    with desk.change("payments.claim.drafted") as change:
        return change.put(claim)


def discard(desk: Desk, claim_id: str) -> None:
    """Throw a draft away; the journal keeps it. Raises RuleViolation for anything but a draft."""
    acting(desk, Role.ACCOUNTANT)
    claim = desk.get(Claim, claim_id)
    stop_at(_is_draft(desk, claim))
    with desk.change("payments.claim.discarded") as change:
        change.discard(claim)


def submit(desk: Desk, claim_id: str, excuse: str = "") -> Claim:
    """Hand a draft in to the first of the office's sign-off chain; from now on its facts and its chain are frozen.

    Warnings pass with a written ``excuse``, which is kept with the claim. Raises RuleViolation otherwise.
    """
    acting(desk, Role.ACCOUNTANT)
    with desk.change("payments.claim.submitted", reason=excuse.strip()) as change:
        claim = desk.get(Claim, claim_id)
        stop_at(_is_draft(desk, claim))
        claim = evidence.resting(desk, tidied(claim))
        excuse = excuse.strip() or claim.excuse
        findings = findings_of(desk, claim)
        stop_at(findings, excuse)
        change.reason = excuse = excuse if findings else ""
        chain = chains.chain_named(village_store.profile(desk).chains, village_store.office(desk).chain)
        return change.put(replace(claim, state=chains.first(claim, chain), excuse=excuse, chain=chain.key))


def withdraw(desk: Desk, claim_id: str, reason: str) -> Claim:
    """Take back a claim that is on its way and not yet paid (作废). Raises RuleViolation without a reason."""
    acting(desk, Role.ACCOUNTANT)
    claim = desk.get(Claim, claim_id)
    stop_at(chains.in_turn(claim, "withdraw", store.chain_of(desk, claim)))
    stop_at(rules.with_reason(reason))
    with desk.change("payments.claim.withdrawn", reason=reason) as change:
        return change.put(replace(claim, state=ClaimState.WITHDRAWN))


def resubmit(desk: Desk, claim_id: str) -> Claim:
    """Make a refused or withdrawn claim anew as a draft with its facts and papers; the old one stays as it ended.

    Raises RuleViolation for a claim that has not ended so, or whose draft is waiting already.
    """
    acting(desk, Role.ACCOUNTANT)
    claim = desk.get(Claim, claim_id)
    stop_at(rules.ended_unpaid(claim))
    stop_at(rules.not_yet_anew(store.made_anew_as(desk, claim)))
    with desk.change("payments.claim.resubmitted", reason=f"重报{claim.number}") as change:
        return made_anew(desk, change, claim, claim.redoes_id)


def add_papers(desk: Desk, claim_id: str, paths: Sequence[Path]) -> list[Photo]:
    """Keep photos or PDFs of a claim's papers; those it has already are passed over.

    Papers may be added at any time, never taken away. Raises BadInput for a file that is neither.
    """
    acting(desk, Role.ACCOUNTANT)
    claim, papers = desk.get(Claim, claim_id), read_papers(paths)
    if not papers:
        return []
    with desk.change("payments.claim.papers_added") as change:
        kept = {photo.attachment_id for photo in evidence.papers_of(desk, claim.id)}
        return keep_papers(change, Claim.table, claim.id, papers, kept)


def _is_draft(desk: Desk, claim: Claim) -> list[Finding]:
    return list(chains.in_turn(claim, "submit", store.chain_of(desk, claim)))


def _who_takes_part(desk: Desk, claim: Claim, profile: Profile) -> list[Finding]:
    chain = chains.chain_named(profile.chains, village_store.office(desk).chain)
    heads = [ungapped(one.name) for one in village_store.active_officers(desk) if one.role == Role.HEAD]
    findings = list(parties.handled_by_another(claim, heads))
    if chains.wants_witness(claim, chain):
        whose, signs = recusal.parties(desk, claim), chains.has_step(claim, chain, Who.WITNESS)
        findings += parties.witnessed(claim, whose, evidence.kin(desk).get(whose.witness, {}), signs=signs)
    findings += parties.no_kin_paid(evidence.kin_of_payees(desk, claim))
    return [*findings, *recusal.nobody_left(desk, claim, chain)]


def _for_its_project(desk: Desk, claim: Claim, project: Project, profile: Profile) -> list[Finding]:
    found = evidence.evidence_for(desk, claim)
    findings = list(rules.project_pays(project))
    findings += rules.from_own_fund(claim, project)
    findings += needs.missing(profile.needs, claim, project, found, budget_in_force(desk, project.id))
    findings += within_means(desk, claim, project, with_others=True)
    if all(finding.field != "contract_id" for finding in findings):
        findings += contracts.names_its_contract(claim, found.contract)
    return findings + _by_its_contract(desk, claim)


def _by_its_contract(desk: Desk, claim: Claim) -> list[Finding]:
    """Return what speaks against a claim by the contract it names: somebody else's, or not what is due by the score."""
    due = evidence.due_by_contract(desk, claim)
    if due is None or claim.contract_id is None:
        return []
    contract = desk.get(Contract, claim.contract_id)
    findings = list(contracts.pays_its_party(claim, contract))
    findings += within_due(contract, due, claim.amount_fen, *claimed_on(desk, contract.id, claim.id))
    return findings


def _unless_decided(desk: Desk, claim: Claim, findings: list[Finding]) -> list[Finding]:
    against = list(needs.decided(claim, evidence.decision_of(desk, claim), desk.clock.now().date()))
    if claim.decision_id and not against:
        findings = [finding for finding in findings if not finding.can_be_decided]
    return findings + against
