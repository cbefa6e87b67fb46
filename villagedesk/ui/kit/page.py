"""What the shell shows: a page, its place in the registry, and what it is given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from villagedesk.storage.desk import Desk


@dataclass(frozen=True, slots=True)
class Context:
    """What a page is given: the desk, the way to other pages, and the way to sign in."""

    desk: "Desk"
    go: Callable[[str, str], None]
    """``go("payments", record_id)`` shows another page, at a record ("" for none)."""
    sign_in: Callable[[], bool]
    """Ask who is there; tell whether somebody is signed in afterwards."""


class Unfinished(QWidget):
    """What a person writes into. The page that lays it over itself says what it is, so that it can keep its text."""

    def keep_under(self, desk: "Desk", key: Sequence[str]) -> None:
        """Keep what is written from now on, and take up what was written the last time; ``key`` tells which it is."""
        raise NotImplementedError

    def put_by(self) -> None:
        """Keep what is written now: this goes."""
        raise NotImplementedError

    @property
    def is_kept(self) -> bool:
        """Whether nothing is lost when this goes."""
        raise NotImplementedError


class Page(QWidget):
    """One page of the window. Subclasses set ``title`` and ``tables``, show their first widget, and refresh.

    A page may lay widgets over one another: list → record → form. ``show_first`` lays the first,
    ``show_over`` the next, ``back`` takes the top one away. The shell draws the title, 返回 and the actions
    of the top one. Actions are made with ``buttons.action``.
    """

    title: str = ""
    tables: frozenset[str] = frozenset()
    """The tables this page shows; after a commit that touched one of them it is refreshed."""

    altered = Signal()
    """The title, the depth or the actions are others now."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._levels: list[_Level] = []
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def actions_now(self) -> Sequence[QAction]:
        """Return the actions of what is on top."""
        return self._levels[-1].actions if self._levels else ()

    def title_now(self) -> str:
        """Return the title of what is on top."""
        return self._levels[-1].title if self.steps_in else self.title

    @property
    def record(self) -> str:
        """The id of the record that is open, "" for none: what a form laid over the page is about."""
        return ""

    @property
    def steps_in(self) -> int:
        """How many widgets lie over the first one."""
        return max(0, len(self._levels) - 1)

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Look at the desk again. ``changed`` names the tables that were touched; None means everything."""

    def look_at(self, record: str) -> None:
        """Show a record that another page pointed at."""

    def show_first(self, widget: QWidget, actions: Sequence[QAction] = ()) -> None:
        """Lay the first widget of the page."""
        self._lay(_Level(self.title, widget, actions))

    def show_over(
        self,
        title: str,
        widget: QWidget,
        actions: Sequence[QAction] = (),
        *,
        may_leave: Callable[[], bool] = lambda: True,
        about: str | None = None,
    ) -> None:
        """Lay a widget over the present one. ``may_leave`` is asked before it goes (a form with unsaved input).

        What is written into it is kept under the page, the title and the record it is ``about``: by default the one
        that is open; give another where titles are alike, "" where it is about none.
        """
        level = _Level(title, widget, actions, may_leave)
        if isinstance(widget, Unfinished):
            desk = self.context.desk
            level.written_by = desk.actor
            widget.keep_under(desk, (type(self).__name__, title, self.record if about is None else about))
        self._lay(level)

    def back(self, *, ask: bool = True) -> bool:
        """Take the top widget away. Tell whether it went; it may refuse when ``ask`` is set."""
        if self.steps_in == 0 or (ask and not self._levels[-1].may_leave()):
            return False
        level = self._levels.pop()
        if isinstance(level.widget, Unfinished):
            level.widget.put_by()
        self._stack.removeWidget(level.widget)
        level.widget.hide()
        level.widget.deleteLater()
        self._stack.setCurrentWidget(self._levels[-1].widget)
        self.focus_top()
        self.altered.emit()
        return True

    def may_leave(self) -> bool:
        """Tell whether the person may go elsewhere now."""
        return not self._levels or self._levels[-1].may_leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc when nothing on top wanted it."""
        if event.key() == Qt.Key.Key_Escape and self.steps_in:
            self.back()
        else:
            super().keyPressEvent(event)

    def focus_top(self) -> None:
        """Put the keyboard where the person works: into what is on top, unless it is somebody else's writing."""
        if self._is_somebody_else_s() and self.back():
            return
        if self._levels:
            level = self._levels[-1]
            widget = level.focus if level.focus and shiboken6.isValid(level.focus) else level.widget
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_somebody_else_s(self) -> bool:
        """Tell whether what is on top is kept for somebody who is not there any more."""
        level = self._levels[-1] if self.steps_in else None
        if level is None or not isinstance(level.widget, Unfinished):
            return False
        return level.widget.is_kept and level.written_by != self.context.desk.actor

    def _lay(self, level: "_Level") -> None:
        if self._levels:
            self._levels[-1].focus = self.focusWidget()
        self._levels.append(level)
        self._stack.addWidget(level.widget)
        self._stack.setCurrentWidget(level.widget)
        level.widget.setFocus()
        self.altered.emit()


@dataclass(slots=True)
class _Level:
    title: str
    widget: QWidget
    actions: Sequence[QAction]
    may_leave: Callable[[], bool] = lambda: True
    focus: QWidget | None = None
    written_by: object = None
    """Who is signed in when it is laid."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page's place in the registry. ``factory`` is called when the page is shown for the first time."""

    key: str
    title: str
    icon: str
    factory: Callable[[Context], Page]
    todo: "Callable[[Desk], int] | None" = field(default=None)
    """Counts what waits here for the person, for the badge; must take no longer than a millisecond or two."""
    suits: "Callable[[Desk], bool]" = field(default=lambda _desk: True)
    """Tells whether a desk has this page: a village's or a township's."""
