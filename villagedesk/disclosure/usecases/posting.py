"""The board: hung up, taken down, filed away."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from villagedesk.disclosure import rules, store
from villagedesk.disclosure.model import Notice, NoticeState, Posting
from villagedesk.disclosure.usecases.issuing import last_day_of
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Photo, Role

_PHOTOS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


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
    rule = village_store.profile(desk).notices[notice.kind]
    first_day = first_day or max(desk.clock.now().date(), issuance.issued_on)
    last_day = last_day or last_day_of(first_day, first_day, rule)
    findings = list(rules.hangs_long_enough(first_day, last_day, rule))
    if not board.strip():
        findings.append(Finding("disclosure.board", "请写明张贴在哪里。", "board"))
    if first_day < issuance.issued_on:
        findings.append(Finding("disclosure.backdated", "张贴的起日不能早于发布日期。", "first_day"))
    if photo and photo.suffix.lower() not in _PHOTOS:
        findings.append(Finding("disclosure.photo", "照片应是 jpg 或 png 文件。", "photo"))
    stop_at(findings, reason)
    with desk.change("disclosure.notice.posted", reason=reason) as change:
        if notice.state is not NoticeState.POSTED:
            change.put(replace(notice, state=NoticeState.POSTED))
        posting = change.put(
            Posting(
                notice_id=notice.id,
                board=board.strip(),
                first_day=first_day,
                last_day=last_day,
                posted_by=actor.id,
            )
        )
        if photo:
            kept = change.attach(photo.name, _PHOTOS[photo.suffix.lower()], photo.read_bytes())
            change.put(
                Photo(subject_table=Posting.table, subject_id=posting.id, attachment_id=kept.id, added_by=actor.id)
            )
        return posting
