"""The township's word on a claim."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.exchange.offices import Offices, approved_claim
from tests.payments import paying
from villagedesk.exchange import store
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.errors import RuleViolation, StaleRecord
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Claim, ClaimState, Outcome
from villagedesk.projects.model import Project
from villagedesk.township import store as township_store
from villagedesk.township.usecases import give_verdict
from villagedesk.village.model import Officer, Role
from villagedesk.village.moneyrules import Who
from villagedesk.village.usecases import appoint, choose_chain, dismiss


@pytest.fixture
def claim(offices: Offices) -> Claim:
    """A claim that came in and waits."""
    offices.take_up()
    return offices.township.find(Claim)[0]


def codes(caught: pytest.ExceptionInfo[RuleViolation]) -> list[str]:
    return [finding.code for finding in caught.value.findings]


def test_a_verdict_is_bound_to_the_version_that_was_seen(offices: Offices, claim: Claim) -> None:
    verdict = give_verdict(offices.township, claim, Ruling.PASSED)
    assert (verdict.subject_id, verdict.subject_version) == (claim.id, claim.version)
    assert (verdict.village_id, verdict.given_by) == (offices.village.office_id, "吴所长")
    assert offices.township.get(Claim, claim.id) == claim, "the claim is the village's and stays as it came"


def test_what_came_in_since_must_be_seen_first(offices: Offices, claim: Claim) -> None:
    with pytest.raises(StaleRecord):
        give_verdict(offices.township, replace(claim, version=claim.version - 1), Ruling.PASSED)


@pytest.mark.parametrize("outcome", [Ruling.QUERIED, Ruling.RETURNED])
def test_whoever_does_not_agree_says_why_and_until_when(offices: Offices, claim: Claim, outcome: Ruling) -> None:
    with pytest.raises(RuleViolation) as caught:
        give_verdict(offices.township, claim, outcome, " ")
    assert codes(caught) == ["township.note", "township.due_on"]


def test_the_day_for_an_answer_lies_ahead(offices: Offices, claim: Claim) -> None:
    today = offices.township.clock.now().date()
    with pytest.raises(RuleViolation) as caught:
        give_verdict(offices.township, claim, Ruling.RETURNED, "缺验收单", today - timedelta(days=1))
    assert codes(caught) == ["township.due_on"]
    assert give_verdict(offices.township, claim, Ruling.RETURNED, "缺验收单", today).due_on == today


def test_a_version_is_ruled_on_once(offices: Offices, claim: Claim) -> None:
    give_verdict(offices.township, claim, Ruling.PASSED)
    with pytest.raises(RuleViolation) as caught:
        give_verdict(offices.township, claim, Ruling.PASSED)
    assert codes(caught) == ["township.ruled_already"]


def test_only_what_the_village_approved_is_ruled_on(offices: Offices, claim: Claim) -> None:
    give_verdict(offices.township, claim, Ruling.PASSED)
    offices.take_down()
    offices.take_up()
    with pytest.raises(RuleViolation) as caught:
        give_verdict(offices.township, offices.township.get(Claim, claim.id), Ruling.PASSED)
    assert codes(caught) == ["township.not_waiting"], "it is granted already"


def test_a_claim_sent_back_comes_again_and_is_ruled_on_anew(offices: Offices, claim: Claim) -> None:
    from villagedesk.oversight.usecases import answer

    today = offices.township.clock.now().date()
    give_verdict(offices.township, claim, Ruling.RETURNED, "缺验收单", today)
    offices.take_down()
    answer(offices.village, "claims", claim.id, "验收单已补")
    paying.approved(offices.village, paying.reviewed(offices.village, offices.village.get(Claim, claim.id)))
    offices.take_up()
    give_verdict(offices.township, offices.township.get(Claim, claim.id), Ruling.PASSED)
    offices.take_down()
    assert offices.village.get(Claim, claim.id).state == "granted"
    assert [verdict.outcome for verdict in store.verdicts_of(offices.village, claim.id)] == ["returned", "passed"]


def test_the_accountant_gives_no_verdict(offices: Offices) -> None:
    claim = approved_claim(offices.village, amount_fen=7_00)
    with pytest.raises(RuleViolation) as caught:
        give_verdict(offices.village, claim, Ruling.PASSED)
    assert codes(caught) == ["village.role"]


# Two people of the township


@pytest.fixture
def leader(offices: Offices) -> Callable[[str], None]:
    """双石镇 has a leader beside its clerk: ``leader("郑镇长")`` lets one of them act."""
    appoint(offices.township, "郑镇长", Role.LEADER, "shuangshi-1")
    return lambda name: paying.as_(offices.township, name)


def test_where_a_leader_acts_leader_and_office_each_say_their_word(
    offices: Offices, claim: Claim, leader: Callable[[str], None]
) -> None:
    town = offices.township
    with pytest.raises(RuleViolation) as caught:
        give_verdict(town, claim, Ruling.PASSED)
    assert codes(caught) == ["township.step"]
    leader("郑镇长")
    assert give_verdict(town, claim, Ruling.PASSED).step == "leader"
    with pytest.raises(RuleViolation) as caught:
        give_verdict(town, claim, Ruling.PASSED)
    assert codes(caught) == ["township.step", "township.two_people"]
    leader("吴所长")
    assert give_verdict(town, claim, Ruling.PASSED).step == "office"
    with pytest.raises(RuleViolation) as caught:
        give_verdict(town, claim, Ruling.PASSED)
    assert codes(caught) == ["township.ruled_already"]


def test_the_office_goes_on_from_a_leader_who_has_left_since(
    offices: Offices, claim: Claim, leader: Callable[[str], None]
) -> None:
    """The leader's word stands; the office says its own, and the village may pay."""
    town = offices.township
    leader("郑镇长")
    give_verdict(town, claim, Ruling.PASSED)
    leader("吴所长")
    (gone,) = town.find(Officer, "name = ?", ["郑镇长"])
    dismiss(town, gone.id)
    assert give_verdict(town, claim, Ruling.PASSED).step == "office"
    offices.take_down()
    assert offices.village.get(Claim, claim.id).state is ClaimState.GRANTED


def test_the_list_says_whose_word_a_claim_waits_for(
    offices: Offices, claim: Claim, leader: Callable[[str], None]
) -> None:
    town = offices.township

    def waits() -> list[Who]:
        return [line.waits_for for line in township_store.waiting_claims(town)]

    assert waits() == [Who.LEADER]
    assert township_store.waiting_count(town, Who.OFFICE) == 0
    leader("郑镇长")
    give_verdict(town, claim, Ruling.PASSED)
    (line,) = township_store.waiting_claims(town, waits_for=Who.OFFICE)
    assert "郑镇长" in line.signed
    assert township_store.waiting_count(town) == township_store.waiting_count(town, Who.OFFICE) == 1
    leader("吴所长")
    give_verdict(town, claim, Ruling.PASSED)
    assert waits() == []


@pytest.mark.parametrize("receipts", ["one", "two", "two_and_reported_between"])
def test_both_words_reach_the_village_together_or_one_after_the_other(
    offices: Offices, claim: Claim, leader: Callable[[str], None], receipts: str
) -> None:
    def now() -> ClaimState:
        return offices.village.get(Claim, claim.id).state

    leader("郑镇长")
    give_verdict(offices.township, claim, Ruling.PASSED)
    leader("吴所长")
    if receipts != "one":
        offices.take_down()
        assert now() is ClaimState.SETTLING
    if receipts == "two_and_reported_between":
        offices.take_up()
    give_verdict(offices.township, offices.township.get(Claim, claim.id), Ruling.PASSED)
    offices.take_down()
    assert now() is ClaimState.GRANTED


def test_a_leader_who_sends_it_back_leaves_nothing_for_the_office(
    offices: Offices, claim: Claim, leader: Callable[[str], None]
) -> None:
    today = offices.township.clock.now().date()
    leader("郑镇长")
    give_verdict(offices.township, claim, Ruling.RETURNED, "没有合同", today)
    leader("吴所长")
    with pytest.raises(RuleViolation) as caught:
        give_verdict(offices.township, claim, Ruling.PASSED)
    assert codes(caught) == ["township.ruled_already"]
    offices.take_down()
    assert offices.village.get(Claim, claim.id).state is ClaimState.QUERIED


def test_an_office_that_sends_it_back_after_the_leader_passed_it(
    offices: Offices, claim: Claim, leader: Callable[[str], None]
) -> None:
    today = offices.township.clock.now().date()
    leader("郑镇长")
    give_verdict(offices.township, claim, Ruling.PASSED)
    leader("吴所长")
    give_verdict(offices.township, claim, Ruling.QUERIED, "发票抬头不对", today)
    offices.take_down()
    assert offices.village.get(Claim, claim.id).state is ClaimState.QUERIED


def test_what_the_village_took_back_meanwhile_is_moved_by_neither_word(
    offices: Offices, claim: Claim, leader: Callable[[str], None]
) -> None:
    from villagedesk.payments.usecases import withdraw

    leader("郑镇长")
    give_verdict(offices.township, claim, Ruling.PASSED)
    leader("吴所长")
    offices.take_down()
    give_verdict(offices.township, claim, Ruling.PASSED)
    withdraw(offices.village, claim.id, "记错了")
    offices.take_down()
    assert offices.village.get(Claim, claim.id).state is ClaimState.WITHDRAWN


def test_a_chain_without_a_leader_asks_the_office_alone(offices: Offices, leader: Callable[[str], None]) -> None:
    choose_chain(offices.village, "three_reviews")
    made = paying.submitted(offices.village, paying.a_claim(offices.village.find(Project)[0], 70_00))
    paying.reviewed(offices.village, made)
    paying.as_(offices.village, "周监督")
    review(offices.village, "claims", made.id, Outcome.PASSED)
    paying.approved(offices.village, offices.village.get(Claim, made.id))
    offices.take_up()
    came = offices.township.get(Claim, made.id)
    assert came.state is ClaimState.SETTLING
    assert give_verdict(offices.township, came, Ruling.PASSED).step == ""
    offices.take_down()
    assert offices.village.get(Claim, made.id).state is ClaimState.GRANTED
