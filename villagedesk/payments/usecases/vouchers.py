"""Vouchers: posted once and for good, reversed in red in the open period, or reversed and made anew in one step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.payments import chains, evidence, rules, store
from villagedesk.payments.anew import made_anew
from villagedesk.payments.means import there_is_money, within_means
from villagedesk.payments.model import Claim, ClaimState, Payroll, Voucher
from villagedesk.projects.model import Project
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.authority import acting
from villagedesk.village.model import Role

Then = Callable[[Change, Claim, Voucher], object]
"""What else belongs to a posting and is stored with it or not at all."""


def post(desk: Desk, claim_id: str, posted_on: date | None = None, *, then: Then | None = None) -> Voucher:
    """Pay a granted claim: the next voucher of the year, which never changes again.

    ``then`` is done in the same change: setting the voucher off against an advance, which lies above this feature.
    Raises RuleViolation when it is out of turn or unreviewed, when its day is ahead, behind or in a closed month, when
    budget or fund would be overdrawn, or when bank or cash box does not hold the money from that day on.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    with desk.change("payments.voucher.posted") as change:  # sums are read where nobody can write in between
        day = posted_on or change.at.date()
        claim = desk.get(Claim, claim_id)
        stop_at(chains.in_turn(claim, "pay", store.chain_of(desk, claim)))
        project = desk.get(Project, claim.project_id)
        _stop_at_day(desk, day, change.at.date())
        findings = [*rules.reviewed(is_passed=store.is_reviewed(desk, claim.id)), *rules.project_pays(project)]
        findings += _sheet_not_paid(desk, claim)
        stop_at([*findings, *within_means(desk, claim, project, with_others=False, day=day)])
        change.put(replace(claim, state=ClaimState.PAID))
        voucher = change.put(
            Voucher(
                year=day.year,
                number=store.next_number(desk, day.year),
                claim_id=claim.id,
                posted_on=day,
                project_id=claim.project_id,
                fund_id=claim.fund_id,
                payee=claim.payee,
                purpose=claim.purpose,
                amount_fen=claim.amount_fen,
                posted_by=actor.id,
            )
        )
        if then:
            then(change, claim, voucher)
        stop_at(there_is_money(desk, claim, voucher))
    return voucher


def reverse(desk: Desk, voucher_id: str, reason: str, posted_on: date | None = None) -> Voucher:
    """Reverse a voucher with a red one that points at it (红字冲销), dated in an open month.

    Raises RuleViolation without a reason, twice, or for a day that cannot be.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    with desk.change("payments.voucher.reversed", reason=reason) as change:
        return _reversed(desk, change, actor, voucher_id, reason, posted_on)


def redo(desk: Desk, voucher_id: str, reason: str, posted_on: date | None = None) -> tuple[Voucher, Claim]:
    """Reverse a voucher and draft its claim anew, in one step (冲销并重做); the draft says which voucher it stands for.

    Returns the red voucher and the draft, filled in and with its papers. Raises RuleViolation as ``reverse`` does.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    with desk.change("payments.voucher.redone", reason=reason) as change:
        red = _reversed(desk, change, actor, voucher_id, reason, posted_on)
        return red, made_anew(desk, change, desk.get(Claim, red.claim_id), voucher_id)


def _reversed(
    desk: Desk, change: Change, actor: Actor, voucher_id: str, reason: str, posted_on: date | None
) -> Voucher:
    voucher, day = desk.get(Voucher, voucher_id), posted_on or change.at.date()
    stop_at(rules.reversible(voucher, is_reversed=store.reversal_of(desk, voucher_id) is not None))
    stop_at(rules.with_reason(reason))
    _stop_at_day(desk, day, change.at.date())
    return change.put(
        replace(
            voucher,
            id="",
            version=0,
            year=day.year,
            number=store.next_number(desk, day.year),
            posted_on=day,
            amount_fen=-voucher.amount_fen,
            reverses_id=voucher.id,
            reason=reason,
            posted_by=actor.id,
        )
    )


def _sheet_not_paid(desk: Desk, claim: Claim) -> list[Finding]:
    """Return what speaks against paying a claim's pay sheet: that another claim paid it already."""
    if not claim.payroll_id:
        return []
    other = store.sheet_claimed_by(desk, claim, desk.get(Payroll, claim.payroll_id))
    return list(rules.sheet_once(other)) if other and other.state is ClaimState.PAID else []


def _stop_at_day(desk: Desk, day: date, today: date) -> None:
    stop_at(rules.posted_in_open_month(day, is_closed=evidence.is_closed(desk, day)))
    stop_at(rules.in_order(day, store.last_posted(desk, day.year), today))
