import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.works import (
    DATA,
    YEAR,
    contract,
    facts,
    granted,
    inspection,
    open_fund,
    proposed,
    resolved,
    running,
    survey,
)
from villagedesk.kernel.errors import BadInput, Cancelled, FrozenRecord, RuleViolation
from villagedesk.kernel.progress import Progress
from villagedesk.projects import store, usecases
from villagedesk.projects.model import InspectionKind, Project, ProjectState, Wish
from villagedesk.storage.desk import FILE_NAME, Changed, Desk
from villagedesk.village.usecases import import_people

S = ProjectState


def codes(error: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_wishes_come_in_as_they_are_and_are_counted(desk: Desk) -> None:
    import_people(desk, DATA / "villagers-gb18030.csv")
    assert usecases.import_wishes(desk, DATA / "wishes-2026.xlsx", YEAR) == 168
    share = store.coverage(desk, YEAR)
    assert (share.heard, share.households, share.percent) == (168, 180, "93.3%")
    ranking = store.wish_ranking(desk, YEAR)
    assert [(wish.item, wish.households) for wish in ranking[:3]] == [
        ("广场健身器材维修", 55),
        ("防汛物资储备", 53),
        ("治安巡逻", 50),
    ]
    assert sum(wish.households for wish in ranking) == 504
    assert (ranking[3].item, ranking[3].first, ranking[3].second, ranking[3].third) == ("村内道路破损修补", 42, 0, 0)
    household = desk.value("SELECT id FROM households WHERE number = '0004'")
    assert [wish.item for wish in store.wishes_of(desk, household, YEAR)] == [
        "农家书屋开放",
        "公共厕所管护",
        "防汛物资储备",
    ]
    assert store.years(desk) == [YEAR]
    with pytest.raises(BadInput, match="有168处不对"):
        usecases.import_wishes(desk, DATA / "wishes-2026.xlsx", YEAR)


def test_wishes_of_unknown_households_leave_nothing_behind(desk: Desk) -> None:
    before = desk.tip()
    with pytest.raises(BadInput) as caught:
        usecases.import_wishes(desk, DATA / "wishes-2026.xlsx", YEAR)
    assert str(caught.value.problems[0]) == "第2行“户编号”：户册里没有“0001”"
    assert desk.tip() == before


def test_a_cancelled_import_leaves_nothing_behind(desk: Desk) -> None:
    import_people(desk, DATA / "villagers-gb18030.csv")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        usecases.import_wishes(desk, DATA / "wishes-2026.xlsx", YEAR, progress)
    assert desk.find(Wish) == []


def test_a_project_that_answers_a_wish_begins_with_it(desk: Desk) -> None:
    import_people(desk, DATA / "villagers-gb18030.csv")
    usecases.import_wishes(desk, DATA / "wishes-2026.xlsx", YEAR)
    with pytest.raises(RuleViolation) as refused:
        usecases.shortlist(desk, facts(), date(2026, 1, 18))
    assert codes(refused) == ["projects.order"]
    project = usecases.shortlist(desk, facts(), date(2026, 1, 25), note="村委会会议")
    steps = [(step.state, step.taken_on, step.note) for step in store.steps_of(desk, project.id)]
    assert steps == [
        (S.WISHED, date(2026, 1, 19), "36户提出（第一意愿17户、第二意愿13户、第三意愿6户）"),
        (S.SHORTLISTED, date(2026, 1, 25), "村委会会议"),
    ]


def test_a_project_nobody_wished_begins_on_the_list_today(desk: Desk) -> None:
    project = usecases.shortlist(desk, facts("祠堂修缮"))
    (step,) = store.steps_of(desk, project.id)
    assert (step.state, step.taken_on) == (S.SHORTLISTED, date(2026, 12, 1))
    assert store.project_named(desk, "祠堂修缮") == project
    assert store.project_named(desk, "祠堂修缮", 2025) is None


def test_a_name_stands_once_a_year(desk: Desk) -> None:
    usecases.shortlist(desk, facts())
    with pytest.raises(RuleViolation, match="2026年已经有“路灯维护”。"):
        usecases.shortlist(desk, facts())


def test_failing_one_of_the_two_tests_needs_a_reason_and_stops_the_proposal(desk: Desk) -> None:
    fund = open_fund(desk)
    rich = Project(
        year=YEAR, name="路灯维护", class_code="1", item="供电", budget_fen=1_00, fund_id=fund.id, has_other_money=True
    )
    with pytest.raises(RuleViolation) as refused:
        usecases.shortlist(desk, rich)
    assert codes(refused) == ["projects.other_money"]
    stored = usecases.shortlist(desk, rich, reason="先列入，等落实")
    with pytest.raises(RuleViolation) as refused:
        usecases.take_step(desk, stored.id, S.PROPOSED, note="先提出")
    assert codes(refused) == ["projects.other_money"]


def test_a_budget_larger_than_the_whole_fund_is_refused_at_once(desk: Desk) -> None:
    fund = open_fund(desk, 10_000_00)
    with pytest.raises(RuleViolation, match="预算超过了“县级补助”的全部计划。"):
        usecases.shortlist(desk, facts(fund_id=fund.id))


def test_facts_are_revised_until_the_meeting_resolves_them(desk: Desk) -> None:
    project = proposed(desk)
    revised = usecases.revise(desk, Project.from_row(project.row() | {"budget_fen": 19_000_00, "state": "running"}))
    assert (revised.budget_fen, revised.state) == (19_000_00, S.PROPOSED)


def test_resolved_facts_are_frozen(desk: Desk) -> None:
    project = resolved(desk)
    with pytest.raises(RuleViolation, match="内容已经定下来，不能再改。"):
        usecases.revise(desk, Project.from_row(project.row() | {"budget_fen": 1}))
    with (
        pytest.raises(FrozenRecord),
        desk.change("test") as change,
    ):
        change.put(Project.from_row(project.row() | {"budget_fen": 1}))
    assert desk.get(Project, project.id) == project


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects SET budget_fen = 1 WHERE id = :id",
        "UPDATE projects SET budget_fen = 1, version = version + 1 WHERE id = :id",
        "DELETE FROM projects WHERE id = :id",
        (
            "REPLACE INTO projects SELECT id, version, village_id, year, name, class_code, item, place, manager,"
            " is_necessary, has_other_money, 1, fund_id, state FROM projects WHERE id = :id"
        ),
        "UPDATE steps SET note = '' WHERE project_id = :id",
        "DELETE FROM steps WHERE project_id = :id",
    ],
)
def test_a_plain_connection_cannot_change_a_resolved_project(desk: Desk, statement: str) -> None:
    project = resolved(desk)
    connection = sqlite3.connect(desk.folder / FILE_NAME)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement, {"id": project.id})
    connection.close()
    assert desk.get(Project, project.id) == project


def test_a_manager_may_change_at_any_time(desk: Desk) -> None:
    project = resolved(desk)
    assert usecases.entrust(desk, project.id, " 王组长 ").manager == "王组长"
    with pytest.raises(RuleViolation):
        usecases.entrust(desk, project.id, " ")


def test_no_step_to_the_resolution_without_a_passed_motion(desk: Desk) -> None:
    project = proposed(desk)
    with pytest.raises(RuleViolation) as refused:
        usecases.take_step(desk, project.id, S.RESOLVED, date(2026, 2, 10), "大家都同意")
    assert codes(refused) == ["projects.no_motion"]


def test_a_step_keeps_its_paper(desk: Desk, tmp_path: Path) -> None:
    project = resolved(desk)
    photo = tmp_path / "公示照片.jpg"
    photo.write_bytes(b"\xff\xd8photo")
    usecases.take_step(desk, project.id, S.PUBLICIZED, date(2026, 2, 11), paper=photo)
    step = store.steps_of(desk, project.id)[-1]
    assert step.paper_id
    assert desk.content(step.paper_id) == b"\xff\xd8photo"
    assert desk.value("SELECT media_type FROM attachments WHERE id = ?", [step.paper_id]) == "image/jpeg"


def test_a_missing_paper_is_named_and_nothing_is_taken(desk: Desk, tmp_path: Path) -> None:
    project = resolved(desk)
    with pytest.raises(BadInput, match="读不到这个文件"):
        usecases.take_step(desk, project.id, S.PUBLICIZED, date(2026, 2, 11), paper=tmp_path / "没有.jpg")
    assert desk.get(Project, project.id).state is S.RESOLVED


def test_the_whole_way_with_its_papers(desk: Desk) -> None:
    heard: list[Changed] = []
    project = running(desk)
    desk.on_change(heard.append)
    usecases.record_inspection(desk, inspection(project, InspectionKind.ACCEPTANCE, is_passed=False, note="三盏不亮"))
    with pytest.raises(RuleViolation) as refused:
        usecases.take_step(desk, project.id, S.ACCEPTED, date(2026, 6, 2))
    assert codes(refused) == ["projects.no_acceptance"]
    usecases.record_inspection(desk, inspection(project, InspectionKind.ACCEPTANCE, inspected_on=date(2026, 6, 8)))
    with pytest.raises(RuleViolation):
        usecases.take_step(desk, project.id, S.ACCEPTED, date(2026, 6, 7))
    usecases.take_step(desk, project.id, S.ACCEPTED, date(2026, 6, 8))
    usecases.record_inspection(desk, inspection(project, InspectionKind.ASSESSMENT, inspected_on=date(2026, 11, 30)))
    done = usecases.take_step(desk, project.id, S.ASSESSED)
    assert done.state is S.ASSESSED
    assert [step.state for step in store.steps_of(desk, project.id)] == [
        S.SHORTLISTED, S.PROPOSED, S.RESOLVED, S.PUBLICIZED, S.GRANTED, S.RUNNING, S.ACCEPTED, S.ASSESSED,
    ]  # fmt: skip
    assert [change.action for change in heard][-1] == "projects.project.assessed"
    assert heard[-1].tables == {"projects", "steps"}
    figures = store.figures_of(desk, project.id)
    assert (figures.paid_fen, figures.contracted_fen, figures.left_fen) == (0, 18_000_00, 20_000_00)


def test_a_contract_beyond_the_budget_needs_a_reason(desk: Desk) -> None:
    project = granted(desk)
    over = contract(project, amount_fen=21_000_00)
    with pytest.raises(RuleViolation) as refused:
        usecases.sign_contract(desk, over)
    assert codes(refused) == ["projects.contract_over"]
    assert usecases.sign_contract(desk, over, "材料涨价，会议补充决议").amount_fen == 21_000_00


def test_those_who_are_paid_do_not_inspect(desk: Desk, acting: Callable[[Desk, str], None]) -> None:
    project = running(desk)
    acting(desk, "周监督")
    with pytest.raises(RuleViolation) as refused:
        usecases.record_inspection(desk, inspection(project, inspectors="荣县明亮电工队、周监督"))
    assert codes(refused) == ["projects.own_work"]
    usecases.record_inspection(desk, inspection(project))
    assert len(store.inspections_of(desk, project.id)) == 1


def test_the_finance_group_does_not_move_projects(desk: Desk, acting: Callable[[Desk, str], None]) -> None:
    project = proposed(desk)
    acting(desk, "钱组长")
    with pytest.raises(RuleViolation, match="这一步由村会计、村主要负责人办理"):
        usecases.take_step(desk, project.id, S.REJECTED, note="不办了")


def test_projects_are_listed_by_year_and_state(desk: Desk) -> None:
    fund = open_fund(desk)
    first, second = proposed(desk, "路灯维护", fund), usecases.shortlist(desk, facts("治安巡逻"))
    assert [each.project.id for each in store.projects_of(desk)] == [first.id, second.id]
    assert [each.project.id for each in store.projects_of(desk, YEAR, S.PROPOSED)] == [first.id]
    assert store.projects_of(desk, 2025) == []
    with pytest.raises(KeyError):
        store.figures_of(desk, "nothing")


def test_a_survey_is_recorded_for_good(desk: Desk) -> None:
    project = running(desk)
    stored = usecases.record_survey(desk, survey(project))
    assert store.surveys_of(desk, project.id) == [stored]
    with pytest.raises(RuleViolation) as refusal:
        usecases.record_survey(desk, survey(project, asked=1))
    assert codes(refusal) == ["projects.survey_answers"]
    with pytest.raises(FrozenRecord), desk.change("test.trick") as change:
        change.put(replace(stored, good=60))
