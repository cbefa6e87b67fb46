"""Issue: a reviewed notice gets its number and its paper, and never changes again."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date

from villagedesk.disclosure import rules, store, wording
from villagedesk.disclosure.drafting import kept_sheet, plain_text, standing_findings
from villagedesk.disclosure.kinds import correction
from villagedesk.disclosure.model import Issuance, Notice, NoticeState
from villagedesk.disclosure.papers import printed
from villagedesk.disclosure.proof import SHOWN, in_groups, proved
from villagedesk.kernel.errors import DiskFull, DiskGone, stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.numbers import DocumentNumber
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Role
from villagedesk.village.profile import NoticeRule

_PDF = "application/pdf"
_SHOWN = frozenset({NoticeState.ISSUED, NoticeState.POSTED, NoticeState.TAKEN_DOWN, NoticeState.FILED})


def issue(desk: Desk, notice_id: str, first_day: date | None = None) -> Issuance:
    """Number a reviewed notice, freeze it with the journal's last link and draw its paper, all at once.

    Its term begins on ``first_day`` (default: today). The PDF is kept with the desk and under ``printed`` by its
    number. A correction marks what it corrects. Raises RuleViolation when it was not reviewed, UnprintableText when
    a character stands in no face, DiskFull with nothing issued.
    """
    acting(desk, Role.ACCOUNTANT)
    notice = desk.get(Notice, notice_id)
    with desk.change("disclosure.notice.issued") as change:
        issuance = put_issued(desk, change, notice, first_day)
    lay_out_all(desk, [issuance])
    return issuance


def put_issued(desk: Desk, change: Change, notice: Notice, first_day: date | None) -> Issuance:
    """Issue a notice within a change. Raises as ``issue``."""
    from villagedesk.reports.pdf import draw

    stop_at(rules.in_turn(notice.state, "issue"))
    profile, office = village_store.profile(desk), village_store.office(desk)
    today = desk.clock.now().date()
    first_day = first_day or today
    last_day = last_day_of(first_day, today, profile.notices[notice.kind])
    stop_at(standing_findings(desk, kept_sheet(notice)))
    number = DocumentNumber(profile.disclosure.series, today.year, store.next_number(desk, today.year))
    seq, link, _ = desk.tip()
    footer = f"账目校验码（第{seq}笔）：{in_groups(link[:SHOWN].upper())}"
    sheet = wording.dated(kept_sheet(notice), str(number), first_day, last_day, today, footer)
    sheet = proved(sheet, office.code, number, link)
    paper = change.attach(f"{number}.pdf", _PDF, draw(sheet))
    issuance = change.put(
        Issuance(
            notice_id=notice.id,
            year=number.year,
            number=number.number,
            issued_on=today,
            issued_by=change.actor_id,
            facts=plain_text(sheet),
            link=link,
            paper_id=paper.id,
        )
    )
    change.put(replace(notice, state=NoticeState.ISSUED))
    if notice.kind == correction.CODE:
        change.put_all(replace(old, state=NoticeState.CORRECTED) for old in _superseded(desk, notice))
    return issuance


def lay_out_all(desk: Desk, issuances: Iterable[Issuance]) -> None:
    """Lay the papers of issued notices under ``printed``, ready to hand, as far as the disk has room.

    They are issued all the same: the papers are kept with the desk, and ``papers.printed`` lays out what is missing.
    """
    for issuance in issuances:
        with suppress(DiskFull, DiskGone):
            printed(desk, issuance)


def last_day_of(first_day: date, today: date, rule: NoticeRule) -> date:
    """Return the last day of a term that begins on ``first_day``. Raises RuleViolation when it lies in the past."""
    findings = []
    if first_day < today:
        findings.append(Finding("disclosure.backdated", "公示期的起日不能早于发布日期。", "first_day"))
    try:
        last_day = rules.term(first_day, rule)
    except ValueError as error:
        findings.append(Finding("disclosure.calendar", f"{error}。", "first_day"))
        last_day = first_day
    stop_at(findings)
    return last_day


def _superseded(desk: Desk, notice: Notice) -> list[Notice]:
    """Return what a correction takes the place of: the notice itself and its earlier corrections."""
    assert notice.corrects_id
    earlier = [desk.get(Notice, notice.corrects_id), *store.corrections_of(desk, notice.corrects_id)]
    return [old for old in earlier if old.state in _SHOWN and old.id != notice.id]
