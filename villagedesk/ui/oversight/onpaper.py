"""Members of the group who signed on paper: who they are, and the scanned sheet that shows it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.kernel.findings import Finding
from villagedesk.ui.kit.fields import CheckField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.suggestfield import SuggestField
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap


class OnPaper(QWidget):
    """Asks which members signed the paper, and for its scan. With nobody on record the names are written."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[CheckField] = []
        self._written = SuggestField("signers", "签字人姓名", lambda _text: [], sample="几个人用顿号分开")
        self._paper = FileField("paper", "签了字的单子（照片或扫描件）")
        self._members = QHBoxLayout()
        self._members.setSpacing(gap(16))
        who = QVBoxLayout()
        who.setSpacing(gap(6))
        who.addWidget(label("还有谁在纸上签了字", "fieldName"))
        who.addLayout(self._members)
        who.addWidget(self._written)
        who.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap(24))
        row.addLayout(who, 1)
        row.addWidget(self._paper, 1, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def offer(self, names: Sequence[str]) -> None:
        """Begin anew, with these members to choose from; none lets one write the names."""
        while (item := self._members.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._boxes = [CheckField(name, name) for name in names]
        for box in self._boxes:
            self._members.addWidget(box)
        self._members.addStretch(1)
        self._written.setVisible(not names)
        self._written.set_value("")
        self._paper.set_value(None)
        self.show_findings([])
        self.hide()

    def signers(self) -> list[str]:
        """Return who signed on paper."""
        if not self.isVisible():
            return []
        ticked = [box.name for box in self._boxes if box.value()]
        return ticked + [name.strip() for name in self._written.value().split("、") if name.strip()]

    def paper(self) -> Path | None:
        """Return the scanned sheet."""
        path: Path | None = self._paper.value()
        return path

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show beneath the file what is wrong with the paper or the names."""
        self._paper.show_findings([finding for finding in findings if finding.field in {"paper", "signers"}])
