"""What a person does for the board, one room for each stretch of a notice's way."""

from villagedesk.disclosure.usecases.correcting import correct
from villagedesk.disclosure.usecases.drafts import discard, findings_of, prepare, submit
from villagedesk.disclosure.usecases.issuing import issue
from villagedesk.disclosure.usecases.posting import post_up
from villagedesk.disclosure.usecases.slots import set_up_slots, update_slot

__all__ = [
    "correct",
    "discard",
    "findings_of",
    "issue",
    "post_up",
    "prepare",
    "set_up_slots",
    "submit",
    "update_slot",
]
