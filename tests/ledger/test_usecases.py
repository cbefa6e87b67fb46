"""Cash, bank, advances, statements: what is written down, what is refused, and what is said of it later."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.ledger import keeping
from tests.ledger.keeping import DAY
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import FrozenRecord, NotSignedIn, RuleViolation
from villagedesk.ledger import usecases
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import (
    Advance,
    CashMove,
    CashMoveKind,
    Statement,
    StatementKind,
    Uncashed,
    UncashedSide,
)
from villagedesk.ledger.standing import standing
from villagedesk.ledger.store import advance_line, held, holdings, uncashed_of, untrue_statements
from villagedesk.payments.model import Claim, PayWay
from villagedesk.storage.desk import Desk

OUT, IN = CashMoveKind.WITHDRAWN, CashMoveKind.DEPOSITED
JUNE = datetime(2026, 6, 30, 9, 0, tzinfo=CHINA)


@pytest.fixture
def money(desk: Desk) -> Desk:
    """A desk with 10 000 yuan in the bank."""
    keeping.arrive(desk, keeping.open_fund(desk), 10_000_00)
    return desk


def codes(refused: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code.removeprefix("ledger.") for finding in refused.value.findings]


def cash(fen: int, kind: CashMoveKind = OUT, day: date = DAY) -> CashMove:
    return CashMove(kind=kind, moved_on=day, amount_fen=fen)


def advance(fen: int, taker: str = "赵主任", day: date = DAY, **facts: object) -> Advance:
    plain = Advance(taker=taker, given_on=day, due_on=date(2026, 1, 20), amount_fen=fen, purpose="买灯头")
    return replace(plain, **facts)  # type: ignore[arg-type]


def found(desk: Desk) -> list[str]:
    return [finding.code.removeprefix("ledger.") for finding in standing(desk, desk.clock.now().date())]


def test_cash_taken_lies_in_the_box_and_no_more_in_the_bank(money: Desk) -> None:
    usecases.record_cash_move(money, cash(3_000_00))
    usecases.record_cash_move(money, cash(500_00, IN))
    assert (holdings(money, DAY).bank_fen, holdings(money, DAY).cash_fen) == (7_500_00, 2_500_00)


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (cash(0), "amount"),
        (cash(1, day=date(2026, 1, 6)), "ahead"),
        (cash(10_000_01), "not_enough"),
        (cash(1, IN), "not_enough"),
        (cash(1, day=date(2026, 1, 4)), "not_enough"),
    ],
)
def test_money_that_is_not_there_does_not_move(money: Desk, move: CashMove, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        usecases.record_cash_move(money, move, "就这样")
    assert code in codes(refused)
    assert holdings(money, DAY).cash_fen == 0


def test_a_move_dated_back_leaves_enough_for_what_came_after(money: Desk, clock: SetClock) -> None:
    clock.set(JUNE)
    usecases.record_cash_move(money, cash(9_000_00, day=date(2026, 3, 1)), "集中发放")
    with pytest.raises(RuleViolation) as refused:
        usecases.record_cash_move(money, cash(2_000_00, day=date(2026, 2, 1)), "补记")
    assert codes(refused) == ["not_enough"]


def test_more_cash_than_may_lie_there_needs_a_reason(money: Desk) -> None:
    with pytest.raises(RuleViolation) as refused:
        usecases.record_cash_move(money, cash(5_000_01))
    assert codes(refused) == ["cash_limit"]
    usecases.record_cash_move(money, cash(5_000_01), "明天发误工补贴")
    assert found(money) == ["over_limit"]


def test_only_the_accountant_writes_it_down(money: Desk) -> None:
    money.actor = None
    with pytest.raises(NotSignedIn):
        usecases.record_cash_move(money, cash(1))


def test_a_move_never_changes(money: Desk) -> None:
    move = usecases.record_cash_move(money, cash(1_00))
    with pytest.raises(FrozenRecord), money.change("test.altered") as change:
        change.put(replace(move, amount_fen=2_00))


def test_an_advance_is_spent_by_vouchers_and_handed_back(money: Desk) -> None:
    project = keeping.start_project(money, money.find(type(keeping.open_fund(money, 2025)))[0])
    given = usecases.give_advance(money, advance(1_000_00))
    assert holdings(money, DAY).advanced_fen == 1_000_00
    keeping.pay(money, project, 600_00, advance=given)
    assert advance_line(money, given.id).open_fen == 400_00
    usecases.settle_advance(money, given.id, 400_00, DAY)
    there = holdings(money, DAY)
    assert (there.bank_fen, there.advanced_fen, advance_line(money, given.id).open_fen) == (9_400_00, 0, 0)


def test_what_a_voucher_is_more_than_the_advance_is_paid_its_own_way(money: Desk) -> None:
    project = keeping.start_project(money, money.find(type(keeping.open_fund(money, 2025)))[0])
    given = usecases.give_advance(money, advance(1_000_00))
    keeping.move(money, OUT, 500_00)
    keeping.pay(money, project, 1_200_00, pay_way=PayWay.CASH, advance=given)
    there = holdings(money, DAY)
    assert (there.bank_fen, there.cash_fen, there.advanced_fen) == (8_500_00, 300_00, 0)


def test_a_reversed_voucher_opens_its_advance_again(money: Desk) -> None:
    project = keeping.start_project(money, money.find(type(keeping.open_fund(money, 2025)))[0])
    given = usecases.give_advance(money, advance(1_000_00))
    voucher = keeping.pay(money, project, 600_00, advance=given)
    keeping.take_back(money, voucher, DAY)
    assert advance_line(money, given.id).open_fen == 1_000_00
    assert holdings(money, DAY).bank_fen == 9_000_00


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (advance(0), "amount"),
        (advance(1, taker=" "), "taker"),
        (advance(1, purpose=""), "purpose"),
        (advance(1, due_on=date(2026, 1, 4)), "due"),
        (advance(1, due_on=date(2026, 12, 31)), "due_late"),
        (advance(1, day=date(2026, 1, 6)), "ahead"),
        (advance(10_000_01), "not_enough"),
        (advance(1, pay_way=PayWay.CASH), "not_enough"),
    ],
)
def test_an_unsound_advance_is_refused(money: Desk, wanted: Advance, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        usecases.give_advance(money, wanted)
    assert codes(refused) == [code]


def test_who_still_owes_an_account_takes_no_other_without_a_reason(money: Desk) -> None:
    usecases.give_advance(money, advance(1_00))
    with pytest.raises(RuleViolation) as refused:
        usecases.give_advance(money, advance(1_00))
    assert codes(refused) == ["former_open"]
    usecases.give_advance(money, advance(1_00), "抢修等不得")


@pytest.mark.parametrize(
    ("fen", "day", "code"),
    [
        (100_01, DAY, "settled_over"),
        (1, date(2026, 1, 4), "settled_early"),
        (0, DAY, "amount"),
        (1, date(2026, 1, 6), "ahead"),
    ],
)
def test_no_more_comes_back_than_was_given(money: Desk, fen: int, day: date, code: str) -> None:
    given = usecases.give_advance(money, advance(100_00))
    with pytest.raises(RuleViolation) as refused:
        usecases.settle_advance(money, given.id, fen, day)
    assert codes(refused) == [code]


def test_what_a_voucher_accounted_for_at_the_time_is_not_handed_back_as_of_then(money: Desk, clock: SetClock) -> None:
    """1 000 were set off on the 10th and open again from the 20th: on the 7th they were not there to hand back."""
    project = keeping.start_project(money, money.find(type(keeping.open_fund(money, 2025)))[0])
    given = usecases.give_advance(money, advance(1_000_00))
    clock.set(JUNE)
    voucher = keeping.pay(money, project, 600_00, date(2026, 1, 10), advance=given)
    keeping.take_back(money, voucher, date(2026, 1, 20))
    with pytest.raises(RuleViolation, match=r"从那一天起最少时只剩400\.00元") as refused:
        usecases.settle_advance(money, given.id, 401_00, date(2026, 1, 7))
    assert codes(refused) == ["settled_over"]
    usecases.settle_advance(money, given.id, 400_00, date(2026, 1, 7))
    usecases.settle_advance(money, given.id, 600_00, date(2026, 1, 20))
    assert [holdings(money, date(2026, 1, day)).advanced_fen for day in (6, 7, 10, 19, 20)] == [
        1_000_00, 600_00, 0, 0, 0,
    ]  # fmt: skip


def test_an_overdue_advance_is_named(money: Desk, clock: SetClock) -> None:
    given = usecases.give_advance(money, advance(100_00))
    clock.set(JUNE)
    (finding,) = standing(money, JUNE.date())
    assert finding.message == (
        "赵主任2026年1月5日预借的钱还有100.00元没有结清，应在2026年1月20日前结清，请催还或报账。"
    )
    assert finding.place == f"ledger:{given.id}"


def test_a_voucher_posted_without_its_advance_is_set_off_later(money: Desk) -> None:
    project = keeping.start_project(money, money.find(type(keeping.open_fund(money, 2025)))[0])
    given = usecases.give_advance(money, advance(1_000_00))
    voucher = keeping.pay(money, project, 600_00)
    claim = money.get(Claim, voucher.claim_id)
    with pytest.raises(FrozenRecord), money.change("test.altered") as change:
        change.put(replace(claim, advance_id=given.id))
    assert usecases.settle_by_voucher(money, voucher.id) is None


def test_a_bank_statement_that_agrees_is_kept_with_what_the_books_said(money: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "对账单.png"
    paper.write_bytes(b"picture")
    stated = Statement(kind=StatementKind.BANK, stated_on=DAY, amount_fen=10_000_00)
    stored = usecases.assert_balance(money, stated, paper=paper)
    assert (stored.books_fen, stored.made_by) == (10_000_00, money.actor and money.actor.id)
    assert money.content(stored.paper_id or "") == b"picture"


def test_uncashed_items_explain_a_difference(money: Desk) -> None:
    """Books 10 000; the bank has not paid 300 of ours, has taken a fee of 5 and got 40 of interest we do not know of."""
    items = [
        Uncashed(side=UncashedSide.BOOKS_OUT, what="付灯头", since=DAY, amount_fen=300_00),
        Uncashed(side=UncashedSide.BANK_OUT, what="手续费", since=DAY, amount_fen=5_00),
        Uncashed(side=UncashedSide.BANK_IN, what="利息", since=DAY, amount_fen=40_00),
        Uncashed(side=UncashedSide.BOOKS_IN, what="到账在途", since=DAY, amount_fen=100_00),
    ]
    stated = Statement(kind=StatementKind.BANK, stated_on=DAY, amount_fen=10_235_00)
    stored = usecases.assert_balance(money, stated, items)
    assert [one.what for one in uncashed_of(money, stored.id)] == ["付灯头", "手续费", "利息", "到账在途"]


def test_a_difference_without_a_word_is_refused(money: Desk) -> None:
    stated = Statement(kind=StatementKind.BANK, stated_on=DAY, amount_fen=9_000_00)
    with pytest.raises(RuleViolation) as refused:
        usecases.assert_balance(money, stated)
    assert codes(refused) == ["unexplained"]
    assert "对账以后还少1,000.00元没有说明" in refused.value.findings[0].message
    usecases.assert_balance(money, replace(stated, note="银行漏记一笔，已去函查询"))


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (Uncashed(side=UncashedSide.BANK_IN, what="", since=DAY, amount_fen=1), "uncashed"),
        (Uncashed(side=UncashedSide.BANK_IN, what="利息", since=DAY, amount_fen=0), "uncashed"),
        (Uncashed(side=UncashedSide.BANK_IN, what="利息", since=date(2026, 1, 6), amount_fen=1), "uncashed_ahead"),
    ],
)
def test_an_unsound_item_is_refused(money: Desk, item: Uncashed, code: str) -> None:
    stated = Statement(kind=StatementKind.BANK, stated_on=DAY, amount_fen=10_000_00, note="差一分")
    with pytest.raises(RuleViolation) as refused:
        usecases.assert_balance(money, stated, [item])
    assert codes(refused) == [code]


def test_cash_is_counted_by_notes_with_a_witness(money: Desk) -> None:
    keeping.move(money, OUT, 156_30)
    stated = Statement(kind=StatementKind.CASH, stated_on=DAY, amount_fen=156_30, witness="周监督")
    counted = {10_000: 1, 5_000: 1, 500: 1, 100: 1, 10: 3}
    stored = usecases.assert_balance(money, stated, (), counted)
    assert stored.counted == '{"10000": 1, "5000": 1, "500": 1, "100": 1, "10": 3}'
    for wrong, code in (
        (replace(stated, witness=""), "witness"),
        (replace(stated, witness="李会计"), "witness_self"),
        (replace(stated, amount_fen=156_00), "count_sum"),
    ):
        with pytest.raises(RuleViolation) as refused:
            usecases.assert_balance(money, wrong, (), counted)
        assert code in codes(refused)
    with pytest.raises(RuleViolation) as refused:
        usecases.assert_balance(money, stated, (), {300: 1})
    assert "count" in codes(refused)


def test_a_statement_the_books_no_longer_bear_out_is_named(money: Desk, clock: SetClock) -> None:
    usecases.assert_balance(money, Statement(kind=StatementKind.BANK, stated_on=DAY, amount_fen=10_000_00))
    assert untrue_statements(money) == []
    clock.set(datetime(2026, 1, 9, 9, 0, tzinfo=CHINA))
    keeping.arrive(money, keeping.open_fund(money, source="村集体"), 50_00, DAY)
    ((statement, now),) = untrue_statements(money)
    assert (statement.books_fen, now) == (10_000_00, 10_050_00)
    assert found(money) == ["untrue"]


def test_holding_the_same_day_against_the_books_again_takes_the_place_of_the_first_time(
    money: Desk, clock: SetClock
) -> None:
    usecases.assert_balance(money, Statement(kind=StatementKind.BANK, stated_on=DAY, amount_fen=10_000_00))
    clock.set(datetime(2026, 1, 9, 9, 0, tzinfo=CHINA))
    keeping.arrive(money, keeping.open_fund(money, source="村集体"), 50_00, DAY)
    usecases.assert_balance(money, Statement(kind=StatementKind.BANK, stated_on=DAY, amount_fen=10_050_00))
    assert untrue_statements(money) == []
    assert found(money) == []


def test_an_item_that_stays_uncashed_is_named(money: Desk, clock: SetClock) -> None:
    item = Uncashed(side=UncashedSide.BOOKS_OUT, what="付灯头", since=DAY, amount_fen=300_00)
    usecases.assert_balance(money, Statement(kind=StatementKind.BANK, stated_on=DAY, amount_fen=10_300_00), [item])
    assert found(money) == []
    clock.set(JUNE)
    assert found(money) == ["uncashed_old"]
    usecases.assert_balance(money, Statement(kind=StatementKind.BANK, stated_on=JUNE.date(), amount_fen=10_000_00))
    assert found(money) == []


def test_a_box_below_nothing_is_named(money: Desk) -> None:
    keeping.move(money, IN, 100)
    assert held(money, Book.CASH, DAY) == -100
    assert found(money) == ["below_nothing"]
