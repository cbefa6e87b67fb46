"""The frame of the window, around the pages of a real desk."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.page import Context, Page, PageSpec
from villagedesk.ui.kit.text import ElidedLabel
from villagedesk.ui.nav import key_of
from villagedesk.ui.shell import Office, Shell
from villagedesk.ui.theme import TEXT_SCALES, dress
from villagedesk.village import store
from villagedesk.village.model import Officer


class Noted(Page):
    """A page that notes what happens to it."""

    tables = frozenset({"officers", "claims"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.refreshed: list[frozenset[str] | None] = []
        self.looked_at = ""
        self.pressed = 0
        self.stays = False
        self.line = QLineEdit()
        self.new = action(self, "新的一张", self.press, icon="plus", shortcut="Ctrl+N", kind="primary")
        self.show_first(self.line, [self.new, action(self, "导出表格", int, icon="send")])

    def press(self) -> None:
        self.pressed += 1

    def refresh(self, changed: frozenset[str] | None) -> None:
        self.refreshed.append(changed)

    def look_at(self, record: str) -> None:
        self.looked_at = record

    def may_leave(self) -> bool:
        return not self.stays


def _officers(desk: Desk) -> int:
    return len(store.active_officers(desk))


NAMES = ("今天", "项目", "议事", "报账", "理财审核", "公开栏", "人员", "上报乡镇", "设置")
SPECS = tuple(
    PageSpec(f"page{place}", name, "home", Noted, _officers if place == 2 else None)
    for place, name in enumerate(NAMES, start=1)
)


class Head:
    """What the header is told."""

    def __init__(self) -> None:
        self.office = Office("青山村", "李会计", "村会计")

    def __call__(self) -> Office:
        return self.office


@pytest.fixture
def head() -> Head:
    return Head()


@pytest.fixture
def shell(qtbot: QtBot, desk: Desk, head: Head) -> Shell:
    made = Shell(desk, SPECS, head, lambda: True, lambda: None)
    desk.on_change(lambda changed: made.changed(changed.tables))
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _page(shell: Shell) -> Noted:
    assert isinstance(shell.current, Noted)
    return shell.current


def _rename(desk: Desk) -> None:
    officer: Officer = store.active_officers(desk)[0]
    with desk.change("village.officer.renamed") as change:
        change.put(replace(officer, name="李新会计"))


def test_pages_are_made_when_they_are_first_shown(shell: Shell) -> None:
    assert len(shell.findChildren(Noted)) == 1
    shell.go("page4")
    shell.go("page1")
    shell.go("page4")
    assert len(shell.findChildren(Noted)) == 2
    assert _page(shell).refreshed == [None]


def test_ctrl_and_a_figure_shows_that_page_and_puts_the_hands_there(qtbot: QtBot, shell: Shell) -> None:
    QTest.keyClick(shell, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert shell.key == "page4"
    assert _page(shell).line.hasFocus()


def test_a_page_may_be_shown_at_a_record(shell: Shell) -> None:
    shell.context.go("page4", "01ABC")
    assert (_page(shell).looked_at, shell.key) == ("01ABC", "page4")


def test_an_unsaved_page_keeps_the_window(shell: Shell) -> None:
    page = _page(shell)
    page.stays = True
    shell.go("page4")
    assert (shell.key, shell.may_close()) == ("page1", False)
    pressed = [item for item in shell.findChildren(QPushButton) if item.isCheckable() and item.isChecked()]
    assert [item.accessibleName() for item in pressed] == ["今天"]
    page.stays = False


def test_a_change_refreshes_the_page_that_shows_it(shell: Shell, desk: Desk) -> None:
    page = _page(shell)
    _rename(desk)
    assert page.refreshed == [None, frozenset({"officers"})]


def test_a_hidden_page_is_refreshed_when_it_is_shown_again(shell: Shell, desk: Desk) -> None:
    hidden = _page(shell)
    shell.go("page4")
    _rename(desk)
    assert hidden.refreshed == [None]
    shell.go("page1")
    assert hidden.refreshed == [None, frozenset({"officers"})]


def test_a_change_of_other_tables_leaves_the_page_alone(shell: Shell) -> None:
    shell.changed(frozenset({"notices"}))
    assert _page(shell).refreshed == [None]


def test_a_badge_counts_what_waits(qtbot: QtBot, shell: Shell) -> None:
    item = next(made for made in shell.findChildren(QPushButton) if made.text().strip() == "项目")
    qtbot.waitUntil(lambda: item.accessibleName() == "项目，5 件待办")


def test_actions_follow_the_page_and_have_their_keys(qtbot: QtBot, shell: Shell) -> None:
    first = _page(shell)
    QTest.keyClick(shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    shell.go("page4")
    QTest.keyClick(shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert (first.pressed, _page(shell).pressed) == (1, 1)


def test_an_action_that_cannot_be_done_now_looks_so(shell: Shell) -> None:
    _page(shell).new.setEnabled(False)
    press = next(made for made in shell.findChildren(QPushButton) if made.text() == "新的一张")
    assert not press.isEnabled()


def test_the_prominent_action_stands_when_there_is_little_room(qtbot: QtBot, shell: Shell) -> None:
    def shown() -> list[str]:
        return [made.text() for made in shell._bar.findChildren(QPushButton) if made.isVisible()]

    assert shown() == ["导出表格", "新的一张"]
    shell.resize(480, 728)
    qtbot.waitUntil(lambda: set(shown()) == {"新的一张", "更多"})


def test_the_way_back_names_where_it_leads(shell: Shell) -> None:
    page = _page(shell)
    page.show_over("村财〔2026〕1号", QWidget())
    back = next(made for made in shell.findChildren(QPushButton) if made.text() == "返回")
    assert back.isVisible()
    assert shell._bar._title.whole() == "村财〔2026〕1号"
    back.click()
    assert not back.isVisible()
    assert shell._bar._title.whole() == "今天"


def test_the_header_says_whose_books_and_who_is_there(shell: Shell, head: Head) -> None:
    def words() -> list[str]:
        return [made.text() for made in shell._header.findChildren(QLabel) if made.isVisible() and made.text()]

    assert words() == ["青山村"]
    assert shell._header._person.accessibleName() == "已登录：李会计  村会计。按下可换人"
    head.office = Office("青山村", is_practice=True)
    shell.show_office()
    assert words() == ["青山村", "练习", "这里随便试，记的都不是真账"]
    assert shell._header._person.text() == "登录"
    assert "练习" in shell.windowTitle()


def test_a_very_long_name_leaves_room_for_the_rest(shell: Shell, head: Head) -> None:
    head.office = Office("四川省自贡市富顺县双石镇青山村股份经济合作联合社" * 3, "李会计", "村会计", is_practice=True)
    shell.show_office()
    assert shell._header._village.text().endswith("…")
    assert shell._header._village.toolTip() == head.office.name
    assert shell.minimumSizeHint().width() <= 1366


@pytest.mark.parametrize("percent", TEXT_SCALES)
def test_no_word_is_cut_at_any_text_size(
    qtbot: QtBot, qapp: QApplication, desk: Desk, percent: int, head: Head
) -> None:
    head.office = Office("青山村", "李会计", "村会计", is_practice=True)
    dress(qapp, percent)
    shell = Shell(desk, SPECS, head, lambda: True, lambda: None)
    qtbot.addWidget(shell)
    shell.resize(1366, 728)
    shell.show()
    qtbot.waitUntil(lambda: shell._nav.isVisible())
    assert (shell.width(), shell.height()) == (1366, 728), "the window fits the screen"
    for made in shell.findChildren(QPushButton) + shell.findChildren(QLabel):
        if made.isVisible() and not isinstance(made, ElidedLabel):
            words = made.text()
            assert made.contentsRect().width() >= made.fontMetrics().horizontalAdvance(words), words
            assert made.height() >= made.fontMetrics().height() or not words, words
    dress(qapp, 100)


def test_everything_that_can_be_pressed_has_a_name(shell: Shell) -> None:
    for made in shell.findChildren(QPushButton):
        assert made.accessibleName(), made.text()


def test_commands_are_listed_found_and_run(
    qtbot: QtBot, shell: Shell, in_dialog: Callable[[Callable[[QWidget], object]], None]
) -> None:
    def choose(dialog: QWidget) -> None:
        line = dialog.findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setText("人员")
        QTest.keyClick(line, Qt.Key.Key_Return)

    in_dialog(choose)
    shell.show_commands()
    assert shell.key == "page7"


def test_the_tenth_page_has_its_keys_too(qtbot: QtBot, desk: Desk, head: Head) -> None:
    many = tuple(PageSpec(f"page{place}", f"第{place}页", "home", Noted) for place in range(1, 13))
    shell = Shell(desk, many, head, lambda: True, lambda: None)
    qtbot.addWidget(shell)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    QTest.keyClick(shell, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert shell.key == "page12"
    assert [key_of(place) for place in (1, 9, 10, 12, 30)] == ["Ctrl+1", "Ctrl+9", "Alt+1", "Alt+3", ""]
