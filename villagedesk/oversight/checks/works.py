"""Checks of decisions: nothing is carried out unresolved, no vote counted wrong."""

from collections.abc import Iterator
from datetime import date

from villagedesk.deliberation.model import Meeting
from villagedesk.deliberation.rules import passes, quorum_met
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks.found import wrong
from villagedesk.projects.store import has_passed_motion
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store


def running_only_resolved(desk: Desk, since: date) -> Iterator[Finding]:
    """No project is carried out that the villagers did not resolve."""
    del since  # it is carried out until its end, whenever it was resolved
    today = desk.clock.now().date()
    rows = desk.rows(
        """SELECT id, name FROM projects
            WHERE village_id = ? AND state IN ('granted', 'running', 'accepted', 'assessed') ORDER BY rowid""",
        [desk.office_id],
    )
    for row in rows:
        if not has_passed_motion(desk, row["id"], today):
            yield wrong("unresolved", f"“{row['name']}”没有村民（代表）会议通过的决议就在实施。")


def votes_counted_right(desk: Desk, since: date) -> Iterator[Finding]:
    """No motion passed without a quorum or without the votes it needs."""
    del since  # a meeting may be written down long after it was held
    meetings = village_store.profile(desk).meetings
    rows = desk.rows(
        """SELECT m.*, t.number AS motion, t.yes FROM motions t JOIN meetings m ON m.id = t.meeting_id
            WHERE m.village_id = ? AND t.is_passed = 1 ORDER BY m.held_on, m.rowid, t.number""",
        [desk.office_id],
    )
    for row in rows:
        meeting, rule = Meeting.from_row(row), meetings.get(row["basis"])
        name = f"会议{meeting.number}第{row['motion']}项"
        if rule is None:
            yield wrong("meeting_basis", f"{name}不知道按哪条规定表决（{meeting.basis}）。")
        elif not quorum_met(rule, meeting.entitled, meeting.present):
            yield wrong(
                "no_quorum", f"{name}到会人数不够（应到{meeting.entitled}人，实到{meeting.present}人），却记为通过。"
            )
        elif not passes(rule, meeting.entitled, meeting.present, row["yes"]):
            yield wrong("too_few_votes", f"{name}只有{row['yes']}票同意，不够通过，却记为通过。")
