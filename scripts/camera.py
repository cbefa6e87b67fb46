"""The window, somebody who works in it, and a camera: what the manual's pictures are taken with."""

import io
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QPoint, QTimer, QtMsgType
from PySide6.QtGui import QAction, QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from villagedesk.app.practice import facts
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.storage.desk import Desk
from villagedesk.ui import house
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.page import Page
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.pages import PAGES
from villagedesk.ui.shell import Shell
from villagedesk.ui.start import House, Window
from villagedesk.village.usecases import sign_in

SIZE = (1366, 760)
"""Pixels of the window in the pictures: the small screen of an old PC."""
COLOURS = 128
"""Colours kept in a picture; the window has few."""
LONGEST = 20_000
"""Milliseconds that something on a worker may take."""
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)


class Camera:
    """The window, and what a person does in it before a picture is taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.window = Window(_house(), PAGES)
        self.window.resize(*SIZE)
        self.window.show()

    @property
    def shell(self) -> Shell:
        """The frame of the open desk."""
        assert self.window.shell
        return self.window.shell

    @property
    def page(self) -> Page:
        """The page that is shown."""
        assert self.shell.current
        return self.shell.current

    def open(self, folder: Path, person: str) -> Desk:
        """Open a desk and let somebody sign in."""
        desk = Desk.open(folder, clock=SetClock(NOW))
        sign_in(desk, person, facts.PASSWORD)
        self.window.show_desk(desk)
        return desk

    def go(self, key: str, record: str = "") -> None:
        """Show a page, at a record if one is named."""
        while self.page.steps_in and self.page.back(ask=False):
            pass
        self.shell.go(key, record)
        settle()

    def press(self, text: str) -> None:
        """Press the action of this name at the page's head."""
        self.action(text).trigger()
        settle()

    def action(self, text: str) -> QAction:
        """Return the action of this name."""
        return next(one for one in self.page.actions_now() if one.text() == text and one.isVisible())

    def fill(self, **values: Any) -> None:
        """Fill the form that lies on top, as if it was typed."""
        self.form.set_values(values)
        for name in values:
            self.form.fields[name].edited.emit()
        settle(400)

    @property
    def form(self) -> Form:
        """The form that lies on top."""
        return next(form for form in self.page.findChildren(Form) if form.isVisible())

    def preview(self) -> Preview:
        """Return the paper that is shown, once it is drawn."""
        until(lambda: any(each.isVisible() and each.page >= 0 for each in self.page.findChildren(Preview)))
        settle(400)
        return next(each for each in self.page.findChildren(Preview) if each.isVisible())

    def scroll(self, part: type[QWidget], pixels: int) -> None:
        """Move what is seen of a part of the page down by so much."""
        inside = next(each for each in self.page.findChildren(part) if each.isVisible())
        area = inside if isinstance(inside, QScrollArea) else inside.findChildren(QScrollArea)[0]
        bar = area.verticalScrollBar()
        bar.setValue(bar.value() + pixels)
        settle(600)

    def save(self, name: str) -> None:
        """Save what the window shows."""
        settle()
        _keep(self.window.grab(), self._folder / f"{name}.png")

    def save_dialog(self, name: str, ask: Callable[[], object]) -> None:
        """Save the window with the dialog over it that ``ask`` shows, and close that dialog."""
        seen: list[QPixmap] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                settle()
                seen.append(_over(self.window, dialog))
                dialog.reject()
            else:
                QTimer.singleShot(10, look)

        QTimer.singleShot(0, look)
        ask()
        _keep(seen[0], self._folder / f"{name}.png")


def _house() -> House:
    return House(
        open_desk=lambda folder: (Desk.open(folder), ""),
        create_desk=house.create_desk,
        make_practice=house.make_practice,
        recent=list,
        office=house.header,
        people=house.people,
        last_here=lambda _desk: None,
        sign_in=house.sign_in,
        sign_out=house.sign_out,
        restore_desk=house.restore_desk,
    )


def _over(window: QWidget, dialog: QWidget) -> QPixmap:
    """Return the window, dimmed, with the dialog in its middle."""
    whole, part = window.grab(), dialog.grab()
    painter = QPainter(whole)
    painter.fillRect(whole.rect(), QColor(0, 0, 0, 90))
    place = QPoint((whole.width() - part.width()) // 2, (whole.height() - part.height()) // 2)
    painter.drawPixmap(place, part)
    painter.end()
    return whole


def _keep(picture: QPixmap, path: Path) -> None:
    """Write a picture with few colours."""
    buffer = QBuffer()
    picture.save(buffer, "PNG")
    image = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)


def settle(milliseconds: int = 150) -> None:
    """Let timers and drawing come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(came: Callable[[], bool]) -> None:
    """Wait for what a worker does."""
    for _ in range(LONGEST // 50):
        settle(50)
        if came():
            return
    raise TimeoutError


def hear(kind: QtMsgType, _context: object, message: str) -> None:
    """Pass on what Qt complains of, but for what every window without a screen says."""
    if "propagateSizeHints" not in message:
        print(kind.name, message, file=sys.stderr)
