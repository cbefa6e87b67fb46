"""A pay sheet to read wherever it is signed or ruled on: all its paper shows, of an account only the end."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.payroll.papers import pay_sheet
from villagedesk.reports.sheet import Align, Paragraph, Table
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap
from villagedesk.ui.village.masking import masked

_SHORT = 8
"""Characters that need no second line."""


class PaySheet(QWidget):
    """The tables of a pay sheet and how it was worked out, from the sheet as it prints."""

    def __init__(self, desk: Desk, payroll_id: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(10))
        for block in pay_sheet(desk, payroll_id).blocks:
            if isinstance(block, Table):
                if block.caption:
                    column.addWidget(label(block.caption, "heading"))
                column.addWidget(_read(block))
            elif isinstance(block, Paragraph):
                column.addWidget(label(block.text, "soft", wrap=True, selectable=True))


def _read(table: Table) -> ReadTable:
    """Return a table to read; columns in which nothing stands are left out, long texts take the room."""
    rows = [[masked(cell) for cell in row] for row in (*table.rows, *([table.total] if table.total else []))]
    used = [place for place in range(len(table.columns)) if any(row[place] for row in rows)]
    texts = [place for place in used if table.columns[place].align is Align.LEFT]
    long = [place for place in texts if any(len(row[place]) > _SHORT for row in rows)] or texts[-1:]
    return ReadTable(
        [table.columns[place].head for place in used],
        [[row[place] for place in used] for row in rows],
        wide=[used.index(place) for place in long],
        amounts=[number for number, place in enumerate(used) if table.columns[place].align in _AT_THE_RIGHT],
    )


_AT_THE_RIGHT = (Align.AMOUNT, Align.RIGHT)
