"""The tables of a web page: many an office hands one out under the name of an .xls."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from villagedesk.storage.foreign.grid import Area, Row

_MOST_SPAN = 100
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRIKES = re.compile(r"line-through", re.IGNORECASE)
_HIDES_SOME = re.compile(f"{_HIDES.pattern}|{_STRIKES.pattern}", re.IGNORECASE)
_RUBY = re.compile(r"\brt\s*\{[^}]*\}")
"""What a spreadsheet says of every page it saves: how signs above the signs look, not rows."""
_STRIKING = {"s", "strike", "del"}


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of a page's tables, its cells over several rows or columns, and its hidden and struck rows (from 0).

    ``is_seen`` is False when the page may hide or strike rows by a style that is laid down elsewhere.
    """

    rows: tuple[Row, ...]
    merged: tuple[Area, ...]
    hidden: frozenset[int]
    struck: frozenset[int]
    is_seen: bool


def page_tables(found: str) -> Tables:
    """Return all tables of a page, one below the other.

    A cell or row that is never closed ends where the next begins. Raises ValueError for a page too broken to follow.
    """
    tables = _Tables()
    try:
        tables.feed(found)
        tables.close()
    except AssertionError as error:  # how the parser of the standard library meets a declaration nobody knows
        raise ValueError(str(error)) from error
    tables.end_cell()
    rows = tuple(tuple(row) for row in tables.rows)
    hidden = frozenset(at for at in tables.hidden if any(rows[at]))  # a spreadsheet ends its page with a blank one
    return Tables(rows, tuple(tables.merged), hidden, frozenset(tables.struck), tables.is_seen)


class _Tables(HTMLParser):
    """The cells of a page's tables; a cell over several columns or rows leaves the others blank."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.merged: list[Area] = []
        self.hidden: set[int] = set()
        self.struck: set[int] = set()
        self.is_seen = True
        self._in_style = False
        self._cell: list[str] | None = None
        self._wide = self._deep = 1
        self._hanging: dict[int, int] = {}
        """By column, the last row a cell from above reaches down to."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self.end_cell()
        if tag == "table":
            self._hanging = {}
        said = dict(attrs)
        self._in_style = tag == "style"
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            if not self.rows:
                self.rows.append([])
            self._cell, self._wide, self._deep = [], _span(said.get("colspan")), _span(said.get("rowspan"))

        self._look(tag, said)

    def _look(self, tag: str, said: dict[str, str | None]) -> None:
        """Note whether a row is hidden, or something in it struck through."""
        style, here = said.get("style") or "", len(self.rows) - 1
        if tag == "tr" and ("hidden" in said or _HIDES.search(style)):
            self.hidden.add(here)
        if here >= 0 and (tag in _STRIKING or _STRIKES.search(style)):
            self.struck.add(here)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False
        if tag in {"td", "th", "tr", "table"}:
            self.end_cell()

    def handle_data(self, data: str) -> None:
        if self._in_style and _HIDES_SOME.search(_RUBY.sub("", data)):
            self.is_seen = False
        elif self._cell is not None:
            self._cell.append(data)

    def end_cell(self) -> None:
        """Put down the cell that is open, if any."""
        if self._cell is None:
            return
        row, top = self.rows[-1], len(self.rows) - 1
        self._pass_hanging(row)
        left = len(row)
        row += ["".join(self._cell).strip(), *[""] * (self._wide - 1)]
        if self._wide > 1 or self._deep > 1:
            self.merged.append((top, left, top + self._deep - 1, len(row) - 1))
        if self._deep > 1:
            self._hanging |= dict.fromkeys(range(left, len(row)), top + self._deep - 1)
        self._cell = None

    def _pass_hanging(self, row: list[str]) -> None:
        """Leave the columns blank that a cell of a row above reaches down to."""
        while self._hanging.get(len(row), -1) >= len(self.rows) - 1:
            row.append("")


def _span(said: str | None) -> int:
    return min(max(int(said), 1), _MOST_SPAN) if said and said.isdecimal() else 1
