"""A popup under the widget it belongs to, or above it where there is no room below."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def drop_down(popup: QWidget, under: QWidget) -> None:
    """Show ``popup`` below ``under``, wholly on its screen. Give it its size first."""
    popup.setParent(under, Qt.WindowType.Popup)
    popup.adjustSize()
    room = under.screen().availableGeometry()
    below = under.mapToGlobal(QPoint(0, under.height() + 2))
    top = below.y()
    if top + popup.height() > room.bottom():
        top = max(room.top(), under.mapToGlobal(QPoint(0, -2)).y() - popup.height())
    left = max(room.left(), min(below.x(), room.right() - popup.width()))
    popup.move(left, top)
    popup.show()
    popup.setFocus()
