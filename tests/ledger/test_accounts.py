"""Entries for the township: every voucher's debits are its credits, and every account says where it was read."""

from datetime import date
from itertools import groupby

import pytest

from tests.ledger import keeping
from villagedesk.kernel.dates import Period
from villagedesk.ledger import accounts
from villagedesk.ledger.model import CashMoveKind
from villagedesk.payments.model import PayWay
from villagedesk.storage.desk import Desk
from villagedesk.village.model import SOURCES

YEAR = Period(2026)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """A few of every kind of entry."""
    fund, own = keeping.open_fund(desk), keeping.open_fund(desk, source="村集体")
    project, roads = keeping.start_project(desk, fund), keeping.start_project(desk, own, "修路")
    keeping.begin(desk, fund, 500_00)
    keeping.arrive(desk, fund, 10_000_00, document="县财〔2026〕1号")
    wrong = keeping.arrive(desk, own, 3_000_00)
    keeping.unarrive(desk, wrong, keeping.DAY)
    keeping.move(desk, CashMoveKind.WITHDRAWN, 1_000_00)
    keeping.move(desk, CashMoveKind.DEPOSITED, 100_00)
    given = keeping.advance_to(desk, "赵主任", 300_00, pay_way=PayWay.CASH)
    keeping.pay(desk, project, 700_00)
    keeping.pay(desk, roads, 80_00, pay_way=PayWay.CASH)
    spent = keeping.pay(desk, project, 250_00, advance=given)
    keeping.hand_back(desk, given, 50_00, pay_way=PayWay.CASH)
    keeping.take_back(desk, spent, keeping.DAY)
    return desk


def test_every_entry_is_even(kept: Desk) -> None:
    lines = accounts.postings(kept, YEAR)
    for label, entry in groupby(lines, lambda one: (one.label, one.what)):
        both = list(entry)
        assert sum(one.debit_fen for one in both) == sum(one.credit_fen for one in both), label
        assert len(both) >= 2


def test_bank_and_cash_move_as_the_books_say(kept: Desk) -> None:
    from villagedesk.ledger.store import holdings

    lines, there = accounts.postings(kept, YEAR), holdings(kept, date(2026, 12, 31))
    moved = {
        name: sum(one.debit_fen - one.credit_fen for one in lines if one.account == name)
        for name in ("银行存款", "库存现金", "应收款")
    }
    opening = 500_00
    assert (moved["银行存款"] + opening, moved["库存现金"], moved["应收款"]) == (
        there.bank_fen, there.cash_fen, there.advanced_fen,
    )  # fmt: skip


def test_a_reversal_stands_in_red_on_the_same_sides(kept: Desk) -> None:
    lines = [one for one in accounts.postings(kept, YEAR) if one.what.startswith("冲销")]
    assert [(one.account, one.debit_fen, one.credit_fen) for one in lines] == [
        ("银行存款", -3_000_00, 0),
        ("内部往来", 0, -3_000_00),
        ("专项应付款", -250_00, 0),
        ("应收款", 0, -250_00),
    ]


def test_an_account_that_could_not_be_read_anywhere_says_so() -> None:
    chart = accounts.load()
    assert {name for name, one in chart.accounts.items() if not one.is_attested} == {
        "cash", "advances", "earmarked", "donations", "own", "spending",
    }  # fmt: skip
    assert all(one.source and (one.is_attested or "待县级口径确认" in one.source) for one in chart.accounts.values())
    assert "财会〔2023〕14号" in chart.source


def test_every_source_has_its_accounts() -> None:
    chart = accounts.load()
    assert set(chart.arrivals) == set(chart.payments) == set(SOURCES)


def test_a_chart_that_points_at_no_account_is_refused() -> None:
    data = {
        "name": "", "version": "", "source": "", "note": "", "as_of": date(2026, 1, 1), "accounts": {},
        "arrivals": {"县级补助": "nowhere"}, "payments": {},
    }  # fmt: skip
    with pytest.raises(KeyError, match="nowhere"):
        accounts.parse(data)
