"""What all tests of the window share: the dressed application, and typing as an input method does it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from villagedesk.ui.theme import dress

Type = Callable[[QWidget, str], None]


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """Give the application its look at 100 %."""
    if qapp.property("faces") is None or qapp.font().pixelSize() != 16:
        dress(qapp, 100)


@pytest.fixture
def type_in() -> Type:
    """Return a function that types into a widget, Chinese included, as an input method does."""

    def type_in(widget: QWidget, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    return type_in


@pytest.fixture
def in_dialog() -> Callable[[Callable[[QWidget], object]], None]:
    """Return a function that acts on the next dialog once it stands."""

    def in_dialog(act: Callable[[QWidget], object]) -> None:
        def look() -> None:
            over = QApplication.activeModalWidget()
            if over:
                act(over)
            else:
                QTimer.singleShot(10, look)

        QTimer.singleShot(0, look)

    return in_dialog
