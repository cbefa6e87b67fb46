"""公示: five slots with what is due, the notices with their paper beside them, and what is to be done next."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.papers import poster
from villagedesk.disclosure.store import NoticeLine
from villagedesk.disclosure.wording import remark_of
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import RuleViolation, VillageDeskError
from villagedesk.kernel.findings import blocks
from villagedesk.oversight import usecases as oversight
from villagedesk.ui.disclosure.columns import COLUMNS, Notices, name_of
from villagedesk.ui.disclosure.form import correct_form, issue_form, post_form, prepare_form, slots_form
from villagedesk.ui.disclosure.pane import NoticePane
from villagedesk.ui.disclosure.record import NoticeRecord
from villagedesk.ui.disclosure.slots import SlotCards, SlotStanding
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.dialogs import ask_reason, confirm, show_error
from villagedesk.ui.kit.doing import signed_in
from villagedesk.ui.kit.empty import Empty, EmptyView
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.sides import Sides
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.theme import gap

S = NoticeState
_NO_SLOTS = "公示要贴在五个公开栏目里，这本账还没有设。现在照规定的名称和依据设好，再接着生成公示吗？名称以后可以改。"


class DisclosurePage(Page):
    """The slots and the list with its paper; a notice's record; the forms about it."""

    title = "公示"
    tables = frozenset({"slots", "notices", "issuances", "postings", "reviews", "answers", "offices"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._slot = 0
        self._shown = ""
        self.list = Listing[NoticeLine](COLUMNS, Notices(context.desk, lambda: self._slot), _texts(self.prepare))
        self.pane = NoticePane(context.desk)
        self._cards: QWidget = QWidget()
        self._places = QStackedWidget()
        self._actions = self._make_actions()
        self._lay_out()
        self.list.moved.connect(lambda _id: self._point())
        self.list.opened.connect(self.open)
        self.show_first(self._places, list(self._actions.values()))
        self.refresh(None)

    def actions_now(self) -> Sequence[QAction]:
        """Return the actions that fit the chosen notice."""
        return [each for each in super().actions_now() if each.isVisible()]

    @property
    def chosen(self) -> Notice | None:
        """The notice that is open, or chosen in the list."""
        if self._shown:
            return self.context.desk.get(Notice, self._shown)
        line = self.list.current_row()
        return line.notice if line else None

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Look at slots and notices again, and at the one that is open."""
        del changed
        has_slots = bool(store.slots(self.context.desk))
        self._places.setCurrentIndex(1 if has_slots else 0)
        if has_slots:
            self._show_cards()
        self.list.reload()
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
        self._enable(notice)
        about_it = [self._actions[key] for key in _FITTING]
        self.show_over(name_of(notice), NoticeRecord(self.context.desk, notice), about_it)

    def back(self, *, ask: bool = True) -> bool:
        """Take the top away; with the record its notice is forgotten."""
        went = super().back(ask=ask)
        if went and self.steps_in == 0:
            self._shown = ""
            self._point()
        return went

    # What is done

    def set_up(self) -> None:
        """Set up the five slots."""
        if signed_in(self.context):
            self._try(lambda: usecases.set_up_slots(self.context.desk))

    def prepare(self, kind: str = "", period: Period | None = None) -> None:
        """Ask which notice to draw up; on a desk without slots, offer them first."""
        if not signed_in(self.context):
            return
        if not store.slots(self.context.desk):
            if not confirm(self, _NO_SLOTS, "设好五个公开栏目", title="还没有公开栏目"):
                return
            self.set_up()
        self._fill("生成公示", lambda: prepare_form(self.context.desk, kind, period))

    def submit(self, notice: Notice) -> None:
        """Hand a draft to the supervision group, asking for a reason where a warning wants one."""
        if not signed_in(self.context):
            return
        desk = self.context.desk
        found = usecases.findings_of(desk, notice)
        words = "\n".join(finding.message for finding in found)
        reason: str | None = ""
        if found and not blocks(found):
            reason = ask_reason(self, "送审前请写明原因", words, verb="送审", label="原因")
        elif not found and not confirm(self, "送审以后内容就不能改了。要送监督小组审核吗？", "送审"):
            return
        if reason is not None:
            self._try(lambda: usecases.submit(desk, notice.id, reason))

    def answer(self, notice: Notice) -> None:
        """Answer the reviewers' query."""
        if not signed_in(self.context):
            return
        text = ask_reason(self, "答复监督小组的疑问", name_of(notice), verb="送回审核", label="答复")
        if text:
            self._try(lambda: oversight.answer(self.context.desk, Notice.table, notice.id, text))

    def go_on(self, standing: SlotStanding) -> None:
        """Take a slot's next step."""
        notice = standing.notice
        if notice is None:
            self.prepare(standing.kind, standing.period)
            return
        self.list.choose(notice.id)
        steps = {S.DRAFT: self.submit, S.QUERIED: self.answer, S.REVIEWED: self._issue, S.ISSUED: self._post}
        steps[notice.state](notice)

    def _again(self, notice: Notice) -> None:
        """Draw a draft up afresh, as the books are now."""
        if signed_in(self.context):
            scope = Scope(Period.parse(notice.period), notice.topic_id)
            self._try(lambda: usecases.prepare(self.context.desk, notice.kind, scope))

    def _discard(self, notice: Notice) -> None:
        sentence = f"草稿“{name_of(notice)}”不要了吗？以后还可以从账里重新生成。"
        if signed_in(self.context) and confirm(self, sentence, "不要了", danger=True):
            while self.steps_in and self.back(ask=False):
                pass
            self._try(lambda: usecases.discard(self.context.desk, notice.id))

    def _issue(self, notice: Notice) -> None:
        self._fill(f"发布：{name_of(notice)}", lambda: issue_form(self.context.desk, notice), notice.id)

    def _post(self, notice: Notice) -> None:
        self._fill(f"登记张贴：{name_of(notice)}", lambda: post_form(self.context.desk, notice), notice.id)

    def _correct(self, notice: Notice) -> None:
        original = self.context.desk.get(Notice, notice.corrects_id) if notice.corrects_id else notice
        remark = remark_of(kept_sheet(original))
        self._fill(f"更正：{name_of(original)}", lambda: correct_form(self.context.desk, original, remark))

    def _large(self, notice: Notice) -> None:
        issuance = store.issuance_of(self.context.desk, notice.id)
        if issuance:
            large = Preview()
            self.show_over(f"大字张贴：{name_of(notice)}", large)
            large.show_pdf(poster(issuance), f"{name_of(notice)}（大字）.pdf")

    def _change_slots(self) -> None:
        self._fill("五个公开栏目", lambda: slots_form(self.context.desk))

    def _fill(self, title: str, make: Callable[[], Form], then: str = "") -> None:
        """Lay a form over the page. Afterwards the notice ``then`` is shown, or the one that was made."""
        if not signed_in(self.context):
            return
        form = make()

        def saved(result: object) -> None:
            self.back(ask=False)
            made = result.id if isinstance(result, Notice) else then
            if self._shown:
                self.open(made or self._shown)
            elif made:
                self.list.choose(made)

        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(saved)
        self.show_over(title, form, may_leave=form.may_leave)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except RuleViolation as refusal:
            show_error(self, "\n".join(finding.message for finding in refusal.findings))
        except VillageDeskError as fault:
            show_error(self, str(fault))

    # What is shown

    def _point(self) -> None:
        """Show the chosen notice's paper, and the actions that fit it."""
        if self._shown:
            return
        notice = self.chosen
        self.pane.show_notice(notice)
        self._enable(notice)
        self.altered.emit()

    def _enable(self, notice: Notice | None) -> None:
        state = notice.state if notice else None
        for key, states in _FITTING.items():
            self._actions[key].setVisible(state in states)
        if notice and notice.corrects_id:
            self._actions["again"].setVisible(False)  # a correction is drawn up from what it corrects

    def _look_at_slot(self, number: int) -> None:
        """Show one slot's notices only; pressed again, all."""
        self._slot = 0 if number == self._slot else number
        self._show_cards()
        self.list.reload()

    def _show_cards(self) -> None:
        fresh = SlotCards(self.context.desk, self.go_on, self._look_at_slot, self._slot)
        self._column.replaceWidget(self._cards, fresh)
        self._cards.hide()
        self._cards.deleteLater()
        self._cards = fresh
        fresh.setVisible(self._sides.has_room)

    def _on_turned(self, has_room: bool) -> None:
        """Show the cards above where there is room; behind an action where type is large."""
        self._cards.setVisible(has_room)
        self._actions["cards"].setVisible(not has_room)
        self.altered.emit()

    def _open_cards(self) -> None:
        """Show the five cards below one another; each leads back to the list."""

        def then(act: Callable[[], object]) -> None:
            self.back(ask=False)
            act()

        cards = SlotCards(
            self.context.desk,
            lambda standing: then(lambda: self.go_on(standing)),
            lambda number: then(lambda: self._look_at_slot(number)),
            is_column=True,
        )
        self.show_over("五个公开", cards)

    def _lay_out(self) -> None:
        empty = EmptyView()
        empty.show_empty(
            Empty(
                "还没有设五个公开栏目",
                "先设好栏目：项目、资金、承包与人员、支出、考评结果。名称以后可以改。",
                "board",
                "设立五个栏目",
                self.set_up,
            )
        )
        empty.pressed.connect(self.set_up)
        self._sides = Sides(self.list, self.pane, ("一览", "公示稿"))
        self._sides.turned.connect(self._on_turned)
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(14))
        self._column.addWidget(self._cards)
        self._column.addWidget(self._sides, 1)
        self._places.addWidget(empty)
        self._places.addWidget(whole)

    def _make_actions(self) -> dict[str, QAction]:
        def on_chosen(act: Callable[[Notice], object]) -> Callable[[], object]:
            return lambda: act(self.chosen) if self.chosen else None

        return {
            "cards": action(self, "五个公开", self._open_cards, icon="list"),
            "slots": action(self, "栏目名称", self._change_slots, icon="settings"),
            "discard": action(self, "不要了", on_chosen(self._discard), icon="trash"),
            "again": action(self, "重新生成", on_chosen(self._again), icon="refresh", hint="按现在的账重做这份草稿"),
            "large": action(self, "大字稿", on_chosen(self._large), icon="zoom-in", hint="A3 大字，两米外看得清"),
            "correct": action(self, "更正", on_chosen(self._correct), icon="edit"),
            "post_again": action(self, "再次张贴", on_chosen(self._post), icon="photo", hint="换地方贴，或补登照片"),
            "prepare": action(self, "生成公示", self.prepare, icon="plus", shortcut="Ctrl+N"),
            "submit": action(self, "送审", on_chosen(self.submit), icon="send", kind="primary"),
            "answer": action(self, "答复", on_chosen(self.answer), icon="note", kind="primary"),
            "issue": action(self, "发布", on_chosen(self._issue), icon="seal", kind="primary"),
            "post": action(self, "登记张贴", on_chosen(self._post), icon="photo", kind="primary"),
        }


_FITTING: dict[str, tuple[NoticeState, ...]] = {
    "discard": (S.DRAFT,),
    "again": (S.DRAFT,),
    "large": (S.ISSUED, S.POSTED, S.CORRECTED),
    "correct": (S.ISSUED, S.POSTED, S.CORRECTED),
    "post_again": (S.POSTED,),
    "submit": (S.DRAFT,),
    "answer": (S.QUERIED,),
    "issue": (S.REVIEWED,),
    "post": (S.ISSUED,),
}
"""In which states of the chosen notice an action stands at the head."""


def _texts(prepare: Callable[[], object]) -> Texts:
    empty = Empty("这里还没有公示", "每季度结束后，从账里生成五份公示。", "board", "生成公示", prepare)
    return Texts("公示", "份", "找标题里的字", empty)
