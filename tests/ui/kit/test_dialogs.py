"""Short questions."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Type
from villagedesk.ui.kit.choicefield import Choice
from villagedesk.ui.kit.dialogs import Question, ask_reason, ask_which, confirm, show_error, sign_in


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _meanwhile(act: Callable[[Question], object]) -> None:
    """Act on the dialog once it stands."""

    def look() -> None:
        over = QApplication.activeModalWidget()
        if isinstance(over, Question):
            act(over)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def _press(dialog: Question, text: str) -> None:
    found = [made for made in dialog.findChildren(QPushButton) if made.text() == text]
    assert found, [made.text() for made in dialog.findChildren(QPushButton)]
    assert found[0].isEnabled()
    found[0].click()


@pytest.mark.parametrize(("pressed", "answer"), [("作废", True), ("取消", False)])
def test_buttons_are_named_by_what_they_do(parent: QWidget, pressed: str, answer: bool) -> None:
    _meanwhile(lambda dialog: _press(dialog, pressed))
    assert confirm(parent, "作废以后不能恢复。", "作废", danger=True) is answer


def test_escape_is_no(parent: QWidget, qtbot: QtBot) -> None:
    _meanwhile(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert not confirm(parent, "作废以后不能恢复。", "作废")


def test_a_reason_must_be_written(parent: QWidget, type_in: Type) -> None:
    def write(dialog: Question) -> None:
        done = next(made for made in dialog.findChildren(QPushButton) if made.text() == "退回")
        assert not done.isEnabled()
        type_in(dialog.focusWidget(), " 缺签到册 ")
        _press(dialog, "退回")

    _meanwhile(write)
    assert ask_reason(parent, "退回", "理由会写进办理经过。", verb="退回") == "缺签到册"


def test_one_may_rather_not_say(parent: QWidget) -> None:
    _meanwhile(lambda dialog: _press(dialog, "取消"))
    assert ask_reason(parent, "退回", "理由会写进办理经过。") is None


def test_a_fault_is_told_and_taken_note_of(parent: QWidget) -> None:
    seen: list[str] = []

    def note(dialog: Question) -> None:
        seen.append(dialog.windowTitle())
        _press(dialog, "知道了")

    _meanwhile(note)
    show_error(parent, "磁盘满了，刚才这一步没有记上。")
    assert seen == ["没有办成"]


def test_which_of_a_few_is_one_press_and_escape_is_none(parent: QWidget) -> None:
    choices = [Choice("a", "保洁"), Choice("b", "管护")]
    _meanwhile(lambda dialog: _press(dialog, "管护"))
    assert ask_which(parent, "评分表", "哪一种？", choices) == "b"
    _meanwhile(lambda dialog: QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return))
    assert ask_which(parent, "评分表", "哪一种？", choices) == "a", "the first one is at hand"
    _meanwhile(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_which(parent, "评分表", "哪一种？", choices) is None


def test_signing_in_gives_person_and_password(parent: QWidget, type_in: Type, qtbot: QtBot) -> None:
    def write(dialog: Question) -> None:
        line = dialog.focusWidget()
        assert line.accessibleName() == "密码", "the person is known already"
        type_in(line, "secret")
        QTest.keyClick(line, Qt.Key.Key_Return)

    _meanwhile(write)
    assert sign_in(parent, [Choice("a", "李秀英"), Choice("b", "王建国")], chosen="b") == ("b", "secret")
