"""结账, pressed as the accountant, the finance group and the head press it, on a real desk."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.closing.months import EXCUSE, a_month, agreed, closed, prepared, reopened, stands
from tests.money.stranger import forge, guards_down, insert, row_of
from tests.payments.paying import as_
from tests.ui.opening import Went, named, offered, opened, top
from villagedesk.closing.model import MonthState
from villagedesk.kernel.clock import SetClock
from villagedesk.ledger.model import Reopening, ReopeningState
from villagedesk.storage.desk import Desk
from villagedesk.ui.closing.months import ALTERED
from villagedesk.ui.closing.page import ClosingPage
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.dialogs import Question
from villagedesk.ui.kit.fields import LongTextField
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.pages import PAGES

InDialog = Callable[[Callable[[QWidget], object]], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, clock: SetClock, went: Went) -> Iterator[ClosingPage]:
    """The page, refreshed after each change as the shell does; January waits to be closed."""
    a_month(desk, clock)
    yield from opened(qtbot, desk, ClosingPage, went)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.text())


def press(page: ClosingPage, accessible: str) -> None:
    buttons = top(page).findChildren(QPushButton)
    next(one for one in buttons if one.accessibleName().startswith(accessible)).click()


def say_yes(dialog: QWidget) -> None:
    assert isinstance(dialog, Question)
    dialog.accept()


def yes_then(look: Callable[[QWidget], None], in_dialog: InDialog) -> Callable[[QWidget], None]:
    """Say yes to a question and look at what is told next."""

    def act(dialog: QWidget) -> None:
        say_yes(dialog)
        in_dialog(look)

    return act


def write(text: str) -> Callable[[QWidget], None]:
    def act(dialog: QWidget) -> None:
        (field,) = dialog.findChildren(LongTextField)
        field.set_value(text)
        say_yes(dialog)

    return act


def test_the_page_stands_in_the_registry() -> None:
    keys = [spec.key for spec in PAGES]
    assert keys.index("payments") < keys.index("closing") < keys.index("disclosure")


def test_the_months_stand_as_cards_with_what_is_next(page: ClosingPage) -> None:
    said = texts(top(page))
    assert "2026年1月：可以结账。应在2月10日前结账。" in said
    assert "过完2月再结账。" in said
    press(page, "2026年1月：去结账")
    assert page.title_now() == "2026年1月结账"
    assert offered(page) == ["办结账"]


def test_each_thing_to_see_to_leads_to_its_place(page: ClosingPage, went: Went) -> None:
    page.look_at("2026-01")
    assert "结账清单：还有" in texts(top(page))
    press(page, "去办：2026年1月的银行存款没有和银行对账单核对。")
    press(page, "去办：2026-1号凭证")
    assert went[0] == ("ledger", "")
    assert went[1][0] == "payments"
    assert went[1][1]


def test_the_accountant_makes_ready_and_another_closes(
    qtbot: QtBot, page: ClosingPage, desk: Desk, in_dialog: InDialog
) -> None:
    page.look_at("2026-01")
    in_dialog(write(EXCUSE))
    named(page, "办结账").trigger()
    assert stands(desk).state is MonthState.PREPARED
    assert offered(page) == ["重新办结账", "确认结账"]
    refused: list[str] = []

    def look(dialog: QWidget) -> None:
        refused.append(texts(dialog))
        say_yes(dialog)

    in_dialog(yes_then(look, in_dialog))
    named(page, "确认结账").trigger()
    qtbot.waitUntil(lambda: bool(refused))
    assert "这一步由村主要负责人、民主理财小组办理" in refused[0]
    as_(desk, "钱组长")
    done = refused
    done.clear()
    in_dialog(yes_then(look, in_dialog))
    named(page, "确认结账").trigger()
    qtbot.waitUntil(lambda: bool(done), timeout=15_000)
    assert "账关上了" in done[0]
    assert stands(desk).state is MonthState.CLOSED
    assert offered(page) == ["申请反结账"]
    assert EXCUSE in texts(top(page))


def test_the_kept_papers_are_shown(page: ClosingPage, desk: Desk) -> None:
    closed(desk)
    page.look_at("2026-01")
    press(page, "看结账单")
    preview = top(page)
    assert isinstance(preview, Preview)
    assert page.title_now() == "2026年1月结账单"


def test_a_closed_month_is_asked_for_agreed_and_told(page: ClosingPage, desk: Desk, in_dialog: InDialog) -> None:
    closing = closed(desk)
    page.look_at("2026-01")
    named(page, "申请反结账").trigger()
    form = top(page)
    assert isinstance(form, Form)
    assert not form.try_save()
    form.set_values({"reason": "漏记了一笔到账", "days": 4})
    assert form.try_save()
    assert offered(page) == ["打印申请表", "不同意", "同意反结账"]
    named(page, "打印申请表").trigger()
    assert isinstance(top(page), Preview)
    page.back()
    as_(desk, "赵主任")
    in_dialog(say_yes)
    named(page, "同意反结账").trigger()
    (wish,) = desk.find(Reopening)
    assert (wish.state, wish.days, wish.closing_id) == (ReopeningState.AGREED, 4, closing.id)
    assert "漏记了一笔到账" in texts(top(page))
    assert offered(page) == ["打印申请表"]


def test_the_head_may_refuse_with_a_reason(page: ClosingPage, desk: Desk, in_dialog: InDialog) -> None:
    from villagedesk.closing.usecases import ask_reopening

    ask_reopening(desk, closed(desk).id, "漏记", 3)
    page.look_at("2026-01")
    as_(desk, "赵主任")
    in_dialog(write("记到二月"))
    named(page, "不同意").trigger()
    assert desk.find(Reopening)[0].state is ReopeningState.REFUSED
    assert "记到二月" in texts(top(page))


def test_an_open_month_is_closed_again(page: ClosingPage, desk: Desk) -> None:
    reopened(desk, closed(desk))
    page.look_at("2026-01")
    assert "反结账中" in texts(page) or offered(page) == ["办结账"]
    assert "开放到2月8日" in texts(top(page))
    prepared(desk)
    assert offered(page) == ["重新办结账", "确认结账"]


def test_what_is_no_month_is_left_alone(page: ClosingPage, desk: Desk) -> None:
    agreed(desk, closed(desk))
    page.look_at("2019-01")
    assert page.steps_in == 0


def test_a_month_that_was_altered_after_it_was_closed_has_a_red_mark(page: ClosingPage, desk: Desk) -> None:
    closed(desk)
    assert "对不上了" not in texts(page)
    with guards_down(desk.folder) as connection:
        row = row_of(connection, "arrivals") | {
            "id": "01KE5TPFORGED0000000000000",
            "version": 1,
            "number": 0,
            "year": 0,
        }
        forge(connection, "arrivals", row)
        insert(connection, "arrivals", row)
    page.refresh(None)
    assert "2026年1月结账以后，账里的数和结账时的对不上了" in texts(page)
    assert ALTERED in [badge.text() for badge in page.findChildren(Badge)]
    page.look_at("2026-01")
    assert "2026年1月结账以后，账里的数和结账时的对不上了" in texts(top(page))
