"""Makes the sheet of a draft from the books, and says what stands against it."""

import json

from villagedesk.disclosure import rules, store, wording, wordings
from villagedesk.disclosure.books import resolutions_of
from villagedesk.disclosure.kind import Kind, Scope
from villagedesk.disclosure.model import Issuance, Notice, Slot
from villagedesk.disclosure.objections.store import asked_since
from villagedesk.disclosure.passages import passages, rewritten
from villagedesk.disclosure.personal import Register, masked
from villagedesk.disclosure.wordings import Words
from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import Finding
from villagedesk.reports.lacking import lacking
from villagedesk.reports.sheet import Sheet, from_plain, to_plain
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.profile import NoticeRule, Profile


def slot_for(desk: Desk, number: int) -> Slot:
    """Return a slot. Raises RuleViolation when the five are not set up yet."""
    slot = store.slot(desk, number)
    if slot is None:
        raise RuleViolation([Finding("disclosure.no_slots", "还没有设五个公开栏目，请先设好。")])
    return slot


def draft_sheet(
    desk: Desk, kind: Kind, scope: Scope, slot: Slot, remark: str, words: Words | None = None
) -> tuple[Sheet, list[Finding]]:
    """Return the sheet of a kind for a scope as the books are now, and what does not add up in them.

    ``words`` are by default those in force; a correction is worded as the notice it corrects was.
    """
    office, profile = village_store.office(desk), village_store.profile(desk)
    gathered, register = kind.gather(desk, scope), register_of(desk)
    words = words or words_of(desk, kind.code)
    matter = masked(gathered.subject or wording.subject_of(kind, scope.period), register)
    facts = wordings.facts_of(office, kind, slot.name, scope.period, matter)
    facts[wordings.MATTER] = subject = wordings.filled(words.subject, facts)
    basis = _basis(profile, profile.notices[kind.code], slot)
    voted = resolutions_of(desk, scope.period) if kind.cites_vote else ()

    def clean(text: str) -> str:
        return masked(text, register)

    blocks = [
        *(rewritten(block, clean) for block in wording.opening(basis, wordings.filled(words.lead, facts), voted)),
        *(rewritten(block, clean) for block in gathered.blocks),
        *wording.closing(
            office, slot, profile.disclosure, profile.notices[kind.code], remark,
            wordings.filled(words.ending, facts), asked_since(desk, kind.code),
        ),
    ]  # fmt: skip
    return wording.sheet_of(office, wording.title_of(office, subject), blocks), list(gathered.findings)


def _basis(profile: Profile, rule: NoticeRule, slot: Slot) -> str:
    """Return what a notice rests on: what its kind rests on, unless the village worded its slot's basis itself."""
    is_shipped = any(slot.basis == one.basis for one in profile.slots if one.number == slot.number)
    return rule.basis if rule.basis and is_shipped else slot.basis


def words_of(desk: Desk, kind: str) -> Words:
    """Return the words a new notice of a kind gets: the village's own, the shipped ones where those are broken."""
    return _in_force(desk, kind)[0]


def wording_findings(desk: Desk, kind: str) -> list[Finding]:
    """Return what is wrong with the village's own words of a kind, a warning; none where it has none."""
    return _in_force(desk, kind)[1]


def _in_force(desk: Desk, kind: str) -> tuple[Words, list[Finding]]:
    if wordings.stored(desk, kind) is None:  # the numbers of the register need not be gathered then
        return wordings.SHIPPED, []
    return wordings.in_force(desk, kind, village_store.profile(desk).notices[kind], register_of(desk))


def standing_findings(desk: Desk, sheet: Sheet, *, with_channel: bool = True) -> list[Finding]:
    """Return what is wrong with a sheet itself: a villager's number, what no face draws, nobody to take objections."""
    office = village_store.office(desk)
    there = list(passages(sheet))
    personal = rules.without_personal_numbers(there, register_of(desk))
    unprintable = rules.printable((place, words) for place, text in there for words in lacking([text]))
    channel = rules.channel_open(office.contact, office.phone) if with_channel else ()
    return [*personal, *unprintable, *channel]


def register_of(desk: Desk) -> Register:
    """Return the numbers that must never be shown."""
    policy = village_store.profile(desk).personal
    numbers, invoices = store.register_numbers(desk, policy), store.invoice_numbers(desk)
    return Register.of(numbers, village_store.office(desk).phone, invoices, policy)


def plain_text(sheet: Sheet) -> str:
    """Return a sheet as canonical JSON, the form in which it is frozen."""
    return canonical(to_plain(sheet)).decode()


def kept_sheet(record: Notice | Issuance) -> Sheet:
    """Return the sheet a notice or its issue holds."""
    return from_plain(json.loads(record.facts))
