"""Commands of the township: the villages at a glance, verdicts, receipts."""

from datetime import datetime
from pathlib import Path

import click

from villagedesk.cli.session import Session
from villagedesk.exchange.model import Peer, Ruling
from villagedesk.storage.desk import Desk

_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


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
    try:
        claim = desk.get(Claim, claim_id)
    except KeyError:
        raise click.BadParameter(f"没有编号为“{claim_id}”的报账单。") from None
    given = give_verdict(desk, claim, Ruling(outcome), note, due.date() if due else None)
    session.say(f"{given.outcome.label}，随下一份回执发到村里。", given.row())


def _village(desk: Desk, name: str) -> Peer:
    from villagedesk.exchange.store import peer_named

    found = peer_named(desk, name)
    if found is None:
        raise click.BadParameter(f"没有登记过“{name}”，或者有重名，请用区划代码。")
    return found


COMMANDS: tuple[click.Command, ...] = (receipt, verdict)
