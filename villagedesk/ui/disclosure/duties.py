"""What is to be done about the board: what is due and not begun, what is on its way, what must come down."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.disclosure.due import DueNotice, due_notices
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import label_of
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.pending import under_way
from villagedesk.kernel.dates import Period
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import MARKS, TONES, subject_of
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.theme import Tone

S = NoticeState
_SOON = 7
"""Days before its day from which a notice is marked as pressing."""

_HANGING = frozenset({S.POSTED, S.CORRECTED})
"""The states in which paper of a notice may hang."""

STEPS = {
    S.DRAFT: "送审",
    S.QUERIED: "答复",
    S.REVIEWED: "发布",
    S.ISSUED: "登记张贴",
    S.POSTED: "取下",
    S.TAKEN_DOWN: "归档",
}
"""What the accountant does next in each state; in the others it is somebody else's turn, or all is done."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do about one notice. ``notice`` is None while it is not begun; ``due_on`` None where no day is set.

    ``verb`` is the next step, "" while others have their turn; ``is_required`` says that the rules ask for it.
    """

    kind: str
    label: str
    slot: int
    scope: Scope
    name: str
    due_on: date | None
    notice: Notice | None
    is_late: bool = False
    days_left: int = 0
    is_required: bool = True

    @property
    def key(self) -> str:
        """What the list knows it by."""
        return f"{self.kind} {self.scope.period} {self.scope.topic_id} {self.notice.id if self.notice else ''}"

    @property
    def verb(self) -> str:
        """The next step, "" while it is somebody else's turn."""
        if self.notice is None:
            return "生成"
        if self.notice.state is S.CORRECTED:
            return STEPS[S.POSTED] if self.due_on else STEPS[S.TAKEN_DOWN]
        return STEPS.get(self.notice.state, "")

    @property
    def stands(self) -> tuple[str, Tone]:
        """How far it has come."""
        if self.notice is None:
            return "还没有做", Tone.WARN
        if self.notice.state is S.POSTED:
            return "张贴期满", Tone.WARN
        return self.notice.state.label, TONES[self.notice.state]

    @property
    def when(self) -> tuple[str, Tone]:
        """By which day, and how pressing that is."""
        if self.due_on is None:
            return "不限日期", Tone.QUIET
        day = f"{self.due_on.month}月{self.due_on.day}日"
        if self.notice and self.notice.state in _HANGING:
            return f"{day}期满", Tone.WARN
        if self.is_late:
            return f"{day}，过期{-self.days_left}天", Tone.BAD
        if self.days_left == 0:
            return f"{day}，就是今天", Tone.WARN
        return f"{day}，还有{self.days_left}天", Tone.WARN if self.days_left <= _SOON else Tone.QUIET


def duties(desk: Desk) -> list[Duty]:
    """Return all that is to be done about the board: what is late first, then by day, what has no day last."""
    today = desk.clock.now().date()
    due = [_from_due(one, today) for one in due_notices(desk, today)]
    known = {one.notice.id for one in due if one.notice}
    found = [*due, *(duty for duty in _on_their_way(desk, today) if duty.notice and duty.notice.id not in known)]
    return sorted(found, key=lambda duty: (not duty.is_late, duty.due_on or date.max, duty.slot))


def _from_due(due: DueNotice, today: date) -> Duty:
    days = (due.due_on - today).days
    return Duty(due.kind, due.label, due.slot, due.scope, due.name, due.due_on, due.notice, due.is_late, days)


def _on_their_way(desk: Desk, today: date) -> Iterator[Duty]:
    """Yield what the calendar does not ask for: corrections under way, early drafts, what hangs too long, old paper."""
    for notice, hung_until in under_way(desk):
        day = hung_until if notice.state in _HANGING else None
        if day and day >= today:
            continue
        scope = Scope(Period.parse(notice.period), notice.topic_id)
        about = subject_of(notice) if notice.topic_id else Period.parse(notice.period).label
        yield Duty(notice.kind, label_of(notice.kind), notice.slot, scope, about, day, notice, is_required=False)


class Duties:
    """What is to be done as a ListSource, held in memory: a few dozen rows. ``slot`` 0 stands for all."""

    def __init__(self, desk: Desk, slot: Callable[[], int]) -> None:
        self._desk, self._slot = desk, slot
        self.all: list[Duty] = []

    def look(self) -> None:
        """Look at the desk again; asking for ids looks at what was found then."""
        self.all = duties(self._desk)

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the keys of what fits, in the order of their days unless another is asked for."""
        fitting = [
            duty
            for duty in self.all
            if self._slot() in {0, duty.slot} and filter_text in f"{duty.label}{duty.name}{duty.stands[0]}"
        ]
        if sort_key:
            fitting.sort(key=_ORDERS[sort_key], reverse=descending)
        return [duty.key for duty in fitting]

    def rows(self, ids: Sequence[str]) -> list[Duty]:
        """Return what is to be done."""
        known = {duty.key: duty for duty in self.all}
        return [known[key] for key in ids]


_ORDERS: dict[str, Callable[[Duty], tuple[object, ...]]] = {
    "due": lambda duty: (duty.due_on or date.max, duty.slot),
    "slot": lambda duty: (duty.slot, duty.due_on or date.max),
    "label": lambda duty: (duty.label, duty.due_on or date.max),
    "name": lambda duty: (duty.name, duty.slot),
    "state": lambda duty: (duty.stands[0], duty.due_on or date.max),
    "verb": lambda duty: (duty.verb, duty.due_on or date.max),
}

COLUMNS: tuple[Column[Duty], ...] = (
    Column("due", "最迟哪天", lambda duty: duty.when[0], 216, tone=lambda duty: duty.when[1]),
    Column("slot", "栏目", lambda duty: MARKS[duty.slot - 1], 62, align="center", spare=True),
    Column("label", "公示", lambda duty: duty.label),
    Column("name", "哪一期、哪件事", lambda duty: duty.name),
    Column("state", "办到哪一步", lambda duty: duty.stands[0], 172, tone=lambda duty: duty.stands[1], spare=True),
    Column("verb", "下一步", lambda duty: duty.verb, 124),
)
