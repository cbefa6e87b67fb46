"""What the tests of the page of money out share: a village that can pay, and its page."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.payments.paying import grant_project, open_fund
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.page import Context
from villagedesk.ui.payments.page import PaymentsPage


@pytest.fixture
def project(desk: Desk) -> Project:
    """生活垃圾清运, granted, with money in its fund."""
    return grant_project(desk, fund=open_fund(desk))


@pytest.fixture
def went() -> list[tuple[str, str]]:
    """Where the page wanted to go."""
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, project: Project, went: list[tuple[str, str]]) -> Iterator[PaymentsPage]:
    """The page, refreshed after each change as the shell does; who asks to sign in is refused."""
    made = PaymentsPage(Context(desk, lambda key, record: went.append((key, record)), lambda: False))
    qtbot.addWidget(made)
    made.resize(1130, 640)
    made.show()
    desk.on_change(lambda changed: made.refresh(changed.tables) if made.tables & changed.tables else None)
    made.refresh(None)
    yield made
    while made.back(ask=False):  # a form's timers must not look at a closed desk
        pass
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
