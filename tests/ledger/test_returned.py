"""Bank and books tie by themselves: what failed or came back is proposed, veiled, until the bank says it was paid."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.ledger import keeping
from tests.payroll.posts import ANSWER, CHECKED, PLAIN, REGISTER, in_april, the_quarter
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import Statement, StatementKind, UncashedSide
from villagedesk.ledger.returned import proposed_items
from villagedesk.ledger.store import held, uncashed_of
from villagedesk.ledger.usecases import assert_balance
from villagedesk.oversight.model import Review
from villagedesk.payments.model import Claim, ClaimState, Outcome, Payroll, Voucher
from villagedesk.payments.store import next_number
from villagedesk.payroll import store, usecases
from villagedesk.payroll.model import Batch, PayOutcome
from villagedesk.payroll.names import veiled
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Officer
from villagedesk.village.usecases import import_people


@pytest.fixture
def sheet(desk: Desk, clock: SetClock) -> tuple[Payroll, Claim]:
    """The quarter's performance pay of 14 people on 8 April, granted, not sent yet."""
    in_april(clock)
    import_people(desk, REGISTER)
    return the_quarter(desk)


def at(clock: SetClock, month: int, day: int) -> date:
    clock.set(datetime(2026, month, day, 9, 0, tzinfo=CHINA))
    return date(2026, month, day)


def posted(desk: Desk, claim: Claim, day: date) -> Voucher:
    """Post the sheet's claim."""
    (checker,) = desk.find(Officer, "name = '钱组长'")
    with desk.change("test.voucher") as change:
        current = desk.get(Claim, claim.id)
        change.put(
            Review(
                subject_table="claims", subject_id=claim.id, subject_version=current.version, outcome=Outcome.PASSED,
                given_by=checker.id, given_at=change.at,
            )
        )  # fmt: skip
        change.put(replace(current, state=ClaimState.PAID))
        return change.put(
            Voucher(
                year=2026, number=next_number(desk, 2026), claim_id=claim.id, posted_on=day,
                project_id=claim.project_id, fund_id=claim.fund_id, amount_fen=claim.amount_fen,
                posted_by=change.actor_id, payee=claim.payee, purpose=claim.purpose,
            )
        )  # fmt: skip


def sent(desk: Desk, payroll: Payroll, folder: Path) -> Batch:
    return usecases.write_batch(desk, payroll.id, PLAIN, folder, CHECKED)[0]


def bank_says(desk: Desk, day: date, books_fen: int, off_fen: int) -> Statement:
    """Hold a statement that lies ``off_fen`` above the books against them, with what is proposed and nothing else."""
    stated = Statement(kind=StatementKind.BANK, stated_on=day, amount_fen=books_fen + off_fen)
    return assert_balance(desk, stated, proposed_items(desk, day))


def test_what_failed_and_what_came_back_ties_by_itself_until_it_is_paid_again(
    desk: Desk, clock: SetClock, sheet: tuple[Payroll, Claim], tmp_path: Path
) -> None:
    payroll, claim = sheet
    first = sent(desk, payroll, tmp_path)
    day = at(clock, 4, 9)
    posted(desk, claim, day)
    assert proposed_items(desk, day) == [], "what the bank said nothing of is not known to be open"
    usecases.take_in_return(desk, ANSWER)
    lines = {one.name: one for one in store.batch_lines(desk, first.id)}
    failed = {name: lines[name].amount_fen for name in ("方琴桂", "解海华")}
    items = proposed_items(desk, day)
    assert [(one.side, one.amount_fen, one.since) for one in items] == [
        (UncashedSide.BOOKS_OUT, fen, day) for fen in failed.values()
    ]
    assert items[0].what == f"2026年第一季度绩效报酬没有发成，待补发：方某某（尾号{lines['方琴桂'].account[-4:]}）"
    books = held(desk, Book.BANK, day)
    bank_says(desk, day, books, sum(failed.values()))

    back = at(clock, 4, 15)
    gone = lines["丁青强"]
    usecases.record_answer(desk, gone.id, PayOutcome.BOUNCED, "账户已销户")
    items = proposed_items(desk, back)
    assert [(one.since, one.amount_fen) for one in items][-1] == (back, gone.amount_fen)
    assert "绩效报酬退票，待补发：丁某某" in items[-1].what
    bank_says(desk, back, books, sum(failed.values()) + gone.amount_fen)
    assert sum(one.amount_fen for one in proposed_items(desk, day)) == sum(failed.values()), "the day before stays"

    again = at(clock, 4, 20)
    second = sent(desk, payroll, tmp_path)
    assert len(proposed_items(desk, again)) == 3, "sent again is not paid yet"
    for line in store.batch_lines(desk, second.id):
        usecases.record_answer(desk, line.id, PayOutcome.PAID)
    assert proposed_items(desk, again) == []
    stored = bank_says(desk, again, books, 0)
    assert (stored.amount_fen, uncashed_of(desk, stored.id)) == (held(desk, Book.BANK, again), [])


def test_no_whole_name_and_no_account_travels_in_the_open(
    desk: Desk, clock: SetClock, sheet: tuple[Payroll, Claim], tmp_path: Path
) -> None:
    payroll, claim = sheet
    batch = sent(desk, payroll, tmp_path)
    posted(desk, claim, at(clock, 4, 9))
    usecases.record_refusal(desk, batch.id, "格式不对")
    (item,) = proposed_items(desk, date(2026, 4, 9))
    assert item.amount_fen == payroll.total_fen
    assert item.what.endswith("等14人")
    for line in store.batch_lines(desk, batch.id):
        assert line.name not in item.what
        assert line.account not in item.what


def test_what_the_bank_paid_before_it_was_booked_is_proposed_the_other_way(
    desk: Desk, clock: SetClock, sheet: tuple[Payroll, Claim], tmp_path: Path
) -> None:
    payroll, claim = sheet
    batch = sent(desk, payroll, tmp_path)
    day = at(clock, 4, 30)
    usecases.take_in_return(desk, ANSWER)
    (item,) = proposed_items(desk, day)
    failed = sum(one.amount_fen for one in store.batch_lines(desk, batch.id) if one.name in {"方琴桂", "解海华"})
    assert (item.side, item.amount_fen) == (UncashedSide.BANK_OUT, payroll.total_fen - failed)
    bank_says(desk, day, held(desk, Book.BANK, day), failed - payroll.total_fen)
    after = at(clock, 5, 4)
    posted(desk, claim, after)
    assert [one.side for one in proposed_items(desk, after)] == [UncashedSide.BOOKS_OUT] * 2
    assert proposed_items(desk, day) == [item]


def test_a_sheet_that_was_taken_back_in_the_books_proposes_nothing(
    desk: Desk, clock: SetClock, sheet: tuple[Payroll, Claim], tmp_path: Path
) -> None:
    payroll, claim = sheet
    sent(desk, payroll, tmp_path)
    voucher = posted(desk, claim, at(clock, 4, 9))
    usecases.take_in_return(desk, ANSWER)
    day = at(clock, 4, 12)
    keeping.take_back(desk, voucher, day)
    assert proposed_items(desk, day) == []
    assert len(proposed_items(desk, date(2026, 4, 9))) == 2


@pytest.mark.parametrize(("name", "shown"), [("丁青强", "丁某某"), ("查水", "查某"), ("张", "张某"), ("", "某")])
def test_a_name_is_veiled_but_for_its_first_character(name: str, shown: str) -> None:
    assert veiled(name, "5103209138144144653373") == f"{shown}（尾号3373）"
