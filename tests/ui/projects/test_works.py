"""Posts, score sheets, the year's budget and its ranking, pressed as a person presses them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from tests.projects.money import budgeted, carried, motion
from tests.projects.posts import assessed, family, filled, post, road
from tests.projects.test_monthly import monthly  # noqa: F401  (fixture)
from tests.ui.opening import form, named, top
from tests.ui.projects.test_page import texts
from tests.works import YEAR, inspection, open_fund, running
from villagedesk.kernel.dates import Period
from villagedesk.projects import store, usecases
from villagedesk.projects.model import Inspection, Post
from villagedesk.projects.scoresheets import templates
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.projects.budgetview import BudgetView
from villagedesk.ui.projects.page import ProjectsPage
from villagedesk.ui.projects.rankingview import RankingView
from villagedesk.ui.projects.visitform import InspectionForm


def pressed(page: ProjectsPage) -> list[str]:
    return [action.text() for action in page.actions_now()]


def sheet(page: ProjectsPage) -> InspectionForm:
    shown = form(page)
    assert isinstance(shown, InspectionForm)
    return shown


def test_a_post_is_set_up_and_ended_on_the_record(page: ProjectsPage, desk: Desk) -> None:
    project, (head, son) = road(desk)
    page.open(project.id)
    assert "结束岗位" not in pressed(page)
    named(page, "设岗位").trigger()
    setting = form(page)
    assert not setting.try_save()
    setting.fields["person_id"].set_value(son.id)
    setting.fields["person_id"].edited.emit()
    assert setting.fields["payee_id"].value() == head.id  # the son has no account
    setting.set_values({"duty": "护路员", "area": "三组", "base_fen": 500_00, "first_day": date(2026, 3, 1)})
    setting.fields["base_fen"].edited.emit()
    assert setting.fields["performance_fen"].value() == 375_00
    assert "考核以后按得分发。规则是基本80%、绩效20%，应是375.00元" in texts(setting)
    assert setting.try_save()
    (kept,) = store.posts_of(desk, project.id)
    assert (kept.person_id, kept.payee_id, kept.bands) == (son.id, head.id, "three")
    assert "王小路\n打给王桂香" in texts(top(page))
    named(page, "结束岗位").trigger()
    ending = form(page)
    assert ending.fields["post_id"].value() == kept.id
    ending.fields["last_day"].set_value(date(2026, 2, 1))
    assert not ending.try_save()
    ending.fields["last_day"].set_value(date(2026, 11, 30))
    assert ending.try_save()
    assert desk.get(Post, kept.id).last_day == date(2026, 11, 30)
    assert "结束岗位" not in pressed(page)


def test_performance_pay_follows_base_pay_until_another_is_typed(page: ProjectsPage, desk: Desk) -> None:
    project, (head, _) = road(desk)
    page.open(project.id)
    named(page, "设岗位").trigger()
    setting = form(page)
    setting.set_values({"person_id": head.id, "payee_id": head.id, "duty": "护路员", "base_fen": 400_00})
    setting.fields["base_fen"].edited.emit()
    assert setting.fields["performance_fen"].value() == 300_00
    setting.fields["bands"].set_value("")
    setting.fields["bands"].edited.emit()
    assert setting.fields["performance_fen"].value() is None  # no score counts: no sum splits it
    setting.fields["bands"].set_value("four")
    setting.fields["bands"].edited.emit()
    setting.set_values({"performance_fen": 600_00, "base_fen": 500_00})
    setting.fields["base_fen"].edited.emit()
    assert setting.fields["performance_fen"].value() == 600_00
    assert not setting.try_save()
    assert any("占71.43%；规则是80%对20%" in text for text in texts(setting))
    setting._reason.set_value("村民代表会议议定")
    assert setting.try_save()


def test_a_payee_without_an_account_leads_to_the_register(
    page: ProjectsPage, desk: Desk, went: list[tuple[str, str]]
) -> None:
    project, (_, son) = road(desk)
    page.open(project.id)
    named(page, "设岗位").trigger()
    setting = form(page)
    setting.set_values({"person_id": son.id, "payee_id": son.id, "duty": "护路员", "base_fen": 500_00})
    assert not setting.try_save()
    setting._jump("village:" + son.id)  # type: ignore[misc]
    assert went == [("village", son.id)]


def test_the_quarter_that_waits_longest_is_assessed_first(page: ProjectsPage, desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    page.open(project.id)
    named(page, "季度考核").trigger()
    assert page.title_now() == "考核王桂香（护路员，三组）：2026年第一季度"
    scoring = sheet(page)
    assert scoring.fields["template"].value() == "caretaker"
    assert not scoring.fields["score"].isVisibleTo(scoring)
    assert scoring.fields["caretaker_mark_1"].isVisibleTo(scoring)
    assert not scoring.fields["upkeep_mark_1"].isVisibleTo(scoring)
    assert "得分：100－0＝100分，合格（70分以上合格）；按“优秀”付100%。" in texts(scoring)
    scoring.set_values({"caretaker_mark_2": 15, "inspectors": "周监督、吴代表", "inspected_on": date(2026, 4, 2)})
    scoring.fields["caretaker_mark_2"].edited.emit()
    assert "得分：100－15＝85分，合格（70分以上合格）；按“合格”付90%。" in texts(scoring)
    assert not scoring.try_save()  # why?
    scoring.set_values({"caretaker_note_2": "路口有垃圾"})
    assert scoring.try_save()
    done = store.assessment_of(desk, kept, Period.quarter(YEAR, 1))
    assert done
    assert (done.score, done.is_passed) == (85, True)
    assert any("责任区扣15分（路口有垃圾）" in text for text in texts(top(page)))
    assert "1季度85分" in texts(top(page))
    assert page.actions_now()
    named(page, "季度考核").trigger()
    assert page.title_now().endswith("2026年第二季度")


def test_a_sheet_is_filled_by_keyboard_alone(page: ProjectsPage, desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    page.open(project.id)
    named(page, "季度考核").trigger()
    scoring = sheet(page)
    first = scoring.fields["caretaker_mark_1"].editor
    first.setFocus()
    QTest.keyClicks(first, "3")
    QTest.keyClick(first, Qt.Key.Key_Return)
    note = scoring.fields["caretaker_note_1"].editor
    assert scoring.focusWidget() is note
    scoring.fields["caretaker_note_1"].set_value("迟到三次")
    scoring.fields["inspectors"].set_value("周监督")
    QTest.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    done = store.assessment_of(desk, kept, Period.quarter(YEAR, 1))
    assert done
    assert done.score == 97


@pytest.mark.usefixtures("monthly")
def test_where_months_are_assessed_the_next_month_is_offered_until_the_quarter_is_there(
    page: ProjectsPage, desk: Desk
) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head, first_day=date(2026, 2, 1)))
    page.open(project.id)
    for period, off in (("2026-02", 5), ("2026-03", 10)):
        named(page, "季度考核").trigger()
        scoring = sheet(page)
        assert (scoring.fields["period"].value(), scoring.fields["template"].value()) == (period, "composed")
        assert scoring.fields["period"].label == "哪个月的"
        scoring.set_values({"composed_mark_2": off, "composed_note_2": "镇里抽查", "inspectors": "周监督"})
        assert scoring.try_save()
    done = store.assessment_of(desk, kept, "2026Q1")
    assert done
    assert done.note == "各月平均：（2月95分＋3月90分）÷2＝92.50分，四舍五入93分"
    named(page, "季度考核").trigger()
    assert sheet(page).fields["period"].value() == "2026-04"


def test_a_sheet_refuses_more_than_an_item_is_worth_beside_its_line(page: ProjectsPage, desk: Desk) -> None:
    project, (head, _) = road(desk)
    usecases.set_up_post(desk, post(project, head))
    page.open(project.id)
    named(page, "季度考核").trigger()
    scoring = sheet(page)
    scoring.set_values({"caretaker_mark_1": 21, "caretaker_note_1": "多了", "inspectors": "周监督"})
    assert not scoring.try_save()
    assert scoring.fields["caretaker_mark_1"]._findings.messages() == ["“出勤”满分20分，扣分应是0到20。"]
    assert desk.find(Inspection) == []


def test_what_was_filled_in_comes_back_when_the_form_is_opened_again(page: ProjectsPage, desk: Desk) -> None:
    project, (head, _) = road(desk)
    usecases.set_up_post(desk, post(project, head))
    page.open(project.id)
    named(page, "季度考核").trigger()
    scoring = sheet(page)
    scoring.fields["caretaker_mark_1"].set_value(3)
    scoring.fields["caretaker_mark_1"].edited.emit()
    scoring.fields["caretaker_mark_1"].left.emit()
    assert page.back()
    named(page, "季度考核").trigger()
    assert sheet(page).fields["caretaker_mark_1"].value() == 3
    assert any("100－3＝97分" in text for text in texts(sheet(page)))


def test_a_visit_keeps_its_photos_and_its_sheet_is_printed(page: ProjectsPage, desk: Desk, tmp_path: Path) -> None:
    project = running(desk)
    photo = tmp_path / "灯.jpg"
    Image.new("RGB", (300, 200), "grey").save(photo)
    page.open(project.id)
    named(page, "登记检查").trigger()
    looking = sheet(page)
    assert not looking.fields["period"].isVisibleTo(looking)
    contract = store.contracts_of(desk, project.id)[0]
    looking.set_values({"subject": contract.id, "template": "upkeep", "inspectors": "周监督", "photos": (photo,)})
    looking.fields["template"].edited.emit()
    assert looking.try_save()
    (visit,) = store.inspections_of(desk, project.id)
    assert (visit.score, visit.contract_id, len(store.photos_of(desk, visit.id))) == (100, contract.id, 1)
    assert any("荣县明亮电工队的合同" in text and "照片1张" in text for text in texts(top(page)))
    page._show_visit(visit.id)
    assert isinstance(top(page), Preview)


def test_the_year_s_budget_is_shown_changed_and_shown_again(page: ProjectsPage, desk: Desk) -> None:
    lamps, patrol = budgeted(desk)
    motion(desk)
    named(page, "年度预算").trigger()
    assert isinstance(top(page), BudgetView)
    assert "现行预算，没有调整过" in texts(top(page))
    named(page, "调整预算").trigger()
    changing = form(page)
    assert not changing.try_save()
    changing.fields[f"line_{lamps.id}"].set_value(-3_000_00)
    changing.fields[f"line_{lamps.id}"].edited.emit()
    assert "现行20,000.00元，调整后17,000.00元" in texts(changing)
    assert "总预算减少3,000.00元。" in texts(changing)
    changing.set_values({"reason_text": "巡逻加人", f"line_{patrol.id}": 3_000_00})
    assert changing.try_save()
    view = top(page)
    assert isinstance(view, BudgetView)
    assert {"第1次调整", "现行预算，调整过1次", "23,000.00"} <= set(texts(view))
    assert any("路灯维护 －3,000.00" in text for text in texts(view))
    assert any("治安巡逻，还可用23,000.00元" in chart.accessibleName() for chart in view.findChildren(ChartView))
    view.grab()
    named(page, "打印预算表").trigger()
    assert isinstance(top(page), Preview)
    page.open(lamps.id)
    assert {"预算调整", "－3,000.00"} <= set(texts(top(page)))


def test_money_carried_from_last_year_stands_by_itself_on_the_budget_s_page(page: ProjectsPage, desk: Desk) -> None:
    fund = open_fund(desk, 30_000_00)
    carried(desk, fund, 12_000_00)
    budgeted(desk, fund)
    named(page, "年度预算").trigger()
    view = top(page)
    assert {"2025年县级补助结转", "12,000.00", "42,000.00", "2,000.00"} <= set(texts(view))
    assert any(
        text.startswith("结转和期初12,000.00元，加本年计划30,000.00元，可用42,000.00元，") for text in texts(view)
    )
    view.grab()
    named(page, "调整预算").trigger()
    assert any("计划30,000.00元，加上年结转共42,000.00元" in text for text in texts(form(page)))


def test_a_change_without_a_resolution_leads_to_the_meetings(
    page: ProjectsPage, desk: Desk, went: list[tuple[str, str]]
) -> None:
    lamps, _ = budgeted(desk)
    named(page, "年度预算").trigger()
    named(page, "调整预算").trigger()
    changing = form(page)
    changing.set_values({"reason_text": "加灯", f"line_{lamps.id}": 1_00})
    assert not changing.try_save()
    (finding,) = changing.findings()
    page.jump(finding.place)
    assert went == [("deliberation", "")]


def test_a_year_without_a_budget_says_so(page: ProjectsPage, desk: Desk) -> None:
    named(page, "年度预算").trigger()
    assert "2026年还没有经会议决议的项目，没有预算。" in texts(top(page))
    page.back()
    named(page, "年度考评").trigger()
    assert "登记检查、考核或满意度调查以后，这里就有得分和排名。" in texts(top(page))


def test_the_ranking_names_what_is_missing_and_is_kept(page: ProjectsPage, desk: Desk) -> None:
    project, (head, _) = road(desk)
    kept = usecases.set_up_post(desk, post(project, head))
    usecases.record_inspection(desk, inspection(project))
    usecases.assess(desk, kept, Period.quarter(YEAR, 2), assessed(project), filled())
    page.look_at("ranking")
    view = top(page)
    assert isinstance(view, RankingView)
    assert any("王桂香的2026年第一季度还没有考核" in text for text in texts(view))
    named(page, "登记考评").trigger()
    keeping = form(page)
    assert not keeping.try_save()
    keeping._reason.set_value("县里要")
    assert keeping.try_save()
    assert "2026年的考评已经登记，不会再变。" in texts(top(page))
    assert store.evaluations_of(desk, YEAR)
    named(page, "打印排名表").trigger()
    assert isinstance(top(page), Preview)
    page.look_at("budget")
    assert isinstance(top(page), BudgetView)


def test_papers_of_the_end_and_blank_sheets_are_at_hand(
    page: ProjectsPage, desk: Desk, in_dialog: Callable[[Callable[[QWidget], object]], None]
) -> None:
    project = running(desk)
    family(desk)
    assert [action.text() for action in page.actions_now() if "空白" in action.text()] == ["空白评分表"]
    in_dialog(lambda over: QTest.keyClick(over, Qt.Key.Key_Escape))
    named(page, "空白评分表").trigger()
    assert page.steps_in == 0

    def pick(over: QWidget) -> None:
        offered = {made.text(): made for made in over.findChildren(QPushButton)}
        assert offered.keys() == {*(template.name for template in templates()), "取消"}
        offered["管护人员季度考核评分表"].click()

    in_dialog(pick)
    named(page, "空白评分表").trigger()
    assert isinstance(top(page), Preview)
    assert page.title_now() == "管护人员季度考核评分表"
    for paper in ("验收单", "结算单"):
        page.open(project.id)
        named(page, paper).trigger()
        assert isinstance(top(page), Preview)
