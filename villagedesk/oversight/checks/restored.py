"""Checks of where the books come from: a desk laid out from a backup lacks what was written after it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks.found import late
from villagedesk.storage.desk import Desk


def restored_books_made_whole(desk: Desk, today: date) -> Iterator[Finding]:
    """A village's desk that was restored takes back from the township what it had reported after the backup.

    A receipt for what was written since says that nothing is missing: the township takes no chain that lacks an entry.
    """
    del today
    for row in desk.rows(_RESTORED):
        day = chinese_date(date.fromisoformat(row["at"][:10]))
        message = (
            f"本账是{day}{row['reason']}的，恢复点以后的记录请向乡镇要归还包，用【接收回执】收下；"
            "收下以前先核对，不要把以前付过的再付一次。备份以后没有报过的，照常上报，收了回执这一条就没有了。"
        )
        yield replace(late("restored", message), place="exchange:")


_RESTORED = """
SELECT j.at, j.reason FROM desks d
 CROSS JOIN journal j ON j.table_name = 'desks' AND j.record_id = d.id AND j.version = 1 -- few desks, many entries
 WHERE d.restored_from <> '' AND d.kind = 'village'
   AND NOT EXISTS (SELECT 1 FROM journal r WHERE r.seq > j.seq AND r.action = 'exchange.return.applied')
   AND NOT EXISTS (SELECT 1 FROM parcels WHERE direction = 'in' AND kind = 'receipt' AND last_seq >= j.seq)
"""
