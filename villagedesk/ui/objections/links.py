"""The objections to a notice, for the record of that notice: each leads to its own."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagedesk.disclosure.objections.store import ObjectionLine, number_of, objections_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.text import ElidedLabel
from villagedesk.ui.objections.columns import tone_of
from villagedesk.ui.theme import gap


def objections_part(desk: Desk, notice_id: str, go_to: Callable[[str], object]) -> QWidget | None:
    """Return the objections to a notice below one another, None where there are none; ``go_to`` shows one by its id."""
    lines = objections_of(desk, notice_id)
    if not lines:
        return None
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap(10))
    for line in lines:
        column.addLayout(_row(line, go_to))
    return part


def _row(line: ObjectionLine, go_to: Callable[[str], object]) -> QVBoxLayout:
    number = number_of(line.objection)
    link = button(f"{number} ›", lambda: go_to(line.objection.id), kind="link")
    link.setAccessibleName(f"看异议：{number}")
    head = QHBoxLayout()
    head.setSpacing(gap(8))
    head.addWidget(link)
    head.addStretch(1)
    head.addWidget(Badge(line.standing.words, tone_of(line.standing)))
    row = QVBoxLayout()
    row.setSpacing(gap(2))
    row.addLayout(head)
    row.addWidget(ElidedLabel(" ".join(line.objection.text.split()), "small"))
    return row
