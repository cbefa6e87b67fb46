"""Slots, notices with their wording, their issue, their time on the board and in the binder, and objections."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from villagedesk.kernel.records import VillageRecord


class NoticeState(StrEnum):
    """Where a notice stands between the books and the board."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    QUERIED = "queried"
    REVIEWED = "reviewed"
    ISSUED = "issued"
    POSTED = "posted"
    CORRECTED = "corrected"
    TAKEN_DOWN = "taken_down"
    FILED = "filed"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The Chinese name of the state."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    NoticeState.DRAFT: "草稿",
    NoticeState.SUBMITTED: "待监督小组审核",
    NoticeState.QUERIED: "有疑问，待答复",
    NoticeState.REVIEWED: "待发布",
    NoticeState.ISSUED: "待张贴",
    NoticeState.POSTED: "已张贴",
    NoticeState.CORRECTED: "已更正",
    NoticeState.TAKEN_DOWN: "已取下",
    NoticeState.FILED: "已归档",
    NoticeState.REFUSED: "未通过",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(VillageRecord):
    """One of the five disclosures (五个公开); its name stays open to change until the county confirms it."""

    table: ClassVar[str] = "slots"

    number: int
    name: str
    basis: str
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(VillageRecord):
    """A notice made from the books. ``facts`` is its sheet as canonical JSON.

    ``topic_id`` is the record that the notice of an event is about, "" for a whole period; ``wording_version`` counts
    the village's own wordings of the kind, 0 for the wording as shipped.
    """

    table: ClassVar[str] = "notices"

    slot: int
    kind: str
    period: str
    title: str
    facts: str
    corrects_id: str | None = None
    state: NoticeState = NoticeState.DRAFT
    made_by: str
    profile_version: str
    topic_id: str = ""
    wording_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuance(VillageRecord):
    """A notice was numbered and frozen. ``link`` is the journal's last link at that moment, printed on the paper."""

    table: ClassVar[str] = "issuances"

    notice_id: str
    year: int
    number: int
    issued_on: date
    issued_by: str
    facts: str
    link: str
    paper_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting(VillageRecord):
    """A notice hung on a board from a day to a day.

    Photos of it are ``Photo`` records about the posting; ``photo_id`` was its one photo before there were such.
    """

    table: ClassVar[str] = "postings"

    notice_id: str
    board: str
    first_day: date
    last_day: date
    photo_id: str | None = None
    posted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown(VillageRecord):
    """A posting was taken down; ``note`` says how the paper was found (whole, torn, written on)."""

    table: ClassVar[str] = "takedowns"

    posting_id: str
    taken_on: date
    note: str = ""
    taken_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing(VillageRecord):
    """The signed paper of a notice went into the archive; ``place`` is the binder or box."""

    table: ClassVar[str] = "filings"

    notice_id: str
    filed_on: date
    place: str
    filed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording(VillageRecord):
    """The village's own words for a kind of notice; the legal skeleton around them is not theirs to change.

    ``subject`` stands between 关于 and 的公示, ``lead`` leads from the basis to what is shown, ``ending`` closes the
    body ("" = nothing). Named fields stand in braces, such as {期间}.
    """

    table: ClassVar[str] = "wordings"

    kind: str
    subject: str
    lead: str
    ending: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(VillageRecord):
    """A question or objection to a notice, numbered per year. ``asker`` "" wishes no name; ``place`` is the line."""

    table: ClassVar[str] = "objections"

    year: int
    number: int
    notice_id: str
    place: str = ""
    asker: str = ""
    reach: str = ""
    text: str
    received_on: date
    received_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(VillageRecord):
    """The clock of an objection stands from a day to a day, both included; ``last_day`` None while it still does."""

    table: ClassVar[str] = "pauses"

    objection_id: str
    first_day: date
    last_day: date | None = None
    reason: str
    paused_by: str


class ReplyOutcome(StrEnum):
    """What came of an objection."""

    EXPLAINED = "explained"
    CORRECTED = "corrected"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The Chinese name of the outcome."""
        return {"explained": "已说明", "corrected": "属实，办理更正", "refused": "不成立"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(VillageRecord):
    """The committee's answer to an objection."""

    table: ClassVar[str] = "replies"

    objection_id: str
    outcome: ReplyOutcome
    text: str
    replied_on: date
    replied_by: str
