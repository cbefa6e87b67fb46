"""The line above a page: 返回, the title, and the page's actions with the prominent one at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from villagedesk.ui.kit.buttons import button, button_for
from villagedesk.ui.kit.text import ElidedLabel
from villagedesk.ui.theme import gap, line, px


class TitleBar(QWidget):
    """Title and actions. What is rare or finds no room goes into 更多; the prominent action always stands."""

    back_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(line(42))
        self._back = button("返回", self.back_pressed.emit, icon="back")
        self._title = ElidedLabel(name="pageTitle")
        self._more = button("更多", kind="", icon="more")
        self._more.setMenu(QMenu(self._more))
        self._shown: list[tuple[QAction, QPushButton]] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap(10))
        self._line.addWidget(self._back)
        self._line.addWidget(self._title, 1)
        self._line.addWidget(self._more)

    def show_page(self, title: str, below: str, actions: Sequence[QAction]) -> None:
        """Show a title and its actions; ``below`` names where 返回 leads ("" for nowhere)."""
        self._title.setText(title)
        self._back.setVisible(bool(below))
        self._back.setToolTip(f"返回{below}（Esc）")
        window = self.window()
        for action, made in self._shown:
            window.removeAction(action)
            self._line.removeWidget(made)
            made.hide()
            made.deleteLater()
        ordered = sorted(actions, key=_place)
        self._shown = [(action, button_for(action)) for action in ordered]
        for action, made in self._shown:
            window.addAction(action)
            self._line.addWidget(made)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move actions into 更多 and out of it as room allows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - px(160) - (self._back.sizeHint().width() if self._back.isVisible() else 0)
        visible = [pair for pair in self._shown if pair[0].isVisible()]
        widths = [made.sizeHint().width() + gap(10) for _, made in visible]
        first = sum(bool(action.property("rare")) for action, _ in visible)
        more = self._more.sizeHint().width() + gap(10)
        while first < len(visible) - 1 and sum(widths[first:]) + (more if first else 0) > room:
            first += 1
        menu = self._more.menu()
        menu.clear()
        for place, (action, made) in enumerate(visible):
            made.setVisible(place >= first)
            if place < first:
                menu.addAction(action)
        self._more.setVisible(first > 0)


def _place(action: QAction) -> tuple[bool, bool]:
    """Return where an action stands: the rare ones first, which is under 更多, the prominent one last."""
    return action.property("kind") == "primary", not action.property("rare")
