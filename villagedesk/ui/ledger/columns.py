"""The lines of a book as data: where they come from, and their columns."""

from collections.abc import Callable, Sequence

from villagedesk.kernel.money import yuan
from villagedesk.ledger import books
from villagedesk.ledger.books import Run
from villagedesk.ledger.figures import Entry, ProjectLine
from villagedesk.projects.catalogue import class_name
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.rows import Column


class Lines:
    """A book as a ListSource: ids are places in the run, so that each line keeps its balance however it is sorted."""

    def __init__(self, desk: Desk, ask: Callable[[], Run]) -> None:
        self._desk, self._ask = desk, ask
        self.run: Run | None = None

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        """Return the places of the lines that fit, in the order of the book, of the amounts, or backwards."""
        self.run = run = self._ask()
        found: Sequence[int] = range(len(run))
        if filter_text:
            found = books.places_with(self._desk, run, filter_text)
        if sort_key in {"in", "out"}:
            found = sorted(found, key=lambda place: run.moved[place] if sort_key == "in" else -run.moved[place])
        return list(reversed(found)) if descending else found

    def rows(self, ids: Sequence[int]) -> list[Entry]:
        """Return lines at these places."""
        return books.entries(self._desk, self.run, ids) if self.run else []

    def total(self, filter_text: str) -> str:
        """Return the book's sums in a sentence."""
        del filter_text
        if self.run is None:
            return ""
        sums = self.run.totals
        if self.run.adds:
            return f"以前 {yuan(sums.opening_fen)} 元　本期 {yuan(sums.out_fen)} 元　累计 {yuan(sums.closing_fen)} 元"
        return (
            f"期初 {yuan(sums.opening_fen)} 元　收入 {yuan(sums.in_fen)} 元　支出 {yuan(sums.out_fen)} 元　"
            f"期末 {yuan(sums.closing_fen)} 元"
        )


class Projects:
    """The register of projects as a ListSource."""

    def __init__(self, desk: Desk, ask: Callable[[], Sequence[ProjectLine]]) -> None:
        self._desk, self._ask = desk, ask
        self._lines: dict[str, ProjectLine] = {}

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the projects whose name, class or fund holds the text."""
        lines = [one for one in self._ask() if not filter_text or filter_text in _words(one)]
        if sort_key:
            lines.sort(key=_ORDERS[sort_key], reverse=descending)
        self._lines = {one.project.id: one for one in lines}
        return list(self._lines)

    def rows(self, ids: Sequence[str]) -> list[ProjectLine]:
        """Return projects as lines."""
        return [self._lines[one] for one in ids]

    def total(self, filter_text: str) -> str:
        """Return the sums of what is shown."""
        del filter_text
        lines = self._lines.values()
        budget, paid = sum(one.budget_fen for one in lines), sum(one.paid_fen for one in lines)
        return f"预算 {yuan(budget)} 元　已付 {yuan(paid)} 元　结余 {yuan(budget - paid)} 元"


def _words(line: ProjectLine) -> str:
    return f"{line.project.name} {class_name(line.project.class_code)} {line.fund}"


_ORDERS: dict[str, Callable[[ProjectLine], str | int]] = {
    "name": lambda line: line.project.name,
    "budget": lambda line: line.budget_fen,
    "paid": lambda line: line.paid_fen,
    "left": lambda line: line.left_fen,
}


def _amount(fen: int) -> str:
    return yuan(fen) if fen else ""


COLUMNS: tuple[Column[Entry], ...] = (
    Column("day", "日期", lambda one: one.day.isoformat(), 130),
    Column("label", "凭证号", lambda one: one.label, 90, sortable=False),
    Column("what", "摘要", lambda one: one.what, sortable=False),
    Column("party", "对方", lambda one: one.party, 170, sortable=False, spare=True),
    Column("about", "项目、资金", lambda one: one.about, 150, sortable=False, spare=True),
    Column("in", "收入（元）", lambda one: _amount(one.in_fen), 125, align="right"),
    Column("out", "支出（元）", lambda one: _amount(one.out_fen), 125, align="right"),
    Column("balance", "余额、累计", lambda one: yuan(one.balance_fen), 135, align="right", sortable=False),
)
PROJECT_COLUMNS: tuple[Column[ProjectLine], ...] = (
    Column("name", "项目", lambda one: one.project.name),
    Column("class", "类别", lambda one: class_name(one.project.class_code), 170, sortable=False, spare=True),
    Column("fund", "资金", lambda one: one.fund, 150, sortable=False, spare=True),
    Column("budget", "预算（元）", lambda one: yuan(one.budget_fen), 130, align="right"),
    Column(
        "contracted", "合同（元）", lambda one: yuan(one.contracted_fen), 130, align="right", sortable=False, spare=True
    ),
    Column("paid", "已付（元）", lambda one: yuan(one.paid_fen), 130, align="right"),
    Column("left", "结余（元）", lambda one: yuan(one.left_fen), 130, align="right"),
    Column("visits", "检查", lambda one: f"{one.visits}次" if one.visits else "—", 70, sortable=False, spare=True),
)
