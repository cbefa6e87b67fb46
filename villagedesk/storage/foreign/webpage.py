"""The tables of a web page: many an office hands one out under the name of an .xls."""

from html.parser import HTMLParser

from villagedesk.storage.foreign.grid import Area, Row

_MOST_SPAN = 100


def page_rows(found: str) -> tuple[list[Row], tuple[Area, ...]]:
    """Return the rows of all tables of a page, one below the other, and its cells over several rows or columns.

    A cell or row that is never closed ends where the next begins. Raises ValueError for a page too broken to follow.
    """
    tables = _Tables()
    try:
        tables.feed(found)
        tables.close()
    except AssertionError as error:  # how the parser of the standard library meets a declaration nobody knows
        raise ValueError(str(error)) from error
    tables.end_cell()
    return [tuple(row) for row in tables.rows], tuple(tables.merged)


class _Tables(HTMLParser):
    """The cells of a page's tables; a cell over several columns or rows leaves the others blank."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.merged: list[Area] = []
        self._cell: list[str] | None = None
        self._wide = self._deep = 1
        self._hanging: dict[int, int] = {}
        """By column, the last row a cell from above reaches down to."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self.end_cell()
        if tag == "table":
            self._hanging = {}
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            if not self.rows:
                self.rows.append([])
            said = dict(attrs)
            self._cell, self._wide, self._deep = [], _span(said.get("colspan")), _span(said.get("rowspan"))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self.end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
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
