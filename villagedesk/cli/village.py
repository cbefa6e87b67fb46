"""Commands about the village itself: a new desk, officers, bodies, funds."""

import os
from datetime import datetime
from pathlib import Path

import click

from villagedesk.app.remembered import remember
from villagedesk.cli import typed
from villagedesk.cli.session import PASSWORD_VARIABLE, Session, chosen, listing
from villagedesk.kernel.money import plain_yuan, yuan
from villagedesk.storage.desk import Desk
from villagedesk.village import bodies, store, usecases
from villagedesk.village.consent import Consent, is_needed
from villagedesk.village.model import OWNERS, SOURCES, Arrival, Fund, Office, OfficeKind, Officer, Role

_DAY = click.DateTime(["%Y-%m-%d"])
_OWNER = click.option(
    "--owner", type=click.Choice(OWNERS), default=None, help="资金归属；同一年、同一来源两个归属都有专账的，要写明"
)
_AGREES = click.option(
    "--agreed-by", "second", default="", help="谁同意：现在的负责人、小组成员中的一位（管审批的人才要）"
)
_AGREES_BY = click.option("--agreed-password", "second_password", default="", help="同意的人的密码")
_ROLES = "职责：" + "，".join(f"{role.value} {role.label}" for role in Role)


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="村名或乡镇名，例如 青山村")
@click.option("--code", required=True, help="区划代码：村12位，乡镇9位")
@click.option("--township", "is_township", is_flag=True, help="乡镇财政所的账本")
@click.option("--of", "parent", default="", help="所在乡镇，例如 双石镇")
@click.option("--contact", default="", help="受理异议的人")
@click.option("--phone", default="", help="单位电话")
@click.pass_obj
def new(
    session: Session, folder: Path, name: str, code: str, is_township: bool, parent: str, contact: str, phone: str
) -> None:
    """新建一本账，由 --as 指定的人管。"""
    owner = session.name or click.prompt("管账人的姓名", err=True)
    password = os.environ.get(PASSWORD_VARIABLE) or click.prompt(
        "给管账人定一个密码", hide_input=True, confirmation_prompt="再输一次", err=True
    )
    kind = OfficeKind.TOWNSHIP if is_township else OfficeKind.VILLAGE
    office = Office(kind=kind, name=name, code=code, township=parent, contact=contact, phone=phone)
    with usecases.found_desk(folder, office, owner, password) as desk:
        remember(name, folder)
        session.say(f"“{name}”的账本建好了，在 {folder}。", {"desk": str(folder), "office": desk.office_id})


@click.command("officer")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help=_ROLES)
@click.option("--password", "first_password", prompt="给这个人定一个密码", hide_input=True, help="第一个密码")
@_AGREES
@_AGREES_BY
@click.pass_obj
def officer(session: Session, name: str, role: str, first_password: str, second: str, second_password: str) -> None:
    """添加一位办事人员：村里的，或者乡镇财政所、乡镇主要领导。"""
    desk = session.desk()
    consent = _consent(desk, Role(role), second, second_password)
    added = usecases.appoint(desk, name, Role(role), first_password, consent)
    session.say(f"{name}（{added.role.label}）可以登录了。", {"id": added.id})


@click.command("password")
@click.option("--old", prompt="原来的密码", hide_input=True, help="原来的密码")
@click.option("--new", "new_one", prompt="新密码", hide_input=True, confirmation_prompt="再输一次", help="新密码")
@click.pass_obj
def password(session: Session, old: str, new_one: str) -> None:
    """改自己的密码。"""
    usecases.change_password(session.desk(), old, new_one)
    session.say("密码改好了，下次用新密码登录。", {})


@click.command("dismiss")
@click.argument("name")
@_AGREES
@_AGREES_BY
@click.pass_obj
def dismiss(session: Session, name: str, second: str, second_password: str) -> None:
    """停用一位办事人员：从此不能登录，办过的事还在他名下。"""
    desk = session.desk()
    named = [officer for officer in store.active_officers(desk) if officer.name == name]
    target: Officer = chosen(f"办事人员“{name}”", named)
    usecases.dismiss(desk, target.id, _consent(desk, target.role, second, second_password))
    session.say(f"{name}停用了，不能再登录。", {"id": target.id})


def _consent(desk: Desk, role: Role, second: str, password: str) -> Consent | None:
    """Return who agrees, asked for their password; None when nobody is named or has to agree."""
    if not second or not is_needed(desk, role):
        return None
    return Consent(second, password or click.prompt(f"{second}的密码", hide_input=True, err=True))


@click.command("body")
@click.argument("kind")
@click.argument("names", nargs=-1, required=True)
@click.option("--from", "first", type=_DAY, required=True, help="任期开始，例如 2026-01-01")
@click.option("--to", "last", type=_DAY, required=True, help="任期结束")
@click.option("--change", "is_change", is_flag=True, help="已经设立的换届、换人：从 --from 那天起是这些人")
@_AGREES
@_AGREES_BY
@click.pass_obj
def body(
    session: Session,
    kind: str,
    names: tuple[str, ...],
    first: datetime,
    last: datetime,
    is_change: bool,
    second: str,
    second_password: str,
) -> None:
    """设立一个组织，或者换它的成员；第一个名字是组长。"""
    desk = session.desk()
    members = [(name, "组长" if place == 0 else "成员") for place, name in enumerate(names)]
    if not is_change:
        made = usecases.set_up_body(desk, kind, members, first.date(), last.date())
        session.say(f"“{kind}”设立了，{len(names)}人。", {"id": made.id})
        return
    target = chosen(f"组织“{kind}”", [one for one in store.bodies(desk) if one.kind == kind])
    consent = _consent(desk, bodies.REVIEWING.get(kind, Role.ACCOUNTANT), second, second_password)
    usecases.change_members(desk, target.id, members, first.date(), last.date(), consent)
    session.say(f"“{kind}”从{first:%Y-%m-%d}起是这{len(names)}人。", {"id": target.id})


@click.group("fund")
def fund() -> None:
    """资金：开专账、登记到账、查看余额。"""


@fund.command("open")
@click.argument("year", type=int)
@click.argument("source", type=click.Choice(SOURCES))
@click.argument("planned")
@click.option("--owner", type=click.Choice(OWNERS), default=OWNERS[0], help="资金归属")
@click.option("--document", default="", help="文号")
@click.pass_obj
def open_fund(session: Session, year: int, source: str, planned: str, owner: str, document: str) -> None:
    """开一个年度、一个来源的专账，PLANNED 是计划金额（元）。"""
    fund_ = Fund(year=year, source=source, owner=owner, planned_fen=typed.fen(planned), document=document)
    opened = usecases.open_fund(session.desk(), fund_)
    session.say(f"{year}年“{opened.name}”专账开好了，计划{yuan(opened.planned_fen)}元。", {"id": opened.id})


@fund.command("plan")
@click.argument("year", type=int)
@click.argument("source", type=click.Choice(SOURCES))
@click.argument("planned")
@_OWNER
@click.option("--document", default="", help="依据：上级文件的文号，或哪一次会议（不写就还是原来的）")
@click.option("--reason", required=True, help="为什么改")
@click.pass_obj
def change_plan(
    session: Session, year: int, source: str, planned: str, owner: str | None, document: str, reason: str
) -> None:
    """改一个专账的计划，PLANNED 是改成多少（元）；原来的留在账里。"""
    desk = session.desk()
    target = typed.fund_by(desk, year, source, owner or "")
    changed = usecases.change_plan(desk, target.id, typed.fen(planned), document or target.document, reason)
    session.say(
        f"“{changed.label}”的计划由{yuan(target.planned_fen)}元改成{yuan(changed.planned_fen)}元，记上了。",
        {"id": changed.id, "version": changed.version},
    )


@fund.command("arrive")
@click.argument("year", type=int)
@click.argument("source", type=click.Choice(SOURCES))
@click.argument("amount")
@_OWNER
@click.option("--on", "day", type=_DAY, help="到账日期（默认今天）")
@click.option("--document", default="", help="文号")
@click.option("--reason", default="", help="超过计划时的原因")
@click.pass_obj
def arrive(
    session: Session,
    year: int,
    source: str,
    amount: str,
    owner: str | None,
    day: datetime | None,
    document: str,
    reason: str,
) -> None:
    """登记到账金额（元）。"""
    desk = session.desk()
    target = typed.fund_by(desk, year, source, owner or "")
    when = typed.today(desk, day.date() if day else None)
    arrival = Arrival(fund_id=target.id, arrived_on=when, amount_fen=typed.fen(amount), document=document)
    stored = usecases.record_arrival(desk, arrival, reason)
    session.say(f"到账{yuan(stored.amount_fen)}元，记上了。", {"id": stored.id})


@fund.command("begin")
@click.argument("year", type=int)
@click.argument("source", type=click.Choice(SOURCES))
@click.argument("amount")
@_OWNER
@click.option("--on", "day", type=_DAY, required=True, help="期初日期，例如 2026-01-01")
@click.option("--document", required=True, help="依据，例如 2025年总账第12页")
@click.option("--reason", default="", help="已有期初还要再登记时的原因")
@click.pass_obj
def begin(
    session: Session,
    year: int,
    source: str,
    amount: str,
    owner: str | None,
    day: datetime,
    document: str,
    reason: str,
) -> None:
    """登记从旧账接过来的期初余额（元）。"""
    desk = session.desk()
    target = typed.fund_by(desk, year, source, owner or "")
    stored = usecases.open_balance(desk, target.id, typed.fen(amount), day.date(), document, reason)
    session.say(f"期初余额{yuan(stored.amount_fen)}元，记上了。", {"id": stored.id})


@fund.command("carry")
@click.argument("year", type=int)
@click.argument("source", type=click.Choice(SOURCES))
@_OWNER
@click.option("--on", "day", type=_DAY, required=True, help="结转日期，例如 2026-12-31")
@click.option("--document", default="", help="文号")
@click.option("--reason", default="", help="还有没付的报账单时的原因")
@click.pass_obj
def carry(
    session: Session, year: int, source: str, owner: str | None, day: datetime, document: str, reason: str
) -> None:
    """把 YEAR 年的结余全部结转到下一年同一来源的专账。"""
    desk = session.desk()
    old = typed.fund_by(desk, year, source, owner or "")
    new = typed.fund_by(desk, year + 1, source, old.owner)
    stored = usecases.carry_forward(desk, old.id, new.id, day.date(), document, reason)
    session.say(f"结转{yuan(stored.amount_fen)}元到{year + 1}年，记上了。", {"id": stored.id})


@fund.command("reverse")
@click.argument("receipt")
@click.argument("reason")
@click.pass_obj
def reverse(session: Session, receipt: str, reason: str) -> None:
    """红字冲销一笔到账；RECEIPT 是收款凭证号，例如 2026-3。"""
    desk = session.desk()
    year, _, number = receipt.partition("-")
    where = "village_id = ? AND year = ? AND number = ?"
    found: Arrival = chosen(f"{Arrival.series}{receipt}", desk.find(Arrival, where, [desk.office_id, year, number]))
    red = usecases.reverse_arrival(desk, found.id, reason)
    session.say(f"冲销好了：{red.label}，{yuan(red.amount_fen)}元。", {"id": red.id})


@fund.command("list")
@click.option("--year", type=int, help="只看一年")
@click.pass_obj
def list_funds(session: Session, year: int | None) -> None:
    """各专账的计划、到账、支出和余额。"""
    balances = store.fund_balances(session.desk(write=False), year=year)
    rows = [
        (
            b.fund.year,
            b.fund.source,
            *map(yuan, (b.fund.planned_fen, b.opening_fen, b.arrived_fen, b.paid_fen, b.carried_fen, b.left_fen)),
            b.fund.owner,
        )
        for b in balances
    ]
    data = [
        {
            "id": b.fund.id,
            "name": b.fund.label,
            "year": b.fund.year,
            "source": b.fund.source,
            "owner": b.fund.owner,
            "planned": plain_yuan(b.fund.planned_fen),
            "document": b.fund.document,
            "left": plain_yuan(b.left_fen),
        }
        for b in balances
    ]
    session.say(listing(("年度", "来源", "计划", "期初", "到账", "支出", "结转下年", "余额", "归属"), rows), data)


COMMANDS: tuple[click.Command, ...] = (new, officer, password, dismiss, body, fund)
