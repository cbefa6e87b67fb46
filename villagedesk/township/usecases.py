"""What the township's clerk does: say its word on what the villages reported."""

from datetime import date

from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.exchange.store import verdicts_of
from villagedesk.kernel.errors import StaleRecord, stop_at
from villagedesk.payments.model import Claim
from villagedesk.storage.desk import Desk
from villagedesk.township import rules
from villagedesk.village.authority import acting
from villagedesk.village.model import Role


def give_verdict(desk: Desk, claim: Claim, outcome: Ruling, note: str = "", due_on: date | None = None) -> Verdict:
    """Say the township's word on a claim as it was seen; the next receipt carries it to the village.

    Raises RuleViolation when the claim does not wait for the township, was ruled on already or the reason is missing;
    StaleRecord when a newer version has come in since it was read.
    """
    clerk = acting(desk, Role.CLERK)
    if desk.get(Claim, claim.id).version != claim.version:
        raise StaleRecord
    is_said = any(verdict.subject_version == claim.version for verdict in verdicts_of(desk, claim.id))
    stop_at(rules.waits_for_us(claim, is_said))
    stop_at(rules.says_why(outcome, note, due_on, desk.clock.now().date()))
    with desk.change("township.verdict.given", reason=note, village_id=claim.village_id) as change:
        return change.put(
            Verdict(
                subject_table=Claim.table, subject_id=claim.id,
                subject_version=claim.version, outcome=outcome, note=note, due_on=due_on, given_by=clerk.name,
                given_at=change.at,
            )
        )  # fmt: skip
