"""Above the list of pay sheets: those that were begun and not drawn up, each with the way to go on."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.kernel.money import yuan
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.payroll.unfinished import UnfinishedSheet
from villagedesk.ui.theme import Tone, gap

_MOST = 3
"""Sheets named at once; the others come up as these are finished."""


class UnfinishedLines(QWidget):
    """A line for each sheet that was begun; nothing while there is none."""

    def __init__(self, desk: Desk, go_on: Callable[[UnfinishedSheet], object]) -> None:
        super().__init__()
        self._desk, self._go_on = desk, go_on
        self._shown: tuple[UnfinishedSheet, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(gap(12), 0, gap(12), gap(10))
        self._column.setSpacing(gap(8))
        self.hide()

    def show_sheets(self, sheets: Sequence[UnfinishedSheet]) -> None:
        """Show these sheets and no others."""
        if tuple(sheets) == self._shown:
            return
        self._shown = tuple(sheets)
        while (item := self._column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for sheet in sheets[:_MOST]:
            go_on = button("接着做", partial(self._go_on, sheet), kind="primary")
            go_on.setAccessibleName(f"接着做：{sheet.run.title}")
            self._column.addWidget(Callout(self._words(sheet), Tone.ACTIVE, extra=go_on))
        self.setVisible(bool(sheets))

    def _words(self, sheet: UnfinishedSheet) -> str:
        run = sheet.run
        project = self._desk.get(Project, run.project_id).name
        return f"没有做完：{run.brief}（{project}），{len(run.lines)}行，{yuan(run.total_fen)} 元。"
