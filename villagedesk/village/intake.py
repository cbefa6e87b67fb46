"""Taking in foreign files: how one is read, what is shown before it goes in, and what is remembered of it."""

import hashlib
import json
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.progress import Progress
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import Book, is_blank, open_book, read_bytes, text
from villagedesk.storage.foreign.columns import SURE, Guess, Layout
from villagedesk.storage.foreign.heads import (
    Heads,
    Laid,
    doubted,
    find_heads,
    guessed,
    lay,
    letters,
    likely_heads,
    placed,
    questions,
)
from villagedesk.storage.foreign.reading import Ask, Doubt, Reading
from villagedesk.village.model import Import

_MOST_SAMPLES = 3

L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Way:
    """How a file is to be read; what is left out is found by the heads.

    ``columns`` says which column a field stands in, by head or letter, "" for none; ``said`` what the sheet does not
    say itself (year, period, date); ``answers`` what was answered to its doubts. ``seen`` is the digest of the file
    that was looked at: no other is taken in under its name. ``settled`` says of which columns, by field, a person
    chose one because several could be meant.
    """

    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""
    settled: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_json(self) -> str:
        """Return it as an import's record keeps it."""
        kept: dict[str, object] = {
            "columns": dict(self.columns), "said": dict(self.said), "answers": dict(self.answers),
            "settled": {name: list(keys) for name, keys in self.settled.items()},
        }  # fmt: skip
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was found: its letter and head, a few of its values, the field it is taken for ("" for none)."""

    letter: str
    key: str
    head: str
    samples: tuple[str, ...]
    field: str
    confidence: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A foreign file opened: its content, what was found in it, and how it will be read.

    ``laid`` is None while a required column is missing; ``missing`` names such fields in Chinese, and those of which
    a person must say which column they stand in; ``unclear`` says why, by field in Chinese.
    """

    name: str
    content: bytes
    book: Book
    sheet: str
    alike: tuple[str, ...]
    heads: Heads
    columns: tuple[Column, ...]
    laid: Laid | None
    missing: tuple[str, ...]
    unclear: Mapping[str, str]
    way: Way
    is_remembered: bool
    earlier_answers: Mapping[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Preview:
    """A foreign file before it goes in: its columns, the lines as they will be stored, and all that stands against it.

    ``lines`` are row numbers with the texts under ``heads``. ``effect`` says what taking it in changes.
    """

    kind: str
    opened: Opened
    heads: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]
    asks: tuple[Ask, ...]
    notes: tuple[str, ...]
    totals: tuple[str, ...]
    effect: str

    @property
    def is_ready(self) -> bool:
        """Whether it can go in as it is."""
        return not (self.problems or self.doubts or self.asks or self.opened.missing)


def open_foreign(
    desk: Desk, path: Path, layout: Layout, way: Way | None = None, progress: Progress | None = None
) -> Opened:
    """Open a file and find its heads and columns: as ``way`` says, as the last file of this shape was read, or by name.

    Raises BadInput when it is no sheet, or none of its sheets has such heads.
    """
    content = read_bytes(path)
    if way and way.seen and way.seen != hashlib.sha256(content).hexdigest():
        raise BadInput(path.name, "看过以后，这个文件又改动过。请重新读一遍，核对了再导入。")
    book = open_book(path.name, content)
    sheet, heads, alike = _choose(book, layout, way.sheet if way else "", progress)
    grid = book.grid(sheet, progress)
    before = remembered(desk, layout.kind, heads.shape)
    chosen = {**(before.columns if before else {}), **(way.columns if way else {})}
    guesses = _with_chosen(guessed(grid, layout, heads), heads, chosen)
    known = {name: guess.column for name, guess in guesses.items() if guess.confidence >= SURE}
    settled = _settled(doubted(grid, layout, heads), before or Way(), way or Way())
    unclear = questions(grid, layout, heads, settled)
    missing = tuple(
        one.label for one in layout.wanted if one.field in unclear or (one.is_required and one.field not in known)
    )
    used = Way(
        sheet,
        {
            **{name: "" for name, key in chosen.items() if not key},
            **{name: heads.keys[at] for name, at in known.items() if name not in unclear},
        },
        way.said if way else {},
        way.answers if way else {},
        settled={**(before.settled if before else {}), **settled},
    )
    return Opened(
        name=path.name,
        content=content,
        book=book,
        sheet=sheet,
        alike=alike,
        heads=heads,
        columns=tuple(_columns(grid.rows[heads.body :], heads, guesses)),
        laid=None if missing else lay(grid, layout, used.columns, heads),
        missing=missing,
        unclear={layout.field(field).label: why for field, why in unclear.items()},
        way=used,
        is_remembered=before is not None and not (way and way.columns),
        earlier_answers=before.answers if before else {},
    )


def laid_out(opened: Opened, layout: Layout) -> Laid:
    """Return the sheet with its columns known. Raises BadInput naming the missing ones."""
    return opened.laid or lay(opened.book.grid(opened.sheet), layout, opened.way.columns or None, opened.heads)


def preview(
    opened: Opened, layout: Layout, reading: Reading[L] | None, heads: Sequence[str],
    lines: Sequence[tuple[int, tuple[str, ...]]], effect: str,
) -> Preview:  # fmt: skip
    """Return what is shown of a file; without a ``reading`` its columns are not all known yet."""
    notes = list(reading.notes if reading else [])
    if opened.alike:
        notes.append(f"读的是“{opened.sheet}”这张表；“{'、'.join(opened.alike)}”也像，没有读，要读请另选。")
    return Preview(
        kind=layout.kind,
        opened=opened,
        heads=tuple(heads),
        lines=tuple(lines),
        problems=tuple(sorted(reading.problems, key=lambda one: one.row)) if reading else (),
        doubts=tuple(reading.doubts) if reading else (),
        asks=tuple(reading.asks) if reading else (),
        notes=tuple(notes),
        totals=tuple(reading.totals) if reading else (),
        effect=effect,
    )


def remembered(desk: Desk, kind: str, shape: str) -> Way | None:
    """Return how the latest file of this kind and shape was read, of those not undone; None for a new shape."""
    found = desk.value(
        "SELECT mapping FROM imports WHERE village_id = ? AND kind = ? AND shape = ? AND is_undone = 0 "
        "ORDER BY rowid DESC LIMIT 1",
        [desk.office_id, kind, shape],
    )
    if not found:
        return None
    kept = json.loads(found)
    return Way(
        "", kept.get("columns", {}), kept.get("said", {}), kept.get("answers", {}), settled=kept.get("settled", {})
    )


def register_import(change: Change, kind: str, opened: Opened, count: int) -> Import:
    """Store that a file was taken in, and keep the file itself."""
    media_type = mimetypes.guess_type(opened.name)[0] or "application/octet-stream"
    attachment = change.attach(opened.name, media_type, opened.content)
    return change.put(
        Import(
            kind=kind,
            file_name=opened.name,
            attachment_id=attachment.id,
            shape=opened.heads.shape,
            mapping=opened.way.as_json(),
            count=count,
            made_by=change.actor_id,
        )
    )


def still_in(taken: Import) -> Iterator[Finding]:
    """A file is taken back once: a gatekeeper, asked first and alone."""
    if taken.is_undone:
        yield Finding("village.import_undone", f"“{taken.file_name}”的导入已经撤销过了。")


def imports(desk: Desk, *kinds: str) -> list[Import]:
    """Return the files taken in, newest first; of these kinds, or all."""
    where = f"village_id = ? AND kind IN ({', '.join('?' * len(kinds))})" if kinds else "village_id = ?"
    return desk.find(Import, where, [desk.office_id, *kinds], "rowid DESC")


def _choose(book: Book, layout: Layout, wanted: str, progress: Progress | None) -> tuple[str, Heads, tuple[str, ...]]:
    """Return the sheet with the most of the wanted heads, the shown ones first, and the names of others as good.

    A sheet that cannot be read, such as a far too long one beside it, is nothing where another can.
    """
    if wanted and wanted not in book.sheets:
        raise BadInput(book.name, f"里面没有叫“{wanted}”的表，有的是“{'、'.join(book.sheets)}”。")
    found: list[tuple[int, str, Heads]] = []
    blank = True
    faults: list[BadInput] = []
    for sheet in [wanted] if wanted else sorted(book.sheets, key=lambda name: name in book.hidden_sheets):
        try:
            grid = book.grid(sheet, progress)
        except BadInput as fault:
            faults.append(fault)
            continue
        blank = blank and all(is_blank(cell) for row in grid.rows for cell in row)
        if heads := find_heads(grid, layout.wanted):
            sure = sum(guess.confidence >= SURE for guess in guessed(grid, layout, heads).values())
            found.append((sure, sheet, heads))
    if faults and not found:
        raise faults[0]
    if blank:
        raise BadInput(book.name, "表里是空的。")
    if not found:  # heads of other words: a person, or what is remembered of this shape, says which they are
        found = [(0, sheet, heads) for sheet in book.sheets[:1] if (heads := likely_heads(book.grid(sheet)))]
    if not found:
        raise BadInput(book.name, f"没有找到表头“{'、'.join(layout.marks)}”，请检查是不是选错了表。")
    most = max(sure for sure, _, _ in found)
    best = [(sheet, heads) for sure, sheet, heads in found if sure == most]
    return best[0][0], best[0][1], tuple(sheet for sheet, _ in best[1:])


def _with_chosen(guesses: Mapping[str, Guess], heads: Heads, chosen: Mapping[str, str]) -> dict[str, Guess]:
    """Return the guesses with what a person chose in their place; a chosen column is nothing else any more."""
    named = placed(heads, chosen)
    taken = set(named.values())
    left = {name: guess for name, guess in guesses.items() if name not in chosen and guess.column not in taken}
    return left | {name: Guess(column, 100) for name, column in named.items()}


def _settled(doubtful: Mapping[str, Sequence[str]], earlier: Way, now: Way) -> dict[str, Sequence[str]]:
    """Return of which columns each doubtful field was chosen by a person: now, or the last time of the same or more."""
    told = {name: list(dict.fromkeys([*earlier.settled.get(name, ()), *keys])) for name, keys in doubtful.items()}
    return {name: keys for name, keys in told.items() if name in now.columns or keys == earlier.settled.get(name)}


def _columns(body: Sequence[Sequence[object]], heads: Heads, guesses: Mapping[str, Guess]) -> list[Column]:
    fields = {guess.column: (name, guess.confidence) for name, guess in guesses.items()}
    columns = []
    for place, titles in enumerate(heads.titles):
        samples = [shown for row in body[:60] if (shown := text(row[place]))][:_MOST_SAMPLES]  # type: ignore[arg-type]
        if titles or samples:
            name, confidence = fields.get(place, ("", 0))
            head = titles[-1] if titles else ""
            columns.append(Column(letters(place), heads.keys[place], head, tuple(samples), name, confidence))
    return columns
