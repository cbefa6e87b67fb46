"""同意, 有疑问, 不同意: three large buttons and the box for the reason."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from villagedesk.kernel.findings import Finding
from villagedesk.oversight.rules import reasoned
from villagedesk.payments.model import Outcome
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.fields import LongTextField
from villagedesk.ui.oversight.onpaper import OnPaper
from villagedesk.ui.theme import Colour, face, gap, line, styled, text_scale

Decide = Callable[[Outcome, str], object]

_LOOKS = {
    Outcome.PASSED: ("primary", "check", Colour.GREEN),
    Outcome.QUERIED: ("", "help", Colour.AMBER),
    Outcome.REFUSED: ("danger", "close", Colour.RED),
}

_KEYS = {Outcome.PASSED: "Ctrl+Return", Outcome.QUERIED: "Ctrl+I", Outcome.REFUSED: "Ctrl+D"}

_OF_PAPER = {"paper", "signers"}
_LARGE = 150
"""Text size in per cent from which the box for the reason shows one line, to leave the papers their room."""


class Decision(QFrame):
    """Asks for a reviewer's word. ``decide`` is called once a needed reason stands there.

    The box for the reason opens when a button needs it, so that the papers keep their room until then; so does the one
    for members who signed on paper.
    """

    def __init__(self, decide: Decide) -> None:
        super().__init__()
        styled(self, "card")
        self._decide = decide
        self.reason = LongTextField("note", "原因", lines=2 if text_scale() < _LARGE else 1)
        self.buttons = {outcome: self._button(outcome) for outcome in Outcome}
        self.on_paper = OnPaper()
        self._open_paper = button("有成员在纸上签了字…", self._ask_for_paper, kind="link", icon="attach")
        self._open_paper.hide()
        row = QHBoxLayout()
        row.setSpacing(gap(14))
        for made in self.buttons.values():
            row.addWidget(made, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(12), gap(20), gap(16))
        column.setSpacing(gap(10))
        column.addWidget(self.on_paper)
        column.addWidget(self.reason)
        column.addLayout(row)
        column.addWidget(self._open_paper, 0, Qt.AlignmentFlag.AlignLeft)
        self.reason.edited.connect(lambda: self.show_findings([]))
        self.reason.hide()

    def let_sign_on_paper(self, names: Sequence[str] | None) -> None:
        """Let these members' signatures on paper be recorded along (nobody on record: any); None lets nobody's."""
        self.on_paper.offer(names or ())
        self._open_paper.setVisible(names is not None)

    def clear(self) -> None:
        """Forget what was written, for the next thing."""
        self.reason.set_value("")
        self.reason.hide()
        self.show_findings([])

    def _ask_for_paper(self) -> None:
        self._open_paper.hide()
        self.on_paper.show()

    def show_findings(self, findings: list[Finding]) -> None:
        """Show beneath the reason what is wrong, and beneath the paper what is wrong with it."""
        self.on_paper.show_findings(findings)
        others = [finding for finding in findings if not self.on_paper.isVisible() or finding.field not in _OF_PAPER]
        self.reason.show_findings(others)
        if others:
            self.reason.show()

    def _button(self, outcome: Outcome) -> QPushButton:
        kind, drawing, colour = _LOOKS[outcome]
        made = button(outcome.label, lambda: self._on_pressed(outcome), kind=kind, icon=drawing)
        made.setFont(face(20, bold=True))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setShortcut(_KEYS[outcome])
        made.setToolTip(_KEYS[outcome])
        extra = "" if kind == "primary" else f"border: 2px solid {colour}; color: {colour};"
        made.setStyleSheet(f"min-height: {line(52)}px; font-size: {face(20).pixelSize()}px; font-weight: 700; {extra}")
        return made

    def _on_pressed(self, outcome: Outcome) -> None:
        note = self.reason.value()
        if not any(reasoned(outcome, note)):
            self._decide(outcome, note)
            return
        if self.reason.isVisible():
            self.show_findings(list(reasoned(outcome, note)))
        self.reason.set_hint(f"写好以后再按一次“{outcome.label}”。经办人看得到这段话。")
        self.reason.show()
        self.reason.setFocus()
