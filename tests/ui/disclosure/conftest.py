"""What the tests of the page of notices share: a kept first quarter, the page over it, and what it asked and told."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.disclosure.books import Books, keep_books
from tests.ui.opening import opened
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure import pack, steps
from villagedesk.ui.disclosure.page import DisclosurePage
from villagedesk.ui.kit import doing


@pytest.fixture
def books(desk: Desk, clock: SetClock) -> Books:
    """A kept first quarter."""
    return keep_books(desk, clock)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, books: Books) -> Iterator[DisclosurePage]:
    """The page, wide enough for list and paper, refreshed after each change as the shell does."""
    del books
    yield from opened(qtbot, desk, DisclosurePage)


@pytest.fixture(autouse=True)
def errors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the page had to tell; no dialog waits for anybody."""
    told: list[str] = []
    monkeypatch.setattr(doing, "show_error", lambda _parent, words: told.append(words))
    return told


@pytest.fixture
def yes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Say yes to every question; the questions are kept."""
    asked: list[str] = []

    def confirm(_parent: object, sentence: str, _verb: str, **_how: object) -> bool:
        asked.append(sentence)
        return True

    for module in (steps, pack):
        monkeypatch.setattr(module, "confirm", confirm)
    return asked
