"""A notice to read: its whole paper at the left; what it is, where it hangs and what was said to it at the right."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.disclosure import store
from villagedesk.disclosure.kinds import label_of
from villagedesk.disclosure.model import Issuance, Notice, Posting, Takedown
from villagedesk.disclosure.objections.store import ObjectionLine, objections_of
from villagedesk.disclosure.objections.store import number_of as objection_number
from villagedesk.disclosure.papers import number_of
from villagedesk.disclosure.pending import responses_to
from villagedesk.disclosure.proof import SHOWN, in_groups
from villagedesk.kernel.dates import chinese_date
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import TONES, name_of
from villagedesk.ui.disclosure.pane import NoticePane
from villagedesk.ui.disclosure.photos import PhotoProof, thumbnails
from villagedesk.ui.disclosure.way import way_of
from villagedesk.ui.kit.cards import TaskRow
from villagedesk.ui.kit.detail import Detail, Fact
from villagedesk.ui.kit.notes import SignedLine
from villagedesk.ui.kit.sides import Sides
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap

Go = Callable[[str, str], object]
_VERBS = {"correction": ("更正", Tone.WARN), "supplement": ("补充", Tone.ACTIVE)}


class NoticeRecord(Sides):
    """One notice: paper and way. ``open_notice`` shows another one, ``go`` another page at a record."""

    def __init__(self, desk: Desk, notice: Notice, go: Go, open_notice: Callable[[str], object]) -> None:
        pane = NoticePane(desk)
        super().__init__(pane, _detail(desk, notice, go, open_notice), ("公示稿", "经过"), shares=(5, 3))
        pane.show_notice(notice, at_once=True)


def _detail(desk: Desk, notice: Notice, go: Go, open_notice: Callable[[str], object]) -> Detail:
    detail = Detail()
    issuance, postings = store.issuance_of(desk, notice.id), store.postings_of(desk, notice.id)
    detail.title(name_of(notice), (notice.state.label, TONES[notice.state]))
    related = [*_original(desk, notice, open_notice), *_responses(desk, notice, open_notice)]
    if related:
        detail.section("更正和补充", _below(related))
    if issuance:
        detail.facts(_facts(desk, notice, issuance), across=1)
    taken = store.takedowns_of(desk, notice.id)
    for posting in postings:
        detail.section(f"张贴：{posting.board}", _posting(desk, posting, taken.get(posting.id)))
    asked = objections_of(desk, notice.id)
    if asked:
        detail.section(f"异议{len(asked)}件", _below([_objection(line, go) for line in asked]))
    detail.timeline(way_of(desk, notice, issuance, postings, taken))
    return detail.done()


def _facts(desk: Desk, notice: Notice, issuance: Issuance) -> list[Fact]:
    filing = store.filing_of(desk, notice.id)
    kept = [Fact("归档", f"{filing.place}，{chinese_date(filing.filed_on)}")] if filing else []
    return [
        Fact("文号", number_of(desk, issuance), wide=True),
        Fact("发布日期", chinese_date(issuance.issued_on)),
        Fact("账目校验码", in_groups(issuance.link[:SHOWN].upper()), note="印在每页下面；乡镇和公示栏上的要一样。"),
        *kept,
    ]


def _original(desk: Desk, notice: Notice, open_notice: Callable[[str], object]) -> list[QWidget]:
    """Return the row that leads from a correction or supplement to what it is about."""
    if not notice.corrects_id:
        return []
    original = desk.get(Notice, notice.corrects_id)
    verb, _ = _VERBS.get(notice.kind, ("说明", Tone.QUIET))
    return [_lead(desk, f"这是对它的{verb}：{name_of(original)}", original, Tone.QUIET, open_notice)]


def _responses(desk: Desk, notice: Notice, open_notice: Callable[[str], object]) -> list[QWidget]:
    """Return the rows that lead from a notice to its corrections and supplements."""
    return [
        _lead(desk, f"有一份{label_of(each.kind)}", each, _VERBS.get(each.kind, ("", Tone.QUIET))[1], open_notice)
        for each in responses_to(desk, notice.id)
    ]


def _lead(desk: Desk, words: str, to: Notice, tone: Tone, open_notice: Callable[[str], object]) -> QWidget:
    issuance = store.issuance_of(desk, to.id)
    note = "，".join(part for part in (number_of(desk, issuance) if issuance else "", to.state.label) if part)
    return TaskRow(words, note, tone=tone, verb="看", act=lambda: open_notice(to.id))


def _posting(desk: Desk, posting: Posting, takedown: Takedown | None) -> QWidget:
    days = f"{chinese_date(posting.first_day)}至{chinese_date(posting.last_day)}"
    lines: list[QWidget] = [label(days, wrap=True, selectable=True)]
    if takedown:
        found = f"，{takedown.note}" if takedown.note else ""
        lines.append(SignedLine(f"{chinese_date(takedown.taken_on)}取下{found}", Tone.QUIET))
    elif posting.last_day < desk.clock.now().date():
        lines.append(SignedLine("公示期已满，还没有登记取下。", Tone.WARN))
    hung = thumbnails(desk, store.photos_of(desk, [posting.id]), f"张贴的照片，{posting.board}，{days}")
    if hung:
        lines += [hung, PhotoProof(desk, posting)]
    else:
        lines.append(SignedLine("没有照片，请补拍：按“更多”里的“补照片”。", Tone.WARN))
    came_down = thumbnails(desk, _takedown_photos(desk, takedown), "取下时的照片") if takedown else None
    if came_down:
        lines += [label("取下时", "label"), came_down]
    return _below(lines)


def _takedown_photos(desk: Desk, takedown: Takedown) -> list[str]:
    from villagedesk.village.model import Photo

    found = desk.find(Photo, "subject_table = ? AND subject_id = ?", [Takedown.table, takedown.id], "id")
    return [photo.attachment_id for photo in found]


def _objection(line: ObjectionLine, go: Go) -> QWidget:
    tone = Tone.BAD if line.standing.is_late else Tone.WARN if line.standing.is_open else Tone.GOOD
    shown = f"{objection_number(line.objection)}，{line.standing.words}"
    row = TaskRow(line.objection.text, shown, tone=tone, verb="看", act=lambda: go("objections", line.objection.id))
    row.setAccessibleName(f"{shown}：{line.objection.text}")
    return row


def _below(widgets: list[QWidget]) -> QWidget:
    """Return widgets one below the other."""
    shown = QWidget()
    column = QVBoxLayout(shown)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap(8))
    for widget in widgets:
        column.addWidget(widget)
    return shown
