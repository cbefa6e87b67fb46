"""The books on paper: approved word for word, and carried from page to page with their balance."""

from datetime import date
from pathlib import Path

import pytest

from tests.golden import assert_golden
from tests.ledger import keeping
from villagedesk.kernel.dates import Period
from villagedesk.ledger import accounts, books, cashsheets, ledgers, sheets, store
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import CashMoveKind, Statement, StatementKind, Uncashed, UncashedSide
from villagedesk.ledger.numbers import number_report
from villagedesk.payments.model import PayWay
from villagedesk.projects.model import Contract, ContractKind, Inspection, InspectionKind, Project
from villagedesk.reports.sheet import Facts, Sheet, Table
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.store import office

GOLDEN = Path(__file__).parent / "golden"
MARCH = Period(2026, 3, 1)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """A quarter with every kind of entry."""
    fund, before = keeping.open_fund(desk), keeping.open_fund(desk, 2025)
    project = keeping.start_project(desk, fund)
    keeping.arrive(desk, before, 2_000_00, date(2025, 12, 30), "荣财农〔2025〕9号")
    keeping.begin(desk, fund, 2_000_00, date(2026, 3, 2), before)
    keeping.arrive(desk, fund, 30_000_00, date(2026, 2, 3), "县财农〔2026〕1号")
    wrong = keeping.arrive(desk, fund, 500_00, date(2026, 3, 3))
    keeping.unarrive(desk, wrong, date(2026, 3, 4))
    keeping.move(desk, CashMoveKind.WITHDRAWN, 1_000_00, date(2026, 3, 5))
    given = keeping.advance_to(desk, "赵主任", 600_00, date(2026, 3, 6))
    keeping.pay(desk, project, 88_50, date(2026, 3, 9), PayWay.CASH, payee="王𬭎", purpose="抬电杆误工")
    keeping.pay(desk, project, 450_00, date(2026, 3, 12), advance=given)
    keeping.hand_back(desk, given, 100_00, date(2026, 3, 13), PayWay.CASH)
    red = keeping.pay(desk, project, 1_200_00, date(2026, 3, 16))
    keeping.take_back(desk, red, date(2026, 3, 18))
    keeping.move(desk, CashMoveKind.DEPOSITED, 300_00, date(2026, 3, 20))
    with desk.change("test.works") as change:
        change.put(
            Contract(
                project_id=project.id, kind=ContractKind.WORKS, party="双石镇宏达工程队", scope="更换灯头40个", standard="",
                amount_fen=4_000_00, pay_cycle="一次", signed_on=date(2026, 3, 1), first_day=date(2026, 3, 1),
                last_day=date(2026, 6, 1),
            )
        )  # fmt: skip
        change.put(
            Inspection(
                project_id=project.id, kind=InspectionKind.INSPECTION, inspected_on=date(2026, 3, 25), score=92,
                is_passed=True, inspectors="周监督、吴代表", note="亮灯38盏",
            )
        )  # fmt: skip
    return desk


def book(desk: Desk, which: Book) -> Sheet:
    run = books.day_book(desk, which, MARCH.first, MARCH.last)
    return sheets.book_sheet(office(desk), which.label, MARCH.label, books.entries(desk, run), run.totals)


@pytest.mark.parametrize("which", list(Book))
def test_a_day_book(kept: Desk, which: Book) -> None:
    assert_golden(book(kept, which), GOLDEN / f"day-book-{which}.txt")


def test_a_funds_ledger(kept: Desk) -> None:
    (fund,) = kept.find(Fund, "year = 2026")
    run = books.fund_ledger(kept, fund.id, MARCH.first, MARCH.last)
    title = "资金明细账：2026年县级补助"
    sheet = sheets.book_sheet(office(kept), title, MARCH.label, books.entries(kept, run), run.totals)
    assert_golden(sheet, GOLDEN / "fund-ledger.txt")


def test_a_payees_ledger(kept: Desk) -> None:
    run = books.payee_ledger(kept, "双石镇兴旺电器", date(2026, 3, 15), MARCH.last)
    sheet = sheets.spending_sheet(
        office(kept), "收款人明细账：双石镇兴旺电器", MARCH.label, books.entries(kept, run), run.totals
    )
    assert_golden(sheet, GOLDEN / "payee-ledger.txt")


def test_income_and_spending_of_a_month(kept: Desk) -> None:
    assert_golden(sheets.income_sheet(office(kept), ledgers.income(kept, MARCH)), GOLDEN / "income.txt")


def test_the_register_of_projects(kept: Desk) -> None:
    lines = ledgers.project_lines(kept, MARCH)
    assert_golden(sheets.projects_sheet(office(kept), MARCH, lines), GOLDEN / "projects.txt")


def test_the_card_of_a_project(kept: Desk) -> None:
    (project,) = kept.find(Project)
    card = ledgers.project_card(kept, project.id, MARCH)
    assert_golden(sheets.project_sheet(office(kept), card, MARCH.last), GOLDEN / "project.txt")


def test_a_project_that_is_not_there_has_no_card(kept: Desk) -> None:
    with pytest.raises(KeyError):
        ledgers.project_card(kept, "nowhere", MARCH)


def test_the_check_of_numbers(kept: Desk) -> None:
    assert_golden(sheets.numbers_sheet(office(kept), number_report(kept), date(2026, 4, 1)), GOLDEN / "numbers.txt")


def test_the_advances(kept: Desk) -> None:
    day = date(2027, 1, 5)
    assert_golden(sheets.advances_sheet(office(kept), day, store.advance_lines(kept, day)), GOLDEN / "advances.txt")


def test_the_entries_for_the_township(kept: Desk) -> None:
    chart = accounts.load()
    lines = accounts.postings(kept, MARCH, chart)
    assert_golden(cashsheets.postings_sheet(office(kept), MARCH, lines, chart), GOLDEN / "postings.txt")


def test_what_brings_bank_and_books_together(kept: Desk) -> None:
    stated = Statement(kind=StatementKind.BANK, stated_on=MARCH.last, amount_fen=31_000_00, books_fen=30_700_00)
    items = [
        Uncashed(side=UncashedSide.BOOKS_OUT, what="付灯头", since=date(2026, 3, 30), amount_fen=340_00),
        Uncashed(side=UncashedSide.BANK_OUT, what="手续费", since=date(2026, 3, 31), amount_fen=40_00),
    ]
    assert_golden(cashsheets.reconciliation_sheet(office(kept), stated, items), GOLDEN / "reconciliation.txt")


def test_the_count_of_the_cash_box(kept: Desk) -> None:
    stated = Statement(
        kind=StatementKind.CASH, stated_on=MARCH.last, amount_fen=711_00, books_fen=711_50, witness="周监督",
        counted='{"10000": 7, "1000": 1, "100": 1}', note="找零差五角，由经手人补足",
    )  # fmt: skip
    assert_golden(cashsheets.cash_count_sheet(office(kept), stated), GOLDEN / "cash-count.txt")


def test_an_empty_count_is_a_form(kept: Desk) -> None:
    sheet = cashsheets.blank_count_sheet(office(kept), 711_50, MARCH.last)
    (table,) = [block for block in sheet.blocks if isinstance(block, Table)]
    assert (table.rows[0], table.rows[-1]) == (("100元", "", ""), ("合计", "", "")), "the sums have room of their own"
    assert not table.total
    (facts,) = [dict(block.rows) for block in sheet.blocks if isinstance(block, Facts)]
    filled = cashsheets.cash_count_sheet(
        office(kept), Statement(kind=StatementKind.CASH, stated_on=MARCH.last, amount_fen=0, note="短")
    )
    (asked,) = [dict(block.rows) for block in filled.blocks if isinstance(block, Facts)]
    assert facts.keys() == asked.keys(), "what the finished paper says is asked for"


def test_a_long_book_carries_sums_and_balance_from_page_to_page(desk: Desk) -> None:
    """Each page begins with what came and went so far and with the balance the page before ended with."""
    from villagedesk.reports.carried import running_sums

    project = keeping.start_project(desk, keeping.open_fund(desk))
    keeping.arrive(desk, desk.find(Fund)[0], 1_000_00)
    for place in range(60):
        keeping.pay(desk, project, 100 + place)
    year = Period(2026)
    run = books.day_book(desk, Book.BANK, year.first, year.last)
    sheet = sheets.book_sheet(office(desk), "银行存款日记账", "2026年", books.entries(desk, run), run.totals)
    (table,) = [block for block in sheet.blocks if isinstance(block, Table)]
    sums = running_sums(table)
    for row, (came, went, balance) in zip(table.rows, (line[-3:] for line in sums), strict=True):
        assert balance == row[-1]
        assert balance == _yuan(_fen(came) - _fen(went))
    assert sums[-1][-1] == table.total[-1]


def _fen(written: str) -> int:
    from villagedesk.kernel.money import parse_yuan

    return parse_yuan(written) if written else 0


def _yuan(fen: int) -> str:
    from villagedesk.kernel.money import yuan

    return yuan(fen)
