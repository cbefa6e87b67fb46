"""Who is a relative of whom, and by which chain the village's claims go."""

import pytest

from tests.payments.paying import a_claim, as_, grant_project, submitted
from villagedesk.kernel.errors import RuleViolation
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.storage.desk import Desk
from villagedesk.village import store
from villagedesk.village.model import Kinship, Office
from villagedesk.village.usecases import choose_chain, drop_kinship, record_kinship


def test_a_kinship_is_recorded_corrected_and_taken_back_with_a_reason(desk: Desk) -> None:
    first = record_kinship(desk, Kinship(holder=" 赵主任 ", relative="赵小明", relation="儿子"))
    assert (first.holder, first.relation) == ("赵主任", "儿子")
    again = record_kinship(desk, Kinship(id=first.id, version=1, holder="赵主任", relative="赵小明", relation="侄子"))
    assert store.kinships(desk) == [again]
    with pytest.raises(RuleViolation, match="为什么"):
        drop_kinship(desk, again.id, " ")
    drop_kinship(desk, again.id, "同名，不是他")
    assert store.kinships(desk) == []


@pytest.mark.parametrize(
    ("holder", "relative"), [("", "赵小明"), ("赵主任", " "), ("赵主任", "赵主任"), ("钱组长", "钱二")]
)
def test_a_kinship_names_two_people_once(desk: Desk, holder: str, relative: str) -> None:
    record_kinship(desk, Kinship(holder="钱组长", relative="钱二"))
    with pytest.raises(RuleViolation):
        record_kinship(desk, Kinship(holder=holder, relative=relative))


def test_a_claim_on_its_way_keeps_the_chain_it_was_handed_in_by(desk: Desk) -> None:
    project = grant_project(desk)
    old = submitted(desk, a_claim(project))
    choose_chain(desk, "three_reviews", "镇里统一")
    new = submitted(desk, a_claim(project, 200_00, witness="程贵世"))
    assert (desk.get(Claim, old.id).chain, new.chain) == ("standard", "three_reviews")
    assert new.state is ClaimState.SUBMITTED
    entry = desk.history(desk.office_id)[-1]
    assert (entry.action, entry.reason) == ("village.chain.chosen", "镇里统一")


def test_only_a_chain_of_the_profile_is_chosen_and_only_by_accountant_or_head(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="没有"):
        choose_chain(desk, "whatever")
    as_(desk, "钱组长")
    with pytest.raises(RuleViolation):
        choose_chain(desk, "tiers")
    as_(desk, "赵主任")
    assert choose_chain(desk, "tiers").chain == desk.get(Office, desk.office_id).chain == "tiers"
