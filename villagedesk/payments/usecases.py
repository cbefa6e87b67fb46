"""What a person does with money: claim, approve, post, reverse, take in a pay sheet or last year's expenses."""

import mimetypes
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.payments import rules, store
from villagedesk.payments.expensesheet import read_expense_sheet
from villagedesk.payments.model import (
    PAY_SHEET,
    Approval,
    Claim,
    ClaimState,
    Outcome,
    PastExpense,
    Payroll,
    PayrollLine,
    PayWay,
    Voucher,
)
from villagedesk.payments.paysheet import PaySheetLine, read_pay_sheet
from villagedesk.projects.model import Project
from villagedesk.projects.store import budget_in_force
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import read_grid
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Person, Role


def findings_of(desk: Desk, claim: Claim) -> list[Finding]:
    """Return all that stands against submitting a claim, for the form, the command and the submission alike."""
    rule = village_store.profile(desk).payments
    today = desk.clock.now().date()
    findings = [*rules.complete(claim, today), *rules.proper_papers(claim, rule), *rules.cash_in_bounds(claim, rule)]
    if claim.project_id:
        project = desk.get(Project, claim.project_id)
        findings += rules.project_pays(project)
        findings += rules.from_own_fund(claim, project)
        findings += _within_means(
            desk,
            claim,
            project,
            store.under_way_for(desk, project.id, claim.id),
            store.under_way_from(desk, claim.fund_id, claim.id),
        )
    if claim.payroll_id:
        payroll = desk.get(Payroll, claim.payroll_id)
        findings += rules.as_the_sheet_says(claim, payroll.total_fen, store.other_accounts(desk, payroll.id))
    findings += rules.not_claimed_twice(
        store.same_invoice(desk, claim), same_payment=claim.amount_fen > 0 and store.has_same_payment(desk, claim)
    )
    return findings


def draft(desk: Desk, claim: Claim) -> Claim:
    """Store a claim that is still being written; only what a row must have is asked for.

    Whoever wrote it last is its maker. Raises RuleViolation when payee, amount, purpose or project are missing, when
    the project cannot pay, or when the claim is no draft any more.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    stop_at(rules.in_turn(desk.get(Claim, claim.id) if claim.id else claim, "submit"))
    stop_at(rules.complete(claim, desk.clock.now().date()))
    project = desk.get(Project, claim.project_id)
    stop_at(rules.project_pays(project))
    claim = replace(
        claim,
        fund_id=claim.fund_id or project.fund_id or "",
        state=ClaimState.DRAFT,
        made_by=actor.id,
        profile_version=village_store.profile(desk).version,
    )
    with desk.change("payments.claim.drafted") as change:
        return change.put(claim)


def discard(desk: Desk, claim_id: str) -> None:
    """Throw a draft away; the journal keeps it. Raises RuleViolation for anything but a draft."""
    acting(desk, Role.ACCOUNTANT)
    claim = desk.get(Claim, claim_id)
    stop_at(rules.in_turn(claim, "submit"))
    with desk.change("payments.claim.discarded") as change:
        change.discard(claim)


def submit(desk: Desk, claim_id: str, excuse: str = "") -> Claim:
    """Hand a draft to the finance group; from now on its facts are frozen.

    Warnings pass with a written ``excuse``, which is kept with the claim. Raises RuleViolation otherwise.
    """
    acting(desk, Role.ACCOUNTANT)
    claim = desk.get(Claim, claim_id)
    stop_at(rules.in_turn(claim, "submit"))
    excuse = excuse.strip() or claim.excuse
    findings = findings_of(desk, claim)
    stop_at(findings, excuse)
    excuse = excuse if findings else ""
    with desk.change("payments.claim.submitted", reason=excuse) as change:
        return change.put(replace(claim, state=ClaimState.SUBMITTED, excuse=excuse))


def withdraw(desk: Desk, claim_id: str, reason: str) -> Claim:
    """Take back a claim that is on its way and not yet paid (作废). Raises RuleViolation without a reason."""
    acting(desk, Role.ACCOUNTANT)
    claim = desk.get(Claim, claim_id)
    stop_at(rules.in_turn(claim, "withdraw"))
    stop_at(rules.with_reason(reason))
    with desk.change("payments.claim.withdrawn", reason=reason) as change:
        return change.put(replace(claim, state=ClaimState.WITHDRAWN))


def approve(desk: Desk, claim_id: str, outcome: Outcome, note: str = "") -> Claim:
    """Record the village head's word on a reviewed claim. Raises RuleViolation out of turn or without a reason."""
    actor = acting(desk, Role.HEAD)
    claim = desk.get(Claim, claim_id)
    action = {Outcome.PASSED: "approve_pass", Outcome.QUERIED: "approve_query", Outcome.REFUSED: "approve_refuse"}
    stop_at(rules.in_turn(claim, action[outcome]))
    stop_at([*rules.two_people(claim.made_by, actor.id), *rules.reasoned(outcome, note)])
    state = rules.next_state(claim.state, action[outcome]) or claim.state
    with desk.change(f"payments.claim.{outcome}", reason=note) as change:
        change.put(
            Approval(
                claim_id=claim.id,
                claim_version=claim.version,
                outcome=outcome,
                note=note,
                given_by=actor.id,
                given_at=change.at,
            )
        )
        return change.put(replace(claim, state=state))


def post(desk: Desk, claim_id: str, posted_on: date | None = None) -> Voucher:
    """Pay a granted claim: the next voucher of the year, which never changes again.

    Raises RuleViolation when it is out of turn or unreviewed, or when budget or fund would be overdrawn.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    today = desk.clock.now().date()
    day = posted_on or today
    with desk.change("payments.voucher.posted") as change:  # sums are read where nobody can write in between
        claim = desk.get(Claim, claim_id)
        stop_at(rules.in_turn(claim, "pay"))
        project = desk.get(Project, claim.project_id)
        findings = list(rules.reviewed(is_passed=store.is_reviewed(desk, claim.id)))
        findings += rules.project_pays(project)
        findings += rules.in_order(day, store.last_posted(desk, day.year), today)
        stop_at([*findings, *_within_means(desk, claim, project)])
        change.put(replace(claim, state=ClaimState.PAID))
        return change.put(
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


def reverse(desk: Desk, voucher_id: str, reason: str, posted_on: date | None = None) -> Voucher:
    """Reverse a voucher with a red one that points at it (红字冲销). Raises RuleViolation without a reason or twice."""
    actor = acting(desk, Role.ACCOUNTANT)
    voucher = desk.get(Voucher, voucher_id)
    today = desk.clock.now().date()
    day = posted_on or today
    stop_at(rules.reversible(voucher, is_reversed=store.reversal_of(desk, voucher_id) is not None))
    stop_at([*rules.in_order(day, store.last_posted(desk, day.year), today), *rules.with_reason(reason)])
    with desk.change("payments.voucher.reversed", reason=reason) as change:
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


def import_payroll(desk: Desk, path: Path, project_id: str) -> tuple[Payroll, Claim]:
    """Take in a pay sheet, all of it or nothing, and draft the claim that pays it for a project.

    Returns both. Raises BadInput with problems by row and column, RuleViolation when the period is already in.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    project = desk.get(Project, project_id)
    stop_at(rules.project_pays(project))
    people: dict[str, list[Person]] = defaultdict(list)
    for person in desk.find(Person, "village_id = ?", [desk.office_id]):
        people[person.name].append(person)
    sheet = read_pay_sheet(read_grid(path), people)
    period = str(sheet.period)
    stop_at(rules.taken_once(f"{sheet.period.label}的发放表", is_taken=store.has_payroll(desk, project_id, period)))
    with desk.change("payments.payroll.imported", reason=path.name) as change:
        source = _keep(change, path)
        payroll = change.put(
            Payroll(
                project_id=project_id,
                title=sheet.title,
                period=period,
                sheet_date=sheet.sheet_date,
                total_fen=sheet.total_fen,
                source_id=source.id,
            )
        )
        change.put_all(_payroll_line(payroll.id, line) for line in sheet.lines)
        claim = change.put(
            Claim(
                spent_on=min(sheet.sheet_date, change.at.date()),
                project_id=project_id,
                fund_id=project.fund_id or "",
                payee=f"管护人员{len(sheet.lines)}人",
                amount_fen=sheet.total_fen,
                purpose=f"{sheet.period.label}管护人员报酬",
                invoice_kind=PAY_SHEET,
                handler=actor.name,
                pay_way=PayWay.PASSBOOK,
                payroll_id=payroll.id,
                made_by=actor.id,
                profile_version=village_store.profile(desk).version,
            )
        )
    return payroll, claim


def import_expenses(desk: Desk, path: Path) -> list[PastExpense]:
    """Take over an earlier year's expense sheet as it stood, all of it or nothing.

    Raises BadInput with problems by row and column, RuleViolation when that year was taken over before.
    """
    acting(desk, Role.ACCOUNTANT)
    sheet = read_expense_sheet(read_grid(path))
    is_taken = sheet.year in store.past_years(desk)
    stop_at(rules.taken_once(f"{sheet.year}年的支出", is_taken=is_taken))
    with desk.change("payments.expenses.imported", reason=path.name) as change:
        _keep(change, path)
        return change.put_all(sheet.lines)


def _keep(change: Change, path: Path) -> Attachment:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return change.attach(path.name, media_type, path.read_bytes())


def _payroll_line(payroll_id: str, line: PaySheetLine) -> PayrollLine:
    return PayrollLine(
        payroll_id=payroll_id,
        place=line.place,
        person_id=line.person.id,
        name=line.person.name,
        area=line.area,
        account=line.account,
        amount_fen=line.amount_fen,
        note=line.note,
    )


def _within_means(
    desk: Desk, claim: Claim, project: Project, under_way_fen: int = 0, under_way_from_fund_fen: int = 0
) -> list[Finding]:
    paid = store.paid_for(desk, project.id)
    findings = list(rules.within_budget(claim.amount_fen, paid, budget_in_force(desk, project.id), under_way_fen))
    if claim.fund_id:
        left = village_store.fund_balance(desk, claim.fund_id).left_fen
        findings += rules.within_fund(claim.amount_fen, left, under_way_from_fund_fen)
    return findings
