"""A voucher set off against the advance it accounts for, within the change that posts it."""

from datetime import date

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.ledger.model import Settlement
from villagedesk.ledger.store import advance_line
from villagedesk.payments.evidence import is_closed
from villagedesk.payments.model import Claim, PayWay, Voucher
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk

_ELSE = "还没有入账的，把报账单作废重记，不选预借；已经入账的，冲销并重做。"


def settling_day(desk: Desk, voucher: Voucher) -> date:
    """Return the day on which a voucher is set off: its own, or today once its month is closed."""
    return desk.clock.now().date() if is_closed(desk, voucher.posted_on) else voucher.posted_on


def set_off(desk: Desk, change: Change, claim: Claim, voucher: Voucher) -> Settlement | None:
    """Store how much of an advance a voucher accounts for: all of it, or as much as is still open.

    What the voucher is more was paid the claim's own way. None when the claim accounts for no advance. Raises
    RuleViolation when nothing of the advance is open any more, or it was given after the voucher.
    """
    if claim.advance_id is None:
        return None
    advance = advance_line(desk, claim.advance_id)
    if advance.open_fen <= 0:
        message = f"{advance.taker}这笔预借已经结清，不能再用它报账。{_ELSE}"
        stop_at([Finding("ledger.advance_settled", message, "advance_id")])
    if voucher.posted_on < advance.given_on:
        stop_at([Finding("ledger.settled_early", f"入账日期早于预借日期，请核对。{_ELSE}", "posted_on")])
    return change.put(
        Settlement(
            advance_id=advance.id,
            settled_on=settling_day(desk, voucher),
            voucher_id=voucher.id,
            amount_fen=min(voucher.amount_fen, advance.open_fen),
            pay_way=PayWay.CASH if advance.is_cash else PayWay.TRANSFER,
            made_by=change.actor_id,
        )
    )
