"""The page of objections, pressed as a person presses it, on a real desk."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.disclosure.books import issued, keep_books
from tests.ui.opening import Went, form, named, offered, opened, top
from villagedesk.disclosure import usecases
from villagedesk.disclosure.model import Notice, Objection, ReplyOutcome
from villagedesk.disclosure.objections import store
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.objections.page import ObjectionsPage
from villagedesk.ui.pages import PAGES
from villagedesk.village.usecases import sign_out


@pytest.fixture
def notice(desk: Desk, clock: SetClock) -> Notice:
    """The quarter's funds, issued on 8 April 2026."""
    keep_books(desk, clock)
    return issued(desk, remark="到账数以银行流水为准")[0]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, notice: Notice, went: Went) -> Iterator[ObjectionsPage]:
    """The page, refreshed after each change as the shell does."""
    yield from opened(qtbot, desk, ObjectionsPage, went)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_a_desk_without_objections_says_what_the_page_is_for(page: ObjectionsPage) -> None:
    assert "还没有人提出异议" in texts(page)
    assert offered(page) == ["登记异议"]


def test_an_objection_is_taken_down_and_then_shown_with_its_clock(
    page: ObjectionsPage, desk: Desk, notice: Notice
) -> None:
    named(page, "登记异议").trigger()
    new = form(page)
    assert not new.try_save()
    new.set_values({"notice_id": notice.id, "text": "我是13800001111，到账少了？", "reach": "13800001111"})
    assert not new.try_save()
    assert [finding.field for finding in new.findings()] == ["text"]
    new.set_values({"text": "到账少了？", "place": "到账合计"})
    assert new.try_save()
    (objection,) = desk.find(Objection)
    assert page.title_now() == "异议〔2026〕1号"
    shown = texts(top(page))
    assert "还剩3天，应在2026年4月11日前答复。" in shown
    assert "问的是：2026年第一季度资金到账与台账（村务公示〔2026〕1号），到账合计" in shown
    assert "13800001111" in shown
    assert objection.asker == ""


def test_the_list_puts_what_waits_first_and_says_late_in_words(
    page: ObjectionsPage, desk: Desk, notice: Notice, clock: SetClock
) -> None:
    answered = usecases.register_objection(desk, notice.id, "问一")
    usecases.reply(desk, answered.id, ReplyOutcome.EXPLAINED, "答")
    usecases.register_objection(desk, notice.id, "问二\n接着问")
    usecases.register_objection(desk, notice.id, "问三")
    clock.set(clock.now() + timedelta(days=5))
    page.refresh(None)
    model = page.list.model
    shown = [[model.data(model.index(row, column)) for column in (0, 1, 4, 5)] for row in range(model.rowCount())]
    assert shown == [
        ["异议〔2026〕2号", "问二 接着问", "2026-04-11", "过期2天"],
        ["异议〔2026〕3号", "问三", "2026-04-11", "过期2天"],
        ["异议〔2026〕1号", "问一", "2026-04-11", "已答复"],
    ]
    for key in ("number", "notice", "received_on"):
        model.load("", key, descending=True)
        assert model.rowCount() == 3
    (spec,) = [spec for spec in PAGES if spec.key == "objections"]
    assert spec.todo
    assert spec.todo(desk) == 2


def test_the_clock_is_stopped_for_a_reason_and_started_again(
    page: ObjectionsPage, desk: Desk, notice: Notice, in_dialog: Callable[[Callable[[QWidget], object]], None]
) -> None:
    objection = usecases.register_objection(desk, notice.id, "问")
    page.look_at(objection.id)
    assert offered(page) == ["暂停计时", "答复"]

    def give_reason(dialog: QWidget) -> None:
        from villagedesk.ui.kit.fields import LongTextField

        reason = dialog.findChild(LongTextField)
        assert isinstance(reason, LongTextField)
        reason.set_value("等乡镇复核")
        reason.edited.emit()
        next(made for made in dialog.findChildren(QPushButton) if made.text() == "暂停计时").click()

    in_dialog(give_reason)
    named(page, "暂停计时").trigger()
    assert offered(page) == ["恢复计时", "答复"]
    assert "等乡镇复核" in texts(top(page))
    named(page, "恢复计时").trigger()
    assert offered(page) == ["暂停计时", "答复"]


def test_an_answer_is_written_shown_and_printed(page: ObjectionsPage, desk: Desk, notice: Notice) -> None:
    objection = usecases.register_objection(desk, notice.id, "问", asker="王桂香")
    page.open(objection.id)
    named(page, "答复").trigger()
    assert not form(page).try_save()
    form(page).set_values({"outcome": ReplyOutcome.EXPLAINED, "text": "下一季度公示"})
    assert form(page).try_save()
    assert page.title_now() == "异议〔2026〕1号"
    assert "下一季度公示" in texts(top(page))
    assert offered(page) == ["打印答复"]
    named(page, "打印答复").trigger()
    assert isinstance(top(page), Preview)


def test_an_answer_that_promises_a_correction_leads_to_its_form(
    page: ObjectionsPage, desk: Desk, notice: Notice, went: Went
) -> None:
    objection = usecases.register_objection(desk, notice.id, "说明写错了吧？")
    page.open(objection.id)
    named(page, "答复").trigger()
    form(page).set_values({"outcome": ReplyOutcome.CORRECTED, "text": "是写错了"})
    assert form(page).try_save()
    assert page.title_now().startswith("更正：")
    page.back(ask=False)
    assert offered(page) == ["做更正公告", "打印答复"]
    named(page, "做更正公告").trigger()
    form(page).set_values({"why": "说明写错了", "remark": "到账数以财政所为准"})
    assert form(page).try_save()
    (correction,) = desk.find(Notice, "kind = 'correction'")
    assert went == [("disclosure", correction.id)]
    page.open(objection.id)
    assert offered(page) == ["打印答复"]
    next(made for made in top(page).findChildren(QPushButton) if made.text() == "看更正公告 ›").click()
    assert went[1:] == [("disclosure", correction.id)]


def test_the_record_leads_to_the_notice_and_a_notice_to_the_form(
    page: ObjectionsPage, desk: Desk, notice: Notice, went: Went
) -> None:
    objection = usecases.register_objection(desk, notice.id, "问")
    page.open(objection.id)
    next(made for made in top(page).findChildren(QPushButton) if made.text() == "看这份公示 ›").click()
    assert went == [("disclosure", notice.id)]
    page.look_at(notice.id)
    assert form(page).values()["notice_id"] == notice.id


def test_who_asked_is_seen_by_those_who_signed_in(page: ObjectionsPage, desk: Desk, notice: Notice) -> None:
    objection = usecases.register_objection(desk, notice.id, "问", asker="王桂香", reach="13800001111")
    sign_out(desk)
    page.open(objection.id)
    shown = " ".join(texts(top(page)))
    assert "王桂香" not in shown
    assert "13800001111" not in shown
    page.register()
    assert page.title_now() == store.number_of(objection)
