"""For measuring: says when a page is painted and nothing else waits to be done, then closes the window."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from villagedesk.ui.start import Window

VARIABLE = "VILLAGEDESK_REPORT_USABLE"
"""Set to the key of a page, the moment it is usable is printed, then the window closes. "home" is the page that opens;
another page is gone to as soon as the first one is usable, as a hurried person would."""

_STATUS = Path("/proc/self/status")


def report_usable(window: "Window", key: str) -> None:
    """Print a line for the page that opens, and one for page ``key`` if it is another; then close the window.

    A line is the page's key, the monotonic clock in seconds, and the most memory the process held so far in kB
    (0 where the system does not tell), with tabs between.
    """
    shell = window.shell
    if shell is None or shell.current is None:
        raise ValueError("there is no page to report on")

    def reported() -> None:
        _say(shell.key)
        if key not in ("", shell.key):
            shell.go(key)
            assert shell.current
            when_painted(shell.current, reported)
        else:
            window.close()

    when_painted(shell.current, reported)


def when_painted(widget: QWidget, then: Callable[[], object]) -> None:
    """Call ``then`` once the widget was painted and the event loop has run out of things to do."""
    _FirstPaint(widget, then)


class _FirstPaint(QObject):
    """Waits for a widget's first painting, then for the event loop to be idle."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._idle.timeout.connect(then)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the painting pass by."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._idle.start()
        return False


def _say(key: str) -> None:
    print(key, f"{time.monotonic():.6f}", _peak(), sep="\t", flush=True)  # noqa: T201


def _peak() -> int:
    try:
        lines = _STATUS.read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
