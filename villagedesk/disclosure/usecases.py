"""What a person does for the board: set up the slots, prepare, submit, issue, post up, correct, print again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from villagedesk.disclosure import rules, store, wording
from villagedesk.disclosure.comparison import differences
from villagedesk.disclosure.drafting import draft_sheet, kept_sheet, plain_text, slot_for, standing_findings
from villagedesk.disclosure.kinds import correction, kind_named
from villagedesk.disclosure.model import Issuance, Notice, NoticeState, Posting, Slot
from villagedesk.disclosure.papers import number_of
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.numbers import DocumentNumber
from villagedesk.storage.attachments import write_durably
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.letterhead import issuer
from villagedesk.village.model import Role

_PDF = "application/pdf"
_PHOTOS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


def set_up_slots(desk: Desk) -> list[Slot]:
    """Set up the five disclosures as the profile names them. Raises RuleViolation when they already are."""
    acting(desk, Role.ACCOUNTANT)
    if store.slots(desk):
        stop_at([Finding("disclosure.slots", "五个公开栏目已经设好，可以逐个修改。")])
    with desk.change("disclosure.slots.set_up") as change:
        return change.put_all(
            Slot(number=slot.number, name=slot.name, basis=slot.basis)
            for slot in village_store.profile(desk).slots
        )  # fmt: skip


def update_slot(desk: Desk, slot: Slot) -> Slot:
    """Store a slot with another name or basis, or as confirmed by the county. Raises RuleViolation without a name."""
    acting(desk, Role.ACCOUNTANT)
    if not slot.name.strip() or not slot.basis.strip():
        stop_at([Finding("disclosure.slot_name", "请写上栏目名称和依据。", "name")])
    with desk.change("disclosure.slot.updated") as change:
        return change.put(slot)


def prepare(desk: Desk, kind: str, period: Period, remark: str = "") -> Notice:
    """Draw up a kind's notice of a period from the books as they are now, with a typed ``remark`` if any.

    A draft that is already there is drawn up afresh and keeps its remark. Raises RuleViolation when the notice is
    on its way already, when sums do not add up or when a villager's number would stand on it.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    wanted = kind_named(kind)
    if wanted is None:
        stop_at([Finding("disclosure.kind", f"没有“{kind}”这种公示。", "kind")])
        raise AssertionError
    slot = slot_for(desk, wanted.slot)
    there = store.notice_of(desk, wanted.code, str(period))
    if there is not None and there.state is not NoticeState.DRAFT:
        message = f"{period.label}的{wanted.label}已经有了（{there.state.label}）。要改，请办更正公告。"
        stop_at([Finding("disclosure.exists", message, "period")])
    remark = remark.strip() or (wording.remark_of(kept_sheet(there)) if there else "")
    sheet, findings = draft_sheet(desk, wanted, period, slot, remark)
    stop_at([*findings, *standing_findings(desk, sheet, with_channel=False)])
    blank = Notice(
        slot=wanted.slot, kind=wanted.code, period=str(period), title="", facts="", made_by="", profile_version=""
    )
    draft = replace(
        there or blank,
        title=sheet.title,
        facts=plain_text(sheet),
        made_by=actor.id,
        profile_version=village_store.profile(desk).version,
    )
    if draft == there:
        return draft
    with desk.change("disclosure.notice.prepared") as change:
        return change.put(draft)


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
    today = desk.clock.now().date()
    return [
        *standing_findings(desk, kept_sheet(notice)),
        *rules.period_over(Period.parse(notice.period), today),
    ]


def issue(desk: Desk, notice_id: str, first_day: date | None = None) -> Issuance:
    """Number a reviewed notice, freeze it with the journal's last link and draw its paper, all at once.

    Its term begins on ``first_day`` (default: today). The PDF is kept with the desk and under ``printed`` by its
    number. A correction marks what it corrects. Raises RuleViolation when it was not reviewed, UnprintableText when
    a character stands in no face.
    """
    from villagedesk.reports.pdf import draw

    actor = acting(desk, Role.ACCOUNTANT)
    notice = desk.get(Notice, notice_id)
    stop_at(rules.in_turn(notice.state, "issue"))
    rule = village_store.profile(desk).disclosure
    today = desk.clock.now().date()
    first_day = first_day or today
    last_day = _last_day(desk, first_day, today)
    stop_at(standing_findings(desk, kept_sheet(notice)))
    with desk.change("disclosure.notice.issued") as change:
        number = DocumentNumber(rule.series, today.year, store.next_number(desk, today.year))
        seq, link, _ = desk.tip()
        footer = f"账目校验码（第{seq}笔）：{link}"
        sheet = wording.dated(kept_sheet(notice), str(number), first_day, last_day, today, footer)
        paper = change.attach(f"{number}.pdf", _PDF, content := draw(sheet))
        issuance = change.put(
            Issuance(
                notice_id=notice.id,
                year=number.year,
                number=number.number,
                issued_on=today,
                issued_by=actor.id,
                facts=plain_text(sheet),
                link=link,
                paper_id=paper.id,
            )
        )
        change.put(replace(notice, state=NoticeState.ISSUED))
        if notice.corrects_id:
            change.put_all(replace(old, state=NoticeState.CORRECTED) for old in _superseded(desk, notice))
        write_durably(desk.folder / "printed" / f"{number}.pdf", content)
    return issuance


def _last_day(desk: Desk, first_day: date, today: date) -> date:
    findings = []
    if first_day < today:
        findings.append(Finding("disclosure.backdated", "公示期的起日不能早于发布日期。", "first_day"))
    try:
        last_day = rules.term(first_day, village_store.profile(desk).disclosure)
    except ValueError as error:
        findings.append(Finding("disclosure.calendar", f"{error}。", "first_day"))
        last_day = first_day
    stop_at(findings)
    return last_day


def _superseded(desk: Desk, notice: Notice) -> list[Notice]:
    """Return what a correction takes the place of: the notice itself and its earlier corrections."""
    assert notice.corrects_id
    earlier = [desk.get(Notice, notice.corrects_id), *store.corrections_of(desk, notice.corrects_id)]
    return [old for old in earlier if old.state in {NoticeState.ISSUED, NoticeState.POSTED} and old.id != notice.id]


def post_up(
    desk: Desk,
    notice_id: str,
    board: str,
    first_day: date | None = None,
    last_day: date | None = None,
    photo: Path | None = None,
    reason: str = "",
) -> Posting:
    """Record that an issued notice hangs on a board, with a photo of it; it may be hung again, or elsewhere.

    Without days it hangs from today for the term the rules ask; a shorter time needs a ``reason``. Raises
    RuleViolation for a notice that is not issued, days that cannot be, or a photo that is none.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    notice = desk.get(Notice, notice_id)
    stop_at(rules.in_turn(notice.state, "post"))
    issuance = store.issuance_of(desk, notice_id)
    assert issuance
    rule = village_store.profile(desk).disclosure
    first_day = first_day or max(desk.clock.now().date(), issuance.issued_on)
    last_day = last_day or _last_day(desk, first_day, first_day)
    findings = list(rules.hangs_long_enough(first_day, last_day, rule))
    if not board.strip():
        findings.append(Finding("disclosure.board", "请写明张贴在哪里。", "board"))
    if first_day < issuance.issued_on:
        findings.append(Finding("disclosure.backdated", "张贴的起日不能早于发布日期。", "first_day"))
    if photo and photo.suffix.lower() not in _PHOTOS:
        findings.append(Finding("disclosure.photo", "照片应是 jpg 或 png 文件。", "photo"))
    stop_at(findings, reason)
    with desk.change("disclosure.notice.posted", reason=reason) as change:
        kept = change.attach(photo.name, _PHOTOS[photo.suffix.lower()], photo.read_bytes()) if photo else None
        if notice.state is not NoticeState.POSTED:
            change.put(replace(notice, state=NoticeState.POSTED))
        return change.put(
            Posting(
                notice_id=notice.id,
                board=board.strip(),
                first_day=first_day,
                last_day=last_day,
                photo_id=kept.id if kept else None,
                posted_by=actor.id,
            )
        )


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
    period, old = Period.parse(notice.period), kept_sheet(issuance)
    slot = slot_for(desk, notice.slot)
    fresh, findings = draft_sheet(desk, kind, period, slot, remark.strip() or wording.remark_of(old))
    shared = len(wording.closing(village_store.office(desk), slot, village_store.profile(desk).disclosure))
    places = differences(old.blocks[:-shared], fresh.blocks[:-shared])
    if not places:
        findings.append(Finding("disclosure.same", "账里现在的数和原公示一样，没有要更正的。请先把账改好再更正。"))
    stop_at(findings)
    office, rule = village_store.office(desk), village_store.profile(desk).disclosure
    number = number_of(desk, issuance)
    body = correction.body(number, notice.title, issuance.issued_on, reason.strip(), places)
    title = correction.title_of(issuer(office), number)
    sheet = wording.sheet_of(office, title, [*body, *wording.closing(office, slot, rule)])
    stop_at(standing_findings(desk, sheet, with_channel=False))
    with desk.change("disclosure.correction.prepared", reason=reason) as change:
        return change.put(
            Notice(
                slot=notice.slot,
                kind=correction.CODE,
                period=notice.period,
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
    ways = {NoticeState.ISSUED, NoticeState.POSTED, NoticeState.CORRECTED}
    if any(there.state not in ways for there in store.corrections_of(desk, notice.id)):
        findings.append(Finding("disclosure.under_way", "这份公示已有一份更正公告在办，请先把它办完。"))
    return findings
