"""Every text on a sheet, with the place where it stands in words a reader would use; and written anew."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from villagedesk.reports.sheet import Block, Chart, Facts, Paragraph, Seal, Sheet, Signatures, Table
from villagedesk.village.profile import PersonalRule, load

_OPENING = 4
"""Characters of a paragraph by which a reader finds it."""


def passages(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield (place, text) for each text on the sheet, such as ``("表一第3行“事由”", "买水泥")``.

    The footer is left out: the program writes it, and its link is a random number that may look like anything.
    """
    yield "标题", sheet.title
    paragraphs = tables = 0
    for block in sheet.blocks:
        if isinstance(block, Table):
            tables += 1
            yield from _table(block, f"第{tables}张表")
        elif isinstance(block, Chart):
            yield from _chart(block)
        elif isinstance(block, Paragraph):
            paragraphs += 1
            yield f"第{paragraphs}段（“{block.text[:_OPENING]}…”）", block.text
        else:
            yield from _plain(block)


def withheld(sheet: Sheet, policy: Sequence[PersonalRule] = ()) -> list[str]:
    """Return the places on a sheet where a number was taken out, each once, for the preview to mark."""
    masks = {rule.mask for rule in policy or load().personal}
    found = (place for place, text in passages(sheet) if any(mask in text for mask in masks))
    return list(dict.fromkeys(found))


def _table(table: Table, place: str) -> Iterator[tuple[str, str]]:
    yield f"{place}的标题", table.caption
    for column in table.columns:
        yield f"{place}的表头", f"{column.group} {column.head}".strip()
    for number, row in enumerate(table.rows, 1):
        for column, cell in zip(table.columns, row, strict=True):
            yield f"{place}第{number}行“{column.head}”", cell
    for column, cell in zip(table.columns, table.total, strict=False):
        yield f"{place}合计行“{column.head}”", cell


def _chart(chart: Chart) -> Iterator[tuple[str, str]]:
    place = f"图“{chart.caption}”" if chart.caption else "图"
    yield place, chart.caption
    yield from ((f"{place}的图例", name) for name in chart.legend)
    for bar in chart.bars:
        yield f"{place}的“{bar.label[:_OPENING]}”", f"{bar.label} {bar.text}"


def _plain(block: Facts | Signatures | Seal) -> Iterator[tuple[str, str]]:
    match block:
        case Facts(rows):
            for label, value in rows:
                yield f"“{label}”", f"{label} {value}"
        case Signatures(labels):
            yield from (("签字处", label) for label in labels)
        case Seal(issuer, day):
            yield from (("落款", issuer), ("落款", day))


def rewritten(block: Block, write: Callable[[str], str]) -> Block:
    """Return a paragraph or table with each of its texts written anew; the other blocks hold no text of the books."""
    match block:
        case Paragraph(text):
            return replace(block, text=write(text))
        case Table(columns, rows, total, caption):
            heads = tuple(replace(column, head=write(column.head), group=write(column.group)) for column in columns)
            anew = tuple(tuple(map(write, row)) for row in rows)
            return replace(block, columns=heads, rows=anew, total=tuple(map(write, total)), caption=write(caption))
        case Chart(legend, bars, caption):
            written = tuple(replace(bar, label=write(bar.label), text=write(bar.text)) for bar in bars)
            return replace(block, legend=tuple(map(write, legend)), bars=written, caption=write(caption))
        case _:
            return block
