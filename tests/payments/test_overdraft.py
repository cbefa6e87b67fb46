"""Whatever claims come in whatever order: no budget and no fund is ever overdrawn, and every sum is its parts'."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.payments.paying import YUAN, a_claim, as_, grant_project, granted, open_fund
from villagedesk.kernel.errors import RuleViolation
from villagedesk.payments import rules, store, usecases
from villagedesk.payments.model import Voucher
from villagedesk.storage.desk import Desk
from villagedesk.village.store import fund_balance

STEPS = some.lists(
    some.tuples(some.sampled_from(["pay", "pay", "reverse"]), some.integers(0, 1), some.integers(1, 120 * YUAN)),
    max_size=8,
)


@given(budgets=some.tuples(*[some.integers(0, 300 * YUAN)] * 2), arrived=some.integers(1, 300 * YUAN), steps=STEPS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_payments_and_reversals_never_overdraw(
    desk: Desk, budgets: tuple[int, int], arrived: int, steps: list[tuple[str, int, int]]
) -> None:
    """Two projects of one fund take turns; every example has a fund and projects of its own."""
    as_(desk, "李会计")
    turn = desk.tip()[0]
    fund = open_fund(desk, arrived, f"来源{turn}")
    projects = [grant_project(desk, f"项目{turn}-{place}", budget, fund) for place, budget in enumerate(budgets)]
    posted: list[Voucher] = []
    for place, (step, which, amount) in enumerate(steps):
        try:
            if step == "pay":
                claim = a_claim(projects[which], amount, invoice_number=f"N{turn}-{place}", payee=f"店{turn}-{place}")
                posted.append(usecases.post(desk, granted(desk, claim).id))
            elif posted:
                posted.append(usecases.reverse(desk, posted[amount % len(posted)].id, "退货"))
        except RuleViolation:
            as_(desk, "李会计")
        for project, budget in zip(projects, budgets, strict=True):
            paid = store.paid_for(desk, project.id)
            assert 0 <= paid <= budget
            assert paid == sum(voucher.amount_fen for voucher in posted if voucher.project_id == project.id)
        balance = fund_balance(desk, fund.id)
        assert 0 <= balance.left_fen <= arrived
        assert balance.paid_fen == sum(voucher.amount_fen for voucher in posted)
    numbers = [voucher.number for voucher in desk.find(Voucher, order="number")]
    assert numbers == list(range(1, len(numbers) + 1))


@given(
    amount=some.integers(1, 10**12),
    paid=some.integers(0, 10**12),
    under_way=some.integers(0, 10**12),
    budget=some.integers(0, 10**12),
)
def test_the_rule_lets_through_exactly_what_fits(amount: int, paid: int, under_way: int, budget: int) -> None:
    refused = bool(list(rules.within_budget(amount, paid, budget, under_way)))
    assert refused == (paid + under_way + amount > budget)
    assert refused == bool(list(rules.within_fund(amount, budget - paid, under_way)))
