"""What is on its way to the board, hangs there, or has come down and is not yet in the binder."""

from datetime import date

from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.storage.desk import Desk


def under_way(desk: Desk) -> list[tuple[Notice, date | None]]:
    """Return the notices that are neither filed nor refused, oldest first.

    With each stands the last day of what still hangs of it, None where nothing does.
    """
    rows = desk.rows(
        """SELECT n.*, (SELECT max(last_day) FROM postings p WHERE p.notice_id = n.id
                           AND NOT EXISTS (SELECT 1 FROM takedowns WHERE posting_id = p.id)) AS until
             FROM notices n WHERE n.village_id = ? AND n.state NOT IN ('filed', 'refused') ORDER BY n.id""",
        [desk.office_id],
    )
    return [(Notice.from_row(row), date.fromisoformat(row["until"]) if row["until"] else None) for row in rows]


def hanging_by_slot(desk: Desk) -> dict[int, int]:
    """Return how many notices hang now in each slot; slots without any are left out."""
    count = "SELECT slot, count(*) FROM notices WHERE village_id = ? AND state = ? GROUP BY slot"
    return {row[0]: row[1] for row in desk.rows(count, [desk.office_id, NoticeState.POSTED])}


def responses_to(desk: Desk, notice_id: str) -> list[Notice]:
    """Return the corrections and supplements of a notice that were not refused, oldest first."""
    return desk.find(Notice, "corrects_id = ? AND state <> 'refused'", [notice_id])


def binders(desk: Desk) -> list[str]:
    """Return where papers were filed before, the latest place first."""
    rows = desk.rows(
        "SELECT place FROM filings WHERE village_id = ? GROUP BY place ORDER BY max(id) DESC", [desk.office_id]
    )
    return [row["place"] for row in rows]
