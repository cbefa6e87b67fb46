"""The first step: each column of the sheet with a few of its values, and the field it is taken for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from villagedesk.storage.foreign.columns import SURE, Layout
from villagedesk.ui.kit.cards import Card, Scrolling, rule
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.text import ElidedLabel, label
from villagedesk.ui.theme import Tone, gap, px
from villagedesk.ui.village.masking import counted
from villagedesk.village.intake import Column, Opened

_NOTHING = "不导入这一栏"


class NamingStep(QWidget):
    """The columns that were found. ``columns`` is what the person made of them: field → head, "" for none."""

    def __init__(self, opened: Opened, layout: Layout) -> None:
        super().__init__()
        self._layout = layout
        self._fields: dict[str, ChoiceField] = {}
        self._sheet: ChoiceField | None = None
        scrolling = Scrolling()
        for said in self._said(opened):
            scrolling.body.addWidget(said)
        if len(opened.book.sheets) > 1:
            scrolling.body.addWidget(self._sheets(opened))
        scrolling.body.addWidget(self._table(opened))
        scrolling.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling)
        fields = sorted(self._fields.values(), key=lambda field: field.value() is not None)
        if fields:
            self.setFocusProxy(fields[0])

    @property
    def sheet(self) -> str:
        """The sheet to be read."""
        return str(self._sheet.value() or "") if self._sheet else ""

    def columns(self) -> dict[str, str]:
        """Return in which column each field stands, "" for none."""
        chosen = {field.value(): key for key, field in self._fields.items() if field.value()}
        return {one.field: chosen.get(one.field, "") for one in self._layout.wanted}

    def repeated(self) -> str:
        """Return a field that two columns are taken for, "" when there is none."""
        chosen = [field.value() for field in self._fields.values() if field.value()]
        twice = next((one for one in chosen if chosen.count(one) > 1), "")
        return self._layout.field(twice).label if twice else ""

    def _said(self, opened: Opened) -> list[QWidget]:
        if opened.missing:
            lacking = "、".join(label for label in opened.missing if label not in opened.unclear)
            told = [*opened.unclear.values(), *([f"表头里没有：{lacking}"] if lacking else [])]
            return [Callout(f"{'；'.join(told)}。请在下面指明，猜的要核对。", Tone.WARN)]
        if opened.is_remembered:
            return [Callout("这种表以前导入过，照上次的办法认好了。", Tone.GOOD)]
        return [Callout("看看每一栏认得对不对，不对就改。下次同样的表照这样认。")]

    def _sheets(self, opened: Opened) -> QWidget:
        choices = [Choice(name, name) for name in opened.book.sheets]
        self._sheet = ChoiceField("sheet", "读哪一张表", choices)
        self._sheet.set_value(opened.sheet)
        card = Card()
        card.add(self._sheet)
        return card

    def _table(self, opened: Opened) -> QWidget:
        card = Card(f"表头在第{opened.heads.top + 1}行")
        grid = QGridLayout()
        grid.setHorizontalSpacing(gap(16))
        grid.setVerticalSpacing(gap(6))
        grid.setColumnStretch(2, 1)
        for place, head in enumerate(("栏", "表头", "里面写的", "认作")):
            grid.addWidget(label(head, "label"), 0, place)
        for at, column in enumerate(opened.columns):
            grid.addWidget(rule(), 2 * at + 1, 0, 1, 4)
            for place, widget in enumerate(self._line(column)):
                grid.addWidget(widget, 2 * at + 2, place)
        card.body.addLayout(grid)
        return card

    def _line(self, column: Column) -> Sequence[QWidget]:
        needed = (Choice(one.field, one.label, "必须有" if one.is_required else "") for one in self._layout.wanted)
        choices = [Choice("", _NOTHING), *needed]
        field = ChoiceField(column.key, "", choices, sample=_NOTHING)
        field.setFixedWidth(px(210))
        field.editor.setAccessibleName(f"{column.head or column.letter}认作")
        field.hide_head()
        field.set_value(column.field or None)
        self._fields[column.key] = field
        guessed = "（猜的，请核对）" if column.field and column.confidence < SURE else ""
        head = label((column.head or "（没有表头）") + guessed, "" if column.head else "soft")
        return label(column.letter, "soft"), head, ElidedLabel("；".join(map(counted, column.samples)), "soft"), field
