"""A village's wish to open a month again, read and answered on the township's desk."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.closing.months import agreed, closed, on, paid, resolve
from tests.exchange.conftest import kept_offices, offices
from tests.exchange.offices import Offices
from tests.ui.exchange.pressing import Pressing, context, pressing, words
from tests.ui.opening import named, put_away, shown, top
from villagedesk.app.today import todos
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.clock import SetClock
from villagedesk.ledger.model import Reopening, ReopeningState
from villagedesk.projects.model import Project
from villagedesk.township.reopenings import waiting_reopenings
from villagedesk.township.store import waiting_claims
from villagedesk.township.usecases import give_verdict, rule_on_reopening
from villagedesk.ui.kit.dialogs import Question
from villagedesk.ui.kit.fields import LongTextField
from villagedesk.ui.pages import PAGES
from villagedesk.ui.township.columns import VILLAGES
from villagedesk.ui.township.page import TownshipPage
from villagedesk.ui.township.reopening import WishRecord

__all__ = ["kept_offices", "offices", "pressing"]
InDialog = Callable[[Callable[[QWidget], object]], None]


@pytest.fixture
def page(qtbot: QtBot, offices: Offices, pressing: Pressing) -> Iterator[TownshipPage]:
    """The page of the villages; 青山村 has closed January and asks to open it again."""
    village, clock = offices.village, offices.village.clock
    assert isinstance(clock, SetClock)
    (project,) = village.find(Project)
    resolve(village, project)
    paid(village, project)
    on(clock, 2, 3)
    agreed(village, closed(village))
    offices.take_up()
    made = TownshipPage(context(offices.township, pressing))
    qtbot.addWidget(made)
    shown(made, offices.township)
    yield made
    put_away(made)


def test_the_wish_stands_on_the_first_page_and_is_granted(
    page: TownshipPage, offices: Offices, in_dialog: InDialog
) -> None:
    assert "1份反结账申请等乡镇的意见" in [todo.words for todo in todos(offices.township)]
    page.look_at(offices.village.office_id)
    assert "还有1张报账单没有审核，1份反结账申请没有给意见。办完再写回执，意见就能一起带回去。" in words(page)
    named(page, "2026年1月反结账申请").trigger()
    assert isinstance(top(page), WishRecord)
    assert "漏记了一笔到账" in words(page)

    def accept(dialog: QWidget) -> None:
        assert isinstance(dialog, Question)
        dialog.accept()

    in_dialog(accept)
    named(page, "同意反结账").trigger()
    assert "2026年1月反结账申请" not in [action.text() for action in page.actions_now()]
    offices.take_down()
    assert offices.village.find(Reopening)[0].state is ReopeningState.GRANTED


def test_a_wish_that_waits_marks_its_village_and_the_pages_name_until_it_is_answered(
    page: TownshipPage, offices: Offices
) -> None:
    (badge,) = (spec.todo for spec in PAGES if spec.key == "township")
    assert badge
    state = [column.key for column in VILLAGES].index("state")

    def shown_state() -> object:
        return page.list.model.data(page.list.model.index(0, state))

    assert (shown_state(), badge(offices.township)) == ("1张待审核，1份反结账待批", 1)
    (claim,) = waiting_claims(offices.township)
    give_verdict(offices.township, claim.claim, Ruling.PASSED)
    page.refresh(None)
    assert (shown_state(), badge(offices.township)) == ("1份反结账待批", 1)
    (wish,) = waiting_reopenings(offices.township)
    rule_on_reopening(offices.township, wish.reopening, is_granted=True)
    assert (shown_state(), badge(offices.township)) == ("该写回执", 0)


def test_a_refusal_says_why(page: TownshipPage, offices: Offices, in_dialog: InDialog) -> None:
    page.look_at(offices.village.office_id)
    named(page, "2026年1月反结账申请").trigger()

    def write(dialog: QWidget) -> None:
        assert isinstance(dialog, Question)
        dialog.findChildren(LongTextField)[0].set_value("记到二月")
        dialog.accept()

    in_dialog(write)
    named(page, "不同意").trigger()
    offices.take_down()
    assert offices.village.find(Reopening)[0].state is ReopeningState.REFUSED
