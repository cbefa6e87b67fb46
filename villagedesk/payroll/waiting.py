"""Whose pay came back from the bank: asked for at every start, so it loads nothing of the rest."""

from villagedesk.storage.desk import Desk

_COUNT = """SELECT count(*) FROM batch_lines l WHERE village_id = ?
    AND (SELECT outcome FROM bank_answers WHERE batch_line_id = l.id ORDER BY rowid DESC LIMIT 1)
        IN ('failed', 'bounced')
    AND NOT EXISTS (SELECT 1 FROM batch_lines n WHERE n.payroll_line_id = l.payroll_line_id AND n.rowid > l.rowid)"""


def came_back_count(desk: Desk) -> int:
    """Return how many were sent to the bank, have not got their money by its last word, and were not sent again."""
    return int(desk.value(_COUNT, [desk.office_id]))
