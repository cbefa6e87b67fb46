"""How much waits for the reviewers: a number beside the page's name, asked for at every start, so it opens no more."""

from villagedesk.storage.desk import Desk
from villagedesk.village.model import Role

_STATES: dict[str, tuple[str, str]] = {
    Role.FINANCE_GROUP: ("submitted", "submitted"),
    Role.SUPERVISION: ("supervising", "supervising"),
}
"""In which states claims wait for whom."""


def waiting_count(desk: Desk) -> int:
    """Return how many things wait for the person who is signed in; for all reviewers while none of them is."""
    role = desk.actor.role if desk.actor else ""
    states = _STATES.get(role, ("submitted", "supervising"))
    claims = desk.value(
        "SELECT count(*) FROM claims WHERE village_id = ? AND state IN (?, ?)", [desk.office_id, *states]
    )
    notices = desk.value("SELECT count(*) FROM notices WHERE village_id = ? AND state = 'submitted'", [desk.office_id])
    return int(claims + (notices if role != Role.FINANCE_GROUP else 0))
