"""Commands about the desk itself: what is to do, its proof, its copies, its archives."""

from pathlib import Path

import click

from villagedesk.app.remembered import last_desk
from villagedesk.app.today import todos
from villagedesk.cli.session import Session, listing
from villagedesk.kernel.errors import NoDesk
from villagedesk.storage.desk import FILE_NAME
from villagedesk.storage.verify import Proof
from villagedesk.storage.verify import verify as prove

_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


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
    proof = prove(_folder(session))
    if proof.faults:
        session.say("\n".join(["账本和流水对不上：", *(f"  {fault}" for fault in proof.faults)]), _data(proof))
        context.exit(1)
    session.say(f"账本完好。{_summary(proof)}\n最后的链值：{proof.link}", _data(proof))


@click.command("backup")
@click.option("-o", "target", type=_FOLDER, help="把整本账（连同附件和打印件）写成一个文件，放到这个文件夹，如U盘")
@click.pass_obj
def backup(session: Session, target: Path | None) -> None:
    """备份账本，写完读回核对；不加 -o 时只备份账，放在账本的 backups 文件夹。"""
    folder = _folder(session)
    if target is None:
        from villagedesk.storage.backup import back_up

        path = back_up(folder / FILE_NAME, "手动")
    else:
        from villagedesk.app.copies import copy_out

        path = copy_out(folder, target)
    session.say(f"已备份并核对：{path}", {"file": str(path)})


@click.command("restore")
@click.argument("source", metavar="备份文件", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("folder", metavar="新文件夹", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def restore(session: Session, source: Path, folder: Path) -> None:
    """从备份恢复到一个空文件夹，并核对每一条。恢复出来的账本要请乡镇重新登记名片后才能上报。"""
    from villagedesk.storage.restore import restore as lay_out

    proof = lay_out(source, folder)
    then = "上报以前，请重新生成名片（card），请乡镇核对并登记。"
    session.say(f"已恢复到“{folder}”。{_summary(proof)}\n{then}", _data(proof) | {"folder": str(folder)})


@click.command("archive")
@click.argument("year", metavar="年度", type=click.IntRange(1990, 2200))
@click.option("-o", "target", required=True, type=_FOLDER, help="放到哪个文件夹")
@click.pass_obj
def archive(session: Session, year: int, target: Path) -> None:
    """归档一年的账：公示、附件、各种表和带签名的目录，写成一个文件。"""
    from villagedesk.app.archive import archive as write_archive

    path = write_archive(session.desk(write=False), year, target)
    session.say(f"{year}年已归档：{path}", {"file": str(path)})


def _folder(session: Session) -> Path:
    folder = session.folder or last_desk()
    if folder is None:
        raise NoDesk(folder="（没有指定）")
    return folder


def _summary(proof: Proof) -> str:
    return f"{proof.entries}条流水、{proof.records}条记录、{proof.attachments}个附件，全部一致。"


def _data(proof: Proof) -> dict[str, object]:
    return {
        "entries": proof.entries,
        "records": proof.records,
        "attachments": proof.attachments,
        "link": proof.link,
        "faults": list(proof.faults),
    }


COMMANDS: tuple[click.Command, ...] = (today, verify, backup, restore, archive)
