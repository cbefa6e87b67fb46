"""What a rule says, on the screen: lines below a field, and callouts in a box."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.icons import picture
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap, ground, ink, px, sign

Jump = Callable[[str], object]
"""Goes where a finding can be put right, given its ``place``."""


def tone_of(finding: Finding) -> Tone:
    """Return the tone of a finding."""
    return Tone.BAD if finding.severity is Severity.BLOCK else Tone.WARN


class FindingLines(QWidget):
    """Findings one below the other, each with its sign, its source and the way to where it can be put right.

    Hidden while there are none. Without a ``jump`` no way is shown.
    """

    jump: Jump | None = None

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(4))
        self._shown: tuple[Finding, ...] = ()
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings and no others."""
        if tuple(findings) == self._shown:
            return
        self._shown = tuple(findings)
        while (item := self._column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for finding in findings:
            words = finding.message + (f"（依据：{finding.basis}）" if finding.basis else "")
            self._column.addWidget(SignedLine(words, tone_of(finding), self._way(finding)))
        self.setVisible(bool(findings))

    def messages(self) -> list[str]:
        """Return the sentences that are shown."""
        return [finding.message for finding in self._shown]

    def _way(self, finding: Finding) -> QWidget | None:
        if not finding.place or self.jump is None:
            return None
        jump, place = self.jump, finding.place
        link = button("去办 ›", lambda: jump(place), kind="link")
        link.setAccessibleName(f"去办：{finding.message}")
        return link


class SignedLine(QWidget):
    """A sentence in a tone's colour, with the tone's sign before it, and perhaps a link after it."""

    def __init__(self, words: str, tone: Tone, link: QWidget | None = None) -> None:
        super().__init__()
        signal = QLabel()
        signal.setPixmap(picture(sign(tone), ink(tone), 18))
        signal.setFixedSize(px(18), px(24))
        text = label(words, wrap=True, selectable=True)
        text.setStyleSheet(f"color: {ink(tone)}; background: transparent;")
        text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(gap(6))
        line.addWidget(signal, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        if link:
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(words)


class Callout(QFrame):
    """A sentence or two in a tinted box: something to know before going on."""

    def __init__(self, words: str, tone: Tone = Tone.QUIET, *, title: str = "", extra: QWidget | None = None) -> None:
        """``extra`` is a widget, such as a button, at the right."""
        super().__init__()
        self.setObjectName("callout")
        self.setStyleSheet(f"#callout {{ background: {ground(tone)}; border-radius: 8px; }}")
        signal = QLabel()
        signal.setPixmap(picture("info" if tone in {Tone.QUIET, Tone.PLAIN} else sign(tone), ink(tone), 20))
        signal.setFixedSize(px(20), px(24))
        text = QVBoxLayout()
        text.setSpacing(gap(2))
        if title:
            head = label(title, "heading", wrap=True)
            head.setStyleSheet(f"color: {ink(tone)};")
            text.addWidget(head)
        self._words = label(words, wrap=True, selectable=True)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        text.addWidget(self._words)
        line = QHBoxLayout(self)
        line.setContentsMargins(gap(14), gap(10), gap(14), gap(10))
        line.setSpacing(gap(10))
        is_one_line = extra is not None and not title
        line.addWidget(signal, 0, Qt.AlignmentFlag.AlignVCenter if is_one_line else Qt.AlignmentFlag.AlignTop)
        line.addLayout(text, 1)
        if extra:
            line.addWidget(extra, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{title} {words}".strip())

    def set_words(self, words: str) -> None:
        """Say something else."""
        self._words.setText(words)
        self.setAccessibleName(words)
