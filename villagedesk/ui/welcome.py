"""The first page, before a desk is open: open one, lay out a new one, or practise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import Scrolling
from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.text import ElidedLabel, label
from villagedesk.ui.theme import Colour, gap, px, styled


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be done before a desk is open. ``recent`` are the desks that were open before, latest first."""

    open: Callable[[], object]
    create: Callable[[], object]
    practise: Callable[[], object]
    open_at: Callable[[Path], object]
    restore: Callable[[], object]
    recent: Sequence[tuple[str, Path]] = ()


class Welcome(QWidget):
    """Three doors, and the desks that were open before."""

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        doors = QHBoxLayout()
        doors.setSpacing(gap(18))
        first = Door("folder", "打开账本", "已经有账本，选它的文件夹。", "选文件夹", ways.open, primary=True)
        doors.addWidget(first, 1)
        doors.addWidget(Door("sprout", "新建账本", "第一次用，给本村或乡镇建一本。", "开始建账", ways.create), 1)
        doors.addWidget(
            Door("edit", "练习村", "先拿一个假的村子练手，随便按，不会弄坏真账。", "去练习", ways.practise), 1
        )
        middle = QVBoxLayout()
        middle.setSpacing(gap(12))
        middle.addStretch(2)
        middle.addLayout(_greeting())
        middle.addSpacing(gap(14))
        middle.addLayout(doors)
        restore = button("电脑坏过，有备份？从备份恢复", ways.restore, kind="link", icon="undo")
        middle.addWidget(restore, 0, Qt.AlignmentFlag.AlignLeft)
        if ways.recent:
            middle.addSpacing(gap(8))
            middle.addWidget(_recent(ways))
        middle.addStretch(3)
        holder = QWidget()
        holder.setMaximumWidth(px(980))
        holder.setLayout(middle)
        across = QHBoxLayout()
        across.setContentsMargins(gap(32), gap(16), gap(32), gap(16))
        across.addStretch(0)
        across.addWidget(holder, 1)
        across.addStretch(0)
        scrolling = Scrolling()
        scrolling.body.addLayout(across, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling)
        self.setFocusProxy(first)


class Door(QFrame):
    """A large card that leads somewhere. The whole card can be pressed."""

    def __init__(
        self, drawing: str, title: str, sentence: str, verb: str, act: Callable[[], object], *, primary: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName("door")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._act = act
        sign = QLabel()
        sign.setPixmap(picture(drawing, Colour.GREEN, 40))
        press = button(verb, act, kind="primary" if primary else "")
        press.setAccessibleName(f"{title}：{verb}")
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(22), gap(22), gap(22), gap(20))
        column.setSpacing(gap(8))
        column.addWidget(sign)
        column.addWidget(label(title, "recordTitle"))
        column.addWidget(label(sentence, "soft", wrap=True))
        column.addStretch(1)
        column.addSpacing(gap(8))
        column.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(press)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if self.rect().contains(event.position().toPoint()):
            self._act()


class _RecentDesk(QFrame):
    def __init__(self, name: str, folder: Path, act: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("recent")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"打开{name}，{folder}")
        self._act = act
        sign = QLabel()
        sign.setPixmap(picture("book", Colour.GREEN, 22))
        line = QHBoxLayout(self)
        line.setContentsMargins(gap(14), gap(10), gap(14), gap(10))
        line.setSpacing(gap(12))
        line.addWidget(sign)
        line.addWidget(label(name))
        line.addWidget(ElidedLabel(str(folder), "small"), 1)
        arrow = QLabel()
        arrow.setPixmap(picture("forward", Colour.SOFT, 20))
        line.addWidget(arrow)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        if self.rect().contains(event.position().toPoint()):
            self._act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open it with Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._act()
        else:
            super().keyPressEvent(event)


def _greeting() -> QHBoxLayout:
    mountain = QLabel()
    mountain.setPixmap(picture("mountain", Colour.GREEN, 56))
    words = QVBoxLayout()
    words.setSpacing(gap(2))
    words.addWidget(label("村务公开账", "welcomeTitle"))
    words.addWidget(label("村里的钱，一笔一笔记清楚，晒明白。", "soft"))
    line = QHBoxLayout()
    line.setSpacing(gap(16))
    line.addWidget(mountain)
    line.addLayout(words, 1)
    return line


def _recent(ways: Ways) -> QWidget:
    card = styled(QFrame(), "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(gap(8), gap(12), gap(8), gap(8))
    column.setSpacing(gap(2))
    head = label("最近打开过", "label")
    head.setContentsMargins(gap(14), 0, 0, gap(4))
    column.addWidget(head)
    for name, folder in ways.recent[:3]:
        column.addWidget(_RecentDesk(name, folder, lambda folder=folder: ways.open_at(folder)))  # type: ignore[misc]
    return card
