"""Commands about money out: claims through their chain, vouchers, reversals."""

from datetime import datetime
from pathlib import Path

import click

from villagedesk.cli.session import Session, chosen, listing
from villagedesk.kernel.dates import parse_date
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import warnings
from villagedesk.kernel.money import parse_yuan, plain_yuan, yuan
from villagedesk.payments import store, usecases
from villagedesk.payments.model import INVOICE_KINDS, Claim, ClaimState, Outcome, PayWay, Voucher
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("pay")
def pay() -> None:
    """支出：报账、审批、入账、冲销。"""


@pay.command("claim")
@click.argument("project")
@click.argument("payee")
@click.argument("amount")
@click.argument("purpose")
@click.option("--on", "day", default="", help="支出日期，例如 2026-04-05（默认今天）")
@click.option("--invoice", "invoice_kind", type=click.Choice(INVOICE_KINDS), default=INVOICE_KINDS[0], help="票据种类")
@click.option("--number", "invoice_number", default="", help="票据号")
@click.option("--handler", default="", help="经手人")
@click.option("--witness", default="", help="证明人")
@click.option("--way", type=click.Choice([way.value for way in PayWay]), default="transfer", help="付款方式")
@click.option("--submit", "is_submitted", is_flag=True, help="同时提交理财小组审核")
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
    is_submitted: bool,
    reason: str,
) -> None:
    """记一张报账单：项目（名称的一部分）、收款人、金额（元）、用途。"""
    desk = session.desk()
    try:
        spent_on, amount_fen = parse_date(day) if day else desk.clock.now().date(), parse_yuan(amount)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    found = _project(desk, project)
    facts = Claim(
        spent_on=spent_on,
        project_id=found.id,
        fund_id=found.fund_id or "",
        payee=payee,
        amount_fen=amount_fen,
        purpose=purpose,
        invoice_kind=invoice_kind,
        invoice_number=invoice_number,
        handler=handler or (desk.actor.name if desk.actor else ""),
        witness=witness,
        pay_way=PayWay(way),
    )
    drafted = usecases.draft(desk, facts)
    if is_submitted:
        try:
            drafted = usecases.submit(desk, drafted.id, reason)
        except RuleViolation as refusal:
            if warnings(refusal.findings):
                click.echo("已存为草稿。下面的提醒请改正，或用 --reason 写明原因后再提交：", err=True)
            raise
    session.say(f"报账单 {drafted.id} {yuan(drafted.amount_fen)}元：{drafted.state.label}。", _claim(drafted))


@pay.command("submit")
@click.argument("claim_id")
@click.option("--reason", default="", help="有提醒时仍要提交的原因")
@click.pass_obj
def submit(session: Session, claim_id: str, reason: str) -> None:
    """把草稿提交理财小组审核。"""
    desk = session.desk()
    stored = usecases.submit(desk, _claim_id(desk, claim_id), reason)
    session.say(f"已提交：{stored.state.label}。", _claim(stored))


@pay.command("approve")
@click.argument("claim_id")
@click.option("--query", "outcome", flag_value=Outcome.QUERIED.value, help="有疑问，退回答复")
@click.option("--refuse", "outcome", flag_value=Outcome.REFUSED.value, help="不同意")
@click.option("--note", default="", help="原因")
@click.pass_obj
def approve(session: Session, claim_id: str, outcome: str | None, note: str) -> None:
    """村主要负责人审批一张报账单。"""
    desk = session.desk()
    stored = usecases.approve(desk, _claim_id(desk, claim_id), Outcome(outcome or Outcome.PASSED), note)
    session.say(f"审批完：{stored.state.label}。", _claim(stored))


@pay.command("post")
@click.argument("claim_id")
@click.option("--on", "day", type=_DAY, help="入账日期（默认今天）")
@click.pass_obj
def post(session: Session, claim_id: str, day: datetime | None) -> None:
    """付款入账，得到凭证号。"""
    desk = session.desk()
    voucher = usecases.post(desk, _claim_id(desk, claim_id), day.date() if day else None)
    session.say(f"已入账：{voucher.label}，{yuan(voucher.amount_fen)}元。", _voucher(voucher))


@pay.command("reverse")
@click.argument("number")
@click.argument("reason")
@click.pass_obj
def reverse(session: Session, number: str, reason: str) -> None:
    """冲销一张凭证，NUMBER 写成 2026-12 这样。"""
    desk = session.desk()
    year, _, serial = number.partition("-")
    if not (year.isdigit() and serial.isdigit()):
        raise click.BadParameter("凭证号请写成 2026-12 这样")
    key = [desk.office_id, int(year), int(serial)]
    found = chosen("凭证", desk.find(Voucher, "village_id = ? AND year = ? AND number = ?", key))
    red = usecases.reverse(desk, found.id, reason)
    session.say(f"已冲销：红字凭证{red.label}，{yuan(red.amount_fen)}元。", _voucher(red))


@pay.command("list")
@click.option("--state", type=click.Choice([state.value for state in ClaimState]), help="只看一种状态")
@click.option("--find", "text", default="", help="收款人或用途里的字")
@click.pass_obj
def list_claims(session: Session, state: str | None, text: str) -> None:
    """报账单一览。"""
    desk = session.desk(write=False)
    lines = store.claim_lines(desk, store.claim_ids(desk, text, state=ClaimState(state) if state else None))
    rows = [
        (line.id, line.spent_on, line.project, line.payee, yuan(line.amount_fen), line.state.label, line.voucher)
        for line in lines
    ]
    data = [{"id": line.id, "amount": plain_yuan(line.amount_fen), "state": line.state} for line in lines]
    session.say(listing(("编号", "日期", "项目", "收款人", "金额", "状态", "凭证"), rows), data)


@pay.command("print")
@click.argument("claim_id")
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="存成的 PDF 文件")
@click.pass_obj
def print_claim(session: Session, claim_id: str, target: Path) -> None:
    """把报账单存成 PDF，可以打印签字。"""
    from villagedesk.payments.sheets import claim_sheet
    from villagedesk.reports.pdf import draw
    from villagedesk.village.model import Fund
    from villagedesk.village.store import office

    desk = session.desk(write=False)
    found = desk.get(Claim, _claim_id(desk, claim_id))
    sheet = claim_sheet(office(desk), found, desk.get(Project, found.project_id), desk.get(Fund, found.fund_id))
    target.write_bytes(draw(sheet))
    session.say(f"存好了：{target}", {"file": str(target)})


def _project(desk: Desk, words: str) -> Project:
    found: Project = chosen(
        f"名称里有“{words}”的项目",
        desk.find(Project, "village_id = ? AND (id = ? OR name LIKE ?)", [desk.office_id, words, f"%{words}%"]),
    )
    return found


def _claim_id(desk: Desk, written: str) -> str:
    """Return the whole id of a claim named by the end of it."""
    found: Claim = chosen("报账单", desk.find(Claim, "village_id = ? AND id LIKE ?", [desk.office_id, f"%{written}"]))
    return found.id


def _claim(claim: Claim) -> dict[str, object]:
    return {"id": claim.id, "state": claim.state, "amount": plain_yuan(claim.amount_fen)}


def _voucher(voucher: Voucher) -> dict[str, object]:
    number = f"{voucher.year}-{voucher.number}"
    return {"id": voucher.id, "number": number, "amount": plain_yuan(voucher.amount_fen)}


COMMANDS: tuple[click.Command, ...] = (pay,)
