"""A taken-over year beside what the next began with, and taking it back."""

from datetime import date

import pytest

from tests.payments.paying import EXPENSES, PAYROLL, a_claim
from villagedesk.kernel.errors import RuleViolation
from villagedesk.payments import store, usecases
from villagedesk.payments.model import Claim, ClaimState, PastExpense
from villagedesk.payments.pastyear import tie, tied
from villagedesk.payroll import usecases as pay
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.intake import imports
from villagedesk.village.model import Arrival, Fund, Opening

SPENT = 26_051_690


def codes(desk: Desk) -> list[str]:
    return [finding.code for finding in tied(tie(desk, 2025))]


def put_fund(desk: Desk, year: int, *, arrived_fen: int = 0, opening_fen: int = 0) -> None:
    with desk.change("test.fund") as change:
        fund = change.put(Fund(year=year, source="县级补助", planned_fen=100_000_000))
        if arrived_fen:
            change.put(Arrival(fund_id=fund.id, arrived_on=date(year, 1, 4), amount_fen=arrived_fen))
        if opening_fen:
            change.put(Opening(fund_id=fund.id, opened_on=date(year, 1, 1), amount_fen=opening_fen, document="旧账"))


def test_a_year_without_the_next_ones_openings_is_told(desk: Desk) -> None:
    usecases.import_expenses(desk, EXPENSES)
    assert codes(desk) == ["payments.no_openings"]
    put_fund(desk, 2026, opening_fen=1_000_00)
    assert codes(desk) == ["payments.past_money"]


def test_what_was_left_and_what_was_begun_with_must_agree(desk: Desk) -> None:
    usecases.import_expenses(desk, EXPENSES)
    put_fund(desk, 2025, arrived_fen=SPENT + 5_000_00)
    put_fund(desk, 2026, opening_fen=4_999_00)
    (finding,) = tied(tie(desk, 2025))
    assert finding.code == "payments.past_untied"
    assert "应剩5,000.00元；2026年的期初是4,999.00元，差1.00元" in finding.message
    put_more = desk.find(Fund, "year = 2026")[0]
    with desk.change("test.opening") as change:
        change.put(Opening(fund_id=put_more.id, opened_on=date(2026, 1, 1), amount_fen=1_00, document="旧账"))
    assert codes(desk) == []


def test_the_preview_shows_both_sides_before_anything_is_stored(desk: Desk) -> None:
    put_fund(desk, 2025, arrived_fen=SPENT + 5_000_00)
    put_fund(desk, 2026, opening_fen=4_000_00)
    seen = usecases.look_at_expenses(desk, EXPENSES)
    assert "2025年：有265,516.90元，支出260,516.90元，应剩5,000.00元　｜　2026年：期初4,000.00元" in seen.notes
    assert any("差1,000.00元，请核对" in note for note in seen.notes)


def test_a_year_taken_back_counts_nowhere_and_may_come_again(desk: Desk, project: Project) -> None:
    line = usecases.import_expenses(desk, EXPENSES)[0]
    (taken,) = imports(desk, "expenses")
    usecases.undo_expenses(desk, taken.id, "导错了村")
    assert store.past_years(desk) == []
    assert store.past_expenses(desk, 2025) == []
    assert len(store.past_ids(desk)) == 0
    assert store.same_invoice(desk, a_claim(project, invoice_number=line.invoice_number)) == ""
    assert tie(desk, 2025).spent_fen == 0
    assert len(desk.find(PastExpense)) == 91
    with pytest.raises(RuleViolation, match="已经撤销过了"):
        usecases.undo_expenses(desk, taken.id, "再撤一次")
    usecases.import_expenses(desk, EXPENSES)
    assert store.past_years(desk) == [2025]


def test_taking_back_needs_a_reason(desk: Desk) -> None:
    usecases.import_expenses(desk, EXPENSES)
    (taken,) = imports(desk)
    before = desk.tip()
    with pytest.raises(RuleViolation):
        usecases.undo_expenses(desk, taken.id, " ")
    assert desk.tip() == before


def test_a_pay_sheet_is_taken_back_as_draft_and_under_way_but_not_once_it_is_paid(
    peopled_desk: Desk, project: Project
) -> None:
    desk = peopled_desk
    pay.import_payroll(desk, PAYROLL, project.id)
    pay.undo_payroll(desk, imports(desk, "payroll")[0].id, "少一个人")
    assert desk.find(Claim) == []
    _, claim = pay.import_payroll(desk, PAYROLL, project.id)
    usecases.submit(desk, claim.id)
    pay.undo_payroll(desk, imports(desk, "payroll")[0].id, "少一个人")
    assert desk.get(Claim, claim.id).state is ClaimState.WITHDRAWN
    _, claim = pay.import_payroll(desk, PAYROLL, project.id)
    with desk.change("test.paid") as change:
        change.put(Claim.from_row({**claim.row(), "state": "paid"}))
    with pytest.raises(RuleViolation, match="已经付款入账，不能撤销导入"):
        pay.undo_payroll(desk, imports(desk, "payroll")[0].id, "少一个人")
    assert not imports(desk, "payroll")[0].is_undone
