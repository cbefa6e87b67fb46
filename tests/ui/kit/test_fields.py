"""Inputs bound by name: what they hold, how they are typed into, what they say when they cannot be read."""

from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Type
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.ui.kit.choicefield import Choice, ChoiceField, ChoicePopup, finder
from villagedesk.ui.kit.datefield import CalendarPopup, DateField
from villagedesk.ui.kit.fields import (
    AmountField,
    CheckField,
    Field,
    LongTextField,
    NumberField,
    PasswordField,
    TextField,
)

F = TypeVar("F", bound=Field)

PEOPLE = [
    Choice(1, "李秀英", "一组", "lxy"),
    Choice(2, "王建国", "二组", "wjg"),
    Choice(3, "张䶮", "一组", "zy"),
    *(Choice(n, f"村民{n}", search=f"cm{n}") for n in range(4, 100)),
]


def _shown(qtbot: QtBot, field: F) -> F:
    qtbot.addWidget(field)
    field.resize(500, 160)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    return field


def test_text_comes_without_blanks_and_rare_characters_stay(qtbot: QtBot, type_in: Type) -> None:
    field = _shown(qtbot, TextField("name", "姓名"))
    with qtbot.waitSignal(field.edited):
        type_in(field.editor, " 张䶮 ")
    assert field.value() == "张䶮"


def test_setting_a_value_is_no_edit(qtbot: QtBot) -> None:
    for field, value in (
        (TextField("a", "甲"), "字"),
        (LongTextField("b", "乙"), "字\n字"),
        (AmountField("c", "丙"), 123),
        (DateField("d", "丁"), date(2026, 4, 5)),
        (CheckField("e", "戊"), True),
        (NumberField("f", "己"), 3),
        (ChoiceField("g", "庚", PEOPLE), 2),
    ):
        _shown(qtbot, field)
        with qtbot.assertNotEmitted(field.edited):
            field.set_value(value)
        assert field.value() == value
        field.set_value(None)
        assert not field.value()


def test_an_amount_is_fen_and_stands_in_words_below(qtbot: QtBot, type_in: Type) -> None:
    field = _shown(qtbot, AmountField("fen", "金额"))
    type_in(field.editor, "1409.5")
    assert (field.value(), field._words.text()) == (140_950, "人民币壹仟肆佰零玖元伍角")
    QTest.keyClicks(field.editor, "0")
    assert field.fault() == ""
    QTest.keyClicks(field.editor, "7")
    assert field.value() is None
    assert "最多两位小数" in field.fault()
    assert not field._words.isVisible()


def test_an_amount_is_tidied_when_one_goes_on(qtbot: QtBot, type_in: Type) -> None:
    field = _shown(qtbot, AmountField("fen", "金额"))
    field.editor.setFocus()
    type_in(field.editor, "￥１２３４")
    with qtbot.waitSignal(field.left):
        field.editor.clearFocus()
    assert (field.editor.text(), field.value()) == ("1,234.00", 123_400)  # type: ignore[attr-defined]


def test_a_date_is_understood_and_its_weekday_shown(qtbot: QtBot, type_in: Type) -> None:
    field = _shown(qtbot, DateField("day", "日期", today=lambda: date(2026, 4, 6)))
    field.editor.setFocus()
    type_in(field.editor, "4月5日")
    assert (field.value(), field._weekday.text()) == (date(2026, 4, 5), "星期日")
    field.editor.clearFocus()
    assert field.editor.text() == "2026-04-05"  # type: ignore[attr-defined]


def test_what_is_no_date_says_so(qtbot: QtBot, type_in: Type) -> None:
    field = _shown(qtbot, DateField("day", "日期", today=lambda: date(2026, 4, 6)))
    type_in(field.editor, "2月30日")
    assert field.value() is None
    assert "不是日期" in field.fault()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_day_is_picked_from_the_calendar(qtbot: QtBot) -> None:
    field = _shown(qtbot, DateField("day", "日期", today=lambda: date(2026, 4, 6)))
    field._button.click()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CalendarPopup)
    with qtbot.waitSignal(field.edited):
        QTest.keyClick(popup.focusWidget(), Qt.Key.Key_Return)
    assert field.value() == date(2026, 4, 6)


def test_numbers_have_the_places_they_may(qtbot: QtBot) -> None:
    whole, days = _shown(qtbot, NumberField("n", "户数", unit="户")), _shown(qtbot, NumberField("d", "工日", places=1))
    QTest.keyClicks(whole.editor, "5.5")
    QTest.keyClicks(days.editor, "5.5")
    assert (whole.value(), days.value()) == (None, Decimal("5.5"))
    assert "写数字" in whole.fault()
    assert days.fault() == ""


def test_a_password_is_hidden_until_one_looks(qtbot: QtBot) -> None:
    field = _shown(qtbot, PasswordField("password", "密码"))
    QTest.keyClicks(field.editor, " abc ")
    assert field.value() == " abc "
    line = field.editor
    assert isinstance(line, QLineEdit)
    assert line.echoMode() is QLineEdit.EchoMode.Password
    field._eye.click()
    assert line.echoMode() is QLineEdit.EchoMode.Normal


def test_findings_stand_below_and_are_read_out(qtbot: QtBot) -> None:
    field = _shown(qtbot, TextField("name", "姓名", hint="写全名"))
    field.show_findings([Finding("x", "姓名不能空。", "name", "村规第三条")])
    assert field._findings.isVisible()
    assert field.editor.property("tone") == "bad"
    assert field.editor.accessibleDescription() == "姓名不能空。"
    field.show_findings([Finding("x", "名字很少见。", "name", severity=Severity.WARNING)])
    assert field.editor.property("tone") == "warn"
    field.show_findings([])
    assert not field._findings.isVisible()
    assert field.editor.accessibleDescription() == "写全名"


def test_choices_are_found_by_characters_initials_and_note() -> None:
    find = finder(PEOPLE)
    assert [choice.id for choice in find("建国")] == [2]
    assert [choice.id for choice in find("ZY")] == [3]
    assert [choice.id for choice in find("一组")] == [1, 3]
    assert next(iter(find("村民9"))).id == 9


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_choice_is_made_with_the_keyboard(qtbot: QtBot) -> None:
    field = _shown(qtbot, ChoiceField("payee", "收款人", PEOPLE))
    QTest.keyClick(field.editor, Qt.Key.Key_W)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ChoicePopup)
    QTest.keyClicks(popup._line, "jg")
    with qtbot.waitSignal(field.edited):
        QTest.keyClick(popup._line, Qt.Key.Key_Return)
    assert (field.value(), field.editor.accessibleName()) == (2, "收款人：王建国")


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("typed", "chosen"), [("w", 2), ("z", 3), ("张", 3), ("zz", 4), ("q", 1)])
def test_in_a_short_list_typing_moves_to_the_first_fit(qtbot: QtBot, type_in: Type, typed: str, chosen: int) -> None:
    initials = {"李秀英": "lxy", "王建国": "wjg", "张䶮": "zy", "赵平": "zp"}
    people = [Choice(place, name) for place, name in enumerate(initials, 1)]
    field = _shown(qtbot, ChoiceField("person", "姓名", people, spell=initials.__getitem__))
    field.editor.click()  # type: ignore[attr-defined]
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ChoicePopup)
    if typed.isascii():
        QTest.keyClicks(popup, typed)
    else:
        type_in(popup, typed)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == chosen


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_first_letter_on_a_closed_short_list_counts(qtbot: QtBot) -> None:
    field = _shown(qtbot, ChoiceField("payee", "收款人", PEOPLE[:3]))
    QTest.keyClick(field.editor, Qt.Key.Key_Z)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ChoicePopup)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == 3


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_few_choices_need_no_search_line(qtbot: QtBot) -> None:
    field = _shown(qtbot, ChoiceField("kind", "种类", PEOPLE[:3]))
    field.editor.click()  # type: ignore[attr-defined]
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ChoicePopup)
    assert not popup._line.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == 2


def test_a_choice_that_is_no_longer_offered_is_dropped(qtbot: QtBot) -> None:
    field = _shown(qtbot, ChoiceField("kind", "种类", PEOPLE[:3]))
    field.set_value(3)
    field.set_choices(PEOPLE[:2])
    assert field.value() is None


def test_choices_can_be_found_in_sql(qtbot: QtBot) -> None:
    field = _shown(
        qtbot,
        ChoiceField(
            "payee", "收款人", lambda text: [c for c in PEOPLE if text in c.label], choice_of=lambda i: PEOPLE[i - 1]
        ),
    )
    field.set_value(2)
    assert field.choice() == PEOPLE[1]
