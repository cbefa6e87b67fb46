"""Pay drawn up, granted, sent to the bank, answered line by line, sent again until it arrives."""

from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as some
from hypothesis.stateful import rule

from tests.money.deeds.cash import Cash
from tests.money.deeds.core import EXCUSE, any_of_many, days_back, deaths
from villagedesk.app.posting import post
from villagedesk.app.practice.papers import write_bank_answer
from villagedesk.kernel.dates import Period
from villagedesk.payments.model import Claim, ClaimState, Payroll, PayrollKind
from villagedesk.payroll import store
from villagedesk.payroll.drafting import proposed
from villagedesk.payroll.model import Batch, BatchLine, PayOutcome
from villagedesk.payroll.usecases import (
    correct_account,
    make_payroll,
    record_answer,
    record_refusal,
    take_in_return,
    write_again,
    write_batch,
)
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Person

CHANNEL = "bank_text_utf8"
ACCOUNTS = ("6217001234567890123", "6217001234567890131", "1011223344556677889900", "62284800123456789012")


class Pay(Cash):
    """Who is paid for work, by the bank."""

    @property
    def stick(self) -> Path:
        """Where files for the bank go and come from."""
        folder = self.room / "U盘"
        folder.mkdir(exist_ok=True)
        return folder

    @rule(month=some.integers(1, 4), death=deaths)
    def pay_is_drawn_up(self, month: int, death: int) -> None:
        (cleaning,) = self.desk.find(Project, "name = '垃圾清运'")

        def make(desk: Desk) -> None:
            run = proposed(desk, PayrollKind.BASE, cleaning.id, Period(2026, month, 1))
            make_payroll(desk, replace(run, sheet_date=self._day(0)), EXCUSE)

        self._do("payroll", "李会计", make, death=death)

    @rule(month=some.integers(1, 4), is_paid=some.booleans(), death=deaths)
    def pay_goes_all_the_way_to_the_bank(self, month: int, death: int, *, is_paid: bool) -> None:
        """Drawn up, passed by everybody, posted or not, and the file written."""
        self.pay_is_drawn_up(month, 0)
        if self._sheet_passed(0) and is_paid and (claim := self._claim(-1, ClaimState.GRANTED)):
            self._do("post", "李会计", lambda desk: post(desk, claim.id))
        self.the_bank_gets_a_file(-1, death, second=False)

    @rule(which=any_of_many)
    def a_sheet_is_passed_by_everybody(self, which: int) -> None:
        self._sheet_passed(which)

    def _sheet_passed(self, which: int) -> Claim | None:
        unsent = self._any(Claim, which, "state = 'draft' AND payroll_id IS NOT NULL")
        if unsent is None:
            return None
        return self._granted(replace(unsent, witness="周监督"))

    @rule(which=any_of_many, death=deaths, second=some.booleans())
    def the_bank_gets_a_file(self, which: int, death: int, *, second: bool) -> None:
        """The first of a sheet, or the next one with what came back."""
        if sheet := self._any(Payroll, which):
            again = bool(store.batches_of(self.desk, sheet.id))
            self._do(
                "batch again" if again else "batch",
                "李会计",
                lambda desk: write_batch(desk, sheet.id, CHANNEL, self.stick, EXCUSE),
                death=death,
                second=second,
            )

    @rule(
        month=some.integers(1, 4),
        place=some.integers(1, 3),
        account=some.sampled_from(ACCOUNTS),
        is_told=some.booleans(),
    )
    def somebody_is_paid_at_the_second_go(self, month: int, place: int, account: str, *, is_told: bool) -> None:
        """The bank fails one, or pays it and sends it back later; the account is put right, and it is sent again."""
        self.pay_goes_all_the_way_to_the_bank(month, 0, is_paid=True)
        self.the_bank_answers_by_file(-1, set() if is_told else {place}, 0, 0)
        if is_told:
            self.the_bank_answers_a_line(place - 4, PayOutcome.BOUNCED, 0, 0)
        self.an_account_is_put_right(place - 1, account)
        self.the_bank_gets_a_file(-1, 0, second=True)
        self.the_bank_answers_a_line(-1, PayOutcome.PAID, 0, 0)

    @rule(which=any_of_many)
    def a_lost_file_is_written_again(self, which: int) -> None:
        if batch := self._any(Batch, which):
            before = self.desk.tip()
            as_before = (self.stick / batch.file_name).read_bytes()
            self._do("written again", "李会计", lambda desk: write_again(desk, batch.id, self.stick))
            assert (self.stick / batch.file_name).read_bytes() == as_before
            assert self.desk.tip() == before

    @rule(which=any_of_many, failed=some.sets(some.integers(1, 3), max_size=2), back=days_back, death=deaths)
    def the_bank_answers_by_file(self, which: int, failed: set[int], back: int, death: int) -> None:
        batch = self._any(Batch, which)
        if batch is None:
            return
        lines = [
            (line.place, line.account, line.name, line.amount_fen, "账户已销户" if line.place in failed else "")
            for line in store.batch_lines(self.desk, batch.id)
        ]
        path = write_bank_answer(self.stick, f"第{batch.number}批", lines)
        day = self._day(back) if back else None
        self._do("return", "李会计", lambda desk: take_in_return(desk, path, batch.id, day), death=death)

    @rule(which=any_of_many, outcome=some.sampled_from([*PayOutcome, PayOutcome.BOUNCED]), back=days_back, death=deaths)
    def the_bank_answers_a_line(self, which: int, outcome: PayOutcome, back: int, death: int) -> None:
        """Paid or failed where it was not answered; a paid one may bounce later; anything else is refused."""
        if line := self._any(BatchLine, which):
            day = self._day(back) if back else None
            self._do(
                f"told {outcome}",
                "李会计",
                lambda desk: record_answer(desk, line.id, outcome, "户名不符", day),
                death=death,
            )

    @rule(which=any_of_many, death=deaths)
    def the_bank_takes_none_of_it(self, which: int, death: int) -> None:
        if batch := self._any(Batch, which):
            self._do("none taken", "李会计", lambda desk: record_refusal(desk, batch.id, "文件读不出"), death=death)

    @rule(which=any_of_many, account=some.sampled_from(ACCOUNTS))
    def an_account_is_put_right(self, which: int, account: str) -> None:
        if person := self._any(Person, which):
            self._do("account", "李会计", lambda desk: correct_account(desk, person.id, account, reason="换了存折"))
