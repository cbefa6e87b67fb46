"""Two things to look at: side by side, or one at a time where they find no room (large type, narrow window)."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.ui.kit.buttons import Segments
from villagedesk.ui.theme import gap, px


class Sides(QWidget):
    """A first and a second side. ``least`` pixels wide is what both need at 100 % text; below it one chooses.

    ``names`` are what the two are called then. It begins with one side, so that both never widen the window.
    ``turned`` says that it went from one to both, or back.
    """

    turned = Signal(bool)

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        names: tuple[str, str],
        *,
        least: int = 1000,
        shares: tuple[int, int] = (1, 1),
    ) -> None:
        super().__init__()
        self._first, self._second, self._least = first, second, least
        self._has_room: bool | None = None
        self._choice = Segments([("first", names[0]), ("second", names[1])], "看哪一边")
        self._choice.picked.connect(lambda _key: self._show())
        across = QHBoxLayout()
        across.setSpacing(gap(16))
        across.addWidget(first, shares[0])
        across.addWidget(second, shares[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(10))
        column.addWidget(self._choice)
        column.addLayout(across, 1)
        self.setFocusProxy(first)
        self._turn(has_room=False)

    @property
    def has_room(self) -> bool:
        """Whether both sides are shown."""
        return bool(self._has_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both sides, or one, as the room allows."""
        super().resizeEvent(event)
        self._turn(has_room=self.width() >= px(self._least))

    def _turn(self, *, has_room: bool) -> None:
        if has_room != self._has_room:
            self._has_room = has_room
            self._choice.setVisible(not has_room)
            self._show()
            self.turned.emit(has_room)

    def _show(self) -> None:
        key = self._choice.key()
        self._first.setVisible(self.has_room or key == "first")
        self._second.setVisible(self.has_room or key == "second")
