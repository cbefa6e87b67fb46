"""What a person does with the village's own records."""

import shutil
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

from villagedesk.kernel.clock import Clock
from villagedesk.kernel.errors import WrongPassword, stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.ids import Chance
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village import bodies, plans, purse, rules, store, takingin
from villagedesk.village.authority import acting
from villagedesk.village.consent import Consent, agreed
from villagedesk.village.model import (
    Arrival,
    Credential,
    DeskCard,
    Fund,
    Kinship,
    Office,
    OfficeKind,
    Officer,
    Opening,
    Purse,
    Role,
)

_OWNER_ROLE = {OfficeKind.VILLAGE: Role.ACCOUNTANT, OfficeKind.TOWNSHIP: Role.CLERK}
_KEY_ROLES = rules.KEY_ROLES

look_at_people, import_people = takingin.look_at_people, takingin.import_people
look_at_roster, import_roster = takingin.look_at_roster, takingin.import_roster
undo_people = takingin.undo_people
set_up_body, change_members = bodies.set_up_body, bodies.change_members


def found_desk(
    folder: Path,
    office: Office,
    owner: str,
    password: str,
    *,
    clock: Clock | None = None,
    chance: Chance | None = None,
) -> Desk:
    """Lay out a new desk for an office and sign its owner in (village: the accountant; township: the clerk).

    Raises RuleViolation for a wrong code or short password, DeskExists when the folder is not empty, DiskFull or
    DiskGone; nothing is left in the folder then.
    """
    from villagedesk.village.secrets import SHORTEST_PASSWORD

    findings = [*rules.sound_code(office.code, office.kind), *rules.sound_password(password, SHORTEST_PASSWORD)]
    if not owner.strip():
        findings.append(Finding("village.owner", "请写上经办人的姓名。", "owner"))
    stop_at(findings)
    desk = Desk.create(folder, clock, chance)
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        undo.callback(desk.close)
        _write_down(desk, office, owner, password)
        undo.pop_all()
    return desk


def _write_down(desk: Desk, office: Office, owner: str, password: str) -> None:
    """Store whose desk it is and who keeps it; the owner acts from now on, this first change included."""
    from villagedesk.village.secrets import new_seed, public_key, seal

    desk.signing_seed = new_seed(desk.chance)
    role = _OWNER_ROLE[office.kind]
    desk.actor = Actor("", owner, role)
    with desk.change("village.desk.founded") as change:
        change.village_id, change.actor_id = change.new_id(), change.new_id()
        desk.actor = Actor(change.actor_id, owner, role)
        change.put(replace(office, id=change.village_id, village_id=change.village_id))
        change.put(DeskCard(office_id=change.village_id, kind=office.kind, public_key=public_key(desk.signing_seed)))
        officer = change.put(Officer(id=change.actor_id, name=owner, role=role))
        sealed = seal(password, desk.signing_seed, desk.chance)
        change.put(
            Credential(
                officer_id=officer.id, salt=sealed.salt, verifier=sealed.verifier, wrapped_key=sealed.wrapped_key
            )
        )


def sign_in(desk: Desk, name: str, password: str) -> Actor:
    """Let an officer act from now on. Raises WrongPassword; whoever acted before goes on acting then."""
    from villagedesk.village.secrets import Sealed, unseal

    known = store.credential_of(desk, name)
    if known is None:
        raise WrongPassword
    officer, credential = known
    fits, seed = unseal(password, Sealed(credential.salt, credential.verifier, credential.wrapped_key))
    if not fits:
        raise WrongPassword
    desk.actor = Actor(officer.id, officer.name, officer.role)
    desk.signing_seed = seed
    return desk.actor


def sign_out(desk: Desk) -> None:
    """Go on looking without acting."""
    desk.actor = None
    desk.signing_seed = None


def appoint(desk: Desk, name: str, role: Role, password: str, consent: Consent | None = None) -> Officer:
    """Add somebody who may act, with a first password.

    Raises RuleViolation for a short password, a taken name, or one who will approve without another's ``consent``.
    """
    from villagedesk.village.secrets import SHORTEST_PASSWORD, seal

    acting(desk, *_KEY_ROLES)
    findings = list(rules.sound_password(password, SHORTEST_PASSWORD))
    if desk.value("SELECT 1 FROM officers WHERE village_id = ? AND name = ?", [desk.office_id, name]):
        findings.append(Finding("village.officer", f"已经有一位“{name}”，请加字区分。", "name"))
    if not name.strip():
        findings.append(Finding("village.officer", "请写上姓名。", "name"))
    stop_at(findings)
    with desk.change("village.officer.appointed", reason=agreed(desk, role, consent)) as change:
        officer = change.put(Officer(name=name, role=role))
        sealed = seal(password, desk.signing_seed if role in _KEY_ROLES else None, desk.chance)
        change.put(
            Credential(
                officer_id=officer.id, salt=sealed.salt, verifier=sealed.verifier, wrapped_key=sealed.wrapped_key
            )
        )
    return officer


def change_password(desk: Desk, old: str, new: str) -> None:
    """Give the actor another password; the desk's key is wrapped anew under it.

    Raises NotSignedIn, or RuleViolation when the old password does not fit (field ``old``) or the new one is too short
    or the same (field ``password``).
    """
    from villagedesk.village.secrets import SHORTEST_PASSWORD, Sealed, seal, unseal

    actor = acting(desk, *Role)
    (credential,) = desk.find(Credential, "officer_id = ?", [actor.id])
    fits, seed = unseal(old, Sealed(credential.salt, credential.verifier, credential.wrapped_key))
    findings = list(rules.sound_password(new, SHORTEST_PASSWORD))
    if not fits:
        findings.append(Finding("village.old_password", "原来的密码不对，密码没有改。", "old"))
    elif new == old:
        findings.append(Finding("village.password", "新密码和原来的一样，请换一个。", "password"))
    stop_at(findings)
    sealed = seal(new, seed, desk.chance)
    with desk.change("village.password.changed") as change:
        change.put(replace(credential, salt=sealed.salt, verifier=sealed.verifier, wrapped_key=sealed.wrapped_key))


def dismiss(desk: Desk, officer_id: str, consent: Consent | None = None) -> Officer:
    """Stop an officer acting from now on; what they did stays under their name, their copy of the key is dropped.

    Who dismisses themselves is signed out. Raises RuleViolation for the last accountant (or clerk), one who left, or
    one who approves without their own or another's ``consent``, unless nobody else is left who could give it.
    """
    acting(desk, *_KEY_ROLES)
    officer = desk.get(Officer, officer_id)
    (credential,) = desk.find(Credential, "officer_id = ?", [officer_id])
    stop_at(list(rules.may_leave(officer, store.active_officers(desk))))
    with desk.change("village.officer.dismissed", reason=agreed(desk, officer.role, consent, officer.id)) as change:
        stored = change.put(replace(officer, is_active=False))
        change.put(replace(credential, wrapped_key=""))
    if desk.actor and desk.actor.id == officer_id:
        sign_out(desk)
    return stored


def update_card(desk: Desk, office: Office) -> Office:
    """Store a changed card of the desk's own office. Raises RuleViolation for a wrong code."""
    acting(desk, *_KEY_ROLES)
    findings = list(rules.sound_code(office.code, office.kind))
    stop_at(findings)
    with desk.change("village.card.updated") as change:
        return change.put(office)


def record_kinship(desk: Desk, kinship: Kinship) -> Kinship:
    """Record that somebody is a close relative of an office holder, or correct it. It stays in the village.

    Raises RuleViolation when a name is missing, both are one, or the two are recorded already.
    """
    acting(desk, Role.ACCOUNTANT, Role.HEAD, Role.FINANCE_GROUP, Role.SUPERVISION)
    kinship = replace(
        kinship, holder=kinship.holder.strip(), relative=kinship.relative.strip(), relation=kinship.relation.strip()
    )
    with desk.change("village.kinship.recorded") as change:
        stop_at(rules.sound_kinship(kinship, store.kinships(desk)))
        return change.put(kinship)


def drop_kinship(desk: Desk, kinship_id: str, reason: str) -> None:
    """Take a recorded kinship back that was wrong; the journal keeps it. Raises RuleViolation without a reason."""
    acting(desk, Role.ACCOUNTANT, Role.HEAD, Role.FINANCE_GROUP, Role.SUPERVISION)
    if not reason.strip():
        stop_at([Finding("village.reason", "请写明为什么删去。", "reason")])
    with desk.change("village.kinship.dropped", reason=reason) as change:
        change.discard(desk.get(Kinship, kinship_id))


def choose_chain(desk: Desk, key: str, reason: str = "") -> Office:
    """Choose the profile's sign-off chain by which claims go that are handed in from now on.

    What is on its way keeps its own. Raises RuleViolation for a chain the profile does not know.
    """
    acting(desk, Role.ACCOUNTANT, Role.HEAD)
    chain = store.profile(desk).chains.get(key)
    if chain is None:
        stop_at([Finding("village.chain", f"规则里没有“{key}”这种审批流程，请从列出的里面选。", "chain")])
    with desk.change("village.chain.chosen", reason=reason) as change:
        return change.put(replace(store.office(desk), chain=key))


def open_fund(desk: Desk, fund: Fund) -> Fund:
    """Open the account of a year and source. Raises RuleViolation when it is unsound or already open."""
    acting(desk, Role.ACCOUNTANT)
    findings = list(rules.sound_fund(fund.year, fund.source, fund.owner, fund.planned_fen))
    findings += rules.opened_once(fund, store.fund_like(desk, fund, fund.year))
    stop_at(findings)
    with desk.change("village.fund.opened") as change:
        return change.put(fund)


def plan_findings(desk: Desk, fund_id: str, planned_fen: int, document: str, reason: str) -> list[Finding]:
    """Return all that stands against changing a fund's plan, for the form, the command and the deed alike."""
    balance = store.fund_balance(desk, fund_id)
    findings = list(rules.sound_plan_change(balance.fund, planned_fen, document.strip(), reason))
    budgets = plans.budgeted_fen(desk, fund_id)
    findings += rules.plan_holds(balance.fund, planned_fen, balance.arrived_fen, balance.opening_fen, budgets)
    return findings


def change_plan(desk: Desk, fund_id: str, planned_fen: int, document: str, reason: str) -> Fund:
    """Correct, raise or lower what a fund is planned to get, in fen; the journal keeps both versions.

    ``document`` is the paper it rests on from now on. Raises RuleViolation without it, without a ``reason``, below
    what arrived, and below the budgets in force that stand on the fund.
    """
    acting(desk, Role.ACCOUNTANT)
    with desk.change("village.fund.plan_changed", reason=reason) as change:  # read where nobody can write in between
        stop_at(plan_findings(desk, fund_id, planned_fen, document, reason))
        return change.put(replace(desk.get(Fund, fund_id), planned_fen=planned_fen, document=document.strip()))


def arrival_findings(desk: Desk, arrival: Arrival) -> list[Finding]:
    """Return all that stands against recording an arrival, for the form, the command and the deed alike."""
    balance = store.fund_balance(desk, arrival.fund_id)
    findings = list(rules.arrived(arrival.amount_fen, arrival.arrived_on, desk.clock.now().date()))
    plan, place = balance.fund.planned_fen, f"village:{arrival.fund_id}"
    findings += rules.within_plan(balance.arrived_fen + arrival.amount_fen, plan, place)
    return findings


def record_arrival(desk: Desk, arrival: Arrival, reason: str = "") -> Arrival:
    """Record money that arrived, under the next receipt number of its year.

    Beyond the plan it needs a ``reason``; raises RuleViolation otherwise.
    """
    acting(desk, Role.ACCOUNTANT)
    with desk.change("village.fund.arrived", reason=reason) as change:  # read where nobody can write in between
        stop_at(arrival_findings(desk, arrival), reason)
        year = arrival.arrived_on.year
        return change.put(replace(arrival, year=year, number=store.next_receipt(desk, year)))


def open_balance(desk: Desk, fund_id: str, amount_fen: int, day: date, document: str, reason: str = "") -> Opening:
    """Write down what a fund began with, from older books; the money counts as lying in the bank.

    Raises RuleViolation when it is unsound or the fund's year before lies in the books, and without a ``reason`` when
    the fund has an opening already.
    """
    acting(desk, Role.ACCOUNTANT)
    with desk.change("village.fund.begun", reason=reason) as change:
        fund = desk.get(Fund, fund_id)
        stop_at(rules.begins_outside(fund, has_year_before=store.fund_before(desk, fund) is not None))
        known = [one for one in store.openings_of(desk, fund_id) if one.from_fund_id is None]
        findings = list(rules.begins_with(amount_fen, day, document, desk.clock.now().date()))
        stop_at([*findings, *rules.begins_once(has_opening=bool(known))], reason)
        return change.put(Opening(fund_id=fund_id, opened_on=day, amount_fen=amount_fen, document=document))


def carry_findings(desk: Desk, from_fund_id: str, to_fund_id: str, day: date) -> list[Finding]:
    """Return all that stands against carrying what is left of a fund to another."""
    balance, target = store.fund_balance(desk, from_fund_id), desk.get(Fund, to_fund_id)
    findings = list(rules.same_money(balance.fund, target))
    last = store.last_moved(desk, from_fund_id)
    findings += rules.carried_when(balance.fund.year, day, last, desk.clock.now().date())
    findings += rules.something_left(balance.left_fen, store.claims_waiting_fen(desk, from_fund_id))
    return findings


def carry_forward(
    desk: Desk, from_fund_id: str, to_fund_id: str, day: date, document: str = "", reason: str = ""
) -> Opening:
    """Carry all that is left of a year's fund to the same source and owner of the next year (结转); both books show it.

    Raises RuleViolation for any other fund, for a day that lies wrong, when nothing is left, and without a ``reason``
    while claims still wait to be paid from the old fund.
    """
    acting(desk, Role.ACCOUNTANT)
    with desk.change("village.fund.carried", reason=reason) as change:
        stop_at(carry_findings(desk, from_fund_id, to_fund_id, day), reason)
        left = store.fund_balance(desk, from_fund_id).left_fen
        return change.put(
            Opening(fund_id=to_fund_id, opened_on=day, amount_fen=left, from_fund_id=from_fund_id, document=document)
        )


def reverse_arrival(desk: Desk, arrival_id: str, reason: str, day: date | None = None) -> Arrival:
    """Take back an arrival that was written down wrongly: a red receipt under the next number, linked to it.

    Raises RuleViolation without a reason, a second time, on a day that lies wrong, or when the fund or the bank does
    not hold the money from that day on.
    """
    acting(desk, Role.ACCOUNTANT)
    day = day or desk.clock.now().date()
    with desk.change("village.fund.arrival_reversed", reason=reason) as change:
        wrong = desk.get(Arrival, arrival_id)
        _stop_at_taking_back(desk, wrong, wrong.arrived_on, day, reason)
        red = replace(wrong, id="", version=0, arrived_on=day, amount_fen=-wrong.amount_fen)
        numbered = replace(red, year=day.year, number=store.next_receipt(desk, day.year))
        return change.put(replace(numbered, reverses_id=wrong.id, reason=reason))


def reverse_opening(desk: Desk, opening_id: str, reason: str, day: date | None = None) -> Opening:
    """Take back an opening balance or a carrying forward that was wrong; what was carried lies in its old fund again.

    Raises RuleViolation without a reason, a second time, on a day that lies wrong, or when the fund or the bank does
    not hold the money from that day on.
    """
    acting(desk, Role.ACCOUNTANT)
    day = day or desk.clock.now().date()
    with desk.change("village.fund.opening_reversed", reason=reason) as change:
        wrong = desk.get(Opening, opening_id)
        _stop_at_taking_back(desk, wrong, wrong.opened_on, day, reason)
        red = replace(wrong, id="", version=0, opened_on=day, amount_fen=-wrong.amount_fen)
        return change.put(replace(red, reverses_id=wrong.id, reason=reason))


def _stop_at_taking_back(desk: Desk, wrong: Arrival | Opening, of: date, day: date, reason: str) -> None:
    is_reversed = bool(desk.find(type(wrong), "reverses_id = ?", [wrong.id]))
    stop_at(rules.taken_back(wrong.amount_fen, is_reversed=is_reversed))
    stop_at(list(rules.taken_back_when(day, of, desk.clock.now().date(), reason)))
    findings = list(
        rules.still_there(purse.lowest_of_fund(desk, store.fund_balance(desk, wrong.fund_id), day), wrong.amount_fen)
    )
    if isinstance(wrong, Arrival) or wrong.from_fund_id is None:  # what was carried never moved in the bank
        findings += rules.enough_in(Purse.BANK, wrong.amount_fen, purse.lowest(desk, Purse.BANK, day))
    stop_at(findings)
