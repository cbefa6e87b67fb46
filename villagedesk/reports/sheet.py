"""What stands on a sheet of paper, as plain data: no face, no millimetre, no drawing.

A sheet is frozen: the same sheet always prints the same bytes, and ``to_plain`` lets it be kept as JSON with the
notice it belongs to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Align(StrEnum):
    """How a column stands in its cells. AMOUNT aligns on the decimal point, in figures of equal width."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    AMOUNT = "amount"


class Preset(StrEnum):
    """The paper and its habit."""

    NOTICE = "notice"
    """A4 upright after GB/T 9704: margins 37, 28, 26, 35 mm, 22 lines of 28 characters, 仿宋 16 pt."""
    FORM = "form"
    """A4 upright with small margins and 12 pt, for claims, payrolls and registers."""
    WIDE = "wide"
    """The same on A4 across, for registers with many columns."""
    POSTER = "poster"
    """A3 upright with type of at least 26 pt, readable at two metres."""
    SLIP = "slip"
    """A5 across, for pay sheets and receipts."""
    VOUCHER = "voucher"
    """The paper of bookkeeping vouchers, 240 × 140 mm across."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. Level 0 is body with an indent of two characters, 1 黑体 (一、), 2 楷体 （一）, 3 body (1.).

    ``flush`` leaves the indent out, as in the line that names whom a notice is for (全体村民：).
    """

    text: str
    level: int = 0
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, aligned; two pairs a line on forms."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Neighbours of one ``group`` share a head above their own."""

    head: str
    align: Align = Align.LEFT
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. ``unit`` (单位：元) stands right above, ``total`` is the 合计 row.

    A register that ``carries`` ends each page but the last with 过次页 and begins the next with 承前页: the sums of its
    amounts so far.

    Raises ValueError when a row has not as many cells as there are columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    caption: str = ""
    unit: str = ""
    carries: bool = False

    def __post_init__(self) -> None:
        width = len(self.columns)
        if not width:
            raise ValueError("a table needs a column")
        for number, row in enumerate(self.rows, 1):
            if len(row) != width:
                raise ValueError(f"row {number} has {len(row)} cells for {width} columns")
        if self.total and len(self.total) != width:
            raise ValueError(f"the total row has {len(self.total)} cells for {width} columns")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its label, the length of each part (one unit for the whole chart), the text after it."""

    label: str
    parts: tuple[int, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars below one another, each of the same parts; ``legend`` names the parts, told apart in black and white too.

    Raises ValueError for more than four parts, a bar with other parts than the legend has, or a part below nothing.
    """

    legend: tuple[str, ...]
    bars: tuple[Bar, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        if len(self.legend) > 4:
            raise ValueError("more than four parts cannot be told apart in black and white")
        for bar in self.bars:
            if len(bar.parts) != len(self.legend):
                raise ValueError(f"the bar {bar.label} has {len(bar.parts)} parts, the legend {len(self.legend)}")
            if min(bar.parts, default=0) < 0:
                raise ValueError(f"the bar {bar.label} has a part below nothing")


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, each after its label."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """落款: who issues it and the date in words of a calendar (2026年4月5日), with room for the wet seal."""

    issuer: str
    date: str


Block = Paragraph | Facts | Table | Chart | Signatures | Seal


@dataclass(frozen=True, slots=True)
class Proof:
    """By what the paper can be proved: a QR code of ``code``, and the lines to read below it."""

    code: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole piece of paper: title, blocks in order, and what stands around them.

    ``number`` stands under the title (村财〔2026〕3号), ``footer`` small at the foot of every page, ``watermark``
    pale across every page, ``issuer`` is the author in the file's properties. The ``proof`` stands left of the seal,
    or below everything where there is none.
    """

    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    preset: Preset = Preset.NOTICE
    watermark: str = ""
    footer: str = ""
    issuer: str = ""
    proof: Proof | None = None


def to_plain(sheet: Sheet) -> dict[str, Any]:
    """Return the sheet as JSON-ready data; ``from_plain`` gives back an equal sheet."""
    plain = {field.name: getattr(sheet, field.name) for field in fields(sheet)}
    plain["preset"] = sheet.preset.value
    plain["blocks"] = [_plain_block(block) for block in sheet.blocks]
    if sheet.proof is None:
        del plain["proof"]
    else:
        plain["proof"] = {"code": sheet.proof.code, "lines": list(sheet.proof.lines)}
    return plain


def from_plain(data: Mapping[str, Any]) -> Sheet:
    """Return the sheet kept as ``data``. Raises ValueError when it is no sheet or has an unknown kind of block."""
    try:
        plain = dict(data)
        plain["preset"] = Preset(plain.get("preset", Preset.NOTICE))
        plain["blocks"] = tuple(_block(block) for block in plain["blocks"])
        if proof := plain.get("proof"):
            plain["proof"] = Proof(proof["code"], tuple(proof["lines"]))
        return Sheet(**plain)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"not a sheet: {fault}") from fault


def text_of(sheet: Sheet) -> str:
    """Return every string on the sheet, one a line, for the check of glyphs and of personal data."""
    return "\n".join(text for text in _strings(sheet) if text)


def _plain_block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text, level, flush):
            return {"kind": "paragraph", "text": text, "level": level, "flush": flush}
        case Facts(rows):
            return {"kind": "facts", "rows": [list(row) for row in rows]}
        case Table(columns, rows, total, caption, unit, carries):
            return {
                "kind": "table",
                "columns": [_plain_column(column) for column in columns],
                "rows": [list(row) for row in rows],
                "total": list(total),
                "caption": caption,
                "unit": unit,
                **({"carries": True} if carries else {}),
            }
        case Chart(legend, bars, caption):
            return {
                "kind": "chart",
                "legend": list(legend),
                "bars": [{"label": bar.label, "parts": list(bar.parts), "text": bar.text} for bar in bars],
                "caption": caption,
            }
        case Signatures(labels):
            return {"kind": "signatures", "labels": list(labels)}
        case Seal(issuer, date):
            return {"kind": "seal", "issuer": issuer, "date": date}


def _plain_column(column: Column) -> dict[str, str]:
    """What is not there is not written, so that a sheet kept by an older program stays the same to the byte."""
    return {"head": column.head, "align": column.align.value, **({"group": column.group} if column.group else {})}


def _block(plain: Mapping[str, Any]) -> Block:
    match plain["kind"]:
        case "paragraph":
            return Paragraph(plain["text"], plain.get("level", 0), plain.get("flush", False))
        case "facts":
            return Facts(tuple((label, value) for label, value in plain["rows"]))
        case "table":
            return Table(
                tuple(Column(one["head"], Align(one["align"]), one.get("group", "")) for one in plain["columns"]),
                tuple(tuple(row) for row in plain["rows"]),
                tuple(plain.get("total", ())),
                plain.get("caption", ""),
                plain.get("unit", ""),
                plain.get("carries", False),
            )
        case "chart":
            bars = (Bar(bar["label"], tuple(bar["parts"]), bar["text"]) for bar in plain["bars"])
            return Chart(tuple(plain["legend"]), tuple(bars), plain.get("caption", ""))
        case "signatures":
            return Signatures(tuple(plain["labels"]))
        case "seal":
            return Seal(plain["issuer"], plain["date"])
        case kind:
            raise ValueError(f"unknown kind of block: {kind}")


def _strings(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, sheet.number)
    for block in sheet.blocks:
        yield from _block_strings(block)
    yield from (sheet.footer, sheet.watermark, sheet.issuer)
    if sheet.proof:
        yield from sheet.proof.lines


def _block_strings(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text, _, _):
            yield text
        case Facts(rows):
            for row in rows:
                yield from row
        case Table(columns, rows, total, caption, unit):
            yield from (caption, unit, *(text for column in columns for text in (column.group, column.head)))
            for cells in rows:
                yield from cells
            yield from total
        case Chart(legend, bars, caption):
            yield from (caption, *legend, *(text for bar in bars for text in (bar.label, bar.text)))
        case Signatures(labels):
            yield from labels
        case Seal(issuer, date):
            yield from (issuer, date)
