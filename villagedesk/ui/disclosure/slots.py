"""The five slots as cards: how much is due in each, how much hangs, how much is late; a click shows that slot only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from villagedesk.disclosure import store
from villagedesk.disclosure.model import Slot
from villagedesk.disclosure.pending import hanging_by_slot
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import MARKS
from villagedesk.ui.disclosure.duties import Duty
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.cards import Card
from villagedesk.ui.kit.text import ElidedLabel
from villagedesk.ui.theme import Colour, Tone, gap, px, styled


@dataclass(frozen=True, slots=True)
class SlotStanding:
    """How a slot stands: how many notices are due and do not hang yet, how many hang, how many are late."""

    slot: Slot
    due: int
    hanging: int
    late: int

    @property
    def words(self) -> str:
        """The counts in words."""
        return f"该公开{self.due}份，张贴着{self.hanging}份"

    @property
    def badge(self) -> tuple[str, Tone]:
        """The most pressing of them."""
        if self.late:
            return f"过期{self.late}份", Tone.BAD
        return (f"还有{self.due}份", Tone.WARN) if self.due else ("都公开了", Tone.GOOD)


def standings(desk: Desk, duties: Sequence[Duty]) -> list[SlotStanding]:
    """Return how each of the five slots stands, by what is to be done."""
    hanging = hanging_by_slot(desk)
    return [_standing(slot, duties, hanging.get(slot.number, 0)) for slot in store.slots(desk)]


def _standing(slot: Slot, duties: Sequence[Duty], hanging: int) -> SlotStanding:
    due = [duty for duty in duties if duty.slot == slot.number and duty.is_required]
    return SlotStanding(slot, len(due), hanging, sum(duty.is_late for duty in due))


class SlotCards(QScrollArea):
    """The five cards in a row, or below one another where type is large. ``look`` is called with a slot's number."""

    def __init__(
        self, standings: Sequence[SlotStanding], look: Callable[[int], object], *, is_column: bool = False
    ) -> None:
        super().__init__()
        inside = styled(QWidget(), "clear")
        way = QBoxLayout.Direction.TopToBottom if is_column else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(way, inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap(14))
        self._cards = [SlotCard(one, look) for one in standings]
        for card in self._cards:
            row.addWidget(card, 1)
        if is_column:
            row.addStretch(9)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        if not is_column:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setFixedHeight(inside.sizeHint().height())

    def show_standings(self, standings: Sequence[SlotStanding], looked_at: int = 0) -> None:
        """Show other counts in the same cards: a window that is in use has no time to make them anew."""
        for card, one in zip(self._cards, standings, strict=True):
            card.show_standing(one, is_looked_at=one.slot.number == looked_at)


class SlotCard(Card):
    """One slot. Click, Enter or Space shows its notices only; once more, all."""

    def __init__(self, standing: SlotStanding, look: Callable[[int], object]) -> None:
        super().__init__()
        self.setMinimumWidth(px(186))
        self._is_looked_at: bool | None = None
        self._name, self._words = styled(ElidedLabel(), "heading"), ElidedLabel("", "small")
        self._badge = Badge(*standing.badge)
        self._look: Callable[[], object] = lambda: look(standing.slot.number)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.body.setContentsMargins(gap(14), gap(10), gap(14), gap(10))
        self.body.setSpacing(gap(5))
        for part in (self._name, self._words, self._badge):
            self.add(part)
        self.show_standing(standing, is_looked_at=False)

    def show_standing(self, standing: SlotStanding, *, is_looked_at: bool) -> None:
        """Show other counts."""
        slot = standing.slot
        self._name.setText(f"{MARKS[slot.number - 1]} {slot.name}")
        self._words.setText(standing.words)
        self._badge.set_state(*standing.badge)
        self.setToolTip(f"只看“{slot.name}”" + ("" if slot.is_confirmed else "（栏目名称待县级口径确认）"))
        self.setAccessibleName(f"{slot.name}，{standing.words}，{standing.badge[0]}")
        if is_looked_at is not self._is_looked_at:
            self._is_looked_at = is_looked_at
            edge = f"border: 2px solid {Colour.GREEN};"
            self.setStyleSheet(f"#card:focus {{ {edge} }}" + (f"#card {{ {edge} }}" if is_looked_at else ""))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at this slot's notices only."""
        del event
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The same by Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._look()
        else:
            super().keyPressEvent(event)
