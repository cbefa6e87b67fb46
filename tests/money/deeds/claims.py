"""Claims from the draft to the voucher, reversed and made anew; what a meeting decided lets pass; the year's budget."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from tests.money.deeds.core import (
    EXCUSE,
    accountants,
    amounts,
    any_of_many,
    days_back,
    deaths,
    groups,
    heads,
    outcomes,
    people,
)
from tests.money.deeds.funds import Funds
from tests.money.village import CONTRACTOR
from tests.payments.paying import YUAN, a_claim
from villagedesk.app.posting import post
from villagedesk.deliberation.model import Motion
from villagedesk.exchange.granting import move_claim
from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.exchange.months import move_reopening
from villagedesk.ledger.model import Reopening
from villagedesk.oversight.usecases import answer, review
from villagedesk.payments.chains import WAITING
from villagedesk.payments.model import UNDER_WAY, Claim, ClaimState, Outcome, PayWay, Voucher
from villagedesk.payments.usecases import (
    approve,
    bear_witness,
    decide,
    discard,
    draft,
    redo,
    resubmit,
    reverse,
    submit,
    withdraw,
)
from villagedesk.projects.model import Project
from villagedesk.projects.usecases import change_budget
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival
from villagedesk.village.store import fund_balance
from villagedesk.village.usecases import choose_chain, record_arrival

TOWNSHIP = (ClaimState.APPROVED, ClaimState.SETTLING)
ways = some.sampled_from([PayWay.TRANSFER, PayWay.TRANSFER, PayWay.CASH])
LARGE = 10_000 * YUAN
"""From this amount on a contract is asked for, or a meeting's decision to do without."""


YES: dict[ClaimState, list[tuple[str, str]]] = {
    ClaimState.WITNESSING: [("witness", "周监督")],
    ClaimState.SUBMITTED: [("review", "钱组长"), ("review", "孙理财")],
    ClaimState.SUPERVISING: [("review", "周监督")],
    ClaimState.REVIEWED: [("approve", "赵主任")],
}
"""What is done, and by whom, when all say yes in the village to a claim that waits in a state."""
DEEDS: dict[str, Callable[[Desk, str], object]] = {
    "witness": bear_witness,
    "review": lambda desk, claim: review(desk, "claims", claim, Outcome.PASSED),
    "approve": lambda desk, claim: approve(desk, claim, Outcome.PASSED),
}


def _yes(name: str, claim_id: str, desk: Desk) -> None:
    DEEDS[name](desk, claim_id)


class Claims(Funds):
    """What is claimed, passed, paid and taken back."""

    def _claim(self, which: int, *states: ClaimState) -> Claim | None:
        return self._any(Claim, which, f"state IN ({', '.join('?' * len(states))})", states)

    def _facts(self, which: int, fen: int, back: int) -> Claim:
        projects = self.desk.find(Project, order="name")
        seq = self.desk.tip()[0]
        signs = self.desk.value("SELECT chain FROM offices WHERE id = ?", [self.desk.office_id]) == "three_signatures"
        witness = "周监督" if signs else "程贵世"
        facts = {
            "spent_on": self._day(back), "invoice_number": f"N{seq}", "payee": f"店{seq}", "witness": witness,
        }  # fmt: skip
        return a_claim(projects[which % len(projects)], fen, **facts)

    @rule(which=any_of_many, fen=amounts, back=days_back, way=ways, death=deaths, second=some.booleans())
    def a_claim_is_handed_in(self, which: int, fen: int, back: int, way: PayWay, death: int, *, second: bool) -> None:
        self._hand_in(replace(self._facts(which, fen, back), pay_way=way), death, second=second)

    def _hand_in(self, claim: Claim, death: int = 0, *, second: bool = False) -> Claim | None:
        """Return the claim as it was handed in, None when it was not."""
        sent: list[Claim] = []

        def hand_in(desk: Desk) -> None:
            sent.append(submit(desk, draft(desk, claim).id, EXCUSE))

        self._do_in_two("submit", hand_in, death=death, second=second)
        return sent[0] if sent else None

    @rule(which=any_of_many, who=groups, outcome=outcomes, death=deaths, second=some.booleans())
    def somebody_reviews(self, which: int, who: str, outcome: Outcome, death: int, *, second: bool) -> None:
        if claim := self._claim(which, ClaimState.SUBMITTED, ClaimState.SUPERVISING):
            self._do(
                "review",
                who,
                lambda desk: review(desk, "claims", claim.id, outcome, EXCUSE),
                death=death,
                second=second,
            )

    @rule(which=any_of_many, who=heads, outcome=outcomes, death=deaths)
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

    @rule(which=any_of_many, death=deaths)
    def what_ended_unpaid_is_made_anew(self, which: int, death: int) -> None:
        if ended := self._claim(which, ClaimState.REFUSED, ClaimState.WITHDRAWN):
            self._do("resubmit", "李会计", lambda desk: resubmit(desk, ended.id), death=death)

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
            move_claim(desk, change, verdict)
            move_reopening(desk, change, verdict)

    @rule(which=any_of_many)
    def a_claim_is_queried_and_answered(self, which: int) -> None:
        if claim := self._claim(which, ClaimState.SUBMITTED):
            self._do("review", "孙理财", lambda desk: review(desk, "claims", claim.id, Outcome.QUERIED, "票据呢？"))
            self._do("answer", "李会计", lambda desk: answer(desk, "claims", claim.id, "已补单据"))

    @rule(which=any_of_many, who=people, outcome=outcomes, death=deaths)
    def somebody_bears_witness(self, which: int, who: str, outcome: Outcome, death: int) -> None:
        if claim := self._claim(which, ClaimState.WITNESSING):
            self._do("witness", who, lambda desk: bear_witness(desk, claim.id, outcome, EXCUSE), death=death)

    @rule(which=any_of_many, motion=any_of_many, death=deaths)
    def a_meeting_decides(self, which: int, motion: int, death: int) -> None:
        """The motion is the right one, or one about other projects."""
        if (claim := self._claim(which, ClaimState.DECIDING)) and (found := self._any(Motion, motion)):
            self._do("decide", "李会计", lambda desk: decide(desk, claim.id, found.id), death=death)

    @rule(key=some.sampled_from(["standard", "three_signatures", "three_reviews", "tiers"]), death=deaths)
    def the_village_chooses_a_chain(self, key: str, death: int) -> None:
        """What is on its way goes on by its own."""
        self._do("chain", "赵主任", lambda desk: choose_chain(desk, key), death=death)

    def _granted(self, claim: Claim, *, second: bool = False) -> Claim | None:
        """Hand a claim in and let everybody pass it, as on a good day."""
        sent = self._hand_in(claim, second=second)
        return self._passed(sent, second=second) if sent else None

    def _passed(self, claim: Claim, *, second: bool = False) -> Claim:
        """Let everybody say yes whom the claim's chain asks, in its order."""
        for _ in WAITING:
            self._say_yes(self.desk.get(Claim, claim.id), second=second)
        return claim

    def _say_yes(self, claim: Claim, *, second: bool) -> None:
        """Let those say yes whom a claim waits for now."""
        if claim.state in TOWNSHIP:
            self._do("verdict", "李会计", lambda desk: self._ruled(desk, "claims", claim, True))
        for name, who in YES.get(claim.state, ()):
            if self.desk.get(Claim, claim.id).state is claim.state:
                self._do(name, who, partial(_yes, name, claim.id), second=second)

    @rule(which=any_of_many, fen=some.integers(1, 90 * YUAN), way=ways, death=deaths, second=some.booleans())
    def a_claim_goes_all_the_way(self, which: int, fen: int, way: PayWay, death: int, *, second: bool) -> None:
        """It is paid, unless the program dies at the last step."""
        if claim := self._granted(replace(self._facts(which, fen, 0), pay_way=way), second=second):
            self._do("post", "李会计", lambda desk: post(desk, claim.id), death=death, second=second)

    @rule(which=any_of_many, fen=some.integers(50 * YUAN, 500 * YUAN))
    def the_money_goes_before_a_claim_is_paid(self, which: int, fen: int) -> None:
        """What a granted claim is to be paid from is taken back first."""
        if claim := self._granted(self._facts(which, fen, 0)):
            for wrong in self.desk.find(Arrival, "fund_id = ? AND amount_fen > 0", [claim.fund_id]):
                self._take_back(wrong.id)
            self._do("post", "李会计", lambda desk: post(desk, claim.id))

    @rule(fen=some.integers(1, 90 * YUAN), back=some.sampled_from([0, 1, 9]))
    def a_claim_takes_what_came_today(self, fen: int, back: int) -> None:
        """All its fund holds, dated today or before the last of it came."""
        (lamps,) = self.desk.find(Project, "name = '路灯电费'")
        self.days_go_by(back)
        came = Arrival(fund_id=lamps.fund_id or "", arrived_on=self._day(0), amount_fen=fen)
        self._do("arrival", "李会计", lambda desk: record_arrival(desk, came, EXCUSE))
        left = fund_balance(self.desk, lamps.fund_id or "").left_fen
        if left and (claim := self._granted(replace(self._facts(2, left, 0), project_id=lamps.id))):
            self._do("post", "李会计", lambda desk: post(desk, claim.id, self._day(back)))

    @rule(fen=some.integers(LARGE, LARGE + 900 * YUAN), is_decided=some.sampled_from([True, True, False]))
    def a_large_sum_is_paid_by_a_meetings_decision(self, fen: int, *, is_decided: bool) -> None:
        """There is no contract: without the decision it stays a draft, whatever is excused."""
        (ditch,) = self.desk.find(Project, "name = '水渠整修'")
        came = Arrival(fund_id=ditch.fund_id or "", arrived_on=self._day(0), amount_fen=fen)
        self._do("arrival", "李会计", lambda desk: record_arrival(desk, came, EXCUSE))
        decision = self.desk.value("SELECT id FROM motions WHERE subject = '集体研究大额支出'") if is_decided else None
        large = replace(self._facts(0, fen, 0), project_id=ditch.id, fund_id=ditch.fund_id or "", decision_id=decision)
        if claim := self._granted(large):
            assert self.desk.get(Claim, claim.id).decision_id or claim.amount_fen < LARGE, "nobody decided it"
            self._do("post", "李会计", lambda desk: post(desk, claim.id))
            self.done["decided"] += self.desk.get(Claim, claim.id).state is ClaimState.PAID

    @rule(fen=some.integers(LARGE, LARGE + 900 * YUAN), is_decided=some.booleans())
    def a_large_sum_is_paid_by_contract(self, fen: int, *, is_decided: bool) -> None:
        """By amounts it waits for a meeting; by the other chains it goes on without."""
        (ditch,) = self.desk.find(Project, "name = '水渠整修'")
        came = Arrival(fund_id=ditch.fund_id or "", arrived_on=self._day(0), amount_fen=fen)
        self._do("arrival", "李会计", lambda desk: record_arrival(desk, came, EXCUSE))
        signed = self.desk.value("SELECT id FROM contracts WHERE party = ?", [CONTRACTOR])
        own = {"project_id": ditch.id, "fund_id": ditch.fund_id or "", "payee": CONTRACTOR, "contract_id": signed}
        large = replace(self._facts(0, fen, 0), **own)
        if (claim := self._granted(large)) and is_decided:
            if self.desk.get(Claim, claim.id).state is ClaimState.DECIDING:
                decision = self.desk.value("SELECT id FROM motions WHERE subject = '集体研究大额支出'")
                self._do("decide", "李会计", lambda desk: decide(desk, claim.id, decision))
                self._passed(claim)
            self._do("post", "李会计", lambda desk: post(desk, claim.id))

    # Vouchers

    @rule(which=any_of_many, who=accountants, back=days_back, death=deaths, second=some.booleans())
    def a_claim_is_paid(self, which: int, who: str, back: int, death: int, *, second: bool) -> None:
        if claim := self._claim(which, ClaimState.GRANTED) or self._claim(which, *UNDER_WAY):
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

    @rule(which=any_of_many, fen=amounts, motion=some.integers(1, 2), death=deaths)
    def the_budget_is_changed(self, which: int, fen: int, motion: int, death: int) -> None:
        """By a meeting's resolution; each carries one change."""
        projects = self.desk.find(Project, "name <> '水渠整修'", order="name")
        one, other = projects[which % 3], projects[(which + 1) % 3]
        decision = self.desk.value("SELECT id FROM motions WHERE subject = ?", [f"预算调整{motion}"])
        moves = [(one.id, fen // 5), (other.id, -(fen // 5))]
        self._do("budget", "李会计", lambda desk: change_budget(desk, 2026, decision, moves, EXCUSE), death=death)
