"""A closed month that was opened again stands on the next notices about money, with its reason."""

import pytest

from tests.closing.months import a_month, agreed, closed, reopened, ruled
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import funds, spending
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.dates import Period
from villagedesk.reports.sheet import Sheet, text_of
from villagedesk.storage.desk import Desk

TOLD = "漏记了一笔到账"


def text(desk: Desk, period: str) -> str:
    """What the two notices about money say of a period."""
    scope = Scope(Period.parse(period))
    blocks = [*spending.gather(desk, scope).blocks, *funds.gather(desk, scope).blocks]
    return text_of(Sheet("公示", tuple(blocks)))


def test_both_notices_tell_which_month_why_and_who_agreed(desk: Desk, clock: SetClock) -> None:
    a_month(desk, clock)
    reopened(desk, closed(desk), days=5)
    told = text(desk, "2026Q1")
    assert told.count(TOLD) == 2
    for word in ("2026年1月", "2026.2.3", "赵主任", "吴所长", "2026.2.8", "还没有重新结账"):
        assert word in told
    closed(desk)
    assert "已重新结账" in text(desk, "2026Q1")


@pytest.mark.parametrize(
    ("period", "is_told"), [("2026-01", True), ("2026-02", True), ("2026-03", False), ("2026", True)]
)
def test_it_stands_on_the_notice_of_the_month_and_of_the_days_it_was_asked_in(
    desk: Desk, clock: SetClock, period: str, *, is_told: bool
) -> None:
    a_month(desk, clock)
    reopened(desk, closed(desk))
    assert (TOLD in text(desk, period)) is is_told


def test_a_wish_that_was_not_granted_is_not_told(desk: Desk, clock: SetClock) -> None:
    a_month(desk, clock)
    wish = agreed(desk, closed(desk))
    assert TOLD not in text(desk, "2026Q1")
    ruled(desk, wish, Ruling.RETURNED)
    assert TOLD not in text(desk, "2026Q1")
