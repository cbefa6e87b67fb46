"""Commands about deliberation: meetings with their votes, the council's ranking, papers."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from villagedesk.cli.session import Session, chosen, listing
from villagedesk.cli.typed import day as as_day
from villagedesk.cli.typed import project_by
from villagedesk.deliberation import papers, store, usecases
from villagedesk.deliberation.model import METHODS, Meeting, Motion, MotionFacts, Presence
from villagedesk.deliberation.scoring import two_decimals
from villagedesk.kernel.dates import parse_date
from villagedesk.kernel.errors import BadInput
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Body
from villagedesk.village.store import bodies, profile

_ROLL = {"present": Presence.PRESENT, "absent": Presence.ABSENT, "observers": Presence.OBSERVER}


@click.group("meeting")
def meeting() -> None:
    """议事：会议、表决、决议、量分排名。"""


@meeting.command("record")
@click.option("--file", "file", type=click.Path(path_type=Path, dir_okay=False), help="会议记录的 JSON 文件")
@click.option("--body", default="", help="哪个组织开会，例如 村民代表会议")
@click.option("--basis", default="", help="按哪种人数规则（默认这个组织的第一种）")
@click.option("--number", default="", help="会议编号（默认自动编）")
@click.option("--on", "day", type=as_day, help="日期（默认今天）")
@click.option("--place", default="村委会会议室", help="地点")
@click.option("--chair", default="", help="主持人")
@click.option("--recorder", default="", help="记录人（默认办理人）")
@click.option("--entitled", type=int, default=0, help="应到人数")
@click.option("--present", type=int, default=0, help="实到人数")
@click.option("--minutes", default="", help="会议内容")
@click.option("--subject", default="", help="议题（一项；多项请用 JSON 文件）")
@click.option("--votes", nargs=3, type=int, default=(0, 0, 0), help="同意 反对 弃权")
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], help="表决方式")
@click.option("--project", "projects", multiple=True, help="议题涉及的项目，可以写多次")
@click.pass_obj
def record(session: Session, /, file: Path | None, **typed: Any) -> None:
    """登记一次会议和表决。写选项，或用 --file 给一个 JSON 文件。

    \b
    JSON 的写法：
    {"body": "村民代表会议", "date": "2026-02-10", "place": "村委会会议室", "chair": "赵主任",
     "recorder": "李会计", "entitled": 60, "present": 43, "minutes": "……",
     "roll": {"present": [], "absent": ["张三"], "observers": []},
     "motions": [{"subject": "…", "yes": 22, "no": 15, "abstain": 6, "method": "举手", "projects": ["路灯维护"]}]}
    """  # noqa: D301  (click's mark for a block that keeps its lines)
    desk = session.desk()
    facts = _read(file) if file else _typed(typed)
    found: Body = chosen(f"组织“{facts.get('body', '')}”", [b for b in bodies(desk) if b.kind == facts.get("body")])
    when = parse_date(str(facts["date"])) if facts.get("date") else desk.clock.now().date()
    bases = profile(desk).bases_of_body.get(found.kind, ("",))
    put = Meeting(
        body_id=found.id,
        basis=str(facts.get("basis") or bases[0]),
        number=str(facts.get("number") or store.next_number(desk, found.kind, when.year)),
        held_on=when,
        place=str(facts.get("place", "")),
        chair=str(facts.get("chair", "")),
        recorder=str(facts.get("recorder") or (desk.actor.name if desk.actor else "")),
        entitled=int(facts.get("entitled", 0)),
        present=int(facts.get("present", 0)),
        minutes=str(facts.get("minutes", "")),
    )
    roll = [(name, _ROLL[part]) for part, names in facts.get("roll", {}).items() for name in names]
    stored = usecases.record_meeting(desk, put, roll, [_motion(desk, one) for one in facts.get("motions", [])])
    motions = store.motions_of(desk, stored.id)
    lines = [f"{stored.number}登记了。", *(f"第{one.number}项 {one.subject}：{one.arithmetic}。" for one in motions)]
    data = {"id": stored.id, "number": stored.number, "motions": [_plain(one) for one in motions]}
    session.say("\n".join(lines), data)


@meeting.command("list")
@click.option("--year", type=int, help="只看一年")
@click.pass_obj
def list_meetings(session: Session, year: int | None) -> None:
    """会议一览。"""
    found = store.meetings(session.desk(write=False), year)
    rows = [
        (
            one.meeting.number,
            one.body,
            one.meeting.held_on,
            f"{one.meeting.present}/{one.meeting.entitled}",
            f"{one.passed}/{one.motions}",
        )
        for one in found
    ]
    data = [{"id": one.meeting.id, "number": one.meeting.number, "on": one.meeting.held_on} for one in found]
    session.say(listing(("编号", "组织", "日期", "实到/应到", "通过/议题"), rows), data)


@meeting.command("show")
@click.argument("number")
@click.pass_obj
def show(session: Session, number: str) -> None:
    """一次会议的记录和表决。"""
    desk = session.desk(write=False)
    found = _meeting(desk, number)
    motions, about = store.motions_of(desk, found.id), store.projects_of_motions(desk, found.id)
    lines = [
        f"{found.number}  {store.body_of(desk, found).name}  {found.held_on}  {found.place}",
        f"主持人{found.chair}，记录人{found.recorder}；应到{found.entitled}人，实到{found.present}人",
    ]
    for one in motions:
        names = "、".join(project.name for project in about.get(one.id, []))
        lines.append(f"第{one.number}项 {one.subject}（{one.method}，同意{one.yes}反对{one.no}弃权{one.abstain}）")
        lines.append(f"    {one.arithmetic}。" + (f"项目：{names}" if names else ""))
    data = {"id": found.id, "number": found.number, "motions": [_plain(one) for one in motions]}
    session.say("\n".join(lines), data)


@meeting.command("ranking")
@click.option("--year", type=int, help="年度（默认今年）")
@click.pass_obj
def ranking(session: Session, year: int | None) -> None:
    """量分排名和计算过程。"""
    desk = session.desk(write=False)
    ranked = papers.ranked(desk, year or desk.clock.now().year)
    rows = [(one.place, one.name, two_decimals(one.result), one.arithmetic) for one in ranked]
    data = [{"place": one.place, "name": one.name, "result": str(one.result)} for one in ranked]
    session.say(listing(("名次", "项目", "得分", "计算过程"), rows), data)


@meeting.command("print")
@click.argument("paper", type=click.Choice(["minutes", "resolution", "ranking"]))
@click.option("--number", default="", help="哪次会议（会议编号）")
@click.option("--year", type=int, help="排名是哪一年（默认今年）")
@click.option("-o", "target", type=click.Path(path_type=Path, dir_okay=False), required=True, help="存成的 PDF 文件")
@click.pass_obj
def print_paper(session: Session, paper: str, number: str, year: int | None, target: Path) -> None:
    """把会议记录、决议或量分排名表存成 PDF。"""
    desk = session.desk(write=False)
    if paper == "ranking":
        sheet = papers.ranking_sheet(desk, year or desk.clock.now().year)
    else:
        found = _meeting(desk, number)
        sheet = papers.minutes_sheet(desk, found.id) if paper == "minutes" else papers.resolution_sheet(desk, found.id)
    session.save_paper(target, sheet)


def _read(file: Path) -> Mapping[str, Any]:
    try:
        facts = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(file.name, "读不到，或者不是 JSON 文件，请检查。") from error
    if not isinstance(facts, dict):
        raise BadInput(file.name, "应是一次会议的记录。")
    return facts


def _typed(typed: dict[str, Any]) -> Mapping[str, Any]:
    yes, no, abstain = typed.pop("votes")
    motion = {
        "subject": typed.pop("subject"),
        "method": typed.pop("method"),
        "projects": typed.pop("projects"),
        "yes": yes,
        "no": no,
        "abstain": abstain,
    }
    day: date | None = typed.pop("day")
    return typed | {"date": day and day.isoformat(), "motions": [motion] if motion["subject"] else []}


def _motion(desk: Desk, facts: Mapping[str, Any]) -> MotionFacts:
    return MotionFacts(
        subject=str(facts.get("subject", "")),
        yes=int(facts.get("yes", 0)),
        no=int(facts.get("no", 0)),
        abstain=int(facts.get("abstain", 0)),
        method=str(facts.get("method", METHODS[0])),
        project_ids=tuple(project_by(desk, str(words)).id for words in facts.get("projects", [])),
        is_declared_passed=facts.get("passed"),
    )


def _meeting(desk: Desk, number: str) -> Meeting:
    exact = store.meeting_numbered(desk, number)
    if exact:
        return exact
    found = desk.find(Meeting, "village_id = ? AND number LIKE ?", [desk.office_id, f"%{number}%"])
    meeting_: Meeting = chosen(f"编号里有“{number}”的会议", found)
    return meeting_


def _plain(motion: Motion) -> dict[str, object]:
    return {
        "number": motion.number,
        "subject": motion.subject,
        "passed": motion.is_passed,
        "sentence": motion.arithmetic,
    }


COMMANDS: tuple[click.Command, ...] = (meeting,)
