"""Objections as they are asked for: the list, one with all that belongs to it, and their counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagedesk.disclosure.model import Notice, Objection, Pause, Reply
from villagedesk.disclosure.objections.rules import Standing, standing
from villagedesk.kernel.numbers import DocumentNumber
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store

SERIES = "异议"


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """An objection as a list shows it, with the notice it is about and how it stands."""

    objection: Objection
    notice: Notice
    notice_number: str
    standing: Standing
    reply: Reply | None


_WAITS = "NOT EXISTS (SELECT 1 FROM replies r WHERE r.objection_id = o.id)"
_PLACE = "(o.year * 100000 + o.number)"
_ORDERS = {
    "": f"{_WAITS} DESC, CASE WHEN {_WAITS} THEN {_PLACE} ELSE -{_PLACE} END",
    "number": "o.year {0}, o.number {0}",
    "notice": "(SELECT year * 10000 + number FROM issuances i WHERE i.notice_id = o.notice_id) {0}, o.id {0}",
    "received_on": "o.received_on {0}, o.id {0}",
}


def number_of(objection: Objection) -> str:
    """Return an objection's number as it is written: 异议〔2026〕1号."""
    return str(DocumentNumber(SERIES, objection.year, objection.number))


def next_number(desk: Desk, year: int) -> int:
    """Return the number the next objection of a year gets."""
    last = desk.value("SELECT max(number) FROM objections WHERE village_id = ? AND year = ?", [desk.office_id, year])
    return int(last or 0) + 1


def objection_ids(
    desk: Desk, text: str = "", order: str = "", *, descending: bool = True, is_open: bool = False
) -> list[str]:
    """Return the ids of the objections whose text, line, number or notice holds ``text``; only open ones if asked.

    Without an ``order`` what waits for an answer stands first, the oldest at the top.
    """
    by = _ORDERS[order].format("DESC" if descending else "ASC")
    rows = desk.rows(
        f"""SELECT o.id FROM objections o JOIN notices n ON n.id = o.notice_id
             WHERE o.village_id = :village AND (NOT :is_open OR {_WAITS})
               AND (o.text || ' ' || o.place || ' ' || n.title || ' {SERIES}〔' || o.year || '〕' || o.number || '号')
                   LIKE :text
             ORDER BY {by}""",
        {"village": desk.office_id, "text": f"%{text}%", "is_open": is_open},
    )
    return [row["id"] for row in rows]


def objection_lines(desk: Desk, ids: Sequence[str]) -> list[ObjectionLine]:
    """Return the objections with these ids as lines of a list, in the order given."""
    marks = ", ".join("?" * len(ids))
    rule, today = village_store.profile(desk).disclosure, desk.clock.now().date()
    pauses: dict[str, list[Pause]] = {}
    for pause in desk.find(Pause, f"objection_id IN ({marks})", list(ids), "first_day, id"):
        pauses.setdefault(pause.objection_id, []).append(pause)
    replies = {reply.objection_id: reply for reply in desk.find(Reply, f"objection_id IN ({marks})", list(ids))}
    rows = desk.rows(
        f"""SELECT o.*, i.year AS notice_year, i.number AS notice_number
              FROM objections o LEFT JOIN issuances i ON i.notice_id = o.notice_id WHERE o.id IN ({marks})""",
        list(ids),
    )
    about = f"id IN (SELECT notice_id FROM objections WHERE id IN ({marks}))"
    asked_about = {notice.id: notice for notice in desk.find(Notice, about, list(ids))}
    series = village_store.profile(desk).disclosure.series
    found = {}
    for row in rows:
        objection, reply = Objection.from_row(row), replies.get(row["id"])
        number = str(DocumentNumber(series, row["notice_year"], row["notice_number"])) if row["notice_year"] else ""
        stands = standing(objection, pauses.get(objection.id, []), reply, rule, today)
        found[objection.id] = ObjectionLine(objection, asked_about[objection.notice_id], number, stands, reply)
    return [found[each] for each in ids if each in found]


def objection_line(desk: Desk, objection_id: str) -> ObjectionLine:
    """Return one objection with all that a list shows. Raises KeyError when there is none."""
    return next(iter(objection_lines(desk, [objection_id])), None) or _missing(objection_id)


def _missing(objection_id: str) -> ObjectionLine:
    raise KeyError(objection_id)


def objections_of(desk: Desk, notice_id: str) -> list[ObjectionLine]:
    """Return the objections to a notice, oldest first."""
    rows = desk.rows("SELECT id FROM objections WHERE notice_id = ? ORDER BY year, number", [notice_id])
    return objection_lines(desk, [row["id"] for row in rows])


def pauses_of(desk: Desk, objection_id: str) -> list[Pause]:
    """Return when and why the clock of an objection stood, oldest first."""
    return desk.find(Pause, "objection_id = ?", [objection_id], "first_day, id")


def reply_of(desk: Desk, objection_id: str) -> Reply | None:
    """Return the answer to an objection, None while there is none."""
    found = desk.find(Reply, "objection_id = ?", [objection_id])
    return found[0] if found else None


def standing_of(desk: Desk, objection: Objection, today: date | None = None) -> Standing:
    """Return how an objection stands today, or on a day."""
    rule = village_store.profile(desk).disclosure
    today = today or desk.clock.now().date()
    return standing(objection, pauses_of(desk, objection.id), reply_of(desk, objection.id), rule, today)


def open_objections(desk: Desk) -> list[ObjectionLine]:
    """Return the objections that wait for their answer, oldest first."""
    return objection_lines(desk, objection_ids(desk, descending=False, is_open=True))


def askable(desk: Desk) -> list[Notice]:
    """Return the notices an objection may be about: all that were issued, the newest first."""
    issued = "village_id = ? AND id IN (SELECT notice_id FROM issuances)"
    newest = "(SELECT year * 10000 + number FROM issuances i WHERE i.notice_id = notices.id) DESC"
    return desk.find(Notice, issued, [desk.office_id], newest)


def asked_since(desk: Desk, kind: str) -> tuple[int, int] | None:
    """Return how many objections to notices of a kind came since its last one was drawn up, and how many are answered.

    Objections to a correction count with the notice it corrects. None when no notice of the kind was issued before.
    Counted by the journal, so that an objection falls between two notices once and never twice.
    """
    since = desk.value(
        """SELECT max(j.seq) FROM journal j
            WHERE j.table_name = 'notices' AND json_extract(j.body, '$.state') = 'draft'
              AND j.record_id = (SELECT n.id FROM notices n JOIN issuances i ON i.notice_id = n.id
                                  WHERE n.village_id = ? AND n.kind = ? ORDER BY i.year DESC, i.number DESC LIMIT 1)""",
        [desk.office_id, kind],
    )
    if since is None:
        return None
    (row,) = desk.rows(
        f"""SELECT count(*) AS asked, count(*) - coalesce(sum({_WAITS}), 0) AS answered
              FROM objections o JOIN notices n ON n.id = o.notice_id
              LEFT JOIN notices first ON first.id = n.corrects_id
              JOIN journal j ON j.record_id = o.id AND j.version = 1 AND j.table_name = 'objections'
             WHERE o.village_id = :village AND coalesce(first.kind, n.kind) = :kind AND j.seq > :since""",
        {"village": desk.office_id, "kind": kind, "since": since},
    )
    return row["asked"], row["answered"]
