"""What parcels do to closed months: a verdict opens one again, and what is given back must fit what stands here."""

from dataclasses import replace

from villagedesk.closing.rules import next_state, open_until
from villagedesk.exchange.model import Ruling, Verdict
from villagedesk.exchange.opened import refused
from villagedesk.kernel.dates import Period
from villagedesk.ledger.closedmonths import altered_months
from villagedesk.ledger.model import Reopening, ReopeningState
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk


def move_reopening(desk: Desk, change: Change, verdict: Verdict) -> None:
    """A verdict grants or refuses the wish to open a month again, when it still is what the township saw.

    The month is open from the day the receipt is taken in, for as long as was asked and no longer than the township
    said.
    """
    found = desk.find(Reopening, "id = ? AND version = ?", [verdict.subject_id, verdict.subject_version])
    if verdict.subject_table != Reopening.table or not found:
        return
    state = next_state(found[0].state, "grant" if verdict.outcome is Ruling.PASSED else "return")
    if state is ReopeningState.GRANTED:
        last = open_until(change.at.date(), found[0].days, verdict.due_on)
        change.put(replace(found[0], state=state, open_until=last))
    elif state is not None:
        change.put(replace(found[0], state=state))


def check_months(desk: Desk) -> None:
    """Refuse what closes a month here that somebody wrote into since the books were restored.

    Raises PackageRefused.
    """
    for month in altered_months(desk):
        raise refused(
            f"{Period.parse(month).label}早已结账上报，可是从备份恢复以后又往这个月里记了账，和结账时的数字对不上。",
            "请再从备份恢复一次，先收归还包，再把恢复以后办的事补记到没有结账的月份。",
        )
