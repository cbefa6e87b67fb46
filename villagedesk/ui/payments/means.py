"""The money of the chosen project while one types: its budget as a bar: paid, granted, on its way and left."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from villagedesk.kernel.money import yuan
from villagedesk.payments.spending import Means
from villagedesk.ui.kit.cards import Card
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, gap, px

_HATCHED, _DOTTED = Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.Dense5Pattern
_PARTS: dict[str, tuple[Colour, Qt.BrushStyle | None, Colour]] = {
    "已付": (Colour.GREEN, None, Colour.GREEN),
    "已批": (Colour.LEAF, _HATCHED, Colour.DEEP),
    "在办": (Colour.LEAF, _DOTTED, Colour.GREEN),
    "这一笔": (Colour.STRAW, _HATCHED, Colour.AMBER),
    "剩余": (Colour.CARD, None, Colour.CARD),
}
"""Each part's ground, pattern and the pattern's colour; colour is never the only sign."""


class MeansCard(Card):
    """Shows the means of the chosen project, less the amount that is being typed. Hidden without a project."""

    def __init__(self) -> None:
        super().__init__("项目的钱")
        self._means: Means | None = None
        self._fund = ""
        self._bar = _Bar()
        self._amounts = {name: label("", "amount") for name in ("预算", *_PARTS)}
        self._line = label("", "hint", wrap=True)
        grid = QGridLayout()
        grid.setVerticalSpacing(gap(6))
        grid.setColumnStretch(1, 1)
        for row, (name, amount) in enumerate(self._amounts.items()):
            if name in _PARTS:
                grid.addWidget(_Swatch(name), row, 0)
            grid.addWidget(label(name), row, 1)
            grid.addWidget(amount, row, 2, Qt.AlignmentFlag.AlignRight)
        self.add(self._bar)
        self.body.addLayout(grid)
        self.add(self._line)
        self.hide()

    def show_means(self, means: Means | None, fund: str = "", amount_fen: int = 0) -> None:
        """Show a project's money and, in a sentence, its fund's; None hides it."""
        self._means, self._fund = means, fund
        self.setHidden(means is None)
        self.show_amount(amount_fen)

    def show_amount(self, amount_fen: int) -> None:
        """Take the amount that is being typed off what is left."""
        if self._means is None:
            return
        means = self._means
        parts = {
            "已付": means.paid_fen,
            "已批": means.granted_fen,
            "在办": means.passing_fen,
            "这一笔": amount_fen,
            "剩余": means.left_fen - amount_fen,
        }
        self._bar.show_parts(list(parts.values()), means.budget_fen)
        figures = {"预算": means.budget_fen, **parts}
        for name, fen in figures.items():
            self._amounts[name].setText(f"超出 {yuan(-fen)}" if fen < 0 else yuan(fen))
            self._amounts[name].setStyleSheet(f"color: {Colour.RED}; font-weight: 700;" if fen < 0 else "")
        self._line.setText(self._fund)
        words = "，".join(f"{name}{yuan(fen)}元" for name, fen in figures.items())
        self.setAccessibleName(f"{words}；{self._fund}")
        self.setToolTip(means.name)


class _Bar(QWidget):
    """The parts of a budget side by side; where they go beyond it, a red line stands at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[int] = []
        self._budget = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(18))

    def show_parts(self, parts: list[int], budget_fen: int) -> None:
        self._parts, self._budget = [max(part, 0) for part in parts], max(budget_fen, 0)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(px(200), px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the parts from the left."""
        del event
        painter = QPainter(self)
        whole = max(sum(self._parts), self._budget, 1)
        left, wide = 0.0, self.width() - 1
        for name, part in zip(_PARTS, self._parts, strict=False):
            _paint(painter, QRectF(left, 0, wide * part / whole, self.height() - 1), name)
            left += wide * part / whole
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(Colour.DEEP))
        painter.drawRect(QRectF(0, 0, wide, self.height() - 1))
        if sum(self._parts) > self._budget:
            painter.fillRect(round(wide * self._budget / whole), 0, px(3), self.height(), QColor(Colour.RED))
        painter.end()


class _Swatch(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(px(14), px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a little of the part."""
        del event
        painter = QPainter(self)
        _paint(painter, QRectF(0, 0, self.width() - 1, self.height() - 1), self._name)
        painter.end()


def _paint(painter: QPainter, box: QRectF, name: str) -> None:
    ground, pattern, ink = _PARTS[name]
    if box.width() <= 0:
        return
    painter.setPen(QColor(Colour.DEEP))
    painter.setBrush(QColor(ground))
    painter.drawRect(box)
    if pattern is not None:
        painter.setBrush(QBrush(QColor(ink), pattern))
        painter.drawRect(box)
