"""Commands about the board: slots, notices from draft to posting, corrections, papers."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from villagedesk.cli import typed
from villagedesk.cli.board import BOARD
from villagedesk.cli.packs import PACKS
from villagedesk.cli.session import Session, chosen, listing
from villagedesk.cli.written import notice_by, number_of, plain
from villagedesk.disclosure import papers, store, usecases
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import KINDS, kind_named, label_of
from villagedesk.disclosure.model import NoticeState, Slot
from villagedesk.storage.desk import Desk

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(path_type=Path, dir_okay=False)
_KIND_HELP = "、".join(f"{kind.code}（{kind.label}）" for kind in KINDS)


@click.command("notice", help=f"做一份公示，存成 PDF。KIND 是：{_KIND_HELP}。没有发布的盖“草稿”。")
@click.argument("kind")
@click.option("--period", "written", required=True, help="期间，例如 2026Q3")
@click.option("--remark", default="", help="要加在公示里的说明")
@click.option("--large", is_flag=True, help="大字张贴（A3），只能印已发布的")
@click.option("-o", "target", type=_FILE, required=True, help="存成的 PDF 文件")
@click.pass_obj
def notice(session: Session, kind: str, written: str, remark: str, large: bool, target: Path) -> None:
    """Prepare a kind's notice when it is not yet under way, and write its paper to a file."""
    wanted, period = kind_named(kind), typed.period(written)
    if wanted is None:
        raise click.BadParameter(f"没有“{kind}”这种公示，可以是：{_KIND_HELP}")
    desk = session.desk(write=bool(session.name))
    found = store.notice_of(desk, wanted.code, Scope(period))
    if found is None or (found.state is NoticeState.DRAFT and desk.actor):
        found = usecases.prepare(desk, wanted.code, Scope(period), remark)
    elif remark:
        raise click.UsageError("这份公示已经送审，不能再加说明。")
    issuance = store.issuance_of(desk, found.id)
    if large and issuance is None:
        raise click.UsageError("这份公示还没有发布，不能印大字张贴稿。")
    session.save(target, papers.poster(issuance) if large and issuance else papers.preview(desk, found))
    session.say(f"《{found.title}》（{found.state.label}）存好了：{target}", {**plain(found), "file": str(target)})


@click.group("notices")
def notices() -> None:
    """公示：一览、送审、发布、张贴、取下、归档、更正、查真伪。"""


@notices.command("list")
@click.option("--state", type=click.Choice([state.value for state in NoticeState]), help="只看一种状态")
@click.pass_obj
def list_notices(session: Session, state: str | None) -> None:
    """公示一览，新的在前。"""
    desk = session.desk(write=False)
    issued = store.issuances(desk)
    found = store.notices(desk, NoticeState(state) if state else None)
    rows = [
        (one.id, one.period, label_of(one.kind), number_of(desk, issued.get(one.id)), one.state.label, one.title)
        for one in found
    ]
    session.say(listing(("编号", "期间", "种类", "文号", "状态", "标题"), rows), [plain(one) for one in found])


@notices.command("submit")
@click.argument("notice_id")
@click.option("--reason", default="", help="期间没有结束也要送审的原因")
@click.pass_obj
def submit(session: Session, notice_id: str, reason: str) -> None:
    """把草稿送监督小组审核。"""
    desk = session.desk()
    stored = usecases.submit(desk, notice_by(desk, notice_id).id, reason)
    session.say(f"已送审：{stored.state.label}。", plain(stored))


@notices.command("discard")
@click.argument("notice_id")
@click.pass_obj
def discard(session: Session, notice_id: str) -> None:
    """不要一份草稿。"""
    desk = session.desk()
    found = notice_by(desk, notice_id)
    usecases.discard(desk, found.id)
    session.say(f"草稿《{found.title}》不要了。", plain(found))


@notices.command("issue")
@click.argument("notice_id")
@click.option("--from", "first_day", type=_DAY, help="公示期从哪天起（默认今天）")
@click.pass_obj
def issue(session: Session, notice_id: str, first_day: datetime | None) -> None:
    """发布审核过的公示：编号、定稿、出 PDF。"""
    desk = session.desk()
    issuance = usecases.issue(desk, notice_by(desk, notice_id).id, _date(first_day))
    file = papers.printed(desk, issuance)
    session.say(f"已发布：{number_of(desk, issuance)}，打印稿在 {file}", {"id": issuance.id, "file": str(file)})


@notices.command("correct")
@click.argument("notice_id")
@click.argument("reason")
@click.option("--remark", default="", help="原来的说明写错时，正确的说明")
@click.pass_obj
def correct(session: Session, notice_id: str, reason: str, remark: str) -> None:
    """给已发布的公示做一份更正公告（草稿）。"""
    desk = session.desk()
    drafted = usecases.correct(desk, notice_by(desk, notice_id).id, reason, remark)
    session.say(f"更正公告的草稿做好了：{drafted.id}", plain(drafted))


@notices.command("supplement")
@click.argument("notice_id")
@click.argument("text")
@click.argument("reason")
@click.pass_obj
def supplement(session: Session, notice_id: str, text: str, reason: str) -> None:
    """给已发布的公示做一份补充公告（草稿）：补上漏写的 TEXT，写明 REASON。"""
    desk = session.desk()
    drafted = usecases.supplement(desk, notice_by(desk, notice_id).id, text, reason)
    session.say(f"补充公告的草稿做好了：{drafted.id}", plain(drafted))


@notices.command("print")
@click.argument("notice_id")
@click.option("--large", is_flag=True, help="大字张贴（A3），只能印已发布的")
@click.option("-o", "target", type=_FILE, required=True, help="存成的 PDF 文件")
@click.pass_obj
def print_notice(session: Session, notice_id: str, large: bool, target: Path) -> None:
    """把一份公示存成 PDF；没有发布的盖“草稿”。"""
    desk = session.desk(write=False)
    found = notice_by(desk, notice_id)
    issuance = store.issuance_of(desk, found.id)
    if large and issuance is None:
        raise click.UsageError("这份公示还没有发布，不能印大字张贴稿。")
    session.save(target, papers.poster(issuance) if large and issuance else papers.preview(desk, found))
    session.say(f"存好了：{target}", {"file": str(target)})


@click.group("slots")
def slots() -> None:
    """五个公开栏目：设立、改名、确认。"""


@slots.command("list")
@click.pass_obj
def list_slots(session: Session) -> None:
    """五个栏目一览。"""
    desk = session.desk(write=False)
    found = store.slots(desk)
    rows = [
        (slot.number, slot.name, "县里已确认" if slot.is_confirmed else "待县级口径确认", slot.basis) for slot in found
    ]
    session.say(listing(("序号", "名称", "口径", "依据"), rows), [slot.row() for slot in found])


@slots.command("set-up")
@click.pass_obj
def set_up(session: Session) -> None:
    """按规则设立五个栏目。"""
    made = usecases.set_up_slots(session.desk())
    session.say("五个栏目设好了：" + "、".join(slot.name for slot in made) + "。", [slot.row() for slot in made])


@slots.command("rename")
@click.argument("number", type=click.IntRange(1, 5))
@click.argument("name")
@click.option("--basis", default="", help="依据（不写就不变）")
@click.pass_obj
def rename(session: Session, number: int, name: str, basis: str) -> None:
    """改一个栏目的名称。"""
    desk = session.desk()
    slot = _slot(desk, number)
    stored = usecases.update_slot(desk, replace(slot, name=name, basis=basis or slot.basis))
    session.say(f"第{number}个栏目现在叫“{stored.name}”。", stored.row())


@slots.command("confirm")
@click.argument("number", type=click.IntRange(1, 5))
@click.pass_obj
def confirm(session: Session, number: int) -> None:
    """县里确认了一个栏目的名称，以后不再印“待确认”。"""
    desk = session.desk()
    stored = usecases.update_slot(desk, replace(_slot(desk, number), is_confirmed=True))
    session.say(f"“{stored.name}”已确认。", stored.row())


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _slot(desk: Desk, number: int) -> Slot:
    found: Slot = chosen("栏目", [slot for slot in store.slots(desk) if slot.number == number])
    return found


for command in (*BOARD, *PACKS):
    notices.add_command(command)

COMMANDS: tuple[click.Command, ...] = (notice, notices, slots)
