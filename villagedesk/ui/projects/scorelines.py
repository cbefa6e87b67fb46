"""The lines of a score sheet in a form: only what is taken off is typed, and the score is reckoned as one types."""

from collections.abc import Sequence
from dataclasses import replace

from villagedesk.projects.model import Mark
from villagedesk.projects.scoresheets import Template, scored
from villagedesk.ui.kit.fields import Field, NumberField, TextField
from villagedesk.ui.kit.form import Values
from villagedesk.ui.kit.notes import Callout
from villagedesk.village.workrules import BandRule, in_percent


class _Deduction(NumberField):
    """How many points are taken off one item; nothing typed takes none off."""

    def __init__(self, name: str, label: str, hint: str) -> None:
        super().__init__(name, label, unit="分", optional=False, hint=hint)
        self._line.setPlaceholderText("0")


class ScoreLines:
    """The fields of several score sheets, of which one is shown, and the line that tells what it comes to."""

    def __init__(self, templates: Sequence[Template]) -> None:
        self._templates = {template.key: template for template in templates}
        self._fields = {template.key: _fields(template) for template in templates}
        self.total = Callout("")
        self._shown = ""

    def rows(self) -> list[tuple[Field, ...]]:
        """Return the lines to lay into a form: what is taken off, and why."""
        return [pair for pairs in self._fields.values() for pair in pairs]

    def show_sheet(self, key: str) -> None:
        """Show the lines of one sheet, of none for ""."""
        self._shown = key if key in self._templates else ""
        for template, pairs in self._fields.items():
            for pair in pairs:
                for field in pair:
                    field.setVisible(template == self._shown)
        self.total.setVisible(bool(self._shown))

    def first(self) -> Field | None:
        """Return the first line of the sheet that is shown."""
        return self._fields[self._shown][0][0] if self._shown else None

    def marks(self, values: Values) -> list[Mark]:
        """Return the marks of the sheet that is shown."""
        if not self._shown:
            return []
        return [
            replace(
                mark,
                deducted=values[_name(self._shown, "mark", mark.place)] or 0,
                note=values[_name(self._shown, "note", mark.place)],
            )
            for mark in self._templates[self._shown].blank()
        ]

    def place_of(self, field: str) -> str:
        """Return the form's field for a rule's (``mark_2``, ``note_2``); others stay as they are."""
        kind, _, place = field.partition("_")
        return _name(self._shown, kind, int(place)) if kind in ("mark", "note") and place.isdigit() else field

    def tell(self, values: Values, rule: BandRule) -> None:
        """Say what the sheet comes to now, and what that is worth by the bands the work is paid by."""
        if not self._shown:
            return
        template, marks = self._templates[self._shown], self.marks(values)
        score, off = scored(marks), sum(mark.deducted for mark in marks)
        outcome = "合格" if score >= template.passes_from else "不合格"
        words = f"得分：{score + off}－{off}＝{score}分，{outcome}（{template.passes_from}分以上合格）"
        if rule.key and 0 <= score <= 100:
            words += f"；按“{rule.band(score).name}”付{in_percent(rule.ratio(score))}"
        self.total.set_words(f"{words}。")


def _fields(template: Template) -> list[tuple[Field, ...]]:
    return [
        (
            _Deduction(_name(template.key, "mark", place), f"{line.item}（{line.points}分）扣", line.standard),
            TextField(_name(template.key, "note", place), "为什么扣"),
        )
        for place, line in enumerate(template.items, 1)
    ]


def _name(template: str, kind: str, place: int) -> str:
    return f"{template}_{kind}_{place}"
