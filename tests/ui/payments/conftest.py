"""What the tests of the page of money out share: a village that can pay, and its page."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.payments.paying import grant_project, open_fund
from tests.ui.opening import Went, opened
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.payments.page import PaymentsPage


@pytest.fixture
def project(desk: Desk) -> Project:
    """生活垃圾清运, granted, with money in its fund."""
    return grant_project(desk, fund=open_fund(desk))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, project: Project, went: Went) -> Iterator[PaymentsPage]:
    """The page, refreshed after each change as the shell does; who asks to sign in is refused."""
    yield from opened(qtbot, desk, PaymentsPage, went)
