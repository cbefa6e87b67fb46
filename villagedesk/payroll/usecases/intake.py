"""A pay sheet that was made elsewhere: looked at, taken in with the claim that pays it, taken back until it is paid."""

from dataclasses import replace
from pathlib import Path

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.kernel.progress import Progress
from villagedesk.payments import chains, rules
from villagedesk.payments import store as payments_store
from villagedesk.payments.model import UNDER_WAY, Claim, ClaimState, Payroll, PayrollLine
from villagedesk.payments.paying import claim_for_payroll
from villagedesk.payments.paysheet import LAYOUT, PaySheetLine, pay_sheet, read_pay_sheet
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign.reading import Reading
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
    total = sum(line.amount_fen for line in reading.lines)
    project = desk.get(Project, project_id)
    effect = f"登记{len(reading.lines)}人，共{yuan(total)}元，并起草一张从“{project.name}”支出的报账单。"
    shown = [(line.row, _shown(line)) for line in reading.lines]
    return preview(opened, LAYOUT, reading, _SHOWN, shown, effect)


def import_payroll(
    desk: Desk, path: Path, project_id: str, way: Way | None = None, progress: Progress | None = None
) -> tuple[Payroll, Claim]:
    """Take in a pay sheet, all of it or nothing, and draft the claim that pays it for a project.

    Returns both. Raises BadInput with problems by row and column, RuleViolation when the period is already in.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    project = desk.get(Project, project_id)
    stop_at(rules.project_pays(project))
    opened = open_foreign(desk, path, LAYOUT, way, progress)
    laid_out(opened, LAYOUT)
    reading = _read(desk, opened, progress)
    sheet = pay_sheet(laid_out(opened, LAYOUT), reading, opened.way.said)
    period = str(sheet.period)
    progress = progress or Progress()
    progress.start("存入", len(sheet.lines))
    with desk.change("payroll.sheet.imported", reason=path.name) as change:
        is_taken = payments_store.has_payroll(desk, project_id, period)
        stop_at(rules.taken_once(f"{sheet.period.label}的发放表", is_taken=is_taken))
        taken = register_import(change, LAYOUT.kind, opened, len(sheet.lines))
        payroll = change.put(
            Payroll(
                project_id=project_id,
                title=sheet.title,
                period=period,
                sheet_date=sheet.sheet_date,
                total_fen=sheet.total_fen,
                source_id=taken.attachment_id,
                import_id=taken.id,
            )
        )
        change.put_all(_stored(payroll.id, line) for line in progress.counted(sheet.lines))
        claim = claim_for_payroll(
            payroll,
            project,
            len(sheet.lines),
            handler=actor.name,
            made_by=actor.id,
            today=change.at.date(),
            profile_version=village_store.profile(desk).version,
            chain=village_store.office(desk).chain,
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


def _claims_of(desk: Desk, import_id: str) -> list[Claim]:
    return desk.find(Claim, "payroll_id IN (SELECT id FROM payrolls WHERE import_id = ?)", [import_id])


def _unpaid(claim: Claim) -> list[Finding]:
    if claim.state is not ClaimState.PAID:
        return []
    message = "这张发放表已经付款入账，不能撤销导入。发错了，请冲销它的凭证。"
    return [Finding("payroll.import_paid", message, basis="入账的凭证只能冲销")]


def _stored(payroll_id: str, line: PaySheetLine) -> PayrollLine:
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


def _shown(line: PaySheetLine) -> tuple[str, ...]:
    return line.person.name, line.area, line.account, yuan(line.amount_fen), line.note
