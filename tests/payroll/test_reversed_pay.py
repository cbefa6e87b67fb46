"""Pay the bank has paid does not come back by reversing its voucher: it is told until it is booked again."""

from datetime import date
from pathlib import Path

from tests.payroll.posts import ANSWER, all_the_way, booked
from villagedesk.oversight.checks.pay import paid_pay_stays_booked
from villagedesk.payments import usecases
from villagedesk.payments.evidence import paid_by_bank
from villagedesk.payments.model import Claim
from villagedesk.payroll.usecases import take_in_return
from villagedesk.storage.desk import Desk


def told(desk: Desk) -> list[str]:
    return [finding.message for finding in paid_pay_stays_booked(desk, date(2026, 1, 1))]


def test_pay_that_was_paid_and_reversed_is_told_until_it_is_booked_again(peopled: Desk, tmp_path: Path) -> None:
    voucher = booked(peopled, tmp_path)
    sheet = peopled.get(Claim, voucher.claim_id).payroll_id or ""
    assert paid_by_bank(peopled, sheet) == (0, 0)
    take_in_return(peopled, ANSWER)
    people, fen = paid_by_bank(peopled, sheet)
    assert people == 12
    assert 0 < fen < voucher.amount_fen
    assert told(peopled) == []
    _, again = usecases.redo(peopled, voucher.id, "科目写错了")
    (said,) = told(peopled)
    assert "可是银行已经付给12人" in said
    usecases.post(peopled, all_the_way(peopled, again).id)
    assert told(peopled) == []
