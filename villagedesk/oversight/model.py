"""Reviews by the oversight groups and the answers to their questions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from villagedesk.kernel.records import VillageRecord
from villagedesk.payments.model import Outcome
from villagedesk.village.model import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(VillageRecord):
    """What a reviewer said of a claim or a notice, bound to the version that was seen.

    ``signer`` is the member who signed on paper (``paper_id``, scanned) where that is not who is signed in.
    """

    table: ClassVar[str] = "reviews"

    subject_table: str
    subject_id: str
    subject_version: int
    outcome: Outcome
    note: str = ""
    given_by: str
    given_at: datetime
    signer: str = ""
    paper_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(VillageRecord):
    """The maker's answer to a query; with it the subject goes back to the reviewers."""

    table: ClassVar[str] = "answers"

    subject_table: str
    subject_id: str
    text: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What a group said of a claim or notice, as the month's record shows it; ``amount_fen`` is None for a notice.

    ``reviewer`` names everybody who said so of this version. ``lacks_words``: the group's step was not passed by it.
    """

    day: date
    title: str
    amount_fen: int | None
    outcome: Outcome
    note: str
    reviewer: str
    subject_id: str = ""
    lacks_words: bool = False

    @property
    def opinion(self) -> str:
        """The group's word in Chinese; one member's yes is not yet the group's."""
        return "还差签字" if self.lacks_words else self.outcome.label


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A record that a ``group`` signs every month: whose reviews (``role``) of what, and what it is called."""

    key: str
    subject_table: str
    role: Role
    group: str
    title: str


RECORDS = (
    RecordKind("claims", "claims", Role.FINANCE_GROUP, "民主理财小组", "理财记录"),
    RecordKind("notices", "notices", Role.SUPERVISION, "监督小组", "审核记录"),
    RecordKind("supervised", "claims", Role.SUPERVISION, "村务监督委员会", "报账审核记录"),
)
"""The groups' records; the last where the sign-off chain sends claims past the supervision committee too."""
