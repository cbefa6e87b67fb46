"""Posting as the window and the command line do it: the voucher, and the advance it accounts for, in one change."""

from datetime import date

from villagedesk.ledger.settling import set_off
from villagedesk.payments.model import Voucher
from villagedesk.payments.usecases import post as post_claim
from villagedesk.storage.desk import Desk


def post(desk: Desk, claim_id: str, posted_on: date | None = None) -> Voucher:
    """Pay a granted claim; one that accounts for an advance (预借) is set off against it in the same change.

    Raises RuleViolation as ``payments.usecases.post`` does, and when nothing of the advance is open any more; nothing
    is stored then.
    """
    return post_claim(desk, claim_id, posted_on, then=lambda change, claim, made: set_off(desk, change, claim, made))
