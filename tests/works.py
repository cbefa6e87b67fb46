"""A year of works for tests: a desk in late 2026 with a fund, projects on their way, a body that votes."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from villagedesk.deliberation.model import Meeting, MotionFacts
from villagedesk.deliberation.usecases import record_meeting
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.projects import usecases
from villagedesk.projects.model import (
    Contract,
    ContractKind,
    Inspection,
    InspectionKind,
    Project,
    ProjectState,
    Survey,
)
from villagedesk.storage.desk import Desk
from villagedesk.village import usecases as village
from villagedesk.village.model import Body, Fund

DATA = Path(__file__).parent / "data"
YEAR = 2026


def late_in_the_year(clock: SetClock) -> None:
    """Set the clock so that all of the year's papers lie behind it."""
    clock.set(datetime(2026, 12, 1, 9, 0, tzinfo=CHINA))


def open_fund(desk: Desk, planned_fen: int = 100_000_00) -> Fund:
    """Open the county's fund of the year."""
    return village.open_fund(desk, Fund(year=YEAR, source="县级补助", planned_fen=planned_fen))


def facts(name: str = "路灯维护", fund_id: str | None = None, budget_fen: int = 20_000_00) -> Project:
    """A project as it is typed in."""
    return Project(
        year=YEAR, name=name, class_code="1", item="供电", place="1至8组", budget_fen=budget_fen, fund_id=fund_id
    )


def assembly(desk: Desk) -> Body:
    """Set up the villagers' representatives."""
    return village.set_up_body(desk, "村民代表会议", [("王代表", "成员")], date(2026, 1, 1), date(2028, 12, 31))


def minutes(body: Body, number: str = "2026年村民代表会议第1次", entitled: int = 60, present: int = 43) -> Meeting:
    """A meeting as it is typed in."""
    return Meeting(
        body_id=body.id,
        basis="村民代表会议",
        number=number,
        held_on=date(2026, 2, 10),
        place="村委会会议室",
        chair="赵主任",
        recorder="李会计",
        entitled=entitled,
        present=present,
    )


def proposed(desk: Desk, name: str = "路灯维护", fund: Fund | None = None, budget_fen: int = 20_000_00) -> Project:
    """Bring a project to the committees' proposal."""
    fund = fund or open_fund(desk)
    project = usecases.shortlist(desk, facts(name, fund.id, budget_fen), date(2026, 1, 25))
    return usecases.take_step(desk, project.id, ProjectState.PROPOSED, date(2026, 2, 1))


def resolved(desk: Desk, name: str = "路灯维护", fund: Fund | None = None) -> Project:
    """Bring a project through the representatives' vote."""
    project = proposed(desk, name, fund)
    record_meeting(
        desk, minutes(assembly(desk)), motions=[MotionFacts("审议项目", 22, 15, 6, project_ids=(project.id,))]
    )
    return desk.get(Project, project.id)


def granted(desk: Desk, name: str = "路灯维护", fund: Fund | None = None) -> Project:
    """Bring a project to the township's grant."""
    project = resolved(desk, name, fund)
    usecases.take_step(desk, project.id, ProjectState.PUBLICIZED, date(2026, 2, 11), "村务公开栏，2月11日至20日")
    return usecases.take_step(desk, project.id, ProjectState.GRANTED, date(2026, 2, 25), "双府〔2026〕3号")


def contract(project: Project, **changed: Any) -> Contract:
    """A contract as it is typed in."""
    typed: dict[str, Any] = {
        "project_id": project.id,
        "kind": ContractKind.WORKS,
        "party": "荣县明亮电工队",
        "scope": "更换灯具40盏",
        "standard": "亮灯率95%以上",
        "amount_fen": 18_000_00,
        "pay_cycle": "一次性",
        "signed_on": date(2026, 3, 1),
        "first_day": date(2026, 3, 1),
        "last_day": date(2026, 5, 31),
    }
    return Contract(**(typed | changed))


def running(desk: Desk, name: str = "路灯维护", fund: Fund | None = None) -> Project:
    """Bring a project to its works."""
    project = granted(desk, name, fund)
    usecases.sign_contract(desk, contract(project))
    return usecases.take_step(desk, project.id, ProjectState.RUNNING, date(2026, 3, 1))


def inspection(project: Project, kind: InspectionKind = InspectionKind.INSPECTION, **changed: Any) -> Inspection:
    """A visit as it is typed in."""
    typed: dict[str, Any] = {
        "project_id": project.id,
        "kind": kind,
        "inspected_on": date(2026, 6, 1),
        "score": 92,
        "is_passed": True,
        "inspectors": "周监督、吴代表",
    }
    return Inspection(**(typed | changed))


def survey(project: Project, **changed: Any) -> Survey:
    """A survey as it is typed in."""
    typed: dict[str, Any] = {
        "project_id": project.id,
        "held_on": date(2026, 11, 20),
        "way": "逐户走访",
        "asked": 60,
        "good": 50,
        "fair": 6,
        "poor": 1,
    }
    return Survey(**(typed | changed))
