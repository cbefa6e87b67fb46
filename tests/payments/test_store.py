"""Claims and vouchers as lists and sums ask for them."""

from datetime import date
from pathlib import Path

from tests.payments.paying import EXPENSES, YUAN, a_claim, submitted
from villagedesk.kernel.dates import Period
from villagedesk.payments import remembered, store, usecases
from villagedesk.payments.model import ClaimState
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk


def test_claims_wait_in_the_order_they_came(desk: Desk, project: Project) -> None:
    late = submitted(desk, a_claim(project, 1, spent_on=date(2026, 1, 4)))
    early = submitted(desk, a_claim(project, 2, spent_on=date(2026, 1, 2)))
    assert [claim.id for claim in store.claims_in(desk, ClaimState.SUBMITTED)] == [early.id, late.id]


def test_only_what_is_handed_in_and_not_yet_paid_is_under_way(desk: Desk, three: list[str], project: Project) -> None:
    assert project.fund_id
    assert store.under_way_for(desk, project.id) == 100 * YUAN
    assert store.under_way_from(desk, project.fund_id) == 100 * YUAN
    assert store.under_way_for(desk, project.id, except_id=three[1]) == 0


def test_what_was_paid_counts_reversals_off(desk: Desk, three: list[str], project: Project) -> None:
    assert store.paid_for(desk, project.id) == 300 * YUAN


def test_payees_are_remembered_the_most_frequent_first(desk: Desk, three: list[str], project: Project) -> None:
    usecases.draft(desk, a_claim(project, 7, payee="冯国秀"))
    assert list(remembered.payees(desk)) == ["冯国秀", "双石镇建材经营部", "荣县供电公司"]
    usecases.import_expenses(desk, EXPENSES)
    assert "于燕琴" in list(remembered.payees(desk))


def test_the_vouchers_of_a_period_come_with_their_projects(desk: Desk, three: list[str]) -> None:
    ((voucher, name),) = store.vouchers_in(desk, Period.quarter(2026, 1))
    assert (voucher.number, name) == (1, "生活垃圾清运")
    assert store.vouchers_in(desk, Period.quarter(2026, 2)) == []


def test_an_invoice_of_last_year_is_not_claimed_again(desk: Desk, project: Project) -> None:
    usecases.import_expenses(desk, EXPENSES)
    claim = a_claim(project, invoice_number="37841741")
    assert store.same_invoice(desk, claim) == "2025年 电影放映"
    assert [finding.code for finding in usecases.findings_of(desk, claim)] == ["payments.same_invoice"]


def test_a_desk_of_a_hundred_thousand_claims_answers_lists_from_an_index(desk: Desk) -> None:
    """The plain list and the totals by state never read the table itself."""
    for sql in (
        "SELECT c.rowid FROM claims c WHERE c.village_id = ? ORDER BY c.spent_on DESC, c.id DESC",
        "SELECT count(*), sum(c.amount_fen) FROM claims c WHERE c.village_id = ? AND c.state = 'paid'",
        "SELECT count(*), sum(c.amount_fen) FROM claims c WHERE c.village_id = ?",
    ):
        plan = " ".join(str(row[3]) for row in desk.rows(f"EXPLAIN QUERY PLAN {sql}", ["x"]))
        assert "COVERING INDEX" in plan
        assert "TEMP B-TREE" not in plan


def test_past_years_are_told_newest_first(desk: Desk, tmp_path: Path) -> None:
    assert store.past_years(desk) == []
    usecases.import_expenses(desk, EXPENSES)
    assert store.past_years(desk) == [2025]
    lines = store.past_expenses(desk, 2025)
    assert [line.place for line in lines] == sorted(line.place for line in lines)


def test_past_expenses_are_found_by_a_word_latest_first(desk: Desk) -> None:
    usecases.import_expenses(desk, EXPENSES)
    every = store.past_lines(desk, store.past_ids(desk))
    assert len(every) == 91
    assert every == sorted(every, key=lambda line: (line.spent_on, line.place), reverse=True)
    assert {line.invoice_number for line in store.past_lines(desk, store.past_ids(desk, "37841741"))} == {"37841741"}
    assert store.past_lines(desk, []) == []
