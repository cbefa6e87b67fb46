"""However money came and went, and wherever days are cut: opening and what came, less what went, is what is left."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger import keeping
from tests.village_fixtures import Founded
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.ledger import books
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import CashMoveKind
from villagedesk.ledger.store import fund_sums, held, holdings, month_sums
from villagedesk.payments.model import PayWay
from villagedesk.storage.desk import Desk
from villagedesk.village import purse
from villagedesk.village.model import Purse
from villagedesk.village.store import fund_balance

FIRST, LAST = date(2025, 11, 1), date(2026, 4, 30)
DAYS = st.dates(FIRST, LAST)
FEN = st.integers(1, 500_000)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), FEN, DAYS, st.integers(0, 1)),
        st.tuples(st.just("arrive"), FEN, DAYS, st.integers(0, 1)),
        st.tuples(st.just("unarrive"), FEN, DAYS, st.integers(0, 9)),
        st.tuples(st.just("pay"), FEN, DAYS, st.integers(0, 5)),
        st.tuples(st.just("reverse"), FEN, DAYS, st.integers(0, 9)),
        st.tuples(st.just("move"), FEN, DAYS, st.integers(0, 1)),
        st.tuples(st.just("advance"), FEN, DAYS, st.integers(0, 1)),
        st.tuples(st.just("spend"), FEN, DAYS, st.integers(0, 9)),
        st.tuples(st.just("back"), FEN, DAYS, st.integers(0, 9)),
        st.tuples(st.just("carry"), FEN, DAYS, st.integers(0, 1)),
    ),
    min_size=1,
    max_size=14,
)


@contextmanager
def _fresh(founded: Founded, room: Path) -> Iterator[Desk]:
    """青山村's desk once more, for one example."""
    folder = room / "例"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(founded.folder, folder)
    clock = SetClock(founded.moment.astimezone(CHINA))
    with Desk.open(folder, clock=clock) as desk:
        desk.actor = founded.actor
        yield desk


class _Life:
    """Does what an example says; what cannot be done in it is left out."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.funds = [keeping.open_fund(desk, year) for year in (2025, 2026)]
        self.projects = [keeping.start_project(desk, fund, f"项目{fund.year}") for fund in self.funds]
        self.vouchers: list[Any] = []
        self.arrivals: list[Any] = []
        self.advances: list[Any] = []

    def begin(self, fen: int, day: date, which: int) -> None:
        keeping.begin(self.desk, self.funds[which], fen, day)

    def carry(self, fen: int, day: date, which: int) -> None:
        del which
        keeping.begin(self.desk, self.funds[1], fen, day, self.funds[0])

    def arrive(self, fen: int, day: date, which: int) -> None:
        self.arrivals.append(keeping.arrive(self.desk, self.funds[which], fen, day))

    def unarrive(self, fen: int, day: date, which: int) -> None:
        del fen, day
        if self.arrivals:
            keeping.unarrive(self.desk, self.arrivals.pop(which % len(self.arrivals)), LAST)

    def pay(self, fen: int, day: date, which: int, advance: Any = None) -> None:
        project, way = self.projects[which % 2], list(PayWay)[which % 3]
        self.vouchers.append(keeping.pay(self.desk, project, fen, day, way, advance, payee=f"商店{which}"))

    def reverse(self, fen: int, day: date, which: int) -> None:
        del fen
        if self.vouchers:
            wrong = self.vouchers.pop(which % len(self.vouchers))
            keeping.take_back(self.desk, wrong, max(day, wrong.posted_on))

    def move(self, fen: int, day: date, which: int) -> None:
        keeping.move(self.desk, list(CashMoveKind)[which], fen, day)

    def advance(self, fen: int, day: date, which: int) -> None:
        way = (PayWay.TRANSFER, PayWay.CASH)[which]
        self.advances.append(keeping.advance_to(self.desk, "赵主任", fen, day, way))

    def spend(self, fen: int, day: date, which: int) -> None:
        if self.advances:
            advance = self.advances.pop(which % len(self.advances))
            self.pay(fen, max(day, advance.given_on), which, advance)

    def back(self, fen: int, day: date, which: int) -> None:
        if self.advances:
            advance = self.advances.pop(which % len(self.advances))
            keeping.hand_back(self.desk, advance, min(fen, advance.amount_fen), max(day, advance.given_on))


def _live(desk: Desk, deeds: list[tuple[Any, ...]]) -> None:
    life = _Life(desk)
    for deed, fen, day, which in deeds:
        getattr(life, deed)(fen, day, which)


many_books = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@given(DEEDS, st.lists(DAYS, min_size=1, max_size=4))
@many_books
def test_any_cut_into_periods_tells_the_same(
    founded: Founded, tmp_path: Path, deeds: list[tuple[Any, ...]], cuts: list[date]
) -> None:
    with _fresh(founded, tmp_path) as desk:
        _live(desk, deeds)
        firsts = sorted({FIRST, *cuts})
        lasts = [day - timedelta(days=1) for day in firsts[1:]] + [LAST]
        for book in Book:
            whole = books.day_book(desk, book, FIRST, LAST)
            parts = [books.day_book(desk, book, first, last) for first, last in zip(firsts, lasts, strict=True)]
            before = whole.totals.opening_fen
            for part in parts:
                sums = part.totals
                assert sums.opening_fen == before
                assert sums.opening_fen + sums.in_fen - sums.out_fen == sums.closing_fen
                assert sums.closing_fen == held(desk, book, part.last)
                before = sums.closing_fen
            assert [*whole.keys] == [key for part in parts for key in part.keys]
            assert [*whole.balances] == [fen for part in parts for fen in part.balances]


@given(DEEDS, st.integers(1, 5))
@many_books
def test_page_by_page_the_lines_make_the_balance(
    founded: Founded, tmp_path: Path, deeds: list[tuple[Any, ...]], size: int
) -> None:
    with _fresh(founded, tmp_path) as desk:
        _live(desk, deeds)
        for book in Book:
            run = books.day_book(desk, book, FIRST, LAST)
            left = run.totals.opening_fen
            for start in range(0, len(run), size):
                page = books.entries(desk, run, range(start, min(start + size, len(run))))
                for entry in page:
                    left += entry.in_fen - entry.out_fen
                    assert entry.balance_fen == left
            assert left == run.totals.closing_fen


@given(DEEDS, DAYS, DAYS)
@many_books
def test_the_ledgers_make_the_day_books(
    founded: Founded, tmp_path: Path, deeds: list[tuple[Any, ...]], one: date, other: date
) -> None:
    """What the funds hold lies in the bank, in the cash box, or with somebody who took an advance."""
    first, last = sorted((one, other))
    with _fresh(founded, tmp_path) as desk:
        _live(desk, deeds)
        funds = [books.fund_ledger(desk, fund, first, last) for (fund,) in desk.rows("SELECT id FROM funds")]
        for run in funds:
            sums = run.totals
            assert sums.opening_fen + sums.in_fen - sums.out_fen == sums.closing_fen
        assert sum(run.totals.closing_fen for run in funds) == holdings(desk, last).total_fen
        assert sum(one.closing_fen for one in fund_sums(desk, first, last)) == holdings(desk, last).total_fen
        projects = [books.project_ledger(desk, row[0], first, last) for row in desk.rows("SELECT id FROM projects")]
        payees = [
            books.payee_ledger(desk, row[0], first, last) for row in desk.rows("SELECT DISTINCT payee FROM vouchers")
        ]
        paid = int(desk.value("SELECT coalesce(sum(amount_fen), 0) FROM vouchers WHERE posted_on BETWEEN ? AND ?",
                              [first.isoformat(), last.isoformat()]))  # fmt: skip
        for runs in (projects, payees):
            assert sum(run.totals.out_fen for run in runs) == paid
            assert all(run.totals.opening_fen + run.totals.out_fen == run.totals.closing_fen for run in runs)


@given(DEEDS)
@many_books
def test_a_month_begins_with_what_the_one_before_ended_with(
    founded: Founded, tmp_path: Path, deeds: list[tuple[Any, ...]]
) -> None:
    """What is begun with or carried on a month's first day counts with its opening, so only then they differ."""
    with _fresh(founded, tmp_path) as desk:
        _live(desk, [deed for deed in deeds if not (deed[0] in {"begin", "carry"} and deed[2].day == 1)])
        months = [Period(2025, 11, 1), Period(2025, 12, 1), *(Period(2026, month, 1) for month in range(1, 5))]
        before = 0
        for month in months:
            sums = month_sums(desk, month)
            assert sums.totals.opening_fen == before
            assert sums.totals.closing_fen == sums.holdings.total_fen
            before = sums.totals.closing_fen


@given(DEEDS, DAYS)
@many_books
def test_the_least_there_is_from_a_day_on_is_what_the_books_say(
    founded: Founded, tmp_path: Path, deeds: list[tuple[Any, ...]], day: date
) -> None:
    """Also when it was asked before and remembered, and for each fund."""
    days = sorted({day, LAST, *(one for deed in deeds for one in deed if isinstance(one, date) and one > day)})
    with _fresh(founded, tmp_path) as desk:
        life = _Life(desk)
        for deed, fen, on, which in deeds:
            getattr(life, deed)(fen, on, which)
            for book in Book:
                assert purse.lowest(desk, Purse(book), day) == min(held(desk, book, one) for one in days)
        for fund in life.funds:
            left = [
                sum(sums.closing_fen for sums in fund_sums(desk, one, one) if sums.fund.id == fund.id) for one in days
            ]
            assert purse.lowest_of_fund(desk, fund_balance(desk, fund.id), day) == min(left)


@pytest.mark.parametrize("book", list(Book))
def test_a_book_without_entries_is_empty(desk: Desk, book: Book) -> None:
    run = books.day_book(desk, book, FIRST, LAST)
    assert (len(run), run.totals.closing_fen, books.entries(desk, run)) == (0, 0, [])
