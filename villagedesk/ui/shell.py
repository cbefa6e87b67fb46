"""The window's frame: village and person above, pages at the left, one page at a time. It knows no business."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.icons import icon, picture
from villagedesk.ui.kit.page import Context, Page, PageSpec
from villagedesk.ui.kit.text import label
from villagedesk.ui.kit.titlebar import TitleBar
from villagedesk.ui.nav import Nav, key_of
from villagedesk.ui.theme import Colour, gap, line, px

if TYPE_CHECKING:
    from villagedesk.storage.desk import Desk


@dataclass(frozen=True, slots=True)
class Office:
    """What the header says. ``person`` is "" while nobody is signed in."""

    name: str
    person: str = ""
    role: str = ""
    is_practice: bool = False


class Shell(QWidget):
    """The frame around the pages of one desk."""

    def __init__(
        self,
        desk: "Desk",
        specs: Sequence[PageSpec],
        office: Callable[[], Office],
        sign_in: Callable[[], bool],
        choose_text_size: Callable[[], None] | None = None,
        change_desk: Callable[[], None] | None = None,
    ) -> None:
        """``office`` tells what the header shows now; ``sign_in`` asks who is there.

        ``choose_text_size`` and ``change_desk`` stand at the foot of the pages when they are given.
        """
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = Context(desk, self.go, self._sign_in)
        self._desk, self._specs, self._office, self._ask = desk, specs, office, sign_in
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, frozenset[str] | None] = {}
        self._key = ""
        self._header = Header(self._sign_in)
        self._nav = Nav(specs)
        self._nav.chosen.connect(self.go)
        self._bar = TitleBar()
        self._bar.back_pressed.connect(lambda: self._page and self._page.back())
        self._stack = QStackedWidget()
        self._lay_out()
        self._nav.add_foot("操作一览", "list", self.show_commands, "Ctrl+K")
        if choose_text_size:
            self._nav.add_foot("字的大小", "text-size", choose_text_size, "Ctrl+0")
        if change_desk:
            self._nav.add_foot("换账本", "folder", change_desk, "Ctrl+O")
        for place, spec in enumerate(specs, start=1):
            if key_of(place):
                QShortcut(QKeySequence(key_of(place)), self, lambda key=spec.key: self.go(key))
        QShortcut(QKeySequence("Ctrl+U"), self, self._sign_in)
        self.show_office()
        if specs:
            self.go(specs[0].key)
        QTimer.singleShot(0, self, self.count_todo)

    @property
    def current(self) -> Page | None:
        """The page that is shown."""
        return self._page

    @property
    def key(self) -> str:
        """The key of the page that is shown."""
        return self._key

    @property
    def _page(self) -> Page | None:
        return self._pages.get(self._key)

    def go(self, key: str, record: str = "") -> None:
        """Show a page, at a record if one is named; the present page may refuse to be left."""
        if key != self._key and self._page and not self._page.may_leave():
            self._nav.mark(self._key)
            return
        page = self._pages.get(key) or self._make(key)
        self._key = key
        self._stack.setCurrentWidget(page)
        self._nav.mark(key)
        if key in self._stale:
            page.refresh(self._stale.pop(key))
        if record:
            page.look_at(record)
        self._show_bar()
        page.focus_top()

    def changed(self, tables: frozenset[str]) -> None:
        """Let every page that shows one of these tables look again; hidden ones when they are next shown."""
        for key, page in self._pages.items():
            touched = page.tables & tables
            if touched and key == self._key:
                page.refresh(touched)
            elif touched:
                earlier = self._stale.get(key, frozenset())
                self._stale[key] = None if earlier is None else earlier | touched
        self.show_office()
        self.count_todo()

    def show_office(self) -> None:
        """Show village and person as they are now."""
        office = self._office()
        self._header.show_office(office)
        self.setWindowTitle(f"{office.name} · 村务公开账" + ("（练习）" if office.is_practice else ""))

    def count_todo(self) -> None:
        """Put the number of things to do beside each page's name."""
        for spec in self._specs:
            if spec.todo:
                self._nav.badge(spec.key, spec.todo(self._desk))

    def show_commands(self) -> None:
        """Show everything that can be done here, with its keys."""
        from villagedesk.ui.kit.commands import Command, CommandList

        go_to = [
            _named(self, spec.title, spec.icon, key_of(place), spec.key)
            for place, spec in enumerate(self._specs, start=1)
        ]
        here = list(self._page.actions_now()) if self._page else []
        commands = [Command("这一页", action) for action in here] + [Command("去别的页", action) for action in go_to]
        CommandList(self, commands).exec()

    def may_close(self) -> bool:
        """Tell whether every page may be left."""
        return all(page.may_leave() for page in self._pages.values())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay when a page has something unsaved and the person wants to keep it."""
        event.setAccepted(self.may_close())

    def _make(self, key: str) -> Page:
        spec = next(spec for spec in self._specs if spec.key == key)
        page = spec.factory(self.context)
        page.title = page.title or spec.title
        page.altered.connect(lambda: self._show_bar() if self._key == key else None)
        self._pages[key] = page
        self._stale[key] = None
        self._stack.addWidget(page)
        return page

    def _show_bar(self) -> None:
        page = self._page
        if page:
            self._bar.show_page(page.title_now(), page.title if page.steps_in else "", page.actions_now())

    def _sign_in(self) -> bool:
        signed_in = self._ask()
        self.show_office()
        self.count_todo()
        return signed_in

    def _lay_out(self) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(gap(24), gap(16), gap(24), gap(20))
        body.setSpacing(gap(14))
        body.addWidget(self._bar)
        body.addWidget(self._stack, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._nav)
        below.addLayout(body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(below, 1)


class Header(QFrame):
    """The strip on top: whose books, whether they are for practice, who is signed in."""

    def __init__(self, sign_in: Callable[[], bool]) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(line(56))
        mountain = QLabel()
        mountain.setPixmap(picture("mountain", Colour.GREEN, 30))
        self._village = label(name="village")
        self._mark = label("练习", "practiceMark")
        self._text = label("这里随便试，记的都不是真账", "practiceText")
        self._person = button("登录", sign_in, kind="flat", icon="person")
        across = QHBoxLayout(self)
        across.setContentsMargins(gap(20), 0, gap(16), 0)
        across.setSpacing(gap(12))
        for widget in (mountain, self._village, self._mark, self._text):
            across.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        across.addWidget(self._person)

    def show_office(self, office: Office) -> None:
        """Show these words."""
        room = self._village.fontMetrics()
        self._village.setText(room.elidedText(office.name, Qt.TextElideMode.ElideRight, gap(360)))
        self._village.setToolTip(office.name)
        self._mark.setVisible(office.is_practice)
        self._text.setVisible(office.is_practice)
        if bool(self.property("practice")) != office.is_practice:
            self.setProperty("practice", office.is_practice)
            self.style().polish(self)
        who = f"{office.person}  {office.role}".strip()
        self._person.setText(who or "登录")
        self._person.setIcon(icon("person" if who else "lock", Colour.INK if who else Colour.GREEN))
        self._person.setIconSize(QSize(px(20), px(20)))
        self._person.setAccessibleName(f"已登录：{who}。按下可换人" if who else "登录")
        self._person.setToolTip(("换人登录" if who else "登录以后才能记账") + "（Ctrl+U）")


def _named(shell: Shell, title: str, icon_name: str, keys: str, key: str) -> QAction:
    made = QAction(icon(icon_name), title, shell)
    made.setShortcut(QKeySequence(keys))
    made.triggered.connect(lambda: shell.go(key))
    return made
