"""Which way a claim goes: the states it waits in, in the order of its chain and for its amount. Pure.

This is the one place that says what follows what. A claim handed in waits in the first state; each step passed takes
it to the next, the last one to where it may be paid. A query sends it back, and its answer to the first state again.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import Claim, ClaimState, Outcome
from villagedesk.village.moneyrules import Chain, ChainStep, Who

STATE_OF: Mapping[Who, ClaimState] = MappingProxyType({
    Who.WITNESS: ClaimState.WITNESSING,
    Who.FINANCE_GROUP: ClaimState.SUBMITTED,
    Who.SUPERVISION: ClaimState.SUPERVISING,
    Who.HEAD: ClaimState.REVIEWED,
    Who.DECISION: ClaimState.DECIDING,
    Who.LEADER: ClaimState.APPROVED,
    Who.OFFICE: ClaimState.SETTLING,
})  # fmt: skip
"""In which state a claim waits for whose word."""

_WHO_IN: Mapping[ClaimState, Who] = MappingProxyType({state: who for who, state in STATE_OF.items()})

WAITING = tuple(STATE_OF.values())
"""Every state in which a claim waits for somebody's word."""

TOWNSHIP = tuple(state for who, state in STATE_OF.items() if who.is_of_township)
"""The states in which a claim waits for the township."""


ACTIONS: Mapping[Outcome, str] = MappingProxyType({
    Outcome.PASSED: "pass",
    Outcome.QUERIED: "query",
    Outcome.REFUSED: "refuse",
})  # fmt: skip
"""What each outcome of somebody's word is called below."""


def chain_named(chains: Mapping[str, Chain], key: str) -> Chain:
    """Return a chain of the profile by its key; the standard one when the profile has dropped it since."""
    return chains.get(key) or chains["standard"]


def steps_of(claim: Claim, chain: Chain) -> tuple[ChainStep, ...]:
    """Return the steps a claim takes, in order; one that was decided on beforehand does not wait to be decided on."""
    return tuple(
        step for step in chain.steps_for(claim.amount_fen) if not (step.who is Who.DECISION and claim.decision_id)
    )


def waiting_states(claim: Claim, chain: Chain) -> tuple[ClaimState, ...]:
    """Return the states a claim waits in on its way, in order, from being handed in to being granted."""
    return tuple(STATE_OF[step.who] for step in steps_of(claim, chain))


def first(claim: Claim, chain: Chain) -> ClaimState:
    """Return the state a claim comes to when it is handed in, and when a query was answered."""
    return waiting_states(claim, chain)[0]


def after(claim: Claim, chain: Chain) -> ClaimState:
    """Return the state that follows once the word a claim waits for was said and was yes.

    A claim in a state its chain does not know (the profile has changed) starts again: nobody is passed by.
    """
    states = waiting_states(claim, chain)
    if claim.state not in states:
        return states[0]
    place = states.index(claim.state) + 1
    return states[place] if place < len(states) else ClaimState.GRANTED


def wants_witness(claim: Claim, chain: Chain) -> bool:
    """Tell whether a witness puts their name to a claim: at a step of its own, or on paper before all others."""
    return has_step(claim, chain, Who.WITNESS) or Who.WITNESS.label in chain.signed_first


def has_step(claim: Claim, chain: Chain, who: Who) -> bool:
    """Tell whether a claim waits for somebody's word on its way."""
    return any(step.who is who for step in steps_of(claim, chain))


def transitions(claim: Claim, chain: Chain) -> Mapping[str, ClaimState]:
    """Return what may be done with a claim where it stands, and what it leads to.

    pass, query, refuse: the word it waits for; grant: the township's one word for all its steps; return: its query.
    """
    match claim.state:
        case ClaimState.DRAFT:
            return {"submit": first(claim, chain)}
        case ClaimState.QUERIED:
            return {"answer": first(claim, chain), "withdraw": ClaimState.WITHDRAWN}
        case ClaimState.GRANTED:
            return {"pay": ClaimState.PAID, "withdraw": ClaimState.WITHDRAWN}
        case state if state in _WHO_IN:
            return _while_waiting(claim, chain)
        case _:
            return {}


def next_state(claim: Claim, action: str, chain: Chain) -> ClaimState | None:
    """Return the state after an action, None when the action is out of turn."""
    return transitions(claim, chain).get(action)


def waited_for(claim: Claim) -> Who | None:
    """Return whose word a claim waits for, None when it waits for nobody's."""
    return _WHO_IN.get(claim.state)


def step_of(claim: Claim, chain: Chain) -> ChainStep:
    """Return the step a claim waits in; by the program's rules, one person's word, when its chain has no such step."""
    who = _WHO_IN[claim.state]
    found = [step for step in chain.steps_for(claim.amount_fen) if step.who is who]
    return found[0] if found else ChainStep(who, who.label)


def in_turn(claim: Claim, action: str, chain: Chain) -> Iterator[Finding]:
    """A step is taken in its turn: a gatekeeper, asked first and alone."""
    if next_state(claim, action, chain) is None:
        message = f"这张报账单现在是“{claim.state.label}”，不能办这一步。"
        yield Finding("payments.out_of_turn", message, basis=in_words(claim, chain))


def waits_for(claim: Claim, chain: Chain, *whose: Who) -> Iterator[Finding]:
    """A word is said where it is waited for: a gatekeeper, asked first and alone."""
    if waited_for(claim) not in whose:
        message = f"这张报账单现在是“{claim.state.label}”，不能办这一步。"
        yield Finding("payments.out_of_turn", message, basis=in_words(claim, chain))


def in_words(claim: Claim, chain: Chain) -> str:
    """Return the way of a claim in words: 有效票据→民主理财小组→村主要负责人→乡镇主要领导→财政所."""
    return "→".join(["有效票据", *(step.who.label for step in chain.steps_for(claim.amount_fen))])


def _while_waiting(claim: Claim, chain: Chain) -> dict[str, ClaimState]:
    found = {
        "pass": after(claim, chain),
        "query": ClaimState.QUERIED,
        "refuse": ClaimState.REFUSED,
        "withdraw": ClaimState.WITHDRAWN,
    }
    if claim.state in TOWNSHIP:
        found |= {"grant": ClaimState.GRANTED, "return": ClaimState.QUERIED}
    return found
