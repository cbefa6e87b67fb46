"""An earlier year's expense sheet: looked at, taken over as it stood, and taken back while nobody builds on it."""

from dataclasses import replace
from pathlib import Path

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.money import yuan
from villagedesk.kernel.progress import Progress
from villagedesk.payments import rules, store
from villagedesk.payments.expensesheet import LAYOUT, expense_sheet, read_expenses, told_year
from villagedesk.payments.model import PastExpense
from villagedesk.payments.pastyear import tie, tied
from villagedesk.storage.desk import Desk
from villagedesk.village.authority import acting
from villagedesk.village.intake import Preview, Way, laid_out, open_foreign, preview, register_import, still_in
from villagedesk.village.model import Import, Role

_SHOWN = ("日期", "开支项目", "收款人", "金额", "资金来源", "经手人", "票据号", "审核意见")


def look_at_expenses(desk: Desk, path: Path, way: Way | None = None, progress: Progress | None = None) -> Preview:
    """Return what taking over an expense sheet would store, and all that stands against it. Nothing is changed.

    Raises BadInput when it is no sheet at all.
    """
    opened = open_foreign(desk, path, LAYOUT, way, progress)
    if opened.laid is None:
        return preview(opened, LAYOUT, None, _SHOWN, (), "")
    reading = read_expenses(opened.laid, opened.way.said, opened.way.answers, progress)
    year = told_year(opened.laid, opened.way.said)[0]
    if year in store.past_years(desk):
        reading.tell(opened.heads.top + 1, "年份", f"{year}年的支出已经导入过了")
    total = sum(line.amount_fen for line in reading.lines)
    if year and not reading.problems:
        beside = tie(desk, year, total)
        words = [beside.words] if beside.is_had_known and beside.is_opened_known else []
        reading.notes += [*words, *(finding.message for finding in tied(beside))]
    effect = f"接收{year or ''}年支出{len(reading.lines)}笔，共{yuan(total)}元，照原表存，不进今年的账。"
    return preview(opened, LAYOUT, reading, _SHOWN, [(line.place, _shown(line)) for line in reading.lines], effect)


def import_expenses(
    desk: Desk, path: Path, way: Way | None = None, progress: Progress | None = None
) -> list[PastExpense]:
    """Take over an earlier year's expense sheet as it stood, all of it or nothing.

    Raises BadInput with problems by row and column, RuleViolation when that year was taken over before.
    """
    acting(desk, Role.ACCOUNTANT)
    opened = open_foreign(desk, path, LAYOUT, way, progress)
    laid = laid_out(opened, LAYOUT)
    sheet = expense_sheet(laid, read_expenses(laid, opened.way.said, opened.way.answers, progress), opened.way.said)
    progress = progress or Progress()
    progress.start("存入", len(sheet.lines))
    with desk.change("payments.expenses.imported", reason=path.name) as change:
        is_taken = sheet.year in store.past_years(desk)
        stop_at(rules.taken_once(f"{sheet.year}年的支出", is_taken=is_taken))
        taken = register_import(change, LAYOUT.kind, opened, len(sheet.lines))
        return change.put_all(replace(line, import_id=taken.id) for line in progress.counted(sheet.lines))


def undo_expenses(desk: Desk, import_id: str, reason: str) -> Import:
    """Take back an earlier year that was taken over: its lines are kept as they came and count nowhere any more.

    Raises RuleViolation without a reason, or when it was taken back already.
    """
    acting(desk, Role.ACCOUNTANT)
    stop_at(rules.with_reason(reason))
    with desk.change("payments.expenses.undone", reason=reason) as change:
        taken = desk.get(Import, import_id)
        stop_at(still_in(taken))
        return change.put(replace(taken, is_undone=True))


def _shown(line: PastExpense) -> tuple[str, ...]:
    return (
        line.spent_on.isoformat(), line.item, line.payee, yuan(line.amount_fen), line.source, line.handler,
        line.invoice_number, line.opinion,
    )  # fmt: skip
