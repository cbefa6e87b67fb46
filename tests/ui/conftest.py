"""What all tests of the window share: the dressed application, and typing as an input method does it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.opening import Went
from villagedesk.ui.theme import dress

Type = Callable[[QWidget, str], None]


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """Give the application its look at 100 %."""
    if qapp.property("faces") is None or qapp.font().pixelSize() != 16:
        dress(qapp, 100)


@pytest.fixture
def went() -> Went:
    """Where the page wanted to go."""
    return []


@pytest.fixture
def type_in() -> Type:
    """Return a function that types into a widget, Chinese included, as an input method does."""

    def type_in(widget: QWidget, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    return type_in


@pytest.fixture
def in_dialog() -> Iterator[Callable[[Callable[[QWidget], object]], None]]:
    """Return a function that acts on the next dialog once it stands. A dialog that never came fails the test."""
    awaited: list[QTimer] = []

    def in_dialog(act: Callable[[QWidget], object]) -> None:
        looking = QTimer(interval=10)

        def look() -> None:
            over = QApplication.activeModalWidget()
            if over:
                looking.stop()
                awaited.remove(looking)
                act(over)

        looking.timeout.connect(look)
        awaited.append(looking)
        looking.start()

    yield in_dialog
    for looking in awaited:
        looking.stop()
    assert not awaited, "a dialog that was to be answered never came"
