"""What a month is closed with names its funds as closings of years ago named them: the owner stands beside the name."""

from datetime import date

import pytest

from tests.closing.months import FEBRUARY, JANUARY, a_month, closed, on
from tests.money.stranger import Row, forge, guards_down, insert, row_of
from villagedesk.kernel.clock import SetClock
from villagedesk.ledger.closedmonths import altered_months, month_figures
from villagedesk.storage.desk import Desk
from villagedesk.village.model import OWNERS, Arrival, Fund


@pytest.mark.parametrize("owner", OWNERS)
def test_a_closed_month_holds_whatever_a_fund_is_called_today(desk: Desk, owner: str) -> None:
    """It is held against its closing word by word; another name would look as if somebody had altered the books."""
    with desk.change("test.fund") as change:
        own = change.put(Fund(year=2026, source="村集体", owner=owner, planned_fen=100))
        change.put(Arrival(fund_id=own.id, arrived_on=date(2026, 1, 5), amount_fen=100))
    (fund,) = month_figures(desk, JANUARY).funds
    assert (fund.name, fund.owner) == ("2026年村集体", owner)


def test_only_the_month_that_was_written_into_is_named_not_those_after_it(desk: Desk, clock: SetClock) -> None:
    """What January is given too much February begins with; February is named once something moved in itself."""
    a_month(desk, clock)
    closed(desk)
    on(clock, 3, 3)
    closed(desk, FEBRUARY)
    slipped_in(desk, id="01KE5TPFORGED0000000000000", arrived_on="2026-01-20")
    assert altered_months(desk) == ["2026-01"]
    slipped_in(desk, id="01KE5TPFORGED0000000000001", arrived_on="2026-02-20")
    assert altered_months(desk) == ["2026-01", "2026-02"]


def slipped_in(desk: Desk, **facts: object) -> None:
    """Write an arrival past the guards, its entry rightly chained."""
    with guards_down(desk.folder) as connection:
        row: Row = {**row_of(connection, "arrivals"), "version": 1, "number": 0, "year": 0, **facts}
        forge(connection, "arrivals", row)
        insert(connection, "arrivals", row)
