"""The last step: the lines as they will be stored, or what is wrong by row and column with the row itself beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.kernel.errors import Problem
from villagedesk.storage.foreign import is_blank, text
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.rows import Column, Row
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap
from villagedesk.ui.village.masking import masked
from villagedesk.village.intake import Preview

Line = tuple[int, tuple[str, ...]]
_WIDTHS = {"金额": 130, "日期": 130, "性别": 70, "户编号": 90, "村民小组": 110, "电话": 140, "出生日期": 130,
           "账号": 230, "银行账号": 230, "身份证号": 200}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault with the row it stands in."""

    problem: Problem
    row: str


class InMemory(Generic[Row]):
    """A list's rows held in memory, found by any text in them."""

    def __init__(self, rows: Sequence[Row], texts: Sequence[str]) -> None:
        self._rows, self._texts = rows, texts

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> list[int]:
        """Return the places of the rows that hold a text, in the sheet's order."""
        del sort_key, descending
        return [place for place, shown in enumerate(self._texts) if filter_text in shown]

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """Return the rows at these places."""
        return [self._rows[place] for place in ids]


class CheckingStep(QWidget):
    """What would go in, or why nothing goes in. F8 goes to the next fault, Shift+F8 to the one before.

    Of ids, accounts and phones only the ends are shown, unless ``in_full`` is told.
    """

    def __init__(self, preview: Preview, *, in_full: bool = False) -> None:
        super().__init__()
        shown = str if in_full else masked
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(12))
        for said in _callouts(preview):
            column.addWidget(said)
        self.listing: Listing[Wrong] | Listing[Line]
        self.listing = _faults(preview, shown) if preview.problems else _lines(preview, shown)
        self.listing.reload()
        column.addWidget(self.listing, 1)
        if preview.problems:
            whole = label("", wrap=True, selectable=True)
            column.addWidget(whole)
            told = [shown(str(problem)) for problem in preview.problems]
            self.listing.moved.connect(lambda at: whole.setText(told[at] if at is not None else ""))
            whole.setText(told[0])
        self.setFocusProxy(self.listing)
        for keys, step in (("F8", 1), ("Shift+F8", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda step=step: self.go(step))

    def go(self, step: int) -> None:
        """Choose the next row of the list, or the one before; after the last comes the first."""
        count = self.listing.model.rowCount()
        if count:
            here = self.listing.view.currentIndex().row()
            self.listing.choose(self.listing.model.id_at((here + step) % count))
            self.listing.view.setFocus()


def raw_row(preview: Preview, number: int) -> str:
    """Return a row of the sheet as it stands there, in one line."""
    rows = preview.opened.book.grid(preview.opened.sheet).rows
    row = rows[number - 1] if 0 < number <= len(rows) else ()
    return "　".join(text(cell) for cell in row if not is_blank(cell))


def _callouts(preview: Preview) -> list[QWidget]:
    shown: list[QWidget] = []
    if preview.problems:
        words = "一条也没有导入。请在原表里改好，保存，再按 F5 重新读。"
        shown.append(Callout(words, Tone.BAD, title=f"有{len(preview.problems)}处不对"))
    else:
        shown.append(Callout(preview.effect, Tone.GOOD, title="可以导入"))
    if told := [*preview.totals[:3], *preview.notes]:
        shown.append(Callout("\n".join(told)))
    return shown


def _faults(preview: Preview, shown: Callable[[str], str]) -> Listing[Wrong]:
    wrong = [Wrong(problem, raw_row(preview, problem.row)) for problem in preview.problems]
    columns: tuple[Column[Wrong], ...] = (
        Column("row", "行", lambda one: f"第{one.problem.row}行", 90, sortable=False),
        Column("column", "栏", lambda one: one.problem.column, 150, sortable=False),
        Column("message", "哪里不对", lambda one: shown(one.problem.message), 0, sortable=False),
        Column("raw", "原表这一行", lambda one: shown(one.row), 0, sortable=False, spare=True),
    )
    source = InMemory(wrong, [f"{one.problem} {one.row}" for one in wrong])
    return Listing(columns, source, Texts("不对的地方", "处", "找行里的字"))


def _lines(preview: Preview, shown: Callable[[str], str]) -> Listing[Line]:
    columns: list[Column[Line]] = [Column("row", "行", lambda line: str(line[0]), 70, sortable=False)]
    for place, head in enumerate(preview.heads):
        columns.append(
            Column(
                head,
                head,
                lambda line, place=place: shown(line[1][place]),  # type: ignore[misc]
                _WIDTHS.get(head, 0),
                "right" if head == "金额" else "left",
                sortable=False,
                spare=place > 4,
            )
        )
    source = InMemory(preview.lines, [" ".join(cells) for _, cells in preview.lines])
    return Listing(columns, source, Texts("要导入的", "行", "找行里的字", Empty("表里没有要导入的行")))
