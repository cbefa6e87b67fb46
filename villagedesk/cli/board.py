"""Commands at the board: hung up, photographed, taken down, filed away, and whether a paper is genuine."""

from datetime import date, datetime
from pathlib import Path

import click

from villagedesk.cli.session import Session, chosen
from villagedesk.cli.written import notice_by, plain
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.genuine import Authenticity, judge
from villagedesk.disclosure.model import Notice, Posting
from villagedesk.kernel.dates import chinese_date

_DAY = click.DateTime(["%Y-%m-%d"])
_PHOTO = click.Path(path_type=Path, dir_okay=False)


@click.command("post")
@click.argument("notice_id")
@click.argument("board")
@click.option("--from", "first_day", type=_DAY, help="从哪天起张贴（默认今天）")
@click.option("--to", "last_day", type=_DAY, help="到哪天止（默认按规定的天数）")
@click.option("--photo", "photos", type=_PHOTO, multiple=True, help="张贴的照片，可以写几次")
@click.option("--reason", default="", help="天数不够或照片不对也要登记的原因")
@click.pass_obj
def post(
    session: Session,
    notice_id: str,
    board: str,
    first_day: datetime | None,
    last_day: datetime | None,
    photos: tuple[Path, ...],
    reason: str,
) -> None:
    """登记张贴：贴在哪里、哪天到哪天、照片。"""
    desk = session.desk()
    found = notice_by(desk, notice_id)
    posting = usecases.post_up(desk, found.id, board, _date(first_day), _date(last_day), photos, reason)
    days = f"{chinese_date(posting.first_day)}至{chinese_date(posting.last_day)}"
    data = {"id": posting.id, "first_day": posting.first_day, "last_day": posting.last_day}
    session.say(f"已登记张贴在{posting.board}：{days}。", data)


@click.command("photo")
@click.argument("notice_id")
@click.argument("photos", type=_PHOTO, nargs=-1, required=True)
@click.option("--board", default="", help="哪一处的照片（贴了几处时要写）")
@click.option("--reason", default="", help="照片不对也要存的原因")
@click.pass_obj
def photo(session: Session, notice_id: str, photos: tuple[Path, ...], board: str, reason: str) -> None:
    """给登记过的张贴补照片。"""
    desk = session.desk()
    posting = _posting(store.postings_of(desk, notice_by(desk, notice_id).id), board)
    kept = usecases.add_photos(desk, posting.id, photos, reason=reason)
    session.say(f"存好了{posting.board}的{len(kept)}张照片。", [one.row() for one in kept])


@click.command("take-down")
@click.argument("notice_id")
@click.option("--board", default="", help="从哪里取下（贴了几处时要写）")
@click.option("--on", "taken_on", type=_DAY, help="哪天取下的（默认今天）")
@click.option("--note", default="", help="取下时的样子，如：完好、破了、有人写了字")
@click.option("--photo", "photos", type=_PHOTO, multiple=True, help="取下时的照片，可以写几次")
@click.option("--reason", default="", help="没有到期就取下的原因")
@click.pass_obj
def take_down(
    session: Session,
    notice_id: str,
    board: str,
    taken_on: datetime | None,
    note: str,
    photos: tuple[Path, ...],
    reason: str,
) -> None:
    """登记取下：哪一处、哪天、纸是什么样子。"""
    desk = session.desk()
    notice = notice_by(desk, notice_id)
    posting = _posting(store.hanging(desk, notice.id), board)
    taken = usecases.take_down(desk, posting.id, _date(taken_on), note, photos, reason)
    stands = desk.get(Notice, notice.id).state.label
    session.say(f"已登记从{posting.board}取下（{chinese_date(taken.taken_on)}），这份公示：{stands}。", taken.row())


@click.command("file")
@click.argument("notice_id")
@click.argument("place")
@click.pass_obj
def file_away(session: Session, notice_id: str, place: str) -> None:
    """登记归档：签字盖章的原件放在哪个卷宗。"""
    desk = session.desk()
    filing = usecases.file_away(desk, notice_by(desk, notice_id).id, place)
    session.say(f"已归档在{filing.place}。", filing.row())


@click.command("check")
@click.argument("code")
@click.pass_obj
def check(session: Session, code: str) -> None:
    """查真伪：扫出来的二维码、文号或校验码。不是真的，退出码是 1。"""
    desk = session.desk(write=False)
    judgement = judge(desk, code)
    data = {
        "found": judgement.found,
        "is_latest": judgement.is_latest,
        "sentences": judgement.sentences,
        "notice": plain(judgement.notice) if judgement.notice else None,
    }
    session.say(judgement.words, data)
    if judgement.found is not Authenticity.GENUINE:
        raise click.exceptions.Exit(1)


def _posting(postings: list[Posting], board: str) -> Posting:
    found: Posting = chosen("张贴的地方", [posting for posting in postings if board in posting.board])
    return found


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


BOARD: tuple[click.Command, ...] = (post, photo, take_down, file_away, check)
