"""A pay sheet to read wherever it is signed or ruled on: all its paper shows, of an account only the end."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.payroll.papers import pay_sheet
from villagedesk.reports.sheet import Align, Column, Paragraph, Table
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap
from villagedesk.ui.village.masking import masked

_WHO = 2
"""Columns that say who: 序号, 姓名."""
_SHORT = 12
"""Characters that need no line of their own."""
_UNBROKEN = "\u00a0"


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
                if block.unit:
                    column.addWidget(label(block.unit, "small"))
                column.addWidget(_read(block))
            elif isinstance(block, Paragraph):
                column.addWidget(label(block.text, "soft", wrap=True, selectable=True))


def _read(table: Table) -> ReadTable:
    """Return a table to read: who, all about them in one column that wraps, and what is paid; nothing falls off."""
    columns = table.columns
    amounts = [place for place, column in enumerate(columns) if column.align is Align.AMOUNT][-1:]
    about = [place for place in range(_WHO, len(columns)) if place not in amounts]
    heads = [columns[place].head for place in (*range(_WHO), *about[:1], *amounts)]
    if len(about) > 1:
        heads[_WHO] = "明细"
    rows = [*table.rows, *([table.total] if table.total else [])]
    return ReadTable(
        heads,
        [(*row[:_WHO], _told([columns[place] for place in about], [row[place] for place in about]),
          *(row[place] for place in amounts)) for row in rows],
        wide=[_WHO],
        amounts=[_WHO + 1],
    )  # fmt: skip


def _told(columns: Sequence[Column], cells: Sequence[str]) -> str:
    """Return what stands in some columns as one text: figures by their heads, a long text on a line of its own."""
    said = ""
    for column, cell in zip(columns, cells, strict=True):
        text = masked(cell).replace(" ", _UNBROKEN)
        if text and column.align in {Align.AMOUNT, Align.RIGHT}:
            text = f"{column.head}{_UNBROKEN}{text}"
        if text:
            said += ("\n" if len(text) > _SHORT else "，") + text if said else text
    return said
