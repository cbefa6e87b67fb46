"""What the tests about money out share."""

import pytest

from tests.payments.paying import REGISTER, grant_project, open_fund
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.usecases import import_people


@pytest.fixture
def fund(desk: Desk) -> Fund:
    """县级补助 of 2026, of which 100 000 yuan arrived."""
    return open_fund(desk)


@pytest.fixture
def project(desk: Desk, fund: Fund) -> Project:
    """生活垃圾清运, granted with 50 000 yuan."""
    return grant_project(desk, fund=fund)


@pytest.fixture
def peopled_desk(desk: Desk) -> Desk:
    """The desk with the household register taken in."""
    import_people(desk, REGISTER)
    return desk
