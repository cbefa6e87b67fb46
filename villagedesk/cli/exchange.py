"""Commands for the other office: the card, enrolment, packages out and whatever comes in."""

from pathlib import Path

import click

from villagedesk.cli.session import SECOND_PASSWORD_VARIABLE, Session, chosen
from villagedesk.exchange.model import Peer

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command()
@click.option("-o", "target", type=_FILE, required=True, help="名片写到哪个文件")
@click.pass_obj
def card(session: Session, target: Path) -> None:
    """写出本单位的名片，交给对方登记。"""
    from villagedesk.exchange import usecases
    from villagedesk.exchange.card import fingerprint

    own = usecases.write_card(session.desk(), target)
    print_ = fingerprint(own)
    session.say(
        f"“{own.name}”的名片已写到 {target}。\n请对方登记时和您核对指纹：\n  {print_.figures}\n  {print_.reading}",
        {"name": own.name, "figures": print_.figures, "reading": print_.reading, "file": str(target)},
    )


@click.command()
@click.argument("file", type=_FILE)
@click.option("--fingerprint", "typed", default="", help="对方念的指纹（不写就在屏幕上核对）")
@click.option("--reason", default="", help="区划代码对不上等情况的原因")
@click.option(
    "--second", default="", help="乡镇换了钥匙时，村里由谁确认（会问密码，或读取 VILLAGEDESK_SECOND_PASSWORD）"
)
@click.pass_obj
def enrol(session: Session, file: Path, typed: str, reason: str, second: str) -> None:
    """登记对方的名片（村登记乡镇，乡镇登记村）。"""
    from villagedesk.exchange import card as cards
    from villagedesk.exchange import usecases

    desk = session.desk()
    if not typed:
        theirs = cards.read(file)
        print_ = cards.fingerprint(theirs)
        click.echo(f"“{theirs.name}”（{theirs.code}）的指纹：\n  {print_.figures}\n  {print_.reading}", err=True)
        click.confirm("和对方念的、纸上印的完全一样吗？", abort=True, err=True)
        typed = print_.figures
    password = session.password_of(second, SECOND_PASSWORD_VARIABLE) if second else ""
    peer = usecases.enrol(desk, file, typed, reason, second=second, password=password)
    session.say(f"“{peer.name}”已登记。", {"name": peer.name, "office_id": peer.office_id})


@click.command()
@click.option("-o", "target", type=_FOLDER, required=True, help="写到哪个文件夹（U盘）")
@click.pass_obj
def export(session: Session, target: Path) -> None:
    """写出上报乡镇的数据包。"""
    from villagedesk.exchange import usecases

    written = usecases.export(session.desk(), target)
    session.say(
        f"第{written.particulars.number}号数据包已写好并核对：{written.path}",
        {"number": written.particulars.number, "file": str(written.path), "sha256": written.parcel.digest},
    )


@click.command()
@click.argument("file", type=_FILE)
@click.option("--look", is_flag=True, help="只看里面有什么，不接收")
@click.pass_obj
def receive(session: Session, file: Path, look: bool) -> None:
    """接收文件：乡镇收村里的数据包，村里收乡镇的回执。收了但有必须核实的，返回 1。"""
    from villagedesk.exchange import usecases
    from villagedesk.exchange.plan import PackagePlan

    plan = (usecases.look if look else usecases.receive)(session.desk(), file)
    lines = plan.lines if isinstance(plan, PackagePlan) else ()
    shown = [f"  {line.title}：新增{line.added}，变动{line.changed}，删去{line.removed}" for line in lines]
    session.say(
        "\n".join([plan.summary, *(f"【必须核实】{doubt}" for doubt in plan.doubts), *shown]),
        {
            "standing": plan.standing.value,
            "number": plan.particulars.number,
            "from": plan.particulars.office_name,
            "tables": {line.title: [line.added, line.changed, line.removed] for line in lines},
            "doubts": plan.doubts,
        },
    )
    if plan.doubts:
        click.get_current_context().exit(1)


@click.command()
@click.argument("office")
@click.option("--reason", required=True, help="为什么作废（电脑丢了、U盘被盗……）")
@click.pass_obj
def revoke(session: Session, office: str, reason: str) -> None:
    """作废对方的名片，从此不再认它的签名。OFFICE 是单位名称或区划代码。"""
    from villagedesk.exchange import store, usecases

    desk = session.desk()
    found = store.peer_named(desk, office)
    peer: Peer = chosen(f"登记过的“{office}”", [found] if found else [])
    usecases.revoke(desk, peer, reason)
    session.say(f"“{peer.name}”的名片已作废。要恢复往来，请对方重新写名片来登记。", {"office_id": peer.office_id})


COMMANDS: tuple[click.Command, ...] = (card, enrol, export, receive, revoke)
