"""The making of a pay sheet over the page of pay: begun, its lines changed one by one, drawn up for good."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.findings import blocks, warnings
from villagedesk.payments.model import PayrollLine
from villagedesk.payroll import usecases
from villagedesk.payroll.drafting import FROM_POSTS
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.dialogs import ask_reason, confirm
from villagedesk.ui.kit.doing import show_fault, signed_in
from villagedesk.ui.kit.form import Form
from villagedesk.ui.payroll.draft import DraftView
from villagedesk.ui.payroll.lineform import LineForm
from villagedesk.ui.payroll.startform import Begun
from villagedesk.ui.payroll.unfinished import UnfinishedSheet, sheet_like

if TYPE_CHECKING:
    from villagedesk.ui.payroll.page import PayrollPage


class Making:
    """Lays over the page the form a sheet begins with, then its lines; a sheet that was begun before goes on."""

    def __init__(self, page: "PayrollPage") -> None:
        self._page, self._desk = page, page.context.desk

    def begin(self, title: str, make: Callable[[], Form]) -> None:
        """Ask what the sheet is for; its lines follow."""
        page = self._page
        if not signed_in(page.context):
            return
        form = make()
        form.left.connect(lambda: page.back(ask=False))
        form.saved.connect(self._show_begun)
        page.show_over(title, form, may_leave=form.may_leave)

    def go_on_with(self, sheet: UnfinishedSheet) -> None:
        """Show a sheet that was begun and not drawn up."""
        if signed_in(self._page.context):
            self._lay(DraftView(self._desk, sheet.run, sheet.told, self._page.jump), sheet)

    def add(self, view: DraftView) -> None:
        """Write a line for somebody."""
        self._lay_line(view, "加一个人", LineForm(self._desk, view.run), None, _sheet_of(view))

    def change(self, view: DraftView) -> None:
        """Change the chosen line."""
        place = view.list.current_id()
        if place is not None:
            line = view.run.lines[place]
            about = f"{_sheet_of(view)} {line.person_id} {line.post_id} {line.work}"
            self._lay_line(view, f"修改：{line.name}", LineForm(self._desk, view.run, line), place, about)

    def _show_begun(self, begun: Begun) -> None:
        """Show the lines that are proposed in place of the form that asked for them."""
        self._page.back(ask=False)
        run, differences = begun
        view = DraftView(self._desk, run, [str(one) for one in differences], self._page.jump)
        self._lay(view, sheet_like(self._desk, run))

    def _lay(self, view: DraftView, begun: UnfinishedSheet | None) -> None:
        page = self._page
        if begun:
            view.take_up(begun)
        made = [
            action(page, "不要这张表", lambda: self._drop(view), icon="trash", kind="danger", is_rare=True),
            action(page, "去掉这一行", lambda: self._take_off(view), icon="minus", shortcut="Del"),
            action(page, "修改这一行", lambda: self.change(view), icon="edit", shortcut="Ctrl+E"),
        ]
        if view.run.kind not in FROM_POSTS:
            made.append(action(page, "加一个人", lambda: self.add(view), icon="plus", shortcut="Ctrl+N"))
        made.append(action(page, "生成发放表", lambda: self._make(view), icon="check", kind="primary"))
        view.list.opened.connect(lambda _place: self.change(view))
        page.show_over(view.run.brief, view, made, may_leave=view.may_leave)

    def _lay_line(self, view: DraftView, title: str, form: LineForm, place: int | None, about: str) -> None:
        page = self._page
        form.left.connect(lambda: page.back(ask=False))

        def keep(line: PayrollLine) -> None:
            page.back(ask=False)
            view.keep(line, place)

        form.saved.connect(keep)
        page.show_over(title, form, may_leave=form.may_leave, about=about)

    def _take_off(self, view: DraftView) -> None:
        place = view.list.current_id()
        if place is not None:
            view.take_off(place)

    def _drop(self, view: DraftView) -> None:
        sentence = f"“{view.run.title}”做到一半的{len(view.run.lines)}行都不要了吗？以后找不回来。"
        if confirm(self._page, sentence, "不要了", stay="接着做", danger=True):
            view.forget()
            self._page.back(ask=False)

    def _make(self, view: DraftView) -> None:
        against = view.against()
        view.findings.show_findings(against)
        if blocks(against):
            return
        reason = ""
        if told := warnings(against):
            sentence = "\n".join(finding.message for finding in told)
            said = ask_reason(self._page, "有要核对的地方", sentence, label="核对过了，说明一下")
            if said is None:
                return
            reason = said
        try:
            payroll, _ = usecases.make_payroll(self._desk, view.run, reason)
        except VillageDeskError as fault:
            show_fault(self._page, fault)
            return
        view.forget()
        self._page.open(payroll.id)


def _sheet_of(view: DraftView) -> str:
    """Return what tells a sheet that is being made from others."""
    return f"{view.run.project_id} {view.run.kind.value} {view.run.period}"
