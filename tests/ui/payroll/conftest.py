"""What the tests of the page of pay share: a village whose people are known."""

import pytest

from tests.payroll.posts import REGISTER, in_april
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk
from villagedesk.village.usecases import import_people


@pytest.fixture
def village(desk: Desk, clock: SetClock) -> Desk:
    """The village in April with its register."""
    in_april(clock)
    import_people(desk, REGISTER)
    return desk
