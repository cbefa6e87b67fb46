"""Two sheets side by side: where they differ, what stood there and what should.

Charts are passed over: what a chart shows stands in a table too.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from operator import eq

from villagedesk.reports.sheet import Align, Block, Column, Facts, Paragraph, Table

NOTHING = "（无）"
_UNCOUNTED = {"序号", "排名"}
_UNIT = "单位："


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the new text is not the old one; NOTHING stands for what is on one side only."""

    place: str
    old: str
    new: str


def differences(old: Sequence[Block], new: Sequence[Block]) -> list[Difference]:
    """Return where two runs of blocks differ: cell by cell in tables, paragraph by paragraph in text."""
    tables = _paired_tables(old, new)
    texts = _texts([_text(block) for block in old], [_text(block) for block in new])
    return [*(difference for place, one, other in tables for difference in _table(place, one, other)), *texts]


def _text(block: Block) -> str:
    match block:
        case Paragraph(text):
            return text
        case Facts(rows):
            return "；".join(f"{label}：{value}" for label, value in rows)
        case _:
            return ""


def _texts(old: list[str], new: list[str]) -> Iterator[Difference]:
    one, other = [text for text in old if text], [text for text in new if text]
    for first, last, start, end in _changes(one, other):
        for before, after in zip_longest(one[first:last], other[start:end], fillvalue=NOTHING):
            yield Difference("正文", before, after)


def _paired_tables(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[str, Table | None, Table | None]]:
    one, other = _by_name(old), _by_name(new)
    for name in dict.fromkeys([*one, *other]):
        yield name, one.get(name), other.get(name)


def _by_name(blocks: Sequence[Block]) -> dict[str, Table]:
    """Return the tables by caption, or by the heading above them, made distinct."""
    named: dict[str, Table] = {}
    heading = "附表"
    for block in blocks:
        if isinstance(block, Paragraph) and block.level == 1:
            heading = block.text.partition("、")[2] or block.text
        elif isinstance(block, Table):
            name = block.caption or heading
            named[name if name not in named else f"{name}（{len(named) + 1}）"] = block
    return named


def _table(name: str, old: Table | None, new: Table | None) -> Iterator[Difference]:
    heads = list(dict.fromkeys([*_heads(new), *_heads(old)]))
    one, other = _lines(old, heads), _lines(new, heads)
    alike = Counter(row[0] for row in one) | Counter(row[0] for row in other)
    for first, last, start, end in _changes(one, other):
        for before, after in _paired_rows(one[first:last], other[start:end]):
            yield from _row(name, heads, before, after, 1 + (after is not None and alike[after[0]] > 1))
    totals = (_total(old, heads), _total(new, heads))
    if any(totals):
        yield from _row(name, heads, *totals, 1)


def _heads(table: Table | None) -> list[str]:
    """Return the heads of the columns that say more than the row's number, amounts with their unit: 金额（元）."""
    return [head for head, column in _named(table) if column.head not in _UNCOUNTED]


def _named(table: Table | None) -> list[tuple[str, Column]]:
    if table is None:
        return []
    unit = table.unit.removeprefix(_UNIT)
    return [
        (f"{column.group}{column.head}" + (f"（{unit}）" if unit and column.align is Align.AMOUNT else ""), column)
        for column in table.columns
    ]


def _lines(table: Table | None, heads: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the rows' cells under these heads, "" where the table has no such column."""
    return [_under(heads, table, row) for row in table.rows] if table else []


def _total(table: Table | None, heads: Sequence[str]) -> tuple[str, ...] | None:
    """Return the total's cells as ``_lines`` does, its label first."""
    if table is None or not table.total:
        return None
    label = next(cell for cell in table.total if cell)
    return (label, *_under(heads, table, table.total)[1:])


def _under(heads: Sequence[str], table: Table, row: tuple[str, ...]) -> tuple[str, ...]:
    cells = {head: cell for (head, _), cell in zip(_named(table), row, strict=True)}
    return tuple(cells.get(head, "") for head in heads)


def _paired_rows(
    gone: list[tuple[str, ...]], come: list[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...] | None, tuple[str, ...] | None]]:
    """Pair the rows that begin alike, those most alike first to choose; the others stand alone, gone or come."""
    for before in gone:
        begin_alike = [row for row in come if row[0] == before[0]]
        after = max(begin_alike, key=lambda row: sum(map(eq, row, before)), default=None)
        if after:
            come.remove(after)
        yield before, after
    yield from ((None, after) for after in come)


def _row(
    name: str, heads: list[str], before: tuple[str, ...] | None, after: tuple[str, ...] | None, known_by: int
) -> Iterator[Difference]:
    """Yield where two rows differ; ``known_by`` counts the cells at the beginning that name the row."""
    if before is None or after is None:
        yield Difference(name, _whole(before), _whole(after))
        return
    row = "，".join(after[:known_by])
    for head, one, other in zip(heads, before, after, strict=True):
        if one != other:
            yield Difference(f"{name}：{row}，{head}", one or NOTHING, other or NOTHING)


def _whole(row: tuple[str, ...] | None) -> str:
    return "，".join(cell for cell in row if cell) if row else NOTHING


def _changes(one: Sequence[Hashable], other: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches (first, last of one; start, end of the other) that are not the same."""
    for verb, first, last, start, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if verb != "equal":
            yield first, last, start, end
