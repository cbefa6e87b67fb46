"""However an invoice or a payee is written, it is the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.payments.paying import YUAN, a_claim, grant_project, submitted
from villagedesk.payments import spelling, usecases
from villagedesk.payments.model import PayWay
from villagedesk.storage.desk import Desk


@pytest.mark.parametrize(
    "typed",
    [
        "N2026-1101",
        "n2026-1101",
        "Ｎ２０２６－１１０１",
        "N2026 1101",
        " N20261101",
        "N2026—1101",
        "No.N2026-1101",
        "№N20261101",
        "发票号码：N20261101",
        "票据号 N20261101",
        "号码:N20261101",
    ],
)
def test_an_invoice_is_caught_however_its_number_is_typed(desk: Desk, typed: str) -> None:
    project = grant_project(desk)
    submitted(desk, a_claim(project, invoice_number="N20261101"))
    second = a_claim(project, 88 * YUAN, payee="别的店", invoice_number=typed)
    assert "payments.same_invoice" in {one.code for one in usecases.findings_of(desk, second)}
    assert usecases.draft(desk, second).invoice_number == "N20261101"


def test_a_payee_with_spaces_is_the_same_payee(desk: Desk) -> None:
    project = grant_project(desk)
    submitted(desk, a_claim(project, payee="双石镇建材经营部"))
    again = a_claim(project, payee="双石镇 建材 经营部", invoice_number="N7")
    assert "payments.same_payment" in {one.code for one in usecases.findings_of(desk, again)}
    assert usecases.draft(desk, again).payee == "双石镇建材经营部"


def test_a_forbidden_purpose_and_wages_in_cash_are_seen_through_spaces(desk: Desk) -> None:
    project = grant_project(desk)
    meal = a_claim(project, 6_000 * YUAN, purpose="招 待 费、劳 务 费", pay_way=PayWay.CASH)
    codes = {one.code for one in usecases.findings_of(desk, meal)}
    assert {"payments.negative", "payments.cash", "payments.cash_wages"} <= codes


@given(st.text(alphabet="NO№Ｎo.：:-—0123456789０１２ a"))
def test_a_number_keeps_its_digits(text: str) -> None:
    digits = [str(int(one)) for one in text if one.isdigit() and one.isdecimal()]
    assert [one for one in spelling.invoice_number(text) if one.isdigit()] == digits
