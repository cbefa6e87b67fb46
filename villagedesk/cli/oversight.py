"""Commands for the oversight groups: what waits, their reviews, the answers, the check of the books."""

from pathlib import Path

import click

from villagedesk.cli.session import Session, chosen, listing
from villagedesk.disclosure.model import Notice
from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Severity
from villagedesk.kernel.money import yuan
from villagedesk.oversight import store, usecases
from villagedesk.oversight.checks import check as check_books
from villagedesk.oversight.model import RECORDS
from villagedesk.payments.model import Claim, Outcome
from villagedesk.storage.desk import Desk
from villagedesk.village.store import office

_TITLES = {Claim.table: "报账单", Notice.table: "公示"}
_RECORDS = {kind.key: kind for kind in RECORDS}
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("review")
def review() -> None:
    """审核：理财小组审报账单，监督小组审公示。"""


@review.command("list")
@click.pass_obj
def list_waiting(session: Session) -> None:
    """等待审核的，先来的在前。"""
    desk = session.desk(write=False)
    found = store.waiting(desk)
    rows = [
        (one.subject_id, _TITLES[one.subject_table], f"{one.since:%Y-%m-%d}", one.made_by, _sum(one), one.title)
        for one in found
    ]
    data = [
        {"id": one.subject_id, "table": one.subject_table, "title": one.title, "facts": dict(one.facts)}
        for one in found
    ]
    session.say(listing(("编号", "种类", "送审日", "经办人", "金额", "内容"), rows), data)


@review.command("show")
@click.argument("subject_id")
@click.pass_obj
def show(session: Session, subject_id: str) -> None:
    """看一件等待审核的，和以前说过的话。"""
    desk = session.desk(write=False)
    one: store.Waiting = chosen(
        "等待审核的", [w for w in store.waiting(desk) if w.subject_id.endswith(subject_id.upper())]
    )
    said = [
        f"{line.at:%Y-%m-%d} {line.who} {line.what} {line.note}".strip() for line in store.said_of(desk, one.subject_id)
    ]
    lines = [f"{label}：{value}" for label, value in one.facts]
    session.say("\n".join([*lines, *said]), {"id": one.subject_id, "facts": dict(one.facts), "said": said})


@review.command("pass")
@click.argument("subject_id")
@click.option("--note", default="", help="意见")
@click.option("--signer", "signers", multiple=True, help="在单子上签了字的其他成员（组长代录，可写几次）")
@click.option("--paper", type=_FILE, help="签了字的单子（照片或 PDF）")
@click.pass_obj
def passed(session: Session, subject_id: str, note: str, signers: tuple[str, ...], paper: Path | None) -> None:
    """同意。"""
    _give(session, subject_id, Outcome.PASSED, note, signers, paper)


@review.command("query")
@click.argument("subject_id")
@click.option("--note", default="", help="疑问是什么（必填）")
@click.pass_obj
def queried(session: Session, subject_id: str, note: str) -> None:
    """有疑问，请经办人答复。"""
    _give(session, subject_id, Outcome.QUERIED, note)


@review.command("refuse")
@click.argument("subject_id")
@click.option("--note", default="", help="原因（必填）")
@click.pass_obj
def refused(session: Session, subject_id: str, note: str) -> None:
    """不同意。"""
    _give(session, subject_id, Outcome.REFUSED, note)


@review.command("record")
@click.option("--period", "written", required=True, help="月份或季度，例如 2026-07")
@click.option(
    "--of",
    "table",
    type=click.Choice(list(_RECORDS)),
    default=Claim.table,
    help="哪个小组的：claims 理财小组，notices 监督小组，supervised 监督委员会审的报账单",
)
@click.option("-o", "target", type=_FILE, required=True, help="存成的 PDF 文件")
@click.pass_obj
def record(session: Session, written: str, table: str, target: Path) -> None:
    """把一段时间的审核记录存成 PDF，请小组成员签字。"""
    from villagedesk.oversight.sheets import review_record

    try:
        period = Period.parse(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    desk = session.desk(write=False)
    kind = _RECORDS[table]
    rows, members = store.reviews_in(desk, period, kind), store.members_for(desk, kind)
    session.save_sheet(target, review_record(office(desk), kind, period.label, rows, members))
    session.say(f"{len(rows)}条{kind.title}存好了：{target}", {"file": str(target), "reviews": len(rows)})


@click.command("answer")
@click.argument("subject_id")
@click.argument("text")
@click.pass_obj
def answer(session: Session, subject_id: str, text: str) -> None:
    """答复疑问，送回审核。"""
    desk = session.desk()
    subject = _subject(desk, subject_id)
    usecases.answer(desk, subject.table, subject.id, text)
    session.say("已答复，送回审核。", {"id": subject.id})


@click.command("check")
@click.option("-o", "target", type=_FILE, help="把检查清单存成 PDF")
@click.pass_context
def check(context: click.Context, target: Path | None) -> None:
    """检查账目：有问题逐条列出。没有问题返回 0，有问题返回 1。"""
    session: Session = context.obj
    desk = session.desk(write=False)
    findings = check_books(desk)
    if target:
        from villagedesk.oversight.sheets import check_list

        session.save_sheet(target, check_list(office(desk), findings, desk.clock.now().date()))
    marks = {Severity.BLOCK: "【必须改正】", Severity.WARNING: "【请办理】"}
    lines = [marks[finding.severity] + finding.message for finding in findings]
    data = [{"code": one.code, "severity": one.severity, "message": one.message} for one in findings]
    session.say("\n".join(lines) or "检查完了，没有发现问题。", data)
    if findings:
        context.exit(1)


def _give(
    session: Session,
    subject_id: str,
    outcome: Outcome,
    note: str,
    signers: tuple[str, ...] = (),
    paper: Path | None = None,
) -> None:
    desk = session.desk()
    subject = _subject(desk, subject_id)
    given = usecases.review(desk, subject.table, subject.id, outcome, note, signers=signers, paper=paper)
    stored = _subject(desk, subject.id)
    needed = next((one.still_needed for one in store.waiting(desk) if one.subject_id == stored.id), "")
    words = f"{outcome.label}：{stored.state.label}" + (f"，{needed}" if needed else "")
    session.say(f"{words}。", {"id": given.id, "state": stored.state, "still_needed": needed})


def _subject(desk: Desk, written: str) -> Claim | Notice:
    """Return the claim or notice named by its id or the end of it."""
    key = [desk.office_id, f"%{written.upper()}"]
    claims = desk.find(Claim, "village_id = ? AND id LIKE ?", key)
    found: Claim | Notice = chosen("报账单或公示", [*claims, *desk.find(Notice, "village_id = ? AND id LIKE ?", key)])
    return found


def _sum(one: store.Waiting) -> str:
    return yuan(one.amount_fen) if one.amount_fen else ""


COMMANDS: tuple[click.Command, ...] = (review, answer, check)
