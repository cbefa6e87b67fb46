"""Checks of pay: what the bank has paid to people stays booked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.oversight.checks.found import voucher, wrong
from villagedesk.payments.evidence import paid_by_bank
from villagedesk.storage.desk import Desk


def paid_pay_stays_booked(desk: Desk, since: date) -> Iterator[Finding]:
    """A pay sheet the bank has paid is booked by a voucher that stands; after a reversal it is booked again."""
    for row in desk.rows(_REVERSED, [desk.office_id, since.isoformat()]):
        people, paid_fen = paid_by_bank(desk, row["payroll_id"])
        if people:
            message = (
                f"凭证{voucher(row)}冲销了“{row['title']}”，可是银行已经付给{people}人{yuan(paid_fen)}元，账上的钱比实际的多。"
                "请把重做的报账单办到入账；钱退回来了的，到“报酬”里登记退票。"
            )
            yield replace(wrong("paid_pay_reversed", message), place=f"payments:{row['claim_id']}")


_REVERSED = """
SELECT r.year, r.number, r.claim_id, c.payroll_id, p.title
  FROM vouchers r JOIN claims c ON c.id = r.claim_id JOIN payrolls p ON p.id = c.payroll_id
 WHERE r.village_id = ? AND r.posted_on >= ? AND r.reverses_id IS NOT NULL
   AND NOT EXISTS (
       SELECT 1 FROM claims again JOIN vouchers v ON v.claim_id = again.id
        WHERE again.payroll_id = p.id AND v.reverses_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM vouchers x WHERE x.reverses_id = v.id))
 ORDER BY r.year, r.number
"""
