from datetime import date
from pathlib import Path

from tests.golden import assert_golden
from tests.projects.money import budgeted, carried, motion
from tests.projects.posts import assessed, filled, post, road
from tests.projects.test_settlements import agreed, claimed, looked_at
from tests.works import DATA, YEAR, contract, facts, inspection, open_fund, proposed, running, survey
from villagedesk.kernel.dates import Period
from villagedesk.projects import papers, store, usecases
from villagedesk.projects.model import Evaluation, InspectionKind
from villagedesk.projects.scoresheets import template_named, templates
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Preset, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.usecases import import_people

HERE = Path(__file__).parent


def test_the_summary_of_wishes_reads_as_approved(desk: Desk) -> None:
    import_people(desk, DATA / "villagers-gb18030.csv")
    usecases.import_wishes(desk, DATA / "wishes-2026.xlsx", YEAR)
    assert_golden(papers.wish_sheet(desk, YEAR), HERE / "wishes.txt")


def test_the_first_list_reads_as_approved(desk: Desk) -> None:
    proposed(desk, "路灯维护", open_fund(desk))
    usecases.shortlist(desk, facts("祠堂修缮", None, 0), date(2026, 1, 26))
    sheet = papers.shortlist_sheet(desk, YEAR)
    assert sheet.preset is Preset.WIDE
    assert_golden(sheet, HERE / "shortlist.txt")


def test_a_project_s_card_reads_as_approved(desk: Desk) -> None:
    project = running(desk)
    usecases.entrust(desk, project.id, "赵主任")
    usecases.sign_contract(desk, contract(project, party="郑水才", scope="日常看护", standard="", amount_fen=2_000_00))
    usecases.record_inspection(desk, inspection(project))
    failed = inspection(project, InspectionKind.SPOT_CHECK, score=58, is_passed=False, note="三盏不亮")
    usecases.record_inspection(desk, failed)
    assert_golden(papers.project_card(desk, project.id), HERE / "card.txt")


def test_a_new_project_has_a_short_card(desk: Desk) -> None:
    project = usecases.shortlist(desk, facts("祠堂修缮", None, 0), date(2026, 1, 26))
    assert_golden(papers.project_card(desk, project.id), HERE / "card-new.txt")


def test_the_year_s_budget_shows_its_versions_side_by_side(desk: Desk) -> None:
    lamps, patrol = budgeted(desk)
    usecases.change_budget(desk, YEAR, motion(desk), [(lamps.id, -3_000_00), (patrol.id, 3_000_00)], "巡逻加人")
    second = motion(desk, date(2026, 9, 1), number="2026年村民代表会议第3次")
    usecases.change_budget(desk, YEAR, second, [(lamps.id, 1_000_00)], "多装两盏")
    assert_golden(papers.budget_sheet(desk, YEAR), HERE / "budget.txt")


def test_the_year_s_budget_shows_what_was_carried_by_itself(desk: Desk) -> None:
    fund = open_fund(desk, 30_000_00)
    carried(desk, fund, 12_000_00)
    budgeted(desk, fund)
    sheet = papers.budget_sheet(desk, YEAR)
    assert_golden(sheet, HERE / "budget-carried.txt")
    assert draw(sheet).startswith(b"%PDF")


def test_a_budget_nobody_changed_has_one_column_of_it(desk: Desk) -> None:
    budgeted(desk)
    heads = [column.head for column in papers.budget_sheet(desk, YEAR).blocks[1].columns]  # type: ignore[union-attr]
    assert heads == ["序号", "项目", "资金来源", "议定", "已签合同", "正在报账", "已付", "还可用"]


def test_many_changes_stand_in_one_column_and_are_told_apart_below(desk: Desk) -> None:
    lamps, _ = budgeted(desk)
    for month in (5, 6, 7, 8):
        passed = motion(desk, date(2026, month, 1), number=f"第{month}次")
        usecases.change_budget(desk, YEAR, passed, [(lamps.id, 100_00 * month)], f"{month}月加灯")
    text = text_of(papers.budget_sheet(desk, YEAR))
    assert "历次调整" in text
    assert "第4次调整" in text
    assert "2,600.00" in text


def test_next_year_s_proposal_reads_as_approved(desk: Desk) -> None:
    lamps, _ = budgeted(desk)
    with desk.change("projects.year.evaluated") as change:
        change.put(
            Evaluation(
                year=YEAR, subject_table="projects", subject_id=lamps.id, score=655, place=1, arithmetic="算过",
                made_by=change.actor_id,
            )
        )  # fmt: skip
    assert_golden(papers.proposal_sheet(desk, YEAR), HERE / "proposal.txt")


def test_a_blank_and_a_filled_score_sheet_read_as_approved(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    template = template_named("caretaker")
    assert template
    assert_golden(papers.blank_score_sheet(desk, template), HERE / "score-blank.txt")
    done = usecases.assess(
        desk, kept, Period.quarter(YEAR, 2), assessed(project, note="三组路口有落石"), filled("caretaker", 4, 11)
    )
    assert_golden(papers.score_sheet(desk, done.id), HERE / "score-filled.txt")


def test_acceptance_and_settlement_read_as_approved(desk: Desk) -> None:
    project, signed = agreed(desk)
    blank = papers.acceptance_sheet(desk, project.id)
    assert ("验收结论", "") in blank.blocks[0].rows  # type: ignore[union-attr]
    claimed(desk, project, signed, looked_at(desk, project, signed, 85), 4_050_00, 1)
    claimed(desk, project, signed, None, 4_400_00, 2)
    accepted = inspection(project, InspectionKind.ACCEPTANCE, template="upkeep")
    usecases.record_inspection(desk, accepted, filled("upkeep", 3))
    assert_golden(papers.acceptance_sheet(desk, project.id), HERE / "acceptance.txt")
    assert_golden(papers.settlement_sheet(desk, project.id), HERE / "settlement.txt")


def test_the_ranking_reads_as_approved(desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    usecases.assess(desk, kept, Period.quarter(YEAR, 2), assessed(project), filled("caretaker", 4))
    usecases.record_inspection(desk, inspection(project))
    usecases.record_survey(desk, survey(project))
    usecases.evaluate_year(desk, YEAR, "提前考评")
    assert_golden(papers.ranking_sheet(desk, YEAR), HERE / "ranking.txt")


def test_every_new_paper_can_be_drawn(desk: Desk) -> None:
    project, signed = agreed(desk)
    claimed(desk, project, signed, looked_at(desk, project, signed, 85), 4_050_00, 1)
    for sheet in (
        papers.budget_sheet(desk, YEAR),
        papers.proposal_sheet(desk, YEAR),
        papers.acceptance_sheet(desk, project.id),
        papers.settlement_sheet(desk, project.id),
        papers.score_sheet(desk, store.inspections_of(desk, project.id)[0].id),
        *(papers.blank_score_sheet(desk, template) for template in templates()),
    ):
        assert draw(sheet).startswith(b"%PDF")
