"""The township's word on a claim."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.exchange.offices import Offices, approved_claim
from villagedesk.exchange import store
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.errors import RuleViolation, StaleRecord
from villagedesk.payments.model import Claim
from villagedesk.township.usecases import give_verdict


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
    from tests.payments import paying
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
