"""Commands of the township: the villages at a glance, verdicts, receipts."""

from datetime import datetime
from pathlib import Path

import click

from villagedesk.cli.session import Session, chosen, listing
from villagedesk.exchange.model import Peer, Ruling
from villagedesk.storage.desk import Desk

_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command()
@click.option("--year", type=int, help="哪一年（默认今年）")
@click.pass_obj
def villages(session: Session, year: int | None) -> None:
    """各村一览：最近上报、资金、待审核。"""
    from villagedesk.kernel.money import yuan
    from villagedesk.township import store

    desk = session.desk(write=False)
    lines = store.villages(desk, year or desk.clock.now().year)
    rows = [
        (
            line.peer.name,
            f"{line.last_at:%Y-%m-%d}第{line.peer.last_number}号" if line.last_at else "还没有报过",
            yuan(line.arrived_fen),
            yuan(line.paid_fen),
            line.waiting,
            "该写了" if line.needs_receipt else "",
        )
        for line in lines
    ]
    session.say(
        listing(("村", "最近上报", "到账（元）", "支出（元）", "待审核（张）", "回执"), rows)
        if rows
        else "还没有登记哪个村。",
        [
            {
                "name": line.peer.name,
                "code": line.peer.code,
                "last_number": line.peer.last_number,
                "last_at": line.last_at,
                "arrived_fen": line.arrived_fen,
                "paid_fen": line.paid_fen,
                "waiting": line.waiting,
                "needs_receipt": line.needs_receipt,
            }
            for line in lines
        ],
    )


@click.command()
@click.option("--village", default="", help="只看一个村")
@click.pass_obj
def waiting(session: Session, village: str) -> None:
    """等乡镇审核的报账单。"""
    from villagedesk.kernel.money import yuan
    from villagedesk.township import store

    desk = session.desk(write=False)
    found = store.waiting_claims(desk, _village(desk, village).office_id if village else "")
    rows = [
        (
            line.claim.id,
            line.village,
            line.claim.spent_on,
            line.project,
            line.claim.payee,
            line.claim.purpose,
            yuan(line.claim.amount_fen),
            line.signed,
            line.waits_for.label,
        )
        for line in found
    ]
    heads = ("编号", "村", "日期", "项目", "收款人", "用途", "金额（元）", "已签", "等谁")
    session.say(listing(heads, rows) if rows else "没有等乡镇审核的报账单。", [line.claim.row() for line in found])


@click.command()
@click.argument("village")
@click.option("-o", "target", type=_FOLDER, required=True, help="写到哪个文件夹（U盘）")
@click.pass_obj
def receipt(session: Session, village: str, target: Path) -> None:
    """给一个村写回执，带上乡镇的意见。VILLAGE 是村名或区划代码。"""
    from villagedesk.exchange import usecases

    desk = session.desk()
    written = usecases.receipt(desk, _village(desk, village), target)
    session.say(
        f"第{written.particulars.number}号回执已写好并核对：{written.path}",
        {"number": written.particulars.number, "file": str(written.path), "sha256": written.parcel.digest},
    )


@click.command()
@click.argument("claim_id", metavar="报账单编号")
@click.option("--outcome", type=click.Choice([ruling.value for ruling in Ruling]), required=True, help="意见")
@click.option("--note", default="", help="原因（不同意时必写）")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="要求村里哪天前办好")
@click.pass_obj
def verdict(session: Session, claim_id: str, outcome: str, note: str, due: datetime | None) -> None:
    """对一张报账单给出乡镇意见。"""
    from villagedesk.payments.model import Claim
    from villagedesk.township.usecases import give_verdict

    desk = session.desk()
    claim = chosen(f"编号是“{claim_id}”的报账单", desk.find(Claim, "id = ?", [claim_id]))
    given = give_verdict(desk, claim, Ruling(outcome), note, due.date() if due else None)
    session.say(f"{given.outcome.label}，随下一份回执发到村里。", given.row())


@click.command("give-back")
@click.argument("village")
@click.option("--after", type=click.IntRange(0), default=0, help="村里的备份里最后一个数据包的号（不知道就不写）")
@click.option("-o", "target", type=_FOLDER, required=True, help="写到哪个文件夹（U盘）")
@click.pass_obj
def give_back(session: Session, village: str, after: int, target: Path) -> None:
    """村里的账本从旧备份恢复以后，把它报来过的记录还给它。"""
    from villagedesk.exchange import usecases

    desk = session.desk()
    path = usecases.give_back(desk, _village(desk, village), target, after)
    session.say(f"归还包已写好并核对：{path}。村里收下以后，会从头再报一次。", {"file": str(path)})


def _village(desk: Desk, name: str) -> Peer:
    from villagedesk.exchange.store import peer_named

    found = peer_named(desk, name)
    village: Peer = chosen(f"登记过的“{name}”", [found] if found else [])
    return village


COMMANDS: tuple[click.Command, ...] = (villages, waiting, receipt, verdict, give_back)
