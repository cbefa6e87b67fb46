"""The list of what is to be done about the board: by which day, which notice, how far, and the next step to press."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.duties import COLUMNS, Duties, Duty
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.theme import Colour, face, gap, line

Index = QModelIndex | QPersistentModelIndex
_EMPTY = Empty("该公示的都公示了", "新的一期或新的事情到了，会自动排在这里。", "check-circle")
_STEP = len(COLUMNS) - 1


class DueList(Listing[Duty]):
    """One row for each thing to do. ``pressed`` carries the duty whose next step was pressed, by mouse or Enter."""

    pressed = Signal(object)

    def __init__(self, desk: Desk, slot: Callable[[], int]) -> None:
        self.source = Duties(desk, slot)
        super().__init__(COLUMNS, self.source, Texts("要办的公示", "份", "找公示的名称", _EMPTY))
        self.view.setItemDelegateForColumn(_STEP, _StepDelegate(self.view))
        self.view.clicked.connect(self._press)
        self.opened.connect(lambda _key: self._take(self.current_row()))

    def reload(self) -> None:
        """Look at the desk again."""
        self.source.look()
        super().reload()

    def _press(self, index: Index) -> None:
        if index.column() == _STEP:
            self._take(self.model.row_at(index.row()))

    def _take(self, duty: Duty | None) -> None:
        if duty:
            self.pressed.emit(duty)


class _StepDelegate(QStyledItemDelegate):
    """Draws the next step as a button; the click is the view's, Enter presses the chosen row's."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the words to ``paint``."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the button, nothing where it is somebody else's turn."""
        super().paint(painter, option, index)
        words = index.data()
        if not words:
            return
        height = line(32)
        top = option.rect.top() + (option.rect.height() - height) / 2
        box = QRectF(option.rect.left() + gap(6), top, option.rect.width() - gap(14), height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(Colour.GREEN))
        painter.setBrush(QColor(Colour.CARD))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(face(15))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{words} ›")
        painter.restore()
