"""What typed commands are tried on: the shell, and the desk of a kept first quarter with its board."""

import pytest

from tests.cli.shell import Answer, Typed, at_the_shell, typed  # noqa: F401  (fixtures)
from tests.disclosure.books import Books, keep_books
from tests.village_fixtures import ACCOUNTANT
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk


@pytest.fixture
def books(desk: Desk, clock: SetClock) -> Books:
    """A kept first quarter, the accountant acting, on 8 April 2026."""
    return keep_books(desk, clock)


@pytest.fixture
def typed_between(desk: Desk, at_the_shell: Typed) -> Typed:
    """Type commands between steps of the test: its own desk is closed for each of them and looks again afterwards."""

    def run(*words: object, by: str = ACCOUNTANT, as_json: bool = False) -> Answer:
        desk.close()
        options = [*(("--as", by) if by else ()), *(("--json",) if as_json else ())]
        answer = at_the_shell("--desk", desk.folder, *options, *words)
        again = Desk.open(desk.folder, clock=desk.clock, chance=desk.chance)
        again.actor = desk.actor
        desk.__dict__.clear()
        desk.__dict__.update(again.__dict__)
        return answer

    return run
