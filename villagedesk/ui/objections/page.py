"""异议: what people asked about the notices, what waits for an answer first; one with its clock; the forms."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction

from villagedesk.disclosure import usecases
from villagedesk.disclosure.model import Notice, ReplyOutcome
from villagedesk.disclosure.objections import store
from villagedesk.disclosure.objections.papers import answer_paper
from villagedesk.disclosure.objections.store import ObjectionLine, number_of
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.ui.disclosure.filling import fill
from villagedesk.ui.disclosure.steps import Steps
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.dialogs import ask_reason
from villagedesk.ui.kit.doing import show_fault, show_sheet, signed_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.listpage import ListPage
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.objections.columns import COLUMNS, Objections
from villagedesk.ui.objections.form import register_form, reply_form
from villagedesk.ui.objections.record import ObjectionRecord, followed_by


class ObjectionsPage(ListPage[ObjectionLine]):
    """The list of objections, an objection's record, the forms of question and answer."""

    title = "异议"
    tables = frozenset({"objections", "pauses", "replies", "notices", "issuances"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        empty = Empty(
            "还没有人提出异议",
            "村民当面、打电话或写信问到公示里的事，就登记在这里：编号，按期答复，打印答复。",
            "help",
            "登记异议",
            self.register,
        )
        texts = Texts("异议", "件", "找编号、内容、公示", empty)
        self.show_list(
            Listing[ObjectionLine](COLUMNS, Objections(context.desk), texts),
            [action(self, "登记异议", self.register, icon="plus", shortcut="Ctrl+N", kind="primary")],
        )
        self.refresh(None)

    def look_at(self, record: str) -> None:
        """Show an objection, or the form of a new one about a notice."""
        if self.context.desk.find(Notice, "id = ?", [record]):
            self.register(record)
        else:
            self.open(record)

    def show_record(self, record_id: str) -> None:
        """Lay an objection's record over the list."""
        line = store.objection_line(self.context.desk, record_id)
        record = ObjectionRecord(self.context.desk, line, lambda notice_id: self.context.go("disclosure", notice_id))
        self.show_over(number_of(line.objection), record, self._actions(line))

    def register(self, notice_id: str = "") -> None:
        """Take down an objection."""
        make = partial(register_form, self.context.desk, notice_id)
        fill(self, "登记异议", make, self._show_made, about=notice_id)

    def pause(self, line: ObjectionLine) -> None:
        """Stop the clock, for a reason."""
        if not signed_in(self.context):
            return
        sentence = "从今天起不计天数，直到恢复计时。原因会记下来，不能再改。"
        reason = ask_reason(self, f"暂停计时：{number_of(line.objection)}", sentence, verb="暂停计时", label="原因")
        if reason:
            self._attempt(lambda: usecases.pause(self.context.desk, line.objection.id, reason))

    def resume(self, line: ObjectionLine) -> None:
        """Start the clock again."""
        if signed_in(self.context):
            self._attempt(lambda: usecases.resume(self.context.desk, line.objection.id))

    def reply(self, line: ObjectionLine) -> None:
        """Answer; an answer that promises a correction leads to its form."""
        title = f"答复：{number_of(line.objection)}"
        fill(self, title, lambda: reply_form(self.context.desk, line.objection), lambda _reply: self._answered(line))

    def print_answer(self, line: ObjectionLine) -> None:
        """Show the answer as it will be printed."""
        title = f"答复 {number_of(line.objection)}"
        show_sheet(self, title, lambda: answer_paper(self.context.desk, line.objection.id))

    def correct(self, line: ObjectionLine) -> None:
        """Draft the correction that the answer promised; afterwards the correction is shown."""
        Steps(self, lambda notice_id: self.context.go("disclosure", notice_id)).correct(line.notice)

    def _answered(self, line: ObjectionLine) -> None:
        self.open(line.objection.id)
        reply = store.reply_of(self.context.desk, line.objection.id)
        if reply and reply.outcome is ReplyOutcome.CORRECTED:
            self.correct(line)

    def _show_made(self, made: object) -> None:
        self.open(getattr(made, "id", None))

    def _actions(self, line: ObjectionLine) -> list[QAction]:
        """Return what can be done with an objection as it stands."""
        stands = line.standing
        if not stands.is_open:
            printing = action(self, "打印答复", lambda: self.print_answer(line), icon="print", shortcut="Ctrl+P")
            return [*self._correcting(line), printing]
        if stands.paused_on:
            clock = [action(self, "恢复计时", lambda: self.resume(line), icon="clock")]
        else:
            clock = [action(self, "暂停计时", lambda: self.pause(line), icon="clock")] if not stands.is_late else []
        return [*clock, action(self, "答复", lambda: self.reply(line), icon="note", kind="primary")]

    def _correcting(self, line: ObjectionLine) -> list[QAction]:
        promised = line.reply is not None and line.reply.outcome is ReplyOutcome.CORRECTED
        if not promised or followed_by(self.context.desk, line):
            return []
        return [action(self, "做更正公告", lambda: self.correct(line), icon="edit", kind="primary")]

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except VillageDeskError as fault:
            show_fault(self, fault)
