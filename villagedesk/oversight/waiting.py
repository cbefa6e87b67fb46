"""How much waits for the reviewers: a number beside the page's name, asked for at every start, so it opens no more."""

from villagedesk.storage.desk import Desk
from villagedesk.village.model import Role


def waiting_count(desk: Desk) -> int:
    """Return how many things wait for the person who is signed in; for all reviewers while none of them is."""
    role = desk.actor.role if desk.actor else ""
    claims = desk.value("SELECT count(*) FROM claims WHERE village_id = ? AND state = 'submitted'", [desk.office_id])
    notices = desk.value("SELECT count(*) FROM notices WHERE village_id = ? AND state = 'submitted'", [desk.office_id])
    return int((claims if role != Role.SUPERVISION else 0) + (notices if role != Role.FINANCE_GROUP else 0))
