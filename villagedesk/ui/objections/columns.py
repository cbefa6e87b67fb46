"""The list of objections as data: where its rows come from, its columns, the tones of their clocks."""

from collections.abc import Sequence

from villagedesk.disclosure.objections import store
from villagedesk.disclosure.objections.rules import Standing
from villagedesk.disclosure.objections.store import ObjectionLine, number_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import name_of
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.theme import Tone


class Objections:
    """The office's objections as a ListSource; without an order those that wait for an answer stand first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the objections that fit, in order; the newest first where no order is asked for."""
        return store.objection_ids(self._desk, filter_text, sort_key, descending=descending or not sort_key)

    def rows(self, ids: Sequence[str]) -> list[ObjectionLine]:
        """Return the objections with their notices and clocks."""
        return store.objection_lines(self._desk, ids)


def tone_of(standing: Standing) -> Tone:
    """Return how pressing it is: red once it is late, amber on its last day."""
    if not standing.is_open:
        return Tone.WARN if standing.is_late else Tone.GOOD
    if standing.is_late:
        return Tone.BAD
    if standing.paused_on:
        return Tone.QUIET
    return Tone.WARN if standing.left is not None and standing.left <= 1 else Tone.ACTIVE


def _due(line: ObjectionLine) -> str:
    return line.standing.due_on.isoformat() if line.standing.due_on else "—"


COLUMNS: tuple[Column[ObjectionLine], ...] = (
    Column("number", "编号", lambda line: number_of(line.objection), 170),
    Column("text", "问的内容", lambda line: " ".join(line.objection.text.split()), sortable=False),
    Column("notice", "哪份公示", lambda line: name_of(line.notice), spare=True),
    Column("received_on", "收到", lambda line: line.objection.received_on.isoformat(), 130, spare=True),
    Column("due", "应在哪天前答复", _due, 160, sortable=False, spare=True),
    Column(
        "state",
        "状态",
        lambda line: line.standing.words,
        150,
        tone=lambda line: tone_of(line.standing),
        sortable=False,
    ),
)
