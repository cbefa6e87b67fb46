"""What a desk remembers of sums is always what adding up anew would give."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from villagedesk.storage import memory
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival, Fund, Household

steps = st.lists(
    st.tuples(
        st.sampled_from(["added", "added by another", "lost", "asked", "asked halfway and lost"]),
        st.integers(0, 1),
        st.integers(1, 10**12),
    ),
    max_size=12,
)


@pytest.mark.parametrize("few", [0, 2, 1000])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(steps)
def test_a_total_is_always_the_sum_of_all_rows(
    plain_desk: Desk, monkeypatch: pytest.MonkeyPatch, few: int, steps: list[tuple[str, int, int]]
) -> None:
    monkeypatch.setattr(memory, "_FEW", few)
    with plain_desk.change("village.fund.opened") as change:
        funds = [
            change.put(Fund(year=2026, source=f"来源{plain_desk.tip()[0]}之{place}", planned_fen=0)).id
            for place in range(2)
        ]
    with plain_desk.sibling() as other:
        for what, place, fen in steps:
            if what == "added":
                _arrive(plain_desk, funds[place], fen)
            elif what == "added by another":
                _arrive(other, funds[place], fen)
            elif what != "asked":
                with pytest.raises(ZeroDivisionError):
                    _arrive(plain_desk, funds[place], fen, is_asked=what != "lost", is_lost=True)
            else:
                assert _total(plain_desk, funds[place]) == _added_up(plain_desk, funds[place])
        for desk in (plain_desk, other):
            assert [_total(desk, fund) for fund in funds] == [_added_up(desk, fund) for fund in funds]


def test_a_change_counts_what_it_has_just_written(plain_desk: Desk) -> None:
    with plain_desk.change("x") as change:
        fund = change.put(Fund(year=2026, source="村集体", planned_fen=0)).id
        assert _total(plain_desk, fund) == 0
        change.put(Arrival(fund_id=fund, arrived_on=date(2026, 3, 1), amount_fen=7))
        assert _total(plain_desk, fund) == 7


@pytest.mark.parametrize(("table", "key"), [("claims", "fund_id"), ("funds", "id"), (Household.table, "id")])
def test_rows_that_can_change_are_not_remembered(plain_desk: Desk, table: str, key: str) -> None:
    with pytest.raises(ValueError, match="do not stay"):
        plain_desk.total(table, "version", key, "x")


def _arrive(desk: Desk, fund: str, fen: int, *, is_asked: bool = False, is_lost: bool = False) -> None:
    with desk.change("village.arrival.recorded") as change:
        change.put(Arrival(fund_id=fund, arrived_on=date(2026, 3, 1), amount_fen=fen))
        if is_asked:
            assert _total(desk, fund) == _added_up(desk, fund)
        if is_lost:
            raise ZeroDivisionError


def _total(desk: Desk, fund: str) -> int:
    return desk.total("arrivals", "amount_fen", "fund_id", fund)


def _added_up(desk: Desk, fund: str) -> int:
    return int(desk.value("SELECT coalesce(sum(amount_fen), 0) FROM arrivals WHERE fund_id = ?", [fund]))
