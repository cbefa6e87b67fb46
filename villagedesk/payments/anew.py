"""A claim made anew after it ended unpaid or was reversed: a draft with what was written and laid beside it."""

from dataclasses import replace

from villagedesk.payments.evidence import papers_of
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store


def made_anew(desk: Desk, change: Change, claim: Claim, redoes_id: str | None) -> Claim:
    """Store a claim's facts and papers as a new draft, by today's rules, of whoever makes the change.

    ``redoes_id`` is the reversed voucher it stands for, if any.
    """
    fresh = change.put(
        replace(
            claim,
            id="",
            version=0,
            state=ClaimState.DRAFT,
            excuse="",
            made_by=change.actor_id,
            profile_version=village_store.profile(desk).version,
            chain=village_store.office(desk).chain,
            redoes_id=redoes_id,
        )
    )
    change.put_all(
        replace(paper, id="", version=0, subject_id=fresh.id, added_by=change.actor_id)
        for paper in papers_of(desk, claim.id)
    )
    return fresh
