"""A closed month on paper: golden texts a person approved."""

from dataclasses import replace
from pathlib import Path

from tests.closing.months import EXCUSE, JANUARY, a_month, agreed, closed, paid, prepared
from tests.golden import assert_golden
from tests.payments.paying import YUAN
from villagedesk.closing.papers import people_of
from villagedesk.closing.sheets import closing_sheet, reopening_sheet
from villagedesk.kernel.clock import SetClock
from villagedesk.payments.sheets import register_sheet
from villagedesk.payments.store import vouchers_in
from villagedesk.payments.usecases import reverse
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.store import office

GOLDEN = Path(__file__).parent / "golden"


def test_the_closing_sheet(desk: Desk, clock: SetClock) -> None:
    a_month(desk, clock)
    closing = replace(closed(desk), link="0123456789abcdef" * 4)
    assert_golden(closing_sheet(office(desk), closing, people_of(desk, closing)), GOLDEN / "closing.txt")


def test_a_closing_that_waits_says_so(desk: Desk, clock: SetClock) -> None:
    a_month(desk, clock)
    closing = prepared(desk)
    text = text_of(closing_sheet(office(desk), closing, people_of(desk, closing)))
    assert "（待确认）" in text
    assert EXCUSE in text


def test_the_register_of_vouchers(desk: Desk, clock: SetClock) -> None:
    project, first = a_month(desk, clock)
    paid(desk, project, 12 * YUAN)
    reverse(desk, first.id, "退货")
    february = JANUARY.following
    listed = register_sheet(office(desk), february.label, vouchers_in(desk, february), "凭证登记簿")
    assert_golden(listed, GOLDEN / "register.txt")
    assert "2026年3月没有凭证。" in text_of(register_sheet(office(desk), february.following.label, []))


def test_the_wish_to_open_a_month_again(desk: Desk, clock: SetClock) -> None:
    a_month(desk, clock)
    closing = closed(desk)
    sheet = reopening_sheet(office(desk), closing, agreed(desk, closing), ("李会计", "赵主任"))
    assert_golden(sheet, GOLDEN / "reopening.txt")
