"""A chart on the screen: the same bars as on paper, in the window's colours, as wide as there is room."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagedesk.reports.sheet import Bar, Chart
from villagedesk.reports.svg import Colours, chart_svg
from villagedesk.ui.theme import Colour, px

COLOURS = Colours(ink=Colour.INK, line=Colour.DEEP, parts=(Colour.GREEN, Colour.LEAF, Colour.CARD, Colour.STRAW))
_TYPE = 15
"""Pixels of the type at 100 %."""
_WIDTH, _LEAST = 560, 280


class ChartView(QWidget):
    """Paints a chart; its accessible name says every figure. ``show_chart`` puts another in its place."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        self.setAccessibleName(figures(chart))
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return a comfortable width and the height that goes with it."""
        return QSize(px(_WIDTH), self.heightForWidth(px(_WIDTH)))

    def minimumSizeHint(self) -> QSize:
        """Return the least width that can be read, and the height of the present one."""
        return QSize(px(_LEAST), self.heightForWidth(max(self.width(), px(_LEAST))))

    def hasHeightForWidth(self) -> bool:
        """Labels wrap where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the chart in that width."""
        return round(chart_svg(self._chart, width, px(_TYPE))[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the chart out for the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange}:
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chart at the top."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, QRectF(0, 0, self.width(), self._height))
        painter.end()

    def _lay_out(self) -> None:
        svg, self._height = chart_svg(self._chart, max(self.width(), px(_LEAST)), px(_TYPE), COLOURS)
        self._renderer.load(svg.encode())
        self.updateGeometry()
        self.update()


def figures(chart: Chart) -> str:
    """Return what a chart says in words: its caption, and of each bar the label and the figures."""
    return "：".join(part for part in (chart.caption, "；".join(_said(bar, chart) for bar in chart.bars)) if part)


def _said(bar: Bar, chart: Chart) -> str:
    parts = "、".join(f"{name}{length}" for name, length in zip(chart.legend, bar.parts, strict=True))
    return f"{bar.label}，{bar.text or parts}"
