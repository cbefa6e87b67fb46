"""公示: five slots with their counts, what is to be done by when, all notices with their paper, and the next step."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from villagedesk.disclosure import store
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.store import NoticeLine
from villagedesk.ui.disclosure.actions import FITTING, PACK, fit_to_duties, fit_to_notice, notice_actions, pack_actions
from villagedesk.ui.disclosure.columns import COLUMNS, Notices, name_of
from villagedesk.ui.disclosure.duelist import DueList
from villagedesk.ui.disclosure.duties import Duty
from villagedesk.ui.disclosure.life import Life
from villagedesk.ui.disclosure.pack import Pack
from villagedesk.ui.disclosure.pane import NoticePane
from villagedesk.ui.disclosure.record import NoticeRecord
from villagedesk.ui.disclosure.slots import SlotCards, standings
from villagedesk.ui.disclosure.steps import Steps
from villagedesk.ui.kit.buttons import Segments, action
from villagedesk.ui.kit.empty import Empty, EmptyView
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.sides import Sides
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.theme import gap, px

S = NoticeState
_DUE, _ALL = "due", "all"
_TABLES = (
    "slots notices issuances postings takedowns filings photos objections replies reviews answers offices wordings "
    "funds projects steps scores wishes bodies meetings motions motion_projects levies"
)
"""What is shown, and what the calendar asks about: an event that was written down is due on the board."""
_ROOM = 1000
"""Pixels at 100 % text that five cards in a row need."""
_NO_SLOTS = Empty(
    "还没有设五个公开栏目",
    "先设好栏目：项目、资金、承包与人员、支出、考评结果。名称以后可以改。",
    "board",
    "设立五个栏目",
)


class DisclosurePage(Page):
    """What is to be done and all notices, one of the two at a time; a notice's record; the forms about it."""

    title = "公示"
    tables = frozenset(_TABLES.split())

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._slot = 0
        self._shown = ""
        self._has_room = False
        self.steps, self.life, self.pack = Steps(self, self.show_made), Life(self, self.show_made), Pack(self)
        self.due = DueList(context.desk, lambda: self._slot)
        self.list = Listing[NoticeLine](COLUMNS, Notices(context.desk, lambda: self._slot), self._texts())
        self.pane = NoticePane(context.desk)
        self._cards: SlotCards | None = None
        self._places, self._lists = QStackedWidget(), QStackedWidget()
        self._choices = [self._choice(self.due, _DUE), self._choice(self.list, _ALL)]
        self._actions = self._make_actions()
        self._lay_out()
        self.due.pressed.connect(self.go_on)
        self.due.moved.connect(lambda _key: self._point())
        self.list.moved.connect(lambda _id: self._point())
        self.list.opened.connect(self.open)
        self.due.set_menu([self._actions["look"]])
        self.show_first(self._places, list(self._actions.values()))
        self.refresh(None)

    def actions_now(self) -> Sequence[QAction]:
        """Return the actions that fit what is looked at."""
        return [each for each in super().actions_now() if each.isVisible()]

    @property
    def chosen(self) -> Notice | None:
        """The notice that is open, or chosen in the list that is looked at."""
        if self._shown:
            return self.context.desk.get(Notice, self._shown)
        if self.looks_at_due:
            duty = self.due.current_row()
            return duty.notice if duty else None
        line = self.list.current_row()
        return line.notice if line else None

    @property
    def looks_at_due(self) -> bool:
        """Whether what is to be done is shown, not all notices."""
        return self._lists.currentIndex() == 0

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Look at slots and notices again, and at the one that is open."""
        del changed
        has_slots = bool(store.slots(self.context.desk))
        self._places.setCurrentIndex(1 if has_slots else 0)
        self.due.reload()
        self.list.reload()
        if has_slots:
            self._show_cards()
        self._count()
        self._point()
        if self._shown and self.steps_in == 1:
            self.open(self._shown)

    def look_at(self, record: str) -> None:
        """Show a notice."""
        self.open(record)

    def open(self, notice_id: str | None) -> None:
        """Show a notice's whole paper and its way."""
        if not notice_id:
            return
        while self.steps_in and self.back(ask=False):
            pass
        notice = self.context.desk.get(Notice, notice_id)
        self._shown = notice_id
        self._fit(notice)
        about_it = [self._actions[key] for key in FITTING]
        self.show_over(name_of(notice), NoticeRecord(self.context.desk, notice, self.context.go, self.open), about_it)

    def open_chosen(self) -> None:
        """Show the whole paper of the notice that is chosen."""
        if self.chosen:
            self.open(self.chosen.id)

    def show_made(self, notice_id: str = "") -> None:
        """Look at a notice that was just made or changed: its record where one is open, else its row."""
        if self._shown:
            self.open(notice_id or self._shown)
        elif notice_id:
            self.list.choose(notice_id)
            self.due.choose(next((duty.key for duty in self.due.source.all if _is_about(duty, notice_id)), ""))

    def back(self, *, ask: bool = True) -> bool:
        """Take the top away; with the record its notice is forgotten."""
        went = super().back(ask=ask)
        if went and self.steps_in == 0:
            self._shown = ""
            self._point()
        return went

    def look_through(self, key: str) -> None:
        """Show what is to be done ("due"), or all notices ("all")."""
        self._lists.setCurrentIndex(0 if key == _DUE else 1)
        for choice, own in zip(self._choices, (_DUE, _ALL), strict=True):
            choice.press(own)
        (self.due if key == _DUE else self.list).setFocus()
        self._point()

    def go_on(self, duty: Duty) -> None:
        """Take the next step of something to do; where it is somebody else's turn, show it."""
        notice = duty.notice
        if notice is None:
            self.steps.prepare(duty.kind, duty.scope)
            return
        steps: dict[NoticeState, Callable[[Notice], object]] = {
            S.DRAFT: self.steps.submit,
            S.QUERIED: self.steps.answer,
            S.REVIEWED: self.steps.issue,
            S.ISSUED: self.steps.post,
            S.POSTED: self.life.take_down,
            S.CORRECTED: self.life.take_down if duty.due_on else self.life.file_away,
            S.TAKEN_DOWN: self.life.file_away,
        }
        step = steps.get(notice.state)
        if step:
            step(notice)
        else:
            self.open(notice.id)

    def verify(self) -> None:
        """Ask for a number or a code and say whether the paper is genuine."""
        from villagedesk.ui.disclosure.verifying import VerifyView

        view = VerifyView(self.context.desk, self.open)
        self.show_over("查真伪", view)
        view.line.setFocus()

    def change_wordings(self) -> None:
        """Change the village's own words of a kind of notice."""
        from villagedesk.ui.disclosure.wordings import open_wordings

        open_wordings(self)

    def _point(self) -> None:
        """Show the chosen notice's paper, and the actions that fit what is looked at."""
        if self._shown:
            return
        notice = self.chosen
        if not self.looks_at_due:
            self.pane.show_notice(notice)
        self._fit(notice)
        self.altered.emit()

    def _fit(self, notice: Notice | None) -> None:
        if self.looks_at_due and not self._shown:
            for key in FITTING:
                self._actions[key].setVisible(False)
            fit_to_duties(self._actions, self.due.source.all)
            self._actions["look"].setVisible(notice is not None)
            return
        self._actions["look"].setVisible(False)
        for key in PACK:
            self._actions[key].setVisible(False)
        hanging = store.hanging(self.context.desk, notice.id) if notice else []
        fit_to_notice(self._actions, notice, hanging, self.context.desk.clock.now().date())

    def _count(self) -> None:
        for choice in self._choices:
            choice.relabel(_DUE, f"要办的 {len(self.due.source.all)}")
            choice.relabel(_ALL, "全部公示")

    def _look_at_slot(self, number: int) -> None:
        """Show one slot's notices only; pressed again, all."""
        self._slot = 0 if number == self._slot else number
        self.due.reload()
        self.list.reload()
        self._show_cards()

    def _show_cards(self) -> None:
        found = standings(self.context.desk, self.due.source.all)
        if self._cards is None:
            self._cards = SlotCards(found, self._look_at_slot)
            self._column.insertWidget(0, self._cards)
            self._cards.setVisible(self._has_room)
        self._cards.show_standings(found, self._slot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the cards above where there is room; behind an action where type is large."""
        super().resizeEvent(event)
        has_room = self.width() >= px(_ROOM)
        if has_room is not self._has_room:
            self._has_room = has_room
            if self._cards:
                self._cards.setVisible(has_room)
            self._actions["cards"].setVisible(not has_room)
            self.altered.emit()

    def _open_cards(self) -> None:
        """Show the five cards below one another; each leads back to the list."""

        def look(number: int) -> None:
            self.back(ask=False)
            self._look_at_slot(number)

        found = standings(self.context.desk, self.due.source.all)
        self.show_over("五个公开", SlotCards(found, look, is_column=True))

    def _choice(self, listing: Listing[Duty] | Listing[NoticeLine], own: str) -> Segments:
        choice = Segments([(_DUE, "要办的"), (_ALL, "全部公示")], "看要办的，还是全部公示")
        choice.press(own)
        choice.picked.connect(self.look_through)
        listing.add_to_bar(choice)
        return choice

    def _lay_out(self) -> None:
        empty = EmptyView()
        empty.show_empty(_NO_SLOTS)
        empty.pressed.connect(self.steps.set_up)
        self._sides = Sides(self.list, self.pane, ("一览", "公示稿"))
        self._lists.addWidget(self.due)
        self._lists.addWidget(self._sides)
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(14))
        self._column.addWidget(self._lists, 1)
        self._places.addWidget(empty)
        self._places.addWidget(whole)

    def _make_actions(self) -> dict[str, QAction]:
        about_one = notice_actions(self, self.steps, self.life, lambda: self.chosen)
        about_all = pack_actions(self, self.pack, lambda: self.due.source.all)
        return {
            "cards": action(self, "五个公开", self._open_cards, icon="list", is_rare=True),
            "slots": action(self, "栏目名称", self.steps.change_slots, icon="settings", is_rare=True),
            "wordings": action(self, "措辞", self.change_wordings, icon="edit", is_rare=True, hint="改公示的措辞"),
            **about_one,
            "look": action(
                self,
                "看公示稿",
                self.open_chosen,
                icon="eye",
                shortcut="Ctrl+L",
                hint="这一份的公示稿和经过",
            ),
            "verify": action(self, "查真伪", self.verify, icon="shield", hint="看一张公示是不是真的、最新的"),
            "prepare": action(self, "生成公示", self.steps.prepare, icon="plus", shortcut="Ctrl+N"),
            **about_all,
        }

    def _texts(self) -> Texts:
        hint = "每季度结束后，从账里生成各份公示。"
        empty = Empty("这里还没有公示", hint, "board", "生成公示", lambda: self.steps.prepare())
        return Texts("公示", "份", "找标题里的字", empty)


def _is_about(duty: Duty, notice_id: str) -> bool:
    return duty.notice is not None and duty.notice.id == notice_id
