"""What posts, score sheets and budget changes add to the board: standards, quarters ranked, versions side by side."""

from datetime import date
from pathlib import Path

import pytest

from tests.disclosure.books import Q1, Books
from tests.disclosure.matters import Matters, add_matters, told
from tests.golden import assert_golden
from tests.projects.money import carried
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import kind_named
from villagedesk.kernel.dates import Period
from villagedesk.projects.model import (
    BudgetChange,
    BudgetLine,
    Contract,
    ContractKind,
    Inspection,
    InspectionKind,
    Mark,
    Post,
    Project,
)
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Paragraph, Table, text_of
from villagedesk.storage.desk import Desk

GOLDEN = Path(__file__).parent / "golden"
YEAR = Scope(Period(2026))


@pytest.fixture
def matters(desk: Desk, books: Books) -> Matters:
    """The quarter with what slots ① and ② tell of."""
    return add_matters(desk, books)


@pytest.fixture
def changes(desk: Desk, books: Books, matters: Matters) -> list[BudgetChange]:
    """Two changes of the year's budget: the first moves money, the second lowers it."""
    motions = [row[0] for row in desk.rows("SELECT id FROM motions WHERE is_passed = 1 ORDER BY rowid")]
    road, rubbish, _ = books.projects
    with desk.change("projects.budget.changed") as change:
        made = [
            change.put(
                BudgetChange(
                    year=2026, number=number, motion_id=motion, decided_on=day, reason=why, made_by=change.actor_id
                )
            )
            for number, motion, day, why in (
                (1, motions[0], date(2026, 2, 20), "垃圾清运加车次"),
                (2, motions[-1], date(2026, 5, 6), "道路少修一段"),
            )
        ]  # fmt: skip
        for which, project, fen in ((0, road, -5_000_00), (0, rubbish, 5_000_00), (1, road, -1_000_00)):
            change.put(BudgetLine(budget_change_id=made[which].id, project_id=project.id, change_fen=fen))
    return made


def amounts(desk: Desk, scope: Scope) -> list[tuple[str, ...]]:
    sheet, findings = told(desk, "budget", scope)
    assert findings == []
    assert draw(sheet).startswith(b"%PDF")
    tables = [block for block in sheet.blocks if isinstance(block, Table)]
    return [row[1:] for row in (*tables[-1].rows, tables[-1].total)]


def test_the_budget_shows_its_versions_as_approved(desk: Desk, changes: list[BudgetChange]) -> None:
    sheet, findings = told(desk, "budget", YEAR)
    assert findings == []
    assert_golden(sheet, GOLDEN / "budget-changed.txt")


def test_money_carried_from_last_year_is_a_source_of_its_own_and_adds_up(
    desk: Desk, books: Books, matters: Matters
) -> None:
    carried(desk, books.county, 30_000_00)
    carried(desk, books.village, 500_00, taken_over=True)
    sheet, findings = told(desk, "budget", YEAR)
    assert findings == []
    assert_golden(sheet, GOLDEN / "budget-carried.txt")
    named, arranged = [block for block in sheet.blocks if isinstance(block, Table)][:2]
    assert named.total[-1] == arranged.total[4] == "290,500.00"
    assert draw(sheet).startswith(b"%PDF")


def test_a_notice_about_one_change_shows_the_budget_as_that_change_left_it(
    desk: Desk, changes: list[BudgetChange]
) -> None:
    first, second = changes
    assert amounts(desk, Scope(Period(2026), first.id)) == [
        ("村内道路养护", "120,000.00", "-5,000.00", "115,000.00"),
        ("生活垃圾清运", "80,000.00", "5,000.00", "85,000.00"),
        ("", "200,000.00", "0.00", "200,000.00"),
    ]
    assert amounts(desk, Scope(Period(2026), second.id))[0] == (
        "村内道路养护", "120,000.00", "-5,000.00", "-1,000.00", "114,000.00",
    )  # fmt: skip
    sheet, _ = told(desk, "budget", Scope(Period(2026), first.id))
    assert "第1次调整" in sheet.title
    assert "第2次调整" not in text_of(sheet)


def test_a_change_of_the_budget_asks_for_a_notice(desk: Desk, changes: list[BudgetChange]) -> None:
    kind = kind_named("budget")
    assert kind
    found = [(one.scope.topic_id, one.happened_on, one.name) for one in kind.occasions(desk, date(2026, 4, 1))]
    assert found == [
        ("", date(2026, 1, 12), "2026年度支出预算"),
        (changes[0].id, date(2026, 2, 20), "2026年度支出预算第1次调整"),
    ]


def test_what_is_left_of_a_budget_is_counted_from_the_one_in_force(desk: Desk, changes: list[BudgetChange]) -> None:
    text = text_of(told(desk, "spending", Scope(Period.quarter(2026, 2)))[0])
    assert "120,000.00" not in text
    assert "114,000.00" in text
    assert "115,000.00" in text_of(told(desk, "spending", Q1)[0])  # the second change came later


def held(desk: Desk, books: Books) -> list[Post]:
    with desk.change("projects.post.set_up") as change:
        return [
            change.put(
                Post(
                    project_id=books.projects[1].id, person_id=person.id, payee_id=person.id, duty="保洁员", area=area,
                    base_fen=500_00, performance_fen=600_00, bands="three", first_day=date(2026, 1, 1),
                    last_day=date(2026, 9, 30) if area == "4至6组" else None,
                )
            )
            for person, area in zip(books.people, ("1组", "2、3组", "4至6组"), strict=True)
        ]  # fmt: skip


def test_caretakers_are_shown_with_their_posts_and_standards(desk: Desk, books: Books) -> None:
    held(desk, books)
    sheet, findings = told(desk, "caretakers", Q1)
    assert findings == []
    text = text_of(sheet)
    assert_golden(sheet, GOLDEN / "caretakers-posts.txt")
    assert "王桂香（证件尾号1428）" in text  # namesakes are told apart as everywhere
    assert "2026.9.30" not in text  # a later end is not known at the end of the quarter


def test_assessments_of_posts_are_ranked_and_corrections_told(desk: Desk, books: Books) -> None:
    posts = held(desk, books)
    with desk.change("projects.inspection.recorded") as change:
        for post, score, day in ((posts[0], 85, 28), (posts[1], 92, 28), (posts[0], 80, 30)):
            seen = change.put(
                Inspection(
                    project_id=post.project_id, kind=InspectionKind.ASSESSMENT, inspected_on=date(2026, 3, day),
                    score=score, is_passed=True, inspectors="周监督", post_id=post.id, period="2026Q1",
                    template="caretaker",
                )
            )  # fmt: skip
            off = 100 - score
            change.put(Mark(inspection_id=seen.id, place=1, item="出勤", points=20, deducted=off, note="病假"))
    sheet, findings = told(desk, "assessment", Q1)
    assert findings == []
    assert_golden(sheet, GOLDEN / "assessment-posts.txt")


def test_months_that_make_a_quarter_are_told_and_not_counted_twice(desk: Desk, books: Books) -> None:
    first, second, _ = held(desk, books)
    with desk.change("projects.inspection.recorded") as change:
        for post, period, score in (
            (first, "2026-01", 92), (first, "2026-02", 60), (first, "2026-03", 89), (first, "2026-02", 88),
            (second, "2026-01", 95), (first, "2026Q1", 90),
        ):  # fmt: skip
            change.put(
                Inspection(
                    project_id=post.project_id, kind=InspectionKind.ASSESSMENT, inspected_on=date(2026, 3, 30),
                    score=score, is_passed=True, inspectors="周监督", post_id=post.id, period=period,
                    note="各月平均" if period == "2026Q1" else "",
                )
            )  # fmt: skip
    text = text_of(told(desk, "assessment", Q1)[0])
    assert text.count("计入季度") == 3
    assert text.count("已更正") == 1
    assert "共考核3次，合格3次，不合格0次（3＋0＝3）。" in text
    assert "另有1次已经更正，以后一次为准。另有3次按月考核，已经平均到季度得分里。" in text


def test_posts_contracts_and_whole_projects_are_ranked_each_among_their_own(desk: Desk, books: Books) -> None:
    posts, (road, rubbish, canal) = held(desk, books), books.projects
    with desk.change("test.assessed") as change:
        contracts = [
            change.put(
                Contract(
                    project_id=road.id, kind=ContractKind.CARETAKING, party=party, scope="养护", standard="路面平整",
                    amount_fen=1_000_00, pay_cycle="按季", signed_on=date(2026, 1, 20), first_day=date(2026, 2, 1),
                    last_day=date(2026, 12, 31),
                )
            )
            for party in ("甲队", "乙队")
        ]  # fmt: skip
        about: list[tuple[int, Project, str | None, str | None]] = [
            *((score, rubbish, post.id, None) for score, post in zip((70, 71), posts, strict=False)),
            *((score, road, None, contract.id) for score, contract in zip((80, 81), contracts, strict=True)),
            (90, road, None, None),
            (91, canal, None, None),
        ]
        for score, project, post_id, contract_id in about:
            change.put(
                Inspection(
                    project_id=project.id, kind=InspectionKind.ASSESSMENT, inspected_on=date(2026, 3, 30),
                    score=score, is_passed=True, inspectors="周监督", period="2026Q1", post_id=post_id,
                    contract_id=contract_id,
                )
            )  # fmt: skip
    sheet, _ = told(desk, "assessment", Q1)
    heads = [block.text for block in sheet.blocks if isinstance(block, Paragraph) and block.level == 1]
    assert heads == ["一、考核情况", "二、岗位得分排名", "三、合同得分排名", "四、项目得分排名"]
    _, of_posts, of_contracts, of_projects = (block for block in sheet.blocks if isinstance(block, Table))
    assert [(row[0], row[1], row[3]) for row in of_posts.rows] == [
        ("1", "王桂香（2、3组）", "71"), ("2", "王桂香（1组）", "70"),
    ]  # fmt: skip
    assert [(row[0], row[1], row[3]) for row in of_contracts.rows] == [("1", "乙队", "81"), ("2", "甲队", "80")]
    assert [(row[0], row[1], row[4]) for row in of_projects.rows] == [
        ("1", "灌溉渠清淤", "91.00"), ("2", "村内道路养护", "90.00"), ("3", "生活垃圾清运", "86.00"),
    ]  # fmt: skip
    assert "病假" not in text_of(sheet)  # why points were taken off stays in the village's books
