"""Pay sheets that were begun and are not drawn up yet: kept beside the books with every change, and found again.

The number of an account is never kept: a sheet that is taken up again has those that stand in the register now.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagedesk.kernel.dates import Period
from villagedesk.payments.model import PayrollKind, PayrollLine
from villagedesk.payroll.drafting import copied, proposed
from villagedesk.payroll.runs import Run
from villagedesk.projects.model import Project
from villagedesk.storage import unsaved
from villagedesk.storage.desk import Desk
from villagedesk.storage.unsaved import Typed
from villagedesk.ui.kit.keeping import Keeping
from villagedesk.village.model import Person

_NAME = "paysheet"
_BLANK = PayrollLine(payroll_id="", place=1, person_id="", name="", area="", account="", amount_fen=0)
_LEFT_OUT = frozenset({"id", "version", "village_id", "payroll_id", "account"})
"""What is not kept of a line: it is given when the sheet is drawn up, or looked up in the register."""


@dataclass(frozen=True, slots=True)
class UnfinishedSheet:
    """A pay sheet as it was kept: ``told`` is how it differs from the one before, ``gone`` who is in no register now.

    Their lines are left out.
    """

    run: Run
    told: tuple[str, ...]
    gone: tuple[str, ...]
    last_on: date


def keeping_of(desk: Desk, run: Run) -> Keeping:
    """Return what keeps the sheet of a project, kind and period for the person who is signed in."""
    return Keeping(desk, f"{_NAME}-{run.project_id}-{run.kind.value}-{run.period}")


def typed_of(run: Run, told: Iterable[str]) -> dict[str, Typed]:
    """Return a sheet as it is kept."""
    return {
        "project_id": run.project_id,
        "kind": run.kind.value,
        "period": str(run.period),
        "title": run.title,
        "sheet_date": run.sheet_date.isoformat(),
        "previous_id": run.previous_id,
        "told": list(told),
        "lines": [json.dumps(_kept(line), ensure_ascii=False) for line in run.lines],
    }


def sheet_like(desk: Desk, run: Run) -> UnfinishedSheet | None:
    """Return the sheet that was begun for the same project, kind and period."""
    key = (run.project_id, run.kind, run.period)
    return next((one for one in unfinished(desk) if (one.run.project_id, one.run.kind, one.run.period) == key), None)


def unfinished(desk: Desk) -> list[UnfinishedSheet]:
    """Return the sheets the person who is signed in has begun and not drawn up, the latest period first."""
    if desk.actor is None or not desk.is_writable:
        return []
    found = (_read(desk, name) for name in unsaved.names(desk.folder, f"{_NAME}-*-{desk.actor.id}"))
    return sorted((one for one in found if one), key=lambda one: one.run.period.first, reverse=True)


def anew(desk: Desk, run: Run) -> tuple[Run, list[str]]:
    """Return the sheet as it is proposed from what the desk knows, and how it differs from the one before."""
    if run.previous_id:
        again, differences = copied(desk, run.previous_id, run.period)
        return again, [str(one) for one in differences]
    return proposed(desk, run.kind, run.project_id, run.period), []


def _kept(line: PayrollLine) -> dict[str, str | int | None]:
    return {name: value for name, value in line.row().items() if name not in _LEFT_OUT}


def _read(desk: Desk, name: str) -> UnfinishedSheet | None:
    """Return a kept sheet, None where it cannot be read or its project is gone."""
    found = unsaved.kept(desk.folder, name)
    try:
        return _sheet(desk, found.typed, found.kept_at.date()) if found else None
    except (ValueError, TypeError, KeyError):
        return None


def _sheet(desk: Desk, typed: dict[str, Typed], last_on: date) -> UnfinishedSheet:
    lines = [_line(words) for words in _listed(typed["lines"])]
    people = {person.id: person for person in _people(desk, lines)}
    known = [line for line in lines if (line.payee_id or line.person_id) in people and line.person_id in people]
    run = Run(
        project_id=desk.get(Project, str(typed["project_id"])).id,
        kind=PayrollKind(str(typed["kind"])),
        period=Period.parse(str(typed["period"])),
        title=str(typed["title"]),
        sheet_date=date.fromisoformat(str(typed["sheet_date"])),
        previous_id=None if typed["previous_id"] is None else str(typed["previous_id"]),
        lines=tuple(replace(line, account=people[line.payee_id or line.person_id].account) for line in known),
    )
    gone = tuple(line.name for line in lines if line not in known)
    return UnfinishedSheet(run, tuple(_listed(typed["told"])), gone, last_on)


def _people(desk: Desk, lines: Sequence[PayrollLine]) -> Iterable[Person]:
    wanted = dict.fromkeys(one for line in lines for one in (line.person_id, line.payee_id) if one)
    return (person for one in wanted for person in desk.find(Person, "id = ?", [one]))


def _line(words: str) -> PayrollLine:
    """Return a kept line, its account empty. Raises ValueError when it is none."""
    found, blank = json.loads(words), _BLANK.row()
    for name, value in found.items():
        if name not in blank or (isinstance(blank[name], int) and type(value) is not int):
            raise ValueError(name)
    return PayrollLine.from_row(blank | found)


def _listed(typed: Typed) -> list[str]:
    if not isinstance(typed, list):
        raise ValueError(typed)
    return typed
