"""The register of claims: what is wanted comes, in the order wanted, with its sums."""

from datetime import date

import pytest

from tests.payments.paying import YUAN
from villagedesk.payments import register, store, usecases
from villagedesk.payments.model import ClaimState
from villagedesk.payments.register import ClaimFilter
from villagedesk.storage.desk import Desk


def payees(desk: Desk, wanted: ClaimFilter = register.EVERYTHING) -> list[str]:
    return [line.payee for line in register.claim_lines(desk, register.claim_ids(desk, wanted))]


def test_the_newest_claim_stands_first(desk: Desk, three: list[str]) -> None:
    assert payees(desk) == ["双石镇建材经营部", "荣县供电公司", "冯国秀"]


@pytest.mark.parametrize(
    ("order", "first"),
    [("amount_fen", "冯国秀"), ("payee", "冯国秀"), ("project", "双石镇建材经营部"), ("state", "荣县供电公司")],
)
def test_claims_are_sorted_as_asked(desk: Desk, three: list[str], order: str, first: str) -> None:
    assert payees(desk, ClaimFilter(order=order, descending=False))[0] == first


@pytest.mark.parametrize(
    ("text", "found"),
    [("国秀", 1), ("清运", 2), ("路灯", 1), ("N10000", 1), ("N", 3), ("100%", 1), ("%", 1), ("_", 0), ("!", 0)],
)
def test_a_text_is_looked_for_in_payee_purpose_invoice_and_project(
    desk: Desk, three: list[str], text: str, found: int
) -> None:
    assert len(register.claim_ids(desk, ClaimFilter(text))) == found
    assert register.claim_sum(desk, ClaimFilter(text)).count == found


def test_claims_of_one_state_are_summed(desk: Desk, three: list[str]) -> None:
    submitted_ones = ClaimFilter(states=(ClaimState.SUBMITTED,))
    assert payees(desk, submitted_ones) == ["冯国秀"]
    assert register.claim_sum(desk, submitted_ones) == register.Sum(1, 100 * YUAN)
    assert register.claim_sum(desk) == register.Sum(3, 600 * YUAN)


def test_a_period_a_project_a_fund_and_a_payee_narrow_the_register(desk: Desk, three: list[str]) -> None:
    lights = desk.rows("SELECT id, fund_id FROM projects WHERE name = '路灯电费'")[0]
    first, last = date(2026, 1, 3), date(2026, 1, 4)
    assert payees(desk, ClaimFilter(first_day=first, last_day=last)) == ["荣县供电公司", "冯国秀"]
    assert payees(desk, ClaimFilter(last_day=first)) == ["冯国秀"]
    assert payees(desk, ClaimFilter(project_id=lights["id"])) == ["荣县供电公司"]
    assert payees(desk, ClaimFilter(fund_id=lights["fund_id"])) == ["荣县供电公司"]
    assert payees(desk, ClaimFilter(payee="冯国秀", first_day=last)) == []


def test_each_line_knows_what_was_claimed_up_to_it_whatever_order_is_shown(desk: Desk, three: list[str]) -> None:
    by_amount = ClaimFilter(order="amount_fen")
    ids = register.claim_ids(desk, by_amount)
    sums = register.running_sums(desk, by_amount, ids)
    assert [sums[rowid] // YUAN for rowid in ids] == [600, 300, 100]
    without_lights = ClaimFilter(states=(ClaimState.PAID, ClaimState.SUBMITTED))
    assert list(register.running_sums(desk, without_lights, ids[:1]).values()) == [400 * YUAN]
    assert register.running_sums(desk, by_amount, [99]) == {}


def test_a_line_tells_its_voucher_and_whether_it_was_reversed(desk: Desk, three: list[str]) -> None:
    voucher = store.voucher_of(desk, three[0])
    assert voucher
    line = register.claim_lines(desk, register.claim_ids(desk, ClaimFilter(states=(ClaimState.PAID,))))[0]
    assert (line.voucher, line.is_reversed, line.project) == ("2026-1", False, "生活垃圾清运")
    red = usecases.reverse(desk, voucher.id, "退货")
    line = register.claim_lines(desk, [line.rowid])[0]
    assert line.is_reversed
    assert store.reversal_of(desk, voucher.id) == red


def test_lines_come_in_the_order_asked_for_also_by_the_thousand(desk: Desk, three: list[str]) -> None:
    ids = [3, 1, 2] * 400 + [99]
    assert [line.rowid for line in register.claim_lines(desk, ids)] == [3, 1, 2] * 400


def test_a_claim_is_found_again_by_its_rowid(desk: Desk, three: list[str]) -> None:
    rowid = register.rowid_of(desk, three[1])
    assert rowid
    assert register.claim_lines(desk, [rowid])[0].id == three[1]
    assert register.rowid_of(desk, "nobody") is None
