"""Closing a month, its checklist and its papers, in books of one year and of ten, with as many payments a year."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.books import ACCOUNTANT, act, books, copied
from benchmarks.figures import Figure, ratio, seconds, side_by_side
from villagedesk.closing.checklist import checklist
from villagedesk.closing.facts import plain_figures
from villagedesk.closing.papers import month_sheets
from villagedesk.closing.usecases import close_month, prepare_closing
from villagedesk.closing.waiting import to_close
from villagedesk.kernel.dates import Period
from villagedesk.ledger.closedmonths import month_figures
from villagedesk.ledger.model import Closing, ClosingState
from villagedesk.reports.pdf import draw
from villagedesk.storage.desk import Desk

_HEAD = "赵主任"
_LEFT = 4
"""Months that are left to be closed by the use-cases."""


@dataclass(frozen=True, slots=True)
class Village:
    """Open books, the last months of which wait to be closed."""

    desk: Desk

    def close(self) -> Closing:
        """Make the next month ready and close it."""
        desk = self.desk
        month = to_close(desk, desk.clock.now().date())
        assert month
        act(desk, ACCOUNTANT)
        prepare_closing(desk, month, "对账单还没有拿到")
        act(desk, _HEAD)
        return close_month(desk, month)

    def check(self) -> None:
        """Ask everything that is to be seen to before the month closed last is closed."""
        checklist(self.desk, Period.parse(self.desk.find(Closing, order="month DESC LIMIT 1")[0].month))

    def print(self) -> None:
        """Draw the papers of the month closed last anew: its books, registers and the closing itself."""
        for _, sheet in month_sheets(self.desk, self.desk.find(Closing, order="month DESC LIMIT 1")[0]):
            draw(sheet)


def closing(a_year: int = 3_000, long: int = 10) -> Iterator[Figure]:
    """Close months in turn in short and in long books; then ask their checklists and draw their papers some times."""
    with ExitStack() as opened:
        villages = {
            years: Village(
                opened.enter_context(prepared(opened.enter_context(copied(books(a_year * years, years=years)))))
            )
            for years in (1, long)
        }

        def measured(act: Callable[[Village], object], rounds: int) -> Mapping[str, list[float]]:
            acts = {str(years): partial(seconds, partial(act, village)) for years, village in villages.items()}
            return side_by_side(acts, rounds)

        taken = {
            "close": measured(Village.close, _LEFT - 1),
            "check": measured(Village.check, 5),
            "papers": measured(Village.print, 7),
        }
    said = {"close": "a month made ready and closed", "check": "its checklist alone", "papers": "its papers drawn"}
    for name, times in taken.items():
        beside = f"{said[name]}, {a_year} payments a year"
        yield Figure(f"close.{name}_1", median(times["1"]) * 1000, "ms", f"{beside}, 1 year of books")
        yield Figure(f"close.{name}_{long}", median(times[str(long)]) * 1000, "ms", f"{beside}, {long} years of books")
        target = "; at most 2" if name == "papers" else ""
        yield Figure(
            f"close.{name}_ratio", ratio(times[str(long)], times["1"]), "times", f"{long} years over 1{target}"
        )


def prepared(folder: Path) -> Desk:
    """Open books whose months are closed but for the last ones."""
    desk = Desk.open(folder)
    today = desk.clock.now().date()
    month = to_close(desk, today)
    assert month
    act(desk, ACCOUNTANT)
    head = desk.value("SELECT id FROM officers WHERE name = ?", [_HEAD])
    last = Period.month_of(today)
    facts = "{}"
    while month.following.first.toordinal() + 31 * _LEFT < last.first.toordinal():
        with desk.change("closing.month.closed") as change:
            if month.following.following.first.toordinal() + 31 * _LEFT >= last.first.toordinal():  # the last of them
                facts = json.dumps(plain_figures(month_figures(desk, month)))
            ready = change.put(
                Closing(
                    month=str(month), number=1, prepared_on=today, facts=facts, link="", prepared_by=change.actor_id
                )
            )  # fmt: skip
            change.put(replace(ready, state=ClosingState.CLOSED, closed_on=today, closed_by=head))
        month = month.following
    return desk
