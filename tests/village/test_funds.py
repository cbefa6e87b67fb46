"""What a fund begins with, takes in and carries to the next year, and how a wrong entry is taken back."""

from datetime import date, datetime

import pytest

from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import FrozenRecord, RuleViolation
from villagedesk.storage.desk import Desk
from villagedesk.village import store, usecases
from villagedesk.village.model import OWNERS, Arrival, Fund, Opening

YEAR_END = date(2026, 12, 31)
NEW_YEAR = datetime(2027, 1, 4, 9, 0, tzinfo=CHINA)


def fund_of(desk: Desk, year: int = 2026, source: str = "县级补助", owner: str = OWNERS[0]) -> Fund:
    return usecases.open_fund(desk, Fund(year=year, source=source, owner=owner, planned_fen=100_000_00))


def arrive(desk: Desk, fund: Fund, fen: int, day: date = date(2026, 1, 5)) -> Arrival:
    return usecases.record_arrival(desk, Arrival(fund_id=fund.id, arrived_on=day, amount_fen=fen, document="回单"))


def codes(refused: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_receipts_are_numbered_from_one_in_each_year(desk: Desk, clock: SetClock) -> None:
    fund = fund_of(desk)
    assert [arrive(desk, fund, 100).number for _ in range(3)] == [1, 2, 3]
    assert arrive(desk, fund, 100, date(2025, 12, 30)).label == "收款凭证2025年第1号"
    clock.set(NEW_YEAR)
    assert arrive(desk, fund, 100, date(2027, 1, 4)).label == "收款凭证2027年第1号"


def test_a_refused_arrival_takes_no_number(desk: Desk) -> None:
    fund = fund_of(desk)
    with pytest.raises(RuleViolation):
        arrive(desk, fund, 100, date(2026, 1, 6))
    assert arrive(desk, fund, 100).number == 1


def test_an_opening_balance_can_be_spent(desk: Desk) -> None:
    fund = fund_of(desk)
    usecases.open_balance(desk, fund.id, 1_200_00, date(2026, 1, 1), "2025年总账第12页")
    balance = store.fund_balance(desk, fund.id)
    assert (balance.opening_fen, balance.arrived_fen, balance.left_fen) == (1_200_00, 0, 1_200_00)


@pytest.mark.parametrize(
    ("fen", "day", "document", "code"),
    [
        (0, date(2026, 1, 1), "总账", "village.opening"),
        (100, date(2026, 1, 6), "总账", "village.opening_ahead"),
        (100, date(2026, 1, 1), " ", "village.opening_document"),
    ],
)
def test_an_unsound_opening_is_refused(desk: Desk, fen: int, day: date, document: str, code: str) -> None:
    fund = fund_of(desk)
    with pytest.raises(RuleViolation) as refused:
        usecases.open_balance(desk, fund.id, fen, day, document)
    assert codes(refused) == [code]


def test_a_second_opening_balance_needs_a_reason(desk: Desk) -> None:
    fund = fund_of(desk)
    usecases.open_balance(desk, fund.id, 100, date(2026, 1, 1), "总账")
    with pytest.raises(RuleViolation) as refused:
        usecases.open_balance(desk, fund.id, 200, date(2026, 1, 1), "总账")
    assert codes(refused) == ["village.opening_twice"]
    usecases.open_balance(desk, fund.id, 200, date(2026, 1, 1), "总账", reason="漏记一户退款")
    assert store.fund_balance(desk, fund.id).opening_fen == 300


def test_a_year_that_follows_another_in_the_books_begins_with_what_is_carried(desk: Desk) -> None:
    """Written down by hand it would be money from nowhere, and the month could not be closed with it."""
    old, new, other = fund_of(desk, 2025), fund_of(desk), fund_of(desk, source="村集体")
    with pytest.raises(RuleViolation, match="要从它结转，不能手工登记") as refused:
        usecases.open_balance(desk, new.id, 100, date(2026, 1, 1), "总账", "漏记")
    assert codes(refused) == ["village.opening_by_hand"]
    for begun in (old, other):
        usecases.open_balance(desk, begun.id, 100, date(2026, 1, 1), "总账")


def test_what_is_left_goes_to_the_next_year_and_both_books_show_it(desk: Desk, clock: SetClock) -> None:
    old, new = fund_of(desk), fund_of(desk, 2027)
    arrive(desk, old, 5_000_00)
    clock.set(NEW_YEAR)
    carried = usecases.carry_forward(desk, old.id, new.id, YEAR_END, "结转通知")
    before, after = store.fund_balance(desk, old.id), store.fund_balance(desk, new.id)
    assert carried.amount_fen == 5_000_00
    assert (before.carried_fen, before.left_fen) == (5_000_00, 0)
    assert (after.opening_fen, after.left_fen) == (5_000_00, 5_000_00)


def test_nothing_is_carried_twice(desk: Desk, clock: SetClock) -> None:
    old, new = fund_of(desk), fund_of(desk, 2027)
    arrive(desk, old, 5_000_00)
    clock.set(NEW_YEAR)
    usecases.carry_forward(desk, old.id, new.id, YEAR_END)
    with pytest.raises(RuleViolation) as refused:
        usecases.carry_forward(desk, old.id, new.id, YEAR_END)
    assert codes(refused) == ["village.carry_nothing"]


@pytest.mark.parametrize(
    ("year", "source", "owner", "code"),
    [
        (2028, "县级补助", OWNERS[0], "village.carry_year"),
        (2027, "村集体", OWNERS[0], "village.carry_other"),
        (2027, "县级补助", OWNERS[1], "village.carry_other"),
    ],
)
def test_money_is_never_carried_elsewhere(
    desk: Desk, clock: SetClock, year: int, source: str, owner: str, code: str
) -> None:
    old, other = fund_of(desk), fund_of(desk, year, source, owner)
    arrive(desk, old, 100)
    clock.set(NEW_YEAR)
    with pytest.raises(RuleViolation) as refused:
        usecases.carry_forward(desk, old.id, other.id, YEAR_END)
    assert codes(refused) == [code]
    assert store.fund_balance(desk, other.id).left_fen == 0


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 12, 30), "village.carry_early"),
        (date(2027, 1, 5), "village.opening_ahead"),
        (date(2027, 1, 1), "village.carry_order"),
    ],
)
def test_a_year_is_carried_when_it_is_over_and_after_its_last_entry(
    desk: Desk, clock: SetClock, day: date, code: str
) -> None:
    old, new = fund_of(desk), fund_of(desk, 2027)
    clock.set(NEW_YEAR)
    arrive(desk, old, 100, date(2027, 1, 2))
    with pytest.raises(RuleViolation) as refused:
        usecases.carry_forward(desk, old.id, new.id, day)
    assert codes(refused) == [code]


def test_a_wrong_arrival_is_taken_back_by_a_red_receipt(desk: Desk) -> None:
    fund = fund_of(desk)
    wrong = arrive(desk, fund, 5_000_00)
    red = usecases.reverse_arrival(desk, wrong.id, "多打了一个零")
    assert (red.amount_fen, red.number, red.reverses_id) == (-5_000_00, 2, wrong.id)
    assert store.fund_balance(desk, fund.id).left_fen == 0
    for record, code in ((wrong, "village.reversed"), (red, "village.red")):
        with pytest.raises(RuleViolation) as refused:
            usecases.reverse_arrival(desk, record.id, "再来一次")
        assert codes(refused) == [code]


@pytest.mark.parametrize(
    ("reason", "day", "code"),
    [
        ("", date(2026, 1, 5), "village.reason"),
        ("记错", date(2026, 1, 6), "village.reversal_ahead"),
        ("记错", date(2026, 1, 4), "village.reversal_early"),
    ],
)
def test_a_red_receipt_says_why_and_lies_right(desk: Desk, reason: str, day: date, code: str) -> None:
    wrong = arrive(desk, fund_of(desk), 100)
    with pytest.raises(RuleViolation) as refused:
        usecases.reverse_arrival(desk, wrong.id, reason, day)
    assert codes(refused) == [code]


def test_money_that_was_carried_on_cannot_be_taken_back(desk: Desk, clock: SetClock) -> None:
    old, new = fund_of(desk), fund_of(desk, 2027)
    arrival = arrive(desk, old, 100)
    clock.set(NEW_YEAR)
    carried = usecases.carry_forward(desk, old.id, new.id, YEAR_END)
    with pytest.raises(RuleViolation) as refused:
        usecases.reverse_arrival(desk, arrival.id, "记错")
    assert codes(refused) == ["village.spent"]
    usecases.reverse_opening(desk, carried.id, "结转早了")
    assert [store.fund_balance(desk, fund.id).left_fen for fund in (old, new)] == [100, 0]
    usecases.reverse_arrival(desk, arrival.id, "记错")


def test_an_opening_never_changes(desk: Desk) -> None:
    fund = fund_of(desk)
    opening = usecases.open_balance(desk, fund.id, 100, date(2026, 1, 1), "总账")
    row = desk.get(Opening, opening.id).row() | {"version": 2, "amount_fen": 200}
    with pytest.raises(FrozenRecord), desk.change("test.altered") as change:
        change.write("openings", row)
