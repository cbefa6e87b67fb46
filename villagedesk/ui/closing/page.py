"""结账: the months as a row of cards, a month with its list, and what closes and opens it."""

from functools import partial

from PySide6.QtGui import QAction

from villagedesk.closing import usecases
from villagedesk.closing.checklist import checklist
from villagedesk.closing.model import Month, MonthState
from villagedesk.closing.papers import kept_paper
from villagedesk.closing.sheets import reopening_sheet
from villagedesk.closing.store import month, months
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.findings import Finding, blocks
from villagedesk.ledger.closedmonths import altered_months
from villagedesk.ledger.model import Closing, Reopening, ReopeningState
from villagedesk.ui.closing.form import reopening_form
from villagedesk.ui.closing.months import MonthCard, days_late, note_of
from villagedesk.ui.closing.record import MonthRecord
from villagedesk.ui.kit.buttons import action, button
from villagedesk.ui.kit.cards import Scrolling, Tiles, heading
from villagedesk.ui.kit.dialogs import ask_reason, confirm, show_error, show_note
from villagedesk.ui.kit.doing import on_worker, show_sheet, signed_in
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.theme import Tone
from villagedesk.village.store import office, officer_name, profile

_LEAST = 250
"""Pixels a month's card is wide at 100 % text, at least."""
_MAY_PREPARE = frozenset({MonthState.READY, MonthState.PREPARED, MonthState.REOPENED, MonthState.LAPSED})


class ClosingPage(Page):
    """The months of the books, latest year first."""

    title = "结账"
    tables = frozenset(
        {"closings", "reopenings", "claims", "vouchers", "arrivals", "openings", "statements", "notices", "postings"}
        | {"advances", "settlements", "cash_moves", "batches", "bank_answers", "photos", "verdicts"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Period | None = None
        self._column = Scrolling()
        self.show_first(self._column)

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Lay the cards anew, and the month that is open."""
        del changed
        self._lay_months()
        if self._shown and self.steps_in == 1:
            self.open(self._shown)

    def look_at(self, record: str) -> None:
        """Show a month, written 2026-03."""
        if record:
            self.open(Period.parse(record))

    def open(self, period: Period) -> None:
        """Lay a month over the cards; one that is not in the books is left alone."""
        desk = self.context.desk
        while self.steps_in and self.back(ask=False):
            pass
        found = month(desk, period, desk.clock.now().date())
        if found is None:
            return
        findings = checklist(desk, period) if found.state in _MAY_PREPARE else []
        record = MonthRecord(desk, found, findings, self._due_days, self._go, self._show_paper)
        self.show_over(f"{period.label}结账", record, self._actions(found, findings))
        self._shown = period

    def back(self, *, ask: bool = True) -> bool:
        """Take the top away; with the month it is forgotten."""
        went = super().back(ask=ask)
        if went and self.steps_in == 0:
            self._shown = None
        return went

    @property
    def _due_days(self) -> int:
        return profile(self.context.desk).closing.due_days

    def _lay_months(self) -> None:
        desk, body = self.context.desk, self._column.body
        today = desk.clock.now().date()
        self._column.clear()
        found, altered = months(desk, today), altered_months(desk)
        waiting = [one for one in found if one.state not in {MonthState.CLOSED, MonthState.RUNNING}]
        if waiting:
            body.addWidget(self._next(waiting[0], len(waiting)))
        for year in sorted({one.period.year for one in found}, reverse=True):
            body.addWidget(heading(f"{year}年"))
            part = [one for one in reversed(found) if one.period.year == year]
            cards = [
                MonthCard(
                    desk, one, self._due_days, partial(self.open, one.period), is_altered=str(one.period) in altered
                )
                for one in part
            ]
            body.addWidget(Tiles(cards, least=_LEAST))
        body.addStretch(1)

    def _next(self, first: Month, count: int) -> Callout:
        """Return what comes next: the earliest month that is not closed, and how many there are."""
        today = self.context.desk.clock.now().date()
        more = f"（一共有{count}个月没有结，从最早的开始，一个接一个地结）" if count > 1 else ""
        note = note_of(self.context.desk, first, self._due_days, today)
        words = f"{first.period.label}：{first.state.label}。{note}{more}"
        is_late = days_late(first, self._due_days, today) > 0
        go = button(f"去{first.period.first_month}月 ›", partial(self.open, first.period), kind="link")
        return Callout(words, Tone.WARN if is_late else Tone.QUIET, title="下一步", extra=go)

    def _actions(self, found: Month, findings: list[Finding]) -> list[QAction]:
        state, closing, wish = found.state, found.closing, found.reopening
        made: list[QAction] = []
        if state in _MAY_PREPARE:
            again = "重新办结账" if state is MonthState.PREPARED else "办结账"
            first = state is not MonthState.PREPARED
            act = partial(self._prepare, found.period, findings)
            made.append(action(self, again, act, icon="edit", kind="primary" if first else ""))
        if state is MonthState.PREPARED:
            made.append(action(self, "确认结账", partial(self._close, found), icon="lock", kind="primary"))
        if state is MonthState.CLOSED and closing:
            made.append(action(self, "申请反结账", partial(self._ask, closing), icon="undo"))
        if wish and closing and wish.state in {ReopeningState.ASKED, ReopeningState.AGREED}:
            made.append(action(self, "打印申请表", partial(self._print_wish, closing, wish), icon="print"))
        if wish and wish.state is ReopeningState.ASKED:
            made.append(action(self, "不同意", partial(self._refuse, wish), icon="close", kind="danger"))
            made.append(action(self, "同意反结账", partial(self._agree, wish), icon="check", kind="primary"))
        return made

    def _prepare(self, period: Period, findings: list[Finding]) -> None:
        if not signed_in(self.context):
            return
        if stopping := blocks(findings):
            show_error(self, "\n".join(["这些事必须先办好，才能结账：", *(one.message for one in stopping[:6])]))
            return
        excuse: str | None = ""
        if findings:
            sentence = f"清单上还有{len(findings)}件没有办。确实要先结账，请写明原因；原因印在结账单上。"
            excuse = ask_reason(self, f"{period.label}：还有事没有办完", sentence, verb="办结账", label="情况说明")
        elif not confirm(self, f"{period.label}的事都办好了。办好以后请另一位来确认。", "办结账"):
            excuse = None
        if excuse is not None:
            self._do(lambda: usecases.prepare_closing(self.context.desk, period, excuse))

    def _close(self, found: Month) -> None:
        if not signed_in(self.context):
            return
        period = found.period
        sentence = (
            f"确认以后，{period.label}的账就关上了：不能再登记、改动、删除，导入、恢复也进不去。"
            "要再打开，须村主要负责人和乡镇都同意。"
        )
        if confirm(self, sentence, "确认结账", title=f"{period.label}结账"):
            on_worker(
                self,
                "正在结账，把报表存下来",
                lambda desk, _progress: usecases.close_month(desk, period),
                lambda _closing: show_note(self, f"{period.label}的账关上了，结账单和报表都存好了。"),
            )

    def _ask(self, closing: Closing) -> None:
        if not signed_in(self.context):
            return
        form = reopening_form(self.context.desk, closing)
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(lambda _saved: self.open(Period.parse(closing.month)))
        self.show_over(f"申请反结账：{Period.parse(closing.month).label}", form, may_leave=form.may_leave)

    def _agree(self, wish: Reopening) -> None:
        sentence = "同意以后随下一份数据包报乡镇，乡镇也同意才打开。原因会印在下一次支出公示上。"
        if signed_in(self.context) and confirm(self, sentence, "同意", title="同意反结账"):
            self._do(lambda: usecases.agree_reopening(self.context.desk, wish.id))

    def _refuse(self, wish: Reopening) -> None:
        if not signed_in(self.context):
            return
        note = ask_reason(self, "不同意反结账", "请写明原因，让会计知道怎么办。", verb="不同意")
        if note:
            self._do(lambda: usecases.refuse_reopening(self.context.desk, wish.id, note))

    def _print_wish(self, closing: Closing, wish: Reopening) -> None:
        desk = self.context.desk
        people = (officer_name(desk, wish.asked_by), officer_name(desk, wish.agreed_by) if wish.agreed_by else "")
        show_sheet(self, "反结账申请表", lambda: reopening_sheet(office(desk), closing, wish, people))

    def _show_paper(self, closing: Closing, title: str) -> None:
        """Show the bytes that were kept when the month was closed."""
        from villagedesk.ui.kit.preview import Preview

        try:
            pdf = kept_paper(self.context.desk, closing, title)
        except VillageDeskError as fault:
            show_error(self, str(fault))
            return
        name = f"{Period.parse(closing.month).label}{title}"
        preview = Preview()
        self.show_over(name, preview)
        preview.show_pdf(pdf, f"{name}.pdf")

    def _go(self, place: str) -> None:
        page, _, record = place.partition(":")
        self.context.go(page, record)

    def _do(self, deed: object) -> None:
        assert callable(deed)
        try:
            deed()
        except VillageDeskError as fault:
            show_error(self, str(fault))
