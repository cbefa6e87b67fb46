"""Drafts: drawn up from the books, thrown away, handed to the supervision group."""

from dataclasses import replace

from villagedesk.disclosure import rules, store, wording
from villagedesk.disclosure.drafting import (
    draft_sheet,
    kept_sheet,
    plain_text,
    slot_for,
    standing_findings,
    wording_findings,
    words_of,
)
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import kind_named
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.rhythms import MONTHS
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Role


def prepare(desk: Desk, kind: str, scope: Scope, remark: str = "") -> Notice:
    """Draw up a kind's notice of a scope from the books as they are now, with a typed ``remark`` if any.

    A draft that is already there is drawn up afresh and keeps its remark. Raises RuleViolation when the notice is
    on its way already, when sums do not add up or when a villager's number would stand on it.
    """
    acting(desk, Role.ACCOUNTANT)
    draft = drafted(desk, kind, scope, remark)
    if draft.version and draft == store.notice_of(desk, kind, scope):
        return draft
    with desk.change("disclosure.notice.prepared") as change:
        return change.put(draft)


def drafted(desk: Desk, kind: str, scope: Scope, remark: str = "") -> Notice:
    """Return the draft as it would be stored: fresh, or the one that is there drawn up anew. Raises as ``prepare``."""
    actor = acting(desk, Role.ACCOUNTANT)
    wanted = kind_named(kind)
    if wanted is None:
        stop_at([Finding("disclosure.kind", f"没有“{kind}”这种公示。", "kind")])
        raise AssertionError
    slot = slot_for(desk, wanted.slot)
    there = store.notice_of(desk, wanted.code, scope)
    if there is not None and there.state is not NoticeState.DRAFT:
        message = f"“{there.title}”已经有了（{there.state.label}）。要改，请办更正公告。"
        stop_at([Finding("disclosure.exists", message, "period")])
    remark = remark.strip() or (wording.remark_of(kept_sheet(there)) if there else "")
    words = words_of(desk, wanted.code)
    sheet, findings = draft_sheet(desk, wanted, scope, slot, remark, words)
    stop_at([*findings, *standing_findings(desk, sheet, with_channel=False)])
    blank = Notice(
        slot=wanted.slot,
        kind=wanted.code,
        period=str(scope.period),
        topic_id=scope.topic_id,
        title="",
        facts="",
        made_by="",
        profile_version="",
    )
    return replace(
        there or blank,
        title=sheet.title,
        facts=plain_text(sheet),
        made_by=actor.id,
        profile_version=village_store.profile(desk).version,
        wording_version=words.version,
    )


def discard(desk: Desk, notice_id: str) -> None:
    """Throw a draft away; the journal keeps it. Raises RuleViolation for anything but a draft."""
    acting(desk, Role.ACCOUNTANT)
    notice = desk.get(Notice, notice_id)
    stop_at(rules.in_turn(notice.state, "submit"))
    with desk.change("disclosure.notice.discarded") as change:
        change.discard(notice)


def submit(desk: Desk, notice_id: str, reason: str = "") -> Notice:
    """Hand a draft to the supervision group; from now on its facts are frozen.

    A period that is not over needs a written ``reason``. Raises RuleViolation otherwise, and when a villager's
    number stands on it or nobody is named to take objections.
    """
    acting(desk, Role.ACCOUNTANT)
    notice = desk.get(Notice, notice_id)
    stop_at(rules.in_turn(notice.state, "submit"))
    stop_at(findings_of(desk, notice), reason)
    with desk.change("disclosure.notice.submitted", reason=reason) as change:
        return change.put(replace(notice, state=NoticeState.SUBMITTED))


def findings_of(desk: Desk, notice: Notice) -> list[Finding]:
    """Return all that stands against submitting a draft, for the page and the submission alike."""
    today, rule = desk.clock.now().date(), village_store.profile(desk).notices[notice.kind]
    return [
        *standing_findings(desk, kept_sheet(notice)),
        *(wording_findings(desk, notice.kind) if kind_named(notice.kind) else ()),
        *(rules.period_over(Period.parse(notice.period), today) if rule.rhythm in MONTHS else ()),
    ]
