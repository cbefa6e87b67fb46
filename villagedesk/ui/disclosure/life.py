"""What the accountant does with a notice that hangs or hung: photos, taken down, filed, in large type, as a table."""

from collections.abc import Callable

from villagedesk.disclosure import papers, store, usecases
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import name_of
from villagedesk.ui.disclosure.ending import file_form, photos_form, take_down_form
from villagedesk.ui.disclosure.filling import Work, fill_then_work, ready_to_show
from villagedesk.ui.kit.doing import on_worker
from villagedesk.ui.kit.exporting import export_sheet
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.page import Page
from villagedesk.ui.kit.preview import Preview


class Life:
    """The later life of a notice, over a page. ``show`` is given the notice to look at afterwards."""

    def __init__(self, page: Page, show: Callable[[str], object]) -> None:
        self._page, self._show = page, show

    @property
    def _desk(self) -> Desk:
        return self._page.context.desk

    def take_down(self, notice: Notice) -> None:
        """Ask which posting came down, when, and how the paper was found."""
        hanging = store.hanging(self._desk, notice.id)

        def work(desk: Desk, values: Values, reason: str, progress: Progress) -> object:
            return usecases.take_down(
                desk, values["posting"], values["taken_on"], values["note"], values["photos"], reason, progress
            )

        is_corrected = notice.state is NoticeState.CORRECTED

        def make() -> Form:
            return take_down_form(self._desk, hanging, is_corrected=is_corrected)

        self._fill(notice, "取下", make, "正在登记取下", work)

    def file_away(self, notice: Notice) -> None:
        """Ask which binder the signed paper went into."""

        def work(desk: Desk, values: Values, _reason: str, _progress: Progress) -> object:
            return usecases.file_away(desk, notice.id, values["place"])

        self._fill(notice, "归档", lambda: file_form(self._desk), "正在登记归档", work)

    def add_photos(self, notice: Notice) -> None:
        """Ask for photos of a posting and take them in."""
        postings = store.postings_of(self._desk, notice.id)

        def work(desk: Desk, values: Values, _reason: str, progress: Progress) -> object:
            return usecases.add_photos(desk, values["posting"], values["photos"], progress)

        self._fill(notice, "补照片", lambda: photos_form(postings), "正在存照片", work)

    def take_objection(self, notice: Notice) -> None:
        """Go where what people ask is taken down, at this notice."""
        self._page.context.go("objections", notice.id)

    def show_large(self, notice: Notice) -> None:
        """Show the paper in large type, to be read from two metres; it is drawn on a worker."""
        issuance = store.issuance_of(self._desk, notice.id)
        if issuance is None:
            return
        title = f"大字张贴：{name_of(notice)}"

        def done(pdf: bytes) -> None:
            large = Preview()
            self._page.show_over(title, large)
            large.show_pdf(pdf, f"{name_of(notice)}（大字）.pdf")

        on_worker(self._page, "正在排大字稿", lambda _desk, _progress: ready_to_show(papers.poster(issuance)), done)

    def export(self, notice: Notice) -> None:
        """Ask for a folder and write the notice's tables there, as it was issued or as it is drafted."""
        issuance = store.issuance_of(self._desk, notice.id)
        number = f"{papers.number_of(self._desk, issuance)} " if issuance else ""
        sheet = kept_sheet(issuance or notice)
        export_sheet(self._page, f"{number}{name_of(notice)}", lambda _desk: sheet)

    def _fill(self, notice: Notice, verb: str, make: Callable[[], Form], doing: str, work: Work[object]) -> None:
        title = f"{verb}：{name_of(notice)}"
        fill_then_work(self._page, title, make, doing, work, lambda _made: self._show(notice.id), about=notice.id)
