"""张贴包: all that is due at once, by the buttons at the head; the window stays alive meanwhile."""

import gc
import sys
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.disclosure.books import as_
from tests.ui.disclosure.pressing import green, words
from tests.ui.opening import form, offered, press, top
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.model import NoticeState
from villagedesk.kernel.errors import Cancelled
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.progress import Progress
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure import pack
from villagedesk.ui.disclosure.pack import PreparedView
from villagedesk.ui.disclosure.page import DisclosurePage
from villagedesk.ui.kit.preview import Preview

S = NoticeState
LONGEST_STALL = 0.5
"""Seconds the window may stand still while a pack is issued and drawn: ten times what is aimed at, for busy machines."""


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the page had to say when something was done."""
    told: list[str] = []
    monkeypatch.setattr(pack, "show_note", lambda _parent, words, **_how: told.append(words))
    return told


def count(desk: Desk, state: NoticeState) -> int:
    return len(store.notices(desk, state))


def review_all(desk: Desk) -> None:
    """Let the supervision group pass all that waits."""
    as_(desk, "周监督")
    for notice in store.notices(desk, S.SUBMITTED):
        review(desk, "notices", notice.id, Outcome.PASSED)
    as_(desk, "李会计")


def prepared(page: DisclosurePage, qtbot: QtBot) -> PreparedView:
    """Press the green button and wait for what came of it."""
    press(page, "准备到期公示")
    qtbot.waitUntil(lambda: isinstance(top(page), PreparedView), timeout=30_000)
    shown = top(page)
    assert isinstance(shown, PreparedView)
    return shown


def test_the_pack_goes_from_the_books_to_the_printer_by_one_green_button_after_another(
    page: DisclosurePage, desk: Desk, qtbot: QtBot, yes: list[str], errors: list[str], notes: list[str]
) -> None:
    due = sum(duty.notice is None for duty in page.due.source.all)
    assert green(page) == ["准备到期公示"]
    shown = prepared(page, qtbot)
    assert f"{due}份做好了" in words(shown)
    assert count(desk, S.DRAFT) == due
    page.back()
    assert green(page) == ["全部送审"]
    press(page, "全部送审")
    qtbot.waitUntil(lambda: count(desk, S.SUBMITTED) == due, timeout=30_000)
    assert yes == [f"{due}份公示都送监督小组审核吗？送审以后内容就不能改了。"]
    review_all(desk)
    assert green(page) == ["全部发布"]
    press(page, "全部发布")
    assert form(page).try_save()
    qtbot.waitUntil(lambda: bool(notes), timeout=60_000)
    assert "printed" in notes[0]
    assert count(desk, S.ISSUED) == due
    assert green(page) == ["打印张贴包"]
    press(page, "打印张贴包")
    qtbot.waitUntil(lambda: isinstance(top(page), Preview), timeout=60_000)
    pages = top(page).findChild(Preview) or top(page)
    assert isinstance(pages, Preview)
    assert pages._sheets.count > due
    press(page, "改成大字的")
    qtbot.waitUntil(lambda: "改成普通的" in offered(page), timeout=60_000)
    page.back()
    assert green(page) == ["打印张贴包"]
    assert not errors


def test_what_could_not_be_drawn_up_is_named_with_its_reason() -> None:
    shown = PreparedView(["资金公开"], [("2026年第一季度“人员报酬发放”公示", ["表一第3行的数对不上。"])])
    said = words(shown)
    assert "1份做好了，1份没做成" in said
    assert "表一第3行的数对不上。" in said


def test_a_cancelled_pack_leaves_nothing(
    page: DisclosurePage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[BaseException] = []
    real = usecases.prepare_due

    def cancelled(own: Desk, progress: Progress) -> object:
        progress.cancel()
        try:
            return real(own, progress)
        except Cancelled as fault:
            ended.append(fault)
            raise

    monkeypatch.setattr(usecases, "prepare_due", cancelled)
    press(page, "准备到期公示")
    qtbot.waitUntil(lambda: bool(ended), timeout=30_000)
    qtbot.wait(200)
    assert page.steps_in == 0
    assert store.notices(desk) == []


def test_what_stands_against_a_submission_is_told_for_each_notice(
    page: DisclosurePage, desk: Desk, qtbot: QtBot, errors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(page, qtbot)
    page.back()
    finding = Finding("disclosure.contact", "还没有填异议受理人。", "contact")
    monkeypatch.setattr(usecases, "findings_of", lambda _desk, _notice: [finding])
    monkeypatch.setattr("villagedesk.disclosure.usecases.packs.findings_of", lambda _desk, _notice: [finding])
    press(page, "全部送审")
    qtbot.waitUntil(lambda: bool(errors), timeout=30_000)
    assert "还没有填异议受理人。" in errors[0]
    assert count(desk, S.SUBMITTED) == 0


def longest_stall(qtbot: QtBot, act: Callable[[], object], until: Callable[[], bool]) -> float:
    """Return the longest time in seconds between two ticks of the event loop from ``act`` until ``until`` holds."""
    gaps, last = [0.0], time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer(interval=1)
    timer.timeout.connect(tick)
    timer.start()
    qtbot.wait(50)
    gaps.clear()
    last = time.perf_counter()
    act()
    qtbot.waitUntil(until, timeout=60_000)
    tick()
    timer.stop()
    return max(gaps)


def test_the_window_answers_while_a_pack_is_issued_and_drawn(
    page: DisclosurePage, desk: Desk, qtbot: QtBot, notes: list[str]
) -> None:
    gc.freeze()  # as the program does once its window stands
    usecases.prepare_due(desk)
    usecases.submit_all(desk, [notice.id for notice in store.notices(desk, S.DRAFT)])
    review_all(desk)
    press(page, "全部发布")
    there = form(page)
    issuing = longest_stall(qtbot, there.try_save, lambda: bool(notes))
    drawing = longest_stall(qtbot, lambda: press(page, "打印张贴包"), lambda: isinstance(top(page), Preview))
    sys.stderr.write(f"\nlongest stall: issuing {issuing * 1000:.0f} ms, drawing the pack {drawing * 1000:.0f} ms\n")
    assert issuing < LONGEST_STALL
    assert drawing < LONGEST_STALL
