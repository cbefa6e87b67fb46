"""One of many: a button that opens a list to search by characters or by the initials of their pinyin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QPushButton, QVBoxLayout

from villagedesk.storage.unsaved import Typed
from villagedesk.ui.kit.fields import Field
from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.popup import drop_down
from villagedesk.ui.kit.searchline import SearchLine
from villagedesk.ui.kit.text import label as text_label
from villagedesk.ui.theme import Colour, gap, line, px

MOST = 60
"""Choices shown at once; typing narrows them."""
FEW = 8
"""Up to this many choices need no search line."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose. ``search`` holds more to find it by, such as pinyin initials (``zgx``)."""

    id: Any
    label: str
    note: str = ""
    search: str = ""

    def fits(self, text: str) -> bool:
        """Tell whether what is typed finds this choice."""
        return not text or any(text in part.lower() for part in (self.label, self.note, self.search))

    def begins(self, text: str) -> bool:
        """Tell whether the label or its initials begin with what is typed."""
        return any(part.lower().startswith(text) for part in (self.label, *self.search.split()))


Find = Callable[[str], Sequence[Choice]]
Spell = Callable[[str], str]


def finder(choices: Sequence[Choice], spell: Spell | None = None) -> Find:
    """Return a search over choices held in memory: what begins with the text stands first.

    ``spell`` gives a label's initials; it is asked at the first Latin letter, for it takes half a second to learn.
    """
    spelt: list[Choice] = []

    def find(text: str) -> Sequence[Choice]:
        wanted = text.strip().lower()
        if spell and not spelt and wanted.isascii() and wanted:
            spelt.extend(replace(choice, search=f"{choice.search} {spell(choice.label)}") for choice in choices)
        fitting = [choice for choice in spelt or choices if choice.fits(wanted)]
        return sorted(fitting, key=lambda choice: not choice.begins(wanted))

    return find


class ChoiceField(Field):
    """One of many. ``value`` is the chosen id, None while nothing is chosen."""

    def __init__(
        self,
        name: str,
        label: str,
        choices: Sequence[Choice] | Find,
        *,
        hint: str = "",
        optional: bool = False,
        sample: str = "请选择",
        choice_of: Callable[[Any], Choice | None] | None = None,
        spell: Spell | None = None,
    ) -> None:
        """``choices`` are given, or found in SQL by a function; then ``choice_of`` tells the label of an id."""
        self._find = choices if callable(choices) else finder(choices, spell)
        self._few = not callable(choices) and len(choices) <= FEW
        self._choice_of = choice_of or (lambda wanted: next((c for c in self._find("") if c.id == wanted), None))
        self._sample = sample
        self._chosen: Choice | None = None
        self._button = _Button()
        super().__init__(name, label, self._button, hint=hint, optional=optional)
        self._button.clicked.connect(lambda: self._open(""))
        self._button.typed.connect(self._open)
        self._show()

    def value(self) -> Any:
        """Return the id of what is chosen."""
        return self._chosen.id if self._chosen else None

    def choice(self) -> Choice | None:
        """Return what is chosen."""
        return self._chosen

    def offers(self, value: Any) -> bool:
        """Tell whether this id can be chosen."""
        return self._choice_of(value) is not None

    def set_value(self, value: Any) -> None:
        """Choose by id; None chooses nothing."""
        self._chosen = None if value is None else self._choice_of(value)
        self._show()

    def typed(self) -> Typed:
        """Return the id of what is chosen; of one that is no plain value, what it reads as."""
        return _plain(self.value())

    def retype(self, typed: Typed) -> None:
        """Choose again, if it can still be chosen."""
        try:
            chosen = None if typed is None else self._choice_of(typed)
        except KeyError:
            chosen = None
        found = chosen or next((one for one in self._find("") if typed is not None and _plain(one.id) == typed), None)
        self.set_value(found.id if found else None)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; what is chosen stays if it is among them."""
        self._find, self._few = finder(choices), len(choices) <= FEW
        if self._chosen and all(choice.id != self._chosen.id for choice in choices):
            self._chosen = None
            self._show()

    def _open(self, typed: str) -> None:
        popup = ChoicePopup(self._find, self._pick, chosen=self._chosen, may_search=not self._few)
        popup.setFixedWidth(max(self._button.width(), px(260)))
        popup.start("")
        drop_down(popup, self._button)
        popup.start(typed)

    def _pick(self, choice: Choice) -> None:
        self._chosen = choice
        self._show()
        self._button.setFocus()
        self.edited.emit()

    def _show(self) -> None:
        shown = self._chosen.label if self._chosen else self._sample
        self._button.show_text(shown, chosen=self._chosen is not None)
        self._button.setAccessibleName(f"{self.label}：{shown}")


def _plain(chosen: object) -> str | int | None:
    return chosen if chosen is None or isinstance(chosen, str | int) else repr(chosen)


class ChoicePopup(QFrame):
    """The list under a ChoiceField: a search line, and what it finds."""

    def __init__(self, find: Find, pick: Callable[[Choice], None], *, chosen: Choice | None, may_search: bool) -> None:
        super().__init__()
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._find, self._pick = find, pick
        self._found: list[Choice] = []
        self._chosen = chosen
        self._line = SearchLine("查找", "写几个字，或拼音首字母")
        self._line.setVisible(may_search)
        self._model = QStringListModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setAccessibleName("可选的")
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.clicked.connect(lambda index: self._take(index.row()))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._more = text_label("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(gap(6))
        column.addWidget(self._line)
        column.addWidget(self._list)
        column.addWidget(self._more)
        self._line.textChanged.connect(self._narrow)

    def start(self, typed: str) -> None:
        """Begin with what was already typed."""
        self._narrow("")
        if self._line.isVisible():
            self._line.setFocus()
            self._line.setText(typed)
        else:
            self.setFocus()
            self._go_to(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, take with Enter."""
        row = self._list.currentIndex().row()
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentIndex(self._model.index(min(max(row + step, 0), len(self._found) - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(row)
        elif event.text().strip():
            self._go_to(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Move to what begins with a Chinese character typed where there is no search line."""
        self._go_to(event.commitString())
        event.accept()

    def _go_to(self, typed: str) -> None:
        """Move to the first choice that fits what is typed; from one that fits, to the next one."""
        fitting = [choice.id for choice in self._find(typed)] if typed.strip() else []
        if not fitting:
            return
        now = self._found[self._list.currentIndex().row()].id
        wanted = fitting[(fitting.index(now) + 1) % len(fitting)] if now in fitting else fitting[0]
        row = next((row for row, choice in enumerate(self._found) if choice.id == wanted), None)
        if row is not None:
            self._list.setCurrentIndex(self._model.index(row))

    def _narrow(self, text: str) -> None:
        found = list(self._find(text))
        self._found = found[:MOST]
        self._model.setStringList([f"{c.label}    {c.note}".rstrip() for c in self._found])
        wanted = next((row for row, c in enumerate(self._found) if self._chosen and c.id == self._chosen.id), 0)
        self._list.setCurrentIndex(self._model.index(0 if text else wanted))
        rows = min(max(len(self._found), 1), FEW)
        self._list.setFixedHeight(rows * max(self._list.sizeHintForRow(0), line(38)) + 4)
        more = "没有找到，换个字试试。" if not found else f"还有 {len(found) - MOST} 个，多写一个字就能找到。"
        self._more.setText(more)
        self._more.setVisible(not found or len(found) > MOST)
        self.adjustSize()

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._found):
            choice = self._found[row]
            self.close()
            self._pick(choice)


class _Button(QPushButton):
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("choice")
        self._arrow = picture("down", Colour.SOFT, 18)
        self._whole = ""
        self.setAutoDefault(False)

    def show_text(self, text: str, *, chosen: bool) -> None:
        self._whole = text
        self._shorten()
        self.setProperty("chosen", chosen)
        self.style().polish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten what has no room."""
        super().resizeEvent(event)
        self._shorten()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button and the arrow at its right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - px(18) - gap(11), (self.height() - px(18)) // 2, self._arrow)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        """Return a width that any choice can be shortened to."""
        return QSize(px(120), super().minimumSizeHint().height())

    def _shorten(self) -> None:
        room = self.width() - gap(11) - gap(40)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(room, px(60)))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with ↓, Space or the first letter."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_F4):
            self.typed.emit("")
        elif event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            event.ignore()
