"""Oversight is tested on the same first quarter as the board."""

import pytest

from tests.disclosure.books import Books, keep_books
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk


@pytest.fixture
def books(desk: Desk, clock: SetClock) -> Books:
    """A kept first quarter, the accountant acting, on 8 April 2026."""
    return keep_books(desk, clock)
