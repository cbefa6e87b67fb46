"""Commands about money out: claims through their chain, vouchers, reversals, the register."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from villagedesk.app import posting
from villagedesk.cli import typed
from villagedesk.cli.session import Session, chosen, listing
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import warnings
from villagedesk.kernel.money import plain_yuan, yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.payments import counting, store, usecases
from villagedesk.payments.model import INVOICE_KINDS, Claim, Outcome, PayWay, Voucher
from villagedesk.payments.register import STANDINGS, ClaimLine, claim_ids, claim_lines, claim_sum, standing_at
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(path_type=Path, dir_okay=False)
_STANDINGS = {label: key for key, label in STANDINGS.items()}


@click.group("pay")
def pay() -> None:
    """支出：报账、审批、入账、冲销、登记簿。"""


@pay.command("claim")
@click.argument("project")
@click.argument("payee")
@click.argument("amount")
@click.argument("purpose")
@click.option("--on", "day", default="", help="支出日期，例如 2026-04-05（默认今天）")
@click.option("--invoice", "invoice_kind", type=click.Choice(INVOICE_KINDS), default=INVOICE_KINDS[0], help="票据种类")
@click.option("--number", "invoice_number", default="", help="票据号")
@click.option("--handler", default="", help="经手人（默认办理的人）")
@click.option("--witness", default="", help="证明人")
@click.option("--way", type=click.Choice([way.label for way in PayWay]), default="转账", help="付款方式")
@click.option("--contract", "party", default="", help="按和谁的合同付（名字、范围里的字，或编号末几位）")
@click.option("--decision", "subject", default="", help="依据哪次集体研究的决议（议题里的字，或编号末几位）")
@click.option("--advance", "taker", default="", help="结清谁的预借")
@click.option("--submit", "is_submitted", is_flag=True, help="同时提交审核")
@click.option("--reason", default="", help="有提醒时仍要提交的原因")
@click.pass_obj
def claim(
    session: Session,
    project: str,
    payee: str,
    amount: str,
    purpose: str,
    day: str,
    invoice_kind: str,
    invoice_number: str,
    handler: str,
    witness: str,
    way: str,
    party: str,
    subject: str,
    taker: str,
    is_submitted: bool,
    reason: str,
) -> None:
    """记一张报账单：项目（名称的一部分）、收款人、金额（元）、用途。"""
    spent_on, amount_fen = typed.day(day) if day else None, typed.fen(amount)
    desk = session.desk()
    found = typed.project_by(desk, project)
    facts = Claim(
        spent_on=typed.today(desk, spent_on),
        project_id=found.id,
        fund_id=found.fund_id or "",
        payee=payee,
        amount_fen=amount_fen,
        purpose=purpose,
        invoice_kind=invoice_kind,
        invoice_number=invoice_number,
        handler=handler or (desk.actor.name if desk.actor else ""),
        witness=witness,
        pay_way=next(one for one in PayWay if one.label == way),
        contract_id=typed.contract_with(desk, found, party).id if party else None,
        decision_id=typed.decision_on(desk, found, subject).id if subject else None,
        advance_id=typed.advance_of(desk, taker).id if taker else None,
    )
    stored = usecases.draft(desk, facts)
    if is_submitted:
        stored = _submitted(desk, stored, reason)
    session.say(f"报账单 {stored.number}，{yuan(stored.amount_fen)}元：{stored.state.label}。", _claim(stored))


@pay.command("submit")
@click.argument("claim_id")
@click.option("--reason", default="", help="有提醒时仍要提交的原因")
@click.pass_obj
def submit(session: Session, claim_id: str, reason: str) -> None:
    """把草稿提交审核，先到谁那里按村里的审批流程。"""
    desk = session.desk()
    stored = usecases.submit(desk, _claim_by(desk, claim_id).id, reason)
    session.say(f"报账单 {stored.number} 已提交：{stored.state.label}。", _claim(stored))


@pay.command("discard")
@click.argument("claim_id")
@click.pass_obj
def discard(session: Session, claim_id: str) -> None:
    """删去一张草稿。"""
    desk = session.desk()
    found = _claim_by(desk, claim_id)
    usecases.discard(desk, found.id)
    session.say(f"草稿 {found.number} 已删去。", {"id": found.id})


@pay.command("withdraw")
@click.argument("claim_id")
@click.argument("reason")
@click.pass_obj
def withdraw(session: Session, claim_id: str, reason: str) -> None:
    """把还没有付款的报账单作废，写明原因。"""
    desk = session.desk()
    stored = usecases.withdraw(desk, _claim_by(desk, claim_id).id, reason)
    session.say(f"报账单 {stored.number}：{stored.state.label}。", _claim(stored))


@pay.command("resubmit")
@click.argument("claim_id")
@click.pass_obj
def resubmit(session: Session, claim_id: str) -> None:
    """把没有通过或作废的报账单照原样重起一张草稿。"""
    desk = session.desk()
    stored = usecases.resubmit(desk, _claim_by(desk, claim_id).id)
    session.say(f"重起了草稿 {stored.number}，改好后提交。", _claim(stored))


@pay.command("papers")
@click.argument("claim_id")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.pass_obj
def papers(session: Session, claim_id: str, files: tuple[Path, ...]) -> None:
    """给一张报账单附上票据的照片或 PDF。"""
    desk = session.desk()
    kept = usecases.add_papers(desk, _claim_by(desk, claim_id).id, files)
    session.say(f"存好了{len(kept)}张。", [photo.attachment_id for photo in kept])


@pay.command("witness")
@click.argument("claim_id")
@click.option("--query", "outcome", flag_value=Outcome.QUERIED.value, help="有疑问，退回答复")
@click.option("--refuse", "outcome", flag_value=Outcome.REFUSED.value, help="不同意")
@click.option("--note", default="", help="原因")
@click.option("--paper", type=_FILE, help="证明人签了字的单子（照片或 PDF）；证明人自己登录的不用")
@click.pass_obj
def witness(session: Session, claim_id: str, outcome: str | None, note: str, paper: Path | None) -> None:
    """证明人签字（不写选项就是同意）。"""
    desk = session.desk()
    said = Outcome(outcome or Outcome.PASSED)
    stored = usecases.bear_witness(desk, _claim_by(desk, claim_id).id, said, note, paper)
    session.say(f"报账单 {stored.number}：{stored.state.label}。", _claim(stored))


@pay.command("decide")
@click.argument("claim_id")
@click.argument("motion_id")
@click.pass_obj
def decide(session: Session, claim_id: str, motion_id: str) -> None:
    """登记一张大额报账单是哪次会议的决议（MOTION_ID 是议题编号，可以只写末几位）。"""
    from villagedesk.deliberation.model import Motion

    desk = session.desk()
    key = [desk.office_id, f"%{motion_id.upper()}"]
    motion = chosen(f"编号是“{motion_id}”的议题", desk.find(Motion, "village_id = ? AND id LIKE ?", key))
    stored = usecases.decide(desk, _claim_by(desk, claim_id).id, motion.id)
    session.say(f"报账单 {stored.number}：{stored.state.label}。", _claim(stored))


@pay.command("approve")
@click.argument("claim_id")
@click.option("--query", "outcome", flag_value=Outcome.QUERIED.value, help="有疑问，退回答复")
@click.option("--refuse", "outcome", flag_value=Outcome.REFUSED.value, help="不同意")
@click.option("--note", default="", help="原因")
@click.pass_obj
def approve(session: Session, claim_id: str, outcome: str | None, note: str) -> None:
    """村主要负责人审批一张报账单（不写选项就是同意）。"""
    desk = session.desk()
    stored = usecases.approve(desk, _claim_by(desk, claim_id).id, Outcome(outcome or Outcome.PASSED), note)
    session.say(f"报账单 {stored.number} 审批完：{stored.state.label}。", _claim(stored))


@pay.command("post")
@click.argument("claim_id")
@click.option("--on", "day", type=_DAY, help="入账日期（默认今天）")
@click.pass_obj
def post(session: Session, claim_id: str, day: datetime | None) -> None:
    """付款入账，得到凭证号。"""
    desk = session.desk()
    voucher = posting.post(desk, _claim_by(desk, claim_id).id, day.date() if day else None)
    session.say(f"已入账：凭证{voucher.label}，{yuan(voucher.amount_fen)}元。", _voucher(voucher))


@pay.command("reverse")
@click.argument("number")
@click.argument("reason")
@click.option("--on", "day", type=_DAY, help="冲销日期（默认今天）")
@click.pass_obj
def reverse(session: Session, number: str, reason: str, day: datetime | None) -> None:
    """冲销一张凭证，NUMBER 写成 2026-12 这样。"""
    desk = session.desk()
    red = usecases.reverse(desk, typed.voucher_by(desk, number).id, reason, day.date() if day else None)
    session.say(f"已冲销：红字凭证{red.label}，{yuan(red.amount_fen)}元。", _voucher(red))


@pay.command("redo")
@click.argument("number")
@click.argument("reason")
@click.option("--on", "day", type=_DAY, help="冲销日期（默认今天）")
@click.pass_obj
def redo(session: Session, number: str, reason: str, day: datetime | None) -> None:
    """冲销一张凭证，同时照原样重起一张草稿；NUMBER 写成 2026-12 这样。"""
    desk = session.desk()
    red, fresh = usecases.redo(desk, typed.voucher_by(desk, number).id, reason, day.date() if day else None)
    words = f"已冲销：红字凭证{red.label}；重起了草稿 {fresh.number}，改好后提交。"
    session.say(words, {"voucher": _voucher(red), "claim": _claim(fresh)})


@pay.command("list")
@click.option("--state", type=click.Choice(list(_STANDINGS)), help="只看一种状态")
@click.option("--find", "text", default="", help="收款人、用途、项目或票据号里的字")
@click.pass_obj
def list_claims(session: Session, state: str | None, text: str) -> None:
    """报账单一览，新的在前。"""
    desk = session.desk(write=False)
    wanted = replace(standing_at(_STANDINGS[state] if state else ""), text=text)
    lines = claim_lines(desk, claim_ids(desk, wanted))
    rows = [
        (line.id[-8:], line.spent_on, line.project, line.payee, line.purpose, yuan(line.amount_fen), *_standing(line))
        for line in lines
    ]
    data = [
        {
            "id": line.id,
            "day": line.spent_on,
            "project": line.project,
            "payee": line.payee,
            "purpose": line.purpose,
            "amount": plain_yuan(line.amount_fen),
            "state": line.state,
            "voucher": line.voucher,
            "is_reversed": line.is_reversed,
        }
        for line in lines
    ]
    total = claim_sum(desk, wanted)
    heads = ("编号", "日期", "项目", "收款人", "用途", "金额", "状态", "凭证")
    left_out = counting.what_is_left_out(wanted.states)
    counted = f"合计{yuan(total.amount_fen)}元" + (f"（{left_out}）" if left_out else "")
    session.say(f"{listing(heads, rows)}\n共{total.count}张，{counted}。", data)


@pay.command("show")
@click.argument("claim_id")
@click.pass_obj
def show(session: Session, claim_id: str) -> None:
    """看一张报账单和它的办理经过。"""
    from villagedesk.app.course import course_of

    desk = session.desk(write=False)
    found = _claim_by(desk, claim_id)
    steps = course_of(desk, found)
    lines = [
        f"报账单 {found.number}：{found.state.label}",
        f"{found.spent_on}  {desk.get(Project, found.project_id).name}",
        f"{found.payee}：{found.purpose}",
        f"{yuan(found.amount_fen)}元  {amount_in_words(found.amount_fen)}",
        *(f"  {step.at:%Y-%m-%d %H:%M}  {step.who}  {step.what}  {step.note}".rstrip() for step in steps),
    ]
    course = [{"at": step.at, "who": step.who, "what": step.what, "note": step.note} for step in steps]
    session.say("\n".join(lines), _claim(found) | {"course": course})


@pay.command("print")
@click.argument("claim_id")
@click.option(
    "--as", "form", type=click.Choice(["报账单", "支出审批单", "票据粘贴单"]), default="报账单", help="哪种单子"
)
@click.option("-o", "target", type=_FILE, required=True, help="存成的 PDF 文件")
@click.pass_obj
def print_claim(session: Session, claim_id: str, form: str, target: Path) -> None:
    """把报账单、支出审批单或票据粘贴单存成 PDF，可以打印签字。"""
    from villagedesk.payments import forms

    desk = session.desk(write=False)
    found = _claim_by(desk, claim_id)
    drawn = {"报账单": forms.claim_form, "支出审批单": forms.approval_form, "票据粘贴单": forms.paste_form}
    session.save_paper(target, drawn[form](desk, found))


@pay.command("register")
@click.argument("period")
@click.option("-o", "target", type=_FILE, help="写成 .pdf 或 .xlsx 文件（不写就列在屏幕上）")
@click.pass_obj
def register(session: Session, period: str, target: Path | None) -> None:
    """支出登记簿，PERIOD 写成 2026、2026Q3 或 2026-07。"""
    from villagedesk.payments.sheets import register_sheet
    from villagedesk.village.store import office

    try:
        wanted = Period.parse(period)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    desk = session.desk(write=False)
    found = store.vouchers_in(desk, wanted)
    if target:
        session.save_paper(target, register_sheet(office(desk), wanted.label, found))
        return
    rows = [(v.label, v.posted_on, project, v.payee, v.purpose, yuan(v.amount_fen), v.reason) for v, project in found]
    heads = ("凭证号", "日期", "项目", "收款人", "用途", "金额", "冲销原因")
    total = yuan(sum(voucher.amount_fen for voucher, _ in found))
    session.say(
        f"{listing(heads, rows)}\n共{len(found)}张，合计{total}元。", [_voucher(voucher) for voucher, _ in found]
    )


@pay.command("past")
@click.argument("year", type=int)
@click.pass_obj
def past(session: Session, year: int) -> None:
    """从旧表接收的一年支出。"""
    lines = store.past_expenses(session.desk(write=False), year)
    rows = [(one.spent_on, one.item, one.payee, yuan(one.amount_fen), one.source, one.invoice_number) for one in lines]
    data = [{"day": one.spent_on, "item": one.item, "amount": plain_yuan(one.amount_fen)} for one in lines]
    total = yuan(sum(one.amount_fen for one in lines))
    heads = ("日期", "开支项目", "收款人", "金额", "资金来源", "票据号")
    session.say(f"{listing(heads, rows)}\n共{len(lines)}笔，合计{total}元。", data)


def _submitted(desk: Desk, drafted: Claim, reason: str) -> Claim:
    try:
        return usecases.submit(desk, drafted.id, reason)
    except RuleViolation as refusal:
        if warnings(refusal.findings):
            hint = f"已存为草稿 {drafted.number}。请改正，或用 pay submit {drafted.number} --reason 写明原因后提交："
            click.echo(hint, err=True)
        raise


def _claim_by(desk: Desk, written: str) -> Claim:
    """Return the claim named by its id or the end of it."""
    key = [desk.office_id, f"%{written.upper()}"]
    found: Claim = chosen(f"编号是“{written}”的报账单", desk.find(Claim, "village_id = ? AND id LIKE ?", key))
    return found


def _standing(line: ClaimLine) -> tuple[str, str]:
    return STANDINGS[line.standing], line.voucher


def _claim(claim: Claim) -> dict[str, object]:
    return {"id": claim.id, "number": claim.number, "state": claim.state, "amount": plain_yuan(claim.amount_fen)}


def _voucher(voucher: Voucher) -> dict[str, object]:
    return {
        "id": voucher.id,
        "number": f"{voucher.year}-{voucher.number}",
        "day": voucher.posted_on,
        "payee": voucher.payee,
        "amount": plain_yuan(voucher.amount_fen),
        "reason": voucher.reason,
    }


COMMANDS: tuple[click.Command, ...] = (pay,)
