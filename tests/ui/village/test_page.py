"""The page of the village itself, pressed as a person does, on a real desk."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.payments.paying import PAYROLL, REGISTER, grant_project, open_fund
from tests.ui.conftest import Type
from tests.ui.opening import Went, form, opened, press, top
from villagedesk.payroll.usecases import import_payroll
from villagedesk.storage.desk import Desk
from villagedesk.ui.intake import wizard
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.choicefield import ChoiceField
from villagedesk.ui.village.form import officer_form
from villagedesk.ui.village.fund import FundRecord
from villagedesk.ui.village.masking import tail
from villagedesk.ui.village.page import VillagePage
from villagedesk.ui.village.person import PersonRecord
from villagedesk.village.model import OWNERS, Arrival, Fund, Officer, Person, Role
from villagedesk.village.store import bodies, fund_balances, kinships, members, office
from villagedesk.village.usecases import import_people, set_up_body, sign_out

ROSTER = Path(__file__).parents[2] / "data" / "roster-17-columns.xls"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[VillagePage]:
    """The page, refreshed after each change as the shell does; who asks to sign in is refused."""
    yield from opened(qtbot, desk, VillagePage)


def words(page: VillagePage) -> str:
    shown = page._overview if page.steps_in == 0 else top(page)
    assert shown
    return "\n".join(label.text() for label in shown.findChildren(QLabel))


def press_in_card(page: VillagePage, text: str) -> None:
    assert page._overview
    next(button for button in page._overview.findChildren(QPushButton) if button.text() == text).click()


def names(page: VillagePage) -> list[str]:
    assert page._people
    model = page._people.model
    return [model.row_at(row).person.name for row in range(model.rowCount())]


def test_a_new_village_says_what_is_missing(page: VillagePage) -> None:
    said = words(page)
    for sentence in ("还没有开专账", "还没有设立组织", "还没有导入户册"):
        assert sentence in said
    assert "510322105207" in said
    for officer in ("李会计", "赵主任", "钱组长", "周监督"):
        assert officer in said


def test_funds_show_plan_arrivals_payments_and_rest_also_without_the_chart(page: VillagePage, desk: Desk) -> None:
    press(page, "开专账")
    form(page).set_values({"source": "县级补助", "planned_fen": 300_000_00, "document": "县财农〔2026〕12号"})
    assert form(page).try_save()
    press(page, "登记到账")
    assert form(page).fields["fund_id"].value() == desk.find(Fund)[0].id
    form(page).set_values({"amount_fen": 120_000_00})
    assert form(page).try_save()
    assert page._overview
    named = {shown.accessibleName() for shown in page._overview.findChildren(QLabel)}
    assert {"计划：300,000.00", "到账：120,000.00", "已支出：0.00", "结余：120,000.00"} <= named
    (chart,) = page._overview.findChildren(ChartView)
    assert chart.accessibleName() == "2026年县级补助，结余120,000.00元"
    page._overview.grab()


def test_a_second_fund_of_the_same_source_is_refused_in_the_form(page: VillagePage, desk: Desk) -> None:
    open_fund(desk)
    press(page, "开专账")
    form(page).set_values({"source": "县级补助", "planned_fen": 1})
    assert not form(page).try_save()
    assert "2026年“县级补助”的专账已经开了。" in words(page)
    assert [one for one in form(page).findChildren(QPushButton) if one.accessibleName().startswith("去办")]
    form(page).set_values({"year": 1800, "source": None})
    assert not form(page).try_save()


def test_more_than_planned_or_from_tomorrow_is_caught_in_the_form(page: VillagePage, desk: Desk) -> None:
    fund = open_fund(desk, 100_00)
    press(page, "登记到账")
    arriving = form(page)
    arriving.set_values({"fund_id": None})
    assert not arriving.try_save()
    arriving.set_values({"fund_id": fund.id, "amount_fen": 1, "arrived_on": date(2026, 1, 6)})
    assert not arriving.try_save()
    assert "到账日期在今天之后" in words(page)
    arriving.set_values({"arrived_on": date(2026, 1, 5)})
    assert not arriving.try_save()
    arriving._reason.set_value("追加拨款")
    assert arriving.try_save()
    assert fund_balances(desk)[0].arrived_fen == 100_01
    assert len(desk.find(Arrival)) == 2


def test_a_body_is_set_up_with_its_members(page: VillagePage, desk: Desk) -> None:
    press_in_card(page, "设立组织")
    assert not form(page).try_save()
    setting = {"kind": "民主理财小组", "leader": "钱组长", "members": "孙理财、郑理财\n钱组长"}
    form(page).set_values(setting | {"last_day": date(2025, 1, 1)})
    assert not form(page).try_save()
    form(page).set_values({"last_day": date(2030, 12, 31)})
    assert form(page).try_save()
    (body,) = bodies(desk)
    assert [(one.name, one.duty) for one in members(desk, body.id)] == [
        ("钱组长", "组长"),
        ("孙理财", "成员"),
        ("郑理财", "成员"),
    ]
    assert "钱组长（组长）、孙理财、郑理财" in words(page)


def test_a_body_goes_on_with_other_members(page: VillagePage, desk: Desk) -> None:
    people = [("钱组长", "组长"), ("孙理财", "成员")]
    body = set_up_body(desk, "民主理财小组", people, date(2026, 1, 1), date(2028, 12, 31))
    page.refresh(None)
    press_in_card(page, "换成员")
    shown = form(page)
    assert (shown.fields["leader"].value(), shown.fields["members"].value()) == ("钱组长", "孙理财")
    shown.set_values({"leader": "孙理财", "members": "郑理财", "first_day": date(2026, 1, 6)})
    assert not shown.try_save()
    assert "到了那一天再换" in words(page)
    shown.set_values({"first_day": date(2026, 1, 5)})
    assert shown.try_save()
    assert [(one.name, one.duty) for one in members(desk, body.id)] == [("孙理财", "组长"), ("郑理财", "成员")]
    assert "孙理财（组长）、郑理财" in words(page)


def test_somebody_who_may_act_is_added(page: VillagePage, desk: Desk) -> None:
    press_in_card(page, "添加")
    form(page).set_values({"name": "郑理财", "role": "finance_group", "password": "short"})
    assert not form(page).try_save()
    form(page).set_values({"password": "qingshan-1"})
    assert form(page).try_save()
    assert desk.find(Officer, "name = '郑理财'")
    assert "郑理财" in words(page)


def test_the_card_is_changed(page: VillagePage, desk: Desk) -> None:
    press_in_card(page, "修改")
    form(page).set_values({"code": "51032210520"})
    assert not form(page).try_save()
    form(page).set_values({"code": "510322105208", "population": 612, "contact": "钱组长"})
    assert form(page).try_save()
    assert (office(desk).code, office(desk).population) == ("510322105208", 612)
    assert "612 人" in words(page)


def test_people_are_found_by_name_initials_team_and_household(page: VillagePage, desk: Desk) -> None:
    import_people(desk, REGISTER)
    press(page, "村民册")
    assert len(names(page)) == 600
    assert page._people
    for text, found in (("䶮", "张䶮"), ("zy", "张䶮"), ("尉迟", "尉迟桂香"), ("0001", "胡兆兰"), ("ohj", "")):
        page._people.filter.setText(text)
        page._people.reload()
        assert found in names(page) if found else names(page) == []
    page._people.filter.setText("6组")
    page._people.reload()
    assert {page._people.model.row_at(row).team for row in range(len(names(page)))} == {"6组"}
    for section in (0, 1, 2, 5):
        page._people._sort_by(section)


def test_numbers_show_only_their_ends_until_somebody_asks(page: VillagePage, desk: Desk, type_in: Type) -> None:
    import_people(desk, REGISTER)
    import_payroll(desk, PAYROLL, grant_project(desk).id)
    (person,) = desk.find(Person, "name = '张䶮'")
    page.show_people()
    page._open_row(desk.value("SELECT rowid FROM people WHERE id = ?", [person.id]))
    assert isinstance(top(page), PersonRecord)
    assert "尾号 8358" in words(page)
    assert person.id_number not in words(page)
    assert "2026年第一季度" in words(page)
    press(page, "显示全号")
    assert person.id_number in words(page)
    assert person.account in words(page)
    assert page.back()
    assert page.title_now() == "村民册"


def test_without_signing_in_numbers_stay_hidden_and_nothing_is_changed(page: VillagePage, desk: Desk) -> None:
    import_people(desk, REGISTER)
    sign_out(desk)
    (person,) = desk.find(Person, "name = '张䶮'")
    page.show_person(person.id)
    press(page, "显示全号")
    assert person.id_number not in words(page)
    page.back()
    press(page, "登记到账")
    assert page.steps_in == 0


def test_a_register_and_a_roster_are_taken_in(
    page: VillagePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes: list[str] = []
    monkeypatch.setattr(wizard, "show_note", lambda _page, said: notes.append(said))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(REGISTER), ""))
    press(page, "村民册")
    assert names(page) == []
    assert page._people
    page._people._empty.pressed.emit()
    qtbot.waitUntil(lambda: page.title_now() == "导入户册", timeout=20_000)
    assert "新增600人，核对更新0人，共180户" in words(page)
    press(page, "导入")
    qtbot.waitUntil(lambda: bool(notes), timeout=20_000)
    assert notes == ["导入完：新增600人，更新0人。\n导错了，可以在“导入过的表”里撤销。"]
    assert len(names(page)) == 600
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(ROSTER), ""))
    press(page, "导入花名册")
    qtbot.waitUntil(lambda: page.title_now() == "导入一卡通花名册", timeout=20_000)
    assert "更新0人的账号、开户银行或电话，60人没有变化。" in words(page)
    press(page, "导入")
    qtbot.waitUntil(lambda: len(notes) == 2, timeout=20_000)
    assert notes[1] == "导入完：更新0人，60人没有变化。"
    page.back()
    assert "180 户 600 人" in words(page)


def test_the_end_of_a_number_is_four_figures() -> None:
    assert tail("510322195702068358") == "尾号 8358"
    assert tail("") == ""


def test_a_township_appoints_its_leader_and_its_clerks_and_a_village_neither(
    qtbot: QtBot, desk: Desk, township_desk: Desk
) -> None:
    def offered(of: Desk) -> set[Role]:
        form = officer_form(of)
        qtbot.addWidget(form)
        field = form.fields["role"]
        assert isinstance(field, ChoiceField)
        return {role for role in Role if field.offers(role.value)}

    assert offered(township_desk) == {Role.CLERK, Role.LEADER}
    assert offered(desk) == {Role.ACCOUNTANT, Role.HEAD, Role.FINANCE_GROUP, Role.SUPERVISION}


def test_the_chain_is_chosen_with_a_reason(page: VillagePage, desk: Desk) -> None:
    assert "民主理财小组 → 村主要负责人" in words(page)
    press_in_card(page, "换一种")
    form(page).fields["chain"].set_value("three_signatures")
    assert not form(page).try_save()
    form(page).fields["reason"].set_value("按县里的通知")
    assert form(page).try_save()
    assert office(desk).chain == "three_signatures"
    assert "三签一章" in words(page)


def test_a_relative_is_recorded_and_taken_back(page: VillagePage, desk: Desk) -> None:
    page._ways().record_kinship()
    for name, value in {"holder": "赵主任", "relative": "赵小明", "relation": "儿子"}.items():
        form(page).fields[name].set_value(value)
    assert form(page).try_save()
    assert "赵小明" in words(page)
    (kept,) = kinships(desk)
    next(one for one in page._first_actions() if one.text() == "删去近亲属登记").trigger()
    form(page).fields["kinship"].set_value(kept.id)
    form(page).fields["reason"].set_value("登记错了人")
    assert form(page).try_save()
    assert kinships(desk) == []


def opened_fund(page: VillagePage) -> FundRecord:
    shown = top(page)
    assert isinstance(shown, FundRecord)
    return shown


def press_named(page: VillagePage, name: str) -> None:
    assert page._overview
    next(one for one in page._overview.findChildren(QPushButton) if one.accessibleName() == name).click()


def test_a_finding_about_a_plan_leads_to_the_fund_where_it_is_changed(page: VillagePage, desk: Desk) -> None:
    fund = open_fund(desk, 100_00)
    page.look_at(fund.id)
    assert page.title_now() == "2026年县级补助"
    assert "没有改过" in words(page)
    press(page, "改计划")
    plan = form(page)
    assert plan.values() == {"planned_fen": 100_00, "document": "", "reason": ""}
    plan.set_values({"planned_fen": 120_00})
    assert not plan.try_save()
    assert "请写明改计划的依据" in words(page)
    plan.set_values({"document": "县财农〔2026〕30号", "reason": "上级追加"})
    assert plan.try_save()
    assert desk.get(Fund, fund.id).planned_fen == 120_00
    assert opened_fund(page).fund.planned_fen == 120_00
    for told in ("100.00", "120.00", "县财农〔2026〕30号", "上级追加", "李会计"):
        assert told in words(page)


def test_a_fund_is_opened_from_the_village_and_money_is_written_into_it(page: VillagePage, desk: Desk) -> None:
    with desk.change("test.funds") as change:
        funds = [change.put(Fund(year=2026, source="村集体", owner=owner, planned_fen=100_00)) for owner in OWNERS]
    press_named(page, "打开2026年村集体（集体经济组织）")
    assert opened_fund(page).fund.id == funds[1].id
    press(page, "登记到账")
    assert form(page).fields["fund_id"].value() == funds[1].id
    form(page).set_values({"amount_fen": 50_00})
    assert form(page).try_save()
    assert "50.00 元" in words(page)
    assert page.back()
    assert page.record == ""


def test_the_money_of_two_owners_reads_apart_in_the_choice_of_an_arrival(page: VillagePage, desk: Desk) -> None:
    with desk.change("test.funds") as change:
        for owner in OWNERS:
            change.put(Fund(year=2026, source="村集体", owner=owner, planned_fen=100_00))
    press(page, "登记到账")
    field = form(page).fields["fund_id"]
    assert isinstance(field, ChoiceField)
    chosen = set()
    for fund in desk.find(Fund):
        field.set_value(fund.id)
        choice = field.choice()
        assert choice
        chosen.add((choice.label, choice.note.partition("，")[0]))
    assert chosen == {("2026年村集体", OWNERS[0]), ("2026年村集体（集体经济组织）", OWNERS[1])}


def test_more_than_planned_leads_from_the_arrival_to_the_plan(page: VillagePage, desk: Desk) -> None:
    fund = open_fund(desk, 100_00)
    press(page, "登记到账")
    form(page).set_values({"fund_id": fund.id, "amount_fen": 1})
    assert not form(page).try_save()
    link = next(one for one in form(page).findChildren(QPushButton) if one.accessibleName().startswith("去办"))
    form(page).forget()
    link.click()
    assert opened_fund(page).fund.id == fund.id


def test_what_bars_a_lower_plan_leads_elsewhere(qtbot: QtBot, desk: Desk) -> None:
    went: Went = []
    fund = open_fund(desk, 100_00)
    for page in opened(qtbot, desk, VillagePage, went):
        page.look_at(fund.id)
        press(page, "看明细账")
        press(page, "改计划")
        form(page).set_values({"planned_fen": 1, "document": "县财农〔2026〕30号", "reason": "写错"})
        assert not form(page).try_save()
        next(one for one in form(page).findChildren(QPushButton) if one.accessibleName().startswith("去办")).click()
    assert went == [("ledger", f"fund:{fund.id}")] * 2


def test_a_fund_without_a_document_says_so(page: VillagePage, desk: Desk) -> None:
    page.look_at(open_fund(desk, 100_00).id)
    assert "还没有写文号" in words(page)
