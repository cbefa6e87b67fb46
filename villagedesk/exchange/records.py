"""Which dataclass stands for each table that travels, so that what arrives can be read before it is stored."""

from collections.abc import Mapping

from villagedesk.deliberation.model import Attendance, Meeting, Motion, MotionProject, Score
from villagedesk.disclosure.model import Issuance, Notice, Posting, Slot
from villagedesk.kernel.records import Record
from villagedesk.oversight.model import Answer, Review
from villagedesk.payments.model import Approval, Claim, PastExpense, Payroll, PayrollLine, Voucher
from villagedesk.projects.model import Contract, Inspection, Project, Step, Wish
from villagedesk.storage.attachments import Attachment
from villagedesk.village.model import Arrival, Body, Fund, Household, Membership, Office, Officer, Person

RECORDS: Mapping[str, type[Record]] = {
    kind.table: kind
    for kind in (
        Attachment, Office, Officer, Household, Person, Body, Membership, Fund, Arrival,
        Wish, Project, Step, Contract, Inspection,
        Score, Meeting, Attendance, Motion, MotionProject,
        Payroll, PayrollLine, Claim, Approval, Voucher, PastExpense,
        Slot, Notice, Issuance, Posting, Review, Answer,
    )
}  # fmt: skip
"""A test holds it against the dictionary: no table is forgotten."""
