"""The way of a foreign sheet into the books: read, columns named, doubts answered, looked at, taken in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from villagedesk.app.intake import KINDS, Taken, look_at, take_in
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.ui.intake.asking import AskingStep
from villagedesk.ui.intake.checking import CheckingStep, raw_row
from villagedesk.ui.intake.naming import NamingStep
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.dialogs import show_error, show_note
from villagedesk.ui.kit.doing import TABLES, on_worker, show_fault, show_problems, signed_in
from villagedesk.ui.kit.page import Page
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import gap
from villagedesk.ui.village.masking import masked
from villagedesk.village.intake import Preview, Way

_SURE_ENOUGH = 90
_STEPS = ("认栏目", "答疑问", "核对")

Done = Callable[[Taken], object]


def take_sheet(
    page: Page, kind: str, *, project_id: str = "", done: Done | None = None, path: Path | None = None
) -> None:
    """Take a foreign sheet in over a page, step by step. ``done`` is called when it is in, before the note is shown.

    ``path`` is a file that is already chosen; without it the person is asked for one.
    """
    if not signed_in(page.context):
        return
    title = f"导入{KINDS[kind].layout.title}"
    if path is None:
        name, _ = QFileDialog.getOpenFileName(page, title, "", TABLES)
        if not name:
            return
        path = Path(name)
    Wizard(page, kind, path, project_id, done or (lambda _taken: None)).begin(title)


class Wizard(QWidget):
    """A file on its way in. It lies over its page from the moment the file could be read."""

    def __init__(self, page: Page, kind: str, path: Path, project_id: str, done: Done) -> None:
        super().__init__()
        self._page, self._kind, self._path, self._project_id, self._done = page, kind, path, project_id, done
        self._way = Way()
        self._in_full = False
        self._title = ""
        self.preview: Preview | None = None
        self.step: NamingStep | AskingStep | CheckingStep | None = None
        self._where = label("", "soft")
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(12))
        column.addWidget(self._where)
        column.addWidget(self._stack, 1)
        self._columns = action(self, "改栏目", self.name_columns, icon="edit", shortcut="Ctrl+L")
        self._reveal = action(self, "显示全号", self.show_in_full, icon="eye", hint="身份证号、账号、电话显示整个号码")
        self._again = action(self, "重新读", self.read_again, icon="refresh", shortcut="F5", hint="原表改好保存以后按")
        self._on = action(self, "下一步", self.go_on, icon="check", kind="primary")

    def begin(self, title: str) -> None:
        """Read the file and lay what was found over the page; a file that is no such sheet is refused in words."""
        self._title = title
        self._read(self._show_fitting)

    def read_again(self) -> None:
        """Read the file anew, as it lies there now."""
        self._read(self._show_fitting)

    def name_columns(self) -> None:
        """Go to the columns."""
        if self.preview:
            self._show(NamingStep(self.preview.opened, KINDS[self._kind].layout), 0)

    def show_in_full(self) -> None:
        """Show whole ids, accounts and phones in the last step; whoever is here has signed in."""
        if isinstance(self.step, CheckingStep) and self.preview:
            here = self.step.listing.current_id()
            self._in_full = True
            self._show(CheckingStep(self.preview, in_full=True), 2)
            if here is not None:
                self.step.listing.choose(here)

    def go_on(self) -> None:
        """Take over what was answered in this step and go to the next; from the last one take the file in."""
        if isinstance(self.step, NamingStep):
            if twice := self.step.repeated():
                show_error(self, f"有两栏都认作“{twice}”，请改掉一栏。")
                return
            sheet = self.step.sheet
            is_other = bool(self.preview and sheet and sheet != self.preview.opened.sheet)
            self._way = replace(self._way, sheet=sheet, columns={} if is_other else self.step.columns())
            self._read(self._show_fitting if is_other else self._show_next)
        elif isinstance(self.step, AskingStep):
            answers = {**self._way.answers, **self.step.answers()}
            self._way = replace(self._way, answers=answers, said={**self._way.said, **self.step.said()})
            self._read(self._show_next)
        elif self.preview and self.preview.is_ready:
            self._take_in()

    def _read(self, then: Callable[[Preview], object]) -> None:
        self._way = replace(self._way, seen="")
        way, kind, path, project_id = self._way, self._kind, self._path, self._project_id

        def look(desk: Desk, progress: Progress) -> Preview:
            return look_at(desk, path, kind, way, project_id=project_id, progress=progress)

        on_worker(self._page, "读表", look, then, failed=self._refused)

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, RuleViolation):
            show_fault(self._page, fault)
        else:
            show_problems(self._page, fault)

    def _show_fitting(self, preview: Preview) -> None:
        """Show the columns when they need a look, else what comes after them."""
        required = {one.field for one in KINDS[self._kind].layout.wanted if one.is_required}
        sure = {one.field for one in preview.opened.columns if one.confidence >= _SURE_ENOUGH}
        if preview.opened.missing or not (preview.opened.is_remembered or required <= sure):
            self.preview = preview
            self.name_columns()
        else:
            self._show_next(preview)

    def _show_next(self, preview: Preview) -> None:
        self.preview = preview
        if preview.opened.missing:
            self.name_columns()
        elif preview.asks or preview.doubts:
            rows = {doubt.row: masked(raw_row(preview, doubt.row)) for doubt in preview.doubts}
            self._show(AskingStep(preview.asks, preview.doubts, rows, self._way.said), 1)
        else:
            self._show(CheckingStep(preview, in_full=self._in_full), 2)

    def _show(self, step: NamingStep | AskingStep | CheckingStep, place: int) -> None:
        assert self.preview
        if self.step:
            self._stack.removeWidget(self.step)
            self.step.deleteLater()
        self.step = step
        self._stack.addWidget(step)
        self._stack.setCurrentWidget(step)
        sheet = f"　表“{self.preview.opened.sheet}”" if self.preview.opened.sheet else ""
        self._where.setText(f"第{place + 1}步，共3步：{_STEPS[place]}　　{self._path.name}{sheet}")
        self._on.setText("导入" if place == 2 else "下一步")
        self._on.setEnabled(place < 2 or self.preview.is_ready)
        self._columns.setEnabled(place > 0)
        self._reveal.setEnabled(place == 2 and not self._in_full)
        if self.parent() is None:
            self._page.show_over(self._title, self, self.actions_now())
        self.setFocusProxy(step)
        step.setFocus()

    def actions_now(self) -> list[QAction]:
        """Return the actions of the wizard."""
        return [self._reveal, self._columns, self._again, self._on]

    def _take_in(self) -> None:
        assert self.preview
        self._way = replace(self._way, seen=self.preview.opened.digest)
        way, kind, path, project_id = self._way, self._kind, self._path, self._project_id

        def work(desk: Desk, progress: Progress) -> Taken:
            return take_in(desk, path, kind, way, project_id=project_id, progress=progress)

        on_worker(self._page, self._title, work, self._arrived, failed=self._refused)

    def _arrived(self, taken: Taken) -> None:
        self._page.back(ask=False)
        self._done(taken)
        undo = ["导错了，可以在“导入过的表”里撤销。"] if taken.is_change else []
        show_note(self._page, "\n".join([taken.text, *taken.warnings, *undo]))
