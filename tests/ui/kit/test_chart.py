"""A chart in the window shows its bars in colour, fits its place and says its figures."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.reports.sheet import Bar, Chart
from villagedesk.reports.svg import chart_svg
from villagedesk.ui.kit.chart import COLOURS, ChartView, figures
from villagedesk.ui.theme import Colour, dress

CHART = Chart(
    ("同意", "反对", "弃权"),
    (Bar("项目征集方案", (38, 2, 1), "同意38票，反对2票，弃权1票"), Bar("管护人员名单和报酬标准", (20, 15, 6))),
    "表决结果",
)


def standing(qtbot: QtBot, width: int = 640) -> tuple[QWidget, ChartView]:
    """Return a window with a chart in it, and the chart; the window must be kept while the chart is used."""
    window = QWidget()
    qtbot.addWidget(window)
    view = ChartView(CHART)
    layout = QVBoxLayout(window)
    layout.addWidget(view)
    layout.addStretch()
    window.resize(width, 500)
    window.show()
    QApplication.processEvents()
    return window, view


def coloured(picture: QImage, colour: str) -> int:
    wanted = QColor(colour).rgb()
    return sum(picture.pixel(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))


def test_qt_reads_the_picture() -> None:
    svg, height = chart_svg(CHART, 500, 14, COLOURS)
    renderer = QSvgRenderer(svg.encode())
    assert renderer.isValid()
    assert (renderer.defaultSize().width(), renderer.defaultSize().height()) == (500, int(height))


def test_the_bars_are_painted_in_their_colours(qtbot: QtBot) -> None:
    _window, view = standing(qtbot)
    picture = view.grab().toImage()
    assert coloured(picture, Colour.GREEN) > coloured(picture, Colour.CARD) > 300


def test_the_text_is_painted(qtbot: QtBot) -> None:
    _window, view = standing(qtbot)
    picture = view.grab().toImage()
    left = picture.copy(0, 0, picture.width() // 4, picture.height())
    dark = [QColor(left.pixel(x, y)).lightness() < 46 for x in range(left.width()) for y in range(left.height())]
    assert sum(dark) > 60


def test_it_takes_the_height_it_needs(qtbot: QtBot) -> None:
    broad, wide = standing(qtbot, 900)
    slim, narrow = standing(qtbot, 330)
    assert wide.height() == wide.heightForWidth(wide.width())
    assert narrow.height() == narrow.heightForWidth(narrow.width()) > wide.height()
    assert (broad.width(), slim.width()) == (900, 330)


def test_it_grows_with_the_text(qtbot: QtBot, qapp: QApplication) -> None:
    window, view = standing(qtbot, 900)
    before = view.height()
    try:
        dress(qapp, 150)
        qtbot.waitUntil(lambda: view.height() > 1.3 * before)
    finally:
        dress(qapp, 100)
        window.close()


def test_it_says_its_figures() -> None:
    assert figures(CHART) == (
        "表决结果：项目征集方案，同意38票，反对2票，弃权1票；管护人员名单和报酬标准，同意20、反对15、弃权6"
    )


def test_another_chart_takes_its_place(qtbot: QtBot) -> None:
    _window, view = standing(qtbot)
    assert view.accessibleName() == figures(CHART)
    view.show_chart(Chart(("支出",), (Bar("一组", (5,), "5元"),)))
    assert view.accessibleName() == "一组，5元"
    assert coloured(view.grab().toImage(), Colour.LEAF) == 0


@pytest.mark.parametrize("chart", [Chart((), ()), Chart(("支出",), (Bar("张𫝀", (0,)),))])
def test_any_chart_is_shown(qtbot: QtBot, chart: Chart) -> None:
    view = ChartView(chart)
    qtbot.addWidget(view)
    view.resize(400, max(view.heightForWidth(400), 30))
    assert not view.grab().isNull()
