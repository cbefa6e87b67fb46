"""Two columns of a record beside one another, or one below the other where they find no room."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from villagedesk.ui.theme import gap, px


class Beside(QWidget):
    """A broad column at the left, a narrow one at the right. ``least`` pixels wide is what both need at 100 % text."""

    def __init__(self, broad: Sequence[QWidget], narrow: Sequence[QWidget], *, least: int = 960) -> None:
        super().__init__()
        self._least = least
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap(16))
        self._box.addLayout(_column(broad), 5)
        self._box.addLayout(_column(narrow), 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the room asks for it."""
        super().resizeEvent(event)
        has_room = self.width() >= px(self._least)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if has_room else QBoxLayout.Direction.TopToBottom)


def _column(widgets: Sequence[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(gap(16))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column
