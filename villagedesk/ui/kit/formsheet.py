"""How a form stands: its lines to scroll through, its foot below them, and what stands aside where there is room."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from villagedesk.ui.kit.formlines import FieldLine, Part, fields_of
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap, px, styled

_WIDEST, _ASIDE, _ASIDE_LEAST = 900, 300, 1060
"""Pixels at 100 % text: how wide the lines and what stands aside are at most, and what both need together."""


def has_room(width: int) -> bool:
    """Tell whether a form of this width has room for what stands aside."""
    return width >= px(_ASIDE_LEAST)


class FormSheet(QWidget):
    """The lines of a form; see ``Form`` for what they are made of."""

    def __init__(self, rows: Sequence[Part], aside: QWidget | None, foot: QWidget) -> None:
        super().__init__()
        self._aside = aside
        lines = styled(QWidget(), "clear")
        self._lines = QVBoxLayout(lines)
        self._lines.setContentsMargins(gap(28), gap(22), gap(28), gap(24))
        self._lines.setSpacing(gap(16))
        for row in rows:
            if isinstance(row, str):
                self._lines.addWidget(label(row, "heading"))
            elif fields := fields_of(row):
                self._lines.addWidget(FieldLine(fields))
            elif isinstance(row, QWidget):
                self._lines.addWidget(row)
        self._lines.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(lines)
        card = styled(QFrame(), "card")
        card.setMaximumWidth(px(_WIDEST))
        whole = QVBoxLayout(card)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(foot)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(gap(16))
        self._across.addWidget(card, 1)
        if aside:
            self._lines.insertWidget(self._lines.count() - 1, aside)
        self._across.addStretch(0)

    @property
    def has_aside(self) -> bool:
        """Whether there is something to stand aside."""
        return self._aside is not None

    def put_first(self, note: QWidget) -> None:
        """Put something to know above all lines."""
        self._lines.insertWidget(0, note)

    def show_field(self, field: QWidget) -> None:
        """Scroll to where a field is seen."""
        self._scroll.ensureWidgetVisible(field, 0, gap(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what stands aside turn where the room asks for it."""
        super().resizeEvent(event)
        if self._aside is None:
            return
        may_stand, stands_aside = has_room(self.width()), self._across.indexOf(self._aside) >= 0
        if may_stand and not stands_aside:
            self._lines.removeWidget(self._aside)
            self._aside.setFixedWidth(px(_ASIDE))
            self._across.insertWidget(1, self._aside, 0, Qt.AlignmentFlag.AlignTop)
        elif stands_aside and not may_stand:
            self._across.removeWidget(self._aside)
            self._aside.setMinimumWidth(0)
            self._aside.setMaximumWidth(px(_WIDEST))
            self._lines.insertWidget(self._lines.count() - 1, self._aside)
