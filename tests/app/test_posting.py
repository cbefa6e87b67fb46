"""Posting a claim that accounts for an advance settles it in the same change, or nothing is stored."""

from datetime import date

import pytest

from tests.closing.months import closed, on, resolve
from tests.payments.paying import a_claim, grant_project, granted, open_fund
from villagedesk.app import posting
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import RuleViolation
from villagedesk.ledger import usecases
from villagedesk.ledger.closedmonths import altered_months
from villagedesk.ledger.model import Advance, Settlement
from villagedesk.ledger.store import advance_line
from villagedesk.payments.model import Claim, ClaimState, Voucher
from villagedesk.payments.usecases import post as post_alone
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk

DAY = date(2026, 1, 5)


@pytest.fixture
def given(desk: Desk) -> Advance:
    """1 000 yuan taken beforehand."""
    open_fund(desk)
    wanted = Advance(taker="赵主任", given_on=DAY, due_on=date(2026, 1, 20), amount_fen=1_000_00, purpose="买垃圾桶")
    return usecases.give_advance(desk, wanted)


def claim(desk: Desk, given: Advance, fen: int) -> Claim:
    return granted(desk, a_claim(grant_project(desk, f"清运{fen}"), fen, advance_id=given.id))


def test_the_voucher_settles_the_advance(desk: Desk, given: Advance) -> None:
    voucher = posting.post(desk, claim(desk, given, 700_00).id)
    (settled,) = desk.find(Settlement)
    assert (settled.voucher_id, settled.amount_fen, settled.settled_on) == (voucher.id, 700_00, voucher.posted_on)
    assert advance_line(desk, given.id).open_fen == 300_00


def test_no_more_is_settled_than_is_open(desk: Desk, given: Advance) -> None:
    posting.post(desk, claim(desk, given, 1_300_00).id)
    assert advance_line(desk, given.id).open_fen == 0


def test_an_advance_that_is_settled_pays_for_nothing_more(desk: Desk, given: Advance) -> None:
    usecases.settle_advance(desk, given.id, 1_000_00, DAY)
    late = claim(desk, given, 700_00)
    with pytest.raises(RuleViolation, match="已经结清"):
        posting.post(desk, late.id)
    assert desk.find(Voucher) == []
    assert desk.get(Claim, late.id).state is ClaimState.GRANTED


def test_a_claim_without_an_advance_is_posted_as_ever(desk: Desk) -> None:
    open_fund(desk)
    posting.post(desk, granted(desk, a_claim(grant_project(desk))).id)
    assert desk.find(Settlement) == []


def test_a_voucher_posted_alone_is_set_off_afterwards(desk: Desk, given: Advance) -> None:
    voucher = post_alone(desk, claim(desk, given, 700_00).id)
    settled = usecases.settle_by_voucher(desk, voucher.id)
    assert settled is not None
    assert settled.amount_fen == 700_00
    assert usecases.settle_by_voucher(desk, voucher.id) is None


def test_a_voucher_of_a_closed_month_is_set_off_today(desk: Desk, given: Advance, clock: SetClock) -> None:
    """The closed month stays as it was closed; what was taken beforehand is accounted for all the same."""
    granted_one = claim(desk, given, 300_00)
    resolve(desk, desk.get(Project, granted_one.project_id))
    voucher = post_alone(desk, granted_one.id)
    on(clock, 2, 3)
    closed(desk)
    settled = usecases.settle_by_voucher(desk, voucher.id)
    assert settled is not None
    assert (settled.settled_on, voucher.posted_on) == (date(2026, 2, 3), DAY)
    assert (altered_months(desk), advance_line(desk, given.id).open_fen) == ([], 700_00)
