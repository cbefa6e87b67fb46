"""Inspections, assessment and satisfaction: rankings, shares that add up, and what nobody hopes for."""

from datetime import date
from pathlib import Path

import pytest

from tests.disclosure.books import Q1, Books
from tests.golden import assert_golden
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.usecases import prepare
from villagedesk.kernel.dates import Period
from villagedesk.projects.model import Inspection, InspectionKind, Project, Survey
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Chart, Sheet, Table, text_of
from villagedesk.storage.desk import Desk

GOLDEN = Path(__file__).parent / "golden"
KINDS = ("inspections", "assessment", "satisfaction")

each_kind = pytest.mark.parametrize("kind", KINDS)


def drawn(desk: Desk, kind: str, scope: Scope = Q1) -> Sheet:
    """Prepare a notice and see that it can be drawn."""
    sheet = kept_sheet(prepare(desk, kind, scope))
    assert draw(sheet).startswith(b"%PDF")
    return sheet


def tables(sheet: Sheet) -> list[Table]:
    return [block for block in sheet.blocks if isinstance(block, Table)]


def visit(desk: Desk, project: Project, kind: InspectionKind, day: date, score: int) -> None:
    with desk.change("test.visit") as change:
        change.put(
            Inspection(
                project_id=project.id, kind=kind, inspected_on=day, score=score, is_passed=score >= 60,
                inspectors="周监督、吴代表",
            )
        )  # fmt: skip


def survey(desk: Desk, project: Project, asked: int, good: int, fair: int, poor: int, note: str = "") -> None:
    with desk.change("test.survey") as change:
        change.put(
            Survey(
                project_id=project.id, held_on=date(2026, 3, 20), way="逐户走访", asked=asked, good=good, fair=fair,
                poor=poor, note=note,
            )
        )  # fmt: skip


def test_a_failed_visit_is_followed_to_the_next_one(desk: Desk, books: Books) -> None:
    visit(desk, books.projects[1], InspectionKind.INSPECTION, date(2026, 3, 20), 88)
    text = text_of(drawn(desk, "inspections"))
    assert "1. 生活垃圾清运：3月11日抽查不合格，3月20日检查合格。" in text


def test_running_works_nobody_looked_at_are_named(desk: Desk, books: Books) -> None:
    text = text_of(drawn(desk, "inspections", Scope(Period.parse("2026-03"))))
    assert "没有检查的有" not in text
    text = text_of(drawn(desk, "inspections", Scope(Period.parse("2026-02"))))
    assert "本期没有检查的有2个：村内道路养护、灌溉渠清淤。" in text


def test_assessed_works_are_ranked_and_equals_share_a_place(desk: Desk, books: Books) -> None:
    road, rubbish, canal = books.projects
    visit(desk, rubbish, InspectionKind.ASSESSMENT, date(2026, 3, 28), 91)
    visit(desk, road, InspectionKind.ASSESSMENT, date(2026, 3, 28), 92)
    visit(desk, canal, InspectionKind.ASSESSMENT, date(2026, 3, 28), 92)
    sheet = drawn(desk, "assessment")
    assert tables(sheet)[1].rows == (
        ("1", "村内道路养护", "1", "92", "92.00"),
        ("1", "灌溉渠清淤", "1", "92", "92.00"),
        ("3", "生活垃圾清运", "2", "177", "88.50"),
    )
    assert_golden(sheet, GOLDEN / "assessment-ranked.txt")


def test_the_shares_of_a_survey_add_up(desk: Desk, books: Books) -> None:
    road, rubbish, canal = books.projects
    survey(desk, road, 60, 50, 6, 1, "3组路口积水")
    survey(desk, rubbish, 90, 30, 30, 30)
    survey(desk, canal, 7, 0, 0, 0)
    sheet = drawn(desk, "satisfaction")
    shares = tables(sheet)[1]
    assert shares.rows[0] == ("村内道路养护", "83.3%", "10.0%", "1.7%", "5.0%", "100.0%")
    assert shares.rows[1] == ("生活垃圾清运", "33.4%", "33.3%", "33.3%", "0.0%", "100.0%")
    assert shares.total == ("合计", "51.0%", "22.9%", "19.7%", "6.4%", "100.0%")
    (chart,) = (block for block in sheet.blocks if isinstance(block, Chart))
    assert [sum(bar.parts) for bar in chart.bars] == [1000, 1000, 1000]
    assert_golden(sheet, GOLDEN / "satisfaction-asked.txt")


@each_kind
@pytest.mark.parametrize("period", ["2031", "2031Q2", "2031-02"])
def test_a_period_with_nothing_says_so(desk: Desk, books: Books, kind: str, period: str) -> None:
    assert "没有" in text_of(drawn(desk, kind, Scope(Period.parse(period))))


@each_kind
def test_a_long_name_is_drawn(desk: Desk, books: Books, kind: str) -> None:
    long = ("阿依古丽·买买提艾力·" * 6)[:60]
    with desk.change("test.long") as change:
        project = change.put(Project(year=2026, name=long, class_code="1", item="水利", place=long))
        for visited in InspectionKind:
            change.put(
                Inspection(
                    project_id=project.id, kind=visited, inspected_on=Q1.period.last, score=100, is_passed=True,
                    inspectors=long, note=long,
                )
            )  # fmt: skip
    survey(desk, project, 999_999_999, 999_999_999, 0, 0, long)
    assert long in text_of(drawn(desk, kind))


@each_kind
def test_a_thousand_lines_are_drawn(desk: Desk, books: Books, kind: str) -> None:
    with desk.change("test.many") as change:
        for place in range(1000):
            project = change.put(Project(year=2026, name=f"项目{place}", class_code="1", item="水利"))
            facts = {"project_id": project.id, "inspected_on": date(2026, 3, 1), "inspectors": "周监督"}
            for visited in (InspectionKind.INSPECTION, InspectionKind.ASSESSMENT):
                change.put(Inspection(**facts, kind=visited, score=place % 101, is_passed=place % 101 >= 60))  # type: ignore[arg-type]
            change.put(
                Survey(project_id=project.id, held_on=date(2026, 3, 1), way="问卷", asked=3, good=1, fair=1, poor=1)
            )
    assert max(len(table.rows) for table in tables(drawn(desk, kind))) >= 1000
