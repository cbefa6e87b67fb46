"""What the accountant does with one notice on its way to the board: drawn up, submitted, answered, issued, hung up."""

from collections.abc import Callable
from functools import partial

from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.model import Issuance, Notice, Posting
from villagedesk.disclosure.wording import remark_of
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.findings import blocks
from villagedesk.kernel.progress import Progress
from villagedesk.oversight import usecases as oversight
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import name_of
from villagedesk.ui.disclosure.filling import Work, fill, fill_then_work
from villagedesk.ui.disclosure.form import correct_form, issue_form, post_form, slots_form, supplement_form
from villagedesk.ui.disclosure.preparing import prepare_form
from villagedesk.ui.kit.dialogs import ask_reason, confirm
from villagedesk.ui.kit.doing import show_fault, signed_in
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.page import Page
from villagedesk.village.store import profile

_NO_SLOTS = "公示要贴在五个公开栏目里，这本账还没有设。现在照规定的名称和依据设好，再接着生成公示吗？名称以后可以改。"


class Steps:
    """The steps of a notice, over a page. ``show`` is given the notice to look at afterwards."""

    def __init__(self, page: Page, show: Callable[[str], object]) -> None:
        self._page, self._show = page, show

    @property
    def _desk(self) -> Desk:
        return self._page.context.desk

    def set_up(self) -> None:
        """Set up the five slots."""
        if signed_in(self._page.context):
            self.attempt(lambda: usecases.set_up_slots(self._desk))

    def prepare(self, kind: str = "", scope: Scope | None = None) -> None:
        """Ask which notice to draw up; on a desk without slots, offer them first."""
        if not signed_in(self._page.context):
            return
        if not store.slots(self._desk):
            if not confirm(self._page, _NO_SLOTS, "设好五个公开栏目", title="还没有公开栏目"):
                return
            self.set_up()
        make = partial(prepare_form, self._desk, kind, scope)
        fill(self._page, "生成公示", make, self._show_made, about=f"{kind} {scope}" if kind else "")

    def submit(self, notice: Notice) -> None:
        """Hand a draft to the supervision group, asking for a reason where a warning wants one."""
        if not signed_in(self._page.context):
            return
        found = usecases.findings_of(self._desk, notice)
        reason: str | None = ""
        if found and not blocks(found):
            words = "\n".join(finding.message for finding in found)
            reason = ask_reason(self._page, "送审前请写明原因", words, verb="送审", label="原因")
        elif not found and not confirm(self._page, "送审以后内容就不能改了。要送监督小组审核吗？", "送审"):
            return
        if reason is not None:
            self.attempt(lambda: usecases.submit(self._desk, notice.id, reason))

    def answer(self, notice: Notice) -> None:
        """Answer the reviewers' query."""
        if not signed_in(self._page.context):
            return
        text = ask_reason(self._page, "答复监督小组的疑问", name_of(notice), verb="送回审核", label="答复")
        if text:
            self.attempt(lambda: oversight.answer(self._desk, Notice.table, notice.id, text))

    def again(self, notice: Notice) -> None:
        """Draw a draft up afresh, as the books are now."""
        if signed_in(self._page.context):
            scope = Scope(Period.parse(notice.period), notice.topic_id)
            self.attempt(lambda: usecases.prepare(self._desk, notice.kind, scope))

    def discard(self, notice: Notice) -> None:
        """Throw a draft away, asking first."""
        sentence = f"草稿“{name_of(notice)}”不要了吗？以后还可以从账里重新生成。"
        if signed_in(self._page.context) and confirm(self._page, sentence, "不要了", danger=True):
            while self._page.steps_in and self._page.back(ask=False):
                pass
            self.attempt(lambda: usecases.discard(self._desk, notice.id))

    def issue(self, notice: Notice) -> None:
        """Ask from which day the term runs, then number the notice and draw its paper on a worker."""
        rule = profile(self._desk).notices[notice.kind]

        def work(desk: Desk, values: Values, _reason: str, _progress: Progress) -> Issuance:
            return usecases.issue(desk, notice.id, values["first_day"])

        title = f"发布：{name_of(notice)}"
        self.fill_then_show(title, lambda: issue_form(self._desk, rule), "正在编号定稿", work, notice)

    def post(self, notice: Notice) -> None:
        """Ask where the notice hangs; its photos are taken in on a worker."""

        def work(desk: Desk, values: Values, reason: str, progress: Progress) -> Posting:
            days = (values["first_day"], values["last_day"])
            return usecases.post_up(desk, notice.id, values["board"], *days, values["photos"], reason, progress)

        title = f"登记张贴：{name_of(notice)}"
        self.fill_then_show(title, lambda: post_form(self._desk, notice), "正在登记张贴", work, notice)

    def correct(self, notice: Notice) -> None:
        """Ask why an issued notice is wrong, and draft its correction."""
        original = self._desk.get(Notice, notice.corrects_id) if notice.corrects_id else notice
        remark = remark_of(kept_sheet(original))
        title = f"更正：{name_of(original)}"
        make = partial(correct_form, self._desk, original, remark)
        fill(self._page, title, make, self._show_made, about=original.id)

    def supplement(self, notice: Notice) -> None:
        """Ask what an issued notice left out, and draft its supplement."""
        original = self._desk.get(Notice, notice.corrects_id) if notice.corrects_id else notice
        title = f"补充：{name_of(original)}"
        fill(self._page, title, lambda: supplement_form(self._desk, original), self._show_made, about=original.id)

    def change_slots(self) -> None:
        """Rename and confirm the five slots."""
        fill(self._page, "五个公开栏目", lambda: slots_form(self._desk), lambda _slots: self._show(""), about="")

    def attempt(self, act: Callable[[], object]) -> None:
        """Do it, or tell in plain words why not."""
        try:
            act()
        except VillageDeskError as fault:
            show_fault(self._page, fault)

    def fill_then_show(
        self, title: str, make: Callable[[], Form], doing: str, work: Work[object], notice: Notice
    ) -> None:
        """Fill in a form about a notice, do its deed on a worker, and look at the notice."""
        fill_then_work(self._page, title, make, doing, work, lambda _made: self._show(notice.id), about=notice.id)

    def _show_made(self, made: object) -> None:
        self._show(made.id if isinstance(made, Notice) else "")
