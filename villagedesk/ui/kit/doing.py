"""Doing something from a page: somebody must be signed in, faults are said in plain words, files are asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

from villagedesk.kernel.errors import BadInput, RuleViolation, VillageDeskError
from villagedesk.kernel.progress import Progress
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Changed, Desk
from villagedesk.ui.kit.dialogs import Question, show_error, show_note
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.tasks import UNFORESEEN, run_task
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone

T = TypeVar("T")

TABLES = "表格 (*.xlsx *.xls *.csv *.et);;所有文件 (*)"
_MOST_PROBLEMS = 12


def signed_in(context: Context) -> bool:
    """Tell whether somebody may act, asking who is there first."""
    return context.desk.actor is not None or context.sign_in()


def show_sheet(page: Page, title: str, make: Callable[[], Sheet]) -> None:
    """Show a sheet as it will be printed, over the page. What cannot be printed is named instead."""
    from villagedesk.reports.pdf import draw
    from villagedesk.ui.kit.preview import Preview

    try:
        pdf = draw(make())
    except VillageDeskError as fault:
        show_error(page, str(fault))
        return
    preview = Preview()
    page.show_over(title, preview)
    preview.show_pdf(pdf, f"{title}.pdf")


def take_in(
    page: Page, title: str, work: Callable[[Desk, Path, Progress], T], said: Callable[[T], str], kinds: str = TABLES
) -> None:
    """Ask for a foreign file and take it in on a worker; ``said`` words what came of it.

    ``work`` is given a desk on a connection of its own. The problems of a file that is not right are listed.
    """
    if not signed_in(page.context):
        return
    name, _ = QFileDialog.getOpenFileName(page, title, "", kinds)
    if name:
        take_file(page, title, Path(name), work, said)


def take_file(
    page: Page, title: str, path: Path, work: Callable[[Desk, Path, Progress], T], said: Callable[[T], str]
) -> None:
    """Take in a file that is already chosen."""
    on_worker(
        page,
        title,
        lambda desk, progress: work(desk, path, progress),
        lambda result: show_note(page, said(result)),
        failed=lambda fault: show_problems(page, fault),
    )


def on_worker(
    page: Page,
    title: str,
    work: Callable[[Desk, Progress], T],
    done: Callable[[T], object],
    *,
    failed: Callable[[BaseException], object] | None = None,
) -> None:
    """Do something to the desk on a worker, with a connection of its own; what it changed is announced here afterwards.

    ``title`` says in Chinese what is going on; ``done`` and ``failed`` are called on the window's thread.
    """
    desk = page.context.desk
    heard: list[Changed] = []

    def at_work(progress: Progress) -> T:
        with desk.sibling() as own:
            own.on_change(heard.append)
            return work(own, progress)

    def tell() -> None:
        for changed in heard:
            desk.announce(changed)

    def ended(result: T) -> None:
        tell()
        done(result)

    def ended_badly(fault: BaseException) -> None:
        tell()
        if failed:
            failed(fault)
        else:
            show_fault(page, fault)

    run_task(page, title, at_work, ended, failed=ended_badly)


def show_fault(parent: QWidget, fault: BaseException) -> None:
    """Tell what went wrong in plain words: each finding of a refusal, or the fault's own sentence."""
    if isinstance(fault, RuleViolation):
        show_error(parent, "\n".join(finding.message for finding in fault.findings))
    elif isinstance(fault, VillageDeskError):
        show_error(parent, str(fault))
    else:
        show_error(parent, UNFORESEEN.format(fault=type(fault).__name__))


def show_problems(parent: QWidget, fault: BaseException) -> None:
    """Tell why a file was not taken, the first problems by row and column."""
    if not isinstance(fault, BadInput) or not fault.problems:
        if isinstance(fault, VillageDeskError):
            show_error(parent, str(fault))
            return
        raise fault
    lines = [str(problem) for problem in fault.problems[:_MOST_PROBLEMS]]
    more = len(fault.problems) - len(lines)
    question = Question(parent, "没有导入", str(fault))
    question.warn(Tone.BAD)
    question.body.addWidget(label("\n".join(lines + ([f"……还有{more}处"] if more else [])), "small", selectable=True))
    question.add_buttons("知道了", "")
    question.exec()
