"""What must hold of a village's money after whatever was done to it; each looks at the file itself, not at a sum kept."""

from collections.abc import Sequence
from itertools import pairwise

from villagedesk.closing.store import altered_months
from villagedesk.storage.desk import Desk
from villagedesk.village.store import fund_balances

FOR_EVER = (
    "arrivals", "openings", "vouchers", "reviews", "approvals", "verdicts", "payrolls", "payroll_lines", "advances",
    "settlements", "cash_moves", "statements", "budget_changes", "budget_lines", "closings", "answers", "past_expenses",
)  # fmt: skip
"""What is recorded from its first moment on, and a closed month."""

_FACTS = "id, spent_on, project_id, fund_id, payee, amount_fen, purpose, invoice_number, made_by, excuse"
_SELF_CHECKED = (
    "SELECT count(*) FROM reviews r JOIN claims c ON c.id = r.subject_id WHERE r.given_by = c.made_by",
    "SELECT count(*) FROM approvals a JOIN claims c ON c.id = a.claim_id WHERE a.given_by = c.made_by",
    "SELECT count(*) FROM closings WHERE closed_by = prepared_by",
    "SELECT count(*) FROM reopenings WHERE agreed_by = asked_by",
    """SELECT count(*) FROM vouchers v JOIN claims c ON c.id = v.claim_id WHERE NOT EXISTS (
           SELECT 1 FROM reviews r WHERE r.subject_id = c.id AND r.outcome = 'passed' AND r.given_by <> c.made_by)""",
)
_IN_JOURNAL = """SELECT coalesce(sum(json_extract(body, '$.amount_fen')), 0) FROM journal
                  WHERE table_name = ? AND version = 1 AND json_extract(body, '$.fund_id') = ?"""


def no_fund_overdrawn(desk: Desk) -> None:
    """A fund pays out only what it holds, and a project only what its budget allows."""
    for balance in fund_balances(desk):
        assert balance.left_fen >= 0, balance


def sums_are_the_journals(desk: Desk) -> None:
    """What the books say was paid and came is what playing the journal back gives."""
    for balance in fund_balances(desk):
        for table in ("vouchers", "arrivals"):
            stored = desk.value(
                f"SELECT coalesce(sum(amount_fen), 0) FROM {table} WHERE fund_id = ?", [balance.fund.id]
            )
            assert stored == desk.value(_IN_JOURNAL, [table, balance.fund.id])
        assert balance.paid_fen == desk.value(_IN_JOURNAL, ["vouchers", balance.fund.id])


def numbers_run_on(desk: Desk) -> None:
    """Vouchers and receipts of a year are numbered from 1 without gap, and vouchers dated in that order."""
    for table, day in (("vouchers", "posted_on"), ("arrivals", "arrived_on")):
        years: dict[int, list[tuple[int, str]]] = {}
        for row in desk.rows(f"SELECT year, number, {day} FROM {table} WHERE number > 0 ORDER BY year, number"):
            years.setdefault(row[0], []).append((row[1], row[2]))
        for found in years.values():
            assert [number for number, _ in found] == list(range(1, len(found) + 1))
            if table == "vouchers":
                assert all(one[1] <= other[1] for one, other in pairwise(found))


def nobody_checks_themselves(desk: Desk) -> None:
    """Maker and checker are two people, everywhere."""
    for question in _SELF_CHECKED:
        assert desk.value(question) == 0, question


def closed_months_stand(desk: Desk) -> None:
    """A closed month has the sums it was closed with."""
    assert altered_months(desk) == []


class Recorded:
    """Every row that was ever recorded, as it was then."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], tuple[object, ...]] = {}

    def look(self, desk: Desk) -> None:
        """Compare what was recorded with what stands there now, and take in what is new."""
        for table in FOR_EVER:
            where = "state = 'closed'" if table == "closings" else "1"
            self._take(table, desk.rows(f"SELECT id, * FROM {table} WHERE {where}"))
        self._take("claims", desk.rows(f"SELECT {_FACTS} FROM claims WHERE state <> 'draft'"))

    def _take(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        found = {(table, str(row[0])): tuple(row) for row in rows}
        known = {key: row for key, row in self._rows.items() if key[0] == table}
        assert known.keys() <= found.keys(), f"{table}: something recorded is gone"
        assert all(found[key] == row for key, row in known.items()), f"{table}: something recorded is another"
        self._rows |= found


CHECKS = (no_fund_overdrawn, sums_are_the_journals, numbers_run_on, nobody_checks_themselves, closed_months_stand)
