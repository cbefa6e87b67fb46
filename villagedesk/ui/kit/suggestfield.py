"""A line of text that proposes what was written before; anything else may be typed all the same."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from villagedesk.ui.kit.fields import TextField
from villagedesk.ui.theme import line, styled

MOST = 8
"""Proposals shown at once."""


class SuggestField(TextField):
    """One line of text with proposals below: ↓ and Enter take one, Esc puts them away, typing on ignores them.

    Where only letters are typed, they are initials: the first proposal is chosen already and Enter takes it.

    The proposals never take the keyboard, so that an input method goes on composing while they stand there.
    """

    _is_ready = False
    """Events come while the field is still being laid out."""

    def __init__(
        self,
        name: str,
        label: str,
        find: Callable[[str], Sequence[str]],
        *,
        hint: str = "",
        optional: bool = False,
        sample: str = "",
    ) -> None:
        """``find`` returns what fits the typed text, the likeliest first."""
        super().__init__(name, label, hint=hint, optional=optional, sample=sample)
        self._find = find
        self._model = QStringListModel(self)
        self._list = styled(QListView(self), "suggestions")
        self._list.setWindowFlags(Qt.WindowType.ToolTip)
        self._list.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._list.setModel(self._model)
        self._list.setAccessibleName(f"{label}：以前写过的")
        self._list.pressed.connect(lambda index: self._take(index.row()))
        self._line.textEdited.connect(self._propose)
        self._is_ready = True

    def proposals(self) -> list[str]:
        """Return what is proposed now."""
        return self._model.stringList() if self._list.isVisible() else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move among the proposals and take one; put them away when the focus or the window goes."""
        if self._is_ready and watched is self._line and self._list.isVisible():
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._on_key(event):
                return True
            if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Move):
                self._list.hide()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Do what a key means to the proposals; tell whether it meant anything."""
        row, last = self._list.currentIndex().row(), self._model.rowCount() - 1
        if event.key() == Qt.Key.Key_Down:
            self._list.setCurrentIndex(self._model.index(min(row + 1, last)))
        elif event.key() == Qt.Key.Key_Up and row >= 0:
            self._list.setCurrentIndex(self._model.index(max(row - 1, 0)))
        elif event.key() == Qt.Key.Key_Escape:
            self._list.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self._take(row)
        else:
            return False
        return True

    def _propose(self, typed: str) -> None:
        wanted = typed.strip()
        found = [proposal for proposal in self._find(wanted) if proposal != wanted][:MOST] if wanted else []
        self._model.setStringList(found)
        self._list.clearSelection()
        self._list.setCurrentIndex(self._model.index(0 if _is_initials(wanted) else -1))
        if not found:
            self._list.hide()
            return
        height = max(self._list.sizeHintForRow(0), line(38))
        self._list.setFixedSize(self._line.width(), height * len(found) + 4)
        self._list.move(self._line.mapToGlobal(QPoint(0, self._line.height() + 2)))
        self._list.show()

    def _take(self, row: int) -> None:
        self._line.setText(self._model.stringList()[row])
        self._list.hide()
        self.edited.emit()


def _is_initials(typed: str) -> bool:
    return typed.isascii() and typed.isalpha()
