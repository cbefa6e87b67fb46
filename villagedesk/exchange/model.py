"""Who we exchange with, what was sent and received, and the township's verdicts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from villagedesk.kernel.records import Record, VillageRecord
from villagedesk.village.model import OfficeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer(Record):
    """An enrolled office, as its card said. ``public_key`` is its desk's Ed25519 key, "" when it was revoked.

    last_seq, last_link and last_number say how far its entries arrived here (on a township's desk) or ours arrived
    there (on a village's desk, by the township's receipt).
    """

    table: ClassVar[str] = "peers"

    office_id: str
    kind: OfficeKind
    name: str
    code: str
    desk_id: str
    public_key: str
    last_seq: int = 0
    last_link: str = "0" * 64
    last_number: int = 0


class ParcelState(StrEnum):
    """What became of a parcel."""

    WRITTEN = "written"
    ACKNOWLEDGED = "acknowledged"
    APPLIED = "applied"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"written": "已写出，等回执", "acknowledged": "乡镇已收到", "applied": "已接收"}[self]


class Direction(StrEnum):
    """Which way a parcel went."""

    OUT = "out"
    IN = "in"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"out": "发出", "in": "收到"}[self]


class ParcelKind(StrEnum):
    """What a parcel is: a village's package, a township's receipt, or what it gives back to a restored desk.

    The last is written a few times in a life; it is kept in the journal, not in the register of parcels.
    """

    PACKAGE = "package"
    RECEIPT = "receipt"
    RETURN = "return"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"package": "数据包", "receipt": "回执", "return": "归还包"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel(Record):
    """A package or receipt that went out or came in: entries first_seq to last_seq, SHA-256 of the file."""

    table: ClassVar[str] = "parcels"

    office_id: str
    direction: Direction
    kind: ParcelKind
    number: int
    first_seq: int
    last_seq: int
    last_link: str
    digest: str
    file_name: str
    state: ParcelState
    moved_at: datetime


class Ruling(StrEnum):
    """The township's word; queried and returned need a note."""

    PASSED = "passed"
    QUERIED = "queried"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"passed": "同意", "queried": "有疑问", "returned": "退回"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(VillageRecord):
    """The township's word on one record, bound to the version it saw. ``given_by`` is the clerk's or leader's name.

    ``step`` is which of the township's steps of a claim's chain it was, "" when there is one only.
    """

    table: ClassVar[str] = "verdicts"

    subject_table: str
    subject_id: str
    subject_version: int
    outcome: Ruling
    note: str = ""
    due_on: date | None = None
    given_by: str
    given_at: datetime
    step: str = ""
