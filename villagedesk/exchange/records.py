"""Which dataclass stands for each table that travels, so that what arrives can be read before it is stored."""

from collections.abc import Mapping

from villagedesk.deliberation.model import Attendance, Meeting, Motion, MotionProject, Score
from villagedesk.disclosure.model import (
    Filing,
    Issuance,
    Notice,
    Objection,
    Pause,
    Posting,
    Reply,
    Slot,
    Takedown,
    Wording,
)
from villagedesk.kernel.records import Record
from villagedesk.oversight.model import Answer, Review
from villagedesk.payments.model import Approval, Claim, PastExpense, Payroll, PayrollLine, Voucher
from villagedesk.projects.model import Contract, Inspection, Levy, Project, Step, Survey, Wish
from villagedesk.storage.attachments import Attachment
from villagedesk.village.model import Arrival, Body, Fund, Household, Membership, Office, Officer, Person, Photo

RECORDS: Mapping[str, type[Record]] = {
    kind.table: kind
    for kind in (
        Attachment, Office, Officer, Household, Person, Body, Membership, Fund, Arrival,
        Wish, Project, Step, Contract, Inspection, Levy, Survey,
        Score, Meeting, Attendance, Motion, MotionProject,
        Payroll, PayrollLine, Claim, Approval, Voucher, PastExpense,
        Slot, Notice, Issuance, Posting, Takedown, Filing, Wording, Objection, Pause, Reply, Photo,
        Review, Answer,
    )
}  # fmt: skip
"""A test holds it against the dictionary: no table is forgotten."""
