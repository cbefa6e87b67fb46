"""What a person does to make a pay sheet: write down attendance, draw the sheet up, all of it in one change."""

from dataclasses import replace

from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import Claim, Payroll, PayrollKind, PayrollLine
from villagedesk.payments.paying import claim_for_payroll
from villagedesk.payments.rules import project_pays
from villagedesk.payroll import rules, store
from villagedesk.payroll.drafting import FROM_POSTS, proposed
from villagedesk.payroll.model import Timesheet
from villagedesk.payroll.runs import Run, days_of
from villagedesk.projects.model import Post, Project
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.accounts import own_accounts
from villagedesk.village.authority import acting
from villagedesk.village.model import Role

PURPOSES = {
    PayrollKind.BASE: "管护人员基本报酬",
    PayrollKind.PERFORMANCE: "管护人员绩效报酬",
    PayrollKind.LABOUR: "村级务工补贴",
    PayrollKind.POST: "岗位工资",
    PayrollKind.RENT: "承包费和土地租金",
}
"""What a claim says it pays, by the kind of its sheet."""

_PAYEES = {PayrollKind.LABOUR: "务工人员", PayrollKind.POST: "岗位人员", PayrollKind.RENT: "承包户、租户"}


def run_findings(desk: Desk, run: Run) -> list[Finding]:
    """Return all that stands against a pay sheet, for the page, the command and the making of it alike."""
    findings = list(project_pays(desk.get(Project, run.project_id)))
    findings += rules.complete(run, desk.clock.now().date())
    unassessed = list(rules.assessed(run)) if run.kind is PayrollKind.PERFORMANCE else []
    findings += unassessed or rules.worked_out(run)  # who is not assessed has no amount yet: one reason is enough
    findings += rules.sound_parts(run)
    living = store.living_sheets(desk, run.period.year)
    findings += rules.days_there_are(run, living)
    members = store.people(desk, [one for line in run.lines for one in (line.person_id, line.payee_id) if one])
    findings += rules.to_the_person(run.lines, members, store.households(desk, members.values()))
    findings += rules.as_registered(run.lines, members)
    pay = [(line.place, members[line.payee_id or line.person_id], line.account) for line in run.lines]
    pay = [one for one in pay if one[1].account == one[2]]  # another than the register's is refused as that
    findings += own_accounts(pay, village_store.account_holders(desk, (account for _, _, account in pay)).__getitem__)
    if run.kind in FROM_POSTS:
        findings += rules.as_the_posts_say(run, proposed(desk, run.kind, run.project_id, run.period).lines)
    findings += rules.likely_accounts(run.lines, store.proven_accounts(desk))
    return findings + list(rules.once(run, living))


def make_payroll(desk: Desk, run: Run, reason: str = "") -> tuple[Payroll, Claim]:
    """Draw a pay sheet up for good, with its lines and the draft of the claim that pays it, in one change.

    Warnings pass with a written ``reason``. Raises RuleViolation otherwise: nobody unassessed gets performance pay,
    nobody is paid twice for a post and period, no changed amount goes without its reason.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    with desk.change("payroll.sheet.made", reason=reason) as change:  # what is paid already is read in the same moment
        run = replace(run, lines=tuple(replace(line, place=place) for place, line in enumerate(run.lines, 1)))
        stop_at(run_findings(desk, run), reason)
        payroll = change.put(
            Payroll(
                project_id=run.project_id,
                title=run.title.strip(),
                period=str(run.period),
                sheet_date=run.sheet_date,
                total_fen=run.total_fen,
                kind=run.kind,
                previous_id=run.previous_id,
            )
        )
        return payroll, store_lines(desk, change, payroll, run.lines, actor.name)


def record_timesheet(desk: Desk, timesheet: Timesheet, reason: str = "") -> Timesheet:
    """Write down, or put right, how many days of a month somebody was absent from their post and what that costs.

    Raises RuleViolation when there are more days than the month has, or when more than the base pay is taken off.
    """
    acting(desk, Role.ACCOUNTANT)
    post, month = desk.get(Post, timesheet.post_id), Period.parse(timesheet.month)
    stop_at(
        rules.sound_timesheet(timesheet.absent_tenths, timesheet.deduction_fen, post.base_fen, days_of(month)), reason
    )
    with desk.change("payroll.timesheet.recorded", reason=reason) as change:
        before = store.timesheet_of(desk, post.id, timesheet.month)
        if before:
            timesheet = replace(timesheet, id=before.id, version=before.version, village_id=before.village_id)
        return change.put(timesheet)


def store_lines(
    desk: Desk, change: Change, payroll: Payroll, lines: tuple[PayrollLine, ...] | list[PayrollLine], handler: str
) -> Claim:
    """Store a stored sheet's lines and the draft of its claim inside a change; a piece of use-cases, not one itself."""
    change.put_all(replace(line, payroll_id=payroll.id) for line in lines)
    period = Period.parse(payroll.period)
    people = len({line.person_id for line in lines})
    claim = claim_for_payroll(
        payroll,
        desk.get(Project, payroll.project_id),
        people,
        handler=handler,
        made_by=change.actor_id,
        today=change.at.date(),
        profile_version=village_store.profile(desk).version,
        chain=village_store.office(desk).chain,
        purpose=f"{period.label}{PURPOSES.get(payroll.kind, '管护人员报酬')}",
    )
    return change.put(replace(claim, payee=f"{_PAYEES.get(payroll.kind, '管护人员')}{people}人"))
