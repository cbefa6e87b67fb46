"""What a person does with pay: sheets drawn up, the bank's files, and what the bank said."""

from villagedesk.payroll.usecases.accounts import account_findings, correct_account
from villagedesk.payroll.usecases.answers import (
    answer_findings,
    preview_return,
    record_answer,
    record_refusal,
    take_in_return,
)
from villagedesk.payroll.usecases.batches import batch_findings, sending, write_again, write_batch
from villagedesk.payroll.usecases.intake import import_payroll, look_at_payroll, undo_payroll
from villagedesk.payroll.usecases.runs import make_payroll, record_timesheet, run_findings

__all__ = [
    "account_findings",
    "answer_findings",
    "batch_findings",
    "correct_account",
    "import_payroll",
    "look_at_payroll",
    "make_payroll",
    "preview_return",
    "record_answer",
    "record_refusal",
    "record_timesheet",
    "run_findings",
    "sending",
    "take_in_return",
    "undo_payroll",
    "write_again",
    "write_batch",
]
