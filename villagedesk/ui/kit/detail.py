"""A record to read: its state, its facts in large type, what happened to it, and what is to be known."""

from collections.abc import Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.beside import Beside
from villagedesk.ui.kit.cards import Card, Scrolling
from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Colour, Tone, gap, ink, px, sign, styled


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value. ``wide`` takes the whole width; ``figure`` sets the value as a large number."""

    label: str
    value: str
    wide: bool = False
    figure: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a record's way: what, who, when, and how it came out. A step to come has no ``when``."""

    words: str
    who: str = ""
    when: str = ""
    tone: Tone = Tone.GOOD
    note: str = ""


class Detail(Scrolling):
    """A record as a column of cards. Build it from the top: ``title``, ``facts``, ``timeline``, ``callout`` …"""

    def title(self, text: str, *badges: tuple[str, Tone], figure: str = "") -> "Detail":
        """Add the head: what this is, its states, and a large figure at the right."""
        card = Card()
        line = QHBoxLayout()
        line.setSpacing(gap(12))
        words = QVBoxLayout()
        words.setSpacing(gap(8))
        words.addWidget(label(text, "recordTitle", wrap=True, selectable=True))
        signs = QHBoxLayout()
        signs.setSpacing(gap(8))
        for word, tone in badges:
            signs.addWidget(Badge(word, tone))
        signs.addStretch(1)
        words.addLayout(signs)
        line.addLayout(words, 1)
        if figure:
            line.addWidget(label(figure, "figure", selectable=True), 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(line)
        self.body.addWidget(card)
        return self

    def facts(self, facts: Sequence[Fact], *, title: str = "", across: int = 3, least: int = 240) -> "Detail":
        """Add a card of facts, at most ``across`` of them in a row, each at least ``least`` pixels wide at 100 % text.

        Facts without a value show —.
        """
        card = Card(title)
        card.add(Facts(facts, across, least))
        self.body.addWidget(card)
        return self

    def timeline(self, steps: Sequence[Step], *, title: str = "办理经过") -> "Detail":
        """Add what happened, oldest first, and what is still to come."""
        card = Card(title)
        card.body.addSpacing(gap(6))
        card.body.setSpacing(0)
        for place, step in enumerate(steps):
            card.add(_StepRow(step, is_last=place == len(steps) - 1))
        self.body.addWidget(card)
        return self

    def callout(self, words: str, tone: Tone = Tone.QUIET, *, title: str = "") -> "Detail":
        """Add something to know."""
        self.body.addWidget(Callout(words, tone, title=title))
        return self

    def section(self, title: str, widget: QWidget) -> "Detail":
        """Add a card with any widget in it."""
        card = Card(title)
        card.add(widget)
        self.body.addWidget(card)
        return self

    def stand_beside(self, whole: int, narrow: int = 1) -> "Detail":
        """Leave the first ``whole`` cards as they are; stand the last ``narrow`` ones beside the others."""
        cards: list[QWidget] = []
        while self.body.count() > whole:
            item = self.body.takeAt(whole)
            assert item
            if card := item.widget():
                cards.append(card)
            shiboken6.delete(item)  # while its old place lives, Qt forgets to ask the card for its height anew
        self.body.addWidget(Beside(cards[:-narrow], cards[-narrow:]))
        return self

    def done(self) -> "Detail":
        """Close the column: what is above keeps to the top."""
        self.body.addStretch(1)
        return self


class Facts(QWidget):
    """Facts in as many columns as have room, at most ``most``, each at least ``least`` pixels wide at 100 % text."""

    def __init__(self, facts: Sequence[Fact], most: int = 3, least: int = 240) -> None:
        super().__init__()
        self._facts = [(fact, _fact(fact)) for fact in facts]
        self._most, self._least, self._across = most, least, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap(32))
        self._grid.setVerticalSpacing(gap(14))
        self._flow(most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the facts anew when another number of columns has room."""
        super().resizeEvent(event)
        self._flow(max(1, min(self._most, self.width() // px(self._least))))

    def _flow(self, across: int) -> None:
        if across == self._across:
            return
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._across = across
        row = column = 0
        for fact, widget in self._facts:
            if fact.wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(widget, row, column, 1, across if fact.wide else 1)
            column += across if fact.wide else 1
            if column >= across:
                row, column = row + 1, 0
        self.updateGeometry()


def _fact(fact: Fact) -> QWidget:
    made = QWidget()
    pair = QVBoxLayout(made)
    pair.setContentsMargins(0, 0, 0, 0)
    pair.setSpacing(gap(2))
    pair.addWidget(label(fact.label, "label"))
    value = label(fact.value or "—", "figure" if fact.figure else "value", wrap=True, selectable=True)
    value.setAccessibleName(f"{fact.label}：{fact.value or '没有填'}")
    pair.addWidget(value)
    if fact.note:
        pair.addWidget(label(fact.note, "small", wrap=True))
    pair.addStretch(1)
    return made


class _StepRow(QWidget):
    """One step, with the line that leads to the next."""

    def __init__(self, step: Step, *, is_last: bool) -> None:
        super().__init__()
        to_come = not step.when
        rail = QVBoxLayout()
        rail.setContentsMargins(0, gap(2), 0, 0)
        rail.setSpacing(gap(2))
        signal = QLabel()
        colour = Colour.EDGE if to_come else ink(step.tone)
        signal.setPixmap(picture("circle" if to_come else sign(step.tone), colour, 22))
        rail.addWidget(signal)
        if not is_last:
            line = styled(QWidget(), "rail")
            line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            line.setFixedWidth(2)
            rail.addWidget(line, 1, Qt.AlignmentFlag.AlignHCenter)
        else:
            rail.addStretch(1)
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0 if is_last else gap(14))
        words.setSpacing(gap(2))
        head = label(step.words, "soft" if to_come else "value", wrap=True, selectable=True)
        words.addWidget(head)
        who = "　".join(part for part in (step.who, step.when) if part)
        if who:
            words.addWidget(label(who, "small", wrap=True))
        if step.note:
            words.addWidget(Callout(step.note, step.tone if step.tone in {Tone.WARN, Tone.BAD} else Tone.QUIET))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(gap(12))
        across.addLayout(rail)
        across.addLayout(words, 1)
        signal.setFixedWidth(px(22))
        self.setAccessibleName(f"{step.words} {who} {step.note}".strip())
