"""Corrections: a posted notice is never changed, a numbered notice says what was wrong and what is right."""

from villagedesk.disclosure import rules, store, wording
from villagedesk.disclosure.comparison import differences
from villagedesk.disclosure.drafting import draft_sheet, kept_sheet, plain_text, slot_for, standing_findings
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import correction, kind_named
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.papers import number_of
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.letterhead import issuer
from villagedesk.village.model import Role

_UNDER_WAY = frozenset({NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.QUERIED, NoticeState.REVIEWED})


def correct(desk: Desk, notice_id: str, reason: str, remark: str = "") -> Notice:
    """Draft the correction of an issued notice: what it said beside what the books say now.

    ``remark`` is the remark as it should have been, when that was wrong. The notice itself stays as it is until the
    correction is issued. Raises RuleViolation when nothing differs, no reason is given, or one is under way.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    notice = desk.get(Notice, notice_id)
    if notice.corrects_id:
        notice = desk.get(Notice, notice.corrects_id)
    stop_at(rules.in_turn(notice.state, "correct"))
    issuance, kind = store.issuance_of(desk, notice.id), kind_named(notice.kind)
    assert issuance
    assert kind
    stop_at(_ready_to_correct(desk, notice, reason))
    scope, old = Scope(Period.parse(notice.period), notice.topic_id), kept_sheet(issuance)
    slot = slot_for(desk, notice.slot)
    office, profile = village_store.office(desk), village_store.profile(desk)
    fresh, findings = draft_sheet(desk, kind, scope, slot, remark.strip() or wording.remark_of(old))
    closing = wording.closing(office, slot, profile.disclosure, profile.notices[correction.CODE])
    shared = len(closing)
    places = differences(old.blocks[:-shared], fresh.blocks[:-shared])
    if not places:
        findings.append(Finding("disclosure.same", "账里现在的数和原公示一样，没有要更正的。请先把账改好再更正。"))
    stop_at(findings)
    number = number_of(desk, issuance)
    body = correction.body(number, notice.title, issuance.issued_on, reason.strip(), places)
    title = correction.title_of(issuer(office), number)
    sheet = wording.sheet_of(office, title, [*body, *closing])
    stop_at(standing_findings(desk, sheet, with_channel=False))
    with desk.change("disclosure.correction.prepared", reason=reason) as change:
        return change.put(
            Notice(
                slot=notice.slot,
                kind=correction.CODE,
                period=notice.period,
                topic_id=notice.topic_id,
                title=title,
                facts=plain_text(sheet),
                corrects_id=notice.id,
                made_by=actor.id,
                profile_version=village_store.profile(desk).version,
            )
        )


def _ready_to_correct(desk: Desk, notice: Notice, reason: str) -> list[Finding]:
    findings = []
    if not reason.strip():
        findings.append(Finding("disclosure.reason", "请写明更正的原因，会印在更正公告上。", "reason"))
    if any(there.state in _UNDER_WAY for there in store.corrections_of(desk, notice.id)):
        findings.append(Finding("disclosure.under_way", "这份公示已有一份更正公告在办，请先把它办完。"))
    return findings
