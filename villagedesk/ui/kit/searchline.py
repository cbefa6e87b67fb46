"""A line to search with: the lens at its left, Esc clears it."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from villagedesk.ui.kit.icons import picture
from villagedesk.ui.theme import Colour, gap, px


class SearchLine(QLineEdit):
    """A line edit with a lens that grows with the text."""

    def __init__(self, name: str, sample: str) -> None:
        """``name`` is for screen readers, ``sample`` stands grey in the empty line."""
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(sample)
        self.setClearButtonEnabled(True)
        self.setTextMargins(px(20) + gap(8), 0, 0, 0)
        self._lens = picture("search", Colour.SOFT, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and the lens."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(gap(11), (self.height() - px(20)) // 2, self._lens)
        painter.end()
