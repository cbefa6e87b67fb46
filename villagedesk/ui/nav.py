"""The pages' names at the left: icon, word, keys, and how much waits there."""

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from villagedesk.ui.kit.icons import icon
from villagedesk.ui.kit.page import PageSpec
from villagedesk.ui.theme import Colour, gap, px, styled

_DIM = "#B9D1C5"
"""The icons of pages that are not open, on the dark green."""


def key_of(place: int) -> str:
    """Return the keys that show the page at a place: Ctrl and a figure, from the tenth on Alt and a figure again."""
    return f"Ctrl+{place}" if place < 10 else f"Alt+{place - 9}" if place < 19 else ""


class Nav(QFrame):
    """The column of pages. ``chosen`` carries the key of the page that was pressed."""

    chosen = Signal(str)

    def __init__(self, specs: Sequence[PageSpec]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAccessibleName("页面")
        self._items: dict[str, _Item] = {}
        pages = styled(QWidget(), "navPages")
        column = QVBoxLayout(pages)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(3)
        for place, spec in enumerate(specs, start=1):
            item = _Item(spec, key_of(place))
            item.clicked.connect(lambda _=False, key=spec.key: self.chosen.emit(key))
            self._items[spec.key] = item
            column.addWidget(item)
        column.addStretch(1)
        self._lay_out(pages)
        widest = max((item.sizeHint().width() for item in self._items.values()), default=0)
        self.setFixedWidth(max(px(150) + gap(36), widest + gap(20)))

    def _lay_out(self, pages: QWidget) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(pages)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(gap(10), 12, gap(10), 8)
        whole.addWidget(scroll, 1)
        whole.addLayout(self._foot)

    def mark(self, key: str) -> None:
        """Show which page is open."""
        for other, item in self._items.items():
            item.mark(other == key)

    def badge(self, key: str, count: int) -> None:
        """Show how many things wait on a page; 0 shows nothing."""
        self._items[key].badge(count)

    def add_foot(self, text: str, icon_name: str, act: Callable[[], None], keys: str) -> None:
        """Add an entry at the bottom, apart from the pages."""
        entry = _Entry(text, icon_name, keys)
        entry.clicked.connect(lambda: act())
        QShortcut(QKeySequence(keys), self.parentWidget() or self, act)
        self._foot.addWidget(entry)


class _Entry(QPushButton):
    """An icon and a word to press: roomy at 100 %, close at 200 %, so that all find room at 768 pixels."""

    def __init__(self, text: str, drawing: str, keys: str) -> None:
        super().__init__(f" {text}")
        self.setObjectName("navItem")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIcon(icon(drawing, _DIM, size=22))
        self.setIconSize(QSize(px(22), px(22)))
        self.setToolTip(f"{text}（{keys}）" if keys else text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Return a width with room for a badge. It never changes, and is asked for a hundred times while starting."""
        return self._roomy

    @cached_property
    def _roomy(self) -> QSize:
        return QSize(super().sizeHint().width() + px(40), max(44, self.fontMetrics().height() + gap(6)))


class _Item(_Entry):
    """A page's entry, with the number of things that wait there."""

    def __init__(self, spec: PageSpec, keys: str) -> None:
        super().__init__(spec.title, spec.icon, keys)
        self.setCheckable(True)
        self._spec, self._is_marked = spec, False
        self._badge: QLabel | None = None

    def mark(self, current: bool) -> None:
        """Show whether this is the page that is open."""
        if current != self._is_marked:
            self.setIcon(icon(self._spec.icon, Colour.DEEP if current else _DIM, size=22))
        self._is_marked = current
        self.setChecked(current)

    def badge(self, count: int) -> None:
        """Show how many things wait here."""
        if count or self._badge:
            self._badge = self._badge or self._make_badge()
            self._badge.setText(str(count) if count < 1000 else "999+")
            self._badge.setVisible(count > 0)
        self.setAccessibleName(f"{self._spec.title}，{count} 件待办" if count else self._spec.title)

    def _make_badge(self) -> QLabel:
        badge = styled(QLabel(), "navBadge")
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        badge.setStyleSheet(f"border-radius: {px(11)}px;")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, gap(8), 0)
        line.addStretch(1)
        line.addWidget(badge)
        return badge
