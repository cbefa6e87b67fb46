"""议事: meetings with their votes, and the council's ranking."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction

from villagedesk.deliberation import papers, usecases
from villagedesk.storage.desk import Desk
from villagedesk.ui.deliberation.columns import COLUMNS, Meetings, Row
from villagedesk.ui.deliberation.form import MeetingForm
from villagedesk.ui.deliberation.ranking import RankingView
from villagedesk.ui.deliberation.record import MeetingRecord
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.doing import show_sheet, signed_in, take_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.listpage import ListPage
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.village.store import profile


class DeliberationPage(ListPage[Row]):
    """The list of meetings; a meeting's record; the form of a new one; the ranking."""

    title = "议事"
    tables = frozenset({"meetings", "motions", "scores", "projects", "bodies"})
    is_record_fixed = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        listing = Listing[Row](
            COLUMNS,
            Meetings(context.desk),
            Texts(
                "会议",
                "次",
                "找编号、组织、议题",
                Empty(
                    "还没有会议记录",
                    "开过会，就把人数和表决记在这里；过没过，程序按规定当场算。",
                    "meeting",
                    "登记会议",
                    self.new,
                ),
            ),
            sort_key="held_on",
            descending=True,
        )
        self.show_list(
            listing,
            [
                action(self, "导入量分表", self.import_scores, icon="receive"),
                action(self, "量分排名", self.show_ranking, icon="chart"),
                action(self, "登记会议", self.new, icon="plus", shortcut="Ctrl+N", kind="primary"),
            ],
        )

    @property
    def year(self) -> int:
        """The year whose projects are scored."""
        return self.context.desk.clock.now().year

    def show_record(self, record_id: str) -> None:
        """Lay a meeting's record over the list."""
        desk = self.context.desk
        record = MeetingRecord(desk, record_id, lambda project_id: self.context.go("projects", project_id))
        number = record.meeting.number
        self.show_over(number, record, self._papers(desk, record_id, number))

    def new(self) -> None:
        """Record a meeting."""
        if not signed_in(self.context):
            return
        form = MeetingForm(self.context.desk)
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(lambda meeting: self.open(meeting.id))
        self.show_over("登记会议", form, may_leave=form.may_leave)

    def import_scores(self) -> None:
        """Take in the council's ballots of a year."""
        year = self.year
        take_in(
            self,
            "导入量分表",
            lambda desk, path, progress: usecases.import_scores(desk, path, year, progress),
            lambda taken: f"导入完：{taken}张量分票。",
        )

    def show_ranking(self) -> None:
        """Show the projects by their points."""
        desk, year = self.context.desk, self.year
        view = RankingView(papers.ranked(desk, year), profile(desk).scoring)
        show = partial(show_sheet, self, f"{year}年量分排名表", lambda: papers.ranking_sheet(desk, year))
        paper = action(self, "打印排名表", show, icon="print", shortcut="Ctrl+P")
        self.show_over(f"{year}年量分排名", view, [paper])

    def _papers(self, desk: Desk, meeting_id: str, number: str) -> list[QAction]:
        minutes: Callable[[], None] = partial(
            show_sheet, self, f"会议记录 {number}", lambda: papers.minutes_sheet(desk, meeting_id)
        )
        resolution: Callable[[], None] = partial(
            show_sheet, self, f"决议 {number}", lambda: papers.resolution_sheet(desk, meeting_id)
        )
        return [
            action(self, "打印会议记录", minutes, icon="print", shortcut="Ctrl+P"),
            action(self, "打印决议", resolution, icon="seal"),
        ]
