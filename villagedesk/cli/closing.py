"""Commands of the closed month: where months stand, the checklist, closing by two people, opening again."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from villagedesk.cli import typed
from villagedesk.cli.session import Session, chosen, listing
from villagedesk.closing.model import Month
from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Severity
from villagedesk.ledger.model import Reopening, ReopeningState
from villagedesk.storage.desk import Desk

_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
_MARKS = {Severity.BLOCK: "【必须先办】", Severity.WARNING: "【请办理】"}


@click.group("month")
def month() -> None:
    """结账：各月进度、清单、办结账、确认、取报表、反结账。"""


@month.command("list")
@click.pass_obj
def list_months(session: Session) -> None:
    """各月到哪一步了，早的在前。"""
    from villagedesk.closing.store import months
    from villagedesk.ledger.closedmonths import altered_months
    from villagedesk.ledger.monthfigures import altered_words

    desk = session.desk(write=False)
    found, altered = months(desk, desk.clock.now().date()), altered_months(desk)
    rows = [(str(one.period), _standing(one, altered), _when(one), _number(one)) for one in found]
    data = [
        {
            "month": str(one.period),
            "state": one.state,
            "closings": len(one.closings),
            "is_altered": str(one.period) in altered,
        }
        for one in found
    ]
    lines = [listing(("月份", "进度", "结账日期", "第几次"), rows)]
    session.say("\n".join([*lines, *(altered_words(Period.parse(month)) for month in altered)]), data)


@month.command("check")
@click.argument("written")
@click.pass_context
def check(context: click.Context, written: str) -> None:
    """一个月的结账清单，例如 2026-03。都办好了返回 0，还有没办的返回 1。"""
    from villagedesk.closing.checklist import checklist

    session: Session = context.obj
    findings = checklist(session.desk(write=False), typed.period(written))
    lines = [_MARKS[one.severity] + one.message for one in findings]
    data = [
        {"code": one.code, "severity": one.severity, "message": one.message, "place": one.place} for one in findings
    ]
    session.say("\n".join(lines) or "都办好了，可以结账。", data)
    if findings:
        context.exit(1)


@month.command("prepare")
@click.argument("written")
@click.option("--excuse", default="", help="清单上还有没办的，写明原因")
@click.pass_obj
def prepare(session: Session, written: str, excuse: str) -> None:
    """村会计办一个月的结账；办好以后由另一位确认。"""
    from villagedesk.closing.usecases import prepare_closing

    closing = prepare_closing(session.desk(), typed.period(written), excuse)
    words = (
        f"{typed.period(closing.month).label}办好了，请村主要负责人或理财小组成员确认（month close {closing.month}）。"
    )
    session.say(words, closing.row())


@month.command("close")
@click.argument("written")
@click.pass_obj
def close(session: Session, written: str) -> None:
    """村主要负责人或理财小组确认结账，从此这个月不能再改。"""
    from villagedesk.closing.usecases import close_month

    closing = close_month(session.desk(), typed.period(written))
    session.say(f"{typed.period(closing.month).label}的账关上了，报表都存好了。", closing.row())


@month.command("papers")
@click.argument("written")
@click.option("-o", "target", type=_FOLDER, required=True, help="存到哪个文件夹")
@click.pass_obj
def papers(session: Session, written: str, target: Path) -> None:
    """取出结账时存下的报表（PDF），一个字也不会变。"""
    from villagedesk.closing.facts import papers_of
    from villagedesk.closing.papers import kept_paper

    desk = session.desk(write=False)
    found = _month(desk, written)
    kept = [(one, title) for one in found.closings for title in papers_of(one)]
    if not kept:
        raise click.UsageError(f"{found.period.label}还没有结账，没有存下的报表。")
    files = []
    for closing, title in kept:
        path = target / f"{closing.month}-{closing.number}-{title}.pdf"
        session.save(path, kept_paper(desk, closing, title))
        files.append(str(path))
    session.say("\n".join(files), files)


@month.command("reopen")
@click.argument("written")
@click.option("--reason", required=True, help="原因，下一次支出公示上会印出来")
@click.option("--days", type=int, required=True, help="开放几天")
@click.pass_obj
def reopen(session: Session, written: str, reason: str, days: int) -> None:
    """村会计申请反结账（只能是最后结账的那个月）。"""
    from villagedesk.closing.usecases import ask_reopening

    desk = session.desk()
    found = _month(desk, written)
    if found.closing is None:
        raise click.UsageError(f"{found.period.label}还没有结账，不用反结账。")
    asked = ask_reopening(desk, found.closing.id, reason, days)
    session.say(f"已申请，{asked.state.label}。", asked.row())


@month.command("agree")
@click.pass_obj
def agree(session: Session) -> None:
    """村主要负责人同意正在申请的反结账；随下一份数据包报乡镇。"""
    from villagedesk.closing.usecases import agree_reopening

    desk = session.desk()
    session.say("已同意，随下一份数据包报乡镇。", agree_reopening(desk, _asked(desk).id).row())


@month.command("refuse")
@click.option("--note", required=True, help="原因")
@click.pass_obj
def refuse(session: Session, note: str) -> None:
    """村主要负责人不同意正在申请的反结账。"""
    from villagedesk.closing.usecases import refuse_reopening

    desk = session.desk()
    session.say("没有同意，账还关着。", refuse_reopening(desk, _asked(desk).id, note).row())


@click.group("reopenings")
def reopenings() -> None:
    """乡镇：各村的反结账申请，同意或不同意。"""


@reopenings.command("list")
@click.pass_obj
def list_reopenings(session: Session) -> None:
    """等乡镇意见的反结账申请。"""
    from villagedesk.township.reopenings import waiting_reopenings

    found = waiting_reopenings(session.desk(write=False))
    rows = [
        (one.reopening.id, one.village, str(one.period), one.reopening.days, one.reopening.reason, one.agreed_by)
        for one in found
    ]
    heads = ("编号", "村", "月份", "开放天数", "原因", "村里同意人")
    session.say(
        listing(heads, rows) if rows else "没有等乡镇意见的反结账申请。", [one.reopening.row() for one in found]
    )


@reopenings.command("grant")
@click.argument("reopening_id", metavar="编号")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="最晚开放到哪天（不写就按村里申请的天数）")
@click.pass_obj
def grant(session: Session, reopening_id: str, until: datetime | None) -> None:
    """同意一个村反结账。"""
    from villagedesk.township.usecases import rule_on_reopening

    desk = session.desk()
    wish = _wish(desk, reopening_id)
    given = rule_on_reopening(desk, wish, is_granted=True, until=until.date() if until else None)
    session.say("同意，随下一份回执发到村里。", given.row())


@reopenings.command("refuse")
@click.argument("reopening_id", metavar="编号")
@click.option("--note", default="", help="原因（必写）")
@click.pass_obj
def refuse_wish(session: Session, reopening_id: str, note: str) -> None:
    """不同意一个村反结账。"""
    from villagedesk.township.usecases import rule_on_reopening

    desk = session.desk()
    given = rule_on_reopening(desk, _wish(desk, reopening_id), is_granted=False, note=note)
    session.say("不同意，随下一份回执发到村里。", given.row())


def _month(desk: Desk, written: str) -> Month:
    from villagedesk.closing.store import month as month_of

    found = month_of(desk, typed.period(written), desk.clock.now().date())
    if found is None:
        raise click.UsageError(f"{typed.period(written).label}不在账上。")
    return found


def _asked(desk: Desk) -> Reopening:
    asked = desk.find(Reopening, "village_id = ? AND state = ?", [desk.office_id, ReopeningState.ASKED])
    found: Reopening = chosen("等村主要负责人同意的反结账申请", asked)
    return found


def _wish(desk: Desk, reopening_id: str) -> Reopening:
    found: Reopening = chosen("反结账申请", desk.find(Reopening, "id LIKE ?", [f"%{reopening_id.upper()}"]))
    return found


def _standing(one: Month, altered: Sequence[str]) -> str:
    return f"{one.state.label}，结账以后被改过" if str(one.period) in altered else one.state.label


def _when(one: Month) -> str:
    return str(one.closing.closed_on) if one.closing and one.closing.closed_on else ""


def _number(one: Month) -> str:
    return str(one.closing.number) if one.closing else ""


COMMANDS: tuple[click.Command, ...] = (month, reopenings)
