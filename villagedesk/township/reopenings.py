"""The villages' wishes to open a closed month again: who asks, and what the month was closed with."""

from dataclasses import dataclass

from villagedesk.kernel.dates import Period
from villagedesk.ledger.model import Closing, Reopening
from villagedesk.ledger.monthfigures import MonthFigures, kept_figures
from villagedesk.storage.desk import Desk
from villagedesk.township.store import WISHED
from villagedesk.village.store import officer_name


@dataclass(frozen=True, slots=True)
class WaitingReopening:
    """A village's wish to open a month again, with what is needed to judge it."""

    reopening: Reopening
    village: str
    period: Period
    figures: MonthFigures
    asked_by: str
    agreed_by: str


def waiting_reopenings(desk: Desk) -> list[WaitingReopening]:
    """Return the wishes that wait for the township's word and have none yet, oldest first."""
    rows = desk.rows(_WAITING)
    found = []
    for row in rows:
        reopening = Reopening.from_row(row)
        closing = desk.get(Closing, reopening.closing_id)
        found.append(
            WaitingReopening(
                reopening,
                row["village"],
                Period.parse(closing.month),
                kept_figures(closing),
                officer_name(desk, reopening.asked_by),
                officer_name(desk, reopening.agreed_by or ""),
            )
        )
    return found


_WAITING = f"""
SELECT r.*, o.name AS village FROM reopenings AS r JOIN offices AS o ON o.id = r.village_id
 WHERE {WISHED} ORDER BY r.asked_on, r.id
"""  # noqa: S608
