"""The list of all notices as data: where its rows come from, its columns, the tones of its states."""

from collections.abc import Callable, Sequence

from villagedesk.disclosure import store
from villagedesk.disclosure.kinds import ANSWERS, label_of
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.store import NoticeLine
from villagedesk.kernel.dates import Period
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.theme import Tone

S = NoticeState

TONES = {
    S.DRAFT: Tone.QUIET,
    S.SUBMITTED: Tone.ACTIVE,
    S.QUERIED: Tone.WARN,
    S.REVIEWED: Tone.ACTIVE,
    S.ISSUED: Tone.ACTIVE,
    S.POSTED: Tone.GOOD,
    S.CORRECTED: Tone.PLAIN,
    S.TAKEN_DOWN: Tone.QUIET,
    S.FILED: Tone.QUIET,
    S.REFUSED: Tone.BAD,
}
MARKS = "①②③④⑤"
"""What the five slots are called in short."""

_ABOUT, _ENDING = "关于", "的公示"


class Notices:
    """The office's notices as a ListSource. ``slot`` tells which slot is looked at, 0 for all."""

    def __init__(self, desk: Desk, slot: Callable[[], int]) -> None:
        self._desk, self._slot = desk, slot

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the notices that fit, in order; the newest first where no order is asked for."""
        newest_first = descending or not sort_key
        return store.notice_ids(self._desk, filter_text, sort_key, descending=newest_first, slot=self._slot())

    def rows(self, ids: Sequence[str]) -> list[NoticeLine]:
        """Return the notices with their numbers and days."""
        return store.notice_lines(self._desk, ids)


def name_of(notice: Notice) -> str:
    """Return a notice's short name: 2026年第三季度资金到账与台账, and for an event what its title names."""
    if notice.topic_id and notice.kind not in ANSWERS:
        return subject_of(notice)
    return f"{Period.parse(notice.period).label}{label_of(notice.kind)}"


def subject_of(notice: Notice) -> str:
    """Return what stands in the title between 关于 and 的公示; the whole title where it is made otherwise."""
    about = notice.title.partition(_ABOUT)[2]
    return about.removesuffix(_ENDING) if about else notice.title


COLUMNS: tuple[Column[NoticeLine], ...] = (
    Column("period", "公示", lambda line: name_of(line.notice)),
    Column("number", "号", lambda line: f"{line.number}号" if line.number else "—", 74, align="right", spare=True),
    Column("state", "状态", lambda line: line.notice.state.label, 164, tone=lambda line: TONES[line.notice.state]),
)
