"""A notice to read: its whole paper at the left; what it is, what was said and where it hangs at the right."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from villagedesk.disclosure import store
from villagedesk.disclosure.model import Issuance, Notice, NoticeState, Posting
from villagedesk.disclosure.papers import number_of
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.oversight.store import said_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.columns import TONES, name_of
from villagedesk.ui.disclosure.pane import NoticePane
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.notes import SignedLine
from villagedesk.ui.kit.sides import Sides
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, px
from villagedesk.village.store import officer_name

S = NoticeState

_WORDS = {
    "disclosure.notice.prepared": "从账里生成",
    "disclosure.correction.prepared": "生成更正公告",
    "disclosure.notice.submitted": "送监督小组审核",
}
_AHEAD = ((S.SUBMITTED, "监督小组审核"), (S.REVIEWED, "编号发布"), (S.ISSUED, "张贴"))
_TONES = {"同意": Tone.GOOD, "有疑问": Tone.WARN, "不同意": Tone.BAD, "答复": Tone.ACTIVE}


class NoticeRecord(Sides):
    """One notice: paper and way."""

    def __init__(self, desk: Desk, notice: Notice) -> None:
        pane = NoticePane(desk)
        super().__init__(pane, _detail(desk, notice), ("公示稿", "经过"), shares=(5, 3))
        pane.show_notice(notice, at_once=True)


def _detail(desk: Desk, notice: Notice) -> Detail:
    detail = Detail()
    issuance = store.issuance_of(desk, notice.id)
    postings = store.postings_of(desk, notice.id)
    detail.title(name_of(notice), (notice.state.label, TONES[notice.state]))
    if issuance:
        detail.facts(
            [
                Fact("文号", number_of(desk, issuance), wide=True),
                Fact("发布日期", chinese_date(issuance.issued_on)),
                Fact("账目校验码", f"{issuance.link[:16]}…", note="印在每页下面；乡镇和公示栏上的要一样。"),
            ],
            across=1,
        )
    for posting in postings:
        detail.section(f"张贴：{posting.board}", _posting(desk, posting))
    detail.timeline(_way(desk, notice, issuance, postings))
    return detail.done()


def _posting(desk: Desk, posting: Posting) -> QWidget:
    days = f"{chinese_date(posting.first_day)}至{chinese_date(posting.last_day)}"
    shown = QWidget()
    column = QVBoxLayout(shown)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label(days, wrap=True))
    photo = _photo(desk, posting)
    if photo:
        photo.setAccessibleName(f"张贴的照片，{posting.board}，{days}")
        column.addWidget(photo)
    else:
        column.addWidget(SignedLine("没有照片，请补拍后再登记一次。", Tone.WARN))
    return shown


def _photo(desk: Desk, posting: Posting) -> QLabel | None:
    picture = QPixmap()
    try:
        photos = store.photos_of(desk, [posting.id])
        found = bool(photos) and picture.loadFromData(desk.content(photos[0]))
    except VillageDeskError:
        return None
    if not found:
        return None
    size = (px(260), px(200))
    shown = QLabel()
    shown.setPixmap(
        picture.scaled(*size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    )
    return shown


def _way(desk: Desk, notice: Notice, issuance: Issuance | None, postings: list[Posting]) -> list[Step]:
    moments: list[tuple[datetime, Step]] = []
    for entry in desk.history(notice.id):
        words, at = _WORDS.get(entry.action, ""), datetime.fromisoformat(entry.at)
        if words and (entry.version == 1 or "submitted" in entry.action):
            moments.append((at, Step(words, officer_name(desk, entry.actor), _when(at), note=entry.reason)))
        elif entry.action == "disclosure.notice.issued" and '"state":"corrected"' in (entry.body or ""):
            moments.append((at, Step("更正公告发布", officer_name(desk, entry.actor), _when(at), Tone.WARN)))
    moments += [
        (said.at, Step(f"监督小组{said.what}" if said.what != "答复" else "答复", said.who, _when(said.at),
                       _TONES[said.what], said.note))
        for said in said_of(desk, notice.id)
    ]  # fmt: skip
    for record, words in ((issuance, "编号发布"), *((posting, f"张贴在{posting.board}") for posting in postings)):
        if record:
            entry = desk.history(record.id)[0]
            at = datetime.fromisoformat(entry.at)
            moments.append((at, Step(words, officer_name(desk, entry.actor), _when(at), note=entry.reason)))
    steps = [step for _, step in sorted(moments, key=lambda moment: moment[0])]
    return steps + [Step(words) for words in _ahead(notice.state)]


def _ahead(state: NoticeState) -> list[str]:
    waits = {S.DRAFT: S.SUBMITTED, S.QUERIED: S.SUBMITTED}.get(state, state)
    order = [step for step, _ in _AHEAD]
    return [words for _, words in _AHEAD[order.index(waits) :]] if waits in order else []


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
