"""The way of a foreign sheet in: columns named once, doubts answered, faults jumped to, and taken back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.foreign.sources import EXPENSES as EXPENSE_SHEET
from tests.foreign.sources import PAYROLL as PAY_SHEET
from tests.foreign.sources import workbook
from tests.foreign.variants import picture
from tests.payments.paying import EXPENSES, REGISTER, grant_project, open_fund
from tests.sheetfiles import changed_copy
from villagedesk.payments.model import Claim, PastExpense, PayrollLine
from villagedesk.payments.store import past_years
from villagedesk.storage.desk import Desk
from villagedesk.ui.intake import taken, wizard
from villagedesk.ui.intake.asking import AskingStep
from villagedesk.ui.intake.checking import CheckingStep
from villagedesk.ui.intake.naming import NamingStep
from villagedesk.ui.intake.wizard import Wizard, take_sheet
from villagedesk.ui.kit import doing
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.text import ElidedLabel
from villagedesk.village.model import Import
from villagedesk.village.usecases import import_people

Said = list[str]
ROSTER = REGISTER.parent / "roster-17-columns.xls"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Said:
    """What was told in a dialog."""
    told: Said = []
    monkeypatch.setattr(wizard, "show_note", lambda _page, words: told.append(words))
    monkeypatch.setattr(wizard, "show_error", lambda _page, words: told.append(words))
    monkeypatch.setattr(doing, "show_error", lambda _page, words: told.append(words))
    return told


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, said: Said) -> Page:
    """A page to lay the wizard over."""
    made = Page(Context(desk, lambda *_: None, lambda: True))
    made.show_first(QWidget())
    made.resize(1100, 700)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def begin(page: Page, qtbot: QtBot) -> Callable[..., Wizard]:
    """Begin to take a file in, and wait until the wizard stands."""

    def begin(kind: str, path: Path, project_id: str = "") -> Wizard:
        take_sheet(page, kind, path=path, project_id=project_id)
        qtbot.waitUntil(lambda: page.steps_in == 1, timeout=10_000)
        found = page._levels[-1].widget
        assert isinstance(found, Wizard)
        return found

    return begin


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def step_on(made: Wizard, qtbot: QtBot, kind: type) -> None:
    before = made.step
    made.go_on()
    qtbot.waitUntil(lambda: made.step is not before and isinstance(made.step, kind), timeout=10_000)


def test_a_sheet_whose_heads_are_known_goes_straight_to_what_would_be_stored(
    begin: Callable[..., Wizard], desk: Desk, page: Page, qtbot: QtBot, said: Said
) -> None:
    made = begin("expenses", EXPENSES)
    assert isinstance(made.step, CheckingStep)
    assert "接收2025年支出91笔，共260,516.90元" in words(made)
    assert made.step.listing.model.rowCount() == 91
    assert desk.find(PastExpense) == []
    made.go_on()
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert page.steps_in == 0
    assert "2026年的专账还没有录期初余额" in said[0]
    assert past_years(desk) == [2025]


def test_a_column_is_named_once_and_the_next_sheet_of_that_shape_is_read_so(
    begin: Callable[..., Wizard], desk: Desk, page: Page, qtbot: QtBot, said: Said, tmp_path: Path
) -> None:
    rows = EXPENSE_SHEET.rows
    rows[1] = ["几号", "干什么", "给谁", "多少", "资金来源", "经手人", "票据号", "审核意见"]
    made = begin("expenses", workbook(tmp_path / "土表.xlsx", rows))
    assert isinstance(made.step, NamingStep)
    assert "表头里没有：日期、开支项目、收款人、金额" in words(made)
    for key, field in (("几号", "spent_on"), ("干什么", "item"), ("给谁", "payee"), ("多少", "amount")):
        made.step._fields[key].set_value(field)
    step_on(made, qtbot, CheckingStep)
    made.go_on()
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert len(desk.find(PastExpense)) == 91
    rows[0][0] = "2024年支出"
    for row in rows[2:]:
        row[0] = "2024-05-01" if "小计" not in str(row[0]) and row[0] else row[0]
    again = begin("expenses", workbook(tmp_path / "前年.xlsx", rows))
    assert isinstance(again.step, CheckingStep)


def test_of_several_columns_of_money_the_person_says_which_was_paid(
    begin: Callable[..., Wizard], desk: Desk, qtbot: QtBot, said: Said, tmp_path: Path
) -> None:
    import_people(desk, REGISTER)
    project = grant_project(desk, fund=open_fund(desk))
    rows = PAY_SHEET.rows
    rows[2][4:6] = ["工资", "补贴"]
    for row in rows[3:17]:
        row[5] = 100.0
    made = begin("payroll", workbook(tmp_path / "两栏.xlsx", rows), project.id)
    assert isinstance(made.step, NamingStep)
    assert "“工资”、“补贴”都像“金额”，看不出是哪一栏。请在下面指明" in words(made)
    assert "表头里没有" not in words(made)
    assert {field.value() for field in made.step._fields.values()} & {"amount"} == set()
    made.step._fields["工资"].set_value("amount")
    step_on(made, qtbot, CheckingStep)
    made.go_on()
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert desk.find(Claim)[0].amount_fen == 2_160_100


def test_one_field_in_two_columns_is_not_accepted(begin: Callable[..., Wizard], said: Said) -> None:
    made = begin("expenses", EXPENSES)
    made.name_columns()
    assert isinstance(made.step, NamingStep)
    made.step._fields["经手人"].set_value("payee")
    made.go_on()
    assert said == ["有两栏都认作“收款人”，请改掉一栏。"]


def test_doubts_about_people_and_the_period_are_asked(
    begin: Callable[..., Wizard], desk: Desk, qtbot: QtBot, said: Said, tmp_path: Path
) -> None:
    import_people(desk, REGISTER)
    project = grant_project(desk, fund=open_fund(desk))
    rows = PAY_SHEET.rows
    rows[0][0], rows[4][1] = "报酬发放表", "于荣望"
    made = begin("payroll", workbook(tmp_path / "问.xlsx", rows), project.id)
    assert isinstance(made.step, AskingStep)
    made.step._said["period"].set_value("2026年春天")
    before = made.step
    made.go_on()
    qtbot.waitUntil(lambda: made.step is not before, timeout=10_000)
    assert "“2026年春天”不是期间" in words(made)
    assert isinstance(made.step, AskingStep)
    made.step._said["period"].set_value("2026Q1")
    (field,) = made.step._answers.values()
    (choice,) = field._find("")
    assert choice.label.startswith("于荣旺，")
    field.set_value(choice.id)
    step_on(made, qtbot, CheckingStep)
    made.go_on()
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert len(desk.find(PayrollLine)) == 14
    assert desk.find(Claim)[0].amount_fen == 2_160_100


def test_faults_are_listed_with_their_row_and_the_keyboard_jumps_between_them(
    begin: Callable[..., Wizard], desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = EXPENSE_SHEET.rows
    rows[4][3], rows[20][2] = "二百", ""
    file = workbook(tmp_path / "错.xlsx", rows)
    made = begin("expenses", file)
    assert isinstance(made.step, CheckingStep)
    assert "有2处不对" in words(made)
    assert not made._on.isEnabled()
    listing = made.step.listing
    assert [listing.current_id(), listing.model.data(listing.model.index(0, 0))] == [0, "第5行"]
    QTest.keyClick(made, Qt.Key.Key_F8)
    assert listing.current_id() == 1
    QTest.keyClick(made, Qt.Key.Key_F8)
    assert listing.current_id() == 0
    assert desk.find(Import) == []
    rows[4][3], rows[20][2] = "200", "王会计"
    workbook(file, rows)
    before = made.step
    made.read_again()
    qtbot.waitUntil(lambda: made.step is not before, timeout=10_000)
    assert made._on.isEnabled()


def test_of_ids_accounts_and_phones_only_the_ends_are_shown_until_they_are_asked_for(
    begin: Callable[..., Wizard], desk: Desk
) -> None:
    made = begin("people", REGISTER)

    def row() -> dict[object, object]:
        assert isinstance(made.step, CheckingStep)
        model = made.step.listing.model
        places = range(model.columnCount())
        return {
            model.headerData(place, Qt.Orientation.Horizontal): model.data(model.index(0, place)) for place in places
        }

    assert isinstance(made.step, CheckingStep)
    made.step.listing.choose(3)
    numbers = ("身份证号", "账号", "电话")
    assert all(re.fullmatch(r"(尾号 [\dX]{4})?", str(row()[head])) for head in numbers)
    assert row()["身份证号"]
    made._reveal.trigger()
    assert isinstance(made.step, CheckingStep)
    assert re.fullmatch(r"\d{17}[\dX]", str(row()["身份证号"]))
    assert made.step.listing.current_id() == 3, "one stays where one was"
    assert not made._reveal.isEnabled()


def test_faults_and_their_rows_show_only_the_ends_too(begin: Callable[..., Wizard], desk: Desk, tmp_path: Path) -> None:
    import_people(desk, REGISTER)
    made = begin("roster", changed_copy(ROSTER, tmp_path / "名册.xlsx", {(2, 6): "110101199003077777"}))
    assert isinstance(made.step, CheckingStep)
    listing = made.step.listing
    told = " ".join(str(listing.model.data(listing.model.index(0, place))) for place in range(4))
    assert "户册里没有身份证号是“尾号 7777”的人" in told + words(made)
    assert not re.search(r"\d{11}", told + words(made))
    made._reveal.trigger()
    assert "户册里没有身份证号是“110101199003077777”的人" in words(made)


def test_the_columns_samples_tell_the_kind_of_number_by_its_length(begin: Callable[..., Wizard]) -> None:
    made = begin("people", REGISTER)
    made.name_columns()
    shown = "".join(one.whole() for one in made.findChildren(ElidedLabel))
    assert "18位，尾号 " in shown
    assert not re.search(r"\d{11}", shown)


def test_a_file_that_changed_after_it_was_looked_at_is_not_taken_in_unseen(
    begin: Callable[..., Wizard], desk: Desk, qtbot: QtBot, said: Said, tmp_path: Path
) -> None:
    rows = EXPENSE_SHEET.rows
    file = workbook(tmp_path / "表.xlsx", rows)
    made = begin("expenses", file)
    rows[4][3] = 9_999.0
    workbook(file, rows)
    made.go_on()
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert "看过以后，这个文件又改动过" in said[0]
    assert desk.find(PastExpense) == []
    before = made.step
    made.read_again()
    qtbot.waitUntil(lambda: made.step is not before, timeout=10_000)
    made.go_on()
    qtbot.waitUntil(lambda: len(said) == 2, timeout=10_000)
    assert len(desk.find(PastExpense)) == 91


def test_what_is_no_sheet_never_lays_anything_over_the_page(
    page: Page, qtbot: QtBot, said: Said, tmp_path: Path
) -> None:
    take_sheet(page, "expenses", path=picture(EXPENSE_SHEET, tmp_path))
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert "它其实是图片" in said[0]
    assert page.steps_in == 0


def test_a_file_is_taken_back_with_a_reason(
    begin: Callable[..., Wizard], desk: Desk, page: Page, qtbot: QtBot, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin("expenses", EXPENSES).go_on()
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    taken.show_taken(page, "expenses")
    (undo,) = page.actions_now()
    monkeypatch.setattr(taken, "ask_reason", lambda *_, **__: None)
    undo.trigger()
    assert past_years(desk) == [2025]
    monkeypatch.setattr(taken, "ask_reason", lambda *_, **__: "导错了村")
    undo.trigger()
    assert past_years(desk) == []
    assert desk.find(Import)[0].is_undone
    notes: Said = []
    monkeypatch.setattr(taken, "show_note", lambda _page, words, **_: notes.append(words))
    undo.trigger()
    assert notes == ["这一个已经撤销过了。"]
