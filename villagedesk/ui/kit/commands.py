"""The list of everything that can be done here, with its keys (Ctrl+K)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QDialog, QVBoxLayout, QWidget

from villagedesk.ui.kit.rows import Column, RowModel
from villagedesk.ui.kit.searchline import SearchLine
from villagedesk.ui.kit.table import RowTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done, and the group it stands in."""

    group: str
    action: QAction

    @property
    def keys(self) -> str:
        """Its keys, as they are written on the keyboard."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


COLUMNS: tuple[Column[Command], ...] = (
    Column("name", "操作", lambda command: command.action.text()),
    Column("group", "在哪里", lambda command: command.group, 130),
    Column("keys", "按键", lambda command: command.keys, 130),
)


class Commands:
    """A ListSource of commands."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = [command for command in commands if command.action.isEnabled() and command.action.isVisible()]

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        """Return the places of the commands whose words fit."""
        return [place for place, command in enumerate(self._commands) if filter_text in command.action.text()]

    def rows(self, ids: Sequence[int]) -> list[Command]:
        """Return the commands."""
        return [self._commands[place] for place in ids]


class CommandList(QDialog):
    """Commands to search and press. The chosen one runs after the list has closed."""

    def __init__(self, parent: QWidget, commands: Sequence[Command]) -> None:
        super().__init__(parent)
        self.setWindowTitle("操作一览")
        self.resize(gap(680), gap(560))
        self._chosen: QAction | None = None
        self._find = SearchLine("查找操作", "想做什么？写一两个字")
        self._model = RowModel(COLUMNS, Commands(commands), self)
        self._table = RowTable(self._model, "操作")
        self._table.horizontalHeader().hide()
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(18), gap(20), gap(18))
        column.setSpacing(gap(12))
        column.addWidget(self._find)
        column.addWidget(self._table)
        column.addWidget(label("↑ ↓ 选择，Enter 执行，Esc 关闭", "hint"))
        self._find.textChanged.connect(self._narrow)
        self._table.clicked.connect(lambda index: self._pick(index.row()))
        self._narrow("")

    def exec(self) -> int:
        """Show the list, then run what was chosen."""
        result = super().exec()
        if self._chosen:
            self._chosen.trigger()
        return result

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows while the hands stay in the filter; Enter runs."""
        row = self._table.currentIndex().row()
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._go_to(row + (1 if event.key() == Qt.Key.Key_Down else -1))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pick(row)
        else:
            super().keyPressEvent(event)

    def _narrow(self, text: str) -> None:
        self._model.load(text.strip())
        self._go_to(0)

    def _go_to(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            self._table.selectRow(row)
            self._table.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)

    def _pick(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            self._chosen = self._model.row_at(row).action
            self.accept()
