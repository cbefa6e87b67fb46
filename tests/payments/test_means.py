"""Bank, cash box and fund hold what is paid, on its day and on every later day: whoever pays, by whatever door."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.payments.paying import YUAN, a_claim, grant_project, granted
from villagedesk.app.posting import post
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import RuleViolation
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind
from villagedesk.ledger.store import held
from villagedesk.ledger.usecases import give_advance, record_cash_move, settle_advance
from villagedesk.payments import usecases
from villagedesk.payments.model import Claim, PayWay, Voucher
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival, Fund, Opening
from villagedesk.village.store import fund_balance
from villagedesk.village.usecases import (
    carry_forward,
    open_balance,
    open_fund,
    record_arrival,
    reverse_arrival,
    reverse_opening,
)

FIRST = date(2026, 1, 5)
LATER = datetime(2026, 1, 20, 9, 0, tzinfo=CHINA)


@pytest.fixture
def fund(desk: Desk) -> Fund:
    return open_fund(desk, Fund(year=2026, source="县级补助", planned_fen=100_000 * YUAN))


@pytest.fixture
def arrival(desk: Desk, fund: Fund) -> Arrival:
    """1 000 yuan that came on the first day; there is nothing else."""
    return record_arrival(desk, Arrival(fund_id=fund.id, arrived_on=FIRST, amount_fen=1_000 * YUAN))


@pytest.fixture
def project(desk: Desk, fund: Fund, arrival: Arrival) -> Project:
    del arrival
    return grant_project(desk, fund=fund)


def advance(desk: Desk, yuan: int, day: date = FIRST, way: PayWay = PayWay.TRANSFER) -> Advance:
    given = Advance(
        taker="王桂香", given_on=day, due_on=date(2026, 1, 31), amount_fen=yuan * YUAN, pay_way=way, purpose="买灯泡"
    )
    return give_advance(desk, given, "急用")


def drawn(desk: Desk, yuan: int, day: date = FIRST) -> None:
    record_cash_move(desk, CashMove(kind=CashMoveKind.WITHDRAWN, moved_on=day, amount_fen=yuan * YUAN), "零星开支")


def refused(desk: Desk, claim: Claim, day: date | None = None) -> str:
    """Return why a claim is not paid; nothing of it is stored."""
    before = desk.tip()
    with pytest.raises(RuleViolation) as said:
        post(desk, claim.id, day)
    assert desk.tip() == before
    assert desk.find(Voucher, "claim_id = ?", [claim.id]) == []
    (finding,) = said.value.findings
    return finding.message


def test_what_did_not_arrive_leads_to_the_fund_where_it_is_written_down(desk: Desk, fund: Fund) -> None:
    drafted = usecases.draft(desk, a_claim(grant_project(desk, fund=fund), 100 * YUAN))
    with pytest.raises(RuleViolation) as said:
        usecases.submit(desk, drafted.id)
    assert [(one.code, one.place) for one in said.value.findings] == [("payments.over_fund", f"village:{fund.id}")]


def test_what_an_advance_took_from_the_bank_cannot_be_paid(desk: Desk, project: Project) -> None:
    given = advance(desk, 800)
    claim = granted(desk, a_claim(project, 500 * YUAN))
    assert refused(desk, claim) == (
        "银行账上没有这么多：从那一天起最少时只有200.00元，这一笔是500.00元。"
        "请先补记没有登记的到账，或收回预借、把现金存入银行，再办这一笔。"
    )
    settle_advance(desk, given.id, 300 * YUAN, FIRST)
    post(desk, claim.id)
    assert held(desk, Book.BANK, FIRST) == 0


def test_what_is_paid_in_cash_lies_in_the_box(desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project, 300 * YUAN, pay_way=PayWay.CASH))
    assert refused(desk, claim) == (
        "现金账上没有这么多：从那一天起最少时只有0.00元，这一笔是300.00元。请先从银行取现，或收回预借，再办这一笔。"
    )
    drawn(desk, 299)
    assert "只有299.00元" in refused(desk, claim)
    drawn(desk, 1)
    post(desk, claim.id)
    assert held(desk, Book.CASH, FIRST) == 0


def test_cash_in_the_box_does_not_pay_by_the_bank(desk: Desk, project: Project) -> None:
    drawn(desk, 800)
    assert "银行账上没有这么多" in refused(desk, granted(desk, a_claim(project, 500 * YUAN)))


def test_what_an_advance_had_paid_is_not_asked_of_the_bank_again(desk: Desk, project: Project) -> None:
    given = advance(desk, 800)
    claim = granted(desk, a_claim(project, 900 * YUAN, advance_id=given.id))
    with pytest.raises(RuleViolation, match="银行账上没有这么多"):
        usecases.post(desk, claim.id)  # without setting it off, all of it would go out a second time
    post(desk, claim.id)
    assert held(desk, Book.BANK, FIRST) == 100 * YUAN


def test_only_what_goes_beyond_the_advance_is_said_to_be_missing(desk: Desk, project: Project) -> None:
    given = advance(desk, 800)
    advance(desk, 200)
    message = refused(desk, granted(desk, a_claim(project, 900 * YUAN, advance_id=given.id)))
    assert "最少时只有0.00元，这一笔是100.00元" in message


def test_a_voucher_an_advance_pays_whole_passes_though_older_books_lie_below_nothing(
    desk: Desk, project: Project
) -> None:
    given = advance(desk, 500, way=PayWay.TRANSFER)
    with desk.change("test.older_books") as change:
        move = CashMove(kind=CashMoveKind.WITHDRAWN, moved_on=FIRST, amount_fen=600 * YUAN, made_by=change.actor_id)
        change.put(move)
    assert held(desk, Book.BANK, FIRST) < 0
    post(desk, granted(desk, a_claim(project, 400 * YUAN, advance_id=given.id)).id)
    assert "最少时只有0.00元" in refused(desk, granted(desk, a_claim(project, 1 * YUAN)))


def test_a_payment_dated_back_leaves_the_bank_enough_for_what_came_after(
    desk: Desk, project: Project, clock: SetClock
) -> None:
    """900 were drawn on the 15th; 200 paid on the 10th would not have been there for it."""
    clock.set(LATER)
    drawn(desk, 900, date(2026, 1, 15))
    record_arrival(desk, Arrival(fund_id=project.fund_id or "", arrived_on=LATER.date(), amount_fen=500 * YUAN))
    claim = granted(desk, a_claim(project, 200 * YUAN))
    assert "从那一天起最少时只有100.00元" in refused(desk, claim, date(2026, 1, 10))
    post(desk, claim.id)


def test_a_payment_is_not_dated_before_its_money_came(desk: Desk, project: Project, clock: SetClock) -> None:
    """There is enough today, but on the 10th there was not."""
    clock.set(LATER)
    other = record_arrival(desk, Arrival(fund_id=project.fund_id or "", arrived_on=LATER.date(), amount_fen=900 * YUAN))
    claim = granted(desk, a_claim(project, 1_500 * YUAN))
    assert refused(desk, claim, date(2026, 1, 10)) == (
        "2026年1月10日这笔资金还没有这么多钱：从那一天起最少时只有1,000.00元，这一笔是1,500.00元。"
        "请把入账日期改到钱到账以后。"
    )
    post(desk, claim.id, other.arrived_on)


def test_an_arrival_is_not_taken_back_while_its_money_is_out(desk: Desk, project: Project, arrival: Arrival) -> None:
    del project
    given = advance(desk, 1)
    with pytest.raises(RuleViolation, match=r"银行账上没有这么多.*只有999\.00元.*收回预借"):
        reverse_arrival(desk, arrival.id, "记错了")
    settle_advance(desk, given.id, 1 * YUAN, FIRST)
    reverse_arrival(desk, arrival.id, "记错了")
    assert held(desk, Book.BANK, FIRST) == 0


def test_an_arrival_is_not_taken_back_on_a_day_before_it_was_made_up_for(
    desk: Desk, project: Project, arrival: Arrival, clock: SetClock
) -> None:
    """What came on the 20th does not pay for what was paid on the 10th."""
    clock.set(datetime(2026, 1, 10, 9, 0, tzinfo=CHINA))
    post(desk, granted(desk, a_claim(project, 600 * YUAN)).id)
    clock.set(LATER)
    record_arrival(desk, Arrival(fund_id=arrival.fund_id, arrived_on=LATER.date(), amount_fen=1_000 * YUAN))
    with pytest.raises(RuleViolation, match="透支"):
        reverse_arrival(desk, arrival.id, "记错了", date(2026, 1, 8))
    reverse_arrival(desk, arrival.id, "记错了")
    assert fund_balance(desk, arrival.fund_id).left_fen == 400 * YUAN


def test_an_opening_balance_is_not_taken_back_while_its_money_is_out(desk: Desk, fund: Fund) -> None:
    opening = open_balance(desk, fund.id, 500 * YUAN, FIRST, "2025年总账")
    given = advance(desk, 500)
    with pytest.raises(RuleViolation, match="银行账上没有这么多"):
        reverse_opening(desk, opening.id, "记错了")
    settle_advance(desk, given.id, 500 * YUAN, FIRST)
    reverse_opening(desk, opening.id, "记错了")


def test_what_was_carried_goes_back_though_the_bank_is_empty(desk: Desk, fund: Fund) -> None:
    """It never moved in the bank: it lies in the other year's fund again."""
    old = open_fund(desk, replace(fund, id="", version=0, year=2025))
    open_balance(desk, old.id, 500 * YUAN, date(2025, 12, 31), "2025年总账")
    carried = carry_forward(desk, old.id, fund.id, date(2025, 12, 31))
    advance(desk, 500)
    reverse_opening(desk, carried.id, "转错了")
    assert fund_balance(desk, old.id).left_fen == 500 * YUAN
    assert len(desk.find(Opening)) == 3


def test_a_refusal_is_forgotten_by_the_sums(desk: Desk, project: Project) -> None:
    """What a refused payment had added is not remembered; the next one is judged by what is stored."""
    given = advance(desk, 800)
    dear, cheap = (granted(desk, a_claim(project, yuan * YUAN, payee=f"店{yuan}")) for yuan in (201, 200))
    refused(desk, dear)
    post(desk, cheap.id)
    refused(desk, dear)
    settle_advance(desk, given.id, 201 * YUAN, FIRST)
    post(desk, dear.id)
    assert held(desk, Book.BANK, FIRST) == 0
