"""The tables of a web page: many an office hands one out under the name of an .xls."""

from html.parser import HTMLParser

from villagedesk.storage.foreign.grid import Row


def page_rows(found: str) -> list[Row]:
    """Return the rows of all tables of a page, one below the other."""
    tables = _Tables()
    tables.feed(found)
    return [tuple(row) for row in tables.rows]


class _Tables(HTMLParser):
    """The cells of a page's tables; a cell over several columns leaves the others blank."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            wide = dict(attrs).get("colspan") or "1"
            self._cell, self._span = [], min(int(wide), 100) if wide.isdigit() else 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None:
            if not self.rows:
                self.rows.append([])
            self.rows[-1] += ["".join(self._cell).strip(), *[""] * (self._span - 1)]
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
