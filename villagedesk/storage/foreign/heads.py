"""Where a sheet's heads stand: shifted down or to the right, over one row or two with groups above."""

import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

from villagedesk.kernel.errors import BadInput
from villagedesk.kernel.progress import Progress
from villagedesk.storage.foreign.cells import Cell, is_blank, plain
from villagedesk.storage.foreign.columns import SURE, Guess, Layout, Sort, Wanted, likeness, suggest, unclear
from villagedesk.storage.foreign.grid import Grid, Row
from villagedesk.storage.foreign.pages import repeated

_LOOKED_AT = 40
"""Rows from the top within which heads are looked for."""

_UNIT = r"(万元|千元|百元|元|角|分)"
_UNIT_OF_HEAD = re.compile(rf"\((?:单位:)?(?:人民币)?{_UNIT}[)/]|(万元)")
_UNIT_ABOVE = re.compile(rf"单位:?(?:人民币)?(万元|千元|百元|[元角分](?![\u4e00-\u9fff]))|\((?:人民币)?{_UNIT}\)")
"""单位:分水村 is no unit."""
_UNDERSTOOD = ("", "元", "万元")


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a sheet: the row they begin in, how many rows they take, and each column's titles.

    A column under a group has two titles: its own and the group's with its own.
    """

    top: int
    depth: int
    titles: tuple[tuple[str, ...], ...]

    @property
    def body(self) -> int:
        """The first row below them."""
        return self.top + self.depth

    @property
    def keys(self) -> tuple[str, ...]:
        """What each column is called, once only: its longest title, ``#2`` behind a second one, else a letter."""
        seen: dict[str, int] = {}
        keys: list[str] = []
        for column, titles in enumerate(self.titles):
            title = titles[-1] if titles else ""
            seen[title] = seen.get(title, 0) + 1
            keys.append(letters(column) if not title else title if seen[title] == 1 else f"{title}#{seen[title]}")
        return tuple(keys)

    @property
    def shape(self) -> str:
        """The digest by which a file with the same heads is known again (SHA-256)."""
        return hashlib.sha256("\n".join(titles[-1] for titles in self.titles if titles).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet whose columns are known: by field, the index of its column."""

    grid: Grid
    heads: Heads
    layout: Layout
    columns: Mapping[str, int]
    labels: Mapping[str, str]
    """What the sheet calls each field, its own name where it is the same or the sheet has none."""
    above_of: Mapping[tuple[int, int], int]
    """For each place (row, column) that a merge over several rows takes in: the row whose cell it shows."""
    unit_said: str = ""
    """The unit the sheet says its amounts are in: beside the amount's head, else above the heads; "" for none."""

    def label(self, field: str) -> str:
        """Return what the sheet calls a field, for saying where something is wrong."""
        return self.labels[field]

    def lines(self) -> Iterator[tuple[int, dict[str, Cell], Row]]:
        """Yield each row below the heads that is not blank: its number (from 1), its cells by field, the row itself.

        The heads that stand again on every page, and the title above them, are passed over.

        A cell hidden by a merge over several rows holds what the merge shows, an amount excepted: whose would it be?
        """
        rows = self.grid.rows
        shown = {one: at for one, at in self.columns.items() if self.layout.field(one).sort is not Sort.AMOUNT}
        shown = shown if self.above_of else {}
        again = repeated(rows, self.heads.top, self.heads.depth)
        for index in range(self.heads.body, len(rows)):
            row = rows[index]
            if index not in again and any(not is_blank(cell) for cell in row):
                cells = {field: row[at] if at < len(row) else None for field, at in self.columns.items()}
                for field, column in shown.items():
                    if (above := self.above_of.get((index, column))) is not None:
                        cells[field] = rows[above][column]
                yield index + 1, cells, row

    def counted(self, progress: Progress | None) -> Iterator[tuple[int, dict[str, Cell], Row]]:
        """Yield the lines, each one a step of ``progress``. Raises Cancelled."""
        if progress is None:
            return self.lines()
        progress.start("逐行核对", len(self.grid.rows) - self.heads.body)
        return progress.counted(self.lines())

    def is_shared(self, number: int, field: str) -> bool:
        """Tell whether a cell of row ``number`` (from 1) is part of a merge over several rows."""
        return (number - 1, self.columns.get(field, -1)) in self.above_of

    def is_faulty(self, number: int, field: str) -> bool:
        """Tell whether a cell of row ``number`` (from 1) is a formula whose file holds no result."""
        place = number - 1, self.columns.get(field, -1)
        return place in self.grid.unworked or place in self.grid.failed

    def is_failed(self, number: int, field: str) -> bool:
        """Tell whether a cell of row ``number`` (from 1) is a formula that came to an error."""
        return (number - 1, self.columns.get(field, -1)) in self.grid.failed

    def body_rows(self, rows: Set[int]) -> list[int]:
        """Return those of some rows (from 0) that stand below the heads, counted from 1."""
        return [row + 1 for row in rows if row >= self.heads.body]

    @property
    def above(self) -> list[str]:
        """What stands above the heads, cell by cell."""
        return [plain(cell) for row in self.grid.rows[: self.heads.top] for cell in row if not is_blank(cell)]

    @property
    def unit(self) -> int:
        """How many yuan one of the sheet's amounts means: 10 000 where it says that it counts in 万元."""
        return 10_000 if self.unit_said == "万元" else 1


def find_heads(grid: Grid, wanted: Sequence[Wanted]) -> Heads | None:
    """Return the heads of a sheet, None when no row has at least two of the wanted ones."""
    best: tuple[tuple[int, int], Heads] | None = None
    for top in range(min(len(grid.rows), _LOOKED_AT)):
        for heads in _possible(grid, top):
            found = _recognised(heads.titles, wanted)
            worth = (found, -heads.depth)  # a title above the heads is no group
            if found >= 2 and (best is None or worth > best[0]):
                best = worth, heads
    return best[1] if best else None


def likely_heads(grid: Grid) -> Heads | None:
    """Return the row that looks most like heads, whatever they say: the first with most short texts and no number."""
    best, most = None, 1
    for top, row in enumerate(grid.rows[:_LOOKED_AT]):
        titles = [plain(cell) for cell in row]
        short = [title for title in titles if 0 < len(title) <= 15 and not any(sign.isdigit() for sign in title)]
        if len(set(short)) > most and len(short) == len([title for title in titles if title]):
            best, most = Heads(top, 1, tuple((title,) if title else () for title in titles)), len(set(short))
    return best


def lay(grid: Grid, layout: Layout, columns: Mapping[str, str] | None = None, heads: Heads | None = None) -> Laid:
    """Return a sheet with its columns known: as ``columns`` (field → head or letter) say, else as they are called.

    Raises BadInput naming what is missing.
    """
    heads = heads or find_heads(grid, layout.wanted)
    if heads is None:
        raise BadInput(grid.name, f"没有找到表头“{'、'.join(layout.marks)}”，请检查是不是选错了表。")
    known = {field: guess.column for field, guess in guessed(grid, layout, heads).items() if guess.confidence >= SURE}
    if columns is not None:
        known = placed(heads, columns)
    if asked := questions(grid, layout, heads, columns or {}):
        raise BadInput(grid.name, f"{'；'.join(asked.values())}。请指明是哪一栏。")
    missing = [one.label for one in layout.wanted if one.is_required and one.field not in known]
    if missing:
        named = layout.marks if set(missing) & set(layout.marks) else missing
        lacking = "" if list(named) == missing else f"，缺“{'、'.join(missing)}”"
        raise BadInput(
            grid.name, f"没有找到表头“{'、'.join(named)}”{lacking}，请检查是不是选错了表，或者指明是哪一栏。"
        )
    labels = {one.field: _label(one, heads, known.get(one.field)) for one in layout.wanted}
    laid = Laid(grid, heads, layout, known, labels, _shared(grid, heads.body, set(known.values())))
    unit = _unit(heads.titles[known["amount"]], laid.above) if "amount" in known else ""
    if unit not in _UNDERSTOOD:
        raise BadInput(grid.name, f"金额的单位写的是“{unit}”，程序只认元和万元。请在原表里改成元，再导入。")
    return replace(laid, unit_said=unit)


def _unit(titles: Sequence[str], above: Sequence[str]) -> str:
    """Return the unit that stands beside the amount's head, else above the heads, "" for none."""
    of_head = (match[1] or match[2] for title in titles if (match := _UNIT_OF_HEAD.search(title)))
    of_sheet = (match[1] or match[2] for line in above if (match := _UNIT_ABOVE.search(line)))
    return next(chain(of_head, of_sheet), "")


def _label(wanted: Wanted, heads: Heads, column: int | None) -> str:
    title = heads.titles[column][-1] if column is not None and heads.titles[column] else ""
    return wanted.label if not title or title.startswith((wanted.label, plain(wanted.label))) else title


def _shared(grid: Grid, body: int, columns: Set[int]) -> dict[tuple[int, int], int]:
    last = len(grid.rows) - 1
    return {
        (row, column): top
        for top, left, bottom, right in grid.merged
        if body <= top < bottom
        for row in range(top, min(bottom, last) + 1)
        for column in range(left, min(right, len(grid.rows[0]) - 1) + 1)
        if column in columns
    }


def guessed(grid: Grid, layout: Layout, heads: Heads) -> dict[str, Guess]:
    """Return which column each field most likely is, and how sure that is."""
    return suggest(heads.titles, layout.wanted, grid.rows[heads.body : heads.body + _LOOKED_AT])


def questions(grid: Grid, layout: Layout, heads: Heads, columns: Container[str]) -> dict[str, str]:
    """Return by field what must be asked of its column: several may be meant, or one that only looks like it.

    Nothing is asked of a field that ``columns`` says something about.
    """
    asked: dict[str, str] = {}
    for field, alike in doubted(grid, layout, heads).items():
        if field not in columns:
            named, label = "、".join(f"“{key}”" for key in alike), layout.field(field).label
            several = f"{named}都像“{label}”，看不出是哪一栏"
            asked[field] = several if len(alike) > 1 else f"{named}像是“{label}”，程序拿不准"
    return asked


def doubted(grid: Grid, layout: Layout, heads: Heads) -> dict[str, tuple[str, ...]]:
    """Return by field the keys of the columns it may stand in, where only a person can say which."""
    found = unclear(heads.titles, layout.wanted, grid.rows[heads.body : heads.body + _LOOKED_AT])
    return {field: tuple(heads.keys[column] for column in alike) for field, alike in found.items()}


def placed(heads: Heads, columns: Mapping[str, str]) -> dict[str, int]:
    """Return the columns people named, by field: by head, or by letter. A name no column has is left out."""
    keys = {key: place for place, key in reversed(list(enumerate(heads.keys)))}
    lettered = {letters(place): place for place in range(len(heads.titles))}
    found: dict[str, int] = {}
    for field, name in columns.items():
        place = keys.get(plain(name), lettered.get(name.strip().upper()))
        if place is not None:
            found[field] = place
    return found


def letters(column: int) -> str:
    """Return a column's letters as a spreadsheet shows them: 0 → A, 26 → AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _possible(grid: Grid, top: int) -> Iterator[Heads]:
    """Yield the heads a row gives alone, and those it gives as groups over the row below."""
    titles, below = _texts(grid, top), _texts(grid, top + 1)
    yield Heads(top, 1, tuple((title,) if title else () for title in titles))
    if (
        len(set(filter(None, titles))) > 1
        and any(below)
        and not any(isinstance(cell, float) for cell in grid.rows[top + 1])
    ):
        groups = _groups(grid, top, titles, below)
        yield Heads(top, 2, tuple(_titles(group, title) for group, title in zip(groups, below, strict=True)))


def _texts(grid: Grid, row: int) -> list[str]:
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return [plain(cell) for cell in cells] + [""] * (len(grid.rows[0]) - len(cells))


def _groups(grid: Grid, top: int, titles: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return the first row's titles, each over all the columns it stands above."""
    groups = list(titles)
    for first, left, _, right in grid.merged:
        if first == top:
            last = min(right, len(groups) - 1)
            groups[left : last + 1] = [groups[left]] * (last + 1 - left)
    if not grid.merged:  # the file does not tell of merges: a blank beside a group belongs to it
        for column in range(1, len(groups)):
            groups[column] = groups[column] or (groups[column - 1] if below[column] else "")
    return groups


def _titles(group: str, title: str) -> tuple[str, ...]:
    if not group or not title or group == title:
        return (group or title,) if group or title else ()
    return (title, group + title)


def _recognised(titles: Sequence[Sequence[str]], wanted: Sequence[Wanted]) -> int:
    return sum(max((likeness(of_column, one) for of_column in titles), default=0) > 0 for one in wanted)
