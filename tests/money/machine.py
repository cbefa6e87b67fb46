"""A machine that does to a village's money whatever people do, in any order, by anybody, with deaths in between."""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import ClassVar, TypeVar

from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.money.dying import Killed, killed_at
from tests.money.village import OFFICERS
from tests.money.watching import CHECKS, Recorded
from tests.payments.paying import YUAN, a_claim, as_
from villagedesk.app.posting import post
from villagedesk.closing.store import last_closed, months, unsettled
from villagedesk.closing.usecases import (
    agree_reopening,
    ask_reopening,
    close_month,
    prepare_closing,
    refuse_reopening,
)
from villagedesk.exchange import usecases as exchange
from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.exchange.months import move_reopening
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import ClockSetBack, VillageDeskError
from villagedesk.kernel.ids import seeded_chance
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind, Reopening, ReopeningState
from villagedesk.ledger.store import advance_lines
from villagedesk.ledger.usecases import give_advance, record_cash_move, settle_advance
from villagedesk.oversight.checks import check
from villagedesk.oversight.usecases import answer, review
from villagedesk.payments.model import UNDER_WAY, Claim, ClaimState, Outcome, PayrollKind, PayWay, Voucher
from villagedesk.payments.usecases import approve, discard, draft, redo, reverse, submit, withdraw
from villagedesk.payroll.drafting import proposed
from villagedesk.payroll.usecases import make_payroll
from villagedesk.projects.model import Project
from villagedesk.projects.usecases import change_budget
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Arrival, Fund
from villagedesk.village.usecases import record_arrival, reverse_arrival

T = TypeVar("T")
BEGIN = date(2026, 1, 5)
EXCUSE = "确实如此"
TOLD = {"oversight.below_nothing"}
"""A cash box or bank account below nothing is told and stops closing: somebody paid and did not write down what came."""
TOWNSHIP = (ClaimState.APPROVED, ClaimState.SETTLING)
_MACHINE_WORDS = re.compile(r"[a-z]{5}")

people = some.sampled_from(OFFICERS)
any_of_many = some.integers(0, 99)
amounts = some.integers(1, 500 * YUAN)
days_back = some.sampled_from([0, 0, 0, 1, 9, 40])
outcomes = some.sampled_from([*Outcome, Outcome.PASSED, Outcome.PASSED, Outcome.PASSED])
deaths = some.sampled_from([0] * 12 + [1, 2, 3, 4])
"""After how many writes of a change the program dies; 0: it lives."""


class MoneyMachine(RuleBasedStateMachine):
    """Every use-case that moves money or shuts it away, as rules. ``done`` counts what was really done, by name."""

    template: ClassVar[Path]
    moment: ClassVar[datetime]
    done: ClassVar[Counter[str]] = Counter()

    @initialize()
    def lay_out(self) -> None:
        """Begin with a village of one's own, two windows on it."""
        self.room = Path(tempfile.mkdtemp(prefix="machine-"))
        self.clock = SetClock(self.moment)
        self.lives = self.openings = 0
        self.heard: set[str] = set()
        self.recorded = Recorded()
        self.folder = Path(shutil.copytree(self.template, self.room / "0"))
        self._open()

    def _open(self) -> None:
        self.openings += 1  # the same examples make the same ids at every run, and no id twice
        self.desk = Desk.open(self.folder, clock=self.clock, chance=seeded_chance(100 + self.openings))
        as_(self.desk, "李会计")
        self.other = self.desk.sibling()

    def _do(self, name: str, who: str, deed: Callable[[Desk], object], *, death: int = 0, second: bool = False) -> None:
        """Let somebody do something in one of the windows; refused or dead, nothing of it is there."""
        desk = self.other if second else self.desk
        as_(desk, who)
        before, image = desk.tip(), self.room / f"{self.lives + 1}" if death % 2 else None
        try:
            with killed_at(death, self.folder, image):
                deed(desk)
            self.done[name] += 1
        except Killed:
            self.done["died"] += 1
            if image:
                self._live_again(image)
            assert self.desk.tip() == before, "half a change is there"
        except VillageDeskError as fault:
            self.done[f"{name} refused"] += 1
            assert desk.tip() == before, "what was refused is there"
            self.heard.add(str(fault))

    def _live_again(self, image: Path) -> None:
        """Go on with the files as death left them."""
        self.other.close()
        self.desk.close()
        self.lives += 1
        self.folder = image
        self._open()

    def _claim(self, which: int, *states: ClaimState) -> Claim | None:
        marks = ", ".join("?" * len(states))
        found = self.desk.find(Claim, f"state IN ({marks})", states)
        return found[which % len(found)] if found else None

    def _day(self, back: int) -> date:
        return max(self.clock.now().date() - timedelta(days=back), BEGIN)

    # Money in

    @rule(which=any_of_many, fen=amounts, back=days_back, who=people, death=deaths, second=some.booleans())
    def money_arrives(self, which: int, fen: int, back: int, who: str, death: int, *, second: bool) -> None:
        funds = self.desk.find(Fund, order="source")
        arrival = Arrival(fund_id=funds[which % len(funds)].id, arrived_on=self._day(back), amount_fen=fen)
        self._do("arrival", who, lambda desk: record_arrival(desk, arrival, EXCUSE), death=death, second=second)

    @rule(which=any_of_many, death=deaths)
    def an_arrival_is_taken_back(self, which: int, death: int) -> None:
        arrivals = self.desk.find(Arrival)
        self._take_back(arrivals[which % len(arrivals)].id, death)

    # Claims

    @rule(which=any_of_many, fen=amounts, back=days_back, death=deaths, second=some.booleans())
    def a_claim_is_handed_in(self, which: int, fen: int, back: int, death: int, *, second: bool) -> None:
        projects = self.desk.find(Project, order="name")
        seq = self.desk.tip()[0]
        facts = {"spent_on": self._day(back), "invoice_number": f"N{seq}", "payee": f"店{seq}"}
        claim = a_claim(projects[which % len(projects)], fen, **facts)

        def hand_in(desk: Desk) -> None:
            submit(desk, draft(desk, claim).id, EXCUSE)

        self._do_in_two("submit", hand_in, death=death, second=second)

    def _do_in_two(self, name: str, deed: Callable[[Desk], object], *, death: int, second: bool) -> None:
        """Do what takes two changes: the first may be there when the second was refused or died."""
        desk = self.other if second else self.desk
        as_(desk, "李会计")
        try:
            with killed_at(death, self.folder, None):
                deed(desk)
            self.done[name] += 1
        except Killed:
            self.done["died"] += 1
        except VillageDeskError as fault:
            self.done[f"{name} refused"] += 1
            self.heard.add(str(fault))

    @rule(which=any_of_many, who=people, outcome=outcomes, death=deaths, second=some.booleans())
    def somebody_reviews(self, which: int, who: str, outcome: Outcome, death: int, *, second: bool) -> None:
        if claim := self._claim(which, ClaimState.SUBMITTED):
            self._do(
                "review",
                who,
                lambda desk: review(desk, "claims", claim.id, outcome, EXCUSE),
                death=death,
                second=second,
            )

    @rule(which=any_of_many, who=people, outcome=outcomes, death=deaths)
    def somebody_approves(self, which: int, who: str, outcome: Outcome, death: int) -> None:
        if claim := self._claim(which, ClaimState.REVIEWED):
            self._do("approve", who, lambda desk: approve(desk, claim.id, outcome, EXCUSE), death=death)

    @rule(which=any_of_many)
    def a_query_is_answered(self, which: int) -> None:
        if claim := self._claim(which, ClaimState.QUERIED):
            self._do("answer", "李会计", lambda desk: answer(desk, "claims", claim.id, "已补单据"))

    @rule(which=any_of_many, is_draft=some.booleans())
    def a_claim_is_taken_back(self, which: int, *, is_draft: bool) -> None:
        if is_draft and (unsent := self._claim(which, ClaimState.DRAFT)):
            self._do("discard", "李会计", lambda desk: discard(desk, unsent.id))
        elif sent := self._claim(which, *UNDER_WAY):
            self._do("withdraw", "李会计", lambda desk: withdraw(desk, sent.id, "不办了"))

    @rule(which=any_of_many, is_passed=some.sampled_from([True, True, True, False]), death=deaths)
    def the_township_rules_on_a_claim(self, which: int, death: int, *, is_passed: bool) -> None:
        if claim := self._claim(which, *TOWNSHIP):
            self._do("verdict", "李会计", lambda desk: self._ruled(desk, "claims", claim, is_passed), death=death)

    def _ruled(self, desk: Desk, table: str, subject: Claim | Reopening, is_passed: bool) -> None:
        """Take in the township's word as its receipt brings it."""
        with desk.change("exchange.receipt.applied") as change:
            verdict = change.put(
                Verdict(
                    subject_table=table, subject_id=subject.id, subject_version=subject.version,
                    outcome=Ruling.PASSED if is_passed else Ruling.RETURNED, note="" if is_passed else "补材料",
                    given_by="吴所长", given_at=change.at,
                )
            )  # fmt: skip
            exchange._move_claim(desk, change, verdict)
            move_reopening(desk, change, verdict)

    @rule(which=any_of_many)
    def a_claim_is_queried_and_answered(self, which: int) -> None:
        if claim := self._claim(which, ClaimState.SUBMITTED):
            self._do("review", "孙理财", lambda desk: review(desk, "claims", claim.id, Outcome.QUERIED, "票据呢？"))
            self._do("answer", "李会计", lambda desk: answer(desk, "claims", claim.id, "已补单据"))

    def _granted(self, which: int, fen: int, *, second: bool) -> Claim | None:
        """Hand a claim in and let everybody pass it, as on a good day."""
        self.a_claim_is_handed_in(which, fen, 0, 0, second=second)
        claim = self._claim(-1, ClaimState.SUBMITTED)
        if claim is None:
            return None
        self._do("review", "钱组长", lambda desk: review(desk, "claims", claim.id, Outcome.PASSED), second=second)
        self._do("approve", "赵主任", lambda desk: approve(desk, claim.id, Outcome.PASSED))
        seen = self.desk.get(Claim, claim.id)
        if seen.state in TOWNSHIP:
            self._do("verdict", "李会计", lambda desk: self._ruled(desk, "claims", seen, True))
        return claim

    @rule(which=any_of_many, fen=some.integers(1, 90 * YUAN), death=deaths, second=some.booleans())
    def a_claim_goes_all_the_way(self, which: int, fen: int, death: int, *, second: bool) -> None:
        """It is paid, unless the program dies at the last step."""
        if claim := self._granted(which, fen, second=second):
            self._do("post", "李会计", lambda desk: post(desk, claim.id), death=death, second=second)

    @rule(which=any_of_many, fen=some.integers(50 * YUAN, 500 * YUAN))
    def the_money_goes_before_a_claim_is_paid(self, which: int, fen: int) -> None:
        """What a granted claim is to be paid from is taken back first."""
        if claim := self._granted(which, fen, second=False):
            for wrong in self.desk.find(Arrival, "fund_id = ? AND amount_fen > 0", [claim.fund_id]):
                self._take_back(wrong.id)
            self._do("post", "李会计", lambda desk: post(desk, claim.id))

    def _take_back(self, arrival_id: str, death: int = 0) -> None:
        self._do("arrival back", "李会计", lambda desk: reverse_arrival(desk, arrival_id, "记错了"), death=death)

    # Vouchers

    @rule(which=any_of_many, who=people, back=days_back, death=deaths, second=some.booleans())
    def a_claim_is_paid(self, which: int, who: str, back: int, death: int, *, second: bool) -> None:
        if claim := self._claim(which, ClaimState.GRANTED, *UNDER_WAY):
            day = self._day(back) if back else None
            self._do("post", who, lambda desk: post(desk, claim.id, day), death=death, second=second)

    @precondition(lambda self: hasattr(self, "desk") and self.desk.find(Voucher))
    @rule(which=any_of_many, back=days_back, death=deaths)
    def a_voucher_is_reversed(self, which: int, back: int, death: int) -> None:
        """In red, or in red and made anew, whichever was done less."""
        vouchers = self.desk.find(Voucher)
        voucher, day = vouchers[which % len(vouchers)].id, self._day(back) if back else None
        name, deed = ("redo", redo) if self.done["redo"] < self.done["reverse"] else ("reverse", reverse)
        self._do(name, "李会计", lambda desk: deed(desk, voucher, "退货", day), death=death)

    # Pay, cash, advances, budget

    @rule(month=some.integers(1, 4), death=deaths)
    def pay_is_drawn_up(self, month: int, death: int) -> None:
        (cleaning,) = self.desk.find(Project, "name = '垃圾清运'")

        def make(desk: Desk) -> None:
            run = proposed(desk, PayrollKind.BASE, cleaning.id, Period(2026, month, 1))
            make_payroll(desk, replace(run, sheet_date=self._day(0)), EXCUSE)

        self._do("payroll", "李会计", make, death=death)

    @rule(fen=amounts, kind=some.sampled_from(CashMoveKind), back=days_back, death=deaths)
    def cash_moves(self, fen: int, kind: CashMoveKind, back: int, death: int) -> None:
        move = CashMove(kind=kind, moved_on=self._day(back), amount_fen=fen)
        self._do("cash", "李会计", lambda desk: record_cash_move(desk, move, EXCUSE), death=death)

    @rule(fen=amounts, back=days_back, way=some.sampled_from([PayWay.TRANSFER, PayWay.CASH]), death=deaths)
    def an_advance_is_given(self, fen: int, back: int, way: PayWay, death: int) -> None:
        day = self._day(back)
        advance = Advance(
            taker="王桂香", given_on=day, due_on=day + timedelta(days=20), amount_fen=fen, pay_way=way, purpose="买灯泡"
        )
        self._do("advance", "李会计", lambda desk: give_advance(desk, advance, EXCUSE), death=death)

    @rule(which=any_of_many, share=some.integers(1, 3), back=days_back)
    def an_advance_comes_back(self, which: int, share: int, back: int) -> None:
        if lines := advance_lines(self.desk, self._day(0)):
            line = lines[which % len(lines)]
            fen = line.amount_fen // share
            self._do("settle", "李会计", lambda desk: settle_advance(desk, line.id, fen, self._day(back)))

    @rule(which=any_of_many, fen=amounts, motion=some.integers(1, 2), death=deaths)
    def the_budget_is_changed(self, which: int, fen: int, motion: int, death: int) -> None:
        projects = self.desk.find(Project, order="name")
        one, other = projects[which % 3], projects[(which + 1) % 3]
        decision = self.desk.value("SELECT id FROM motions WHERE subject = ?", [f"预算调整{motion}"])
        moves = [(one.id, fen // 5), (other.id, -(fen // 5))]
        self._do("budget", "李会计", lambda desk: change_budget(desk, 2026, decision, moves, EXCUSE), death=death)

    # Months

    @rule(days=some.sampled_from([0, 1, 1, 3, 9, 26]))
    def days_go_by(self, days: int) -> None:
        self.clock.set(self.clock.now() + timedelta(days=days, minutes=1))

    @rule(who=people)
    def the_clock_is_set_back(self, who: str) -> None:
        """Nothing is written before what was written last; then somebody puts the clock right."""
        now, last = self.clock.now(), datetime.fromisoformat(self.desk.tip()[2])
        self.clock.set(last - timedelta(days=1))
        as_(self.desk, who)
        try:
            with self.desk.change("test.past"):
                raise AssertionError("a change began in the past")
        except ClockSetBack:
            self.done["clock"] += 1
        finally:
            self.clock.set(now)

    def _next_month(self) -> Period | None:
        may = {"ready", "prepared", "reopened", "lapsed"}
        return next((one.period for one in months(self.desk, self._day(0)) if one.state in may), None)

    @rule(who=people, death=deaths)
    def a_month_is_made_ready(self, who: str, death: int) -> None:
        if period := self._next_month():
            self._do("prepare", who, lambda desk: prepare_closing(desk, period, EXCUSE), death=death)

    @rule(who=people, death=deaths, second=some.booleans())
    def a_month_is_closed(self, who: str, death: int, *, second: bool) -> None:
        if period := self._next_month():
            self._do("close", who, lambda desk: close_month(desk, period), death=death, second=second)

    @rule()
    def a_month_is_over_and_closed(self) -> None:
        """As on a good day: the month ends, the accountant makes it ready, the head closes it."""
        period = self._next_month() or Period.month_of(self._day(0))
        past_it = max(period.last + timedelta(days=1), self._day(0))
        self.clock.set(
            self.clock.now().replace(year=past_it.year, month=past_it.month, day=past_it.day) + timedelta(minutes=1)
        )
        self._do("prepare", "李会计", lambda desk: prepare_closing(desk, period, EXCUSE))
        self._do("close", "赵主任", lambda desk: close_month(desk, period))

    @precondition(lambda self: hasattr(self, "desk") and last_closed(self.desk) is not None)
    @rule(days=some.integers(1, 12), death=deaths)
    def somebody_asks_to_open_a_month(self, days: int, death: int) -> None:
        closing = last_closed(self.desk)
        assert closing
        self._do("ask", "李会计", lambda desk: ask_reopening(desk, closing.id, "漏记", days), death=death)

    @precondition(lambda self: hasattr(self, "desk") and unsettled(self.desk) is not None)
    @rule(who=people, is_agreed=some.sampled_from([True, True, False]), death=deaths)
    def somebody_answers_the_wish(self, who: str, death: int, *, is_agreed: bool) -> None:
        wish = unsettled(self.desk)
        assert wish
        if wish.state is ReopeningState.AGREED:
            self._do("open", "李会计", lambda desk: self._ruled(desk, "reopenings", wish, is_agreed), death=death)
        elif is_agreed:
            self._do("agree", who, lambda desk: agree_reopening(desk, wish.id), death=death)
        else:
            self._do("refuse", who, lambda desk: refuse_reopening(desk, wish.id, "记到下月"), death=death)

    @precondition(lambda self: hasattr(self, "desk") and last_closed(self.desk) is not None)
    @rule()
    def a_month_is_opened_again(self) -> None:
        """As when everybody agrees."""
        closing = last_closed(self.desk)
        assert closing
        self._do("ask", "李会计", lambda desk: ask_reopening(desk, closing.id, "漏记", 5))
        if (asked := unsettled(self.desk)) and asked.state is ReopeningState.ASKED:
            self._do("agree", "赵主任", lambda desk: agree_reopening(desk, asked.id))
        if (wish := unsettled(self.desk)) and wish.state is ReopeningState.AGREED:
            self._do("open", "李会计", lambda desk: self._ruled(desk, "reopenings", wish, True))

    @rule()
    def the_program_is_started_anew(self) -> None:
        self.other.close()
        self.desk.close()
        self._open()

    # What must hold

    @invariant()
    def the_money_is_sound(self) -> None:
        """Each check looks at the file; both windows see the same."""
        if not hasattr(self, "desk"):
            return
        for holds in CHECKS:
            holds(self.desk)
        self.recorded.look(self.desk)
        assert self.other.tip() == self.desk.tip()
        assert [words for words in self.heard if _MACHINE_WORDS.search(words)] == [], "not for people"

    def teardown(self) -> None:
        """Prove the books at the end."""
        if not hasattr(self, "desk"):
            return
        try:
            as_(self.desk, "李会计")
            assert verify(self.folder).faults == ()
            wrong = [one.message for one in check(self.desk) if one.severity == "block" and one.code not in TOLD]
            assert wrong == []
        finally:
            self.other.close()
            self.desk.close()
            shutil.rmtree(self.room)
