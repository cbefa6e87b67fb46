"""Two projects of one fund with a resolved budget, and the meetings that change it."""

from datetime import date

from tests.works import assembly, minutes, open_fund, proposed
from villagedesk.deliberation.model import MotionFacts
from villagedesk.deliberation.usecases import record_meeting
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Body, Fund, Opening


def budgeted(desk: Desk, fund: Fund | None = None, names: tuple[str, ...] = ("路灯维护", "治安巡逻")) -> list[Project]:
    """Bring projects of one fund, 20 000 yuan each, through one vote on 10 February."""
    fund = fund or open_fund(desk)
    projects = [proposed(desk, name, fund) for name in names]
    ids = tuple(project.id for project in projects)
    record_meeting(desk, minutes(assembly(desk)), motions=[MotionFacts("审议项目和预算", 43, 0, 0, project_ids=ids)])
    return [desk.get(Project, project.id) for project in projects]


def carried(desk: Desk, fund: Fund, fen: int, *, taken_over: bool = False) -> Opening:
    """Carry money to a fund from the one of the year before, or take it over from older books, on 5 January."""
    with desk.change("test.opening") as change:
        before = None
        if not taken_over:
            same = desk.find(Fund, "year = ? AND source = ?", [fund.year - 1, fund.source])
            new = Fund(year=fund.year - 1, source=fund.source, planned_fen=fen)
            before = same[0] if same else change.put(new)
        return change.put(
            Opening(
                fund_id=fund.id, opened_on=date(fund.year, 1, 5), amount_fen=fen,
                from_fund_id=before.id if before else None, document="2025年总账第12页",
            )
        )  # fmt: skip


def motion(
    desk: Desk,
    held_on: date = date(2026, 6, 10),
    yes: int = 43,
    number: str = "2026年村民代表会议第2次",
    body: str = "",
) -> str:
    """Let a body (default: the representatives) vote on a change of the budget; return the motion's id."""
    found = desk.find(Body, "kind = ?", [body or "村民代表会议"])[0]
    from dataclasses import replace

    meeting = replace(minutes(found, number), held_on=held_on)
    if body:
        meeting = replace(meeting, basis=body, entitled=43)
    kept = record_meeting(desk, meeting, motions=[MotionFacts("调整年度支出预算", yes, 43 - yes, 0)])
    return str(desk.value("SELECT id FROM motions WHERE meeting_id = ?", [kept.id]))
