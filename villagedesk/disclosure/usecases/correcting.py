"""Corrections and supplements: a posted notice is never changed, a numbered notice says what was wrong or left out."""

from collections.abc import Iterable, Sequence

from villagedesk.disclosure import rules, store, wording, wordings
from villagedesk.disclosure.comparison import Difference, differences
from villagedesk.disclosure.drafting import draft_sheet, kept_sheet, plain_text, slot_for, standing_findings
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import ANSWERS, correction, kind_named
from villagedesk.disclosure.kinds import supplement as addition
from villagedesk.disclosure.model import Issuance, Notice, NoticeState
from villagedesk.disclosure.papers import number_of
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.reports.sheet import Block, Sheet
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.letterhead import issuer
from villagedesk.village.model import Role

_UNDER_WAY = frozenset({NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.QUERIED, NoticeState.REVIEWED})
_LONGEST = 20_000
"""Characters of a supplement; more is a notice of its own."""


def correct(desk: Desk, notice_id: str, reason: str, remark: str = "") -> Notice:
    """Draft the correction of an issued notice: what it said beside what the books say now.

    ``remark`` is the remark as it should have been, when that was wrong; of a supplement, its text as it should have
    been. The notice itself stays as it is until the correction is issued. Raises RuleViolation when nothing differs,
    no reason is given, or one is under way.
    """
    acting(desk, Role.ACCOUNTANT)
    notice = _corrected(desk, notice_id)
    stop_at(rules.in_turn(notice.state, "correct"))
    stop_at([*_reasoned(reason, "更正"), *_alone(store.corrections_of(desk, notice.id), ANSWERS[correction.CODE])])
    issuance = _issued(desk, notice)
    places, findings = _compared(desk, notice, kept_sheet(issuance), remark.strip())
    stop_at(findings)
    number = number_of(desk, issuance)
    title = correction.title_of(issuer(village_store.office(desk)), number)
    body = correction.body(number, notice.title, issuance.issued_on, reason.strip(), places)
    return _put(desk, notice, correction.CODE, title, body, reason)


def supplement(desk: Desk, notice_id: str, text: str, reason: str) -> Notice:
    """Draft a supplement to an issued notice: ``text``, typed by hand, adds what was left out.

    The notice goes on to count; a supplement to a correction or a supplement adds to the notice itself. Raises
    RuleViolation when the notice was not issued, text or reason is missing, one is under way, or a villager's number
    stands in what was typed.
    """
    acting(desk, Role.ACCOUNTANT)
    notice = desk.get(Notice, notice_id)
    if notice.corrects_id:
        notice = desk.get(Notice, notice.corrects_id)
    stop_at(rules.in_turn(notice.state, "correct"))
    earlier = store.supplements_of(desk, notice.id)
    stop_at([*_reasoned(reason, "补充"), *_said(text), *_alone(earlier, ANSWERS[addition.CODE])])
    issuance = _issued(desk, notice)
    number = number_of(desk, issuance)
    title = addition.title_of(issuer(village_store.office(desk)), number)
    body = addition.body(number, notice.title, issuance.issued_on, len(earlier) + 1, reason.strip(), text)
    return _put(desk, notice, addition.CODE, title, body, reason)


def _corrected(desk: Desk, notice_id: str) -> Notice:
    """Return the notice that a correction of this one is about: for a correction, what that corrects."""
    notice = desk.get(Notice, notice_id)
    if notice.kind != correction.CODE:
        return notice
    assert notice.corrects_id
    return desk.get(Notice, notice.corrects_id)


def _issued(desk: Desk, notice: Notice) -> Issuance:
    issuance = store.issuance_of(desk, notice.id)
    assert issuance
    return issuance


def _compared(desk: Desk, notice: Notice, old: Sheet, remark: str) -> tuple[list[Difference], list[Finding]]:
    """Return where a notice as it was issued differs from what it should say, and what stands against that."""
    if notice.kind == addition.CODE:
        fresh: Sequence[Block] = addition.rewritten(old.blocks, remark)
        findings = list(_said(remark, "remark"))
        same = "补充公告的内容没有变。请写上正确的补充内容。"
    else:
        sheet, findings = _drawn_anew(desk, notice, remark or wording.remark_of(old))
        fresh, same = sheet.blocks, "账里现在的数和原公示一样，没有要更正的。请先把账改好再更正。"
    shared = len(_closing(desk, notice.slot, correction.CODE))
    places = differences(old.blocks[:-shared], fresh[:-shared])
    if not places:
        findings.append(Finding("disclosure.same", same))
    return places, findings


def _drawn_anew(desk: Desk, notice: Notice, remark: str) -> tuple[Sheet, list[Finding]]:
    kind = kind_named(notice.kind)
    assert kind
    words = wordings.of_version(desk, notice.kind, notice.wording_version)
    scope = Scope(Period.parse(notice.period), notice.topic_id)
    return draft_sheet(desk, kind, scope, slot_for(desk, notice.slot), remark, words)


def _closing(desk: Desk, slot: int, code: str) -> list[Block]:
    profile = village_store.profile(desk)
    return wording.closing(village_store.office(desk), slot_for(desk, slot), profile.disclosure, profile.notices[code])


def _put(desk: Desk, notice: Notice, code: str, title: str, body: Sequence[Block], reason: str) -> Notice:
    """Store the draft of an answer to a notice. Raises RuleViolation when a villager's number stands on it."""
    actor = acting(desk, Role.ACCOUNTANT)
    sheet = wording.sheet_of(village_store.office(desk), title, [*body, *_closing(desk, notice.slot, code)])
    stop_at(standing_findings(desk, sheet, with_channel=False))
    with desk.change(f"disclosure.{code}.prepared", reason=reason) as change:
        return change.put(
            Notice(
                slot=notice.slot,
                kind=code,
                period=notice.period,
                topic_id=notice.topic_id,
                title=title,
                facts=plain_text(sheet),
                corrects_id=notice.id,
                made_by=actor.id,
                profile_version=village_store.profile(desk).version,
            )
        )


def _reasoned(reason: str, verb: str) -> list[Finding]:
    message = f"请写明{verb}的原因，会印在{verb}公告上。"
    return [] if reason.strip() else [Finding("disclosure.reason", message, "reason")]


def _said(text: str, field: str = "text") -> list[Finding]:
    if not text.strip():
        return [Finding("disclosure.text", "请写上要补充的内容。", field)]
    if len(text) > _LONGEST:
        return [Finding("disclosure.text", f"补充的内容太长了，最多{_LONGEST}个字；请分几次补充。", field)]
    return []


def _alone(answers: Iterable[Notice], label: str) -> list[Finding]:
    """One correction, and one supplement, of a notice is under way at a time."""
    if not any(there.state in _UNDER_WAY for there in answers):
        return []
    return [Finding("disclosure.under_way", f"这份公示已有一份{label}在办，请先把它办完。")]
