"""The village the machine plays with: funds of two years, four projects, what meetings resolved, three caretakers."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.closing.months import resolve
from tests.payments.paying import YUAN
from tests.village_fixtures import Founded
from villagedesk.deliberation.model import Meeting, Motion, MotionProject
from villagedesk.disclosure.usecases import set_up_slots
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.ids import seeded_chance
from villagedesk.projects.model import Contract, ContractKind, Inspection, InspectionKind, Post, Project, ProjectState
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival, Body, Fund, Household, Person

OFFICERS = ("李会计", "赵主任", "钱组长", "孙理财", "周监督")
CONTRACTOR = "宏达水务"
CLEANER = "程家保洁"
"""Who cleans by contract, 50 yuan a month by the bands of 90 and 70."""
CARETAKERS = (
    ("0101", "王桂香", "510322196503021428", "6217001234567890123"),
    ("0102", "张大山", "510322197108152526", "6217009876543210987"),
    ("0103", "李小兰", "510322198001019913", "1011223344556677889901"),
)
"""Household, name, id number and account of who cleans."""


def lay_out(founded: Founded, folder: Path) -> Path:
    """Make the village the machine's examples begin with. Returns its folder."""
    shutil.copytree(founded.folder, folder)
    with Desk.open(folder, clock=SetClock(founded.moment), chance=seeded_chance(4)) as desk:
        desk.actor = founded.actor
        with desk.change("test.village") as change:
            county = change.put(Fund(year=2026, source="县级补助", planned_fen=9_000 * YUAN))
            village = change.put(Fund(year=2026, source="村集体", planned_fen=900 * YUAN))
            province = change.put(Fund(year=2026, source="省级补助", planned_fen=40_000 * YUAN))
            change.put(Fund(year=2025, source="县级补助", planned_fen=900 * YUAN))
            for place, (fund, fen) in enumerate(((county, 3_000 * YUAN), (village, 200 * YUAN)), 1):
                change.put(
                    Arrival(fund_id=fund.id, arrived_on=date(2026, 1, 5), amount_fen=fen, year=2026, number=place)
                )
            projects = [
                _project(change, "道路养护", 1_200 * YUAN, county),
                _project(change, "垃圾清运", 900 * YUAN, county),
                _project(change, "路灯电费", 300 * YUAN, village),
                _project(change, "水渠整修", 30_000 * YUAN, province),
            ]
            signed = Contract(
                project_id=projects[3].id, kind=ContractKind.CARETAKING, party=CONTRACTOR, scope="清淤、看护", standard="", pay_cycle="按次",
                amount_fen=30_000 * YUAN, signed_on=date(2026, 1, 5), first_day=date(2026, 1, 5),
                last_day=date(2026, 12, 31),
            )  # fmt: skip
            signed = change.put(signed)
            change.put(
                Inspection(
                    project_id=signed.project_id, kind=InspectionKind.INSPECTION, inspected_on=date(2026, 1, 5), score=90,
                    is_passed=True, inspectors="周监督", contract_id=signed.id,
                )
            )  # fmt: skip
            change.put(
                replace(
                    signed, id="", version=0, project_id=projects[1].id, party=CLEANER, scope="保洁", pay_cycle="按月",
                    amount_fen=600 * YUAN, cycles=12, bands="three",
                )
            )  # fmt: skip
            for caretaker in CARETAKERS:
                _post(change, projects[1], *caretaker)
        resolve(desk, *projects)
        _decide(desk, projects)
        set_up_slots(desk)
    return folder


def _project(change: Change, name: str, budget_fen: int, fund: Fund) -> Project:
    return change.put(
        Project(
            year=2026, name=name, class_code="1", item="村内户外道路", budget_fen=budget_fen, fund_id=fund.id,
            state=ProjectState.RUNNING,
        )
    )  # fmt: skip


def _post(change: Change, project: Project, number: str, name: str, id_number: str, account: str) -> None:
    home = change.put(Household(number=number, team="1组", head_name=name))
    person = change.put(
        Person(
            household_id=home.id, name=name, initials="", relation="户主", sex="女", id_number=id_number,
            born_on=date(1965, 3, 2), phone="13800001111", account=account, bank="农商行",
        )
    )  # fmt: skip
    change.put(
        Post(
            project_id=project.id, person_id=person.id, payee_id=person.id, duty="保洁员", area="1组",
            base_fen=30 * YUAN, performance_fen=60 * YUAN, bands="", first_day=date(2026, 1, 1),
        )
    )  # fmt: skip


def _decide(desk: Desk, projects: Sequence[Project]) -> None:
    """Let a second meeting have resolved two changes of the budget."""
    with desk.change("test.decided") as change:
        (body,) = desk.find(Body, "kind = '村民代表会议'")
        meeting = change.put(
            Meeting(
                body_id=body.id, basis="村民代表会议", number="村民代表会议2026-2", held_on=date(2026, 1, 5),
                place="村委会会议室", chair="赵主任", recorder="李会计", entitled=45, present=40,
                profile_version="default-2026.1", recorded_by=change.actor_id,
            )
        )  # fmt: skip
        for number, subject in enumerate(("预算调整1", "预算调整2", "集体研究大额支出"), 1):
            motion = change.put(
                Motion(
                    meeting_id=meeting.id, number=number, subject=subject, method="举手", yes=36, no=2,
                    abstain=2, is_passed=True, arithmetic="同意36票，通过",
                )
            )  # fmt: skip
            change.put_all(MotionProject(motion_id=motion.id, project_id=project.id) for project in projects)
