"""Checks of the township's word: what villages' books say it granted, it granted; and by which key it is known."""

from collections.abc import Iterator
from datetime import date, timedelta

from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks.found import late, wrong
from villagedesk.oversight.rekeyed import rekeyed
from villagedesk.oversight.unfounded import unfounded
from villagedesk.storage.desk import Desk
from villagedesk.village.model import OfficeKind

_THEN = "请马上打电话问清楚，查清以前不要再同意它的报账单；本乡镇的账本用旧备份恢复过的，也会这样。"
_REMEMBERED = timedelta(days=366)
"""How long a change of the township's key stands among what somebody should see to."""


def granted_here(desk: Desk, since: date) -> Iterator[Finding]:
    """Every grant a village's books speak of stands among the township's own words."""
    del since
    if desk.value("SELECT kind FROM desks") != OfficeKind.TOWNSHIP:
        return
    names = {row["id"]: row["name"] for row in desk.rows("SELECT id, name FROM offices")}
    for one in unfounded(desk):
        yield wrong("not_granted_here", f"{names[one.village_id]}：{one.words}{_THEN}")


def township_rekeyed(desk: Desk, today: date) -> Iterator[Finding]:
    """Whoever has the township's key can grant in its name: a change of it is told for a year."""
    for one in rekeyed(desk):
        if today - one.on <= _REMEMBERED:
            yield late("township_rekeyed", f"{one.sentence}请向乡镇问清楚，那天是不是真的换过。")
