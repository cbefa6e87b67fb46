"""The bank's statement on the screen: what failed or came back stands in it already, as of the statement's day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ledger.test_returned import at, posted, sent
from tests.payroll.posts import ANSWER, REGISTER, in_april, the_quarter
from villagedesk.kernel.clock import SetClock
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import Statement, UncashedSide
from villagedesk.ledger.store import held, uncashed_of
from villagedesk.payroll.usecases import take_in_return
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.form import Form
from villagedesk.ui.ledger.forms import ITEMS, bank_form
from villagedesk.village.usecases import import_people


@pytest.fixture
def kept(desk: Desk, clock: SetClock, tmp_path: Path) -> Desk:
    """A quarter's pay booked on 9 April, of whom the bank could not pay two; it is 12 April."""
    in_april(clock)
    import_people(desk, REGISTER)
    payroll, claim = the_quarter(desk)
    sent(desk, payroll, tmp_path)
    posted(desk, claim, at(clock, 4, 9))
    at(clock, 4, 10)
    take_in_return(desk, ANSWER)
    at(clock, 4, 12)
    return desk


@pytest.fixture
def form(qtbot: QtBot, kept: Desk) -> Iterator[Form]:
    made = bank_form(kept)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    yield made
    made.forget()  # its timers must not look at a closed desk


def edit(form: Form, **values: object) -> None:
    for name, value in values.items():
        form.fields[name].set_value(value)
        form.fields[name].edited.emit()


def words(form: Form) -> str:
    return "\n".join(label.text() for label in form.findChildren(QLabel))


def written(form: Form) -> list[str]:
    return [name for name, value in form.values().items() if name.startswith("what_") and value]


def shown(form: Form) -> int:
    return sum(field.isVisibleTo(form) for name, field in form.fields.items() if name.startswith("what_"))


def test_what_failed_stands_there_and_the_statement_ties(form: Form, kept: Desk) -> None:
    assert "没有发成的和退票的，已经照报酬的回盘填在下面" in words(form)
    assert not form.is_changed
    assert (len(written(form)), shown(form)) == (2, 3)
    assert ITEMS < 3
    open_fen = sum(form.fields[f"fen_{place}"].value() for place in range(2))
    edit(form, amount_fen=held(kept, Book.BANK, date(2026, 4, 12)) + open_fen)
    assert form.findings() == []
    assert "对账以后两边相等" in words(form)
    assert form.try_save()
    items = uncashed_of(kept, kept.find(Statement)[0].id)
    assert [item.side for item in items] == [UncashedSide.BOOKS_OUT] * 2
    assert all("没有发成，待补发" in item.what for item in items)


def test_another_day_has_other_items_until_one_is_changed_by_hand(form: Form) -> None:
    edit(form, stated_on=date(2026, 4, 9))
    assert written(form) == []
    assert "已经照报酬的回盘" not in words(form)
    edit(form, stated_on=date(2026, 4, 11))
    assert len(written(form)) == 2
    edit(form, what_1="银行说已经补发")
    edit(form, stated_on=date(2026, 4, 9))
    assert form.fields["what_1"].value() == "银行说已经补发"


def test_there_is_always_room_for_one_more(form: Form) -> None:
    for place in range(2, 7):
        edit(form, **{f"what_{place}": "手续费"})
    assert shown(form) == 8
