"""A long task: one worker thread, watched by a timer, with a dialog once it takes its time."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QVBoxLayout, QWidget

from villagedesk.kernel.errors import Cancelled, VillageDeskError
from villagedesk.kernel.progress import Progress
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap

T = TypeVar("T")

PATIENCE = 600
"""Milliseconds before the dialog appears."""
GLANCE = 60
"""Milliseconds between two looks at the worker."""

UNFORESEEN = (
    "程序遇到没有料到的问题（{fault}），这一步没有办成，之前记的都在。请重新打开程序再试；再出现就告诉维护人员。"
)


def run_task(
    parent: QWidget,
    label: str,
    work: Callable[[Progress], T],
    done: Callable[[T], object],
    *,
    failed: Callable[[BaseException], object] | None = None,
) -> "Task":
    """Run ``work`` on a thread of its own and hand its result to ``done``, here on the window's thread.

    ``label`` says in Chinese what is going on. ``work`` must use a desk connection of its own (``desk.sibling()``)
    and touch no widget; it calls ``progress.step()``, which raises Cancelled once Cancel is pressed. An error is shown
    as a sentence, or handed to ``failed``; a cancelled task shows nothing. While it runs the window takes no input.
    """
    return Task(parent, label, work, done, failed)


def find_out(parent: QWidget, work: Callable[[], T], done: Callable[[T], object]) -> None:
    """Run a quiet ``work`` beside the window, which goes on, and hand its result to ``done`` on the window's thread.

    For what is nice to know: a fault or a parent that is gone drops it. ``work`` must use a connection of its own.
    """
    pool = ThreadPoolExecutor(1, thread_name_prefix="find-out")
    future = pool.submit(work)
    pool.shutdown(wait=False)
    timer = QTimer(parent)
    timer.setInterval(GLANCE)

    def look() -> None:
        if future.done():
            _put_away(timer)
            if future.exception() is None:
                done(future.result())

    timer.timeout.connect(look)
    timer.start()


class Task:
    """A running task. Kept by its timer until it ends; if the parent goes first, the result is dropped."""

    def __init__(
        self,
        parent: QWidget,
        label: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None,
    ) -> None:
        self.progress = Progress()
        self._parent, self._label, self._done, self._failed = parent, label, done, failed
        self._dialog: ProgressDialog | None = None
        self._clock = QElapsedTimer()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="task")
        self._future: Future[Any] = self._pool.submit(work, self.progress)
        self._pool.shutdown(wait=False)
        self._timer = QTimer(parent)
        self._timer.setInterval(GLANCE)
        self._timer.timeout.connect(lambda: self._look())  # the closure keeps this task alive
        self._gate = _Gate(parent)
        parent.destroyed.connect(self.progress.cancel)
        self._clock.start()
        self._timer.start()

    def _look(self) -> None:
        if self._future.done():
            self._finish()
        elif self._dialog:
            self._dialog.show_progress(self.progress)
        elif self._clock.elapsed() >= PATIENCE:
            self._dialog = ProgressDialog(self._parent.window(), self._label, self.progress)
            self._gate.open()
            self._dialog.open()

    def _finish(self) -> None:
        _put_away(self._timer)
        self._gate.open()
        if self._dialog and shiboken6.isValid(self._dialog):
            self._dialog.close()
            self._dialog.deleteLater()
        fault = self._future.exception()
        if fault is None:
            self._done(self._future.result())
        elif not isinstance(fault, Cancelled):
            self._tell(fault)

    def _tell(self, fault: BaseException) -> None:
        if self._failed:
            self._failed(fault)
            return
        from villagedesk.ui.kit.dialogs import show_error

        known = isinstance(fault, VillageDeskError)
        show_error(self._parent, str(fault) if known else UNFORESEEN.format(fault=type(fault).__name__))


def _put_away(timer: QTimer) -> None:
    """Stop a timer and let go of what it calls: on its way out it might else take its own parent along."""
    timer.stop()
    timer.timeout.disconnect()
    timer.deleteLater()


class _Gate(QObject):
    """Keeps clicks and keys from a window until the dialog does, so that nothing is started twice."""

    _HELD = frozenset(
        {
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
            QEvent.Type.KeyPress,
            QEvent.Type.Shortcut,
            QEvent.Type.ShortcutOverride,
            QEvent.Type.Close,
        }
    )

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent.window()
        if app := QCoreApplication.instance():
            app.installEventFilter(self)

    def open(self) -> None:
        """Let everything through again."""
        if app := QCoreApplication.instance():
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow what a person does to the window."""
        if event.type() not in self._HELD or not isinstance(watched, QWidget):
            return False
        if event.type() is QEvent.Type.Close:
            event.ignore()
        return watched.window() is self._window


class ProgressDialog(QDialog):
    """How far a task has come, and Cancel."""

    def __init__(self, parent: QWidget, title: str, progress: Progress) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(gap(440))
        self._progress = progress
        self._words: QLabel = label("", "soft", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._cancel = button("取消", self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(26), gap(24), gap(26), gap(20))
        column.setSpacing(gap(14))
        column.addWidget(label(title, "dialogTitle", wrap=True))
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignRight)
        self.show_progress(progress)

    def show_progress(self, progress: Progress) -> None:
        """Show how far it has come."""
        self._bar.setRange(0, progress.total)
        self._bar.setValue(min(progress.done, progress.total))
        count = f"　{progress.done:,} / {progress.total:,}" if progress.total else ""
        self._words.setText(f"{progress.label or '请稍等'}{count}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Ask the task to stop; the dialog stays until it has."""
        self._progress.cancel()
        self._cancel.setEnabled(False)
        self._cancel.setText("正在停下…")
