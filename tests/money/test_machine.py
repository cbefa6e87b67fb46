"""Whatever is done, by whomever, in whatever order, with deaths in between: the money stays right."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.money.machine import MoneyMachine
from tests.money.village import lay_out
from tests.payments.paying import YUAN
from tests.village_fixtures import Founded
from villagedesk.ledger.model import CashMoveKind
from villagedesk.payments.model import Outcome, PayWay

EXAMPLES = int(os.environ.get("VILLAGEDESK_MACHINE_EXAMPLES", "25"))
STEPS = int(os.environ.get("VILLAGEDESK_MACHINE_STEPS", "40"))
PHASES = [Phase.generate, Phase.shrink] if "VILLAGEDESK_MACHINE_SHRINK" in os.environ else [Phase.generate]
"""Making a failure small takes minutes; whoever looks for it asks for it."""
EVERYTHING = {
    "advance", "agree", "answer", "approve", "arrival", "arrival back", "ask", "budget", "cash", "clock", "close",
    "died", "discard", "open", "payroll", "post", "post refused", "prepare", "redo", "refuse", "reverse", "review",
    "settle", "submit", "verdict", "withdraw",
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


def _walk(one: MoneyMachine) -> None:
    one.the_money_goes_before_a_claim_is_paid(1, 60 * YUAN)
    one.money_arrives(0, 900 * YUAN, 0, "李会计", 0, second=True)
    one.an_arrival_is_taken_back(2, 0)
    one.the_budget_is_changed(2, 50 * YUAN, 1, 0)
    one.a_claim_goes_all_the_way(0, 20 * YUAN, 0, second=False)
    one.a_voucher_is_reversed(0, 0, 0)
    one.a_claim_goes_all_the_way(0, 30 * YUAN, 0, second=True)
    one.a_voucher_is_reversed(2, 0, 0)
    one.a_claim_is_handed_in(2, 5 * YUAN, 0, 0, second=False)
    one.a_claim_is_queried_and_answered(0)
    one.somebody_reviews(0, "钱组长", Outcome.QUERIED, 0, second=True)
    one.a_query_is_answered(0)
    one.somebody_reviews(0, "孙理财", Outcome.PASSED, 0, second=False)
    one.somebody_approves(0, "赵主任", Outcome.PASSED, 0)
    one.the_township_rules_on_a_claim(0, 0, is_passed=True)
    one.a_claim_is_paid(0, "李会计", 0, 0, second=False)
    one.a_claim_is_handed_in(2, 6 * YUAN, 0, 0, second=False)
    one.a_claim_is_taken_back(0, is_draft=False)
    one.a_claim_is_taken_back(0, is_draft=True)
    one.cash_moves(100 * YUAN, CashMoveKind.WITHDRAWN, 0, 0)
    one.an_advance_is_given(10 * YUAN, 0, PayWay.TRANSFER, 0)
    one.an_advance_comes_back(0, 1, 0)
    for write in range(1, 5):
        one.a_claim_goes_all_the_way(0, write * YUAN, write, second=False)
        one.the_money_is_sound()
    one.a_month_is_over_and_closed()
    one.pay_is_drawn_up(1, 0)
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
