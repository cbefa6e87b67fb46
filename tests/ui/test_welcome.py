"""The first page."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from villagedesk.ui.welcome import Ways, Welcome, _RecentDesk

DESKS = [("青山村", Path("/books/青山村")), ("双石镇", Path("/books/双石镇"))]


@pytest.fixture
def gone() -> list[object]:
    return []


@pytest.fixture
def welcome(qtbot: QtBot, gone: list[object]) -> Welcome:
    made = Welcome(
        Ways(
            lambda: gone.append("open"),
            lambda: gone.append("create"),
            lambda: gone.append("practise"),
            gone.append,
            lambda: gone.append("restore"),
            DESKS,
        )
    )
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    return made


def test_three_doors_lead_where_they_say(welcome: Welcome, gone: list[object]) -> None:
    for name in ("打开账本：选文件夹", "新建账本：开始建账", "练习村：去练习"):
        next(made for made in welcome.findChildren(QPushButton) if made.accessibleName() == name).click()
    assert gone == ["open", "create", "practise"]


def test_a_backup_leads_to_a_desk(welcome: Welcome, gone: list[object]) -> None:
    name = "电脑坏过，有备份？从备份恢复"
    next(made for made in welcome.findChildren(QPushButton) if made.accessibleName() == name).click()
    assert gone == ["restore"]


def test_desks_that_were_open_before_are_one_press_away(qtbot: QtBot, welcome: Welcome, gone: list[object]) -> None:
    first, second = welcome.findChildren(_RecentDesk)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert gone == [folder for _, folder in DESKS]
