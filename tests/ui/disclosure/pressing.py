"""Opening the page of notices and pressing what a person presses."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.opening import form
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.page import DisclosurePage
from villagedesk.ui.kit.badges import Badge


def green(page: DisclosurePage) -> list[str]:
    """Return what stands there in green."""
    return [each.text() for each in page.actions_now() if each.property("kind") == "primary"]


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
