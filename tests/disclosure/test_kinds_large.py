"""Kinds of slots ① and ② with too much of everything: a thousand projects, names of 60 characters, largest amounts."""

from datetime import date

import pytest

from tests.disclosure.books import Books
from tests.disclosure.matters import add_matters, told
from villagedesk.deliberation.model import MotionProject, Score
from villagedesk.disclosure.kind import Scope
from villagedesk.kernel.dates import Period
from villagedesk.kernel.money import LARGEST_FEN, yuan
from villagedesk.projects.model import Project, ProjectState, Step, Wish
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Preset, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import SOURCES, Arrival, Fund, Household

KINDS = ("wishes", "votes", "approval", "projects", "budget", "funds", "levies", "annual")
LONG = (
    "村内户外道路破损修补及两侧排水沟清淤、路肩培土、错车道加宽、安全警示标志增设与冬季防滑养护一体化项目（第一标段）"
)


def test_a_long_name_is_long() -> None:
    assert 55 <= len(LONG) <= 60


@pytest.mark.parametrize("count", [1, 1000])
def test_every_kind_is_told_and_drawn_with_too_much_of_everything(desk: Desk, books: Books, count: int) -> None:
    matters = add_matters(desk, books)
    (motion_id,) = (row[0] for row in desk.rows("SELECT id FROM motions WHERE subject = '路灯维护立项和预算'"))
    with desk.change("test.crowd") as change:
        funds = [
            change.put(Fund(year=2026, source=source, planned_fen=LARGEST_FEN, owner="农村集体经济组织"))
            for source in SOURCES
        ]
        for fund in funds:
            change.put(Arrival(fund_id=fund.id, arrived_on=date(2026, 3, 1), amount_fen=LARGEST_FEN, document=LONG))
        homes = [change.put(Household(number=f"9{n:03}", team="1组", head_name="某")) for n in range(min(count, 50))]
        for place in range(count):
            project = change.put(
                Project(
                    year=2026, name=f"{LONG[:56]}{place:04}", class_code=str(place % 4 + 1), item="水利", place=LONG,
                    manager="欧阳上官", budget_fen=LARGEST_FEN, fund_id=funds[place % len(funds)].id,
                    state=ProjectState.RESOLVED,
                )
            )  # fmt: skip
            change.put(
                Step(
                    project_id=project.id, state=ProjectState.RESOLVED, taken_on=date(2026, 2, 20),
                    taken_by=change.actor_id,
                )
            )  # fmt: skip
            change.put(MotionProject(motion_id=motion_id, project_id=project.id))
            change.put(Score(project_id=project.id, member="刘议事", urgent=10, wished=0, benefit=10))
            home = homes[place % len(homes)]
            if place < len(homes):
                change.put(
                    Wish(
                        household_id=home.id, year=2026, place=1, item=project.name, spokesman="某",
                        signed_on=date(2026, 1, 5),
                    )
                )  # fmt: skip
    year = Period(2026)
    scopes = {
        "votes": Scope(year, matters.meeting.id),
        "approval": Scope(year, matters.meeting.id),
        "levies": Scope(year, matters.levy.id),
    }
    for kind in KINDS:
        sheet, findings = told(desk, kind, scopes.get(kind, Scope(year)))
        assert findings == [], kind
        assert draw(sheet).startswith(b"%PDF"), kind
        if kind not in {"wishes", "levies", "votes"}:
            assert yuan(LARGEST_FEN) in text_of(sheet), kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("preset", [Preset.POSTER, Preset.FORM])
def test_every_kind_is_drawn_on_other_paper_and_without_anything(
    desk: Desk, books: Books, kind: str, preset: Preset
) -> None:
    from dataclasses import replace

    empty, findings = told(desk, kind, Scope(Period(2019)))
    assert findings == []
    assert "没有" in text_of(empty)
    assert draw(replace(empty, preset=preset)).startswith(b"%PDF")
