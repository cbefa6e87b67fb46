"""Commands about the desk itself: what is to do, its proof, its copies."""

import click

from villagedesk.app.remembered import last_desk
from villagedesk.app.today import todos
from villagedesk.cli.session import Session, listing
from villagedesk.kernel.errors import NoDesk
from villagedesk.storage.verify import verify as prove


@click.command("today")
@click.pass_obj
def today(session: Session) -> None:
    """今天要办的事。"""
    found = todos(session.desk(write=False))
    rows = [(todo.words, todo.role.label, todo.note) for todo in found]
    data = [{"page": todo.page, "count": todo.count, "words": todo.words, "late": todo.is_late} for todo in found]
    session.say(listing(("要办的事", "谁办", "说明"), rows) if rows else "都办完了。", data)


@click.command("verify")
@click.pass_context
def verify(context: click.Context) -> None:
    """核对账本：流水是否完整，每张表、每个附件是否和流水一致。"""
    session: Session = context.obj
    folder = session.folder or last_desk()
    if folder is None:
        raise NoDesk(folder="（没有指定）")
    proof = prove(folder)
    data = {
        "entries": proof.entries,
        "records": proof.records,
        "attachments": proof.attachments,
        "link": proof.link,
        "faults": list(proof.faults),
    }
    if proof.faults:
        session.say("\n".join(["账本和流水对不上：", *(f"  {fault}" for fault in proof.faults)]), data)
        context.exit(1)
    summary = f"{proof.entries}条流水、{proof.records}条记录、{proof.attachments}个附件，全部一致。"
    session.say(f"账本完好。{summary}\n最后的链值：{proof.link}", data)


COMMANDS: tuple[click.Command, ...] = (today, verify)
