"""The list of meetings as data: where its rows come from, and its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from villagedesk.deliberation import rules, store
from villagedesk.deliberation.store import MeetingLine
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.theme import Tone
from villagedesk.village.store import profile


@dataclass(frozen=True, slots=True)
class Row:
    """A meeting as the list shows it."""

    line: MeetingLine
    is_valid: bool


class Meetings:
    """The office's meetings as a ListSource."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the meetings that fit, in order."""
        return store.meeting_ids(self._desk, filter_text, sort_key, descending=descending)

    def rows(self, ids: Sequence[str]) -> list[Row]:
        """Return the meetings with whether they had their quorum."""
        judged_by = profile(self._desk).meetings
        return [
            Row(line, rules.quorum_met(judged_by[line.meeting.basis], line.meeting.entitled, line.meeting.present))
            for line in store.meeting_lines(self._desk, ids)
        ]


def _outcome(row: Row) -> str:
    if not row.line.motions:
        return "—"
    return f"通过{row.line.passed}项，共{row.line.motions}项"


COLUMNS: tuple[Column[Row], ...] = (
    Column("held_on", "日期", lambda row: row.line.meeting.held_on.isoformat(), 130),
    Column("number", "会议", lambda row: row.line.meeting.number),
    Column("place", "地点", lambda row: row.line.meeting.place, 170, spare=True),
    Column(
        "present",
        "实到/应到",
        lambda row: f"{row.line.meeting.present}/{row.line.meeting.entitled}",
        120,
        align="right",
        sortable=False,
        spare=True,
    ),
    Column(
        "valid",
        "人数",
        lambda row: "够" if row.is_valid else "不够，无效",
        150,
        sortable=False,
        tone=lambda row: Tone.GOOD if row.is_valid else Tone.BAD,
    ),
    Column("outcome", "表决", _outcome, 190, sortable=False),
)
