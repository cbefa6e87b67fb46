"""Slots, notices, their issue and postings as they are asked for, and the numbers that must never be shown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.model import Filing, Issuance, Notice, NoticeState, Posting, Slot, Takedown
from villagedesk.payments.pastyear import STILL_IN
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import PersonalRule


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as a list shows it; ``number`` is None until it is issued, ``hangs_until`` until it hangs."""

    notice: Notice
    number: int | None
    hangs_until: date | None


_ORDERS = {
    "": "n.id {0}",
    "period": "n.period {0}, n.slot {0}, n.id {0}",
    "number": "(SELECT year * 10000 + number FROM issuances WHERE notice_id = n.id) {0}, n.id {0}",
    "state": "n.state {0}, n.id {0}",
    "until": "(SELECT max(last_day) FROM postings WHERE notice_id = n.id) {0}, n.id {0}",
}


def slots(desk: Desk) -> list[Slot]:
    """Return the five disclosures in order; none before they are set up."""
    return desk.find(Slot, "village_id = ?", [desk.office_id], "number")


def slot(desk: Desk, number: int) -> Slot | None:
    """Return one of the five disclosures, None before they are set up."""
    found = desk.find(Slot, "village_id = ? AND number = ?", [desk.office_id, number])
    return found[0] if found else None


def notices(desk: Desk, state: NoticeState | None = None) -> list[Notice]:
    """Return the office's notices, newest first; only those in ``state`` when it is given."""
    where = "village_id = :village AND (:state IS NULL OR state = :state)"
    return desk.find(Notice, where, {"village": desk.office_id, "state": state}, "id DESC")


def notice_ids(desk: Desk, text: str = "", order: str = "", *, descending: bool = True, slot: int = 0) -> list[str]:
    """Return the ids of the office's notices whose title holds ``text``, newest first; ``slot`` 0 stands for all."""
    by = _ORDERS[order].format("DESC" if descending else "ASC")
    rows = desk.rows(
        f"""SELECT n.id FROM notices n
             WHERE n.village_id = :village AND n.title LIKE :text AND (:slot = 0 OR n.slot = :slot) ORDER BY {by}""",
        {"village": desk.office_id, "text": f"%{text}%", "slot": slot},
    )
    return [row["id"] for row in rows]


def notice_lines(desk: Desk, ids: Sequence[str]) -> list[NoticeLine]:
    """Return the notices with these ids as lines of a list, in the order given."""
    rows = desk.rows(
        f"""SELECT n.*, i.number, (SELECT max(last_day) FROM postings WHERE notice_id = n.id) AS until
              FROM notices n LEFT JOIN issuances i ON i.notice_id = n.id WHERE n.id IN ({", ".join("?" * len(ids))})""",
        list(ids),
    )
    found = {row["id"]: NoticeLine(Notice.from_row(row), row["number"], _day(row["until"])) for row in rows}
    return [found[each] for each in ids if each in found]


def boards(desk: Desk) -> list[str]:
    """Return where notices hung before, the latest place first."""
    rows = desk.rows(
        "SELECT board FROM postings WHERE village_id = ? GROUP BY board ORDER BY max(id) DESC", [desk.office_id]
    )
    return [row["board"] for row in rows]


def notice_of(desk: Desk, kind: str, scope: Scope) -> Notice | None:
    """Return the notice of a kind and scope that counts: the one that was not refused. None when there is none."""
    where = "village_id = ? AND kind = ? AND period = ? AND topic_id = ? AND state <> 'refused' AND corrects_id IS NULL"
    found = desk.find(Notice, where, [desk.office_id, kind, str(scope.period), scope.topic_id], "id DESC")
    return found[0] if found else None


def corrections_of(desk: Desk, notice_id: str) -> list[Notice]:
    """Return the corrections of a notice that were not refused, oldest first."""
    return desk.find(Notice, "corrects_id = ? AND kind = 'correction' AND state <> 'refused'", [notice_id])


def supplements_of(desk: Desk, notice_id: str) -> list[Notice]:
    """Return the supplements to a notice that were not refused, oldest first."""
    return desk.find(Notice, "corrects_id = ? AND kind = 'supplement' AND state <> 'refused'", [notice_id])


def issuance_of(desk: Desk, notice_id: str) -> Issuance | None:
    """Return how a notice was issued, None while it was not."""
    found = desk.find(Issuance, "notice_id = ?", [notice_id])
    return found[0] if found else None


def issuances(desk: Desk) -> dict[str, Issuance]:
    """Return all issues of the office by their notice's id."""
    return {issued.notice_id: issued for issued in desk.find(Issuance, "village_id = ?", [desk.office_id])}


def postings_of(desk: Desk, notice_id: str) -> list[Posting]:
    """Return when and where a notice hung, first day first."""
    return desk.find(Posting, "notice_id = ?", [notice_id], "first_day, id")


def takedowns_of(desk: Desk, notice_id: str) -> dict[str, Takedown]:
    """Return how a notice's papers were taken down, by their posting."""
    found = desk.find(Takedown, "posting_id IN (SELECT id FROM postings WHERE notice_id = ?)", [notice_id])
    return {takedown.posting_id: takedown for takedown in found}


def hanging(desk: Desk, notice_id: str) -> list[Posting]:
    """Return the postings of a notice that were not taken down, first day first."""
    where = "notice_id = ? AND id NOT IN (SELECT posting_id FROM takedowns)"
    return desk.find(Posting, where, [notice_id], "first_day, id")


def filing_of(desk: Desk, notice_id: str) -> Filing | None:
    """Return where the signed paper of a notice is kept, None while it is not filed away."""
    found = desk.find(Filing, "notice_id = ?", [notice_id])
    return found[0] if found else None


def over(desk: Desk, today: date) -> list[Posting]:
    """Return the postings whose last day is over and which were not taken down, the oldest first."""
    where = "village_id = ? AND last_day < ? AND id NOT IN (SELECT posting_id FROM takedowns)"
    return desk.find(Posting, where, [desk.office_id, today.isoformat()], "last_day, id")


def issuance_numbered(desk: Desk, village_id: str, year: int, number: int) -> Issuance | None:
    """Return what an office issued under a number of a year, None when it issued nothing under it."""
    where = "village_id = ? AND year = ? AND number = ?"
    found = desk.find(Issuance, where, [village_id, year, number])
    return found[0] if found else None


def answers_to(desk: Desk, notice_id: str) -> list[tuple[Notice, Issuance]]:
    """Return the issued corrections and supplements of a notice with their issues, oldest first."""
    found = desk.find(Notice, "corrects_id = ? AND id IN (SELECT notice_id FROM issuances)", [notice_id])
    issues = [(notice, issuance_of(desk, notice.id)) for notice in found]
    return sorted(
        ((notice, issued) for notice, issued in issues if issued), key=lambda pair: (pair[1].year, pair[1].number)
    )


def photos_of(desk: Desk, posting_ids: Iterable[str]) -> list[str]:
    """Return the digests of the photos of postings, oldest first, those kept before photos had records included."""
    marks = json.dumps(list(posting_ids))
    rows = desk.rows(
        """SELECT photo_id AS digest, id FROM postings
            WHERE photo_id IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))
            UNION ALL SELECT attachment_id, id FROM photos
            WHERE subject_table = 'postings' AND subject_id IN (SELECT value FROM json_each(:ids)) ORDER BY 2""",
        {"ids": marks},
    )
    return [row["digest"] for row in rows]


def next_number(desk: Desk, year: int) -> int:
    """Return the number the next notice of a year gets."""
    last = desk.value("SELECT max(number) FROM issuances WHERE village_id = ? AND year = ?", [desk.office_id, year])
    return int(last or 0) + 1


def register_numbers(desk: Desk, policy: Sequence[PersonalRule]) -> dict[str, str]:
    """Return every number in the columns the policy searches for, as it is written, with what it is in Chinese."""
    asked = [
        f"SELECT {column} AS number, '{rule.what}' AS what FROM {table} WHERE village_id = :village AND {column} <> ''"
        for rule in reversed(policy)
        if rule.shapes
        for table, column in (each.split(".") for each in rule.columns)
    ]
    rows = desk.rows(" UNION ALL ".join(asked), {"village": desk.office_id})
    return {row["number"]: row["what"] for row in rows}


def invoice_numbers(desk: Desk) -> list[str]:
    """Return the numbers of the invoices in the books: twenty figures of one are no account of anybody."""
    rows = desk.rows(
        f"""SELECT invoice_number FROM claims WHERE village_id = :village AND invoice_number <> ''
            UNION SELECT invoice_number FROM past_expenses
             WHERE village_id = :village AND invoice_number <> '' AND {STILL_IN}""",
        {"village": desk.office_id},
    )
    return [row["invoice_number"] for row in rows]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
