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
from villagedesk.ledger.model import Advance, CashMove, Closing, Reopening, Settlement, Statement, Uncashed
from villagedesk.oversight.model import Answer, Review
from villagedesk.payments.model import Approval, Claim, PastExpense, Payroll, PayrollLine, Voucher
from villagedesk.payroll.model import BankAnswer, Batch, BatchLine, Timesheet
from villagedesk.projects.model import (
    BudgetChange,
    BudgetLine,
    Contract,
    Evaluation,
    Inspection,
    Levy,
    Mark,
    Post,
    Project,
    Step,
    Survey,
    Wish,
)
from villagedesk.storage.attachments import Attachment
from villagedesk.village.model import (
    Arrival,
    Body,
    Fund,
    Household,
    Import,
    Membership,
    Office,
    Officer,
    Opening,
    Person,
    Photo,
)

RECORDS: Mapping[str, type[Record]] = {
    kind.table: kind
    for kind in (
        Attachment, Office, Officer, Household, Person, Body, Membership, Fund, Arrival,
        Opening, Import, Wish, Project, Step, Contract, Post, Inspection, Mark, Evaluation, Levy, Survey,
        Score, Meeting, Attendance, Motion, MotionProject, BudgetChange, BudgetLine,
        Payroll, PayrollLine, Timesheet, Batch, BatchLine, BankAnswer, Claim, Approval, Voucher, PastExpense,
        CashMove, Advance, Settlement, Statement, Uncashed, Closing, Reopening,
        Slot, Notice, Issuance, Posting, Takedown, Filing, Wording, Objection, Pause, Reply, Photo,
        Review, Answer,
    )
}  # fmt: skip
"""A test holds it against the dictionary: no table is forgotten."""
