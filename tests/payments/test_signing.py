"""Who may say their word on a claim: never its maker, never a relative, nobody twice, and with paper who did not come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.payments.paying import DAY, YUAN, a_claim, as_, decided, grant_project, photo, submitted
from villagedesk.kernel.errors import BadInput, FrozenRecord, RuleViolation
from villagedesk.oversight.model import Review
from villagedesk.oversight.usecases import answer, review
from villagedesk.payments import recusal, signatures, store, usecases
from villagedesk.payments.model import Approval, Claim, ClaimState, Outcome
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Kinship, Role
from villagedesk.village.moneyrules import Who
from villagedesk.village.usecases import appoint, choose_chain, record_kinship, set_up_body

GROUP = [("钱组长", "组长"), ("孙理财", "成员"), ("冯理财", "成员")]
PASSED = Outcome.PASSED


def refusal(call: Callable[[], object]) -> list[str]:
    with pytest.raises(RuleViolation) as refused:
        call()
    return [finding.code.partition(".")[2] for finding in refused.value.findings]


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A photo of a signed sheet."""
    return photo(tmp_path / "签字单.jpg")


@pytest.fixture
def group(desk: Desk) -> Desk:
    """A finance group of three on record, 钱组长 its 组长; the village goes by 三签一章."""
    set_up_body(desk, "民主理财小组", GROUP, date(2026, 1, 1), date(2028, 12, 31))
    choose_chain(desk, "three_signatures")
    return desk


def witnessed(desk: Desk, project: Project, scan: Path) -> Claim:
    """A claim whose witness signed on paper and whom the head has passed."""
    made = submitted(desk, a_claim(project, witness="程贵世"))
    as_(desk, "钱组长")
    usecases.bear_witness(desk, made.id, paper=scan)
    as_(desk, "赵主任")
    return usecases.approve(desk, made.id, PASSED)


def state(desk: Desk, claim: Claim) -> ClaimState:
    return desk.get(Claim, claim.id).state


# The witness


def test_a_witness_signs_on_paper_which_anybody_but_the_maker_records(
    group: Desk, project: Project, scan: Path
) -> None:
    claim = submitted(group, a_claim(project, witness="程贵世"))
    assert claim.state is ClaimState.WITNESSING
    assert refusal(lambda: usecases.bear_witness(group, claim.id, paper=scan)) == ["two_people"]
    as_(group, "钱组长")
    assert refusal(lambda: usecases.bear_witness(group, claim.id)) == ["paper"]
    assert usecases.bear_witness(group, claim.id, paper=scan).state is ClaimState.REVIEWED
    (approval,) = group.find(Approval, "claim_id = ?", [claim.id])
    assert (approval.step, approval.signer) == ("witness", "程贵世")
    assert approval.paper_id
    assert group.content(approval.paper_id)


def test_a_witness_who_signs_in_needs_no_paper(group: Desk, project: Project) -> None:
    claim = submitted(group, a_claim(project, witness="孙理财"))
    as_(group, "孙理财")
    assert usecases.bear_witness(group, claim.id).state is ClaimState.REVIEWED
    (one,) = signatures.signatures_of(group, claim.id)
    assert (one.step, one.name, one.recorded_by, one.paper_id) == (Who.WITNESS, "孙理财", "孙理财", None)


def test_a_witness_may_ask_or_refuse(group: Desk, project: Project) -> None:
    claim = submitted(group, a_claim(project, witness="孙理财"))
    as_(group, "孙理财")
    assert refusal(lambda: usecases.bear_witness(group, claim.id, Outcome.REFUSED)) == ["note"]
    assert usecases.bear_witness(group, claim.id, Outcome.REFUSED, "没有收到货").state is ClaimState.REFUSED


def test_a_chain_with_a_witness_wants_one_who_is_neither_handler_nor_payee(group: Desk, project: Project) -> None:
    for witness, found in [("", ["payments.witness"]), ("李会计", ["payments.witness"]), ("程贵世", [])]:
        claim = a_claim(project, witness=witness)
        assert [finding.code for finding in usecases.findings_of(group, claim)] == found


def test_a_file_that_is_no_paper_is_refused_and_nothing_is_said(group: Desk, project: Project, tmp_path: Path) -> None:
    claim = submitted(group, a_claim(project, witness="程贵世"))
    (tmp_path / "x.jpg").write_bytes(b"not a photo")
    as_(group, "钱组长")
    with pytest.raises(BadInput):
        usecases.bear_witness(group, claim.id, paper=tmp_path / "x.jpg")
    assert group.get(Claim, claim.id) == claim


# n of m, the 组长 among them


def test_a_claim_moves_on_when_enough_have_passed_and_the_leader_is_among_them(
    group: Desk, project: Project, scan: Path
) -> None:
    claim = witnessed(group, project, scan)
    as_(group, "孙理财")
    review(group, "claims", claim.id, PASSED)
    assert state(group, claim) is ClaimState.SUBMITTED
    step = next(step for step in store.chain_of(group, claim).steps if step.who is Who.FINANCE_GROUP)
    assert signatures.still_needed(group, group.get(Claim, claim.id), step) == "还差组长钱组长签字"
    as_(group, "钱组长")
    review(group, "claims", claim.id, PASSED)
    assert state(group, claim) is ClaimState.SETTLING
    assert {one.name for one in signatures.signatures_of(group, claim.id)} == {"程贵世", "赵主任", "孙理财", "钱组长"}


def test_two_members_are_not_enough_without_the_leader(group: Desk, project: Project, scan: Path) -> None:
    appoint(group, "冯理财", Role.FINANCE_GROUP, "qingshan-1")
    claim = witnessed(group, project, scan)
    for name in ("孙理财", "冯理财"):
        as_(group, name)
        review(group, "claims", claim.id, PASSED)
    assert state(group, claim) is ClaimState.SUBMITTED
    as_(group, "孙理财")
    assert refusal(lambda: review(group, "claims", claim.id, PASSED)) == ["signed_already"]


def test_the_leader_records_a_scanned_sheet_for_the_others(group: Desk, project: Project, scan: Path) -> None:
    claim = witnessed(group, project, scan)
    as_(group, "钱组长")
    review(group, "claims", claim.id, PASSED, signers=["孙理财", "冯理财"], paper=scan)
    assert state(group, claim) is ClaimState.SETTLING
    reviews = group.find(Review, "subject_id = ?", [claim.id])
    assert {one.signer for one in reviews} == {"", "孙理财", "冯理财"}
    assert len({one.paper_id for one in reviews}) == 1
    assert all(one.subject_version == claim.version for one in reviews)


def test_what_a_scanned_sheet_cannot_stand_for_is_refused(group: Desk, project: Project, scan: Path) -> None:
    claim = witnessed(group, project, scan)
    as_(group, "钱组长")

    def sheet(names: list[str], outcome: Outcome = PASSED, paper: Path | None = scan) -> Callable[[], object]:
        return lambda: review(group, "claims", claim.id, outcome, "看过", signers=names, paper=paper)

    assert refusal(sheet(["孙理财"], paper=None)) == ["paper"]
    assert refusal(sheet(["路人"])) == ["not_a_member"]
    assert refusal(sheet(["孙理财", "孙理财"])) == ["signed_already"]
    assert refusal(sheet(["李会计"])) == ["two_people", "not_a_member"]
    assert refusal(sheet(["孙理财"], Outcome.QUERIED)) == ["signers"]
    as_(group, "孙理财")
    assert refusal(sheet(["冯理财"])) == ["leader_records"]
    assert group.find(Review, "subject_id = ?", [claim.id]) == []


def test_after_an_answer_everybody_signs_anew(group: Desk, project: Project, scan: Path) -> None:
    claim = witnessed(group, project, scan)
    as_(group, "孙理财")
    review(group, "claims", claim.id, Outcome.QUERIED, "数量不对")
    as_(group, "李会计")
    answer(group, "claims", claim.id, "已补签收单")
    again = group.get(Claim, claim.id)
    assert again.state is ClaimState.WITNESSING
    assert signatures.standing_of(group, again) == []
    as_(group, "钱组长")
    assert usecases.bear_witness(group, claim.id, paper=scan).state is ClaimState.REVIEWED
    assert [one.name for one in signatures.standing_of(group, again)] == ["程贵世"]


def test_where_nobody_is_on_record_as_leader_any_member_signs(desk: Desk, project: Project) -> None:
    claim = submitted(desk, a_claim(project))
    as_(desk, "孙理财")
    review(desk, "claims", claim.id, PASSED)
    assert state(desk, claim) is ClaimState.REVIEWED


def test_the_supervision_committee_reviews_where_the_chain_says_so(desk: Desk, project: Project) -> None:
    choose_chain(desk, "three_reviews")
    claim = submitted(desk, a_claim(project))
    as_(desk, "周监督")
    assert refusal(lambda: review(desk, "claims", claim.id, PASSED)) == ["role"]
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, PASSED)
    assert state(desk, claim) is ClaimState.SUPERVISING
    assert refusal(lambda: review(desk, "claims", claim.id, PASSED)) == ["role"]
    as_(desk, "周监督")
    review(desk, "claims", claim.id, PASSED)
    assert state(desk, claim) is ClaimState.REVIEWED


# Nobody twice, no relative, not the handler


def test_nobody_passes_a_claim_at_two_steps(group: Desk, project: Project) -> None:
    claim = submitted(group, a_claim(project, witness="孙理财"))
    as_(group, "孙理财")
    usecases.bear_witness(group, claim.id)
    as_(group, "赵主任")
    usecases.approve(group, claim.id, PASSED)
    as_(group, "孙理财")
    assert refusal(lambda: review(group, "claims", claim.id, PASSED)) == ["is_witness", "signed_already"]


@pytest.mark.parametrize("other", ["双石镇建材经营部", "李会计", "王经手"])
@pytest.mark.parametrize("is_holder", [True, False])
def test_no_relative_of_payee_maker_or_handler_passes_a_claim(
    desk: Desk, project: Project, other: str, *, is_holder: bool
) -> None:
    holder, relative = ("钱组长", other) if is_holder else (other, "钱组长")
    record_kinship(desk, Kinship(holder=holder, relative=relative, relation="兄弟"))
    excuse = "两家比价，最低价"
    claim = submitted(desk, a_claim(project, handler="王经手"), excuse)
    as_(desk, "钱组长")
    assert refusal(lambda: review(desk, "claims", claim.id, PASSED)) == ["relative"]
    review(desk, "claims", claim.id, Outcome.QUERIED, "我是亲属，请换人审")
    assert state(desk, claim) is ClaimState.QUERIED, "a relative may ask"


def test_the_handler_and_the_payee_do_not_pass_a_claim(desk: Desk, project: Project) -> None:
    for own in (a_claim(project, handler="钱组长"), a_claim(project, payee="钱组长", invoice_number="N2")):
        claim = submitted(desk, own)
        as_(desk, "钱组长")
        assert refusal(lambda claim=claim: review(desk, "claims", claim.id, PASSED)) == ["two_people"]  # type: ignore[misc]
        as_(desk, "李会计")


def test_the_head_buys_nothing_that_only_the_head_can_approve(desk: Desk, project: Project) -> None:
    found = usecases.findings_of(desk, a_claim(project, handler="赵主任"))
    assert [(finding.code, finding.field) for finding in found] == [("payments.handler", "handler")]


def test_the_schema_refuses_the_makers_approval_signed_in_or_on_paper(desk: Desk, project: Project) -> None:
    claim = submitted(desk, a_claim(project))
    assert desk.actor
    head = desk.value("SELECT id FROM officers WHERE name = '赵主任'")
    for given_by, signer in ((desk.actor.id, ""), (head, "李会计")):
        forged = Approval(
            claim_id=claim.id, claim_version=claim.version, outcome=PASSED, given_by=given_by, given_at=desk.clock.now(),
            signer=signer,
        )  # fmt: skip
        with pytest.raises(FrozenRecord, match="经办人不能审批"), desk.change("test.forged") as change:
            change.put(forged)
        other = Review(
            subject_table="claims", subject_id=claim.id, subject_version=1, outcome=PASSED, given_by=given_by,
            given_at=desk.clock.now(), signer=signer,
        )  # fmt: skip
        with pytest.raises(FrozenRecord, match="经办人不能审核"), desk.change("test.forged") as change:
            change.put(other)


# Decided by a meeting


@pytest.fixture
def waiting(desk: Desk, project: Project) -> Claim:
    """A claim of a tier that a meeting must decide; the finance group has passed it."""
    choose_chain(desk, "tiers")
    made = usecases.draft(desk, a_claim(project, 12_000 * YUAN))
    with desk.change("test.submitted") as change:  # as a profile without needs would let it in
        made = change.put(replace(made, state=ClaimState.SUBMITTED))
    as_(desk, "钱组长")
    review(desk, "claims", made.id, PASSED)
    as_(desk, "李会计")
    return desk.get(Claim, made.id)


def test_a_large_claim_waits_for_a_meeting_and_rests_on_its_motion(
    desk: Desk, project: Project, waiting: Claim
) -> None:
    assert waiting.state is ClaimState.DECIDING
    as_(desk, "赵主任")
    assert refusal(lambda: usecases.approve(desk, waiting.id, PASSED)) == ["out_of_turn"]
    as_(desk, "李会计")
    motion = decided(desk, project)
    done = usecases.decide(desk, waiting.id, motion)
    assert (done.state, done.decision_id) == (ClaimState.REVIEWED, motion)


def test_only_a_motion_that_passed_for_this_project_decides(desk: Desk, project: Project, waiting: Claim) -> None:
    other = grant_project(desk, "路灯维护")
    assert refusal(lambda: usecases.decide(desk, waiting.id)) == ["decision"]
    assert refusal(lambda: usecases.decide(desk, waiting.id, "nothing")) == ["decision"]
    assert refusal(lambda: usecases.decide(desk, waiting.id, decided(desk, project, is_passed=False))) == ["decision"]
    assert refusal(lambda: usecases.decide(desk, waiting.id, decided(desk, other))) == ["decision"]
    assert refusal(lambda: usecases.decide(desk, waiting.id, decided(desk, project, held_on=date(2026, 2, 1)))) == [
        "decision"
    ]
    assert usecases.decide(desk, waiting.id, decided(desk, project, other)).state is ClaimState.REVIEWED


def test_the_schema_lets_a_decision_be_named_once(desk: Desk, project: Project, waiting: Claim) -> None:
    first, second = decided(desk, project), decided(desk, project)
    failed = decided(desk, project, is_passed=False)
    with pytest.raises(FrozenRecord, match="定一次"), desk.change("test.forged") as change:
        change.put(replace(waiting, decision_id=failed))
    done = usecases.decide(desk, waiting.id, first)
    for motion in (second, None):
        with pytest.raises(FrozenRecord, match="定一次"), desk.change("test.forged") as change:
            change.put(replace(done, decision_id=motion))


def test_what_was_decided_beforehand_goes_straight_to_the_head(desk: Desk, project: Project) -> None:
    choose_chain(desk, "tiers")
    claim = submitted(desk, a_claim(project, 12_000 * YUAN, decision_id=decided(desk, project)))
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, PASSED)
    assert state(desk, claim) is ClaimState.REVIEWED


def test_days_of_a_term_count(desk: Desk, project: Project) -> None:
    """A 组长 whose term has ended is nobody's 组长."""
    set_up_body(desk, "民主理财小组", [("冯理财", "组长")], date(2020, 1, 1), date(2025, 12, 31))
    assert recusal.leader_of(recusal.members_of(desk, Who.FINANCE_GROUP)) == ""
    claim = submitted(desk, a_claim(project, spent_on=DAY))
    as_(desk, "孙理财")
    review(desk, "claims", claim.id, PASSED)
    assert state(desk, claim) is ClaimState.REVIEWED
