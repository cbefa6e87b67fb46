"""Reviews and answers: who may say what of whose work, and what it moves."""

import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from tests.disclosure.books import Q1, Books, as_
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.usecases import prepare, submit
from villagedesk.kernel.errors import FrozenRecord, NotSignedIn, RuleViolation, StaleRecord
from villagedesk.oversight import store
from villagedesk.oversight.model import RECORDS, Answer, Review
from villagedesk.oversight.usecases import answer, review
from villagedesk.payments.model import Claim, ClaimState, Outcome
from villagedesk.storage.desk import Desk


@pytest.fixture
def claim(desk: Desk, books: Books) -> Claim:
    """A claim that waits for the finance group, made by 李会计; 钱组长 acts."""
    made = _submitted(desk, books)
    as_(desk, "钱组长")
    return made


@pytest.fixture
def notice(desk: Desk, books: Books) -> Notice:
    """A notice that waits for the supervision group; 周监督 acts."""
    made = submit(desk, prepare(desk, "funds", Q1).id)
    as_(desk, "周监督")
    return made


def _submitted(desk: Desk, books: Books, made_by: str = "") -> Claim:
    assert desk.actor
    facts = Claim(
        spent_on=date(2026, 4, 7), project_id=books.projects[0].id, fund_id=books.county.id, payee="宏达工程队",
        amount_fen=1_409_50, purpose="修补路面", invoice_kind="增值税普通发票", invoice_number="0042", handler="李会计",
        witness="刘组长", excuse="没有零钱", state=ClaimState.SUBMITTED, made_by=made_by or desk.actor.id,
        profile_version="default-2026.1",
    )  # fmt: skip
    with desk.change("test.claim") as change:
        return change.put(facts)


def codes(refusal: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.PASSED, ClaimState.REVIEWED),
        (Outcome.QUERIED, ClaimState.QUERIED),
        (Outcome.REFUSED, ClaimState.REFUSED),
    ],
)
def test_a_review_moves_a_claim_and_is_kept(desk: Desk, claim: Claim, outcome: Outcome, state: ClaimState) -> None:
    given = review(desk, "claims", claim.id, outcome, "已看过")
    assert desk.get(Claim, claim.id).state is state
    assert store.reviews_of(desk, claim.id) == [given]
    assert (given.subject_version, given.note) == (claim.version, "已看过")


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.PASSED, NoticeState.REVIEWED),
        (Outcome.QUERIED, NoticeState.QUERIED),
        (Outcome.REFUSED, NoticeState.REFUSED),
    ],
)
def test_a_review_moves_a_notice(desk: Desk, notice: Notice, outcome: Outcome, state: NoticeState) -> None:
    review(desk, "notices", notice.id, outcome, "已看过")
    assert desk.get(Notice, notice.id).state is state


def test_review_and_move_are_one_change(desk: Desk, claim: Claim) -> None:
    before = desk.tip()[0]
    review(desk, "claims", claim.id, Outcome.PASSED)
    assert {entry.table_name for entry in desk.entries(before)} == {"reviews", "claims"}
    assert len({entry.at for entry in desk.entries(before)}) == 1


def test_a_second_review_is_told_only_that_it_is_too_late(desk: Desk, claim: Claim) -> None:
    review(desk, "claims", claim.id, Outcome.PASSED)
    with pytest.raises(RuleViolation) as refusal:
        review(desk, "claims", claim.id, Outcome.REFUSED)  # without a note as well
    assert codes(refusal) == ["oversight.not_waiting"]


def test_the_maker_never_reviews_even_with_the_reviewers_role(desk: Desk, books: Books) -> None:
    as_(desk, "钱组长")
    made = _submitted(desk, books)
    with pytest.raises(RuleViolation) as refusal:
        review(desk, "claims", made.id, Outcome.PASSED)
    assert codes(refusal) == ["oversight.two_people"]
    as_(desk, "孙理财")
    assert review(desk, "claims", made.id, Outcome.PASSED).outcome is Outcome.PASSED


def test_the_schema_keeps_maker_and_checker_apart_too(desk: Desk, claim: Claim) -> None:
    as_(desk, "李会计")
    assert desk.actor
    forged = Review(
        subject_table="claims", subject_id=claim.id, subject_version=1, outcome=Outcome.PASSED,
        given_by=desk.actor.id, given_at=desk.clock.now(),
    )  # fmt: skip
    with pytest.raises(FrozenRecord, match="经办人不能审核自己办的事"), desk.change("test.trick") as change:
        change.put(forged)
    stranger = sqlite3.connect(desk.folder / "desk.sqlite")
    row = replace(forged, id="X", version=1, village_id=desk.office_id).row()
    with pytest.raises(sqlite3.IntegrityError):
        stranger.execute(
            f"INSERT INTO reviews ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
        )
    stranger.close()


@pytest.mark.parametrize(
    ("name", "table"),
    [("周监督", "claims"), ("赵主任", "claims"), ("李会计", "claims"), ("钱组长", "notices"), ("李会计", "notices")],
)
def test_each_group_reviews_its_own_part(desk: Desk, claim: Claim, name: str, table: str) -> None:
    as_(desk, name)
    with pytest.raises(RuleViolation) as refusal:
        review(desk, table, claim.id, Outcome.PASSED)
    assert codes(refusal) == ["village.role"]


def test_nobody_reviews_without_signing_in(desk: Desk, claim: Claim) -> None:
    desk.actor = None
    with pytest.raises(NotSignedIn):
        review(desk, "claims", claim.id, Outcome.PASSED)


@pytest.mark.parametrize("outcome", [Outcome.QUERIED, Outcome.REFUSED])
def test_a_query_or_a_refusal_says_why(desk: Desk, claim: Claim, outcome: Outcome) -> None:
    with pytest.raises(RuleViolation) as refusal:
        review(desk, "claims", claim.id, outcome, "  ")
    assert codes(refusal) == ["oversight.note"]
    assert desk.get(Claim, claim.id) == claim


def test_a_review_is_of_what_was_seen(desk: Desk, claim: Claim) -> None:
    with pytest.raises(StaleRecord):
        review(desk, "claims", claim.id, Outcome.PASSED, seen_version=claim.version + 1)
    given = review(desk, "claims", claim.id, Outcome.PASSED, seen_version=claim.version)
    assert given.subject_version == claim.version


def test_an_answer_sends_a_queried_claim_back_to_the_reviewers(desk: Desk, claim: Claim) -> None:
    review(desk, "claims", claim.id, Outcome.QUERIED, "票据在哪里？")
    as_(desk, "李会计")
    given = answer(desk, "claims", claim.id, " 票据在后面。 ")
    assert given.text == "票据在后面。"
    assert desk.get(Claim, claim.id).state is ClaimState.SUBMITTED
    assert [(said.who, said.what, said.note) for said in store.said_of(desk, claim.id)] == [
        ("钱组长", "有疑问", "票据在哪里？"),
        ("李会计", "答复", "票据在后面。"),
    ]


def test_an_answer_says_something_to_a_question(desk: Desk, claim: Claim) -> None:
    as_(desk, "李会计")
    with pytest.raises(RuleViolation) as refusal:
        answer(desk, "claims", claim.id, "")
    assert codes(refusal) == ["oversight.not_queried"]
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, Outcome.QUERIED, "票据在哪里？")
    with pytest.raises(RuleViolation) as refusal:
        answer(desk, "claims", claim.id, "票据在后面")
    assert codes(refusal) == ["village.role"]
    as_(desk, "李会计")
    with pytest.raises(RuleViolation) as refusal:
        answer(desk, "claims", claim.id, " ")
    assert codes(refusal) == ["oversight.answer"]


def test_reviews_and_answers_never_change(desk: Desk, claim: Claim) -> None:
    given = review(desk, "claims", claim.id, Outcome.QUERIED, "票据在哪里？")
    as_(desk, "李会计")
    said = answer(desk, "claims", claim.id, "在后面")
    changed: tuple[Review | Answer, ...] = (replace(given, outcome=Outcome.PASSED), replace(said, text="不知道"))
    for record in changed:
        with pytest.raises(FrozenRecord), desk.change("test.trick") as change:
            change.put(record)


# What waits


def test_what_waits_comes_with_all_a_reviewer_needs(desk: Desk, claim: Claim) -> None:
    (one,) = store.waiting(desk)
    facts = dict(one.facts)
    assert (one.subject_table, one.subject_id, one.version) == ("claims", claim.id, claim.version)
    assert one.made_by == "李会计"
    assert one.since.date() == date(2026, 4, 8)
    assert facts["金额"] == "1,409.50元"
    assert facts["大写"] == "人民币壹仟肆佰零玖元伍角"
    assert facts["预算"] == "120,000.00元，还剩99,300.00元"
    assert facts["资金"] == "2026年县级补助，到账还剩153,900.00元"
    assert facts["票据"] == "增值税普通发票 0042"
    assert facts["有提醒仍提交的原因"] == "没有零钱"


def test_empty_facts_are_left_out_and_a_missing_invoice_is_said(desk: Desk, books: Books, claim: Claim) -> None:
    bare = replace(claim, id="", version=0, invoice_kind="", invoice_number="", witness="", excuse="")
    with desk.change("test.claim") as change:
        bare = change.put(bare)
    facts = dict(store.waiting_claim(desk, bare).facts)
    assert facts["票据"] == "没有票据"
    assert "证明人" not in facts


def test_what_waits_longest_comes_first(desk: Desk, claim: Claim) -> None:
    as_(desk, "李会计")
    notice = submit(desk, prepare(desk, "funds", Q1).id)
    assert [one.subject_id for one in store.waiting(desk)] == [claim.id, notice.id]
    assert [one.subject_id for one in store.waiting(desk, "notices")] == [notice.id]
    assert [one.subject_id for one in store.waiting(desk, "claims")] == [claim.id]
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, Outcome.PASSED)
    assert [one.subject_id for one in store.waiting(desk)] == [notice.id]


def test_reviews_of_a_month_are_listed_for_the_record(desk: Desk, claim: Claim) -> None:
    from villagedesk.kernel.dates import Period

    review(desk, "claims", claim.id, Outcome.QUERIED, "票据在哪里？")
    (line,) = [row for row in store.reviews_in(desk, Period.parse("2026-04"), RECORDS[0]) if row.note]
    assert (line.title, line.amount_fen, line.reviewer) == ("宏达工程队：修补路面", 1_409_50, "钱组长")
    assert store.reviews_in(desk, Period.parse("2026-05"), RECORDS[0]) == []


def test_a_waiting_correction_names_what_it_corrects(desk: Desk, books: Books) -> None:
    from tests.disclosure.books import issued
    from villagedesk.disclosure.usecases import correct

    notice, _ = issued(desk, remark="四组")
    draft = submit(desk, correct(desk, notice.id, "组别写错", "五组").id)
    (one,) = store.waiting(desk, "notices")
    assert one.subject_id == draft.id
    assert dict(one.facts)["更正的公示"] == notice.title
