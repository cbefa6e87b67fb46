"""Things to press: actions of a page, the buttons that follow them, plain buttons and segments."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from villagedesk.ui.kit.icons import icon as line_icon
from villagedesk.ui.theme import Colour, px

_ICON_INK = {"primary": Colour.CARD, "danger": Colour.RED, "link": Colour.GREEN}


def action(
    parent: QWidget,
    text: str,
    act: Callable[[], object],
    *,
    icon: str = "",
    shortcut: str = "",
    kind: str = "",
    hint: str = "",
    is_rare: bool = False,
) -> QAction:
    """Return an action of a page.

    ``kind`` is "primary" for the one prominent action, "danger" for one that cannot be taken back, or "".
    ``shortcut`` is written as Qt does ("Ctrl+N"; a primary action has Ctrl+Enter when it names none); ``hint`` is one
    sentence shown when the mouse rests on it. A rare one always stands under 更多.
    """
    shortcut = shortcut or ("Ctrl+Return" if kind == "primary" else "")
    made = QAction(text, parent)
    made.setProperty("kind", kind)
    made.setProperty("drawing", icon)
    made.setProperty("rare", is_rare)
    if icon:
        made.setIcon(line_icon(icon))
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
    keys = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(f"{hint or text}（{keys}）" if keys else hint or text)
    made.triggered.connect(lambda: act())
    return made


def button(text: str, act: Callable[[], object] | None = None, *, kind: str = "", icon: str = "") -> QPushButton:
    """Return a button. ``kind`` is "primary", "danger", "flat", "link" or "" for the plain one."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    _put_icon(made, icon, kind)
    if act:
        made.clicked.connect(lambda: act())
    return made


def icon_button(name: str, icon: str, act: Callable[[], object] | None = None) -> QPushButton:
    """Return a small button that shows only an icon; ``name`` is its tool tip and its name for screen readers."""
    made = button("", act, kind="flat", icon=icon)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def button_for(action: QAction) -> QPushButton:
    """Return a button that presses an action and follows its text, state and visibility."""
    kind = str(action.property("kind") or "")
    made = button(action.text(), action.trigger, kind=kind, icon=str(action.property("drawing") or ""))

    def follow() -> None:
        made.setText(action.text())
        made.setAccessibleName(action.text())
        made.setToolTip(action.toolTip())
        made.setEnabled(action.isEnabled())
        made.setVisible(action.isVisible())

    made.setToolTip(action.toolTip())
    made.setEnabled(action.isEnabled())
    action.changed.connect(follow)
    made.destroyed.connect(lambda: _forget(action, follow))
    return made


class Segments(QWidget):
    """A few choices side by side, one of them pressed: 全部 | 待审核 | 已付. ``picked`` carries its key."""

    picked = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str = "筛选") -> None:
        """``choices`` are (key, label); the first is pressed."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in choices]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (_, label) in enumerate(choices):
            part = button(label, kind="segment")
            part.setCheckable(True)
            part.setProperty("place", "first" if place == 0 else "last" if place == len(choices) - 1 else "")
            self._group.addButton(part, place)
            row.addWidget(part)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda place: self.picked.emit(self._keys[place]))

    def key(self) -> str:
        """Return the key of the pressed choice."""
        return self._keys[self._group.checkedId()]

    def pick(self, key: str) -> None:
        """Press a choice, as a click would."""
        self._group.button(self._keys.index(key)).click()

    def press(self, key: str) -> None:
        """Show a choice as pressed without telling anybody."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def relabel(self, key: str, label: str) -> None:
        """Give a choice another label, such as one with a number: 待审核 3."""
        part = self._group.button(self._keys.index(key))
        part.setText(label)
        part.setAccessibleName(label)


def row(*widgets: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Return widgets side by side; None stands for the stretch between them."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            made.addStretch(1)
        else:
            made.addWidget(widget)
    return made


def _put_icon(made: QPushButton, icon: str, kind: str) -> None:
    if icon:
        after = 5 if made.text() else 0
        colour = _ICON_INK.get(kind, Colour.INK)
        disabled = Colour.CARD if kind == "primary" else ""
        made.setIcon(line_icon(icon, colour, disabled=disabled, after=after))
        made.setIconSize(QSize(px(20 + after), px(20)))


def _forget(action: QAction, follow: Callable[[], None]) -> None:
    with suppress(RuntimeError, TypeError):
        action.changed.disconnect(follow)
