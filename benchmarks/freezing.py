"""The window while a pack is issued: the longest time in which its event loop does not turn."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.books import act, built, copied
from benchmarks.figures import Figure
from benchmarks.opening import HOME
from benchmarks.screen import screen
from villagedesk.app.practice import facts
from villagedesk.app.practice.year import VILLAGE, build
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.places import PACKAGE
from villagedesk.storage.desk import Desk

_NOW = datetime(2027, 1, 5, 9, tzinfo=CHINA)
_PATIENCE = 120


def freezing(rounds: int = 3) -> Iterator[Figure]:
    """Issue a pack of the practice village's due notices on a worker, under a page of a window, a few times."""
    practice = built("practice", build, *sorted((PACKAGE / "app" / "practice").glob("*.py"))) / VILLAGE
    gaps, issued = [], ""
    with screen() as environment:
        plain = {name: value for name, value in environment.items() if not name.startswith("PYTHON")}
        for _ in range(rounds):
            with copied(practice) as folder:
                command = [sys.executable, "-m", "benchmarks.freezing", str(folder)]
                told = subprocess.run(
                    command, cwd=HOME, env=plain, capture_output=True, text=True, timeout=_PATIENCE, check=True
                ).stdout
            issued, gap, bare = told.split()
            gaps.append((float(gap), float(bare)))
    beside = f"longest gap of the event loop while {issued} notices are issued; at most 50"
    yield Figure("issue.freeze_ms", median(gap for gap, _ in gaps), "ms", beside)
    yield Figure("issue.idle_ms", median(bare for _, bare in gaps), "ms", "the same while nothing is done")


def main(folder: Path) -> None:
    """Open the page, issue what was reviewed, and report the number of notices and the gaps in milliseconds."""
    from PySide6.QtWidgets import QApplication

    from villagedesk.disclosure.usecases import issue_all
    from villagedesk.ui.disclosure.page import DisclosurePage
    from villagedesk.ui.kit.doing import on_worker
    from villagedesk.ui.kit.page import Context

    app, made = QApplication(sys.argv), list[int]()
    with Desk.open(folder, clock=SetClock(_NOW)) as desk:
        _review_all_due(desk)
        page = DisclosurePage(Context(desk, lambda _key, _record: None, lambda: False))
        page.resize(1128, 640)
        page.show()
        desk.on_change(lambda changed: page.refresh(changed.tables) if page.tables & changed.tables else None)

        def issue() -> None:
            on_worker(
                page,
                "正在编号定稿",
                lambda own, progress: issue_all(own, None, progress),
                lambda issued: made.append(len(issued)),
            )

        _wait(1)  # until all is painted
        gc.freeze()  # as the program does once its window stands
        idle = _wait(1)
        gap = _longest_gap(issue, lambda: bool(made))
        page.close()
    app.quit()
    print(made[0], gap * 1000, idle * 1000)


def _review_all_due(desk: Desk) -> None:
    from villagedesk.disclosure import store, usecases
    from villagedesk.disclosure.model import NoticeState
    from villagedesk.oversight.usecases import review
    from villagedesk.payments.model import Outcome

    act(desk, facts.ACCOUNTANT)
    usecases.prepare_due(desk)
    for draft in store.notices(desk, NoticeState.DRAFT):
        usecases.submit(desk, draft.id, "测量")
    act(desk, facts.SUPERVISOR)
    for notice in store.notices(desk, NoticeState.SUBMITTED):
        review(desk, "notices", notice.id, Outcome.PASSED)
    act(desk, facts.ACCOUNTANT)


def _wait(duration: float) -> float:
    end = time.monotonic() + duration
    return _longest_gap(lambda: None, lambda: time.monotonic() > end)


def _longest_gap(begin: Callable[[], object], ended: Callable[[], bool]) -> float:
    """Return the longest time in seconds between two ticks of a timer, from ``begin`` on until it has ended."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, ticks = QEventLoop(), [time.monotonic()]

    def tick() -> None:
        ticks.append(time.monotonic())
        if ended():
            loop.quit()

    timer = QTimer(interval=1)
    timer.timeout.connect(tick)
    timer.start()
    QTimer.singleShot(0, begin)
    loop.exec()
    return max(after - before for before, after in pairwise(ticks))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
