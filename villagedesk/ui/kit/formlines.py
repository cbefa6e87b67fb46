"""The lines of a form: what stands side by side, and turns where it finds no room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from villagedesk.ui.kit.fields import Field
from villagedesk.ui.theme import gap

Part = Field | str | QWidget | tuple[Field, ...]
"""What a form is laid out of."""


def fields_of(part: Part) -> tuple[Field, ...]:
    """Return the fields of a part, none of a heading or another widget."""
    if isinstance(part, tuple):
        return part
    return (part,) if isinstance(part, Field) else ()


class FieldLine(QWidget):
    """Fields side by side, or one below the other where they find no room."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self._fields = fields
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap(24))
        for field in fields:
            self._box.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            field.installEventFilter(self)
        if self._is_empty():
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go when the last of the fields is hidden, and come back with the first that is shown."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setHidden(self._is_empty())
        return super().eventFilter(watched, event)

    def _is_empty(self) -> bool:
        return all(field.isHidden() for field in self._fields)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the room asks for it."""
        super().resizeEvent(event)
        needed = sum(field.minimumSizeHint().width() + gap(24) for field in self._fields) - gap(24)
        is_narrow = self.width() < needed
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        self._box.setSpacing(gap(16) if is_narrow else gap(24))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest field, since they may stand one below the other."""
        widest = max(field.minimumSizeHint().width() for field in self._fields)
        return QSize(widest, super().minimumSizeHint().height())
