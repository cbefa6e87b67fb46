"""What is due on the board and when: each kind, each quarter that is over, until it hangs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from villagedesk.disclosure.kind import Kind, Scope
from villagedesk.disclosure.kinds import KINDS
from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store

if TYPE_CHECKING:
    from villagedesk.disclosure.model import Notice
    from villagedesk.village.profile import NoticeRule


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice that should hang by a day. ``notice`` is how far it has come, None when it is not begun."""

    kind: str
    label: str
    slot: int
    period: Period
    due_on: date
    notice: "Notice | None"
    is_late: bool

    @property
    def words(self) -> str:
        """What is to be done, in words for the first page."""
        return f"{self.period.label}“{self.label}”公示"

    @property
    def note(self) -> str:
        """How far it has come, and by when it should hang."""
        stands = self.notice.state.label if self.notice else "还没有做"
        return f"{stands}，{'已过期，应在' if self.is_late else '应在'}{chinese_date(self.due_on)}前张贴"


def due_notices(desk: Desk, today: date) -> list[DueNotice]:
    """Return what should hang for quarters that are over and does not yet, the oldest quarter first."""
    hung, quarters = _hung(desk), quarters_kept(desk, today)
    due = [(period, kind) for period in quarters for kind in KINDS if (kind.code, str(period)) not in hung]
    return [_due(desk, period, kind, today) for period, kind in due]


def due_on(period: Period, rule: "NoticeRule") -> date:
    """Return the day a period's notice of a kind is due."""
    return period.last + timedelta(days=rule.due_days)


def next_due(desk: Desk, today: date) -> tuple[Period, date]:
    """Return the quarter that is running and the day its notices will be due."""
    period = Period.quarter_of(today)
    return period, due_on(period, village_store.profile(desk).notices[KINDS[0].code])


def quarters_kept(desk: Desk, today: date) -> list[Period]:
    """Return the quarters that are over for which this desk keeps books, oldest first.

    The books begin in the quarter the desk was set up in, or with the first year that has money or projects.
    """
    begun = desk.value("SELECT at FROM journal ORDER BY seq LIMIT 1")
    year = desk.value(
        """SELECT min(year) FROM (SELECT year FROM funds WHERE village_id = :village
                                   UNION ALL SELECT year FROM projects WHERE village_id = :village)""",
        {"village": desk.office_id},
    )
    if not begun or not year:
        return []
    period = max(Period.quarter_of(date.fromisoformat(begun[:10])), Period.quarter(year, 1))
    quarters = []
    while period.last < today:
        quarters.append(period)
        period = Period.quarter_of(period.last + timedelta(days=1))
    return quarters


def _due(desk: Desk, period: Period, kind: Kind, today: date) -> DueNotice:
    from villagedesk.disclosure import store

    due_day = due_on(period, village_store.profile(desk).notices[kind.code])
    notice = store.notice_of(desk, kind.code, Scope(period))
    return DueNotice(kind.code, kind.label, kind.slot, period, due_day, notice, today > due_day)


def _hung(desk: Desk) -> set[tuple[str, str]]:
    """Return kind and period of everything that hangs, or hung until it was corrected: one look, however many years."""
    hung = "SELECT kind, period FROM notices WHERE village_id = ? AND state IN ('posted', 'corrected')"
    return {(row["kind"], row["period"]) for row in desk.rows(hung, [desk.office_id])}
