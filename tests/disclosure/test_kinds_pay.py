"""The notice of pay tells what was really paid: who has not got the money stands there as 待补发, and nothing personal."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.golden import assert_golden
from tests.payroll.posts import ANSWER, CHECKED, PLAIN, REGISTER, in_april, person_with, the_quarter, told
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.usecases import prepare, set_up_slots
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.dates import Period
from villagedesk.oversight.model import Review
from villagedesk.payments.model import ClaimState, Outcome, Payroll, Voucher
from villagedesk.payroll import store
from villagedesk.payroll.model import BankAnswer, PayOutcome
from villagedesk.payroll.usecases import correct_account, record_answer, take_in_return, write_batch
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Sheet, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Officer, Person
from villagedesk.village.usecases import import_people

GOLDEN = Path(__file__).parent / "golden"
SECOND_QUARTER = Scope(Period.quarter(2026, 2))


@pytest.fixture
def paid(desk: Desk, clock: SetClock) -> Payroll:
    """A quarter's pay for everybody of the bank's answer, its voucher posted in April."""
    in_april(clock)
    import_people(desk, REGISTER)
    set_up_slots(desk)
    payroll, claim = the_quarter(desk)
    (checker,) = desk.find(Officer, "name = '钱组长'")
    with desk.change("test.posted") as change:
        change.put(
            Review(subject_table="claims", subject_id=claim.id, subject_version=claim.version, outcome=Outcome.PASSED,
                   given_by=checker.id, given_at=change.at)
        )  # fmt: skip
        change.put(replace(claim, state=ClaimState.PAID))
        change.put(
            Voucher(year=2026, number=1, claim_id=claim.id, posted_on=change.at.date(), project_id=claim.project_id,
                    fund_id=claim.fund_id, payee=claim.payee, purpose=claim.purpose, amount_fen=claim.amount_fen,
                    posted_by=change.actor_id)
        )  # fmt: skip
    return payroll


def notice(desk: Desk) -> Sheet:
    return kept_sheet(prepare(desk, "pay", SECOND_QUARTER))


def test_two_failures_stand_on_the_wall_as_still_to_be_paid(desk: Desk, paid: Payroll, tmp_path: Path) -> None:
    write_batch(desk, paid.id, PLAIN, tmp_path, CHECKED)
    take_in_return(desk, ANSWER)
    sheet = notice(desk)
    assert_golden(sheet, GOLDEN / "pay-open.txt")
    assert draw(sheet).startswith(b"%PDF")


def test_neither_reason_nor_account_nor_id_reaches_the_wall(desk: Desk, paid: Payroll, tmp_path: Path) -> None:
    write_batch(desk, paid.id, PLAIN, tmp_path, CHECKED)
    take_in_return(desk, ANSWER)
    text = text_of(notice(desk))
    assert {answer.reason for answer in desk.find(BankAnswer)} == {"", "户名不符"}
    assert "户名不符" not in text
    assert not [one for one in desk.find(Person) if one.id_number in text or (one.account and one.account in text)]


def test_before_the_bank_answers_nobody_is_said_to_be_paid(desk: Desk, paid: Payroll, tmp_path: Path) -> None:
    write_batch(desk, paid.id, PLAIN, tmp_path, CHECKED)
    text = text_of(notice(desk))
    assert "其中已到账0人次，0.00元；银行办理中14人次，20,322.69元。" in text


def test_once_everybody_is_paid_the_wall_says_no_more_about_it(desk: Desk, paid: Payroll, tmp_path: Path) -> None:
    batch, _ = write_batch(desk, paid.id, PLAIN, tmp_path, CHECKED)
    for line in store.batch_lines(desk, batch.id):
        record_answer(desk, line.id, PayOutcome.PAID)
    assert "其中已到账" not in text_of(notice(desk))
    assert "待补发" not in text_of(notice(desk))


def test_money_that_came_back_is_told_until_it_is_paid_again(desk: Desk, paid: Payroll, tmp_path: Path) -> None:
    batch, _ = write_batch(desk, paid.id, PLAIN, tmp_path, CHECKED)
    lines = store.batch_lines(desk, batch.id)
    for line in lines:
        record_answer(desk, line.id, PayOutcome.PAID)
    record_answer(desk, lines[0].id, PayOutcome.BOUNCED, "账户已销户")
    assert "待补发1人次，1,071.48元" in text_of(notice(desk))
    correct_account(desk, person_with(desk, told()[0].account).id, "5103201234567890123456", reason="换了新存折")
    again, _ = write_batch(desk, paid.id, PLAIN, tmp_path, CHECKED)
    assert "银行办理中1人次，1,071.48元" in text_of(notice(desk))
    (line,) = store.batch_lines(desk, again.id)
    record_answer(desk, line.id, PayOutcome.PAID)
    assert "其中已到账" not in text_of(notice(desk))


def test_a_sheet_paid_without_a_file_for_the_bank_is_told_as_before(desk: Desk, paid: Payroll) -> None:
    assert "其中已到账" not in text_of(notice(desk))
    assert paid.title in text_of(notice(desk))
