"""Checks of the board: what hangs was reviewed, numbered, in time, long enough and photographed."""

from collections.abc import Iterator
from datetime import date

from villagedesk.disclosure.due import due_notices
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.rules import days_on_board, term
from villagedesk.disclosure.store import over, photos_of, postings_of, takedowns_of
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks.found import late, numbered, wrong
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store


def posted_only_reviewed(desk: Desk, since: date) -> Iterator[Finding]:
    """Nothing hangs that the supervision group did not pass."""
    rows = desk.rows(
        """SELECT title FROM notices n WHERE village_id = ?
              AND state IN ('issued', 'posted', 'corrected', 'taken_down', 'filed')
              AND NOT EXISTS (SELECT 1 FROM issuances WHERE notice_id = n.id AND issued_on < ?)
              AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.subject_id = n.id AND r.outcome = 'passed'
                                 AND r.given_by <> n.made_by)""",
        [desk.office_id, since.isoformat()],
    )
    for row in rows:
        yield wrong("unreviewed_notice", f"《{row['title']}》没有经监督小组审核就发布了。")


def notices_numbered(desk: Desk, since: date) -> Iterator[Finding]:
    """Notice numbers run from 1 without gap or double in each year."""
    rows = desk.rows(
        "SELECT year, number FROM issuances WHERE village_id = ? AND year >= ? ORDER BY 1, 2",
        [desk.office_id, since.year],
    )
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
    """A notice hung as many days as the rules ask, on one board or one after another, taken down no earlier."""
    rules = village_store.profile(desk).notices
    for notice in _posted(desk):
        postings = postings_of(desk, notice.id)
        taken = {each: down.taken_on for each, down in takedowns_of(desk, notice.id).items()}
        until = max(taken.get(posting.id, posting.last_day) for posting in postings)
        if until >= today and len(taken) < len(postings):
            continue  # it may still hang long enough
        first = min(posting.first_day for posting in postings)
        try:
            wanted = (term(first, rules[notice.kind]) - first).days + 1
        except ValueError as error:
            yield late("notice_calendar", f"《{notice.title}》贴够天数没有，现在算不出来：{error}。")
            continue
        hung = days_on_board(postings, until, taken)
        if hung < wanted and notice.state is not NoticeState.CORRECTED:
            yield late("notice_short", f"《{notice.title}》只张贴了{hung}天，规定不少于{wanted}天，请再张贴。")


def taken_down_in_time(desk: Desk, today: date) -> Iterator[Finding]:
    """What hung its days is taken down, and that is recorded; said once, however many hang on."""
    patience = village_store.profile(desk).disclosure.patience_days
    hanging_on = [posting for posting in over(desk, today) if (today - posting.last_day).days > patience]
    if hanging_on:
        first = hanging_on[0]
        oldest = f"最早的是《{desk.get(Notice, first.notice_id).title}》，在{first.board}"
        count, days = len(hanging_on), (today - first.last_day).days
        yield late("notice_hangs_on", f"{count}张公示期满了还没有登记取下，{oldest}，期满{days}天了。")


def filed_away(desk: Desk, today: date) -> Iterator[Finding]:
    """The signed paper of what was taken down goes into the archive; said once, however many wait."""
    patience = village_store.profile(desk).disclosure.patience_days
    rows = desk.rows(
        """SELECT n.title, max(t.taken_on) AS day FROM notices n
             JOIN postings p ON p.notice_id = n.id JOIN takedowns t ON t.posting_id = p.id
            WHERE n.village_id = ? AND n.state = 'taken_down' GROUP BY n.id ORDER BY day, n.id""",
        [desk.office_id],
    )
    waiting = [row for row in rows if (today - date.fromisoformat(row["day"])).days > patience]
    if waiting:
        days = (today - date.fromisoformat(waiting[0]["day"])).days
        oldest = f"最早的是《{waiting[0]['title']}》，取下{days}天了"
        yield late("notice_unfiled", f"{len(waiting)}份公示取下了还没有登记归档，{oldest}。")


def photographed(desk: Desk, today: date) -> Iterator[Finding]:
    """There is a photo of every notice on the board."""
    del today
    for notice in _posted(desk):
        if not photos_of(desk, [posting.id for posting in postings_of(desk, notice.id)]):
            yield late("notice_photo", f"《{notice.title}》没有张贴的照片，请补拍登记。")


def _posted(desk: Desk) -> list[Notice]:
    return desk.find(Notice, "village_id = ? AND id IN (SELECT notice_id FROM postings)", [desk.office_id])
