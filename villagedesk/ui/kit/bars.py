"""Money as bars on the first page: like a chart, but drawn without what charts must load, to be there at once."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from villagedesk.kernel.money import yuan
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, px


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
            bar = _Bar(planned, came, paid)
            words = f"计划{yuan(planned)}元，到账{yuan(came)}元，已支出{yuan(paid)}元"
            bar.setAccessibleName(f"{name}：{words}")
            bar.setToolTip(words)
            grid.addWidget(bar, row, 1)
            left = label(f"还剩 {yuan(came - paid)} 元", "amount")
            grid.addWidget(left, row, 2, Qt.AlignmentFlag.AlignRight)


class _Bar(QWidget):
    """A bar of the plan: full for what is paid, hatched for what is left, plain for what is to come. All in fen."""

    def __init__(self, planned: int, came: int, paid: int) -> None:
        super().__init__()
        self._whole, self._came, self._paid = max(planned, came, paid, 1), max(came, 0), max(paid, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(18))

    def sizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(px(160), px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plan, over it what came, over that what is paid, each within its outline."""
        del event
        painter = QPainter(self)
        painter.setPen(QColor(Colour.DEEP))
        self._draw(painter, self._whole, QColor(Colour.CARD))
        self._draw(painter, self._came, QColor(Colour.LEAF))
        self._draw(painter, self._came, QBrush(QColor(Colour.DEEP), Qt.BrushStyle.BDiagPattern))
        self._draw(painter, self._paid, QColor(Colour.GREEN))
        painter.end()

    def _draw(self, painter: QPainter, part: int, brush: QBrush | QColor) -> None:
        if part:
            painter.setBrush(brush)
            painter.drawRect(QRectF(0, 0, (self.width() - 1) * part / self._whole, self.height() - 1))
