"""The rules about money out, one by one."""

from collections.abc import Iterable
from datetime import date, datetime

import pytest

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.payments import rules
from villagedesk.payments.model import Claim, Outcome, Payroll, PayWay, Voucher
from villagedesk.projects.model import Project, ProjectState
from villagedesk.village.profile import load

TODAY = date(2026, 1, 5)
RULE = load().payments


def claim(**facts: object) -> Claim:
    plain: dict[str, object] = {
        "spent_on": TODAY, "project_id": "P", "fund_id": "F", "payee": "双石镇建材经营部", "amount_fen": 140_950,
        "purpose": "垃圾桶", "invoice_kind": "财政票据", "invoice_number": "37841741",
    }  # fmt: skip
    return Claim(**(plain | facts))  # type: ignore[arg-type]


def project(**facts: object) -> Project:
    plain: dict[str, object] = {
        "id": "P", "year": 2026, "name": "垃圾清运", "class_code": "1", "item": "", "fund_id": "F",
        "state": ProjectState.GRANTED,
    }  # fmt: skip
    return Project(**(plain | facts))  # type: ignore[arg-type]


def codes(found: Iterable[Finding]) -> list[str]:
    return [finding.code.removeprefix("payments.") for finding in found]


def only(found: Iterable[Finding]) -> Finding:
    (finding,) = found
    return finding


def test_a_complete_claim_has_nothing_against_it() -> None:
    assert not codes(rules.complete(claim(), TODAY))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"amount_fen": 0}, "amount_fen"),
        ({"payee": " "}, "payee"),
        ({"purpose": ""}, "purpose"),
        ({"project_id": ""}, "project_id"),
        ({"spent_on": date(2026, 1, 6)}, "spent_on"),
    ],
)
def test_what_is_missing_is_named_at_its_field(facts: dict[str, object], field: str) -> None:
    assert only(rules.complete(claim(**facts), TODAY)).field == field


@pytest.mark.parametrize("state", sorted(set(ProjectState) - rules.PAYING_STATES))
def test_a_project_that_is_not_granted_cannot_pay(state: ProjectState) -> None:
    assert codes(rules.project_pays(project(state=state))) == ["project_state"]


def test_a_granted_project_without_a_fund_cannot_pay() -> None:
    assert codes(rules.project_pays(project(fund_id=None))) == ["no_fund"]


def test_a_project_is_paid_from_its_own_fund_only() -> None:
    assert codes(rules.from_own_fund(claim(fund_id="another"), project())) == ["other_fund"]
    assert not codes(rules.from_own_fund(claim(), project()))


def test_the_last_fen_of_a_budget_may_be_spent_and_not_one_more() -> None:
    assert not codes(rules.within_budget(40_00, 60_00, 100_00))
    assert "还剩40.00元" in only(rules.within_budget(40_01, 60_00, 100_00)).message


def test_what_is_on_its_way_counts_against_budget_and_fund() -> None:
    assert "还剩10.00元（另有30.00元正在报账）" in only(rules.within_budget(10_01, 60_00, 100_00, 30_00)).message
    assert "还剩10.00元（另有30.00元正在报账）" in only(rules.within_fund(10_01, 40_00, 30_00)).message


def test_an_overdrawn_budget_says_that_nothing_is_left() -> None:
    assert "还剩0.00元" in only(rules.within_budget(1, 200_00, 100_00)).message


def test_a_fund_pays_out_only_what_arrived() -> None:
    assert not codes(rules.within_fund(100_00, 100_00))
    assert codes(rules.within_fund(100_01, 100_00)) == ["over_fund"]


def test_an_invoice_without_a_number_is_asked_about_but_a_pay_sheet_has_none() -> None:
    assert codes(rules.proper_papers(claim(invoice_number=" "), RULE)) == ["invoice_number"]
    assert not codes(rules.proper_papers(claim(invoice_number="", payroll_id="S"), RULE))


def test_entertaining_guests_is_on_the_list_of_what_may_not_be_paid() -> None:
    finding = only(rules.proper_papers(claim(purpose="村委会招待费"), RULE))
    assert "招待费" in finding.message
    assert finding.basis == RULE.purpose_source


def test_cash_up_to_the_limit_is_free_and_beyond_it_needs_a_reason() -> None:
    cash = {"pay_way": PayWay.CASH}
    assert not codes(rules.cash_in_bounds(claim(amount_fen=RULE.cash_limit_fen, **cash), RULE))
    finding = only(rules.cash_in_bounds(claim(amount_fen=RULE.cash_limit_fen + 1, **cash), RULE))
    assert finding.severity is Severity.WARNING
    assert not codes(rules.cash_in_bounds(claim(amount_fen=RULE.cash_limit_fen + 1), RULE))


def test_wages_never_go_out_in_cash() -> None:
    finding = only(rules.cash_in_bounds(claim(pay_way=PayWay.CASH, amount_fen=1, payroll_id="S"), RULE))
    assert finding.severity is Severity.BLOCK


def sheet(total_fen: int, project_id: str = "P") -> Payroll:
    return Payroll(project_id=project_id, period="2026Q1", title="", total_fen=total_fen, sheet_date=date(2026, 3, 31))


def test_a_claim_for_a_pay_sheet_is_the_sheets_sum_from_its_project_to_passbooks() -> None:
    passbook = claim(amount_fen=99, pay_way=PayWay.PASSBOOK)
    assert codes(rules.as_the_sheet_says(passbook, sheet(99), [])) == []
    assert codes(rules.as_the_sheet_says(passbook, sheet(100), [])) == ["sheet_total"]
    assert codes(rules.as_the_sheet_says(passbook, sheet(99, "Q"), [])) == ["sheet_project"]
    assert codes(rules.as_the_sheet_says(claim(amount_fen=99), sheet(99), [])) == ["sheet_way"]


def test_whom_a_sheet_pays_is_not_written_by_hand() -> None:
    stored = claim(payee="管护人员2人", payroll_id="S")
    assert not codes(rules.still_its_people(stored, stored))
    assert codes(rules.still_its_people(claim(payee="李会计", payroll_id="S"), stored)) == ["sheet_payee"]


def test_other_accounts_than_the_registers_are_named_up_to_five() -> None:
    passbook = claim(amount_fen=100, pay_way=PayWay.PASSBOOK)
    finding = only(rules.as_the_sheet_says(passbook, sheet(100), list("甲乙丙丁戊己")))
    assert "有6人" in finding.message
    assert "甲、乙、丙、丁、戊等" in finding.message


def test_an_invoice_is_claimed_once_and_a_same_payment_looked_at_twice() -> None:
    assert not codes(rules.not_claimed_twice("", same_payment=False))
    twice = list(rules.not_claimed_twice("垃圾桶", same_payment=True))
    assert [finding.severity for finding in twice] == [Severity.BLOCK, Severity.WARNING]


def test_maker_and_checker_are_two_people() -> None:
    assert codes(rules.two_people("李", "李")) == ["two_people"]
    assert not codes(rules.two_people("李", "赵"))


def test_a_query_and_a_refusal_say_why() -> None:
    assert not codes(rules.reasoned(Outcome.PASSED, ""))
    assert codes(rules.reasoned(Outcome.QUERIED, " ")) == ["note"]
    assert codes(rules.reasoned(Outcome.REFUSED, "")) == ["note"]
    assert not codes(rules.reasoned(Outcome.REFUSED, "票据不全"))


def test_taking_something_back_says_why() -> None:
    assert codes(rules.with_reason("  ")) == ["reason"]
    assert not codes(rules.with_reason("金额多记一位"))


def test_a_voucher_is_reversed_once_and_a_red_one_never() -> None:
    black = Voucher(year=2026, number=1, claim_id="C", posted_on=TODAY, project_id="P", fund_id="F", payee="店",
                    purpose="桶", amount_fen=100, posted_by="李")  # fmt: skip
    red = Voucher(year=2026, number=2, claim_id="C", posted_on=TODAY, project_id="P", fund_id="F", payee="店",
                  purpose="桶", amount_fen=-100, posted_by="李", reverses_id="V", reason="重")  # fmt: skip
    assert not codes(rules.reversible(black, is_reversed=False))
    assert "2026年第1号" in only(rules.reversible(black, is_reversed=True)).message
    assert codes(rules.reversible(red, is_reversed=False)) == ["reverse_red"]


def test_vouchers_of_a_year_follow_one_another_in_time() -> None:
    last = date(2026, 1, 4)
    assert not codes(rules.in_order(last, last, TODAY))
    assert not codes(rules.in_order(TODAY, None, TODAY))
    assert codes(rules.in_order(date(2026, 1, 3), last, TODAY)) == ["posted_behind"]
    assert codes(rules.in_order(date(2026, 1, 6), last, TODAY)) == ["posted_ahead"]


def test_every_finding_is_a_whole_sentence() -> None:
    nothing = claim(payee="", purpose="", project_id="", amount_fen=0, spent_on=datetime(2027, 1, 1).date())
    for finding in rules.complete(nothing, TODAY):
        assert finding.message.endswith("。")
