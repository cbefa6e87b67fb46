"""The board's calendar: each kind's period or event, when its notice should hang, until it does."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from villagedesk.disclosure.kind import Kind, Occasion, Scope
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.rhythms import MONTHS, rhythms
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store

if TYPE_CHECKING:
    from villagedesk.disclosure.model import Notice
    from villagedesk.village.profile import NoticeRule

Key = tuple[str, str, str]
"""Kind, period and topic of a notice."""

_EVENT = "event"
_UNDER_WAY = "state IN ('draft', 'submitted', 'queried', 'reviewed', 'issued')"


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice that should hang by a day; ``name`` says of what period or event.

    ``notice`` is how far it has come, None when it is not begun. One that is not required is only offered: it is
    never late.
    """

    kind: str
    label: str
    slot: int
    scope: Scope
    name: str
    due_on: date
    notice: "Notice | None"
    days_late: int
    is_required: bool

    @property
    def period(self) -> Period:
        """The period it is about, or in which its event lies."""
        return self.scope.period

    @property
    def is_late(self) -> bool:
        """Whether its day is over."""
        return self.days_late > 0

    @property
    def words(self) -> str:
        """What is to be done, in words for the first page."""
        return f"{self.name}“{self.label}”公示"

    @property
    def note(self) -> str:
        """How far it has come, and by when it should hang."""
        stands = self.notice.state.label if self.notice else "还没有做"
        late = f"已过期{self.days_late}天，" if self.is_late else ""
        by = f"{'应' if self.is_required else '不是必须公开的，要公开请'}在{chinese_date(self.due_on)}前张贴"
        return f"{stands}，{late}{by}"


def due_notices(desk: Desk, today: date) -> list[DueNotice]:
    """Return what must hang for periods that are over and for what happened, and does not yet; the oldest day first."""
    return _asked_for(desk, today, is_required=True)


def offered_notices(desk: Desk, today: date) -> list[DueNotice]:
    """Return what may be shown and is not yet: the kinds that nobody requires."""
    return _asked_for(desk, today, is_required=False)


def due_on(ended: Period | date, rule: "NoticeRule") -> date:
    """Return the day the notice of a period, or of an event on a day, is due."""
    return (ended.last if isinstance(ended, Period) else ended) + timedelta(days=rule.due_days)


def next_due(desk: Desk, today: date) -> tuple[Period, date]:
    """Return the running period whose notices will be due first, and that day."""
    rules = village_store.profile(desk).notices
    running = [
        (due_on(period, rules[kind.code]), period)
        for kind in KINDS
        if rules[kind.code].rhythm in MONTHS and rules[kind.code].is_required
        for period in [period_of(today, rules[kind.code].rhythm)]
    ]
    day, period = min(running)
    return period, day


def period_of(day: date, rhythm: str) -> Period:
    """Return the month, quarter or year a day lies in."""
    months = MONTHS[rhythm]
    return Period(day.year, (day.month - 1) // months * months + 1, months)


def periods_kept(desk: Desk, today: date, rhythm: str) -> list[Period]:
    """Return the periods that are over for which this desk keeps books, oldest first.

    The books begin in the period the desk was set up in, or with the first year that has money or projects.
    """
    begun = _begun(desk)
    return list(_periods(begun, today, rhythm)) if begun else []


def _asked_for(desk: Desk, today: date, *, is_required: bool) -> list[DueNotice]:
    begun = _begun(desk)
    if begun is None:
        return []
    hung = _hung(desk)
    over = {rhythm: [(str(period), period) for period in _periods(begun, today, rhythm)] for rhythm in MONTHS}
    open_ones: list[tuple[Kind, Occasion]] = []
    for kind in KINDS:
        rhythm, is_asked = rhythms()[kind.code]
        if is_asked is is_required:
            missing = [one for name, one in over.get(rhythm, ()) if (kind.code, name, "") not in hung]
            open_ones += [(kind, Occasion(Scope(period), period.last, period.label)) for period in missing]
            if rhythm == _EVENT:
                open_ones += [(kind, one) for one in _events(desk, kind, begun, today, hung)]
    if not open_ones:  # the profile and the notices are loaded only for something to say
        return []
    rules, under_way = village_store.profile(desk).notices, _under_way(desk)
    found = [_due(kind, occasion, rules[kind.code], under_way, today) for kind, occasion in open_ones]
    return sorted(found, key=lambda due: due.due_on)


def _begun(desk: Desk) -> date | None:
    """Return the day from which books are kept: the desk's first, or New Year of the first year in them."""
    founded = desk.value("SELECT at FROM journal ORDER BY seq LIMIT 1")
    year = desk.value(
        """SELECT min(year) FROM (SELECT year FROM funds WHERE village_id = :village
                                   UNION ALL SELECT year FROM projects WHERE village_id = :village)""",
        {"village": desk.office_id},
    )
    return max(date.fromisoformat(founded[:10]), date(year, 1, 1)) if founded and year else None


def _events(desk: Desk, kind: Kind, begun: date, today: date, hung: Collection[Key]) -> Iterator[Occasion]:
    """Yield the events since the quarter the books began in that were not shown yet."""
    first = period_of(begun, "quarter").first
    for one in kind.occasions(desk, today):
        if one.happened_on >= first and (kind.code, str(one.scope.period), one.scope.topic_id) not in hung:
            yield one


def _periods(begun: date, today: date, rhythm: str) -> Iterator[Period]:
    period = period_of(begun, rhythm)
    while period.last < today:
        yield period
        period = period_of(period.last + timedelta(days=1), rhythm)


def _due(kind: Kind, occasion: Occasion, rule: "NoticeRule", under_way: "dict[Key, Notice]", today: date) -> DueNotice:
    scope, day = occasion.scope, due_on(occasion.happened_on, rule)
    return DueNotice(
        kind=kind.code,
        label=kind.label,
        slot=kind.slot,
        scope=scope,
        name=occasion.name,
        due_on=day,
        notice=under_way.get((kind.code, str(scope.period), scope.topic_id)),
        days_late=max((today - day).days, 0) if rule.is_required else 0,
        is_required=rule.is_required,
    )


def _hung(desk: Desk) -> set[Key]:
    """Return kind, period and topic of everything that hangs or hung: one look into two indexes, however many years."""
    rows = desk.rows(
        """SELECT kind, period, topic_id FROM notices WHERE village_id = :village AND rowid IN
             (SELECT rowid FROM notices
               WHERE village_id = :village AND state IN ('posted', 'corrected', 'taken_down', 'filed'))""",
        {"village": desk.office_id},
    )
    return {(row["kind"], row["period"], row["topic_id"]) for row in rows}


def _under_way(desk: Desk) -> "dict[Key, Notice]":
    """Return the notices between draft and board by kind, period and topic."""
    from villagedesk.disclosure.model import Notice

    found = desk.find(Notice, f"village_id = ? AND corrects_id IS NULL AND {_UNDER_WAY}", [desk.office_id])
    return {(notice.kind, notice.period, notice.topic_id): notice for notice in found}
