"""Makes the sheet of a draft from the books, and says what stands against it."""

import json

from villagedesk.disclosure import rules, store, wording
from villagedesk.disclosure.books import resolutions_of
from villagedesk.disclosure.kind import Kind, Scope
from villagedesk.disclosure.model import Issuance, Notice, Slot
from villagedesk.disclosure.passages import passages, rewritten
from villagedesk.disclosure.personal import Register, masked
from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import Finding
from villagedesk.reports.sheet import Sheet, from_plain, to_plain
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store


def slot_for(desk: Desk, number: int) -> Slot:
    """Return a slot. Raises RuleViolation when the five are not set up yet."""
    slot = store.slot(desk, number)
    if slot is None:
        raise RuleViolation([Finding("disclosure.no_slots", "还没有设五个公开栏目，请先设好。")])
    return slot


def draft_sheet(desk: Desk, kind: Kind, scope: Scope, slot: Slot, remark: str) -> tuple[Sheet, list[Finding]]:
    """Return the sheet of a kind for a scope as the books are now, and what does not add up in them."""
    office, profile = village_store.office(desk), village_store.profile(desk)
    gathered, register = kind.gather(desk, scope), register_of(desk)
    subject = gathered.subject or wording.subject_of(kind, scope.period)
    blocks = [
        *wording.opening(slot.basis, subject, resolutions_of(desk, scope.period) if kind.cites_vote else ()),
        *(rewritten(block, lambda text: masked(text, register)) for block in gathered.blocks),
        *wording.closing(office, slot, profile.disclosure, profile.notices[kind.code], remark),
    ]
    return wording.sheet_of(office, wording.title_of(office, subject), blocks), list(gathered.findings)


def standing_findings(desk: Desk, sheet: Sheet, *, with_channel: bool = True) -> list[Finding]:
    """Return what is wrong with a sheet itself: a villager's number on it, nobody to take objections."""
    office = village_store.office(desk)
    personal = rules.without_personal_numbers(passages(sheet), register_of(desk))
    channel = rules.channel_open(office.contact, office.phone) if with_channel else ()
    return [*personal, *channel]


def register_of(desk: Desk) -> Register:
    """Return the numbers that must never be shown."""
    return Register.of(store.register_numbers(desk), village_store.office(desk).phone)


def plain_text(sheet: Sheet) -> str:
    """Return a sheet as canonical JSON, the form in which it is frozen."""
    return canonical(to_plain(sheet)).decode()


def kept_sheet(record: Notice | Issuance) -> Sheet:
    """Return the sheet a notice or its issue holds."""
    return from_plain(json.loads(record.facts))
