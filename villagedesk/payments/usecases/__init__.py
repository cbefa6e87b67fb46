"""What a person does with money: claim, sign, post, reverse, take in sheets; one room for each stretch of its way."""

from villagedesk.payments.usecases.claims import add_papers, discard, draft, findings_of, resubmit, submit, withdraw
from villagedesk.payments.usecases.intake import import_expenses, look_at_expenses, undo_expenses
from villagedesk.payments.usecases.signing import approve, bear_witness, decide
from villagedesk.payments.usecases.vouchers import post, redo, reverse

__all__ = [
    "add_papers",
    "approve",
    "bear_witness",
    "decide",
    "discard",
    "draft",
    "findings_of",
    "import_expenses",
    "look_at_expenses",
    "post",
    "redo",
    "resubmit",
    "reverse",
    "submit",
    "undo_expenses",
    "withdraw",
]
