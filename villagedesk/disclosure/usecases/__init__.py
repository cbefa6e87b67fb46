"""What a person does for the board, one room for each stretch of a notice's way."""

from villagedesk.disclosure.usecases.correcting import correct, supplement
from villagedesk.disclosure.usecases.drafts import discard, findings_of, prepare, submit
from villagedesk.disclosure.usecases.issuing import issue
from villagedesk.disclosure.usecases.objections import (
    objection_findings,
    pause,
    register_objection,
    reply,
    reply_findings,
    resume,
)
from villagedesk.disclosure.usecases.packs import issue_all, prepare_due, submit_all
from villagedesk.disclosure.usecases.posting import add_photos, file_away, post_up, take_down
from villagedesk.disclosure.usecases.slots import set_up_slots, update_slot
from villagedesk.disclosure.usecases.wordings import restore_words, reword, words_findings

__all__ = [
    "add_photos",
    "correct",
    "discard",
    "file_away",
    "findings_of",
    "issue",
    "issue_all",
    "objection_findings",
    "pause",
    "post_up",
    "prepare",
    "prepare_due",
    "register_objection",
    "reply",
    "reply_findings",
    "restore_words",
    "resume",
    "reword",
    "set_up_slots",
    "submit",
    "submit_all",
    "supplement",
    "take_down",
    "update_slot",
    "words_findings",
]
