"""Which claims stand is asked of many at once: each finds its voucher by the index, however many years the books hold."""

import pytest

from villagedesk.oversight import unfounded
from villagedesk.payments.living import LIVING, REVERSED
from villagedesk.projects.store.visits import HANDED_IN
from villagedesk.storage.desk import Desk


@pytest.mark.parametrize(
    "sql",
    [*(f"SELECT 1 FROM claims c WHERE {condition}" for condition in (REVERSED, LIVING, HANDED_IN)), unfounded._CLAIMS],
)
def test_a_claims_voucher_is_not_looked_for_among_all(desk: Desk, sql: str) -> None:
    plan = [str(row[3]) for row in desk.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("vouchers_of_claim" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN") and step.split()[1] in ("v", "vouchers")]
