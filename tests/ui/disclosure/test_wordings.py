"""The form of a kind's words: live text beside it, the law's words locked, broken fields named."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.disclosure.books import keep_books
from villagedesk.disclosure import usecases, wordings
from villagedesk.disclosure.wordings import SHIPPED, Words
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.wordings import WordingsView, open_wordings
from villagedesk.ui.kit.page import Context, Page
from villagedesk.village.usecases import sign_out

ENDING = "账本在{村名}村委会。"


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, clock: SetClock) -> Iterator[WordingsView]:
    """The words of 资金."""
    keep_books(desk, clock)
    made = WordingsView(desk, "funds")
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    yield made
    made.form.set_values({})
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_is_typed_is_read_at_once_among_the_locked_words(view: WordingsView) -> None:
    view.form.fields["ending"].set_value(ENDING)
    view.form.fields["ending"].edited.emit()
    text = view.reading.text()
    assert "<p>账本在青山村村委会。</p>" in text
    assert "现将我村2026年第二季度" in text
    for locked in ("根据村民委员会组织法", "异议受理人：赵主任", "村民委员会在收到后3天内答复", "（签字）"):
        place = text.index(locked)
        assert text.rindex("<span", 0, place) > text.rindex("<p>", 0, place), locked


def test_markup_is_text(view: WordingsView) -> None:
    view.form.fields["ending"].set_value("<b>粗</b>")
    view.form.fields["ending"].edited.emit()
    assert "&lt;b&gt;粗" in view.reading.text()


def test_a_broken_field_is_named_and_not_stored(view: WordingsView, desk: Desk) -> None:
    view.form.set_values({"lead": "现将{事项}{没有}公示"})
    assert not view.form.try_save()
    (finding,) = view.form.findings()
    assert (finding.field, "可以用的有：{事项}" in finding.message) == ("lead", True)
    assert wordings.stored(desk, "funds") is None


def test_words_are_stored_shown_again_and_restored(
    view: WordingsView, desk: Desk, in_dialog: Callable[[Callable[[QWidget], object]], None]
) -> None:
    view.form.set_values({"ending": ENDING})
    assert view.form.try_save()
    view.show_kind("spending")
    assert view.form.values()["ending"] == ""
    view.show_kind("funds")
    assert view.form.values()["ending"] == ENDING
    in_dialog(lambda over: next(b for b in over.findChildren(QPushButton) if b.text() == "恢复原样").click())
    view.restore()
    assert view.form.values() == {"subject": SHIPPED.subject, "lead": SHIPPED.lead, "ending": ""}


def test_another_kind_is_not_shown_over_what_is_typed_without_asking(
    view: WordingsView, in_dialog: Callable[[Callable[[QWidget], object]], None]
) -> None:
    view.form.fields["ending"].set_value(ENDING)
    view.form.fields["ending"].edited.emit()
    view._choice.set_value("spending")
    in_dialog(lambda over: next(b for b in over.findChildren(QPushButton) if b.text() == "接着填").click())
    view._choice.edited.emit()
    assert view._choice.value() == "funds"
    assert view.form.values()["ending"] == ENDING


def test_it_lies_over_a_page_for_who_signed_in(qtbot: QtBot, desk: Desk, clock: SetClock) -> None:
    keep_books(desk, clock)
    page = Page(Context(desk, lambda _key, _record: None, lambda: False))
    qtbot.addWidget(page)
    page.show_first(QWidget())
    open_wordings(page, "spending")
    assert page.title_now() == "公示的措辞"
    assert [action.text() for action in page.actions_now()] == ["恢复原样"]
    (shown,) = page.findChildren(WordingsView)
    usecases.reword(desk, "spending", Words(SHIPPED.subject, SHIPPED.lead, ENDING))
    shown.left.emit()
    assert page.steps_in == 0
    sign_out(desk)
    open_wordings(page)
    assert page.steps_in == 0
