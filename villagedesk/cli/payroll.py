"""Commands about pay: attendance, pay sheets from posts or work, the bank's files and what it answered."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import click

from villagedesk.cli import typed
from villagedesk.cli.session import Session, chosen, listing
from villagedesk.kernel.halfwidth import half_width
from villagedesk.kernel.money import plain_yuan, yuan
from villagedesk.payments.model import Claim, Payroll, PayrollKind, PayrollLine
from villagedesk.payroll import store, usecases
from villagedesk.payroll.channels import DEFAULT, channels
from villagedesk.payroll.drafting import copied, proposed, recounted, work_line
from villagedesk.payroll.model import Batch, PayOutcome, Timesheet
from villagedesk.payroll.quantities import UNITS, parse_quantity
from villagedesk.payroll.runs import Run, arithmetic
from villagedesk.projects.model import Post
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Person

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
_MADE = {kind.label: kind for kind in PayrollKind if kind is not PayrollKind.IMPORTED}
_DAYS = re.compile(r"(\d{1,9})(?:\.(\d))?(?:天|日|个?工日?)?")
_FIGURE_AND_MORE = re.compile(rf"[\d.]+\s*(?:天|个?工日?|{'|'.join(UNITS)})?\s*,")
"""The rest of a number that was written with a comma (5,5 → 5 and 5,清沟), where words should stand."""

_REASON = click.option("--reason", default="", help="有提醒时仍要继续的原因")


@click.group("payroll")
def payroll() -> None:
    """报酬：考勤、发放表、银行文件、回盘、补发。"""


@payroll.command("attend")
@click.argument("project")
@click.argument("name")
@click.argument("month")
@click.option("--absent", "absent", default="0", help="缺勤几天，例如 1.5")
@click.option("--off", "off", default="0", help="扣几元")
@click.option("--note", default="", help="说明")
@_REASON
@click.pass_obj
def attend(
    session: Session, project: str, name: str, month: str, absent: str, off: str, note: str, reason: str
) -> None:
    """登记一个人一个月的考勤：项目、姓名、月份（2026-03）。"""
    tenths, fen = _tenths(absent), typed.fen(off)
    desk = session.desk()
    period = typed.period(month)
    held = [
        post
        for post in store.posts_in(desk, typed.project_by(desk, project).id, period)
        if desk.get(Person, post.person_id).name == name
    ]
    post: Post = chosen(f"{name}的岗位", held)
    made = usecases.record_timesheet(
        desk,
        Timesheet(post_id=post.id, month=str(period), absent_tenths=tenths, deduction_fen=fen, note=note),
        reason,
    )
    session.say(f"已登记：{name}{period.label}考勤。", {"id": made.id, "month": made.month})


@payroll.command("make")
@click.argument("kind", type=click.Choice(list(_MADE)))
@click.argument("project")
@click.argument("period")
@click.option("--without", "left_out", multiple=True, help="这次不发的人（可写几次）")
@click.option(
    "--line",
    "lines",
    multiple=True,
    help="务工和承包费写一行：姓名,单价或约定金额,工日或数量（如5.5亩，没有就空着）,内容",
)
@click.option("--change", "changes", multiple=True, help="改实发金额：姓名,金额,调整原因")
@click.option("--look", "only_look", is_flag=True, help="只看，不生成")
@_REASON
@click.pass_obj
def make(
    session: Session,
    kind: str,
    project: str,
    period: str,
    left_out: tuple[str, ...],
    lines: tuple[str, ...],
    changes: tuple[str, ...],
    reason: str,
    *,
    only_look: bool,
) -> None:
    """生成一张发放表和它的报账单：种类、项目、期间（2026-03 或 2026Q1）。"""
    desk = session.desk(write=not only_look)
    run = proposed(desk, _MADE[kind], typed.project_by(desk, project).id, typed.period(period))
    written = tuple(_line(desk, one, run.kind) for one in lines)
    kept = tuple(line for line in run.lines if line.name not in left_out)
    run = _changed(recounted(replace(run, lines=(*kept, *written))), changes)
    _finish(session, desk, run, reason, only_look=only_look)


@payroll.command("copy")
@click.argument("sheet")
@click.argument("period")
@click.option("--look", "only_look", is_flag=True, help="只看，不生成")
@_REASON
@click.pass_obj
def copy(session: Session, sheet: str, period: str, reason: str, *, only_look: bool) -> None:
    """照一张发放表做另一期的，人员和账号都用现在的，并说出哪里变了。"""
    desk = session.desk(write=not only_look)
    run, differences = copied(desk, _sheet_by(desk, sheet).id, typed.period(period))
    for one in differences:
        click.echo(f"  {one}", err=True)
    _finish(session, desk, run, reason, only_look=only_look)


@payroll.command("list")
@click.option("--find", "text", default="", help="标题或姓名里的字")
@click.pass_obj
def list_sheets(session: Session, text: str) -> None:
    """发放表一览，新的在前。"""
    desk = session.desk(write=False)
    found = store.sheet_lines(desk, store.sheet_ids(desk, text))
    rows = [
        (
            one.payroll.id[-8:], one.payroll.period, one.payroll.kind.label, one.project, one.people,
            yuan(one.payroll.total_fen), one.claim_state.label if one.claim_state else "",
            f"到账{one.paid}，待回盘{one.sent}，待补发{one.back}，未送{one.waiting}",
        )
        for one in found
    ]  # fmt: skip
    data = [
        {
            "id": one.payroll.id, "period": one.payroll.period, "kind": one.payroll.kind, "people": one.people,
            "total": plain_yuan(one.payroll.total_fen), "claim": one.claim_state, "paid": one.paid, "sent": one.sent,
            "back": one.back, "waiting": one.waiting,
        }
        for one in found
    ]  # fmt: skip
    session.say(listing(("编号", "期间", "种类", "项目", "人数", "金额", "报账单", "发放"), rows), data)


@payroll.command("print")
@click.argument("sheet")
@click.option("-o", "target", type=_FILE, required=True, help="存成的 PDF 文件")
@click.option("--slips", "wants_slips", is_flag=True, help="每人一张发放单")
@click.pass_obj
def print_sheet(session: Session, sheet: str, target: Path, *, wants_slips: bool) -> None:
    """把发放表存成 PDF，可以打印签字。"""
    from villagedesk.kernel.progress import Progress
    from villagedesk.payroll import papers
    from villagedesk.reports.pdf import draw, draw_all

    desk = session.desk(write=False)
    found = _sheet_by(desk, sheet)
    if wants_slips:
        content = draw_all(papers.slips(desk, found.id), f"{found.title}发放单", Progress())
    else:
        content = draw(papers.pay_sheet(desk, found.id))
    session.save(target, content)
    session.say(f"存好了：{target}", {"file": str(target)})


@payroll.command("bank")
@click.argument("sheet")
@click.option("-o", "folder", type=_FOLDER, required=True, help="存到哪个文件夹")
@click.option("--channel", "key", type=click.Choice([one.key for one in channels()]), default=DEFAULT, help="文件格式")
@_REASON
@click.pass_obj
def bank_file(session: Session, sheet: str, folder: Path, key: str, reason: str) -> None:
    """生成送银行的文件：第一次是全表，以后是失败和退票的（补发）。"""
    desk = session.desk()
    batch, file = usecases.write_batch(desk, _sheet_by(desk, sheet).id, key, folder, reason)
    text = f"{batch.label}：{batch.count}人，共{yuan(batch.total_fen)}元。文件：{file}\n文件指纹（SHA-256）：{batch.digest}"
    data = {"id": batch.id, "number": f"{batch.year}-{batch.number}", "file": str(file), "digest": batch.digest}
    session.say(text, data)


@payroll.command("return")
@click.argument("file", type=_FILE)
@click.option("--batch", "number", default="", help="哪一批，写成 2026-3；不写就按内容找")
@click.option("--on", "day", default="", help="回盘日期（默认今天）")
@click.option("--look", "only_look", is_flag=True, help="只看，不登记")
@click.pass_obj
def bank_return(session: Session, file: Path, number: str, day: str, *, only_look: bool) -> None:
    """导入银行回盘。有一处对不上就全不登记。"""
    told_on = typed.day(day) if day else None
    desk = session.desk(write=not only_look)
    batch_id = _batch_by(desk, number).id if number else ""
    if only_look:
        seen = usecases.preview_return(desk, file, batch_id)
    else:
        seen = usecases.take_in_return(desk, file, batch_id, told_on)
    failed = "\n".join(f"  {one.line.name}  {yuan(one.line.amount_fen)}元  {one.reason}" for one in seen.not_paid)
    if seen.note:
        click.echo(f"提醒：{seen.note}", err=True)
    done = "看到" if only_look else "登记完"
    text = f"{done}{seen.batch.label}回盘：{len(seen.told) - len(seen.not_paid)}人到账，共{yuan(seen.paid_fen)}元。"
    if failed:
        text += f"\n没有到账的{len(seen.not_paid)}人：\n{failed}"
    data = {
        "batch": seen.batch.id,
        "paid": plain_yuan(seen.paid_fen),
        "not_paid": [{"name": one.line.name, "reason": one.reason} for one in seen.not_paid],
    }
    session.say(text, data)


@payroll.command("bounced")
@click.argument("number")
@click.argument("name")
@click.argument("reason")
@click.option("--on", "day", default="", help="退票日期（默认今天）")
@click.pass_obj
def bounced(session: Session, number: str, name: str, reason: str, day: str) -> None:
    """登记退票：批次（2026-3）、姓名、原因。"""
    told_on = typed.day(day) if day else None
    desk = session.desk()
    batch = _batch_by(desk, number)
    line = chosen(
        f"{name}在{batch.label}里的一行", [one for one in store.batch_lines(desk, batch.id) if one.name == name]
    )
    usecases.record_answer(desk, line.id, PayOutcome.BOUNCED, reason, told_on)
    session.say(f"已登记退票：{name}，{yuan(line.amount_fen)}元。改正账号后用 payroll bank 补发。", {"id": line.id})


@payroll.command("refused")
@click.argument("number")
@click.argument("reason")
@click.pass_obj
def refused(session: Session, number: str, reason: str) -> None:
    """登记整批退回：银行一笔也没有收，或者文件没有送到。"""
    desk = session.desk()
    told = usecases.record_refusal(desk, _batch_by(desk, number).id, reason)
    session.say(f"已登记：{len(told)}笔整批退回，可以重新生成银行文件。", {"lines": len(told)})


@payroll.command("account")
@click.argument("name")
@click.argument("account")
@click.argument("reason")
@click.option("--id", "id_tail", default="", help="有同名的人时，写身份证号最后几位")
@click.option("--bank", default="", help="开户银行")
@click.pass_obj
def account(session: Session, name: str, account: str, reason: str, id_tail: str, bank: str) -> None:
    """改正户册里一个人的一折通账号，写明原因。"""
    desk = session.desk()
    person = _person_by(desk, name, id_tail)
    usecases.correct_account(desk, person.id, account, bank, reason)
    session.say(f"已改正{name}的账号。", {"id": person.id})


@payroll.command("unpaid")
@click.option("-o", "target", type=_FILE, help="存成的 PDF 文件")
@click.pass_obj
def unpaid(session: Session, target: Path | None) -> None:
    """还没有到账的人和原因。"""
    desk = session.desk(write=False)
    if target:
        from villagedesk.payroll import papers

        session.save_paper(target, papers.unpaid_sheet(desk))
        return
    found = store.unpaid(desk)
    rows = [
        (sheet.period, sheet.kind.label, one.line.name, yuan(one.line.amount_fen), one.standing.label, one.reason)
        for sheet, one in found
    ]
    data = [
        {"sheet": sheet.id, "name": one.line.name, "standing": one.standing, "reason": one.reason}
        for sheet, one in found
    ]
    session.say(listing(("期间", "种类", "姓名", "金额", "情况", "原因"), rows) if rows else "都到账了。", data)


def _finish(session: Session, desk: Desk, run: Run, reason: str, *, only_look: bool) -> None:
    if only_look:
        rows = [
            (line.place, line.name, arithmetic(run.kind, run.period, line), yuan(line.amount_fen), line.note)
            for line in run.lines
        ]
        said = [finding.message for finding in usecases.run_findings(desk, run)]
        text = "\n".join([run.title, listing(("序号", "姓名", "计算", "金额", "备注"), rows), *said])
        session.say(text, {"total": plain_yuan(run.total_fen), "people": len(run.lines), "findings": said})
        return
    sheet, claim = usecases.make_payroll(desk, run, reason)
    session.say(
        f"已生成：{sheet.title}，{len(run.lines)}人，共{yuan(sheet.total_fen)}元。报账单 {claim.number} 已起草。",
        _data(sheet, claim),
    )


def _data(sheet: Payroll, claim: Claim) -> dict[str, object]:
    return {"payroll": sheet.id, "claim": claim.id, "total": plain_yuan(sheet.total_fen)}


def _changed(run: Run, changes: tuple[str, ...]) -> Run:
    """Return the run with amounts changed as written: 姓名,金额,调整原因."""
    lines = list(run.lines)
    for written in changes:
        name, amount, reason = _parts(written, 3, "姓名,金额,调整原因")
        place = chosen(f"{name}的一行", [place for place, line in enumerate(lines) if line.name == name])
        lines[place] = replace(lines[place], amount_fen=typed.fen(amount), reason=reason)
    return replace(run, lines=tuple(lines))


def _line(desk: Desk, written: str, kind: PayrollKind) -> PayrollLine:
    name, standard, counted, work = _parts(written, 4, "姓名,单价或约定金额,工日或数量,内容")
    person, standard_fen = _person_by(desk, name), typed.fen(standard)
    if kind is PayrollKind.RENT and counted:
        number, unit = _quantity(counted)
        return work_line(desk, person, standard_fen=standard_fen, quantity=number, unit=unit, work=work)
    tenths = _tenths(counted) if counted else 0
    return work_line(desk, person, standard_fen=standard_fen, day_tenths=tenths, work=work)


def _quantity(written: str) -> tuple[Decimal, str]:
    try:
        return parse_quantity(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _parts(written: str, count: int, pattern: str) -> list[str]:
    parts = [part.strip() for part in written.replace("，", ",").split(",", count - 1)]
    if len(parts) != count:
        raise click.BadParameter(f"“{written}”请写成 {pattern} 这样")
    if _FIGURE_AND_MORE.match(parts[-1]):
        message = f"“{written}”看不出哪里分开：请写成 {pattern} 这样，数里不用逗号，小数点用“.”（5.5）"
        raise click.BadParameter(message)
    return parts


def _tenths(written: str) -> int:
    """Return tenths of a day for days as typed: 5.5 or 5.5天 → 55. Misuse for more than one place, or a comma."""
    match = _DAYS.fullmatch(half_width(written).strip())
    if not match:
        raise click.BadParameter(f"“{written}”不是天数，请写成 5 或 5.5 这样，最多一位小数，小数点用“.”")
    return 10 * int(match[1]) + int(match[2] or 0)


def _person_by(desk: Desk, name: str, id_tail: str = "") -> Person:
    found = desk.find(Person, "village_id = ? AND name = ? AND id_number LIKE ?", [desk.office_id, name, f"%{id_tail}"])
    person: Person = chosen(f"叫{name}的人", found)
    return person


def _sheet_by(desk: Desk, written: str) -> Payroll:
    """Return the pay sheet named by its id or the end of it."""
    key = [desk.office_id, f"%{written.upper()}"]
    found: Payroll = chosen(f"编号是“{written}”的发放表", desk.find(Payroll, "village_id = ? AND id LIKE ?", key))
    return found


def _batch_by(desk: Desk, written: str) -> Batch:
    """Return the batch named by year and number: 2026-3."""
    year, _, number = written.partition("-")
    if not (year.isdigit() and number.isdigit()):
        raise click.BadParameter("批次请写成 2026-3 这样")
    key = [desk.office_id, int(year), int(number)]
    found: Batch = chosen(f"批次{written}", desk.find(Batch, "village_id = ? AND year = ? AND number = ?", key))
    return found


COMMANDS: tuple[click.Command, ...] = (payroll,)
