"""Filling in a form that lies over the page: saved here, or what was typed is done on a worker."""

from collections.abc import Callable
from typing import TypeVar

from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.form import Typed
from villagedesk.ui.kit.doing import on_worker, show_fault, signed_in
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.page import Page

T = TypeVar("T")
Work = Callable[[Desk, Values, str, Progress], T]
"""What is done with what was typed and its reason, on a worker's desk."""


def fill(
    page: Page,
    title: str,
    make: Callable[[], Form],
    done: Callable[[object], object],
    *,
    about: str | None = None,
) -> None:
    """Lay a form over the page once somebody is signed in; ``done`` is given what its saving made.

    ``about`` is the record what is typed is kept for, by default the one that is open.
    """
    if signed_in(page.context):
        _lay(page, title, make(), lambda _form, result: _ended(page, result, done), about)


def fill_then_work(
    page: Page,
    title: str,
    make: Callable[[], Form],
    doing: str,
    work: Work[T],
    done: Callable[[T], object],
    *,
    about: str | None = None,
) -> None:
    """Lay a form over the page whose deed takes a while: it is done on a worker, ``doing`` says meanwhile what is.

    A refusal is shown in the form, and what was typed stays; it is kept until the deed is done.
    """
    if not signed_in(page.context):
        return

    def start(form: Form, typed: Typed) -> None:
        values, reason = typed
        form.hold()

        def refused(fault: BaseException) -> None:
            if isinstance(fault, VillageDeskError):
                form.refuse(fault)
            else:
                show_fault(page, fault)

        def ended(result: T) -> None:
            form.forget()
            _ended(page, result, done)

        on_worker(
            page,
            doing,
            lambda desk, progress: work(desk, values, reason, progress),
            ended,
            failed=refused,
        )

    _lay(page, title, make(), start, about)


def _lay(page: Page, title: str, form: Form, saved: Callable[[Form, Typed], object], about: str | None) -> None:
    form.left.connect(lambda: page.back(ask=False))
    form.saved.connect(lambda result: saved(form, result))
    page.show_over(title, form, may_leave=form.may_leave, about=about)


def _ended(page: Page, result: T, done: Callable[[T], object]) -> None:
    page.back(ask=False)
    done(result)


def ready_to_show(pdf: bytes) -> bytes:
    """Return a PDF that was opened once: on a worker, so that the window need not load what opens them."""
    from villagedesk.reports.preview import OpenedPdf

    OpenedPdf(pdf).close()
    return pdf
