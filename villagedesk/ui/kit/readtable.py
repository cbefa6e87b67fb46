"""A small table to read inside a record: a few rows, no scrolling, cells that wrap."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.cards import rule
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap

Cell = str | tuple[str, Tone] | QWidget
"""A text, a badge with its tone, or a widget, such as a link, that has its own name."""


class ReadTable(QWidget):
    """Rows under heads. ``wide`` names the columns that take the room; ``amounts`` those that stand at the right."""

    def __init__(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        wide: Sequence[int] = (),
        amounts: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap(20))
        self._grid.setVerticalSpacing(gap(8))
        self._right = frozenset(amounts)
        for column, head in enumerate(heads):
            self._put(label(head, "label"), 0, column)
            self._grid.setColumnStretch(column, 1 if column in wide else 0)
        for place, row in enumerate(rows):
            self._grid.addWidget(rule(), 2 * place + 1, 0, 1, len(heads))
            for column, cell in enumerate(row):
                shown = cell if isinstance(cell, QWidget) else _read(heads[column], cell, wrap=column in wide)
                self._put(shown, 2 * place + 2, column)

    def _put(self, shown: QWidget, row: int, column: int) -> None:
        side = Qt.AlignmentFlag.AlignRight if column in self._right else Qt.AlignmentFlag(0)
        upright = Qt.AlignmentFlag.AlignVCenter if side or isinstance(shown, Badge) else Qt.AlignmentFlag(0)
        self._grid.addWidget(shown, row, column, side | upright)


def _read(head: str, cell: str | tuple[str, Tone], *, wrap: bool) -> QWidget:
    shown = label(cell, wrap=wrap, selectable=True) if isinstance(cell, str) else Badge(*cell)
    shown.setAccessibleName(f"{head}：{cell if isinstance(cell, str) else cell[0]}")
    return shown
