"""The board: hung up with photos, taken down, filed away."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from villagedesk.disclosure import rules, store
from villagedesk.disclosure.model import Filing, Notice, NoticeState, Posting, Takedown
from villagedesk.disclosure.photos import keep, photo_findings, shots
from villagedesk.disclosure.usecases.issuing import last_day_of
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Photo, Role


def post_up(
    desk: Desk,
    notice_id: str,
    board: str,
    first_day: date | None = None,
    last_day: date | None = None,
    photos: Sequence[Path] = (),
    reason: str = "",
    progress: Progress | None = None,
) -> Posting:
    """Record that an issued notice hangs on a board, with photos of it; it may be hung again, or elsewhere.

    Without days it hangs from today for the term the rules ask. A shorter time, and photos that show another notice
    or were taken before the issue, need a ``reason``. Raises RuleViolation for a notice that is not issued or days
    that cannot be, BadInput for a photo that is none, Cancelled with nothing kept.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    notice = desk.get(Notice, notice_id)
    stop_at(rules.in_turn(notice.state, "post"))
    issuance = store.issuance_of(desk, notice_id)
    assert issuance
    rule = village_store.profile(desk).notices[notice.kind]
    first_day = first_day or max(desk.clock.now().date(), issuance.issued_on)
    last_day = last_day or last_day_of(first_day, first_day, rule)
    findings = list(rules.hangs_long_enough(first_day, last_day, rule))
    if not board.strip():
        findings.append(Finding("disclosure.board", "请写明张贴在哪里。", "board"))
    if first_day < issuance.issued_on:
        findings.append(Finding("disclosure.backdated", "张贴的起日不能早于发布日期。", "first_day"))
    stop_at(findings, reason)
    taken = shots(photos, progress)
    stop_at(photo_findings(desk, issuance, taken), reason)
    blank = Posting(
        notice_id=notice.id, board=board.strip(), first_day=first_day, last_day=last_day, posted_by=actor.id
    )
    with desk.change("disclosure.notice.posted", reason=reason) as change:
        state = rules.next_state(notice.state, "post")
        if state and state is not notice.state:
            change.put(replace(notice, state=state))
        posting = change.put(blank)
        keep(change, Posting.table, posting.id, taken)
        return posting


def add_photos(
    desk: Desk, posting_id: str, photos: Sequence[Path], progress: Progress | None = None, reason: str = ""
) -> list[Photo]:
    """Keep photos of a paper that hangs or hung. Raises as ``post_up`` does for its photos."""
    acting(desk, Role.ACCOUNTANT)
    posting = desk.get(Posting, posting_id)
    issuance = store.issuance_of(desk, posting.notice_id)
    assert issuance
    taken = shots(photos, progress)
    stop_at(photo_findings(desk, issuance, taken), reason)
    if not taken:
        return []
    with desk.change("disclosure.posting.photographed", reason=reason) as change:
        return keep(change, Posting.table, posting.id, taken)


def take_down(
    desk: Desk,
    posting_id: str,
    taken_on: date | None = None,
    note: str = "",
    photos: Sequence[Path] = (),
    reason: str = "",
    progress: Progress | None = None,
) -> Takedown:
    """Record that a paper was taken down (default: today) and how it was found, with photos.

    The notice is taken down when nothing of it hangs any more; a corrected one stays corrected. Before its last day
    it needs a ``reason``. Raises RuleViolation otherwise, and for a paper that is down already or days that cannot be.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    posting = desk.get(Posting, posting_id)
    notice, today = desk.get(Notice, posting.notice_id), desk.clock.now().date()
    hanging = store.hanging(desk, notice.id)
    stop_at(rules.taken_in_turn(posting, {posting.id} - {one.id for one in hanging}))
    stop_at(rules.in_turn(notice.state, "take_down"))
    taken_on = taken_on or today
    is_corrected = notice.state is NoticeState.CORRECTED
    stop_at(rules.hung_its_time(posting, taken_on, today, is_corrected=is_corrected), reason)
    taken = shots(photos, progress)
    with desk.change("disclosure.posting.taken_down", reason=reason) as change:
        facts = Takedown(posting_id=posting.id, taken_on=taken_on, note=note.strip(), taken_by=actor.id)
        takedown = change.put(facts)
        keep(change, Takedown.table, takedown.id, taken)
        state = rules.next_state(notice.state, "take_down")
        if len(hanging) == 1 and state and state is not notice.state:
            change.put(replace(notice, state=state))
        return takedown


def file_away(desk: Desk, notice_id: str, place: str) -> Filing:
    """Record that the signed paper of a notice went into a binder or box.

    Raises RuleViolation without a ``place``, while something of it hangs, or when it was filed before.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    notice = desk.get(Notice, notice_id)
    stop_at(rules.in_turn(notice.state, "file_away"))
    if there := store.filing_of(desk, notice_id):
        stop_at([Finding("disclosure.filed", f"这份公示已经归档在{there.place}。")])
    stop_at([*rules.nothing_hangs(store.hanging(desk, notice_id)), *_named(place)])
    with desk.change("disclosure.notice.filed") as change:
        change.put(replace(notice, state=NoticeState.FILED))
        today = desk.clock.now().date()
        return change.put(Filing(notice_id=notice.id, filed_on=today, place=place.strip(), filed_by=actor.id))


def _named(place: str) -> Iterable[Finding]:
    if not place.strip():
        yield Finding("disclosure.place", "请写明归档在哪里（哪个档案盒、哪一本）。", "place")
