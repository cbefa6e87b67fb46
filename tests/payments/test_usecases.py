"""Money out on a real desk: the whole chain, and everything that must not happen on it."""

import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.payments.paying import (
    DAY,
    YUAN,
    a_claim,
    approved,
    as_,
    decided,
    grant_project,
    granted,
    moved,
    open_fund,
    reviewed,
    submitted,
)
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import FrozenRecord, NotSignedIn, ReadOnlyDesk, RuleViolation
from villagedesk.oversight.usecases import answer, review
from villagedesk.payments import rules, store, usecases
from villagedesk.payments.model import Approval, Claim, ClaimState, Outcome, PayWay, Voucher
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Fund
from villagedesk.village.store import fund_balance


def refusal(call: object, *arguments: object, **named: object) -> list[str]:
    """Return the codes of the findings a use-case is refused with."""
    with pytest.raises(RuleViolation) as refused:
        call(*arguments, **named)  # type: ignore[operator]
    return [finding.code.removeprefix("payments.") for finding in refused.value.findings]


# The chain


def test_a_claim_goes_from_draft_to_voucher_and_back(desk: Desk, project: Project) -> None:
    drafted = usecases.draft(desk, a_claim(project))
    assert drafted.state is ClaimState.DRAFT
    claim = usecases.submit(desk, drafted.id)
    assert claim.state is ClaimState.SUBMITTED
    claim = reviewed(desk, claim)
    assert claim.state is ClaimState.REVIEWED
    claim = approved(desk, claim)
    assert claim.state is ClaimState.APPROVED
    claim = moved(desk, claim, "grant")
    voucher = usecases.post(desk, claim.id)
    assert (voucher.label, voucher.amount_fen, voucher.posted_on) == ("2026年第1号", 140_950, DAY)
    assert desk.get(Claim, claim.id).state is ClaimState.PAID
    red = usecases.reverse(desk, voucher.id, "票据开错单位，退货")
    assert (red.label, red.amount_fen, red.reverses_id) == ("2026年第2号", -140_950, voucher.id)
    assert store.paid_for(desk, project.id) == 0
    assert verify(desk.folder).faults == ()


def test_every_step_is_in_the_claims_history(desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project))
    actions = [entry.action for entry in desk.history(claim.id)]
    assert actions == [
        "payments.claim.drafted",
        "payments.claim.submitted",
        "oversight.claims.passed",
        "payments.claim.passed",
        "test.grant",
    ]


def test_an_approval_names_the_version_the_head_saw(desk: Desk, project: Project) -> None:
    claim = reviewed(desk, submitted(desk, a_claim(project)))
    approved(desk, claim)
    (approval,) = desk.find(Approval, "claim_id = ?", [claim.id])
    assert approval.claim_version == claim.version
    assert approval.outcome is Outcome.PASSED
    assert Approval.from_row(approval.row()) == approval


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.QUERIED, ClaimState.QUERIED), (Outcome.REFUSED, ClaimState.REFUSED)]
)
def test_the_head_may_ask_or_refuse_but_says_why(
    desk: Desk, project: Project, outcome: Outcome, state: ClaimState
) -> None:
    claim = reviewed(desk, submitted(desk, a_claim(project)))
    as_(desk, "赵主任")
    assert refusal(usecases.approve, desk, claim.id, outcome, " ") == ["note"]
    assert usecases.approve(desk, claim.id, outcome, "单价偏高").state is state


def test_an_answered_query_goes_through_the_whole_chain_again(desk: Desk, project: Project) -> None:
    claim = reviewed(desk, submitted(desk, a_claim(project)))
    as_(desk, "赵主任")
    usecases.approve(desk, claim.id, Outcome.QUERIED, "单价偏高")
    as_(desk, "李会计")
    answer(desk, "claims", claim.id, "市场问过三家，附报价")
    assert desk.get(Claim, claim.id).state is ClaimState.SUBMITTED
    assert approved(desk, reviewed(desk, desk.get(Claim, claim.id))).state is ClaimState.APPROVED


# Drafts


def test_a_draft_may_be_written_over_and_thrown_away(desk: Desk, project: Project) -> None:
    drafted = usecases.draft(desk, a_claim(project))
    again = usecases.draft(desk, replace(drafted, purpose="购买垃圾桶30个", payroll_id=None))
    assert (again.id, again.version) == (drafted.id, 2)
    usecases.discard(desk, again.id)
    assert desk.find(Claim) == []
    assert desk.history(again.id)[-1].body is None


def test_whoever_wrote_a_draft_last_is_its_maker_whatever_the_form_says(desk: Desk, project: Project) -> None:
    head = desk.value("SELECT id FROM officers WHERE name = '赵主任'")
    drafted = usecases.draft(desk, a_claim(project, made_by=head, state=ClaimState.DRAFT))
    assert desk.actor
    assert drafted.made_by == desk.actor.id


def test_a_draft_is_stored_as_a_draft_whatever_the_form_says(desk: Desk, project: Project) -> None:
    assert refusal(usecases.draft, desk, a_claim(project, state=ClaimState.GRANTED)) == ["out_of_turn"]
    claim = submitted(desk, a_claim(project))
    assert refusal(usecases.draft, desk, replace(claim, state=ClaimState.DRAFT)) == ["out_of_turn"]


def test_a_draft_takes_the_projects_fund_and_the_profiles_version(desk: Desk, project: Project) -> None:
    drafted = usecases.draft(desk, a_claim(project, fund_id=""))
    assert drafted.fund_id == project.fund_id
    assert drafted.profile_version.startswith("default-")


def test_a_draft_needs_what_a_row_must_have(desk: Desk, project: Project) -> None:
    empty = a_claim(project, payee="", purpose=" ", amount_fen=0)
    assert refusal(usecases.draft, desk, empty) == ["amount", "payee", "purpose"]


def test_a_submitted_claim_is_not_thrown_away(desk: Desk, project: Project) -> None:
    claim = submitted(desk, a_claim(project))
    assert refusal(usecases.discard, desk, claim.id) == ["out_of_turn"]


def test_a_project_that_is_not_granted_cannot_pay(desk: Desk, fund: Fund) -> None:
    resolved = grant_project(desk, fund=fund, state=ProjectState.RESOLVED)
    assert refusal(usecases.draft, desk, a_claim(resolved)) == ["project_state"]


def test_a_project_that_lost_its_grant_cannot_be_paid_for(desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project))
    with desk.change("test.rejected") as change:
        change.put(replace(project, state=ProjectState.REJECTED))
    assert refusal(usecases.post, desk, claim.id) == ["project_state"]


# Warnings and papers


def test_a_warning_stops_until_a_reason_is_written_and_the_reason_is_kept(desk: Desk, project: Project) -> None:
    bare = usecases.draft(desk, a_claim(project, invoice_number=""))
    for nothing in ("", "   ", ".", "，", "1"):
        assert refusal(usecases.submit, desk, bare.id, nothing) == ["invoice_number"]
    claim = usecases.submit(desk, bare.id, "定额发票，没有号码")
    assert claim.excuse == "定额发票，没有号码"
    assert desk.history(claim.id)[-1].reason == claim.excuse


def test_a_reason_typed_with_the_draft_counts(desk: Desk, project: Project) -> None:
    bare = usecases.draft(desk, a_claim(project, invoice_number="", excuse="定额发票，没有号码"))
    assert usecases.submit(desk, bare.id).excuse == "定额发票，没有号码"


def test_a_reason_without_a_warning_is_not_kept(desk: Desk, project: Project) -> None:
    assert submitted(desk, a_claim(project), "多写的").excuse == ""


def test_no_reason_passes_over_a_block(desk: Desk, project: Project) -> None:
    first = submitted(desk, a_claim(project, payee="另一家"))
    twin = usecases.draft(desk, a_claim(project, invoice_number=first.invoice_number))
    assert refusal(usecases.submit, desk, twin.id, "就是要报") == ["same_invoice"]


def test_an_invoice_is_free_again_when_its_claim_was_refused_withdrawn_or_reversed(
    desk: Desk, project: Project
) -> None:
    paid = granted(desk, a_claim(project))
    usecases.reverse(desk, usecases.post(desk, paid.id).id, "退货")
    withdrawn = submitted(desk, a_claim(project))
    usecases.withdraw(desk, withdrawn.id, "金额记错")
    refused = submitted(desk, a_claim(project))
    as_(desk, "钱组长")
    review(desk, "claims", refused.id, Outcome.REFUSED, "不是公用")
    as_(desk, "李会计")
    assert submitted(desk, a_claim(project)).state is ClaimState.SUBMITTED


def test_the_same_payee_amount_and_day_needs_a_word(desk: Desk, project: Project) -> None:
    submitted(desk, a_claim(project))
    twin = usecases.draft(desk, a_claim(project, invoice_number="N2"))
    assert refusal(usecases.submit, desk, twin.id) == ["same_payment"]


def test_much_cash_needs_a_word(desk: Desk, project: Project) -> None:
    claim = a_claim(project, 5_000_01, pay_way=PayWay.CASH)
    assert [finding.code for finding in usecases.findings_of(desk, claim)] == ["payments.cash"]


def test_an_empty_form_has_findings_and_no_fault(desk: Desk) -> None:
    empty = Claim(spent_on=DAY, project_id="", fund_id="", payee="", amount_fen=0, purpose="")
    assert {finding.field for finding in usecases.findings_of(desk, empty)} >= {"payee", "amount_fen", "project_id"}


# Budget and fund


def test_two_claims_in_a_row_cannot_promise_the_same_money(desk: Desk, project: Project) -> None:
    decision = decided(desk, project)
    submitted(desk, a_claim(project, 30_000 * YUAN, decision_id=decision))
    again = a_claim(project, 30_000 * YUAN, payee="另一家", invoice_number="N2", decision_id=decision)
    second = usecases.draft(desk, again)
    with pytest.raises(RuleViolation, match=r"还剩20,000\.00元（另有30,000\.00元正在报账）"):
        usecases.submit(desk, second.id)


def test_two_projects_cannot_promise_the_same_fund(desk: Desk) -> None:
    fund = open_fund(desk, 50_000 * YUAN)
    first, second = (grant_project(desk, name, 40_000 * YUAN, fund) for name in ("清运", "路灯"))
    decision = decided(desk, first, second)
    submitted(desk, a_claim(first, 30_000 * YUAN, decision_id=decision))
    again = a_claim(second, 30_000 * YUAN, payee="另一家", invoice_number="N2", decision_id=decision)
    draft = usecases.draft(desk, again)
    assert refusal(usecases.submit, desk, draft.id) == ["over_fund"]


def test_posting_looks_at_the_budget_again(desk: Desk, project: Project) -> None:
    """Claims that came by another way than ``submit`` still never overdraw a budget."""
    first = granted(desk, a_claim(project, 30_000 * YUAN, decision_id=decided(desk, project)))
    second = a_claim(project, 30_000 * YUAN)
    smuggled = _smuggle(desk, replace(second, invoice_number="N2"))
    usecases.post(desk, first.id)
    assert refusal(usecases.post, desk, smuggled.id) == ["over_budget"]
    assert store.paid_for(desk, project.id) == 30_000 * YUAN


def test_posting_looks_at_the_fund_again(desk: Desk) -> None:
    fund = open_fund(desk, 40_000 * YUAN)
    project = grant_project(desk, fund=fund, budget_fen=90_000 * YUAN)
    usecases.post(desk, granted(desk, a_claim(project, 30_000 * YUAN, decision_id=decided(desk, project))).id)
    smuggled = _smuggle(desk, a_claim(project, 30_000 * YUAN, invoice_number="N2"))
    assert refusal(usecases.post, desk, smuggled.id) == ["over_fund"]
    assert fund_balance(desk, fund.id).left_fen == 10_000 * YUAN


def test_two_connections_cannot_post_the_same_claim_twice(desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project))
    with desk.sibling() as other:
        usecases.post(other, claim.id)
        assert refusal(usecases.post, desk, claim.id) == ["out_of_turn"]
    assert len(desk.find(Voucher)) == 1


def test_another_fund_than_the_projects_is_refused(desk: Desk, project: Project) -> None:
    other = open_fund(desk, source="村集体")
    draft = usecases.draft(desk, a_claim(project, fund_id=other.id))
    assert refusal(usecases.submit, desk, draft.id) == ["other_fund"]


def test_a_reversed_payment_gives_its_money_back(desk: Desk, project: Project) -> None:
    decision = decided(desk, project)
    voucher = usecases.post(desk, granted(desk, a_claim(project, 50_000 * YUAN, decision_id=decision)).id)
    usecases.reverse(desk, voucher.id, "没有供货")
    again = granted(desk, a_claim(project, 50_000 * YUAN, invoice_number="N2", decision_id=decision))
    assert usecases.post(desk, again.id).number == 3


# Withdrawing


@pytest.mark.parametrize("steps", range(4))
def test_a_claim_on_its_way_may_be_withdrawn_with_a_reason(desk: Desk, project: Project, steps: int) -> None:
    claim = submitted(desk, a_claim(project))
    for step in (reviewed, approved, lambda desk, claim: moved(desk, claim, "grant"))[:steps]:
        claim = step(desk, claim)
    assert refusal(usecases.withdraw, desk, claim.id, "") == ["reason"]
    assert usecases.withdraw(desk, claim.id, "金额多记一位").state is ClaimState.WITHDRAWN
    assert store.under_way_for(desk, project.id) == 0


def test_a_paid_claim_is_reversed_and_not_withdrawn(desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project))
    usecases.post(desk, claim.id)
    assert refusal(usecases.withdraw, desk, claim.id, "错了") == ["out_of_turn"]


# Nothing unreviewed, nobody alone, nothing recorded changed


def test_what_nobody_reviewed_is_not_posted(desk: Desk, project: Project) -> None:
    claim = submitted(desk, a_claim(project))
    for action in ("pass", "pass", "grant"):
        claim = moved(desk, claim, action)
    assert refusal(usecases.post, desk, claim.id) == ["unreviewed"]


def test_the_schema_itself_refuses_an_unreviewed_voucher(desk: Desk, project: Project) -> None:
    claim = submitted(desk, a_claim(project))
    with pytest.raises(FrozenRecord, match="未经民主理财小组审核"), desk.change("test.forced") as change:
        change.put(_voucher(claim, 1))


def test_the_maker_of_a_claim_cannot_approve_it_in_another_role(desk: Desk, project: Project) -> None:
    claim = reviewed(desk, submitted(desk, a_claim(project)))
    head = desk.value("SELECT id FROM officers WHERE name = '赵主任'")
    own = _smuggle(desk, replace(claim, id="", version=0, made_by=head), ClaimState.REVIEWED)
    as_(desk, "赵主任")
    assert refusal(usecases.approve, desk, own.id, Outcome.PASSED) == ["two_people"]


@pytest.mark.parametrize("name", ["赵主任", "钱组长", "周监督"])
def test_only_the_accountant_writes_claims_and_vouchers(desk: Desk, project: Project, name: str) -> None:
    claim = granted(desk, a_claim(project))
    as_(desk, name)
    for call in (
        lambda: usecases.draft(desk, a_claim(project)),
        lambda: usecases.submit(desk, claim.id),
        lambda: usecases.discard(desk, claim.id),
        lambda: usecases.withdraw(desk, claim.id, "错"),
        lambda: usecases.post(desk, claim.id),
    ):
        assert refusal(call) == ["village.role"]


def test_only_the_head_approves(desk: Desk, project: Project) -> None:
    claim = reviewed(desk, submitted(desk, a_claim(project)))
    assert refusal(usecases.approve, desk, claim.id, Outcome.PASSED) == ["village.role"]


def test_nobody_acts_without_signing_in(desk: Desk, project: Project) -> None:
    desk.actor = None
    with pytest.raises(NotSignedIn):
        usecases.draft(desk, a_claim(project))


def test_a_desk_opened_for_looking_changes_nothing(desk: Desk, project: Project) -> None:
    with Desk.open(desk.folder, write=False) as looking:
        as_(looking, "李会计")
        with pytest.raises(ReadOnlyDesk):
            usecases.draft(looking, a_claim(project))


@pytest.mark.parametrize(
    ("column", "value"),
    [("amount_fen", 1), ("payee", "我"), ("spent_on", "2020-01-01"), ("purpose", "x"), ("invoice_number", "0")],
)
def test_a_submitted_claims_facts_are_frozen(desk: Desk, project: Project, column: str, value: object) -> None:
    claim = submitted(desk, a_claim(project))
    row = claim.row() | {"version": claim.version + 1, column: value}
    with pytest.raises(FrozenRecord, match="提交后不能改动"), desk.change("test.tampered") as change:
        change.write("claims", row)  # type: ignore[arg-type]
    assert desk.get(Claim, claim.id) == claim


def test_a_posted_voucher_never_changes(desk: Desk, project: Project) -> None:
    voucher = usecases.post(desk, granted(desk, a_claim(project)).id)
    with pytest.raises(FrozenRecord), desk.change("test.tampered") as change:
        change.put(replace(voucher, amount_fen=1))
    with pytest.raises(FrozenRecord), desk.change("test.tampered") as change:
        change.discard(voucher)
    assert desk.get(Voucher, voucher.id) == voucher


# Numbers and days of vouchers


def test_voucher_numbers_are_consecutive_within_a_year(desk: Desk, project: Project, clock: SetClock) -> None:
    old = [usecases.post(desk, granted(desk, _nth(project, n)).id).label for n in range(3)]
    clock.set(datetime(2027, 1, 4, 9, 0, tzinfo=CHINA))
    new = [usecases.post(desk, granted(desk, _nth(project, n)).id).label for n in range(3, 5)]
    assert old == ["2026年第1号", "2026年第2号", "2026年第3号"]
    assert new == ["2027年第1号", "2027年第2号"]


def test_a_late_voucher_of_last_year_follows_last_years_last(desk: Desk, project: Project, clock: SetClock) -> None:
    clock.set(datetime(2026, 12, 20, 9, 0, tzinfo=CHINA))
    first, late, early = (granted(desk, _nth(project, n)) for n in range(3))
    usecases.post(desk, first.id)
    clock.set(datetime(2027, 1, 4, 9, 0, tzinfo=CHINA))
    usecases.post(desk, granted(desk, _nth(project, 9)).id)
    assert usecases.post(desk, late.id, date(2026, 12, 31)).label == "2026年第2号"
    assert refusal(usecases.post, desk, early.id, date(2026, 6, 1)) == ["posted_behind"]


def test_a_voucher_may_be_reversed_on_the_day_it_was_posted(desk: Desk, project: Project) -> None:
    voucher = usecases.post(desk, granted(desk, a_claim(project)).id)
    red = usecases.reverse(desk, voucher.id, "重复付款", voucher.posted_on)
    assert red.posted_on == voucher.posted_on
    assert red.number == voucher.number + 1


def test_a_voucher_is_reversed_once_with_a_reason_and_never_before_the_last(desk: Desk, project: Project) -> None:
    voucher = usecases.post(desk, granted(desk, a_claim(project)).id)
    assert refusal(usecases.reverse, desk, voucher.id, " ") == ["reason"]
    assert refusal(usecases.reverse, desk, voucher.id, "记错了", date(2026, 1, 4)) == ["posted_behind"]
    red = usecases.reverse(desk, voucher.id, "记错了")
    assert refusal(usecases.reverse, desk, voucher.id, "再错") == ["reversed"]
    assert refusal(usecases.reverse, desk, red.id, "红的") == ["reverse_red"]


def test_a_post_that_fails_leaves_no_gap_in_the_numbers(
    desk: Desk, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (granted(desk, _nth(project, n)) for n in range(2))
    with monkeypatch.context() as patch:
        patch.setattr(store, "next_number", lambda *_: (_ for _ in ()).throw(OSError("power cut")))
        with pytest.raises(Exception):  # noqa: B017, PT011
            usecases.post(desk, first.id)
    assert desk.get(Claim, first.id).state is ClaimState.GRANTED
    assert usecases.post(desk, second.id).number == 1
    assert usecases.post(desk, first.id).number == 2


def test_a_killed_program_leaves_consecutive_numbers_and_whole_books(
    desk: Desk, project: Project, tmp_path: Path
) -> None:
    """A second process posts one voucher after another until it is killed; this one goes on from there."""
    claims = [granted(desk, _nth(project, n)) for n in range(12)]
    folder, moment = desk.folder, desk.clock.now().isoformat()
    desk.close()
    script = (
        "import os, sys, json\n"
        "from datetime import datetime\n"
        "from pathlib import Path\n"
        "from villagedesk.kernel.clock import SetClock\n"
        "from villagedesk.storage.desk import Desk\n"
        "from villagedesk.village.usecases import sign_in\n"
        "from villagedesk.payments import store, usecases\n"
        "folder, moment, ids = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])\n"
        "desk = Desk.open(Path(folder), clock=SetClock(datetime.fromisoformat(moment)))\n"
        "sign_in(desk, '李会计', 'qingshan-1')\n"
        "for place, claim_id in enumerate(ids):\n"
        "    if place == 5:\n"
        "        number = store.next_number\n"
        "        store.next_number = lambda *a: (number(*a), os.kill(os.getpid(), 9))\n"
        "    usecases.post(desk, claim_id)\n"
    )
    ids = json.dumps([claim.id for claim in claims])
    ended = subprocess.run([sys.executable, "-c", script, str(folder), moment, ids], check=False, cwd=Path.cwd())
    assert ended.returncode == -9
    with Desk.open(folder, clock=SetClock(datetime(2026, 1, 6, 9, 0, tzinfo=CHINA))) as again:
        as_(again, "李会计")
        for claim in store.claims_in(again, ClaimState.GRANTED):
            usecases.post(again, claim.id)
        numbers = [voucher.number for voucher in again.find(Voucher, order="number")]
        assert numbers == list(range(1, 13))
        assert verify(folder).faults == ()


def test_a_second_program_cannot_write_while_one_has_the_desk_open(desk: Desk) -> None:
    from villagedesk.kernel.errors import DeskInUse

    with pytest.raises(DeskInUse):
        Desk.open(desk.folder)


def test_no_voucher_gets_in_beside_the_program(desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project))
    row = _voucher(claim, 7).row() | {"id": "V" * 26, "version": 1, "village_id": desk.office_id}
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    raw = sqlite3.connect(desk.folder / "desk.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="只能通过程序登记"):
        raw.execute(f"INSERT INTO vouchers ({columns}) VALUES ({marks})", row)
    raw.close()


def _nth(project: Project, number: int) -> Claim:
    return a_claim(project, 1_000 + number, invoice_number=f"N{number}")


def _smuggle(desk: Desk, claim: Claim, state: ClaimState = ClaimState.GRANTED) -> Claim:
    """Put a claim on the books past ``submit``, reviewed all the same."""
    actor = desk.actor
    assert actor
    with desk.change("test.smuggled") as change:
        stored = change.put(replace(claim, made_by=claim.made_by or actor.id, state=ClaimState.SUBMITTED))
    as_(desk, "钱组长")
    review(desk, "claims", stored.id, Outcome.PASSED)
    as_(desk, "李会计")
    stored = desk.get(Claim, stored.id)
    if stored.state is not state:
        with desk.change("test.smuggled") as change:
            stored = change.put(replace(stored, state=state))
    return stored


def _voucher(claim: Claim, number: int) -> Voucher:
    return Voucher(
        year=2026, number=number, claim_id=claim.id, posted_on=DAY, project_id=claim.project_id,
        fund_id=claim.fund_id, payee=claim.payee, purpose=claim.purpose, amount_fen=claim.amount_fen,
        posted_by=claim.made_by,
    )  # fmt: skip


def test_the_rules_of_the_chain_are_the_ones_the_desk_follows() -> None:
    """``PAYING_STATES`` holds no state before the grant."""
    assert ProjectState.PUBLICIZED not in rules.PAYING_STATES
