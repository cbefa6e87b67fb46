"""The books on the screen: chosen by keyboard, with their balance, and the forms for cash and bank."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ledger import keeping
from tests.ui.opening import Went, form, opened, press, top
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind, Settlement, Statement, StatementKind
from villagedesk.ledger.store import advance_line, held
from villagedesk.oversight.checks import check
from villagedesk.payments.model import PayWay
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.dialogs import Question
from villagedesk.ui.kit.exporting import export_to
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.table import Listing
from villagedesk.ui.ledger.chooser import BOOKS
from villagedesk.ui.ledger.forms import ITEMS
from villagedesk.ui.ledger.income import IncomeView
from villagedesk.ui.ledger.money import MoneyView
from villagedesk.ui.ledger.page import LedgerPage
from villagedesk.village.model import Arrival, Fund, Opening
from villagedesk.village.usecases import sign_out

InDialog = Callable[[Callable[[QWidget], object]], None]


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """Two funds, two projects, a few payments, some cash."""
    county, own = keeping.open_fund(desk), keeping.open_fund(desk, source="村集体")
    lights, roads = keeping.start_project(desk, county), keeping.start_project(desk, own, "修路")
    keeping.arrive(desk, county, 10_000_00)
    keeping.arrive(desk, own, 3_000_00)
    keeping.move(desk, CashMoveKind.WITHDRAWN, 500_00)
    keeping.pay(desk, lights, 700_00)
    keeping.pay(desk, roads, 80_00, pay_way=PayWay.CASH, payee="王𬭎", purpose="误工")
    return desk


@pytest.fixture
def page(qtbot: QtBot, kept: Desk, went: Went) -> Iterator[LedgerPage]:
    """The page, refreshed after each change as the shell does."""
    yield from opened(qtbot, kept, LedgerPage, went)


def words(page: LedgerPage) -> str:
    return "\n".join(label.text() for label in top(page).findChildren(QLabel))


def lines(listing: Listing[Any]) -> list[tuple[str, ...]]:
    model = listing.model
    return [
        tuple(str(model.data(model.index(row, column)) or "") for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_the_bank_book_of_the_year_stands_first_with_its_balance(page: LedgerPage) -> None:
    assert [(line[1], line[5], line[6], line[7]) for line in lines(page.list)] == [
        ("收-1", "10,000.00", "", "10,000.00"),
        ("收-2", "3,000.00", "", "13,000.00"),
        ("付-1", "", "700.00", "12,300.00"),
        ("", "", "500.00", "11,800.00"),
    ]
    assert "期初 0.00 元　收入 13,000.00 元　支出 1,200.00 元　期末 11,800.00 元" in words(page)


def test_every_book_can_be_chosen(page: LedgerPage, kept: Desk) -> None:
    for choice in BOOKS:
        page.chooser.show_book(choice.id)
        assert page.list.model.rowCount() > 0, choice.label
    page.chooser.show_book("fund", kept.find(Fund, "source = '村集体'")[0].id)
    assert [line[7] for line in lines(page.list)] == ["3,000.00", "2,920.00"]
    page.chooser.show_book("project", kept.find(Project, "name = '修路'")[0].id)
    assert [line[6:] for line in lines(page.list)] == [("80.00", "80.00")]
    page.chooser.show_book("payee", "王𬭎")
    assert "以前 0.00 元　本期 80.00 元　累计 80.00 元" in words(page)


def test_a_line_keeps_its_balance_when_it_is_found_or_sorted(page: LedgerPage) -> None:
    page.list.filter.setText("灯头")
    page.list.reload()
    assert [line[7] for line in lines(page.list)] == ["12,300.00"]
    page.list.filter.setText("")
    page.list.model.load("", "out", descending=True)
    assert [line[7] for line in lines(page.list)][:2] == ["12,300.00", "11,800.00"]


def test_another_stretch_of_days_has_other_lines(page: LedgerPage) -> None:
    page.chooser.period.set_value("2026Q1")
    page.list.reload()
    assert page.list.model.rowCount() == 4
    assert page.chooser.stretch == Period.quarter(2026, 1)


def test_a_payment_opens_its_claim(page: LedgerPage, went: Went, kept: Desk) -> None:
    page.list.view.selectRow(2)
    page.list.opened.emit(2)
    assert went == [("payments", kept.value("SELECT claim_id FROM vouchers WHERE number = 1"))]


@pytest.mark.parametrize("verb", ["打印", "断号检查", "会计分录"])
def test_what_is_printed_is_shown(page: LedgerPage, verb: str) -> None:
    press(page, verb)
    assert isinstance(top(page), Preview)


def test_income_and_projects_lie_over_the_book(page: LedgerPage) -> None:
    press(page, "收支明细表")
    assert isinstance(top(page), IncomeView)
    assert "2026年县级补助" in words(page)
    press(page, "打印")
    assert isinstance(top(page), Preview)
    page.back()
    page.back()
    press(page, "项目台账")
    listing = top(page)
    assert isinstance(listing, Listing)
    assert [line[0] for line in lines(listing)] == ["路灯维修", "修路"]
    listing.opened.emit(listing.model.id_at(0))
    assert isinstance(top(page), Preview)


def test_a_book_is_written_for_excel(page: LedgerPage, tmp_path: Path, qtbot: QtBot, in_dialog: InDialog) -> None:
    told: list[bool] = []
    in_dialog(lambda over: told.append(over.close()))
    export_to(page, "银行存款日记账 2026", page._book, tmp_path)
    qtbot.waitUntil(lambda: bool(told))
    assert [len(list(tmp_path.glob(kind))) for kind in ("*.csv", "*.xlsx")] == [1, 1]


def test_cash_and_bank_are_figures_with_what_stands_open(page: LedgerPage) -> None:
    press(page, "银行、现金")
    assert isinstance(top(page), MoneyView)
    shown = words(page)
    assert "11,800.00" in shown
    assert "420.00" in shown
    assert "还没有对过账" in shown


def test_cash_is_written_down_and_shown(page: LedgerPage, kept: Desk) -> None:
    page.show_money()
    press(page, "提取现金")
    form(page).set_values({"amount_fen": 1_000_00, "document": "现支01"})
    assert form(page).try_save()
    assert isinstance(top(page), MoneyView)
    assert "1,420.00" in words(page)
    assert len(kept.find(CashMove)) == 2


def test_cash_that_is_not_there_is_not_put_in_the_bank(page: LedgerPage, kept: Desk) -> None:
    page.show_money()
    press(page, "存入银行")
    form(page).set_values({"amount_fen": 420_01})
    assert not form(page).try_save()
    assert "现金账上没有这么多" in words(page)
    assert held(kept, Book.CASH, keeping.DAY) == 420_00


def test_an_advance_is_given_and_handed_back(page: LedgerPage, kept: Desk) -> None:
    page.show_money()
    press(page, "预借")
    form(page).set_values({"taker": "赵主任", "purpose": "买灯头", "amount_fen": 300_00})
    assert form(page).try_save()
    assert "赵主任　买灯头　还有 300.00 元" in words(page)
    (line,) = kept.find(Advance)
    page._settle(advance_line(kept, line.id))
    assert form(page).try_save()
    assert [one.amount_fen for one in kept.find(Settlement)] == [300_00]
    assert "没有人借着钱" in words(page)


def test_a_voucher_that_left_its_advance_open_is_set_off_where_the_check_of_the_books_leads(
    page: LedgerPage, kept: Desk, in_dialog: InDialog
) -> None:
    given = keeping.advance_to(kept, "赵主任", 300_00)
    voucher = keeping.pay(kept, kept.find(Project)[0], 340_00, advance=given, sets_off=False)
    (finding,) = [one for one in check(kept) if one.code == "oversight.advance_not_set_off"]
    assert finding.message.endswith("请在“收支账”的【银行、现金】里点【结清预借】。")
    page.look_at(finding.place.removeprefix("ledger:"))
    assert "凭证2026年第3号　路灯灯头　340.00 元" in words(page)
    asked: list[str] = []

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, Question)
        asked.append("".join(label.text() for label in dialog.findChildren(QLabel)))
        dialog.accept()

    in_dialog(answer)
    next(one for one in top(page).findChildren(QPushButton) if one.text() == "结清预借").click()
    assert "结清赵主任的预借300.00元，日期照凭证记在2026-01-05" in asked[0]
    (settled,) = kept.find(Settlement)
    assert (settled.voucher_id, settled.amount_fen) == (voucher.id, 300_00)
    assert "结清预借" not in [one.text() for one in top(page).findChildren(QPushButton)]
    assert not [one for one in check(kept) if one.code == "oversight.advance_not_set_off"]


def test_an_empty_count_is_printed_to_take_to_the_box(page: LedgerPage) -> None:
    page.show_money()
    press(page, "空白盘点表")
    assert isinstance(top(page), Preview)
    assert page.title_now() == "空白盘点表"


def test_the_count_is_summed_as_it_is_typed(
    page: LedgerPage, kept: Desk, type_in: Callable[[QWidget, str], None]
) -> None:
    page.show_money()
    press(page, "现金盘点")
    counting = form(page)
    for value, number in ((10_000, "4"), (1_000, "2")):
        type_in(counting.fields[f"count_{value}"].editor, number)
    assert "点得 420.00 元（人民币肆佰贰拾元整），账面 420.00 元：账实相符。" in words(page)
    assert not counting.try_save()
    assert "现金盘点要有人监盘" in words(page)
    counting.set_values({"witness": "周监督"})
    assert counting.try_save()
    (stated,) = kept.find(Statement)
    assert (stated.kind, stated.amount_fen, stated.witness) == (StatementKind.CASH, 420_00, "周监督")


def test_a_bank_statement_is_held_against_the_books(page: LedgerPage, kept: Desk) -> None:
    page.show_money()
    press(page, "银行对账")
    stating = form(page)
    stating.set_values({"amount_fen": 12_000_00})
    assert not stating.try_save()
    assert "还多200.00元没有说明" in words(page)
    stating.set_values({"side_0": "books_out", "what_0": "付灯头", "since_0": date(2026, 1, 5), "fen_0": 200_00})
    assert stating.try_save()
    assert ITEMS >= 1
    page.look_at(kept.find(Statement)[0].id)
    assert "相差 200.00 元，有未达账项或说明" in words(page)
    page._show_statement(kept.find(Statement)[0])
    assert isinstance(top(page), Preview)


def test_what_a_fund_begins_with_is_written_down(page: LedgerPage, kept: Desk) -> None:
    press(page, "登记期初余额")
    fund = kept.find(Fund, "source = '村集体'")[0]
    form(page).set_values({"fund_id": fund.id, "amount_fen": 120_00, "opened_on": date(2026, 1, 1)})
    assert not form(page).try_save()
    assert "请写明期初余额的依据" in words(page)
    form(page).set_values({"document": "2025年总账第12页"})
    assert form(page).try_save()
    assert lines(page.list)[0][2:] == ("期初余额", "", "2026年村集体", "120.00", "", "120.00")


def test_what_is_left_is_carried_to_the_next_year_only(page: LedgerPage, kept: Desk, clock: SetClock) -> None:
    later, other = keeping.open_fund(kept, 2027, "村集体"), keeping.open_fund(kept, 2027)
    clock.set(datetime(2027, 1, 4, 9, 0, tzinfo=CHINA))
    press(page, "结转下年")
    own = kept.find(Fund, "source = '村集体' AND year = 2026")[0]
    form(page).set_values({"from_fund_id": own.id, "to_fund_id": other.id, "opened_on": date(2026, 12, 31)})
    assert not form(page).try_save()
    assert "严禁平调" in words(page)
    form(page).set_values({"to_fund_id": later.id})
    assert form(page).try_save()
    assert [one.amount_fen for one in kept.find(Opening)] == [2_920_00]


def test_a_wrong_arrival_is_taken_back_in_red(page: LedgerPage, kept: Desk, in_dialog: InDialog) -> None:
    def give_reason(over: QWidget) -> None:
        assert isinstance(over, QDialog)
        over.findChildren(QPlainTextEdit)[0].setPlainText("多记了一笔")
        over.accept()

    keeping.arrive(kept, kept.find(Fund)[1], 50_00)
    row = [line[1] for line in lines(page.list)].index("收-3")
    page.list.view.selectRow(row)
    in_dialog(give_reason)
    press(page, "冲销到账")
    red = next(line for line in lines(page.list) if line[1] == "收-4")
    assert (red[2], red[5]) == ("冲销：资金到账（多记了一笔）", "-50.00")


def test_a_payment_is_not_taken_back_here(page: LedgerPage, kept: Desk, in_dialog: InDialog) -> None:
    page.list.view.selectRow(2)
    said: list[str] = []

    def read(over: QWidget) -> None:
        said.extend(label.text() for label in over.findChildren(QLabel))
        over.close()

    in_dialog(read)
    press(page, "冲销到账")
    assert any("请打开它的报账单再冲销" in words for words in said)
    assert len(kept.find(Arrival)) == 2


def test_nobody_writes_without_signing_in(page: LedgerPage, kept: Desk) -> None:
    sign_out(kept)
    page.show_money()
    press(page, "提取现金")
    assert isinstance(top(page), MoneyView)


def test_another_page_points_at_a_book(page: LedgerPage, kept: Desk) -> None:
    fund = kept.find(Fund, "source = '村集体'")[0]
    page.look_at(f"fund:{fund.id}")
    assert page.chooser.book.value() == "fund"
    assert page.chooser.subject.value() == fund.id


def test_the_keyboard_reaches_the_choices(page: LedgerPage, qtbot: QtBot) -> None:
    page.chooser.book.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.chooser.book.editor.hasFocus() or page.chooser.book.focusProxy() is page.chooser.book.editor
