"""A page: widgets over one another, and the way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.page import Context, Page


class Claims(Page):
    title = "报账单"


@pytest.fixture
def page(qtbot: QtBot) -> Claims:
    made = Claims(Context(None, lambda _key, _record: None, lambda: True))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_what_is_on_top_gives_title_and_actions(qtbot: QtBot, page: Claims) -> None:
    new, post = action(page, "新报账单", int), action(page, "入账", int)
    page.show_first(QLineEdit(), [new])
    with qtbot.waitSignal(page.altered):
        page.show_over("村财〔2026〕1号", QLineEdit(), [post])
    assert (page.title_now(), list(page.actions_now()), page.steps_in) == ("村财〔2026〕1号", [post], 1)
    with qtbot.waitSignal(page.altered):
        assert page.back()
    assert (page.title_now(), list(page.actions_now()), page.steps_in) == ("报账单", [new], 0)


def test_the_first_widget_stays(page: Claims) -> None:
    page.show_first(QLineEdit())
    assert not page.back()


def test_an_unsaved_form_may_refuse_to_go(page: Claims) -> None:
    page.show_first(QLineEdit())
    page.show_over("新", QLineEdit(), may_leave=lambda: False)
    assert not page.may_leave()
    assert not page.back()
    assert page.back(ask=False)


def test_escape_goes_back_to_where_the_hands_were(qtbot: QtBot, page: Claims) -> None:
    first, over = QLineEdit(), QLineEdit()
    page.show_first(first)
    first.setFocus()
    page.show_over("新", over)
    assert over.hasFocus()
    QTest.keyClick(over, Qt.Key.Key_Escape)
    assert page.steps_in == 0
    assert first.hasFocus()
