"""What a notice about money tells of closed months that were opened again: which, why, who agreed, and until when."""

from datetime import date

from villagedesk.disclosure.books.span import span
from villagedesk.disclosure.tables import word_table
from villagedesk.disclosure.telling import dotted
from villagedesk.kernel.dates import Period
from villagedesk.reports.sheet import Block, Paragraph
from villagedesk.storage.desk import Desk

_HEADS = ("月份", "申请日期", "原因", "村里同意", "乡镇同意", "开放到", "现在")


def months_reopened(desk: Desk, period: Period) -> list[Block]:
    """Return the openings of the period's months, and of any month asked for in the period; nothing without any.

    So it stands in the notice of the month that was altered, and, where that hangs already, in the next one.
    """
    rows = desk.rows(_REOPENED, span(desk, period))
    if not rows:
        return []
    lines = [
        (
            Period.parse(row["month"]).label,
            dotted(date.fromisoformat(row["asked_on"])),
            row["reason"],
            row["agreed_by"],
            row["granted_by"] or "乡镇",
            dotted(date.fromisoformat(row["open_until"])),
            "已重新结账" if row["state"] == "ended" else "还没有重新结账",
        )
        for row in rows
    ]
    told = Paragraph("下列月份结账以后，经村主要负责人和乡镇同意重新打开过，原来的数字和记录都保留。")
    return [told, word_table(_HEADS, lines, centred=("月份", "申请日期", "开放到"))]


_REOPENED = """
SELECT c.month, r.asked_on, r.reason, r.open_until, r.state, o.name AS agreed_by,
       (SELECT given_by FROM verdicts WHERE subject_id = r.id AND outcome = 'passed' ORDER BY id DESC LIMIT 1)
       AS granted_by
  FROM reopenings r JOIN closings c ON c.id = r.closing_id JOIN officers o ON o.id = r.agreed_by
 WHERE r.village_id = :village AND r.state IN ('granted', 'ended')
   AND (r.asked_on BETWEEN :first AND :last OR c.month || '-01' BETWEEN :first AND :last)
 ORDER BY c.month, r.asked_on, r.id
"""
