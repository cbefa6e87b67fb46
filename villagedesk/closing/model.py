"""A month on its way to being closed: where it stands, and what was asked of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from villagedesk.kernel.dates import Period
from villagedesk.ledger.model import Closing, Reopening


class MonthState(StrEnum):
    """Where a month stands."""

    RUNNING = "running"
    LATER = "later"
    READY = "ready"
    PREPARED = "prepared"
    CLOSED = "closed"
    ASKED = "asked"
    REOPENED = "reopened"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        """The Chinese name of the state, which says what is next."""
        return {
            "running": "还没有过完",
            "later": "先结前面的月份",
            "ready": "可以结账",
            "prepared": "待确认",
            "closed": "已结账",
            "asked": "已申请反结账",
            "reopened": "反结账中",
            "lapsed": "反结账已到期，待重新结账",
        }[self]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the books: its closings, the first first, and the reopening of the last one that counts."""

    period: Period
    state: MonthState
    closings: Sequence[Closing]
    reopening: Reopening | None

    @property
    def closing(self) -> Closing | None:
        """Its last closing, prepared or done; None when there is none."""
        return self.closings[-1] if self.closings else None
