"""Checks of what was paid: claim and voucher belong together, and everybody signed whose word the claim waited for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.oversight.checks.found import voucher, wrong
from villagedesk.payments.model import ClaimState
from villagedesk.payments.unsigned import unsigned
from villagedesk.storage.desk import Desk


def signed_by_all(desk: Desk, since: date) -> Iterator[Finding]:
    """Nothing is booked before everybody of the claim's sign-off chain has passed it, each another than its maker."""
    for one in unsigned(desk, desk.office_id, since):
        message = f"凭证{one.year}年第{one.number}号的报账单没有{'、'.join(one.missing)}的同意就入账了。"
        yield replace(wrong("unsigned_voucher", message), place=f"payments:{one.claim_id}")


def paid_by_vouchers(desk: Desk, since: date) -> Iterator[Finding]:
    """A claim counts as paid when a voucher pays it, and only then; a reversed one was paid too."""
    key = [desk.office_id, since.isoformat()]
    for row in desk.rows(_NOT_PAID, key):
        message = f"凭证{voucher(row)}已经入账，它的报账单却不是“{ClaimState.PAID.label}”。"
        yield replace(wrong("claim_not_paid", message), place=f"payments:{row['claim_id']}")
    for row in desk.rows(_NO_VOUCHER, key):
        spent = chinese_date(date.fromisoformat(row["spent_on"]))
        message = (
            f"{spent}付给{row['payee']}的{yuan(row['amount_fen'])}元，报账单写着“{ClaimState.PAID.label}”，却没有凭证。"
        )
        yield replace(wrong("paid_without_voucher", message), place=f"payments:{row['id']}")


_NOT_PAID = """
SELECT v.year, v.number, v.claim_id FROM vouchers v JOIN claims c ON c.id = v.claim_id
 WHERE v.village_id = ? AND v.posted_on >= ? AND c.state <> 'paid'
   AND +v.reverses_id IS NULL -- by its index that would be the vouchers of all years
 ORDER BY v.year, v.number
"""
_NO_VOUCHER = """
SELECT c.id, c.spent_on, c.payee, c.amount_fen FROM claims c
 WHERE c.village_id = ? AND c.spent_on >= ? AND c.state = 'paid'
   AND NOT EXISTS (SELECT 1 FROM vouchers v WHERE v.claim_id = c.id AND v.reverses_id IS NULL)
 ORDER BY c.spent_on, c.id
"""
