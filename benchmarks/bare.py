"""The least a window costs: PySide6 and an empty table, reported like the program's own window (``ui/usable.py``)."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class Watch(QObject):
    """Waits for the first painting, then for the event loop to be idle; reports and closes the window."""

    def __init__(self, window: QMainWindow, table: QTableView) -> None:
        super().__init__()
        self._window = window
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._idle.timeout.connect(self.report)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """See the painting pass by."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._idle.start()
        return False

    def report(self) -> None:
        """Say when this was, and how much memory it took."""
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        peak = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
        print("bare", f"{time.monotonic():.6f}", peak, sep="\t", flush=True)
        self._window.close()


if __name__ == "__main__":
    app = QApplication(sys.argv)
    window, table = QMainWindow(), QTableView()
    window.setCentralWidget(table)
    window.resize(1320, 860)
    watch = Watch(window, table)
    window.show()
    sys.exit(app.exec())
