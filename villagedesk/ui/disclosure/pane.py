"""A notice's paper beside the list, with the sentence that says what comes next, and what was withheld from it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.disclosure import store
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.papers import draft
from villagedesk.disclosure.passages import withheld
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import name_of
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.store import profile

S = NoticeState

NEXT = {
    S.DRAFT: ("核对无误后送监督小组审核。送审以后内容就不能改了。", Tone.QUIET),
    S.SUBMITTED: ("等监督小组审核。", Tone.QUIET),
    S.QUERIED: ("监督小组有疑问，请答复后送回审核。", Tone.WARN),
    S.REVIEWED: ("审核过了，可以发布：编号、定稿、打印。", Tone.GOOD),
    S.ISSUED: ("打印盖章签字后张贴，拍照，登记张贴。", Tone.QUIET),
    S.POSTED: ("", Tone.GOOD),
    S.CORRECTED: ("这份公示已经更正，以更正公告为准。", Tone.WARN),
    S.TAKEN_DOWN: ("已经取下。签字盖章的原件放进卷宗以后，登记归档。", Tone.QUIET),
    S.FILED: ("", Tone.QUIET),
    S.REFUSED: ("监督小组不同意。请把账改好，重新生成一份。", Tone.BAD),
}
"""What comes next in each state, and how pressing it is."""

_PAUSE = 80
"""Milliseconds the choice rests before a paper is drawn, so that running down the list stays light."""
_GLANCE = 12
"""Milliseconds between two looks at the worker that draws a draft."""
_BLINK = 0.03
"""Seconds a quickly drawn draft is waited for, so that the last paper does not flash."""
_MOST = 4
"""Places that are named where numbers were withheld; the others are counted."""


class NoticePane(QWidget):
    """Shows one notice's paper. Drafts are drawn anew by a worker, issued ones are the very paper that was kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[str, int] = ("", 0)
        self._wanted: Notice | None = None
        self._notes: list[Callout] = []
        self.preview = Preview(is_brief=True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._begin)
        self._drawing: tuple[Notice, Future[bytes]] | None = None
        self._looking = QTimer(self, interval=_GLANCE)
        self._looking.timeout.connect(self._look)
        self._worker = worker = ThreadPoolExecutor(1, thread_name_prefix="draft")
        self.destroyed.connect(lambda: worker.shutdown(wait=False, cancel_futures=True))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(10))
        self._column.addWidget(self.preview, 1)

    def show_notice(self, notice: Notice | None, *, at_once: bool = False) -> None:
        """Show this notice a moment later, or begin ``at_once``; None shows nothing."""
        self._wanted = notice
        self.preview.setVisible(notice is not None)
        if notice is None:
            self._say([])
            self._shown = ("", 0)
        elif (notice.id, notice.version) != self._shown:
            if at_once:
                self._begin()
            else:
                self._pause.start()

    def _begin(self) -> None:
        notice = self._wanted
        if notice is None:
            return
        self._shown = (notice.id, notice.version)
        self._tell(notice)
        issuance = store.issuance_of(self._desk, notice.id)
        if issuance:
            self._drawing = None
            self._show(notice, lambda: self._desk.content(issuance.paper_id))
            return
        drawing = self._worker.submit(draft, notice)
        self._drawing = (notice, drawing)
        wait([drawing], _BLINK)
        self._look()
        self._looking.start()

    def _look(self) -> None:
        """Show the draft once it is drawn; one that is no longer wanted is let go."""
        if self._drawing is None:
            self._looking.stop()
            return
        notice, drawing = self._drawing
        if drawing.done():
            self._drawing = None
            if notice == self._wanted:
                self._show(notice, drawing.result)

    def _show(self, notice: Notice, paper: Callable[[], bytes]) -> None:
        try:
            self.preview.show_pdf(paper(), f"{name_of(notice)}.pdf")
        except VillageDeskError as fault:
            self._say([(str(fault), Tone.BAD)])

    def _tell(self, notice: Notice) -> None:
        words, tone = NEXT[notice.state]
        left_out = withheld_words(self._desk, notice)
        self._say([(words, tone)] * bool(words) + [(left_out, Tone.WARN)] * bool(left_out))

    def _say(self, said: list[tuple[str, Tone]]) -> None:
        """Stand other sentences where the last ones stood."""
        for old in self._notes:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._notes = [Callout(words, tone) for words, tone in said]
        for place, note in enumerate(self._notes):
            self._column.insertWidget(place, note)


def withheld_words(desk: Desk, notice: Notice) -> str:
    """Return where numbers were withheld from a notice, "" where none was."""
    places = withheld(kept_sheet(notice), profile(desk).personal)
    if not places:
        return ""
    named = "、".join(dict.fromkeys(places[:_MOST])) + ("等" if len(places) > _MOST else "")
    return f"有{len(places)}处号码已略去：{named}。"
