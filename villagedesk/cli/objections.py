"""Commands about what people ask and how notices are worded: objections with their clock and answer; wordings."""

from datetime import datetime
from pathlib import Path

import click

from villagedesk.cli.session import Session, chosen, listing
from villagedesk.disclosure import store as notices
from villagedesk.disclosure import usecases, wordings
from villagedesk.disclosure.kind import Kind
from villagedesk.disclosure.kinds import KINDS, kind_named
from villagedesk.disclosure.model import Notice, Objection, ReplyOutcome
from villagedesk.disclosure.objections import store
from villagedesk.disclosure.objections.papers import answer_paper
from villagedesk.disclosure.objections.store import ObjectionLine, number_of
from villagedesk.disclosure.papers import number_of as notice_number
from villagedesk.disclosure.wordings import SHIPPED, Words
from villagedesk.storage.desk import Desk

_DAY = click.DateTime(["%Y-%m-%d"])
_OUTCOMES = {outcome.label: outcome for outcome in ReplyOutcome} | {outcome.value: outcome for outcome in ReplyOutcome}


@click.group("objection")
def objection() -> None:
    """异议：登记、暂停计时、答复、打印答复。"""


@objection.command("list")
@click.option("--open", "is_open", is_flag=True, help="只看还没有答复的")
@click.pass_obj
def list_objections(session: Session, is_open: bool) -> None:
    """异议一览，等答复的在前。"""
    desk = session.desk(write=False)
    lines = store.objection_lines(desk, store.objection_ids(desk, is_open=is_open))
    rows = [
        (number_of(one.objection), one.notice_number, one.standing.words, " ".join(one.objection.text.split()))
        for one in lines
    ]
    session.say(listing(("编号", "公示", "状态", "问的内容"), rows), [_plain(one) for one in lines])


@objection.command("register")
@click.argument("notice")
@click.argument("text")
@click.option("--place", default="", help="问的是哪一处，例如 第2张表第3行")
@click.option("--asker", default="", help="村民姓名（不写就是不愿留姓名）")
@click.option("--reach", default="", help="怎么联系，只有村委会看得到")
@click.option("--on", "received_on", type=_DAY, help="哪天收到（默认今天）")
@click.pass_obj
def register(
    session: Session, notice: str, text: str, place: str, asker: str, reach: str, received_on: datetime | None
) -> None:
    """登记对一份公示的异议；NOTICE 是文号（村务公示〔2026〕3号）或编号的末尾。"""
    desk = session.desk()
    day = received_on.date() if received_on else None
    made = usecases.register_objection(desk, _notice(desk, notice).id, text, place, asker, reach, day)
    line = store.objection_line(desk, made.id)
    session.say(f"登记好了：{number_of(made)}。{line.standing.sentence}", _plain(line))


@objection.command("pause")
@click.argument("number")
@click.argument("reason")
@click.pass_obj
def pause(session: Session, number: str, reason: str) -> None:
    """暂停计时，写明原因。"""
    desk = session.desk()
    found = _objection(desk, number)
    usecases.pause(desk, found.id, reason)
    _tell(session, desk, found)


@objection.command("resume")
@click.argument("number")
@click.pass_obj
def resume(session: Session, number: str) -> None:
    """恢复计时。"""
    desk = session.desk()
    found = _objection(desk, number)
    usecases.resume(desk, found.id)
    _tell(session, desk, found)


@objection.command("reply")
@click.argument("number")
@click.argument("outcome", type=click.Choice(list(_OUTCOMES)))
@click.argument("text")
@click.option("--on", "replied_on", type=_DAY, help="哪天答复（默认今天）")
@click.pass_obj
def reply(session: Session, number: str, outcome: str, text: str, replied_on: datetime | None) -> None:
    """答复一件异议；答复以后不能再改。"""
    desk = session.desk()
    found = _objection(desk, number)
    usecases.reply(desk, found.id, _OUTCOMES[outcome], text, replied_on.date() if replied_on else None)
    _tell(session, desk, found)


@objection.command("print")
@click.argument("number")
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="存成的 PDF 文件")
@click.pass_obj
def print_answer(session: Session, number: str, target: Path) -> None:
    """把答复存成 PDF。"""
    desk = session.desk(write=False)
    session.save_paper(target, answer_paper(desk, _objection(desk, number).id))


@click.group("wording")
def wording() -> None:
    """公示的措辞：看、改、恢复原样。"""


@wording.command("show")
@click.argument("kind")
@click.pass_obj
def show(session: Session, kind: str) -> None:
    """看一种公示的措辞。"""
    desk = session.desk(write=False)
    wanted = _kind(kind)
    stored = wordings.stored(desk, wanted.code)
    shown = stored or SHIPPED
    rows = [(label, getattr(shown, part)) for part, label in wordings.PARTS.items()]
    words = listing(("部分", "措辞"), rows)
    usable = "可以用的：" + " ".join(f"{{{name}}}" for name in wordings.FIELDS)
    data = {part: getattr(shown, part) for part in wordings.PARTS} | {"version": stored.version if stored else 0}
    session.say(f"{words}\n{usable}", data)


@wording.command("set")
@click.argument("kind")
@click.option("--subject", help="标题里“关于”和“的公示”之间")
@click.option("--lead", help="开头，要有{事项}")
@click.option("--ending", help="结尾")
@click.pass_obj
def set_words(session: Session, kind: str, subject: str | None, lead: str | None, ending: str | None) -> None:
    """改一种公示的措辞；没有写的部分不变。"""
    desk = session.desk()
    wanted = _kind(kind)
    before = wordings.stored(desk, wanted.code) or SHIPPED
    typed = (before.subject if subject is None else subject, before.lead if lead is None else lead)
    stored = usecases.reword(desk, wanted.code, Words(*typed, before.ending if ending is None else ending))
    session.say(f"“{wanted.label}”的措辞改好了（第{stored.version}版），以后生成的公示用它。", stored.row())


@wording.command("restore")
@click.argument("kind")
@click.pass_obj
def restore(session: Session, kind: str) -> None:
    """恢复程序原来的措辞。"""
    desk = session.desk()
    wanted = _kind(kind)
    stored = usecases.restore_words(desk, wanted.code)
    session.say(f"“{wanted.label}”用回原来的措辞了。", stored.row() if stored else None)


def _tell(session: Session, desk: Desk, found: Objection) -> None:
    line = store.objection_line(desk, found.id)
    session.say(f"{number_of(found)}：{line.standing.sentence}", _plain(line))


def _objection(desk: Desk, written: str) -> Objection:
    """Return the objection named by its number (异议〔2026〕1号), this year's number alone, or the end of its id."""
    found: Objection = chosen("异议", [one for one in _all(desk) if _is_named(one, written, desk.clock.now().year)])
    return found


def _all(desk: Desk) -> list[Objection]:
    return desk.find(Objection, "village_id = ?", [desk.office_id])


def _is_named(one: Objection, written: str, year: int) -> bool:
    if written.isdecimal() and len(written) < 5:
        return (one.year, one.number) == (year, int(written))
    return number_of(one) == written or one.id.endswith(written.upper())


def _notice(desk: Desk, written: str) -> Notice:
    issued = notices.issuances(desk)
    found: Notice = chosen(
        "已发布的公示",
        [
            one
            for one in store.askable(desk)
            if notice_number(desk, issued[one.id]) == written or one.id.endswith(written.upper())
        ],
    )
    return found


def _kind(name: str) -> Kind:
    kind = kind_named(name)
    if kind is None:
        known = "、".join(f"{one.code}（{one.label}）" for one in KINDS)
        raise click.BadParameter(f"没有“{name}”这种公示，可以是：{known}")
    return kind


def _plain(line: ObjectionLine) -> dict[str, object]:
    """Return what programs are told: never who asked, nor how to reach them."""
    one, stands = line.objection, line.standing
    return {
        "id": one.id,
        "number": number_of(one),
        "notice": line.notice_number,
        "text": one.text,
        "received_on": one.received_on,
        "due_on": stands.due_on,
        "state": stands.words,
        "late": stands.is_late,
    }


COMMANDS: tuple[click.Command, ...] = (objection, wording)
