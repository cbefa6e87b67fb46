"""Attendance, batches for the bank and what it answered. All money in fen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from villagedesk.kernel.records import VillageRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Timesheet(VillageRecord):
    """A post's month (2026-03): tenths of a day absent, and what is taken off the base pay for it."""

    table: ClassVar[str] = "timesheets"

    post_id: str
    month: str
    absent_tenths: int = 0
    deduction_fen: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(VillageRecord):
    """A file sent to the bank or the one-card platform: lines of a pay sheet, frozen.

    ``channel`` names the column profile it was written by, ``count`` the file's rows, maybe fewer than the lines;
    ``digest`` is of the file before it was sealed;
    ``reissues_id`` is the batch whose failed lines it pays again (补发).
    """

    table: ClassVar[str] = "batches"

    year: int
    number: int
    payroll_id: str
    channel: str
    made_on: date
    count: int
    total_fen: int
    file_name: str
    digest: str
    reissues_id: str | None = None
    made_by: str

    @property
    def label(self) -> str:
        """The batch's number as written: 2026年第3批."""
        return f"{self.year}年第{self.number}批"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine(VillageRecord):
    """One line of a batch as it went out; ``name`` is the account holder's."""

    table: ClassVar[str] = "batch_lines"

    batch_id: str
    place: int
    payroll_line_id: str
    name: str
    account: str
    bank: str = ""
    amount_fen: int


class PayOutcome(StrEnum):
    """What became of a line at the bank: paid, refused at once, or sent back later (退票)."""

    PAID = "paid"
    FAILED = "failed"
    BOUNCED = "bounced"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"paid": "成功", "failed": "失败", "bounced": "退票"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAnswer(VillageRecord):
    """What the bank said of a line; the latest answer counts."""

    table: ClassVar[str] = "bank_answers"

    batch_line_id: str
    outcome: PayOutcome
    reason: str = ""
    told_on: date
    import_id: str | None = None
