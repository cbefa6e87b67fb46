"""What stands where there is nothing yet."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from villagedesk.ui.kit.empty import Empty, EmptyView

LONG = "先写好会议通知，再照着程序走：点名、逐项表决、看票、记录。程序按规定当场算出到会够不够、表决通过没有通过。"


@pytest.mark.parametrize("width", [700, 1100])
def test_a_hint_of_several_lines_is_shown_whole(qtbot: QtBot, width: int) -> None:
    view = EmptyView()
    qtbot.addWidget(view)
    view.show_empty(Empty("还没有会议", LONG, "inbox", "开会", lambda: None))
    view.resize(width, 600)
    view.show()
    hint = next(made for made in view.findChildren(QLabel) if made.text() == LONG)
    qtbot.waitUntil(lambda: hint.width() < width)
    assert hint.heightForWidth(hint.width()) >= 2 * hint.fontMetrics().height()
    assert hint.height() >= hint.heightForWidth(hint.width())
