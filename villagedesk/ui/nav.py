"""The pages' names at the left: icon, word, keys, and how much waits there."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from villagedesk.ui.kit.icons import icon
from villagedesk.ui.kit.page import PageSpec
from villagedesk.ui.theme import Colour, gap, px, styled


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
        column.setSpacing(gap(4))
        self._foot = QVBoxLayout()
        self._foot.setSpacing(gap(4))
        for place, spec in enumerate(specs, start=1):
            item = _Item(spec, f"Ctrl+{place}" if place < 10 else "")
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
        whole.setContentsMargins(gap(10), gap(12), gap(10), gap(8))
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
        foot = styled(QPushButton(f" {text}"), "navItem")
        foot.setFixedHeight(item_height(foot))
        foot.setIcon(icon(icon_name, "#B9D1C5", size=22))
        foot.setIconSize(QSize(px(22), px(22)))
        foot.setToolTip(f"{text}（{keys}）")
        foot.setAccessibleName(text)
        foot.setCursor(Qt.CursorShape.PointingHandCursor)
        foot.clicked.connect(lambda: act())
        window = self.parentWidget() or self
        QShortcut(QKeySequence(keys), window, act)
        self._foot.addWidget(foot)


class _Item(QPushButton):
    def __init__(self, spec: PageSpec, keys: str) -> None:
        super().__init__(f" {spec.title}")
        self.setObjectName("navItem")
        self.setFixedHeight(item_height(self))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(px(22), px(22)))
        self.setToolTip(f"{spec.title}（{keys}）" if keys else spec.title)
        self._spec = spec
        self._badge = styled(QLabel(), "navBadge")
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._badge.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, gap(8), 0)
        line.addStretch(1)
        line.addWidget(self._badge)
        self.badge(0)
        self.mark(False)

    def mark(self, current: bool) -> None:
        self.setChecked(current)
        self.setIcon(icon(self._spec.icon, Colour.DEEP if current else "#B9D1C5", size=22))

    def badge(self, count: int) -> None:
        self._badge.setText(str(count) if count < 1000 else "999+")
        self._badge.setVisible(count > 0)
        self.setAccessibleName(f"{self._spec.title}，{count} 件待办" if count else self._spec.title)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(px(40), 0)


def item_height(item: QPushButton) -> int:
    """Return the height of an entry: roomy at 100 %, close at 200 %, so that all find room at 768 pixels."""
    return max(44, item.fontMetrics().height() + gap(8))
