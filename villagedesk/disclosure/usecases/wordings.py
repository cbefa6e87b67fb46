"""Wordings: the village's own words for a kind of notice, and the shipped ones again."""

from dataclasses import replace

from villagedesk.disclosure import wordings
from villagedesk.disclosure.drafting import register_of
from villagedesk.disclosure.kinds import kind_named
from villagedesk.disclosure.model import Wording
from villagedesk.disclosure.wordings import SHIPPED, Words
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Role


def reword(desk: Desk, kind: str, words: Words) -> Wording:
    """Store the village's own words for a kind; new notices of it get them, those under way keep what they have.

    Raises RuleViolation for an unknown kind or field, a lead without {事项}, or a villager's number.
    """
    acting(desk, Role.ACCOUNTANT)
    stop_at(words_findings(desk, kind, words))
    fresh = wordings.stored(desk, kind) or Wording(kind=kind, subject="", lead="")
    with desk.change("disclosure.wording.changed") as change:
        said = replace(fresh, subject=words.subject.strip(), lead=words.lead.strip(), ending=words.ending.strip())
        return change.put(said)


def restore_words(desk: Desk, kind: str) -> Wording | None:
    """Go back to the shipped words, as the wording's next version; None when the kind never had others."""
    acting(desk, Role.ACCOUNTANT)
    before = wordings.stored(desk, kind)
    if before is None:
        return None
    with desk.change("disclosure.wording.restored") as change:
        return change.put(replace(before, subject=SHIPPED.subject, lead=SHIPPED.lead, ending=SHIPPED.ending))


def words_findings(desk: Desk, kind: str, words: Words) -> list[Finding]:
    """Return what is wrong with words, for the form and the storing alike."""
    if kind_named(kind) is None:
        return [Finding("disclosure.kind", f"没有“{kind}”这种公示。", "kind")]
    rule = village_store.profile(desk).notices[kind]
    return list(wordings.sound(words, rule, register_of(desk)))
