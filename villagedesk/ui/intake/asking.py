"""The second step: what only a person can answer, who is meant by a name, which period it is."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.storage.foreign.reading import Ask, Doubt
from villagedesk.ui.kit.cards import Card, Scrolling
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.fields import TextField
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.theme import Tone


class AskingStep(QWidget):
    """Questions one below the other. ``answers`` and ``said`` are what was answered so far."""

    def __init__(
        self, asks: Sequence[Ask], doubts: Sequence[Doubt], rows: Mapping[int, str], said: Mapping[str, str]
    ) -> None:
        """``rows`` holds the sheet's rows the doubts are about, as text; ``said`` what was told before."""
        super().__init__()
        self._said: dict[str, TextField] = {}
        self._answers: dict[str, ChoiceField] = {}
        scrolling = Scrolling()
        scrolling.body.addWidget(Callout("有几处要您来定，程序不替您猜。", Tone.WARN))
        for ask in asks:
            scrolling.body.addWidget(self._told(ask, said))
        for doubt in {one.key: one for one in doubts}.values():
            scrolling.body.addWidget(self._doubt(doubt, rows.get(doubt.row, "")))
        scrolling.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling)
        for field in (*self._said.values(), *self._answers.values()):
            self.setFocusProxy(field)
            break

    def said(self) -> dict[str, str]:
        """Return what was told of the sheet."""
        return {name: field.value() for name, field in self._said.items() if field.value()}

    def answers(self) -> dict[str, str]:
        """Return what was answered."""
        return {key: field.value() for key, field in self._answers.items() if field.value()}

    def _told(self, ask: Ask, said: Mapping[str, str]) -> QWidget:
        card = Card()
        field = TextField(ask.field, ask.label, hint=ask.why)
        field.set_value(said.get(ask.field, ""))
        self._said[ask.field] = field
        card.add(field)
        return card

    def _doubt(self, doubt: Doubt, row: str) -> QWidget:
        card = Card()
        choices = [Choice(one.value, one.label) for one in doubt.choices]
        hint = f"第{doubt.row}行：{row}" + ("。上次选的是这一位，请再看一眼。" if doubt.suggested else "")
        field = ChoiceField(doubt.key, doubt.question, choices, hint=hint)
        if doubt.suggested and field.offers(doubt.suggested):
            field.set_value(doubt.suggested)
        self._answers[doubt.key] = field
        card.add(field)
        return card
