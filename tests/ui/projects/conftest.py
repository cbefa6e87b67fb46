"""The page of projects on a real desk late in the year, and the words to press it with."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.opening import Went, opened
from tests.works import late_in_the_year
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk
from villagedesk.ui.projects.page import ProjectsPage


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, clock: SetClock, went: Went) -> Iterator[ProjectsPage]:
    """The page on a desk late in the year, refreshed after each change as the shell does."""
    late_in_the_year(clock)
    yield from opened(qtbot, desk, ProjectsPage, went)
