"""What stands where there is nothing yet: a friendly sentence, a hint, and what to press."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, gap, px


@dataclass(frozen=True, slots=True)
class Empty:
    """The words of an empty place. ``verb`` names a button that calls ``act``; without both there is none."""

    sentence: str
    hint: str = ""
    icon: str = "inbox"
    verb: str = ""
    act: Callable[[], object] | None = None


class EmptyView(QWidget):
    """Shows an Empty in the middle of its place. ``pressed`` says that its button was."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picture = QLabel()
        self._sentence = label(name="heading")
        self._hint = label(name="soft", wrap=True)
        self._verb = button("", self.pressed.emit)
        for words in (self._picture, self._sentence, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setFixedWidth(px(460))
        middle = (
            QHBoxLayout()
        )  # an aligned item would be asked for its height at the whole width, where it needs one line
        middle.addStretch(1)
        middle.addWidget(self._hint)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(gap(10))
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self._sentence)
        column.addLayout(middle)
        column.addSpacing(gap(6))
        column.addWidget(self._verb, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_empty(self, empty: Empty) -> None:
        """Show these words."""
        self._picture.setPixmap(picture(empty.icon, Colour.EDGE, 56))
        self._sentence.setText(empty.sentence)
        self._hint.setText(empty.hint)
        self._hint.setVisible(bool(empty.hint))
        self._verb.setText(empty.verb)
        self._verb.setVisible(bool(empty.verb and empty.act))
        self.setAccessibleName(f"{empty.sentence} {empty.hint}")
