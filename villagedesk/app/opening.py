"""Opening a desk for somebody to work at, the same way for both faces."""

from datetime import datetime
from pathlib import Path

from villagedesk.app.remembered import remember
from villagedesk.kernel.clock import ClockNotBehind
from villagedesk.storage.desk import Desk
from villagedesk.village.store import office


def open_desk(folder: Path, *, write: bool = True, who: str = "") -> Desk:
    """Open a desk and remember it for the next start. Raises what Desk.open raises.

    The practice village's year is set in stone: on a computer whose clock is behind it, practising goes on from the
    year's last moment, and years later as well. A real desk refuses a clock that was set back, and asks about one that
    is far ahead.
    """
    desk = Desk.open(folder, write=write, who=who)
    own = office(desk)
    if own.is_practice:
        desk.clock = ClockNotBehind(desk.clock, datetime.fromisoformat(desk.tip()[2]))
        desk.believe_clock()
    remember(own.name, folder)
    return desk
