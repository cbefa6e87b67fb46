"""A bar of parts beside one another: wishes by place, votes, the sums of a score."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagedesk.ui.theme import Colour, px

GREENS = (Colour.GREEN.value, "#5FA37F", "#B9D8C7")
"""Parts that differ by degree, the strongest first."""


class PartsBar(QWidget):
    """Parts of a whole, one after another. ``marks`` are fractions of the whole where a line stands."""

    def __init__(
        self, whole: float, parts: Sequence[float], colours: Sequence[str] = GREENS, *, marks: Sequence[float] = ()
    ) -> None:
        super().__init__()
        self._whole = max(whole, sum(parts)) or 1
        self._parts, self._colours, self._marks = tuple(parts), tuple(colours), tuple(marks)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(18))

    def sizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(px(160), px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the parts and the marks."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), QColor(Colour.GREY))
        left = 0.0
        for part, colour in zip(self._parts, self._colours, strict=False):
            width = self.width() * part / self._whole
            painter.fillRect(QRectF(left, 0, width, self.height()), QColor(colour))
            left += width
        painter.setPen(Qt.PenStyle.NoPen)
        for mark in self._marks:
            painter.fillRect(QRectF(self.width() * mark - 1, 0, 2, self.height()), QColor(Colour.INK))
        painter.end()
