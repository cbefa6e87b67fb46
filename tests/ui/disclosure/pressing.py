"""Opening the page of notices and pressing what a person presses."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.page import DisclosurePage
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.page import Context


def opened(qtbot: QtBot, desk: Desk) -> Iterator[DisclosurePage]:
    """Open the page on a desk and put it away afterwards."""
    made = DisclosurePage(Context(desk, lambda _key, _record: None, lambda: False))
    qtbot.addWidget(made)
    made.resize(1128, 640)
    made.show()
    desk.on_change(lambda changed: made.refresh(changed.tables) if made.tables & changed.tables else None)
    yield made
    while made.back(ask=False):
        pass
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def top(page: DisclosurePage) -> QWidget:
    """Return what lies on top."""
    shown = page._stack.currentWidget()
    assert shown
    return shown


def form(page: DisclosurePage) -> Form:
    """Return the form on top."""
    shown = top(page)
    assert isinstance(shown, Form)
    return shown


def offered(page: DisclosurePage) -> list[str]:
    """Return what stands at the head."""
    return [each.text() for each in page.actions_now()]


def green(page: DisclosurePage) -> list[str]:
    """Return what stands there in green."""
    return [each.text() for each in page.actions_now() if each.property("kind") == "primary"]


def press(page: DisclosurePage, text: str) -> None:
    """Press an action at the head."""
    action: QAction = next(each for each in page.actions_now() if each.text() == text)
    action.trigger()


def save(qtbot: QtBot, page: DisclosurePage) -> None:
    """Save the form on top and wait until its deed is done."""
    there = form(page)
    assert there.try_save()
    qtbot.waitUntil(lambda: page._stack.currentWidget() is not there, timeout=20_000)


def words(widget: QWidget) -> str:
    """Return all that can be read on a widget."""
    badges = [badge.text() for badge in widget.findChildren(Badge)]
    return "\n".join([label.text() for label in widget.findChildren(QLabel)] + badges)


def state(desk: Desk, notice: Notice) -> NoticeState:
    """Return a notice's state as it is now."""
    return desk.get(Notice, notice.id).state
