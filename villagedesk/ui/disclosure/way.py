"""A notice's way as steps: what happened to it, by whom and when, and what is still to come."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from villagedesk.disclosure import store
from villagedesk.disclosure.model import Filing, Issuance, Notice, NoticeState, Posting, Takedown
from villagedesk.kernel.records import Record
from villagedesk.oversight.store import said_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.detail import Step
from villagedesk.ui.theme import Tone
from villagedesk.village.store import officer_name

S = NoticeState

_WORDS = {
    "disclosure.notice.prepared": "从账里生成",
    "disclosure.notices.prepared": "从账里生成",
    "disclosure.correction.prepared": "生成更正公告",
    "disclosure.supplement.prepared": "生成补充公告",
    "disclosure.notice.submitted": "送监督小组审核",
    "disclosure.notices.submitted": "送监督小组审核",
}
_ISSUED = frozenset({"disclosure.notice.issued", "disclosure.notices.issued"})
_AHEAD = (
    (S.SUBMITTED, "监督小组审核"),
    (S.REVIEWED, "编号发布"),
    (S.ISSUED, "张贴"),
    (S.POSTED, "取下"),
    (S.TAKEN_DOWN, "归档"),
)
_TONES = {"同意": Tone.GOOD, "有疑问": Tone.WARN, "不同意": Tone.BAD, "答复": Tone.ACTIVE}
Moment = tuple[datetime, Step]


def way_of(
    desk: Desk,
    notice: Notice,
    issuance: Issuance | None,
    postings: Sequence[Posting],
    taken: Mapping[str, Takedown],
) -> list[Step]:
    """Return what happened, oldest first, and what is still to come."""
    filing = store.filing_of(desk, notice.id)
    kept: list[tuple[Record | None, str]] = [
        (issuance, "编号发布"),
        *((posting, f"张贴在{posting.board}") for posting in postings),
        *((taken[posting.id], f"从{posting.board}取下") for posting in postings if posting.id in taken),
        (filing, f"归档在{filing.place}" if isinstance(filing, Filing) else ""),
    ]
    moments = [*_drawn_up(desk, notice), *_said(desk, notice), *_kept(desk, kept)]
    steps = [step for _, step in sorted(moments, key=lambda moment: moment[0])]
    return steps + [Step(words) for words in _ahead(notice.state)]


def _drawn_up(desk: Desk, notice: Notice) -> list[Moment]:
    moments = []
    for entry in desk.history(notice.id):
        words, at, who = _WORDS.get(entry.action, ""), datetime.fromisoformat(entry.at), officer_name(desk, entry.actor)
        if words and (entry.version == 1 or "submitted" in entry.action):
            moments.append((at, Step(words, who, _when(at), note=entry.reason)))
        elif entry.action in _ISSUED and '"state":"corrected"' in (entry.body or ""):
            moments.append((at, Step("更正公告发布", who, _when(at), Tone.WARN)))
    return moments


def _said(desk: Desk, notice: Notice) -> list[Moment]:
    return [
        (
            said.at,
            Step(
                said.what if said.what == "答复" else f"监督小组{said.what}",
                said.who,
                _when(said.at),
                _TONES[said.what],
                said.note,
            ),
        )
        for said in said_of(desk, notice.id)
    ]


def _kept(desk: Desk, records: Sequence[tuple[Record | None, str]]) -> list[Moment]:
    moments = []
    for record, words in records:
        if record:
            entry = desk.history(record.id)[0]
            at = datetime.fromisoformat(entry.at)
            moments.append((at, Step(words, officer_name(desk, entry.actor), _when(at), note=entry.reason)))
    return moments


def _ahead(state: NoticeState) -> list[str]:
    waits = {S.DRAFT: S.SUBMITTED, S.QUERIED: S.SUBMITTED}.get(state, state)
    order = [step for step, _ in _AHEAD]
    return [words for _, words in _AHEAD[order.index(waits) :]] if waits in order else []


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
