"""Long tasks: done in the window's thread, cancelled cleanly, faults as sentences, nothing after the window."""

import threading
import time
import weakref

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from villagedesk.kernel.errors import DiskFull
from villagedesk.kernel.progress import Progress
from villagedesk.ui.kit import dialogs
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.tasks import PATIENCE, ProgressDialog, find_out, run_task


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def _slow(progress: Progress) -> str:
    progress.start("核对凭证", 500)
    for _ in range(500):
        time.sleep(0.01)
        progress.step()
    return "完"


def test_the_work_is_done_elsewhere_and_the_result_here(qtbot: QtBot, window: QWidget) -> None:
    results: list[tuple[bool, bool]] = []
    here = threading.get_ident()
    run_task(
        window,
        "核对",
        lambda _progress: threading.get_ident(),
        lambda there: results.append((there != here, threading.get_ident() == here)),
    )
    qtbot.waitUntil(lambda: bool(results))
    assert results == [(True, True)]


def test_a_quick_task_shows_no_dialog(qtbot: QtBot, window: QWidget) -> None:
    results: list[int] = []
    run_task(window, "核对", lambda _progress: 1, results.append)
    qtbot.waitUntil(lambda: results == [1])
    assert window.findChildren(ProgressDialog) == []


def test_a_slow_task_shows_how_far_it_is_and_can_be_cancelled(qtbot: QtBot, window: QWidget) -> None:
    results: list[str] = []
    task = run_task(window, "核对账目", _slow, results.append)
    qtbot.waitUntil(lambda: bool(window.findChildren(ProgressDialog)), timeout=PATIENCE + 2_000)
    dialog = window.findChildren(ProgressDialog)[0]
    qtbot.waitUntil(lambda: "核对凭证" in dialog._words.text())
    assert 0 < dialog._bar.value() < 500
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(ProgressDialog))
    assert task.progress.done < 500
    assert results == [], "a cancelled task has no result and shows no fault"


def test_the_dialog_stands_after_its_time_even_when_the_timer_comes_late(qtbot: QtBot, window: QWidget) -> None:
    gate = threading.Event()
    results: list[bool] = []
    run_task(window, "核对", lambda _progress: gate.wait(5), results.append)
    time.sleep((PATIENCE + 100) / 1000)
    QApplication.processEvents()
    assert len(window.findChildren(ProgressDialog)) == 1, "the first glance is enough"
    gate.set()
    qtbot.waitUntil(lambda: results == [True])


def test_nothing_is_started_twice_while_it_runs(qtbot: QtBot, window: QWidget) -> None:
    presses: list[int] = []
    results: list[str] = []
    press = button("开始", lambda: presses.append(1))
    press.setParent(window)
    press.show()
    gate = threading.Event()

    def work(_progress: Progress) -> str:
        gate.wait(5)
        return "完"

    run_task(window, "核对", work, results.append)
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    QTest.keyClick(press, Qt.Key.Key_Space)
    assert presses == []
    gate.set()
    qtbot.waitUntil(lambda: results == ["完"])
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert presses == [1]


def _raise(fault: Exception) -> None:
    raise fault


def test_a_fault_is_told_as_a_sentence(qtbot: QtBot, window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, sentence: told.append(sentence))
    run_task(window, "备份", lambda _progress: _raise(DiskFull()), lambda _none: None)
    qtbot.waitUntil(lambda: len(told) == 1)
    run_task(window, "备份", lambda _progress: _raise(KeyError("x")), lambda _none: None)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "磁盘满了" in told[0]
    assert "KeyError" in told[1]
    assert "之前记的都在" in told[1]


def test_a_page_may_take_the_fault_itself(qtbot: QtBot, window: QWidget) -> None:
    faults: list[BaseException] = []
    run_task(window, "备份", lambda _progress: _raise(DiskFull()), lambda _none: None, failed=faults.append)
    qtbot.waitUntil(lambda: len(faults) == 1)
    assert isinstance(faults[0], DiskFull)


def test_a_window_that_goes_first_takes_the_task_along(qtbot: QtBot) -> None:
    results: list[str] = []
    window = QWidget()
    window.show()
    task = run_task(window, "核对", _slow, results.append)
    window.deleteLater()
    qtbot.waitUntil(task._future.done)
    QApplication.processEvents()
    assert task.progress.done < 500
    assert results == []


def test_who_asked_may_go_once_told(qtbot: QtBot) -> None:
    told: list[int] = []

    class Asking(QWidget):
        def __init__(self) -> None:
            super().__init__()
            find_out(self, lambda: 7, self.tell)

        def tell(self, answer: int) -> None:
            told.append(answer)

    asking = weakref.ref(Asking())
    qtbot.waitUntil(lambda: told == [7])
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert asking() is None
