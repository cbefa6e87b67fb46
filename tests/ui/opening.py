"""A page on a real desk, opened and refreshed as the shell does, and what a person presses on it."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.page import Context, Page

P = TypeVar("P", bound=Page)
Went = list[tuple[str, str]]
"""Where a page wanted to go: the other page, and the record on it."""


def opened(qtbot: QtBot, desk: Desk, make: Callable[[Context], P], went: Went | None = None) -> Iterator[P]:
    """Open a page on a desk and put it away afterwards. Who asks to sign in is refused."""
    to = [] if went is None else went
    page = make(Context(desk, lambda key, record: to.append((key, record)), lambda: False))
    qtbot.addWidget(page)
    yield shown(page, desk)
    put_away(page)


def shown(page: P, desk: Desk) -> P:
    """Show a page and refresh it after each change."""
    page.resize(1130, 640)
    page.show()
    desk.on_change(lambda changed: page.refresh(changed.tables) if page.tables & changed.tables else None)
    page.refresh(None)
    return page


def put_away(page: Page) -> None:
    """Take everything off a page before its desk is closed: a form's timers must not look at it then."""
    while page.back(ask=False):
        pass
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def top(page: Page) -> QWidget:
    """Return what lies on top."""
    shown = page._stack.currentWidget()
    assert shown
    return shown


def form(page: Page) -> Form:
    """Return the form on top."""
    shown = top(page)
    assert isinstance(shown, Form)
    return shown


def offered(page: Page) -> list[str]:
    """Return what stands at the head."""
    return [action.text() for action in page.actions_now()]


def named(page: Page, text: str) -> QAction:
    """Return the action with this text."""
    return next(action for action in page.actions_now() if action.text() == text)


def press(page: Page, text: str) -> None:
    """Press an action at the head."""
    named(page, text).trigger()
