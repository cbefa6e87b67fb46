"""Starting the window: the application, its look, and what stands in it: the welcome page or a desk."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from villagedesk.kernel.errors import NotSignedIn, VillageDeskError
from villagedesk.kernel.places import own_file
from villagedesk.ui.kit.page import PageSpec
from villagedesk.ui.shell import Office, Shell
from villagedesk.ui.textsize import choose_text_size, keep_text_size, kept_text_size
from villagedesk.ui.theme import dress

if TYPE_CHECKING:
    from villagedesk.kernel.progress import Progress
    from villagedesk.storage.desk import Changed, Desk

_PICTURED = (1366, 768)
"""Pixels of the window on pictures: the screen of an old laptop."""
_SETTLED = 400
"""Milliseconds after which everything on a page has found its place."""
_IN_USE = 1000
"""Milliseconds after which the first page is painted and its reader reads."""
_LOOK_ONLY = "现在只能看，不能办理"


@dataclass(frozen=True, slots=True)
class House:
    """What the window asks of the program behind it. The app fills it in; every call may raise VillageDeskError."""

    open_desk: "Callable[[Path], tuple[Desk, str]]"
    """Open a desk; the sentence says why it can only be looked at, "" when it can be written."""
    create_desk: "Callable[[QWidget], Desk | None]"
    """Ask what a new desk needs and lay it out; None when the person would rather not."""
    make_practice: "Callable[[Progress], Path]"
    """Return the folder of the practice village's desk, making it the first time. Called on a worker thread."""
    recent: Callable[[], Sequence[tuple[str, Path]]]
    """The desks that were open before: name and folder, latest first."""
    office: "Callable[[Desk], Office]"
    people: "Callable[[Desk], Sequence[tuple[str, str, str]]]"
    """Who may sign in: id, name, role."""
    last_here: "Callable[[Desk], str | None]"
    """The id of who worked here last; offered first when somebody signs in."""
    sign_in: "Callable[[Desk, str, str], None]"
    """Sign in by person's id and password. Raises WrongPassword."""
    sign_out: "Callable[[Desk], None]"
    """Go on looking without acting."""
    restore_desk: "Callable[[QWidget, Callable[[Path, str], object]], object]"
    """Ask for a backup and an empty folder, lay the desk out there, hand on the folder and what was proved."""


class Window(QWidget):
    """The one window. It holds the welcome page, or the shell of the open desk."""

    def __init__(self, house: House, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self._house, self._pages = house, pages
        self._desk: Desk | None = None
        self._shell: Shell | None = None
        self._layout = QStackedLayout(self)
        self.setWindowIcon(QIcon(str(own_file("resources/icons/app.svg"))))

    @property
    def shell(self) -> Shell | None:
        """The frame of the open desk, None while there is none."""
        return self._shell

    def show_welcome(self) -> None:
        """Show the doors to a desk."""
        from villagedesk.ui.welcome import Ways, Welcome

        house = self._house
        ways = Ways(
            open=self._ask_folder,
            create=lambda: self._take(lambda: house.create_desk(self)),
            practise=self._practise,
            open_at=self._open,
            restore=self._restore,
            recent=house.recent(),
        )
        self._shell = None
        self._put(Welcome(ways))
        self.setWindowTitle("村务公开账")

    def show_desk(self, desk: "Desk") -> None:
        """Show a desk; the one that was open before is closed."""
        if self._desk is not desk:
            self._leave_desk()
            desk.on_change(self._on_change)
        self._desk = desk
        self._build_shell(desk)

    def change_desk(self) -> None:
        """Close the desk and show the welcome page, unless something unsaved should be kept."""
        if self._desk is None or (self._shell and not self._shell.may_close()):
            return
        self._leave_desk()
        self.show_welcome()

    def sign_in(self) -> bool:
        """Ask who is there until the password fits or the person gives up; tell whether somebody is signed in."""
        from villagedesk.ui.kit.choicefield import Choice
        from villagedesk.ui.kit.dialogs import sign_in

        desk = self._desk
        if desk is None:
            return False
        people = [Choice(person, name, role) for person, name, role in self._house.people(desk)]
        now = [person.id for person in people if desk.actor and person.label == desk.actor.name]
        chosen: object = now[0] if now else self._house.last_here(desk)
        fault = ""
        sign_out = partial(self._house.sign_out, desk) if desk.actor else None
        while answer := sign_in(self, people, chosen=chosen, fault=fault, spell=_initials, sign_out=sign_out):
            try:
                self._house.sign_in(desk, str(answer[0]), answer[1])
            except VillageDeskError as wrong:
                chosen, fault = answer[0], str(wrong)
            else:
                self._ask_today(desk)
                break
        return desk.actor is not None

    def _ask_today(self, desk: "Desk") -> None:
        """Ask once what day it is when the clock is far ahead of the books: a wrong date cannot be taken back."""
        if not desk.is_writable or not desk.is_clock_far_ahead():
            return
        from datetime import datetime

        from villagedesk.kernel.dates import chinese_date
        from villagedesk.ui.kit.dialogs import confirm

        today, last = chinese_date(desk.clock.now().date()), chinese_date(datetime.fromisoformat(desk.tip()[2]).date())
        sentence = (
            f"电脑说今天是{today}，账里最后一笔却是{last}，隔了一年多。电脑的日期错了，记进去的就改不回来。"
            "请看看墙上的日历或手机：日期不对的，按“不对”，调好电脑的日期再来。"
        )
        if confirm(self, sentence, f"今天真的是{today}", title="今天是哪一天", stay="不对"):
            desk.believe_clock()

    def resize_text(self, percent: int) -> None:
        """Draw everything at another text size, now and at the next start."""
        app = QApplication.instance()
        if not isinstance(app, QApplication) or (self._shell and not self._shell.may_close()):
            return
        keep_text_size(percent)
        dress(app, percent)
        if self._desk:
            key = self._shell.key if self._shell else ""
            self._build_shell(self._desk, key)
        else:
            self.show_welcome()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the desk too, unless something unsaved should be kept."""
        if self._shell and not self._shell.may_close():
            event.ignore()
            return
        if self._shell:
            self._shell.deleteLater()
        self._leave_desk()
        event.accept()

    def _leave_desk(self) -> None:
        """Close the desk once nothing is left on the screen that could still ask it; its shell is about to go."""
        desk, shell = self._desk, self._shell
        self._desk = self._shell = None
        if desk and shell:
            shell.destroyed.connect(lambda: desk.close())
        elif desk:
            desk.close()

    def _build_shell(self, desk: "Desk", key: str = "") -> None:
        self._shell = Shell(
            desk,
            [spec for spec in self._pages if spec.suits(desk)],
            lambda: self._house.office(desk),
            self.sign_in,
            choose_text_size=self._ask_text_size,
            change_desk=self.change_desk,
        )
        if key:
            self._shell.go(key)
        self._shell.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(self._shell.windowTitle())
        self._put(self._shell)

    def _put(self, widget: QWidget) -> None:
        earlier = self._layout.currentWidget()
        self._layout.addWidget(widget)
        self._layout.setCurrentWidget(widget)
        if earlier:
            self._layout.removeWidget(earlier)
            earlier.hide()
            earlier.deleteLater()
        widget.setFocus()

    def _take(self, get: "Callable[[], Desk | None]") -> None:
        desk = get()
        if desk:
            self.show_desk(desk)

    def _open(self, folder: Path) -> None:
        desk, why = self._house.open_desk(folder)
        self.show_desk(desk)
        if why:
            from villagedesk.ui.kit.dialogs import show_error

            show_error(self, why, title=_LOOK_ONLY)

    def _practise(self) -> None:
        from villagedesk.ui.kit.tasks import run_task

        def made(folder: Path) -> None:
            self._open(folder)

        run_task(self, "正在建练习村", self._house.make_practice, made)

    def _restore(self) -> None:
        from villagedesk.ui.kit.dialogs import show_note

        def restored(folder: Path, said: str) -> None:
            show_note(self, said)
            self._open(folder)

        self._house.restore_desk(self, restored)

    def _ask_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        folder = QFileDialog.getExistingDirectory(self, "选账本的文件夹")
        if folder:
            self._open(Path(folder))

    def _ask_text_size(self) -> None:
        percent = choose_text_size(self)
        if percent:
            QTimer.singleShot(0, self, lambda: self.resize_text(percent))

    def _on_change(self, changed: "Changed") -> None:
        if self._shell:
            self._shell.changed(changed.tables)


def _initials(name: str) -> str:
    from villagedesk.village.register import initials

    return initials(name)


def application(percent: int | None = None) -> QApplication:
    """Return the application, dressed. ``percent`` is the text size; None takes the one that was kept."""
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    assert isinstance(app, QApplication)
    app.setApplicationName("VillageDesk")
    dress(app, percent or kept_text_size())
    return app


def open_window(
    desk: "Desk | None",
    house: House,
    pages: Sequence[PageSpec] | None = None,
    *,
    fault: str = "",
    page: str = "",
    picture: Path | None = None,
) -> int:
    """Open the window on a desk, or on the welcome page, and stay until it is closed. Returns the exit code.

    ``fault`` is a sentence to show first, such as why the last desk could not be opened. ``page`` names the page to
    show first (default: the first of them). ``picture`` saves the window as a PNG once it is drawn, and leaves.
    """
    app = application()
    if pages is None:
        from villagedesk.ui.pages import PAGES

        pages = PAGES
    window = Window(house, pages)
    sys.excepthook = lambda kind, fault, trace: _tell(window, kind, fault, trace)
    if desk:
        window.show_desk(desk)
    else:
        window.show_welcome()
    _place(window)
    if page and window.shell:
        window.shell.go(page)
    if picture:
        window.showNormal()
        window.resize(*_PICTURED)
        QTimer.singleShot(_SETTLED, window, lambda: _photograph(window, picture))
    elif fault:
        from villagedesk.ui.kit.dialogs import show_error

        title = "账本没有打开" if desk is None else "没有登录" if desk.is_writable else _LOOK_ONLY
        QTimer.singleShot(0, window, lambda: show_error(window, fault, title=title))
    elif measured := os.environ.get("VILLAGEDESK_REPORT_USABLE"):
        from villagedesk.ui.usable import report_usable

        report_usable(window, measured)
    else:
        QTimer.singleShot(_IN_USE, window, _load_ahead)
    gc.freeze()
    gc.enable()
    return app.exec()


def _load_ahead() -> None:
    from villagedesk.ui.ahead import load_charts

    load_charts()


def _photograph(window: Window, file: Path) -> None:
    saved = window.grab().save(str(file), "PNG")
    QApplication.exit(0 if saved else 1)


def _place(window: Window) -> None:
    room = window.screen().availableGeometry()
    window.resize(min(1320, room.width()), min(860, room.height()))
    if room.width() < 1500:
        window.showMaximized()
    else:
        window.show()


def _tell(window: Window, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Show a fault that reached the window's edge as a sentence; one that nobody foresaw also goes to stderr."""
    from villagedesk.ui.kit.dialogs import show_error
    from villagedesk.ui.kit.tasks import UNFORESEEN

    if isinstance(fault, NotSignedIn):
        window.sign_in()
    elif isinstance(fault, VillageDeskError):
        show_error(window, str(fault))
    elif issubclass(kind, KeyboardInterrupt):
        QApplication.exit(130)
    else:
        sys.__excepthook__(kind, fault, trace)
        show_error(window, UNFORESEEN.format(fault=kind.__name__))
