"""Keeps what is typed into a form beside the books, on a thread of its own: a slow stick does not stop the typing."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from hashlib import sha256

from PySide6.QtCore import QObject, QTimer, Signal

from villagedesk.kernel.errors import VillageDeskError
from villagedesk.storage import unsaved
from villagedesk.storage.desk import Desk
from villagedesk.storage.unsaved import Typed, Unsaved

GLANCE = 60
"""Milliseconds between two looks at whether it is written."""

PATIENCE = 0.4
"""Seconds a field that is left waits at most for its text to be on the disk; mostly a hundredth of it is needed."""

LEAVING = 2.0
"""Seconds a form that goes waits at most: the next one must find what was typed last, and nothing that was saved."""

KEPT_FOR = timedelta(days=180)
"""What nobody took up for so long is forgotten: mostly its record is gone, and no form would ask for it again."""

_NOT_KEPT = "现在存不住没写完的内容（{fault}）。接着写不要紧，写完请马上保存。"


def key_of(parts: Sequence[str]) -> str:
    """Return the name of a form by what tells it from others: its page, its title, the record it is about."""
    return f"form-{sha256('|'.join(parts).encode()).hexdigest()[:24]}"


class Keeping(QObject):
    """Keeps one form's text for the person who is signed in; the newest text wins.

    ``told`` carries a sentence when it cannot be kept, and "" once it can again. On a desk that is only looked at
    nothing is kept.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, form: str) -> None:
        """``form`` names the form (letters, figures and ``-``); see ``key_of``."""
        super().__init__()
        self._folder, self.clock = desk.folder, desk.clock
        self._name = f"{form}-{desk.actor.id}" if desk.actor else form
        self.is_on = desk.is_writable
        """Whether anything is kept here."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="unsaved")
        self._future: Future[None] | None = None
        self._text: dict[str, Typed] | None = None
        self._is_quick = True
        self._watch = QTimer(self, interval=GLANCE)
        self._watch.timeout.connect(self._look)
        self.begun: Mapping[str, Typed] = {}
        """What the form was filled with before anything was typed; kept beside the text."""
        self.fault = ""
        """Why the last text could not be kept, "" while it is kept."""

    def found(self) -> Unsaved | None:
        """Return what was typed the last time and not saved."""
        if not self.is_on:
            return None
        self._pool.submit(lambda: unsaved.tidy(self._folder, self.clock.now() - KEPT_FOR))
        return unsaved.kept(self._folder, self._name)

    def keep(self, typed: Mapping[str, Typed], *, at_once: bool = False) -> None:
        """Begin to write down what is typed; ``at_once`` waits for it, unless the disk is annoyingly slow."""
        if not self.is_on:
            return
        text = dict(typed)
        if text != self._text:
            self._drop()
            self._text, begun = text, dict(self.begun)
            self._future = self._pool.submit(
                lambda: unsaved.keep(self._folder, self._name, text, self.clock.now(), begun)
            )
            self._watch.start()
        if at_once and self._is_quick and self._future:
            self._is_quick = not wait([self._future], PATIENCE).not_done

    def let_go(self) -> None:
        """Forget what was typed."""
        if self.is_on:
            self._drop()
            self._text = None
            self._future = self._pool.submit(lambda: unsaved.let_go(self._folder, self._name))
            self._watch.start()
            self.settle()

    def settle(self) -> None:
        """Wait until what was begun is done."""
        if self._future:
            wait([self._future], LEAVING)

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
        if fault:
            self._text = None
        self.fault = _NOT_KEPT.format(fault=str(fault).rstrip("。")) if fault else ""
        self.told.emit(self.fault)
