"""The program's line icons, drawn in any colour at any size."""

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from villagedesk.kernel.places import own_file
from villagedesk.ui.theme import Colour, px


def icon(name: str, colour: str = Colour.INK, *, disabled: str = "", size: float = 20, after: float = 0) -> QIcon:
    """Return the icon ``resources/icons/NAME.svg``. ``size``, and the space ``after`` it, are in pixels at 100 % text.

    Raises FileNotFoundError when there is no such icon.
    """
    made = QIcon(_spaced(picture(name, colour, size), after))
    if disabled:
        made.addPixmap(_spaced(picture(name, disabled, size), after), QIcon.Mode.Disabled)
    return made


def picture(name: str, colour: str = Colour.INK, size: float = 20) -> QPixmap:
    """Return the icon as a picture, sharp on this screen. ``size`` is in pixels at 100 % text."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    side = round(px(size) * ratio)
    made, key = QPixmap(), f"{name} {colour} {side} {ratio}"
    if not QPixmapCache.find(key, made):
        made = _drawn(name, colour, side)
        made.setDevicePixelRatio(ratio)
        QPixmapCache.insert(key, made)
    return made


def _drawn(name: str, colour: str, side: int) -> QPixmap:
    drawing = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    drawing.render(painter)
    painter.end()
    return made


def _spaced(drawn: QPixmap, after: float) -> QPixmap:
    if not after:
        return drawn
    ratio = drawn.devicePixelRatio()
    wide = QPixmap(drawn.width() + round(px(after) * ratio), drawn.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wide


@cache
def _drawing(name: str) -> str:
    return own_file(f"resources/icons/{name}.svg").read_text("utf-8")
