"""Commands for all notices at once: what is due, drawn up, handed on, issued and printed as a pack."""

from datetime import datetime
from pathlib import Path

import click

from villagedesk.cli.session import Session
from villagedesk.cli.written import notice_by, number_of, plain
from villagedesk.disclosure import papers, store, usecases
from villagedesk.disclosure.due import due_notices, next_due, offered_notices
from villagedesk.disclosure.model import NoticeState
from villagedesk.kernel.dates import chinese_date

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("due")
@click.option("--offered", is_flag=True, help="也列出不是必须公开的")
@click.pass_obj
def due(session: Session, offered: bool) -> None:
    """该公示还没有张贴的。"""
    desk = session.desk(write=False)
    today = desk.clock.now().date()
    waiting = [*due_notices(desk, today), *(offered_notices(desk, today) if offered else ())]
    lines = [f"{one.words}：{one.note}" for one in waiting]
    period, day = next_due(desk, today)
    lines.append(f"下一期：{period.label}，应在{chinese_date(day)}前张贴")
    data = [
        {
            "kind": one.kind,
            "period": str(one.period),
            "topic": one.scope.topic_id,
            "due_on": one.due_on,
            "late": one.is_late,
        }
        for one in waiting
    ]
    session.say("\n".join(lines), data)


@click.command("prepare-due")
@click.pass_obj
def prepare_due(session: Session) -> None:
    """把该公示的都从账里生成草稿。对不上的不做，并说明原因。"""
    made = usecases.prepare_due(session.desk())
    lines = [f"生成了{len(made.drafts)}份草稿。", *(f"{one.title}\t{one.id}" for one in made.drafts)]
    lines += [one.words for one in made.left_out]
    data = {
        "drafts": [plain(one) for one in made.drafts],
        "left_out": [{"kind": one.due.kind, "words": one.words} for one in made.left_out],
    }
    session.say("\n".join(lines), data)


@click.command("submit-all")
@click.option("--reason", default="", help="期间没有结束也要送审的原因")
@click.pass_obj
def submit_all(session: Session, reason: str) -> None:
    """把所有草稿一次送监督小组审核：都送或都不送。"""
    desk = session.desk()
    drafts = [one.id for one in papers.posting_order(store.notices(desk, NoticeState.DRAFT))]
    stored = usecases.submit_all(desk, drafts, reason)
    session.say(f"送审了{len(stored)}份公示。", [plain(one) for one in stored])


@click.command("issue-all")
@click.option("--from", "first_day", type=_DAY, help="公示期从哪天起（默认今天）")
@click.pass_obj
def issue_all(session: Session, first_day: datetime | None) -> None:
    """把审核过的一次发布，连续编号：都发布或都不发布。"""
    desk = session.desk()
    issued = usecases.issue_all(desk, first_day.date() if first_day else None)
    lines = [f"发布了{len(issued)}份公示。", *(number_of(desk, one) for one in issued)]
    session.say("\n".join(lines), [{"id": one.id, "number": number_of(desk, one)} for one in issued])


@click.command("pack")
@click.argument("notice_ids", nargs=-1)
@click.option("--large", is_flag=True, help="大字张贴（A3）")
@click.option("-o", "target", type=_FILE, required=True, help="存成的 PDF 文件")
@click.pass_obj
def pack(session: Session, notice_ids: tuple[str, ...], large: bool, target: Path) -> None:
    """张贴包：已发布的公示按张贴顺序装成一个 PDF，最后一张是签字的清单。不写编号就是所有待张贴的。"""
    desk = session.desk(write=False)
    chosen = [notice_by(desk, each) for each in notice_ids] or store.notices(desk, NoticeState.ISSUED)
    issued = [one for one in (store.issuance_of(desk, each.id) for each in chosen) if one]
    if not issued:
        raise click.UsageError("没有待张贴的公示。请先发布。")
    session.save(target, papers.pack(desk, issued, large=large))
    session.say(f"{len(issued)}份公示的张贴包存好了：{target}", {"count": len(issued), "file": str(target)})


PACKS: tuple[click.Command, ...] = (due, prepare_due, submit_all, issue_all, pack)
