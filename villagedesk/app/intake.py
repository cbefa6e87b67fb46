"""Foreign sheets of every kind, looked at, taken in and taken back in one way, for the window and the command line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from villagedesk.kernel.money import plain_yuan, yuan
from villagedesk.kernel.progress import Progress
from villagedesk.payments import expensesheet, pastyear, paysheet
from villagedesk.payments import usecases as payments
from villagedesk.payroll import usecases as payroll
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign.columns import Layout
from villagedesk.village import register, roster
from villagedesk.village import usecases as village
from villagedesk.village.intake import Preview, Way
from villagedesk.village.model import Import


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking a file in: a sentence for its reader, what should be looked at next, ids for programs.

    ``is_change`` is False when everything in it was in the books already: there is nothing to take back.
    """

    text: str
    warnings: tuple[str, ...] = ()
    data: Mapping[str, object] | None = None
    is_change: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of foreign sheet: its layout, and how it is looked at, taken in and taken back.

    The text handed over is the id of the project that was chosen first, "" where the kind has none.
    """

    layout: Layout
    look: Callable[[Desk, Path, str, Way | None, Progress | None], Preview]
    take: Callable[[Desk, Path, str, Way | None, Progress | None], Taken]
    undo: Callable[[Desk, str, str], Import]


def look_at(
    desk: Desk, path: Path, kind: str, way: Way | None = None, *, project_id: str = "", progress: Progress | None = None
) -> Preview:
    """Return what taking a file in would store and all that stands against it; nothing is changed.

    Raises BadInput when it is no such sheet at all, RuleViolation, Cancelled.
    """
    return KINDS[kind].look(desk, path, project_id, way, progress)


def take_in(
    desk: Desk, path: Path, kind: str, way: Way | None = None, *, project_id: str = "", progress: Progress | None = None
) -> Taken:
    """Take a file in, all or nothing. Raises BadInput with problems by row and column, RuleViolation, Cancelled."""
    return KINDS[kind].take(desk, path, project_id, way, progress)


def undo_import(desk: Desk, import_id: str, reason: str) -> Import:
    """Take back what a file brought. Raises RuleViolation when something was built on it, KeyError for no import."""
    return KINDS[desk.get(Import, import_id).kind].undo(desk, import_id, reason)


def _take_payroll(desk: Desk, path: Path, project_id: str, way: Way | None, progress: Progress | None) -> Taken:
    sheet, claim = payroll.import_payroll(desk, path, project_id, way, progress)
    text = f"导入完：{sheet.title}，共{yuan(sheet.total_fen)}元。报账单 {claim.number} 已起草。"
    return Taken(text, (), {"payroll": sheet.id, "claim": claim.id, "total": plain_yuan(sheet.total_fen)})


def _take_expenses(desk: Desk, path: Path, _project: str, way: Way | None, progress: Progress | None) -> Taken:
    lines = payments.import_expenses(desk, path, way, progress)
    year, total = lines[0].year, sum(line.amount_fen for line in lines)
    text = f"导入完：{year}年支出{len(lines)}笔，共{yuan(total)}元。"
    warned = tuple(finding.message for finding in pastyear.tied(pastyear.tie(desk, year)))
    return Taken(text, warned, {"year": year, "lines": len(lines), "total": plain_yuan(total)})


def _take_roster(desk: Desk, path: Path, _project: str, way: Way | None, progress: Progress | None) -> Taken:
    changed, same = village.import_roster(desk, path, way, progress)
    return Taken(
        f"导入完：更新{changed}人，{same}人没有变化。", (), {"changed": changed, "same": same}, is_change=changed > 0
    )


def _take_people(desk: Desk, path: Path, _project: str, way: Way | None, progress: Progress | None) -> Taken:
    added, updated = village.import_people(desk, path, progress, way)
    return Taken(
        f"导入完：新增{added}人，更新{updated}人。",
        (),
        {"added": added, "updated": updated},
        is_change=added + updated > 0,
    )


KINDS: Mapping[str, Kind] = {
    "payroll": Kind(paysheet.LAYOUT, payroll.look_at_payroll, _take_payroll, payroll.undo_payroll),
    "expenses": Kind(
        expensesheet.LAYOUT,
        lambda desk, path, _project, way, progress: payments.look_at_expenses(desk, path, way, progress),
        _take_expenses,
        payments.undo_expenses,
    ),
    "roster": Kind(
        roster.LAYOUT,
        lambda desk, path, _project, way, progress: village.look_at_roster(desk, path, way, progress),
        _take_roster,
        village.undo_people,
    ),
    "people": Kind(
        register.LAYOUT,
        lambda desk, path, _project, way, progress: village.look_at_people(desk, path, way, progress),
        _take_people,
        village.undo_people,
    ),
}
"""By the word an import's record keeps."""
