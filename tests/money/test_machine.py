"""Whatever is done, by whomever, in whatever order, with deaths in between: the money stays right."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.money.deeds.claims import LARGE
from tests.money.deeds.pay import ACCOUNTS
from tests.money.machine import MoneyMachine
from tests.money.village import lay_out
from tests.payments.paying import YUAN
from tests.village_fixtures import Founded
from villagedesk.kernel.findings import Finding
from villagedesk.ledger.model import CashMoveKind, UncashedSide
from villagedesk.payments.model import Claim, Outcome, PayWay
from villagedesk.payments.store import next_number
from villagedesk.payroll.model import PayOutcome
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival, Purse
from villagedesk.village.purse import lowest

EXAMPLES = int(os.environ.get("VILLAGEDESK_MACHINE_EXAMPLES", "35"))
STEPS = int(os.environ.get("VILLAGEDESK_MACHINE_STEPS", "40"))
PHASES = [Phase.generate, Phase.shrink] if "VILLAGEDESK_MACHINE_SHRINK" in os.environ else [Phase.generate]
"""Making a failure small takes minutes; whoever looks for it asks for it."""
EVERYTHING = {
    "account", "advance", "agree", "answer", "approve", "arrival", "arrival back", "ask", "batch", "batch again",
    "budget", "carry", "cash", "chain", "clock", "close", "correct", "count", "decide", "decided", "died", "discard", "expenses back",
    "expenses in", "filed", "hung up", "issue", "look", "none taken", "notice", "notice answered", "notice discarded",
    "notice handed in", "notice reviewed", "open", "opening", "opening back", "part", "payroll", "plan", "post", "post alone",
    "post refused", "prepare", "redo", "refuse", "resubmit", "return", "reverse", "review", "set off", "set off later",
    "settle", "sheet back", "sheet in", "statement", "submit", "supplement", "taken down", "told bounced",
    "told failed", "told paid", "verdict", "withdraw", "witness", "written again",
}  # fmt: skip
"""What a walk through all rules must have done."""


@pytest.fixture(scope="session")
def template(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village every example begins with."""
    return lay_out(founded, tmp_path_factory.mktemp("machine") / "青山村")


@pytest.fixture
def machine(founded: Founded, template: Path) -> type[MoneyMachine]:
    """The machine on this village; its count begins anew."""

    class Machine(MoneyMachine):
        """The machine of one test."""

    Machine.template, Machine.moment, Machine.done = template, founded.moment, Counter()
    return Machine


def test_the_money_stays_right_whatever_is_done(machine: type[MoneyMachine]) -> None:
    limits = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, phases=PHASES)
    run_state_machine_as_test(machine, settings=limits)
    assert sum(count for name, count in machine.done.items() if "refused" not in name) > 5 * EXAMPLES


def test_each_rule_of_the_machine_can_do_what_it_is_for(machine: type[MoneyMachine]) -> None:
    """A walk by hand through all of them, so that none is refused for ever and proves nothing."""
    one = machine()
    one.lay_out()
    try:
        _walk(one)
        one.the_money_is_sound()
    finally:
        one.teardown()
    assert EVERYTHING - machine.done.keys() == set(), one.heard


def _nothing(*facts: object, **more: object) -> Iterator[Finding]:
    """A rule that finds nothing."""
    del facts, more
    yield from ()


def _a_number_too_many(desk: Desk, year: int) -> int:
    return next_number(desk, year) + 1


def _over_the_fund(one: MoneyMachine) -> None:
    """路灯电费 may cost 300 yuan; its fund holds 200, the bank 3 200."""
    one.a_claim_goes_all_the_way(2, 250 * YUAN, PayWay.TRANSFER, 0, second=False)


def _over_the_bank(one: MoneyMachine) -> None:
    one.an_advance_is_given(3_100 * YUAN, 0, PayWay.TRANSFER, "李会计", 0)
    one.a_claim_goes_all_the_way(3, 101 * YUAN, PayWay.TRANSFER, 0, second=False)


def _over_the_box(one: MoneyMachine) -> None:
    one.a_claim_goes_all_the_way(3, 1, PayWay.CASH, 0, second=False)


def _taken_back_under_an_advance(one: MoneyMachine) -> None:
    one.an_advance_is_given(3_200 * YUAN, 0, PayWay.TRANSFER, "李会计", 0)
    one.an_arrival_is_taken_back(0, 0, 0)


def _before_its_money(one: MoneyMachine) -> None:
    one.days_go_by(9)
    one.money_arrives(2, 100 * YUAN, 0, "李会计", 0, second=False)
    one._granted(one._facts(2, 250 * YUAN, 0))
    one.a_claim_is_paid(0, "李会计", 1, 0, second=False)


def _undecided(one: MoneyMachine) -> None:
    one.a_large_sum_is_paid_by_a_meetings_decision(LARGE, is_decided=False)


def _any_claim(one: MoneyMachine) -> None:
    one.a_claim_goes_all_the_way(3, YUAN, PayWay.TRANSFER, 0, second=False)


def _a_part_too_dear(one: MoneyMachine) -> None:
    one.the_work_is_looked_at(69, 0, 0, is_own=True)
    one.a_part_is_claimed(1, 0, 0, second=False)


def _any_visit(desk: Desk, claim: Claim) -> Claim:
    """Let whoever writes a claim choose what it rests on."""
    del desk
    return claim


def _a_visit_of_somebody_elses_work(one: MoneyMachine) -> None:
    one.the_work_is_looked_at(69, 0, 0, is_own=True)
    one.a_part_is_claimed(0, 0, 0, second=False)


RULES = "villagedesk.payments.rules"
FAULTS: dict[str, tuple[dict[str, object], Callable[[MoneyMachine], None]]] = {
    "a fund pays what it has not": ({f"{RULES}.within_fund": _nothing}, _over_the_fund),
    "a payment lies before its money": ({f"{RULES}.there_since": _nothing}, _before_its_money),
    "the bank goes below nothing": ({"villagedesk.village.rules.enough_in": _nothing}, _over_the_bank),
    "the box goes below nothing": ({"villagedesk.village.rules.enough_in": _nothing}, _over_the_box),
    "what an advance took is taken back": (
        {"villagedesk.village.rules.enough_in": _nothing},
        _taken_back_under_an_advance,
    ),
    "a number is left out": ({"villagedesk.payments.store.next_number": _a_number_too_many}, _any_claim),
    "a part is paid dearer than its score": (
        {"villagedesk.payments.usecases.claims.within_due": _nothing},
        _a_part_too_dear,
    ),
    "a claim rests on any visit": (
        {"villagedesk.payments.evidence.resting": _any_visit},
        _a_visit_of_somebody_elses_work,
    ),
    "a large sum goes out undecided": ({"villagedesk.payments.needs.missing": _nothing}, _undecided),
}
"""Faults planted one at a time: what is put in whose place, and what somebody then does."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(machine: type[MoneyMachine], monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Without it the same is refused and the money is sound; with it the machine stops."""
    planted, deed = FAULTS[fault]
    one = machine()
    one.lay_out()
    deed(one)
    one.the_money_is_sound()
    one.teardown()
    for where, instead in planted.items():
        monkeypatch.setattr(where, instead)
    two = machine()
    two.lay_out()
    try:
        with pytest.raises(AssertionError):
            _stands(two, deed)
    finally:
        two.other.close()
        two.desk.close()


def _stands(one: MoneyMachine, deed: Callable[[MoneyMachine], None]) -> None:
    deed(one)
    one.the_money_is_sound()


def test_what_a_dead_change_added_is_not_remembered(
    machine: type[MoneyMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted fault: sums that survive the change that made them. The next look sees it."""
    one = machine()
    one.lay_out()
    one.the_money_is_sound()
    monkeypatch.setattr(one.desk._memory, "lost", lambda table: None)
    with pytest.raises(ZeroDivisionError):
        _dies(one)
    with pytest.raises(AssertionError):
        one.the_money_is_sound()
    one.other.close()
    one.desk.close()


def _dies(one: MoneyMachine) -> None:
    """Ask for the bank's sum within a change that is lost."""
    with one.desk.change("test.dies") as change:
        fund = one._fund(1)
        change.put(Arrival(fund_id=fund.id, arrived_on=one._day(0), amount_fen=YUAN, year=2026, number=3))
        lowest(one.desk, Purse.BANK, one._day(0))
        raise ZeroDivisionError


def _walk(one: MoneyMachine) -> None:
    for stretch in (_funds, _claims, _contracts, _cash, _pay, _sheets, _notices, _months):
        stretch(one)
        one.the_money_is_sound()


def _funds(one: MoneyMachine) -> None:
    """2025年县级 is the first of the funds, then 2026年县级, 村集体, 省级."""
    one.the_money_goes_before_a_claim_is_paid(2, 60 * YUAN)
    one.money_arrives(1, 900 * YUAN, 0, "李会计", 0, second=True)
    one.money_arrives(0, 50 * YUAN, 0, "李会计", 0, second=False)
    one.an_arrival_is_taken_back(-1, 0, 0)
    one.an_opening_is_written_down(0, 300 * YUAN, 0, "李会计", 0)
    one.a_year_is_carried_on(0, 0, 0, 0, is_next=True)
    one.an_opening_is_taken_back(1, 0, 0)


def _claims(one: MoneyMachine) -> None:
    one.the_budget_is_changed(2, 50 * YUAN, 1, 0)
    one.a_claim_goes_all_the_way(0, 20 * YUAN, PayWay.TRANSFER, 0, second=False)
    one.a_voucher_is_reversed(0, 0, 0)
    one.a_claim_goes_all_the_way(0, 30 * YUAN, PayWay.TRANSFER, 0, second=True)
    one.a_voucher_is_reversed(2, 0, 0)
    one.a_claim_is_handed_in(3, 5 * YUAN, 0, PayWay.TRANSFER, 0, second=False)
    one.a_claim_is_queried_and_answered(0)
    one.somebody_reviews(0, "钱组长", Outcome.QUERIED, 0, second=True)
    one.a_query_is_answered(0)
    one.somebody_reviews(0, "孙理财", Outcome.PASSED, 0, second=False)
    one.somebody_approves(0, "赵主任", Outcome.PASSED, 0)
    one.the_township_rules_on_a_claim(0, 0, is_passed=True)
    one.a_claim_is_paid(0, "李会计", 0, 0, second=False)
    one.a_claim_is_handed_in(3, 6 * YUAN, 0, PayWay.TRANSFER, 0, second=False)
    one.a_claim_is_taken_back(0, is_draft=False)
    one.what_ended_unpaid_is_made_anew(-1, 0)
    one.a_claim_is_taken_back(0, is_draft=True)
    one.a_claim_is_taken_back(0, is_draft=True)
    for is_decided in (True, False):
        one.a_large_sum_is_paid_by_a_meetings_decision(10_200 * YUAN, is_decided=is_decided)
    one.a_claim_is_taken_back(-1, is_draft=True)
    for key in ("three_signatures", "three_reviews", "tiers"):
        one.the_village_chooses_a_chain(key, 0)
        one.a_claim_goes_all_the_way(0, 3 * YUAN, PayWay.TRANSFER, 0, second=False)
    one.a_large_sum_is_paid_by_contract(10_100 * YUAN, is_decided=True)
    one.the_village_chooses_a_chain("standard", 0)
    for write in range(1, 5):
        one.a_claim_goes_all_the_way(0, write * YUAN, PayWay.TRANSFER, write, second=False)
        one.the_money_is_sound()


def _contracts(one: MoneyMachine) -> None:
    one.a_part_is_claimed(0, 0, 0, second=False)
    one.the_work_is_looked_at(69, 0, 0, is_own=True)
    one.the_work_is_looked_at(100, 0, 0, is_own=False)
    one.a_part_is_claimed(1, 0, 0, second=False)
    one.a_part_is_claimed(0, 0, 0, second=True)
    one.a_part_is_claimed(0, 0, 0, second=False)
    one.the_work_is_looked_at(90, 0, 0, is_own=True)
    one.a_part_is_claimed(-1_00, 1, 0, second=False)
    one.a_plan_is_changed(2, 100 * YUAN, 0)


def _cash(one: MoneyMachine) -> None:
    one.cash_moves(100 * YUAN, CashMoveKind.WITHDRAWN, 0, 0)
    one.a_claim_goes_all_the_way(0, 9 * YUAN, PayWay.CASH, 0, second=False)
    one.an_advance_is_given(100 * YUAN, 0, PayWay.TRANSFER, "李会计", 0)
    one.a_claim_accounts_for_an_advance(0, 40 * YUAN, PayWay.TRANSFER, 0, 0, is_alone=False)
    one.a_claim_accounts_for_an_advance(0, 10 * YUAN, PayWay.TRANSFER, 0, 0, is_alone=True)
    one.a_claim_is_handed_in(0, 7 * YUAN, 0, PayWay.TRANSFER, 0, second=False)
    one.somebody_reviews(-1, "钱组长", Outcome.PASSED, 0, second=False)
    one.somebody_approves(-1, "赵主任", Outcome.PASSED, 0)
    one.the_township_rules_on_a_claim(-1, 0, is_passed=True)
    one.a_voucher_is_set_off_later(-1, 0, 0)
    one.an_advance_comes_back(0, 3, 0, PayWay.TRANSFER)
    one.the_bank_is_held_against_the_books(30 * YUAN, UncashedSide.BOOKS_OUT, 0, 0)
    one.the_box_is_counted(0, 0, "周监督", 0)


def _pay(one: MoneyMachine) -> None:
    """Three caretakers: one fails by the file, is put right, paid again, bounces and is sent a third time."""
    one.pay_goes_all_the_way_to_the_bank(1, 0, is_paid=True)
    one.a_lost_file_is_written_again(0)
    one.the_bank_answers_by_file(0, {2}, 0, 0)
    one.an_account_is_put_right(1, ACCOUNTS[-1])
    one.the_bank_gets_a_file(0, 0, second=True)
    one.the_bank_answers_a_line(-1, PayOutcome.PAID, 0, 0)
    one.the_bank_answers_a_line(-1, PayOutcome.BOUNCED, 0, 0)
    one.the_bank_gets_a_file(0, 0, second=False)
    one.the_bank_answers_a_line(-1, PayOutcome.FAILED, 0, 0)
    one.the_bank_gets_a_file(0, 1, second=False)
    one.the_bank_gets_a_file(0, 0, second=False)
    one.the_bank_takes_none_of_it(-1, 0)


def _sheets(one: MoneyMachine) -> None:
    one.a_pay_sheet_comes_in(1, 11, 0)
    one.a_sheet_is_taken_back(-1, 0)
    one.a_pay_sheet_comes_in(2, 12, 0)
    one.a_sheet_is_passed_by_everybody(0)
    one.last_years_expenses_come_in(0, second=True)
    one.a_sheet_is_taken_back(-1, 0)


def _notices(one: MoneyMachine) -> None:
    one.a_notice_is_drafted("funds", 0, second=False)
    one.a_draft_is_handed_in(0, 0, is_kept=False)
    one.a_notice_is_drafted("funds", 0, second=False)
    one.a_draft_is_handed_in(0, 0, is_kept=True)
    one.a_notice_is_reviewed(0, "周监督", Outcome.QUERIED, 0)
    one.a_query_about_a_notice_is_answered(0)
    one.a_notice_is_reviewed(0, "周监督", Outcome.PASSED, 0)
    one.a_notice_is_issued(0, 0, second=True)
    one.a_notice_is_hung_up(0, 0)
    one.money_arrives(1, 7 * YUAN, 0, "李会计", 0, second=False)
    one.a_notice_is_answered_by_another(0, 0, is_correction=True)
    one.a_draft_goes_all_the_way_to_the_board(0)
    one.a_notice_is_answered_by_another(0, 0, is_correction=False)
    one.a_notice_goes_all_the_way_to_the_board("spending")
    one.a_notice_is_taken_down_and_filed(0, 0)


def _months(one: MoneyMachine) -> None:
    one.a_month_is_over_and_closed()
    one.pay_is_drawn_up(2, 0)
    one.a_month_is_opened_again()
    one.a_month_is_made_ready("李会计", 0)
    one.a_month_is_closed("赵主任", 0, second=True)
    one.somebody_asks_to_open_a_month(3, 0)
    one.somebody_answers_the_wish("赵主任", 0, is_agreed=False)
    one.somebody_asks_to_open_a_month(3, 0)
    one.somebody_answers_the_wish("赵主任", 0, is_agreed=True)
    one.somebody_answers_the_wish("李会计", 0, is_agreed=True)
    one.days_go_by(26)
    one.the_clock_is_set_back("李会计")
    one.the_program_is_started_anew()
