"""The practice year's bank: pay files sent, its answers taken in, accounts put right and people paid again."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from villagedesk.app.practice import moneyfacts
from villagedesk.app.practice.papers import write_bank_answer
from villagedesk.payments.model import ClaimState, Payroll, PayrollKind
from villagedesk.payments.store import claims_in
from villagedesk.payroll import store
from villagedesk.payroll import usecases as payroll
from villagedesk.payroll.model import Batch
from villagedesk.village.model import Person

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear


def send(year: "PracticeYear") -> None:
    """Write the bank's file of every sheet that was granted, before its voucher is posted."""
    for claim in claims_in(year.village, ClaimState.GRANTED):
        if claim.payroll_id:
            _send(year, claim.payroll_id)


def hear(year: "PracticeYear", month: int) -> None:
    """Two days later the bank answers; of the first quarter's sheet two are not paid, the last one is not answered."""
    for batch in store.open_batches(year.village):
        sheet = year.village.get(Payroll, batch.payroll_id)
        if sheet.kind is PayrollKind.IMPORTED and sheet.period == moneyfacts.STILL_AT_THE_BANK:
            continue
        year.at(month, 29)
        _answer(year, batch, moneyfacts.FAILED if sheet.period == moneyfacts.FAILED_IN else {})


def pay_again(year: "PracticeYear") -> None:
    """In May the two accounts are put right, the two are sent again, and everybody is paid."""
    year.at(5, 6)
    for name, (account, why) in moneyfacts.NEW_ACCOUNTS.items():
        (person,) = year.village.find(Person, "name = ?", [name])
        payroll.correct_account(year.village, person.id, account, reason=why)
    (sheet,) = year.village.find(Payroll, "period = ?", [moneyfacts.FAILED_IN])
    _send(year, sheet.id)
    year.at(5, 8)
    for batch in store.open_batches(year.village):
        _answer(year, batch, {})


def _send(year: "PracticeYear", payroll_id: str) -> None:
    with TemporaryDirectory() as stick:
        payroll.write_batch(year.village, payroll_id, moneyfacts.CHANNEL, Path(stick))


def _answer(year: "PracticeYear", batch: Batch, failed: Mapping[str, str]) -> None:
    lines = [
        (line.place, line.account, line.name, line.amount_fen, failed.get(line.name, ""))
        for line in store.batch_lines(year.village, batch.id)
    ]
    with TemporaryDirectory() as stick:
        payroll.take_in_return(year.village, write_bank_answer(Path(stick), batch.file_name, lines), batch.id)
