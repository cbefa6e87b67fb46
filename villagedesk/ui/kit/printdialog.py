"""Asks how to print: which printer, how many copies, on which paper, on both sides or one, which pages."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.reports.printer import MOST_COPIES, PAPERS, Order, Printer, fault_of, pages_of, paper_name
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.dialogs import Question
from villagedesk.ui.kit.fields import CheckField, Field, NumberField, TextField
from villagedesk.ui.kit.notes import FindingLines
from villagedesk.ui.theme import gap, px

_WORDS = {"A3": "A3（大字张贴）", "A4": "A4（平常的纸）", "A5": "A5（A4 的一半）"}


class PrintDialog(Question):
    """The question. Enter or Ctrl+Enter prints, Esc leaves; ``order`` is what was asked for."""

    def __init__(
        self, parent: QWidget | None, title: str, sizes: Sequence[tuple[float, float]], printers: Sequence[Printer]
    ) -> None:
        """``sizes`` are the pages' sizes in points; the first of the ``printers`` is offered."""
        super().__init__(parent, "打印", f"{title}，共 {len(sizes)} 页。", drawing="print")
        self.setMinimumWidth(px(560))
        self._printers = {one.name: one for one in printers}
        self._count = len(sizes)
        choices = [Choice(one.name, one.label, "默认" if one.is_default else "") for one in printers]
        self.printer = ChoiceField("printer", "打印机", choices)
        self.printer.set_value(printers[0].name)
        self.copies = NumberField("copies", "份数", unit="份")
        self.copies.set_value(1)
        self.paper = ChoiceField("paper", "纸张", _papers(sizes))
        self.paper.set_value("")
        self.both_sides = CheckField("both_sides", "两面打印，省纸")
        self.pages = TextField("pages", "打印哪几页", sample=_sample(self._count), hint="不写就是全部", longest=60)
        self._state = FindingLines()
        self._verb = self.add_buttons("打印")
        self._lay_out()
        for field in self._fields():
            field.edited.connect(self._look)
        self._look()
        self.copies.setFocus()
        self.copies.editor.selectAll()  # type: ignore[attr-defined]

    def order(self) -> Order:
        """Return what was asked for; only after the dialog was accepted."""
        return Order(
            self.printer.value(),
            self.copies.value() or 1,  # type: ignore[arg-type]
            self.paper.value(),
            self.both_sides.value(),
            self.pages.value(),
        )

    def accept(self) -> None:
        """Print, if everything can be read."""
        wrong = self._look()
        if wrong:
            wrong[0].setFocus()
        else:
            super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print with Enter, from a field too; with Ctrl+Enter from anywhere."""
        entered = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        else:
            super().keyPressEvent(event)

    def _fields(self) -> tuple[Field, ...]:
        return self.printer, self.copies, self.paper, self.both_sides, self.pages

    def _look(self) -> list[Field]:
        """Show what is wrong, and how the printer is; return the fields that are wrong."""
        faults: dict[Field, str] = {self.copies: self._fault_of_copies(), self.pages: self._fault_of_pages()}
        for field, fault in faults.items():
            field.show_findings([Finding("print.unreadable", fault)] if fault else [])
        stands = fault_of(self._printers[self.printer.value()])
        self._state.show_findings([Finding("print.state", str(stands), severity=Severity.WARNING)] if stands else [])
        wrong = [field for field, fault in faults.items() if fault]
        self._verb.setEnabled(not wrong)
        return wrong

    def _fault_of_copies(self) -> str:
        copies = self.copies.value()
        return "" if copies and 1 <= copies <= MOST_COPIES else f"请写 1 到 {MOST_COPIES} 之间的数字。"

    def _fault_of_pages(self) -> str:
        try:
            pages_of(self.pages.value(), self._count)
        except ValueError as fault:
            return f"{fault}。"
        return ""

    def _lay_out(self) -> None:
        self.body.addWidget(self.printer)
        self.body.addWidget(self._state)
        for pair in ((self.copies, self.paper), (self.pages, self.both_sides)):
            line = QHBoxLayout()
            line.setSpacing(gap(24))
            for field in pair:
                line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(line)


def _papers(sizes: Sequence[tuple[float, float]]) -> list[Choice]:
    own = list(dict.fromkeys(paper_name(*size) for size in sizes))
    names = "、".join(name.removeprefix("Custom.").replace("x", "×").replace("mm", " 毫米") for name in own)
    return [Choice("", f"和文件一样（{names}）"), *(Choice(name, _WORDS[name]) for name in PAPERS)]


def _sample(count: int) -> str:
    return "如：1" if count < 3 else "如：1-2、3"
