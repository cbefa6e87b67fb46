"""Checks of what people ask and how it is worded: numbered, answered in time, corrected as promised, words usable."""

from collections.abc import Iterator
from datetime import date

from villagedesk.disclosure.drafting import wording_findings
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.model import ReplyOutcome
from villagedesk.disclosure.objections.store import ObjectionLine, number_of, objection_ids, objection_lines
from villagedesk.disclosure.store import corrections_of
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks.found import late, numbered
from villagedesk.storage.desk import Desk


def objections_numbered(desk: Desk, since: date) -> Iterator[Finding]:
    """Objection numbers run from 1 without gap or double in each year."""
    rows = desk.rows(
        "SELECT year, number FROM objections WHERE village_id = ? AND year >= ? ORDER BY 1, 2",
        [desk.office_id, since.year],
    )
    yield from numbered(rows, "objections", "异议")


def objections_answered(desk: Desk, today: date) -> Iterator[Finding]:
    """What is asked is answered within its days, pauses not counted."""
    del today
    for line in _in_order(desk):
        stands, number = line.standing, number_of(line.objection)
        if stands.is_late and stands.due_on:
            came = "还没有答复" if stands.is_open else "答复晚了"
            yield late("objection_late", f"{number}{came}，应在{chinese_date(stands.due_on)}前答复。")


def corrections_followed(desk: Desk, today: date) -> Iterator[Finding]:
    """An answer that promises a correction is followed by one."""
    del today
    for line in _in_order(desk):
        if line.reply and line.reply.outcome is ReplyOutcome.CORRECTED:
            corrections = corrections_of(desk, line.objection.notice_id)
            if not any(one.id > line.objection.id for one in corrections):
                number = number_of(line.objection)
                yield late("objection_uncorrected", f"{number}答复说办理更正，还没有做更正公告。")


def wordings_usable(desk: Desk, today: date) -> Iterator[Finding]:
    """The village's own words can be used as they stand."""
    del today
    for kind in KINDS:
        for finding in wording_findings(desk, kind.code):
            yield late("wording", f"“{kind.label}”：{finding.message}")


def _in_order(desk: Desk) -> list[ObjectionLine]:
    return objection_lines(desk, objection_ids(desk, order="number", descending=False))
