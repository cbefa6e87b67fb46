"""查真伪: what is typed or scanned is judged in large words with a sign."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.disclosure.books import Books, issued
from tests.ui.disclosure.pressing import words
from tests.ui.opening import press, top
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.page import DisclosurePage
from villagedesk.ui.disclosure.record import NoticeRecord
from villagedesk.ui.disclosure.verifying import JudgementCard, VerifyView


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, books: Books) -> VerifyView:
    """The place to type into."""
    del books
    made = VerifyView(desk, lambda _notice_id: None)
    qtbot.addWidget(made)
    return made


def judged(view: VerifyView, typed: str) -> str:
    """Type, press Enter, and read what is said."""
    view.line.setText(typed)
    view.line.returnPressed.emit()
    (card,) = [each for each in view.findChildren(JudgementCard) if not each.isHidden()]
    return words(card)


def test_a_genuine_paper_is_said_to_be_so(view: VerifyView, desk: Desk) -> None:
    notice, issuance = issued(desk)
    said = judged(view, "2026-1")
    assert "是真的，也是最新的" in said
    assert notice.title in said
    proof = kept_sheet(issuance).proof
    assert proof
    assert "是真的，也是最新的" in judged(view, proof.code)


def test_what_was_never_issued_is_no_paper_of_ours(view: VerifyView, desk: Desk) -> None:
    issued(desk)
    assert "账里没有，不能当真" in judged(view, "2026-9")
    assert view.line.selectedText() == "2026-9"


def test_a_changed_code_is_not_believed(view: VerifyView, desk: Desk) -> None:
    _, issuance = issued(desk)
    proof = kept_sheet(issuance).proof
    assert proof
    parts = proof.code.split(":")
    forged = ":".join([*parts[:3], "0" * 16, *parts[4:]])
    assert "对不上，不能当真" in judged(view, forged)


def test_nothing_typed_says_nothing(view: VerifyView) -> None:
    view.judge()
    assert view.findChildren(JudgementCard) == []


def test_it_is_reached_from_the_head_of_the_page(page: DisclosurePage) -> None:
    press(page, "查真伪")
    assert isinstance(top(page), VerifyView)


def test_from_the_judgement_one_goes_to_the_notice_in_the_books(page: DisclosurePage, desk: Desk) -> None:
    notice, _ = issued(desk)
    page.verify()
    view = top(page)
    assert isinstance(view, VerifyView)
    view.line.setText("2026-1")
    view.judge()
    (lead,) = [each for each in view.findChildren(QPushButton) if each.text() == "看账里的这一份"]
    lead.click()
    assert isinstance(top(page), NoticeRecord)
    assert page.chosen == desk.get(type(notice), notice.id)


def test_a_paper_that_is_none_of_ours_leads_nowhere(view: VerifyView, desk: Desk) -> None:
    issued(desk)
    judged(view, "2026-9")
    assert [each for each in view.findChildren(QPushButton) if each.text() == "看账里的这一份"] == []
