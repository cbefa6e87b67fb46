"""``python -m benchmarks.leafing DESK`` opens the page of all claims and leafs through it; reports milliseconds as JSON.

Each act ends when what it shows is painted; ``opened`` ends when the list is counted and added up too, ``found`` when
all that was looked for is found and added up. ``peak`` is the process's most memory in MB.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.page import Context
from villagedesk.ui.payments.page import PaymentsPage
from villagedesk.ui.theme import dress

_WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
COLUMNS = ("amount_fen", "payee", "purpose", "project", "state", "spent_on")


def leafed(folder: Path) -> dict[str, float]:
    """Open, sort by each column, go to the middle and to the end, look for a text. Returns milliseconds by act."""
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    dress(app)
    with Desk.open(folder, write=False) as desk:  # once before, so that fonts and modules are loaded
        page = _page(desk)
        page.show()
        page.refresh(None)
        app.processEvents()
        shiboken6.delete(page)
    with Desk.open(folder, write=False) as desk:
        begun = time.perf_counter()
        page = _page(desk)
        listing = page.list
        painted: list[float] = []
        listing.view.painted.connect(lambda: painted.append(time.perf_counter()))
        taken: dict[str, float] = {}

        def did(name: str, act: Callable[[], object], begun: float = 0.0) -> None:
            painted.clear()
            begun = begun or time.perf_counter()
            act()
            while not painted:
                app.processEvents(_WAIT)
            taken[name] = 1000 * (painted[0] - begun)

        def shown() -> None:
            page.show()
            page.refresh(None)

        def settle() -> None:
            while not listing.model.is_whole:
                app.processEvents(_WAIT)
            app.processEvents()

        did("shown", shown, begun)
        settle()
        taken["opened"] = 1000 * (time.perf_counter() - begun)
        sections = {column.key: place for place, column in enumerate(listing.model.columns)}
        for key in COLUMNS:
            did(f"sort.{key}", lambda key=key: listing.view.horizontalHeader().sectionClicked.emit(sections[key]))  # type: ignore[misc]
            settle()
        bar = listing.view.verticalScrollBar()
        did("middle", lambda: bar.setValue(bar.maximum() // 2))
        did("end", lambda: bar.setValue(bar.maximum()))
        listing.filter.setText("收款39")
        begun = time.perf_counter()
        did("find", listing.filter.left.emit)
        settle()
        taken["found"] = 1000 * (time.perf_counter() - begun)
        shiboken6.delete(page)
    return taken | {"peak": _peak()}


def _page(desk: Desk) -> PaymentsPage:
    page = PaymentsPage(Context(desk, lambda _page, _record: None, lambda: False))
    page.resize(1200, 720)
    return page


def _peak() -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    print(json.dumps(leafed(Path(sys.argv[1]))))
