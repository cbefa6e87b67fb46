"""The five slots as cards: what is due in each, how far it has come, and the button that goes on with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QWidget

from villagedesk.disclosure import store
from villagedesk.disclosure.due import DueNotice, due_notices, next_due
from villagedesk.disclosure.model import Notice, NoticeState, Slot
from villagedesk.kernel.dates import Period
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import TONES
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import Card
from villagedesk.ui.kit.text import ElidedLabel
from villagedesk.ui.theme import Colour, Tone, gap, px, styled

_MARKS = "①②③④⑤"
_SHORT = {
    NoticeState.DRAFT: "草稿",
    NoticeState.SUBMITTED: "审核中",
    NoticeState.QUERIED: "有疑问",
    NoticeState.REVIEWED: "待发布",
    NoticeState.ISSUED: "待张贴",
}
_VERBS = {
    NoticeState.DRAFT: "送审",
    NoticeState.QUERIED: "答复",
    NoticeState.REVIEWED: "发布",
    NoticeState.ISSUED: "登记张贴",
}


@dataclass(frozen=True, slots=True)
class SlotStanding:
    """How a slot stands: the oldest notice that is due, or, without a ``kind``, the next one to come."""

    slot: Slot
    kind: str
    period: Period
    due_on: date
    words: str
    tone: Tone
    notice: Notice | None

    @property
    def verb(self) -> str:
        """What is to be done next, "" when it is somebody else's turn or nothing is due."""
        if not self.kind:
            return ""
        return _VERBS.get(self.notice.state, "") if self.notice else "生成"


def standings(desk: Desk) -> list[SlotStanding]:
    """Return how each of the five slots stands today."""
    today = desk.clock.now().date()
    due = {one.slot: one for one in reversed(due_notices(desk, today))}
    period, day = next_due(desk, today)
    return [
        _standing(slot, due[slot.number])
        if slot.number in due
        else SlotStanding(slot, "", period, day, "已公开", Tone.GOOD, None)
        for slot in store.slots(desk)
    ]


def _standing(slot: Slot, due: DueNotice) -> SlotStanding:
    words = _SHORT[due.notice.state] if due.notice else "还没有做"
    tone = TONES[due.notice.state] if due.notice else Tone.WARN
    if due.is_late:
        words, tone = "已过期", Tone.BAD
    return SlotStanding(slot, due.kind, due.period, due.due_on, words, tone, due.notice)


class SlotCards(QScrollArea):
    """The five cards in a row, or below one another where type is large.

    ``go_on`` is called with a slot's standing, ``look`` with a slot's number.
    """

    def __init__(
        self,
        desk: Desk,
        go_on: Callable[[SlotStanding], object],
        look: Callable[[int], object],
        looked_at: int = 0,
        *,
        is_column: bool = False,
    ) -> None:
        super().__init__()
        inside = styled(QWidget(), "clear")
        way = QBoxLayout.Direction.TopToBottom if is_column else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(way, inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap(14))
        for one in standings(desk):
            row.addWidget(_SlotCard(one, go_on, look, is_looked_at=one.slot.number == looked_at), 1)
        if is_column:
            row.addStretch(9)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        if not is_column:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setFixedHeight(inside.sizeHint().height())


class _SlotCard(Card):
    def __init__(
        self,
        standing: SlotStanding,
        go_on: Callable[[SlotStanding], object],
        look: Callable[[int], object],
        *,
        is_looked_at: bool,
    ) -> None:
        super().__init__()
        slot = standing.slot
        self.setMinimumWidth(px(186))
        self._look: Callable[[], object] = lambda: look(slot.number)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"只看“{slot.name}”" + ("" if slot.is_confirmed else "（栏目名称待县级口径确认）"))
        if is_looked_at:
            self.setStyleSheet(f"#card {{ border: 2px solid {Colour.GREEN}; }}")
        self.body.setContentsMargins(gap(14), gap(12), gap(14), gap(12))
        self.body.setSpacing(gap(6))
        self.add(styled(ElidedLabel(f"{_MARKS[slot.number - 1]} {slot.name}"), "heading"))
        day = f"{standing.due_on.month}月{standing.due_on.day}日前"
        when = f"{standing.period.label}，{day}张贴"
        quarter = standing.period.label.removeprefix(f"{standing.period.year}年")
        self.add(ElidedLabel(f"{quarter}，{day}", "small"))
        foot = QHBoxLayout()
        foot.setSpacing(gap(6))
        foot.addWidget(Badge(standing.words, standing.tone))
        foot.addStretch(1)
        if standing.verb:
            act = button(f"{standing.verb} ›", lambda: go_on(standing), kind="link")
            act.setAccessibleName(f"{slot.name}：{standing.verb}")
            foot.addWidget(act)
        self.body.addLayout(foot)
        self.setAccessibleName(f"{slot.name}，{when}，{standing.words}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at this slot's notices only."""
        del event
        self._look()
