"""A pay sheet that was made elsewhere: looked at, taken in with the claim that pays it, taken back until it is paid."""

from dataclasses import replace
from pathlib import Path

from villagedesk.kernel.errors import is_said, stop_at
from villagedesk.kernel.findings import Finding, blocks, warnings
from villagedesk.kernel.money import yuan
from villagedesk.kernel.progress import Progress
from villagedesk.payments import chains, rules
from villagedesk.payments import store as payments_store
from villagedesk.payments.model import UNDER_WAY, Claim, ClaimState, Payroll
from villagedesk.payments.paying import claim_for_payroll
from villagedesk.payments.paysheet import LAYOUT, PaySheetLine, pay_sheet, read_pay_sheet
from villagedesk.payroll.elsewhere import PERFORMANCE_NOTE, REASON, import_findings, pays_performance, run_of
from villagedesk.payroll.usecases.runs import PURPOSES
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign.reading import Ask, Reading
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.intake import Opened, Preview, Way, laid_out, open_foreign, preview, register_import, still_in
from villagedesk.village.matching import Register
from villagedesk.village.model import Import, Role

_SHOWN = ("姓名", "负责区域", "账号", "金额", "备注")


def look_at_payroll(
    desk: Desk, path: Path, project_id: str, way: Way | None = None, progress: Progress | None = None
) -> Preview:
    """Return what taking in a pay sheet for a project would store, and all that stands against it.

    Nothing is changed. Raises BadInput when it is no sheet at all.
    """
    opened = open_foreign(desk, path, LAYOUT, way, progress)
    if opened.laid is None:
        return preview(opened, LAYOUT, None, _SHOWN, (), "")
    reading = _read(desk, opened, progress)
    _judge(desk, opened, reading, project_id)
    total = sum(line.amount_fen for line in reading.lines)
    project = desk.get(Project, project_id)
    effect = f"登记{len(reading.lines)}人，共{yuan(total)}元，并起草一张从“{project.name}”支出的报账单。"
    shown = [(line.row, _shown(line)) for line in reading.lines]
    return preview(opened, LAYOUT, reading, _SHOWN, shown, effect)


def import_payroll(
    desk: Desk, path: Path, project_id: str, way: Way | None = None, progress: Progress | None = None
) -> tuple[Payroll, Claim]:
    """Take in a pay sheet, all of it or nothing, and draft the claim that pays it for a project.

    Returns both. What passes with a written reason only is answered by the way's ``reason``. Raises BadInput with
    problems by row and column, RuleViolation when the period is already in or not begun, when performance pay rests on
    no assessment, or when somebody is paid already and no reason is written.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    project = desk.get(Project, project_id)
    stop_at(rules.project_pays(project))
    opened = open_foreign(desk, path, LAYOUT, way, progress)
    laid_out(opened, LAYOUT)
    reading = _read(desk, opened, progress)
    sheet = pay_sheet(laid_out(opened, LAYOUT), reading, opened.way.said)
    run = run_of(desk, sheet, project_id, _words(opened))
    reason = _reason(opened)
    progress = progress or Progress()
    progress.start("存入", len(sheet.lines))
    with desk.change("payroll.sheet.imported", reason="；".join(filter(None, (path.name, reason)))) as change:
        stop_at(import_findings(desk, run, _words(opened), opened.digest), reason)
        taken = register_import(change, LAYOUT.kind, opened, len(sheet.lines))
        payroll = change.put(
            Payroll(
                project_id=project_id,
                title=sheet.title,
                period=str(sheet.period),
                kind=run.kind,
                sheet_date=sheet.sheet_date,
                total_fen=sheet.total_fen,
                source_id=taken.attachment_id,
                import_id=taken.id,
            )
        )
        change.put_all(replace(line, payroll_id=payroll.id) for line in progress.counted(run.lines))
        claim = claim_for_payroll(
            payroll,
            project,
            len(sheet.lines),
            handler=actor.name,
            made_by=actor.id,
            today=change.at.date(),
            profile_version=village_store.profile(desk).version,
            chain=village_store.office(desk).chain,
            purpose=f"{sheet.period.label}{PURPOSES.get(run.kind, '管护人员报酬')}",
        )
        return payroll, change.put(claim)


def undo_payroll(desk: Desk, import_id: str, reason: str) -> Import:
    """Take back a pay sheet that was taken in: its draft claim is discarded, one on its way is withdrawn.

    The sheet itself stays as it came and pays nobody. Raises RuleViolation without a reason, when the sheet is paid,
    or when it was taken back already.
    """
    acting(desk, Role.ACCOUNTANT)
    stop_at(rules.with_reason(reason))
    with desk.change("payroll.sheet.undone", reason=reason) as change:
        taken = desk.get(Import, import_id)
        stop_at(still_in(taken))
        for claim in _claims_of(desk, import_id):
            if claim.state is ClaimState.DRAFT:
                change.discard(claim)
                continue
            stop_at(_unpaid(claim))
            if claim.state in UNDER_WAY:
                stop_at(chains.in_turn(claim, "withdraw", payments_store.chain_of(desk, claim)))
                change.put(replace(claim, state=ClaimState.WITHDRAWN))
        return change.put(replace(taken, is_undone=True))


def _read(desk: Desk, opened: Opened, progress: Progress | None) -> Reading[PaySheetLine]:
    way = opened.way
    assert opened.laid
    register = Register.of(desk)
    return read_pay_sheet(opened.laid, register, way.said, way.answers, opened.earlier_answers, progress)


def _judge(desk: Desk, opened: Opened, reading: Reading[PaySheetLine], project_id: str) -> None:
    """Add what stands against the sheet as a whole, once its rows are right; what passes with a reason asks for it."""
    words = _words(opened)
    if pays_performance([*words, *(line.note for line in reading.lines)]):
        reading.notes.append(PERFORMANCE_NOTE)
    if not reading.lines or reading.problems or reading.doubts or reading.asks:
        return
    assert opened.laid
    run = run_of(desk, pay_sheet(opened.laid, reading, opened.way.said), project_id, words)
    found = import_findings(desk, run, words, opened.digest)
    for one in blocks(found):
        meant = next((line.row for line in reading.lines if f"“{line.person.name}”" in one.message), 1)
        reading.tell(meant, "期间" if one.field == "period" else opened.laid.label("name"), one.message)
    told = warnings(found)
    if told and not blocks(found) and not is_said(_reason(opened)):
        reading.asks.append(Ask(REASON, "为什么还要发", "".join(one.message for one in told)))
    elif told:
        reading.notes += [one.message for one in told]


def _words(opened: Opened) -> list[str]:
    """Return what a sheet says of itself: its title, heads and names."""
    heads = [column.head for column in opened.columns]
    return [opened.name, opened.sheet, *(opened.laid.above if opened.laid else ()), *heads]


def _reason(opened: Opened) -> str:
    return opened.way.said.get(REASON, "").strip()


def _claims_of(desk: Desk, import_id: str) -> list[Claim]:
    return desk.find(Claim, "payroll_id IN (SELECT id FROM payrolls WHERE import_id = ?)", [import_id])


def _unpaid(claim: Claim) -> list[Finding]:
    if claim.state is not ClaimState.PAID:
        return []
    message = "这张发放表已经付款入账，不能撤销导入。发错了，请冲销它的凭证。"
    return [Finding("payroll.import_paid", message, basis="入账的凭证只能冲销")]


def _shown(line: PaySheetLine) -> tuple[str, ...]:
    return line.person.name, line.area, line.account, yuan(line.amount_fen), line.note
