"""What the tests about pay share: the village with its register, in April 2026."""

import pytest

from tests.payroll.posts import REGISTER, a_project, in_april
from villagedesk.kernel.clock import SetClock
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.usecases import import_people


@pytest.fixture
def peopled(desk: Desk, clock: SetClock) -> Desk:
    """The desk with the household register taken in, in April."""
    in_april(clock)
    import_people(desk, REGISTER)
    return desk


@pytest.fixture
def project(peopled: Desk) -> Project:
    """村庄保洁, running, with 50 000 yuan."""
    return a_project(peopled)
