"""The page of projects on a real desk late in the year, and the words to press it with."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.works import late_in_the_year
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.page import Context
from villagedesk.ui.projects.page import ProjectsPage


@pytest.fixture
def went() -> list[tuple[str, str]]:
    """Where the page wanted to go."""
    return []


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, clock: SetClock, went: list[tuple[str, str]]) -> Iterator[ProjectsPage]:
    """The page on a desk late in the year, refreshed after each change as the shell does."""
    late_in_the_year(clock)
    made = ProjectsPage(Context(desk, lambda key, record: went.append((key, record)), lambda: False))
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    desk.on_change(lambda changed: made.refresh(changed.tables) if made.tables & changed.tables else None)
    made.refresh(None)
    yield made
    while made.back(ask=False):  # a form's timers must not look at a closed desk
        pass
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
