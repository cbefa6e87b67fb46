"""Cash moved, advances given, handed back and set off, bank and box held against the books."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as some
from hypothesis.stateful import rule

from tests.money.deeds.claims import ways
from tests.money.deeds.contracts import Contracts
from tests.money.deeds.core import EXCUSE, accountants, amounts, any_of_many, days_back, deaths
from tests.payments.paying import YUAN
from villagedesk.app.posting import post
from villagedesk.ledger.counting import VALUES
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind, Statement, StatementKind, Uncashed, UncashedSide
from villagedesk.ledger.store import advance_lines, held
from villagedesk.ledger.usecases import (
    assert_balance,
    give_advance,
    record_cash_move,
    settle_advance,
    settle_by_voucher,
)
from villagedesk.payments.model import ClaimState, PayWay, Voucher
from villagedesk.payments.usecases import post as post_alone


def counted(fen: int) -> dict[int, int]:
    """Return notes and coins that make a sum."""
    found = {}
    for value in VALUES:
        found[value], fen = divmod(fen, value)
    return found


class Cash(Contracts):
    """What lies in the bank and in the box, and what somebody was given beforehand."""

    @rule(fen=amounts, kind=some.sampled_from(CashMoveKind), back=days_back, death=deaths)
    def cash_moves(self, fen: int, kind: CashMoveKind, back: int, death: int) -> None:
        move = CashMove(kind=kind, moved_on=self._day(back), amount_fen=fen)
        self._do("cash", "李会计", lambda desk: record_cash_move(desk, move, EXCUSE), death=death)

    @rule(
        fen=some.one_of(some.integers(1, 90 * YUAN), some.integers(1, 5_000 * YUAN)),
        back=days_back,
        way=ways,
        who=accountants,
        death=deaths,
    )
    def an_advance_is_given(self, fen: int, back: int, way: PayWay, who: str, death: int) -> None:
        day = self._day(back)
        advance = Advance(
            taker="王桂香", given_on=day, due_on=day + timedelta(days=20), amount_fen=fen, pay_way=way, purpose="买灯泡"
        )
        self._do("advance", who, lambda desk: give_advance(desk, advance, EXCUSE), death=death)

    @rule(which=any_of_many, share=some.integers(1, 3), back=days_back, way=ways)
    def an_advance_comes_back(self, which: int, share: int, back: int, way: PayWay) -> None:
        if lines := advance_lines(self.desk, self._day(0)):
            line = lines[which % len(lines)]
            fen = line.amount_fen // share
            self._do("settle", "李会计", lambda desk: settle_advance(desk, line.id, fen, self._day(back), way))

    @rule(
        which=any_of_many, fen=some.integers(1, 150 * YUAN), way=ways, back=days_back, death=deaths,
        is_alone=some.sampled_from([False, False, True]),
    )  # fmt: skip
    def a_claim_accounts_for_an_advance(
        self, which: int, fen: int, way: PayWay, back: int, death: int, *, is_alone: bool
    ) -> None:
        """As the window posts it, or by the lower use-case alone and set off afterwards."""
        if not any(line.open_fen for line in advance_lines(self.desk, self._day(0))):
            self.an_advance_is_given(2 * fen // 3 + 1, 0, PayWay.TRANSFER, "李会计", 0)
        lines = [line for line in advance_lines(self.desk, self._day(0)) if line.open_fen or is_alone]
        if not lines:
            return
        facts = replace(self._facts(which, fen, 0), pay_way=way, advance_id=lines[which % len(lines)].id)
        if not (claim := self._granted(facts)):
            return
        day, deed = self._day(back) if back else None, post_alone if is_alone else post
        self._do("post", "李会计", lambda desk: deed(desk, claim.id, day), death=death)
        if found := self._any(Voucher, 0, "claim_id = ?", (claim.id,)):
            self.done["set off"] += 1
            self._do("set off later", "李会计", lambda desk: settle_by_voucher(desk, found.id))

    @rule(which=any_of_many, back=days_back, death=deaths)
    def a_voucher_is_set_off_later(self, which: int, back: int, death: int) -> None:
        if claim := self._claim(which, ClaimState.GRANTED):
            day = self._day(back) if back else None
            self._do("post alone", "李会计", lambda desk: post_alone(desk, claim.id, day), death=death)

    @rule(fen=some.integers(0, 300 * YUAN), side=some.sampled_from(UncashedSide), back=days_back, death=deaths)
    def the_bank_is_held_against_the_books(self, fen: int, side: UncashedSide, back: int, death: int) -> None:
        """With an item that explains the difference, or the bank's sum a little off and a word why."""
        day = self._day(back)
        books = held(self.desk, Book.BANK, day)
        items = [Uncashed(side=side, what="在途", since=day, amount_fen=fen)] if fen else []
        stated = {UncashedSide.BOOKS_OUT: fen, UncashedSide.BANK_IN: fen}.get(side, -fen)
        statement = Statement(
            kind=StatementKind.BANK, stated_on=day, amount_fen=books + stated, note="" if back else EXCUSE
        )
        self._do("statement", "李会计", lambda desk: assert_balance(desk, statement, items), death=death)

    @rule(
        off=some.sampled_from([0, 0, 0, 50]),
        back=days_back,
        witness=some.sampled_from(["周监督", "周监督", "李会计"]),
        death=deaths,
    )
    def the_box_is_counted(self, off: int, back: int, witness: str, death: int) -> None:
        """By two; what is missing or too much is written down."""
        fen = held(self.desk, Book.CASH, self._day(back)) + off
        statement = Statement(
            kind=StatementKind.CASH,
            stated_on=self._day(back),
            amount_fen=fen,
            witness=witness,
            note="零钱" if off else "",
        )
        self._do("count", "李会计", lambda desk: assert_balance(desk, statement, (), counted(fen)), death=death)
