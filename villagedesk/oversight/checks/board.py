"""Checks of the board: what hangs was reviewed, numbered, in time, long enough and photographed."""

from collections.abc import Iterator
from datetime import date

from villagedesk.disclosure.due import due_notices
from villagedesk.disclosure.model import Notice
from villagedesk.disclosure.rules import days_on_board, term
from villagedesk.disclosure.store import photos_of, postings_of
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks.found import late, numbered, wrong
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store


def posted_only_reviewed(desk: Desk, today: date) -> Iterator[Finding]:
    """Nothing hangs that the supervision group did not pass."""
    del today
    rows = desk.rows(
        """SELECT title FROM notices n WHERE village_id = ? AND state IN ('issued', 'posted', 'corrected')
              AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.subject_id = n.id AND r.outcome = 'passed'
                                 AND r.given_by <> n.made_by)""",
        [desk.office_id],
    )
    for row in rows:
        yield wrong("unreviewed_notice", f"《{row['title']}》没有经监督小组审核就发布了。")


def notices_numbered(desk: Desk, today: date) -> Iterator[Finding]:
    """Notice numbers run from 1 without gap or double in each year."""
    del today
    rows = desk.rows("SELECT year, number FROM issuances WHERE village_id = ? ORDER BY 1, 2", [desk.office_id])
    yield from numbered(rows, "notices", "公示")


def notices_in_time(desk: Desk, today: date) -> Iterator[Finding]:
    """What is due hangs on the board by its day."""
    for due in due_notices(desk, today):
        if due.is_late:
            yield late("notice_late", f"{due.words}过期没有张贴：{due.note}。")


def issued_then_posted(desk: Desk, today: date) -> Iterator[Finding]:
    """What was issued is posted, and the posting recorded."""
    patience = village_store.profile(desk).disclosure.patience_days
    rows = desk.rows(
        """SELECT n.title, i.issued_on FROM notices n JOIN issuances i ON i.notice_id = n.id
            WHERE n.village_id = ? AND n.state = 'issued' ORDER BY i.issued_on""",
        [desk.office_id],
    )
    for row in rows:
        days = (today - date.fromisoformat(row["issued_on"])).days
        if days > patience:
            yield late("notice_unposted", f"《{row['title']}》发布{days}天了，还没有登记张贴。")


def hung_long_enough(desk: Desk, today: date) -> Iterator[Finding]:
    """A notice hung as many days as the rules ask, on one board or one after another."""
    rules = village_store.profile(desk).notices
    for notice in _posted(desk):
        postings = postings_of(desk, notice.id)
        until = max(posting.last_day for posting in postings)
        first = min(posting.first_day for posting in postings)
        wanted = (term(first, rules[notice.kind]) - first).days + 1
        hung = days_on_board(postings, until)
        if until < today and hung < wanted:
            yield late("notice_short", f"《{notice.title}》只张贴了{hung}天，规定不少于{wanted}天，请再张贴。")


def photographed(desk: Desk, today: date) -> Iterator[Finding]:
    """There is a photo of every notice on the board."""
    del today
    for notice in _posted(desk):
        if not photos_of(desk, [posting.id for posting in postings_of(desk, notice.id)]):
            yield late("notice_photo", f"《{notice.title}》没有张贴的照片，请补拍登记。")


def _posted(desk: Desk) -> list[Notice]:
    return desk.find(Notice, "village_id = ? AND id IN (SELECT notice_id FROM postings)", [desk.office_id])
