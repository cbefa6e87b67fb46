"""Money as a picture: how much was planned, how much came, how much is paid, one bar a line."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from villagedesk.kernel.money import yuan
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, px


class Bar(QWidget):
    """A bar of a whole: a pale part for what came, a full part for what is paid. All three in fen."""

    def __init__(self, whole: int, came: int, paid: int) -> None:
        super().__init__()
        self._whole, self._came, self._paid = max(whole, came, paid, 1), came, paid
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(18))

    def sizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(px(160), px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, what came, what is paid."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for part, colour in ((self._whole, Colour.GREY), (self._came, "#B9D8C7"), (self._paid, Colour.GREEN)):
            painter.setBrush(QColor(colour))
            width = self.width() * max(part, 0) / self._whole
            if width >= 1:
                painter.drawRoundedRect(QRectF(0, 0, width, self.height()), 4, 4)
        painter.end()


class MoneyBars(QWidget):
    """Lines of name, bar and what is left; readable without the bars."""

    def __init__(self, lines: list[tuple[str, int, int, int]]) -> None:
        """``lines`` are (name, planned, came, paid) in fen."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(1, 1)
        for row, (name, planned, came, paid) in enumerate(lines):
            grid.addWidget(label(name), row, 0)
            bar = Bar(planned, came, paid)
            words = f"计划{yuan(planned)}元，到账{yuan(came)}元，已支出{yuan(paid)}元"
            bar.setAccessibleName(f"{name}：{words}")
            bar.setToolTip(words)
            grid.addWidget(bar, row, 1)
            left = label(f"还剩 {yuan(came - paid)} 元", "amount")
            grid.addWidget(left, row, 2, Qt.AlignmentFlag.AlignRight)
