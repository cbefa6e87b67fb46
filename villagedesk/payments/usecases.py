"""What a person does with money: claim, approve, post, reverse, take in a pay sheet."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.payments import rules, store
from villagedesk.payments.model import (
    Approval,
    Claim,
    ClaimState,
    Outcome,
    Payroll,
    PayrollLine,
    PayWay,
    Voucher,
)
from villagedesk.payments.paysheet import read_pay_sheet
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import read_grid
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Person, Role

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def findings_of(desk: Desk, claim: Claim) -> list[Finding]:
    """Return all that stands against submitting a claim, for the form, the command and the submission alike."""
    rule = village_store.profile(desk).payments
    today = desk.clock.now().date()
    findings = [*rules.complete(claim, today), *rules.proper_papers(claim, rule), *rules.cash_in_bounds(claim, rule)]
    if claim.project_id:
        project = desk.get(Project, claim.project_id)
        findings += rules.project_pays(project)
        findings += rules.from_own_fund(claim, project)
        findings += _within_means(desk, claim, project)
    if claim.amount_fen > 0:
        findings += rules.not_claimed_twice(
            store.same_invoice(desk, claim), same_payment=store.has_same_payment(desk, claim)
        )
    return findings


def draft(desk: Desk, claim: Claim) -> Claim:
    """Store a claim that is still being written; only what a row must have is asked for.

    Raises RuleViolation when payee, amount, purpose or project are missing, or when it is no draft any more.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    stop_at([] if claim.state is ClaimState.DRAFT else list(rules.in_turn(claim, "submit")))
    stop_at(rules.complete(claim, desk.clock.now().date()))
    project = desk.get(Project, claim.project_id)
    stop_at(rules.project_pays(project))
    claim = replace(
        claim,
        fund_id=claim.fund_id or project.fund_id or "",
        made_by=claim.made_by or actor.id,
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
    findings = findings_of(desk, claim)
    stop_at(findings, excuse or claim.excuse)
    with desk.change("payments.claim.submitted", reason=excuse) as change:
        return change.put(
            replace(claim, state=ClaimState.SUBMITTED, excuse=(excuse or claim.excuse) if findings else "")
        )


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

    Raises RuleViolation when it is out of turn, or budget or fund would be overdrawn.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    claim = desk.get(Claim, claim_id)
    stop_at(rules.in_turn(claim, "pay"))
    today = desk.clock.now().date()
    day = posted_on or today
    project = desk.get(Project, claim.project_id)
    stop_at([*rules.in_order(day, store.last_posted(desk), today), *_within_means(desk, claim, project)])
    with desk.change("payments.voucher.posted") as change:
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
    findings = list(rules.in_order(day, store.last_posted(desk), today))
    if voucher.reverses_id:
        findings.append(Finding("payments.reverse_red", "红字凭证不能再冲销。"))
    if store.reversal_of(desk, voucher_id):
        findings.append(Finding("payments.reversed", f"{voucher.label}凭证已经冲销过了。"))
    if not reason.strip():
        findings.append(Finding("payments.reason", "请写明为什么冲销，公示时要让村民看明白。", "reason"))
    stop_at(findings)
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
    people: dict[str, list[Person]] = defaultdict(list)
    for person in desk.find(Person, "village_id = ?", [desk.office_id]):
        people[person.name].append(person)
    sheet = read_pay_sheet(read_grid(path), people)
    findings = list(rules.project_pays(project))
    key = [desk.office_id, project_id, str(sheet.period)]
    if desk.value("SELECT 1 FROM payrolls WHERE village_id = ? AND project_id = ? AND period = ?", key):
        findings.append(Finding("payments.payroll_twice", f"{sheet.period.label}的发放表已经导入过了。"))
    stop_at(findings)
    with desk.change("payments.payroll.imported", reason=path.name) as change:
        source = change.attach(path.name, _XLSX, path.read_bytes())
        payroll = change.put(
            Payroll(
                project_id=project_id,
                title=sheet.title,
                period=str(sheet.period),
                sheet_date=sheet.sheet_date,
                total_fen=sheet.total_fen,
                source_id=source.id,
            )
        )
        change.put_all(
            PayrollLine(
                payroll_id=payroll.id,
                place=line.place,
                person_id=line.person.id,
                name=line.person.name,
                area=line.area,
                account=line.account,
                amount_fen=line.amount_fen,
                note=line.note,
            )
            for line in sheet.lines
        )
        claim = change.put(
            Claim(
                spent_on=min(sheet.sheet_date, change.at.date()),
                project_id=project_id,
                fund_id=project.fund_id or "",
                payee=f"管护人员{len(sheet.lines)}人",
                amount_fen=sheet.total_fen,
                purpose=f"{sheet.period.label}管护人员报酬",
                invoice_kind="报酬发放表",
                pay_way=PayWay.PASSBOOK,
                payroll_id=payroll.id,
                made_by=actor.id,
                profile_version=village_store.profile(desk).version,
            )
        )
    return payroll, claim


def _within_means(desk: Desk, claim: Claim, project: Project) -> list[Finding]:
    findings = list(rules.within_budget(claim.amount_fen, store.paid_for(desk, project.id), project.budget_fen))
    if claim.fund_id:
        left = village_store.fund_balance(desk, claim.fund_id).left_fen
        findings += rules.within_fund(claim.amount_fen, left)
    return findings
