"""The page of notices, pressed as a person presses it, on the desk of a kept first quarter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.disclosure.books import Q1, Books, as_, issued, keep_books, reviewed
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.dates import Period
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure import page as module
from villagedesk.ui.disclosure.page import DisclosurePage
from villagedesk.ui.disclosure.record import NoticeRecord
from villagedesk.ui.disclosure.slots import SlotCards, standings
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.preview import Preview
from villagedesk.village.model import Arrival, Office


@pytest.fixture
def books(desk: Desk, clock: SetClock) -> Books:
    """A kept first quarter."""
    return keep_books(desk, clock)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, books: Books) -> Iterator[DisclosurePage]:
    """The page, wide enough for list and paper, refreshed after each change as the shell does."""
    del books
    yield from _opened(qtbot, desk)


def _opened(qtbot: QtBot, desk: Desk) -> Iterator[DisclosurePage]:
    made = DisclosurePage(Context(desk, lambda _key, _record: None, lambda: False))
    qtbot.addWidget(made)
    made.resize(1128, 640)
    made.show()
    desk.on_change(lambda changed: made.refresh(changed.tables) if made.tables & changed.tables else None)
    yield made
    while made.back(ask=False):
        pass
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the page had to tell."""
    told: list[str] = []
    monkeypatch.setattr(module, "show_error", lambda _parent, words: told.append(words))
    return told


@pytest.fixture
def yes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Say yes to every question; the questions are kept."""
    asked: list[str] = []

    def confirm(_parent: QWidget, sentence: str, _verb: str, **_how: object) -> bool:
        asked.append(sentence)
        return True

    monkeypatch.setattr(module, "confirm", confirm)
    return asked


def top(page: DisclosurePage) -> QWidget:
    shown = page._stack.currentWidget()
    assert shown
    return shown


def form(page: DisclosurePage) -> Form:
    shown = top(page)
    assert isinstance(shown, Form)
    return shown


def offered(page: DisclosurePage) -> list[str]:
    return [each.text() for each in page.actions_now()]


def press(page: DisclosurePage, text: str) -> None:
    action: QAction = next(each for each in page.actions_now() if each.text() == text)
    action.trigger()


def words(widget: QWidget) -> str:
    badges = [badge.text() for badge in widget.findChildren(Badge)]
    return "\n".join([label.text() for label in widget.findChildren(QLabel)] + badges)


def state(desk: Desk, notice: Notice) -> NoticeState:
    return desk.get(Notice, notice.id).state


def test_a_desk_without_slots_is_helped_to_them(qtbot: QtBot, desk: Desk) -> None:
    for page in _opened(qtbot, desk):
        assert page._places.currentIndex() == 0
        page.set_up()
        assert page._places.currentIndex() == 1
        assert len(store.slots(desk)) == 5


def test_a_notice_on_a_desk_without_slots_sets_them_up_first(qtbot: QtBot, desk: Desk, yes: list[str]) -> None:
    for page in _opened(qtbot, desk):
        page.prepare()
        assert "还没有设" in yes[0]
        assert len(store.slots(desk)) == 5
        assert form(page).values()["kind"] is None
        page.back(ask=False)
        page.prepare()
        assert len(yes) == 1


def test_without_slots_no_form_is_asked_to_be_filled_in(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "confirm", lambda *_args, **_how: False)
    for page in _opened(qtbot, desk):
        page.prepare()
        assert page.steps_in == 0
        assert store.slots(desk) == []


def test_the_cards_say_what_is_due_and_lead_on(page: DisclosurePage, desk: Desk) -> None:
    cards = page.findChild(SlotCards)
    assert cards
    assert words(cards).count("还没有做") == 5
    cards.findChildren(QPushButton)[1].click()
    assert form(page).values() == {"kind": "funds", "period": Q1, "remark": ""}
    assert form(page).try_save()
    (notice,) = store.notices(desk)
    assert page.chosen == notice


def test_a_card_shows_its_slots_notices_only(page: DisclosurePage, desk: Desk) -> None:
    for kind in ("funds", "spending"):
        usecases.prepare(desk, kind, Q1)
    page._look_at_slot(2)
    assert page.list.model.rowCount() == 1
    page._look_at_slot(2)
    assert page.list.model.rowCount() == 2


def test_standings_follow_a_notice_to_the_wall(page: DisclosurePage, desk: Desk, clock: SetClock) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    assert (standings(desk)[1].words, standings(desk)[1].verb) == ("草稿", "送审")
    notice = reviewed(desk, draft)
    assert standings(desk)[1].verb == "发布"
    usecases.issue(desk, notice.id)
    assert (standings(desk)[1].words, standings(desk)[1].verb) == ("待张贴", "登记张贴")
    clock.set(clock.now().replace(month=4, day=20))
    assert standings(desk)[1].words == "已过期"
    usecases.post_up(desk, notice.id, "公示栏")
    assert (standings(desk)[1].words, standings(desk)[1].verb) == ("已公开", "")


def test_the_whole_way_by_the_buttons(
    page: DisclosurePage, desk: Desk, yes: list[str], errors: list[str], tmp_path: Path
) -> None:
    press(page, "生成公示")
    form(page).set_values({"kind": "funds"})
    assert form(page).try_save()
    notice = page.chosen
    assert notice
    assert offered(page)[-1] == "送审"
    press(page, "送审")
    assert yes == ["送审以后内容就不能改了。要送监督小组审核吗？"]
    assert state(desk, notice) is NoticeState.SUBMITTED
    as_(desk, "周监督")
    review(desk, "notices", notice.id, Outcome.PASSED)
    as_(desk, "李会计")
    press(page, "发布")
    assert form(page).try_save()
    assert state(desk, notice) is NoticeState.ISSUED
    photo = tmp_path / "公示栏.png"
    photo.write_bytes(b"\x89PNG")
    press(page, "登记张贴")
    form(page).set_values({"photo": photo})
    assert form(page).try_save()
    assert state(desk, notice) is NoticeState.POSTED
    assert store.postings_of(desk, notice.id)[0].board == "村委会公示栏"
    assert not errors


def test_only_what_fits_the_chosen_notice_is_offered(page: DisclosurePage, desk: Desk) -> None:
    usecases.prepare(desk, "funds", Q1)
    assert {"不要了", "重新生成", "送审"} <= set(offered(page))
    notice, _ = issued(desk, "spending")
    page.list.choose(notice.id)
    assert {"大字稿", "更正", "登记张贴"} <= set(offered(page))
    assert not {"送审", "发布", "答复", "不要了"} & set(offered(page))


def test_the_chosen_papers_pages_are_shown(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    usecases.prepare(desk, "funds", Q1)
    qtbot.waitUntil(lambda: page.pane.preview._sheets.count > 0)
    assert "送监督小组审核" in words(page.pane)


def test_a_notice_is_opened_with_its_way(page: DisclosurePage, desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "村委会公示栏")
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=1_00))
    usecases.issue(desk, reviewed(desk, usecases.correct(desk, notice.id, "漏记一笔")).id)
    page.look_at(notice.id)
    shown = top(page)
    assert isinstance(shown, NoticeRecord)
    said = words(shown)
    for part in ("从账里生成", "送监督小组审核", "监督小组同意", "编号发布", "张贴在村委会公示栏", "更正公告发布"):
        assert part in said
    assert "没有照片，请补拍后再登记一次。" in said
    assert "村务公示〔2026〕1号" in said


def test_a_photo_is_shown_with_the_posting(page: DisclosurePage, desk: Desk, tmp_path: Path) -> None:
    from PySide6.QtGui import QColor, QImage

    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("green"))
    picture.save(str(tmp_path / "a.png"))
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "公示栏", photo=tmp_path / "a.png")
    page.open(notice.id)
    assert any(
        not label.pixmap().isNull() for label in top(page).findChildren(QLabel) if "照片" in label.accessibleName()
    )


def test_an_open_notice_follows_its_changes(page: DisclosurePage, desk: Desk) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    page.open(draft.id)
    usecases.submit(desk, draft.id)
    assert "待监督小组审核" in words(top(page))
    assert page.back()
    assert page.chosen == desk.get(Notice, draft.id)


def test_a_query_is_answered_from_the_page(page: DisclosurePage, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    usecases.submit(desk, draft.id)
    as_(desk, "周监督")
    review(desk, "notices", draft.id, Outcome.QUERIED, "村集体的钱是哪来的？")
    as_(desk, "李会计")
    monkeypatch.setattr(module, "ask_reason", lambda *_args, **_how: "堰塘承包费")
    page.list.choose(draft.id)
    press(page, "答复")
    assert state(desk, draft) is NoticeState.SUBMITTED


def test_an_early_submission_asks_for_its_reason(
    page: DisclosurePage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(page, "生成公示")
    form(page).set_values({"kind": "funds", "period": Period.quarter(2026, 2)})
    assert form(page).try_save()
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, sentence: str, **_how: object) -> str | None:
        asked.append(sentence)
        return "县里要求" if len(asked) > 1 else None

    monkeypatch.setattr(module, "ask_reason", ask)
    notice = page.chosen
    assert notice
    press(page, "送审")
    assert "还没有结束" in asked[0]
    assert state(desk, notice) is NoticeState.DRAFT
    press(page, "送审")
    assert state(desk, notice) is NoticeState.SUBMITTED


def test_a_villagers_number_in_the_remark_is_told_beside_it(page: DisclosurePage, desk: Desk) -> None:
    press(page, "生成公示")
    form(page).set_values({"kind": "funds", "remark": "请打13800001111"})
    assert not form(page).try_save()
    assert any("尾号1111" in words for words in form(page).fields["remark"]._findings.messages())
    assert store.notices(desk) == []


def test_what_blocks_a_submission_is_told(page: DisclosurePage, desk: Desk, errors: list[str], yes: list[str]) -> None:
    with desk.change("test.card") as change:
        change.put(replace(desk.get(Office, desk.office_id), contact=""))
    usecases.prepare(desk, "funds", Q1)
    press(page, "送审")
    assert errors == ["还没有填异议受理人，请先在本村资料里填好。"]
    assert not yes


def test_a_draft_is_drawn_up_again_or_thrown_away(
    page: DisclosurePage, desk: Desk, books: Books, yes: list[str]
) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=1_00))
    press(page, "重新生成")
    assert desk.get(Notice, draft.id).version == 2
    press(page, "不要了")
    assert "不要了吗" in yes[-1]
    assert store.notices(desk) == []


def test_a_posted_notice_is_corrected_by_the_form(page: DisclosurePage, desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, remark="4组路灯")
    usecases.post_up(desk, notice.id, "公示栏")
    page.list.choose(notice.id)
    press(page, "更正")
    assert not form(page).try_save()
    form(page).set_values({"why": "组别写错", "remark": "5组路灯"})
    assert form(page).try_save()
    draft = page.chosen
    assert draft
    assert draft.corrects_id == notice.id
    assert "重新生成" not in offered(page)


def test_a_notice_without_a_remark_is_corrected_by_the_form(page: DisclosurePage, desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=1_00))
    page.list.choose(notice.id)
    press(page, "更正")
    assert list(form(page).fields) == ["why"]
    form(page).set_values({"why": "漏记一笔到账"})
    assert form(page).try_save()
    draft = page.chosen
    assert draft
    assert (draft.corrects_id, draft.state) == (notice.id, NoticeState.DRAFT)


def test_a_short_posting_asks_for_a_reason_in_the_form(page: DisclosurePage, desk: Desk) -> None:
    notice, _ = issued(desk)
    page.list.choose(notice.id)
    press(page, "登记张贴")
    form(page).set_values({"last_day": date(2026, 4, 9)})
    assert not form(page).try_save()
    form(page)._reason.set_value("公示栏被水淹")
    assert form(page).try_save()
    assert store.postings_of(desk, notice.id)[0].last_day == date(2026, 4, 9)


def test_the_large_paper_is_shown(page: DisclosurePage, desk: Desk) -> None:
    notice, _ = issued(desk)
    page.list.choose(notice.id)
    press(page, "大字稿")
    assert isinstance(top(page), Preview)


def test_the_slots_are_renamed_and_confirmed(page: DisclosurePage, desk: Desk) -> None:
    press(page, "栏目名称")
    form(page).set_values({"name2": "经费公开", "confirmed2": True})
    assert form(page).try_save()
    slots = store.slots(desk)
    assert [slot.version for slot in slots] == [1, 2, 1, 1, 1]
    assert (slots[1].name, slots[1].is_confirmed) == ("经费公开", True)
    press(page, "栏目名称")
    form(page).set_values({"basis1": ""})
    assert not form(page).try_save()


def test_where_type_is_large_one_side_is_shown_and_the_cards_lie_behind_an_action(
    page: DisclosurePage, desk: Desk, qtbot: QtBot
) -> None:
    usecases.prepare(desk, "funds", Q1)
    assert page._sides.has_room
    page.resize(820, 640)
    qtbot.waitUntil(lambda: not page._sides.has_room)
    assert page.list.isVisible()
    assert not page.pane.isVisible()
    press(page, "五个公开")
    assert words(top(page)).count("还没有做") == 4
    top(page).findChildren(QPushButton)[0].click()
    assert isinstance(top(page), Form)


def test_nobody_signed_in_is_asked_first(page: DisclosurePage, desk: Desk) -> None:
    usecases.prepare(desk, "funds", Q1)
    desk.actor = None
    for verb in ("生成公示", "送审", "重新生成", "不要了", "栏目名称"):
        press(page, verb)
        assert page.steps_in == 0
