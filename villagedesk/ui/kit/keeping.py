"""Keeps what is typed into a form beside the books, on a thread of its own: a slow stick does not stop the typing."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait

from PySide6.QtCore import QObject, QTimer, Signal

from villagedesk.kernel.errors import VillageDeskError
from villagedesk.storage import unsaved
from villagedesk.storage.desk import Desk
from villagedesk.storage.unsaved import Typed, Unsaved

GLANCE = 60
"""Milliseconds between two looks at whether it is written."""

PATIENCE = 0.4
"""Seconds a field that is left waits at most for its text to be on the disk; mostly a hundredth of it is needed."""

_NOT_KEPT = "现在存不住没写完的内容（{fault}）。接着写不要紧，写完请马上保存。"


class Keeping(QObject):
    """Keeps one form's text for the person who is signed in; the newest text wins.

    ``told`` carries a sentence when it cannot be kept, and "" once it can again. On a desk that is only looked at
    nothing is kept.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, form: str) -> None:
        """``form`` names the form, with the record's id where it changes one: ``claim-01ARZ…``."""
        super().__init__()
        self._folder, self._clock = desk.folder, desk.clock
        self._name = f"{form}-{desk.actor.id}" if desk.actor else form
        self._is_on = desk.is_writable
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="unsaved")
        self._future: Future[None] | None = None
        self._is_quick = True
        self._watch = QTimer(self, interval=GLANCE)
        self._watch.timeout.connect(self._look)
        self.fault = ""
        """Why the last text could not be kept, "" while it is kept."""

    def found(self) -> Unsaved | None:
        """Return what was typed the last time and not saved."""
        return unsaved.kept(self._folder, self._name) if self._is_on else None

    def keep(self, typed: Mapping[str, Typed], *, at_once: bool = False) -> None:
        """Begin to write down what is typed; ``at_once`` waits for it, unless the disk is annoyingly slow."""
        if self._is_on:
            self._drop()
            text = dict(typed)
            self._future = self._pool.submit(lambda: unsaved.keep(self._folder, self._name, text, self._clock.now()))
            self._watch.start()
            if at_once and self._is_quick:
                self._is_quick = not wait([self._future], PATIENCE).not_done

    def let_go(self) -> None:
        """Forget what was typed."""
        if self._is_on:
            self._drop()
            self._future = self._pool.submit(lambda: unsaved.let_go(self._folder, self._name))
            self._watch.start()

    def _drop(self) -> None:
        if self._future:
            self._future.cancel()

    def _look(self) -> None:
        if self._future is None or not self._future.done():
            return
        self._watch.stop()
        self._is_quick = True
        fault = None if self._future.cancelled() else self._future.exception()
        if fault is not None and not isinstance(fault, VillageDeskError):
            raise fault
        self.fault = _NOT_KEPT.format(fault=str(fault).rstrip("。")) if fault else ""
        self.told.emit(self.fault)
