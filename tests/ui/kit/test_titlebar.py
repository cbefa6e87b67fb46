"""The line above a page."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.titlebar import TitleBar


def standing(bar: TitleBar) -> list[str]:
    """The words of the buttons that stand in the line, from left to right."""
    shown = [made for made in bar.findChildren(QPushButton) if made.isVisible()]
    return [made.text() for made in sorted(shown, key=lambda made: made.x())]


def test_what_is_rare_stands_under_more_and_the_prominent_action_at_the_right(qtbot: QtBot) -> None:
    bar = TitleBar()
    qtbot.addWidget(bar)
    bar.resize(900, 50)
    bar.show()
    green = action(bar, "送审", lambda: None, kind="primary")
    rare = action(bar, "更正", lambda: None, is_rare=True)
    plain = action(bar, "大字稿", lambda: None)
    bar.show_page("公示", "", [green, plain, rare])
    qtbot.waitUntil(lambda: standing(bar) == ["更多", "大字稿", "送审"])
    assert [each.text() for each in bar._more.menu().actions()] == ["更正"]
    rare.setVisible(False)
    bar.show_page("公示", "", [green, plain, rare])
    qtbot.waitUntil(lambda: standing(bar) == ["大字稿", "送审"])


def test_a_plain_action_finds_its_way_under_more_where_there_is_no_room(qtbot: QtBot) -> None:
    bar = TitleBar()
    qtbot.addWidget(bar)
    bar.resize(420, 50)
    bar.show()
    made = [action(bar, words, lambda: None) for words in ("重新生成公示", "打印张贴包", "全部送监督小组审核")]
    bar.show_page("公示", "", made)
    qtbot.waitUntil(lambda: standing(bar) == ["更多", "全部送监督小组审核"])
