"""张贴包: all that is due drawn up in one go, submitted, issued and printed as one pack, each on a worker."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from villagedesk.disclosure import papers, store, usecases
from villagedesk.disclosure.model import Issuance, Notice, NoticeState
from villagedesk.kernel.findings import blocks
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import name_of
from villagedesk.ui.disclosure.duties import Duty
from villagedesk.ui.disclosure.filling import fill_then_work, ready_to_show
from villagedesk.ui.disclosure.form import issue_form
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.cards import Card, Scrolling, footnote
from villagedesk.ui.kit.dialogs import ask_reason, confirm, show_note
from villagedesk.ui.kit.doing import on_worker, signed_in
from villagedesk.ui.kit.form import Values
from villagedesk.ui.kit.notes import Callout, SignedLine
from villagedesk.ui.kit.page import Page
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.theme import Tone

if TYPE_CHECKING:
    from villagedesk.disclosure.usecases.packs import Prepared

S = NoticeState
_ISSUED = "{count}份都编了号、定了稿，存在账本的 printed 文件夹里。接着按“打印张贴包”，打印、盖章、签字后张贴。"


class Pack:
    """The pack, over a page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def _desk(self) -> Desk:
        return self._page.context.desk

    def prepare(self) -> None:
        """Draw up all that is due; what could not be is named with its reasons. Cancelled, nothing is left of it."""
        if signed_in(self._page.context):
            work: Callable[[Desk, Progress], Prepared] = usecases.prepare_due
            on_worker(self._page, "正在准备到期公示", work, self._tell_prepared)

    def submit(self, duties: Sequence[Duty]) -> None:
        """Hand all drafts to the supervision group, after one question for all."""
        if not signed_in(self._page.context):
            return
        drafts = notices_in(duties, S.DRAFT)
        found = [(notice, finding) for notice in drafts for finding in usecases.findings_of(self._desk, notice)]
        reason: str | None = ""
        if found and not blocks([finding for _, finding in found]):
            words = "\n".join(f"{name_of(notice)}：{finding.message}" for notice, finding in found)
            reason = ask_reason(self._page, "送审前请写明原因", words, verb="全部送审", label="原因")
        elif not found and not confirm(
            self._page, f"{len(drafts)}份公示都送监督小组审核吗？送审以后内容就不能改了。", "全部送审"
        ):
            return
        if reason is not None:
            said, ids = reason, [notice.id for notice in drafts]
            on_worker(self._page, "正在送审", lambda desk, _progress: usecases.submit_all(desk, ids, said), _nothing)

    def issue(self, duties: Sequence[Duty]) -> None:
        """Ask from which day the terms run, then number and draw all reviewed notices."""
        count = len(notices_in(duties, S.REVIEWED))

        def work(desk: Desk, values: Values, _reason: str, progress: Progress) -> list[Issuance]:
            return usecases.issue_all(desk, values["first_day"], progress)

        fill_then_work(
            self._page,
            f"全部发布：{count}份",
            lambda: issue_form(self._desk, None, count),
            "正在编号定稿",
            work,
            lambda made: show_note(self._page, _ISSUED.format(count=len(made)), title=f"{len(made)}份发布好了"),
        )

    def print_out(self, *, large: bool = False) -> None:
        """Show what is issued and does not hang yet as one pack: every sheet in posting order, then the checklist."""
        found = [store.issuance_of(self._desk, notice.id) for notice in store.notices(self._desk, S.ISSUED)]
        issuances = [issuance for issuance in reversed(found) if issuance]
        if not issuances:
            return

        def work(desk: Desk, progress: Progress) -> bytes:
            return ready_to_show(papers.pack(desk, issuances, progress, large=large))

        def done(pdf: bytes) -> None:
            preview = Preview()
            other = "改成普通的" if large else "改成大字的"
            turn = action(preview, other, lambda: self._turn(large=not large), icon="text-size")
            self._page.show_over("张贴包（大字）" if large else "张贴包", preview, [turn])
            preview.show_pdf(pdf, f"张贴包{self._desk.clock.now():%Y-%m-%d}{'（大字）' if large else ''}.pdf")

        on_worker(self._page, "正在排张贴包", work, done)

    def _turn(self, *, large: bool) -> None:
        self._page.back(ask=False)
        self.print_out(large=large)

    def _tell_prepared(self, prepared: "Prepared") -> None:
        shown = PreparedView(
            [name_of(notice) for notice in prepared.drafts],
            [(left.due.words, [finding.message for finding in left.findings]) for left in prepared.left_out],
        )
        self._page.show_over("准备到期公示", shown)


class PreparedView(Scrolling):
    """What came of it: n drawn up, m not, and why. ``left_out`` holds (what, why)."""

    def __init__(self, made: Sequence[str], left_out: Sequence[tuple[str, Sequence[str]]]) -> None:
        super().__init__()
        tone = Tone.WARN if left_out else Tone.GOOD
        words = (
            "下面写着没做成的原因，改好以后再按一次“准备到期公示”。"
            if left_out
            else "返回去核对每一份，再按“全部送审”。"
        )
        head = f"{len(made)}份做好了" + (f"，{len(left_out)}份没做成" if left_out else "") if made or left_out else ""
        self.body.addWidget(Callout(words if head else "到期的都已经做了。", tone, title=head))
        if left_out:
            self.body.addWidget(_left_out(left_out))
        if made:
            card = Card(f"做好的{len(made)}份")
            for name in made:
                card.add(SignedLine(name, Tone.GOOD))
            self.body.addWidget(card)
        self.body.addStretch(1)


def notices_in(duties: Sequence[Duty], state: NoticeState) -> list[Notice]:
    """Return the notices among what is to be done that are in a state."""
    return [duty.notice for duty in duties if duty.notice and duty.notice.state is state]


def _left_out(left_out: Sequence[tuple[str, Sequence[str]]]) -> Card:
    card = Card(f"没做成的{len(left_out)}份")
    for name, reasons in left_out:
        card.add(SignedLine(name, Tone.BAD))
        for reason in reasons:
            card.add(footnote(reason))
    return card


def _nothing(_result: object) -> None:
    """The list itself shows what came of it."""
