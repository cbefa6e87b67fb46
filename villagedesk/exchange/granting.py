"""What the township's word does to the claim it was given on."""

from dataclasses import replace

from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.payments.chains import TOWNSHIP, next_state, waited_for
from villagedesk.payments.model import Claim
from villagedesk.payments.store import chain_of
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk


def move_claim(desk: Desk, change: Change, verdict: Verdict) -> None:
    """A verdict moves the claim it was given on, when the claim still is what the township saw.

    A verdict of one of the township's steps moves it past that step, one on all of them to where it may be paid.
    """
    if verdict.subject_table != Claim.table:
        return
    claim = next(
        (claim for claim in desk.find(Claim, "id = ?", [verdict.subject_id]) if _is_seen(desk, claim, verdict)), None
    )
    if claim is None or (verdict.step and waited_for(claim) != verdict.step):
        return
    passed = "pass" if verdict.step else "grant"
    state = next_state(claim, passed if verdict.outcome is Ruling.PASSED else "return", chain_of(desk, claim))
    if state is not None:
        change.put(replace(claim, state=state))


def _is_seen(desk: Desk, claim: Claim, verdict: Verdict) -> bool:
    """Tell whether a claim is what the township saw, moved on since by nothing but its own word on an earlier step."""
    moved = desk.value(
        """SELECT count(*) FROM verdicts
            WHERE subject_id = ? AND subject_version = ? AND outcome = 'passed' AND step NOT IN ('', ?)""",
        [claim.id, verdict.subject_version, verdict.step],
    )
    return claim.version == verdict.subject_version or bool(
        verdict.step and claim.state in TOWNSHIP and claim.version == verdict.subject_version + moved
    )
