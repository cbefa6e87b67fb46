"""What a month is closed with names its funds as closings of years ago named them: the owner stands beside the name."""

from datetime import date

import pytest

from tests.closing.months import JANUARY
from villagedesk.ledger.closedmonths import month_figures
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
