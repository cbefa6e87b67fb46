"""A month as a card: its name, where it stands in word, sign and colour, and what to do about it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from villagedesk.closing.model import Month, MonthState
from villagedesk.ledger.model import ReopeningState
from villagedesk.ledger.monthfigures import altered_words
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import Card
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.store import officer_name

TONES: Mapping[MonthState, Tone] = {
    MonthState.RUNNING: Tone.QUIET,
    MonthState.LATER: Tone.QUIET,
    MonthState.READY: Tone.ACTIVE,
    MonthState.PREPARED: Tone.ACTIVE,
    MonthState.CLOSED: Tone.GOOD,
    MonthState.ASKED: Tone.WARN,
    MonthState.REOPENED: Tone.WARN,
    MonthState.LAPSED: Tone.BAD,
}
_VERBS: Mapping[MonthState, str] = {
    MonthState.READY: "去结账",
    MonthState.PREPARED: "去确认",
    MonthState.ASKED: "去看",
    MonthState.REOPENED: "去重新结账",
    MonthState.LAPSED: "去重新结账",
}

ALTERED = "结账以后被改过"
"""What stands on a closed month whose sums are not any more what it was closed with."""


class MonthCard(Card):
    """A month in the row of months; ``act`` opens it. ``is_altered``: its sums changed after it was closed."""

    def __init__(
        self, desk: Desk, month: Month, due_days: int, act: Callable[[], object], *, is_altered: bool = False
    ) -> None:
        super().__init__()
        line = QHBoxLayout()
        line.setSpacing(gap(8))
        line.addWidget(label(f"{month.period.first_month}月", "figure"))
        line.addStretch(1)
        self.body.addLayout(line)
        today = desk.clock.now().date()
        tone = Tone.BAD if days_late(month, due_days, today) > 0 else TONES[month.state]
        self.body.addWidget(Badge(month.state.label, tone), 0, Qt.AlignmentFlag.AlignLeft)
        note = note_of(desk, month, due_days, today)
        if is_altered:
            self.body.addWidget(Badge(ALTERED, Tone.BAD), 0, Qt.AlignmentFlag.AlignLeft)
            note = f"{altered_words(month.period)}{note}"
        words = label(note, "soft", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(words, 1)
        verb = _VERBS.get(month.state, "去看")
        link = button(f"{verb} ›", act, kind="link")
        link.setAccessibleName(f"{month.period.label}：{verb}")
        self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(f"{month.period.label}：{month.state.label}。{note}")


def days_late(month: Month, due_days: int, today: date) -> int:
    """Return for how many days a month should have been closed already; 0 or less when it is in time or closed."""
    if month.state in {MonthState.READY, MonthState.PREPARED}:
        return (today - month.period.last).days - due_days
    return 0


def note_of(desk: Desk, month: Month, due_days: int, today: date) -> str:
    """Return the sentence below a month's state: by when, by whom, until when."""
    closing, reopening = month.closing, month.reopening
    if month.state is MonthState.RUNNING:
        return f"过完{month.period.first_month}月再结账。"
    if month.state is MonthState.LATER:
        return "前面的月份结了，才轮到这个月。"
    if month.state is MonthState.PREPARED and closing:
        return f"{officer_name(desk, closing.prepared_by)}已办好，等村主要负责人或理财小组确认。"
    if month.state is MonthState.CLOSED and closing and closing.closed_on and closing.closed_by:
        twice = f"第{closing.number}次结账。" if closing.number > 1 else ""
        return f"{short(closing.closed_on)}，{officer_name(desk, closing.closed_by)}确认。{twice}"
    if month.state is MonthState.ASKED and reopening:
        return f"{reopening.state.label}。账还关着。"
    if reopening and reopening.open_until and reopening.state is ReopeningState.GRANTED:
        return f"开放到{short(reopening.open_until)}，改完请重新结账。"
    late = days_late(month, due_days, today)
    due = short(month.period.last + timedelta(days=due_days))
    return f"应在{due}前结账，已过{late}天。" if late > 0 else f"应在{due}前结账。"


def short(day: date) -> str:
    """Return a day without its year: 2月3日."""
    return f"{day.month}月{day.day}日"
