"""Which claims stand is asked of many at once: each finds its voucher by the index, however many years the books hold."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from villagedesk.ledger.returned import proposed_items
from villagedesk.oversight import unfounded
from villagedesk.payroll import store as payroll
from villagedesk.projects.living import HANDED_IN, LIVING, REVERSED
from villagedesk.storage.desk import Desk


@pytest.mark.parametrize(
    "sql",
    [*(f"SELECT 1 FROM claims c WHERE {condition}" for condition in (REVERSED, LIVING, HANDED_IN)), unfounded._CLAIMS],
)
def test_a_claims_voucher_is_not_looked_for_among_all(desk: Desk, sql: str) -> None:
    plan = [str(row[3]) for row in desk.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("vouchers_of_claim" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN") and step.split()[1] in ("v", "vouchers")]


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk: payroll.unpaid(desk),
        lambda desk: payroll.living_sheets(desk, 2026),
        lambda desk: proposed_items(desk, date(2026, 3, 31)),
    ],
)
def test_the_sheets_claims_are_read_once_for_all_sheets(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Desk], object]
) -> None:
    """No index finds a sheet's claim: to look for each alone would read all claims for each."""
    asked: list[str] = []
    rows = Desk.rows

    def listened(self: Desk, sql: str, values: Any = ()) -> list[Any]:
        plan = rows(self, f"EXPLAIN QUERY PLAN {sql}", values)
        steps = {row[0]: (row[1], str(row[3])) for row in plan}
        asked.extend(
            _above(steps, row[1]) for row in plan if str(row[3]).split()[:2] in (["SCAN", "c"], ["SCAN", "claims"])
        )
        return rows(self, sql, values)

    monkeypatch.setattr(Desk, "rows", listened)
    ask(desk)
    assert not [path for path in asked if "CORRELATED" in path]


def test_the_claims_of_many_sheets_are_read_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = Desk.rows

    def listened(self: Desk, sql: str, values: Any = ()) -> list[Any]:
        if not sql.startswith("EXPLAIN"):
            asked.append(sql)
        return rows(self, sql, values)

    monkeypatch.setattr(Desk, "rows", listened)
    assert [payroll.claim_of(desk, name) for name in "abc"] == [None, None, None]
    assert len([sql for sql in asked if "FROM claims" in sql]) == 1


def _above(steps: dict[int, tuple[int, str]], step: int) -> str:
    words = []
    while step in steps:
        step, said = steps[step]
        words.append(said)
    return " < ".join(words)
