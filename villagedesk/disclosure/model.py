"""Slots, notices, their issue and their time on the board."""

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
    """A notice made from the books for a period. ``facts`` is its sheet as canonical JSON."""

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
    """A notice hung on a board from a day to a day, with a photo of it."""

    table: ClassVar[str] = "postings"

    notice_id: str
    board: str
    first_day: date
    last_day: date
    photo_id: str | None = None
    posted_by: str
