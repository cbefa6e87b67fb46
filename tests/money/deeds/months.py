"""Months closed by two people and opened again by three, days that go by, a clock set back, a program begun anew."""

from datetime import datetime, timedelta

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from tests.money.deeds.core import EXCUSE, accountants, deaths, heads, people
from tests.money.deeds.notices import Notices
from tests.payments.paying import as_
from villagedesk.closing.store import last_closed, months, unsettled
from villagedesk.closing.usecases import (
    agree_reopening,
    ask_reopening,
    close_month,
    prepare_closing,
    refuse_reopening,
)
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import ClockSetBack
from villagedesk.ledger.model import ReopeningState


class Months(Notices):
    """What is shut and opened, and when."""

    @rule(who=people)
    def the_clock_is_set_back(self, who: str) -> None:
        """Nothing is written before what was written last; then somebody puts the clock right."""
        now, last = self.clock.now(), datetime.fromisoformat(self.desk.tip()[2])
        self.clock.set(last - timedelta(days=1))
        as_(self.desk, who)
        try:
            with self.desk.change("test.past"):
                raise AssertionError("a change began in the past")
        except ClockSetBack:
            self.done["clock"] += 1
        finally:
            self.clock.set(now)

    def _next_month(self) -> Period | None:
        may = {"ready", "prepared", "reopened", "lapsed"}
        return next((one.period for one in months(self.desk, self._day(0)) if one.state in may), None)

    @rule(who=accountants, death=deaths)
    def a_month_is_made_ready(self, who: str, death: int) -> None:
        if period := self._next_month():
            self._do("prepare", who, lambda desk: prepare_closing(desk, period, EXCUSE), death=death)

    @rule(who=heads, death=deaths, second=some.booleans())
    def a_month_is_closed(self, who: str, death: int, *, second: bool) -> None:
        if period := self._next_month():
            self._do("close", who, lambda desk: close_month(desk, period), death=death, second=second)

    @rule()
    def a_month_is_over_and_closed(self) -> None:
        """As on a good day: the month ends, the accountant makes it ready, the head closes it."""
        period = self._next_month() or Period.month_of(self._day(0))
        past_it = max(period.last + timedelta(days=1), self._day(0))
        self.clock.set(
            self.clock.now().replace(year=past_it.year, month=past_it.month, day=past_it.day) + timedelta(minutes=1)
        )
        self._do("prepare", "李会计", lambda desk: prepare_closing(desk, period, EXCUSE))
        self._do("close", "赵主任", lambda desk: close_month(desk, period))

    @precondition(lambda self: hasattr(self, "desk") and last_closed(self.desk) is not None)
    @rule(days=some.integers(1, 12), death=deaths)
    def somebody_asks_to_open_a_month(self, days: int, death: int) -> None:
        closing = last_closed(self.desk)
        assert closing
        self._do("ask", "李会计", lambda desk: ask_reopening(desk, closing.id, "漏记", days), death=death)

    @precondition(lambda self: hasattr(self, "desk") and unsettled(self.desk) is not None)
    @rule(who=heads, is_agreed=some.sampled_from([True, True, False]), death=deaths)
    def somebody_answers_the_wish(self, who: str, death: int, *, is_agreed: bool) -> None:
        wish = unsettled(self.desk)
        assert wish
        if wish.state is ReopeningState.AGREED:
            self._do("open", "李会计", lambda desk: self._ruled(desk, "reopenings", wish, is_agreed), death=death)
        elif is_agreed:
            self._do("agree", who, lambda desk: agree_reopening(desk, wish.id), death=death)
        else:
            self._do("refuse", who, lambda desk: refuse_reopening(desk, wish.id, "记到下月"), death=death)

    @precondition(lambda self: hasattr(self, "desk") and last_closed(self.desk) is not None)
    @rule()
    def a_month_is_opened_again(self) -> None:
        """As when everybody agrees."""
        closing = last_closed(self.desk)
        assert closing
        self._do("ask", "李会计", lambda desk: ask_reopening(desk, closing.id, "漏记", 5))
        if (asked := unsettled(self.desk)) and asked.state is ReopeningState.ASKED:
            self._do("agree", "赵主任", lambda desk: agree_reopening(desk, asked.id))
        if (wish := unsettled(self.desk)) and wish.state is ReopeningState.AGREED:
            self._do("open", "李会计", lambda desk: self._ruled(desk, "reopenings", wish, True))

    @rule()
    def the_program_is_started_anew(self) -> None:
        self.other.close()
        self.desk.close()
        self._open()
