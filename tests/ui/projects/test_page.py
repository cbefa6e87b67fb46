"""The page of projects, pressed as a person presses it, on a real desk."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.opening import Went, form, named, top
from tests.works import DATA, YEAR, facts, granted, inspection, open_fund, proposed, running
from villagedesk.projects import store, usecases
from villagedesk.projects.model import InspectionKind, Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit import doing
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.dialogs import Question
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.projects.page import ProjectsPage
from villagedesk.ui.projects.record import ProjectRecord
from villagedesk.ui.projects.wishes import WishRanking
from villagedesk.village.model import Fund
from villagedesk.village.usecases import import_people, sign_out

S = ProjectState


def texts(widget: QWidget) -> list[str]:
    """Return every word that is shown."""
    return [label.text() for label in widget.findChildren(QLabel)]


def rows(page: ProjectsPage) -> list[str]:
    """Return the names that are listed."""
    return [page.list.model.row_at(row).project.name for row in range(page.list.model.rowCount())]


def test_projects_are_listed_with_state_and_money(page: ProjectsPage, desk: Desk) -> None:
    project = running(desk)
    cells = [page.list.model.data(page.list.model.index(0, column)) for column in range(7)]
    assert cells == ["路灯维护", "供电", "—", "实施中", "20,000.00", "—", "0%"]
    page.list.opened.emit(project.id)
    assert page.title_now() == "路灯维护"
    assert isinstance(top(page), ProjectRecord)


def test_the_list_narrows_by_stretch_and_by_words_and_sorts(page: ProjectsPage, desk: Desk) -> None:
    proposed(desk, "路灯维护", open_fund(desk))
    usecases.shortlist(desk, facts("治安巡逻", None, 0))
    dropped = usecases.shortlist(desk, facts("电影放映", None, 9_00))
    usecases.take_step(desk, dropped.id, S.REJECTED, note="没有片源")
    assert rows(page) == ["路灯维护", "治安巡逻", "电影放映"]
    for key, names in (("choosing", ["路灯维护", "治安巡逻"]), ("working", []), ("over", ["电影放映"])):
        page._phases.pick(key)
        assert rows(page) == names
    page._phases.pick("all")
    page.list.model.load("电影", "budget", descending=True)
    assert rows(page) == ["电影放映"]
    for key in ("name", "item", "manager", "state", "budget", "paid", "left"):
        page.list.model.load("", key, descending=True)
        assert len(rows(page)) == 3
    assert rows(page)[0] == "路灯维护"
    assert page.list._total
    assert page.list._total("") == "已决议的预算合计 0.00 元（还没有决议的另有 20,000.00 元），已付 0.00 元"
    running(desk, "道路维护", desk.find(Fund)[0])
    assert page.list._total("") == "已决议的预算合计 20,000.00 元（还没有决议的另有 20,000.00 元），已付 0.00 元"
    assert page.list._total("道路") == "已决议的预算合计 20,000.00 元，已付 0.00 元"


def test_a_new_project_answers_a_wish(page: ProjectsPage, desk: Desk) -> None:
    import_people(desk, DATA / "villagers-gb18030.csv")
    usecases.import_wishes(desk, DATA / "wishes-2026.xlsx", YEAR)
    named(page, "新增项目").trigger()
    new = form(page)
    assert not new.try_save()
    new.fields["wish"].set_value("治安巡逻")
    new.fields["wish"].edited.emit()
    assert new.fields["name"].value() == "治安巡逻"
    new.fields["item"].set_value("治安保卫")
    assert new.try_save()
    project = store.projects_by_name(desk, YEAR)["治安巡逻"]
    assert (project.class_code, project.state) == ("4", S.SHORTLISTED)
    assert any("50户提出" in text for text in texts(top(page)))


def test_failing_a_test_is_shown_at_its_box_and_asks_for_a_reason(page: ProjectsPage, desk: Desk) -> None:
    page.new()
    new = form(page)
    new.set_values({"name": "路灯维护", "item": "供电", "has_no_other_money": False})
    assert not new.try_save()
    assert new.fields["has_no_other_money"]._findings.messages() == ["“路灯维护”有其他资金来源，不符合申报条件。"]
    new._reason.set_value("先列入，等落实")
    assert new.try_save()
    assert desk.find(Project)[0].has_other_money


def test_a_budget_above_the_plan_leads_to_the_fund(page: ProjectsPage, desk: Desk, went: Went) -> None:
    fund = open_fund(desk)
    page.look_at(usecases.shortlist(desk, facts(fund_id=fund.id)).id)
    named(page, "修改").trigger()
    form(page).set_values({"budget_fen": fund.planned_fen + 1})
    assert not form(page).try_save()
    next(one for one in form(page).findChildren(QPushButton) if one.accessibleName().startswith("去办")).click()
    assert went == [("village", fund.id)]


def test_facts_are_revised_in_the_same_form(page: ProjectsPage, desk: Desk) -> None:
    project = usecases.shortlist(desk, facts())
    page.look_at(project.id)
    named(page, "修改").trigger()
    form(page).fields["place"].set_value("1至3组")
    assert form(page).try_save()
    assert desk.get(Project, project.id).place == "1至3组"
    assert "1至3组" in texts(top(page))


def test_a_step_shows_at_once_and_the_next_is_offered(page: ProjectsPage, desk: Desk) -> None:
    fund = open_fund(desk)
    project = usecases.shortlist(desk, facts(fund_id=fund.id), date(2026, 1, 25))
    page.open(project.id)
    named(page, "提交两委提议").trigger()
    assert form(page).try_save()
    assert any(badge.text() == "两委提议" for badge in top(page).findChildren(Badge))
    assert page.steps_in == 1


def test_the_vote_is_made_on_the_page_of_meetings(page: ProjectsPage, desk: Desk, went: Went) -> None:
    page.open(proposed(desk).id)
    named(page, "去登记会议").trigger()
    assert went == [("deliberation", "")]


def test_a_warning_passes_with_a_note_or_a_reason(page: ProjectsPage, desk: Desk, tmp_path: Path) -> None:
    project = granted(desk)
    page.open(project.id)
    named(page, "开始实施").trigger()
    begin = form(page)
    assert not begin.try_save()
    begin.fields["note"].set_value("村里自己干")
    assert begin.try_save()
    assert desk.get(Project, project.id).state is S.RUNNING
    assert store.steps_of(desk, project.id)[-1].note == "村里自己干"


def test_a_paper_goes_with_a_step(page: ProjectsPage, desk: Desk, tmp_path: Path) -> None:
    project = usecases.shortlist(desk, facts(fund_id=open_fund(desk).id), date(2026, 1, 25))
    minutes = tmp_path / "会议记录.pdf"
    minutes.write_bytes(b"%PDF-")
    page.open(project.id)
    named(page, "提交两委提议").trigger()
    form(page).fields["paper"].set_value(minutes)
    form(page).fields["taken_on"].set_value(None)
    assert not form(page).try_save()
    form(page).fields["taken_on"].set_value(date(2026, 2, 1))
    assert form(page).try_save()
    assert any("附有资料：会议记录.pdf" in text for text in texts(top(page)))


def test_contracts_and_visits_are_recorded_on_the_record(page: ProjectsPage, desk: Desk) -> None:
    project = granted(desk)
    page.open(project.id)
    named(page, "登记合同").trigger()
    signing = form(page)
    signing.set_values({"party": "明亮电工队", "scope": "换灯", "amount_fen": 18_000_00, "pay_cycle": "一次性"})
    signing.fields["last_day"].set_value(None)
    assert not signing.try_save()
    signing.fields["last_day"].set_value(date(2026, 12, 31))
    assert signing.try_save()
    usecases.take_step(desk, project.id, S.RUNNING, date(2026, 12, 1))
    named(page, "登记检查").trigger()
    visit = form(page)
    visit.set_values({"kind": InspectionKind.ACCEPTANCE.value, "score": 95, "inspectors": "周监督"})
    assert visit.try_save()
    assert any(text.startswith("验收合格，可以确认验收。") for text in texts(top(page)))
    assert "95" in texts(top(page))
    usecases.take_step(desk, project.id, S.ACCEPTED)
    named(page, "登记检查").trigger()
    assert form(page).values()["kind"] == InspectionKind.ASSESSMENT.value


def test_what_is_levied_is_entered_on_the_record_and_counted_on(page: ProjectsPage, desk: Desk) -> None:
    project = granted(desk)
    page.open(project.id)
    named(page, "登记筹资筹劳").trigger()
    levying = form(page)
    levying.set_values({"payers": 300, "fen_per_head": 30_00, "workers": 120, "days_per_head": 5})
    levying.fields["resolved_on"].set_value(None)
    assert not levying.try_save()
    levying.fields["resolved_on"].set_value(date(2026, 2, 10))
    assert not levying.try_save()  # beyond the cap
    levying.set_values({"fen_per_head": 15_00})
    assert levying.try_save()
    assert "300人 × 15.00元 ＝ 4,500.00元" in texts(top(page))
    named(page, "登记出工").trigger()
    working = form(page)
    assert not working.try_save()
    working.set_values({"days_worked": 200})
    assert working.try_save()
    assert "200个工日" in texts(top(page))


def test_how_content_people_are_is_recorded_on_the_record(page: ProjectsPage, desk: Desk) -> None:
    page.open(running(desk).id)
    named(page, "满意度调查").trigger()
    asking = form(page)
    asking.set_values({"way": "逐户走访", "asked": 50, "good": 50, "fair": 6, "poor": 1, "note": "3组路口还黑"})
    assert not asking.try_save()  # more answers than people
    asking.set_values({"asked": 60})
    asking.fields["held_on"].set_value(None)
    assert not asking.try_save()
    asking.fields["held_on"].set_value(date(2026, 11, 20))
    assert asking.try_save()
    assert {"满意度调查", "逐户走访", "60", "50", "3组路口还黑"} <= set(texts(top(page)))


def test_the_record_words_what_comes_next(page: ProjectsPage, desk: Desk) -> None:
    project = running(desk)
    failed = inspection(project, InspectionKind.ACCEPTANCE, is_passed=False, note="三盏不亮")
    usecases.record_inspection(desk, failed)
    page.open(project.id)
    assert any(text.startswith("上次验收不合格，整改后再验收。") for text in texts(top(page)))


def test_wishes_are_charted_and_printed(page: ProjectsPage, desk: Desk) -> None:
    page.show_wishes()
    assert "还没有意愿。请先导入逐户收集的意愿表。" in texts(top(page))
    page.back()
    import_people(desk, DATA / "villagers-gb18030.csv")
    usecases.import_wishes(desk, DATA / "wishes-2026.xlsx", YEAR)
    page.show_wishes()
    assert isinstance(top(page), WishRanking)
    assert {"168户", "93.3%", "42"} <= set(texts(top(page)))
    (chart,) = top(page).findChildren(ChartView)
    assert "村内道路破损修补，42户" in chart.accessibleName()
    top(page).grab()
    named(page, "打印汇总表").trigger()
    assert isinstance(top(page), Preview)


def test_the_chart_of_budgets_follows_the_list_and_leaves_out_what_is_refused(page: ProjectsPage, desk: Desk) -> None:
    page.show_uses()
    assert "还没有带预算的项目。提议时写上预算，这里就能看到。" in texts(top(page))
    page.back()
    fund = open_fund(desk)
    lamps, patrol, road = (proposed(desk, name, fund, 1_000_00) for name in ("路灯维护", "治安巡逻", "道路维护"))
    usecases.take_step(desk, patrol.id, S.REJECTED, note="没有通过")
    page.show_uses()
    (chart,) = top(page).findChildren(ChartView)
    assert {lamps.name, road.name} == {part.partition("，")[0] for part in chart.accessibleName().split("；")}
    assert "路灯维护，用了0%" in chart.accessibleName()
    page.back()
    page.list.filter.setText("路灯")
    page.show_uses()
    (chart,) = top(page).findChildren(ChartView)
    assert chart.accessibleName() == "路灯维护，用了0%"
    top(page).grab()


def test_papers_open_in_the_preview(page: ProjectsPage, desk: Desk) -> None:
    project = proposed(desk)
    named(page, "打印初选表").trigger()
    assert isinstance(top(page), Preview)
    page.open(project.id)
    named(page, "打印项目卡").trigger()
    assert isinstance(top(page), Preview)


def test_what_cannot_be_printed_is_named(page: ProjectsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(doing, "show_error", lambda _parent, sentence: said.append(sentence))
    project = usecases.shortlist(desk, facts("路灯\ue000维护"))
    page.open(project.id)
    named(page, "打印项目卡").trigger()
    assert "U+E000" in said[0]
    assert isinstance(top(page), ProjectRecord)


def test_nobody_signed_in_is_asked_first(page: ProjectsPage, desk: Desk) -> None:
    sign_out(desk)
    page.new()
    page.import_wishes()
    assert page.steps_in == 0


def test_wishes_are_taken_in_from_a_file(
    page: ProjectsPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_people(desk, DATA / "villagers-gb18030.csv")
    said: list[str] = []
    monkeypatch.setattr(doing, "show_note", lambda _parent, sentence: said.append(sentence))
    chosen = iter([("", ""), (str(DATA / "wishes-2026.xlsx"), "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: next(chosen))
    page.import_wishes()
    page.import_wishes()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert said == ["导入完：168户的意愿。全村180户，已征求168户，占93.3%。"]


def test_a_wrong_file_is_told_by_row_and_column(
    page: ProjectsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[list[str]] = []

    def look(question: Question) -> int:
        shown.append(texts(question))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(Question, "exec", look)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(DATA / "wishes-2026.xlsx"), ""))
    page.import_wishes()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    (words,) = shown
    assert any("第2行“户编号”：户册里没有“0001”" in text and "……还有156处" in text for text in words)


def test_leaving_the_record_forgets_it(page: ProjectsPage, desk: Desk) -> None:
    project = usecases.shortlist(desk, facts())
    page.open(project.id)
    assert page.back()
    usecases.revise(desk, Project.from_row(project.row() | {"place": "2组"}))
    assert page.steps_in == 0
