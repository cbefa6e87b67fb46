"""The page of notices: what is to be done and all notices, the five slots, and what stands at the head."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.disclosure.books import Q1, Books, issued, reviewed
from tests.ui.disclosure.pressing import green, save, state, words
from tests.ui.opening import form, offered, opened, press, top
from villagedesk.deliberation.model import Meeting, Motion
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure import steps
from villagedesk.ui.disclosure.page import DisclosurePage
from villagedesk.ui.disclosure.slots import SlotCard, SlotCards, standings
from villagedesk.ui.kit.page import Context
from villagedesk.village.model import Body


def duty_keys(page: DisclosurePage) -> list[str]:
    """What is to be done, as the list shows it: label and next step."""
    shown = [page.due.model.row_at(row) for row in range(page.due.model.rowCount())]
    return [f"{duty.label} {duty.verb}" for duty in shown]


def choose(page: DisclosurePage, kind: str) -> None:
    """Choose the row of a kind in what is to be done."""
    key = next(duty.key for duty in page.due.source.all if duty.kind == kind)
    assert page.due.choose(key)


def test_a_desk_without_slots_is_helped_to_them(qtbot: QtBot, desk: Desk) -> None:
    for page in opened(qtbot, desk, DisclosurePage):
        assert page._places.currentIndex() == 0
        page.steps.set_up()
        assert page._places.currentIndex() == 1
        assert len(store.slots(desk)) == 5


def test_a_notice_on_a_desk_without_slots_sets_them_up_first(qtbot: QtBot, desk: Desk, yes: list[str]) -> None:
    for page in opened(qtbot, desk, DisclosurePage):
        page.steps.prepare()
        assert "还没有设" in yes[0]
        assert len(store.slots(desk)) == 5
        assert form(page).values()["kind"] is None
        page.back(ask=False)
        page.steps.prepare()
        assert len(yes) == 1


def test_without_slots_no_form_is_asked_to_be_filled_in(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "confirm", lambda *_args, **_how: False)
    for page in opened(qtbot, desk, DisclosurePage):
        page.steps.prepare()
        assert page.steps_in == 0
        assert store.slots(desk) == []


def test_what_is_due_is_listed_with_its_day_and_its_next_step(page: DisclosurePage) -> None:
    duty = next(duty for duty in page.due.source.all if duty.kind == "funds")
    assert (duty.when[0], duty.name, duty.stands[0], duty.verb) == (
        "4月15日，还有7天",
        "2026年第一季度",
        "还没有做",
        "生成",
    )
    assert "项目支出明细 生成" in duty_keys(page)


def test_a_meeting_that_is_written_down_is_due_on_the_board_at_once(page: DisclosurePage, desk: Desk) -> None:
    (body,) = desk.find(Body, "kind = '村民代表会议'")
    with desk.change("test.meeting") as change:
        meeting = change.put(Meeting(
            body_id=body.id, basis="村民代表会议", number="村民代表会议2026-2", held_on=date(2026, 4, 6),
            place="村委会会议室", chair="赵主任", recorder="李会计", entitled=45, present=40,
            profile_version="default-2026.1", recorded_by=change.actor_id,
        ))  # fmt: skip
        motion = Motion(
            meeting_id=meeting.id, number=1, subject="调整清运路线", method="举手", yes=36, no=2, abstain=2,
            is_passed=True, arithmetic="同意36票，通过",
        )  # fmt: skip
        change.put(motion)
    due = [duty for duty in page.due.source.all if duty.kind == "votes" and duty.scope.topic_id == meeting.id]
    assert [duty.when[0] for duty in due] == ["4月16日，还有8天"]


def test_what_is_late_stands_first_and_says_by_how_much(page: DisclosurePage, clock: SetClock) -> None:
    clock.set(clock.now() + timedelta(days=10))
    page.refresh(None)
    first = page.due.source.all[0]
    assert first.is_late
    assert "过期" in first.when[0]
    funds = next(duty for duty in page.due.source.all if duty.kind == "funds")
    assert funds.when[0] == "4月15日，过期3天"


def test_enter_and_a_click_take_the_next_step(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    choose(page, "funds")
    QTest.keyClick(page.due.view, Qt.Key.Key_Return)
    assert form(page).values() == {"kind": "funds", "period": Q1, "remark": ""}
    save(qtbot, page)
    (notice,) = store.notices(desk)
    assert page.chosen == notice
    row = page.due.view.currentIndex().row()
    assert page.due.model.row_at(row).verb == "送审"


def test_the_cards_count_what_is_due_what_hangs_and_what_is_late(
    page: DisclosurePage, desk: Desk, clock: SetClock
) -> None:
    def funds() -> tuple[int, int, int]:
        found = standings(desk, page.due.source.all)[1]
        return found.due, found.hanging, found.late

    due = funds()[0]
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "公示栏")
    assert funds() == (due - 1, 1, sum(duty.is_late for duty in page.due.source.all if duty.slot == 2))
    clock.set(clock.now() + timedelta(days=30))
    page.refresh(None)
    cards = page.findChild(SlotCards)
    assert cards
    assert "过期" in words(cards)


def test_a_card_shows_its_slots_notices_only(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    for kind in ("funds", "spending"):
        usecases.prepare(desk, kind, Q1)
    QTest.keyClick(page.findChildren(SlotCard)[1], Qt.Key.Key_Space)
    assert page.list.model.rowCount() == 1
    assert {page.due.model.row_at(row).slot for row in range(page.due.model.rowCount())} == {2}
    page._look_at_slot(2)
    assert page.list.model.rowCount() == 2


def test_a_duty_follows_its_notice_to_the_wall_and_into_the_binder(
    page: DisclosurePage, desk: Desk, clock: SetClock
) -> None:
    def step() -> str:
        return next((duty.verb for duty in page.due.source.all if duty.kind == "funds"), "")

    draft = usecases.prepare(desk, "funds", Q1)
    assert step() == "送审"
    notice = reviewed(desk, draft)
    assert step() == "发布"
    usecases.issue(desk, notice.id)
    assert step() == "登记张贴"
    posting = usecases.post_up(desk, notice.id, "公示栏")
    assert step() == ""
    clock.set(clock.now() + timedelta(days=20))
    page.refresh(None)
    assert step() == "取下"
    usecases.take_down(desk, posting.id)
    assert step() == "归档"
    usecases.file_away(desk, notice.id, "2026年卷")
    assert step() == ""


def test_somebody_elses_turn_is_shown_not_pressed(page: DisclosurePage, desk: Desk) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    usecases.submit(desk, draft.id)
    choose(page, "funds")
    page.go_on(next(duty for duty in page.due.source.all if duty.kind == "funds"))
    assert "监督小组审核" in words(top(page))
    assert page.chosen == desk.get(Notice, draft.id)


def test_only_what_fits_the_chosen_notice_is_offered(page: DisclosurePage, desk: Desk) -> None:
    page.look_through("all")
    usecases.prepare(desk, "funds", Q1)
    assert {"不要了", "重新生成", "送审"} <= set(offered(page))
    notice, _ = issued(desk, "spending")
    page.list.choose(notice.id)
    assert {"大字稿", "更正", "补充公告", "导出表格", "登记张贴"} <= set(offered(page))
    assert not {"送审", "发布", "答复", "不要了", "准备到期公示"} & set(offered(page))
    assert green(page) == ["登记张贴"]


def test_what_is_asked_about_a_notice_is_taken_down_at_it(qtbot: QtBot, desk: Desk, books: Books) -> None:
    del books
    notice, _ = issued(desk)
    went: list[tuple[str, str]] = []
    made = DisclosurePage(Context(desk, lambda key, record: went.append((key, record)), lambda: False))
    qtbot.addWidget(made)
    made.open(notice.id)
    press(made, "登记异议")
    assert went == [("objections", notice.id)]


def test_taking_down_is_the_green_step_once_the_days_are_over(
    page: DisclosurePage, desk: Desk, clock: SetClock
) -> None:
    page.look_through("all")
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "公示栏")
    assert "取下" in offered(page)
    assert green(page) == []
    clock.set(clock.now() + timedelta(days=20))
    page.refresh(None)
    assert green(page) == ["取下"]


def test_what_is_chosen_is_found_again_in_the_other_list(page: DisclosurePage, desk: Desk) -> None:
    usecases.prepare(desk, "funds", Q1)
    for _ in range(2):
        page._choices[0].pick("all")
        assert page._lists.currentIndex() == 1
        assert page._choices[0].key() == "due"
        page._choices[1].pick("due")
        assert page._lists.currentIndex() == 0
        assert page._choices[1].key() == "all"


def test_the_chosen_papers_pages_are_shown(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    page.look_through("all")
    usecases.prepare(desk, "funds", Q1)
    qtbot.waitUntil(lambda: page.pane.preview._sheets.count > 0)
    assert "送监督小组审核" in words(page.pane)


def test_what_was_withheld_is_named_beside_the_paper(page: DisclosurePage, desk: Desk, qtbot: QtBot) -> None:
    page.look_through("all")
    usecases.prepare(desk, "spending", Q1)
    qtbot.waitUntil(lambda: "处号码已略去：" in words(page.pane))
    assert "13700004444" not in words(page.pane)


def test_an_open_notice_follows_its_changes(page: DisclosurePage, desk: Desk) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    page.open(draft.id)
    usecases.submit(desk, draft.id)
    assert "待监督小组审核" in words(top(page))
    assert page.back()
    assert state(desk, draft) is NoticeState.SUBMITTED


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
    page.look_through("all")
    usecases.prepare(desk, "funds", Q1)
    assert page._sides.has_room
    assert "五个公开" not in offered(page)
    page.resize(820, 640)
    qtbot.waitUntil(lambda: not page._sides.has_room)
    assert page.list.isVisible()
    assert not page.pane.isVisible()
    press(page, "五个公开")
    top(page).findChildren(SlotCard)[1]._look()
    assert page.steps_in == 0
    assert page.list.model.rowCount() == 1


def test_nobody_signed_in_is_asked_first(page: DisclosurePage, desk: Desk) -> None:
    usecases.prepare(desk, "funds", Q1)
    page.look_through("all")
    desk.actor = None
    for verb in ("生成公示", "送审", "重新生成", "不要了", "栏目名称"):
        press(page, verb)
        assert page.steps_in == 0
    page.look_through("due")
    for verb in ("准备到期公示", "全部送审"):
        press(page, verb)
        assert page.steps_in == 0
