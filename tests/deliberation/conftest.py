"""Deliberation is tested late in the year, when all its papers lie behind it."""

import pytest

from tests.works import late_in_the_year
from villagedesk.kernel.clock import SetClock


@pytest.fixture(autouse=True)
def _late(clock: SetClock) -> None:
    late_in_the_year(clock)
