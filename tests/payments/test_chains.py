"""The chains: which way a claim goes by each of them, whatever its amount."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from villagedesk.payments import chains
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.village.moneyrules import Chain, ChainStep, Who, parse_chains
from villagedesk.village.profile import load

CHAINS = load().chains
STANDARD = CHAINS["standard"]
AMOUNTS = some.integers(1, 10**10) | some.sampled_from([1, 199_999, 200_000, 200_001, 499_999, 500_000, 999_999, 10**6])
ANY_CHAIN = some.sampled_from(sorted(CHAINS)).map(CHAINS.__getitem__)


def claim(state: ClaimState = ClaimState.DRAFT, amount_fen: int = 140_950, decision_id: str | None = None) -> Claim:
    return Claim(
        spent_on=date(2026, 1, 5), project_id="P", fund_id="F", payee="双石镇建材经营部", amount_fen=amount_fen,
        purpose="垃圾桶", state=state, decision_id=decision_id,
    )  # fmt: skip


def gone(one: Claim, action: str, chain: Chain) -> Claim:
    state = chains.next_state(one, action, chain)
    assert state is not None, (one.state, action)
    return replace(one, state=state)


def test_a_claim_passes_the_whole_standard_chain_in_six_steps() -> None:
    one = claim()
    for action in ("submit", "pass", "pass", "pass", "pass", "pay"):
        one = gone(one, action, STANDARD)
    assert one.state is ClaimState.PAID


def test_the_standard_chain_is_the_one_of_the_handbook() -> None:
    assert chains.in_words(claim(), STANDARD) == "有效票据→民主理财小组→村主要负责人→乡镇主要领导→财政所"


@pytest.mark.parametrize(
    ("key", "amount_fen", "states"),
    [
        ("standard", 1, "submitted reviewed approved settling"),
        ("three_signatures", 499_999, "witnessing reviewed submitted settling"),
        ("three_signatures", 500_000, "witnessing reviewed submitted approved settling"),
        ("three_reviews", 10**8, "submitted supervising reviewed settling"),
        ("tiers", 199_999, "submitted reviewed settling"),
        ("tiers", 200_000, "submitted reviewed approved settling"),
        ("tiers", 1_000_000, "submitted deciding reviewed approved settling"),
    ],
)
def test_each_chain_waits_in_its_states(key: str, amount_fen: int, states: str) -> None:
    assert " ".join(chains.waiting_states(claim(amount_fen=amount_fen), CHAINS[key])) == states


def test_what_a_meeting_decided_beforehand_does_not_wait_for_it() -> None:
    decided = claim(amount_fen=1_000_000, decision_id="M")
    assert ClaimState.DECIDING not in chains.waiting_states(decided, CHAINS["tiers"])


@given(chain=ANY_CHAIN, amount_fen=AMOUNTS, is_decided=some.booleans())
def test_every_way_ends_where_it_may_be_paid_and_passes_nobody_twice(
    chain: Chain, amount_fen: int, is_decided: bool
) -> None:
    one = gone(claim(amount_fen=amount_fen, decision_id="M" if is_decided else None), "submit", chain)
    said: list[Who] = []
    while one.state is not ClaimState.GRANTED:
        who = chains.waited_for(one)
        assert who is not None
        assert chains.step_of(one, chain).who is who
        said.append(who)
        one = gone(one, "pass", chain)
    assert len(said) == len(set(said))
    wanted = [step.who for step in chain.steps_for(amount_fen)]
    assert said == [who for who in wanted if not (is_decided and who is Who.DECISION)]
    assert Who.FINANCE_GROUP in said
    assert said[-1] is Who.OFFICE
    village = [who for who in said if not who.is_of_township]
    assert said[: len(village)] == village, "the township comes last"


@given(chain=ANY_CHAIN, amount_fen=AMOUNTS, data=some.data())
def test_an_answered_query_starts_at_the_first_again(chain: Chain, amount_fen: int, data: some.DataObject) -> None:
    one = gone(claim(amount_fen=amount_fen), "submit", chain)
    start = one.state
    for _ in range(data.draw(some.integers(0, len(chains.waiting_states(one, chain)) - 1))):
        one = gone(one, "pass", chain)
    one = gone(one, "query", chain)
    assert one.state is ClaimState.QUERIED
    assert gone(one, "answer", chain).state is start


@given(chain=ANY_CHAIN, amount_fen=AMOUNTS, state=some.sampled_from(sorted(ClaimState)))
def test_no_step_may_be_left_out(chain: Chain, amount_fen: int, state: ClaimState) -> None:
    """Only the last word grants, and only what is granted is paid; the township's one word covers its own steps."""
    one = claim(state, amount_fen)
    last = chains.waiting_states(one, chain)[-1]
    found = chains.transitions(one, chain)
    assert ("pay" in found) == (state is ClaimState.GRANTED)
    assert (found.get("pass") is ClaimState.GRANTED) == (state is last)
    assert ("grant" in found) == (state in chains.TOWNSHIP)
    assert ("withdraw" in found) == (state in {*chains.WAITING, ClaimState.QUERIED, ClaimState.GRANTED})


@pytest.mark.parametrize("state", [ClaimState.PAID, ClaimState.REFUSED, ClaimState.WITHDRAWN])
def test_what_has_ended_goes_nowhere(state: ClaimState) -> None:
    assert not chains.transitions(claim(state), STANDARD)
    (finding,) = chains.in_turn(claim(state), "submit", STANDARD)
    assert state.label in finding.message


def test_every_waiting_state_has_who_is_waited_for_and_its_name() -> None:
    assert {chains.waited_for(claim(state)) for state in chains.WAITING} == set(Who)
    assert all(state.label for state in ClaimState)


def test_a_state_the_chain_does_not_know_starts_again() -> None:
    one = claim(ClaimState.SUPERVISING)
    assert chains.after(one, STANDARD) is ClaimState.SUBMITTED
    assert chains.step_of(one, STANDARD) == ChainStep(Who.SUPERVISION, "村务监督委员会")


def test_a_chain_that_was_dropped_from_the_profile_is_the_standard_one() -> None:
    assert chains.chain_named(CHAINS, "gone") is STANDARD


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"who": "head"}, {"who": "office"}],
        [{"who": "finance_group", "from_fen": 100}, {"who": "office"}],
        [{"who": "finance_group"}, {"who": "head"}],
        [{"who": "finance_group"}, {"who": "office", "up_to_fen": 100}],
        [{"who": "finance_group"}, {"who": "leader"}, {"who": "head"}, {"who": "office"}],
        [{"who": "finance_group"}, {"who": "finance_group"}, {"who": "office"}],
        [{"who": "finance_group", "needs": 0}, {"who": "office"}],
    ],
)
def test_a_chain_that_would_let_money_out_unseen_is_refused(steps: list[dict[str, object]]) -> None:
    facts = {"label": "x", "signed_first": [], "steps": steps, "source": "x", "as_of": date(2026, 1, 1)}
    with pytest.raises(ValueError, match="own"):
        parse_chains({"own": facts})


def test_amounts_at_the_edge_of_a_tier_belong_to_it() -> None:
    step = ChainStep(Who.LEADER, "乡镇主要领导", from_fen=100, up_to_fen=200)
    assert [step.applies_to(fen) for fen in (99, 100, 200, 201)] == [False, True, True, False]
    assert CHAINS["tiers"].tiers_fen == (200_000, 1_000_000)
    assert Chain("x", "x", (), (step,), "x", date(2026, 1, 1)).tiers_fen == (100, 201)


def test_every_chain_says_where_it_comes_from_and_who_signs_the_paper() -> None:
    for chain in CHAINS.values():
        assert chain.source
        assert chain.signatures(10**9)[0] == "经手人"
