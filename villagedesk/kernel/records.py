"""What every record has, and how a record becomes a row of plain values and back."""

import dataclasses
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, ClassVar, Protocol, Self, cast, get_args, get_origin, get_type_hints

Value = str | int | None
"""What a column holds: text, a whole number, or nothing."""


class Row(Protocol):
    """Columns by name: a dictionary or a database row."""

    def __getitem__(self, name: str, /) -> Any:
        """Return the column's value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a desk. ``version`` counts its changes from 1; 0 means not yet stored, "" an id not yet given."""

    table: ClassVar[str] = ""

    id: str = ""
    version: int = 0

    def row(self) -> dict[str, Value]:
        """Return the record as columns: days and moments as ISO text, truth as 0 or 1."""
        return plain(columns(self))

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the record a row holds."""
        names, readers = _readers(cast(Hashable, cls))
        values = dict(row) if isinstance(row, dict) else _by_name(row)
        if len(values) > len(names):
            values = {name: values[name] for name in names}
        for name, read in readers:
            values[name] = read(values[name])
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageRecord(Record):
    """A record about one office; ``village_id`` says which. The desk fills it in when it is left empty."""

    village_id: str = ""


def columns(record: Record) -> dict[str, Any]:
    """Return a record's values by column, as they are in the program; with them its class makes the record again."""
    names, values = _columns(cast(Hashable, type(record)))
    return dict(zip(names, values(record), strict=True))


def plain(values: dict[str, Any]) -> dict[str, Value]:
    """Return values by column as a row holds them: days and moments as ISO text, truth as 0 or 1."""
    return {name: value if type(value) in _PLAIN else _writer(value.__class__)(value) for name, value in values.items()}


_PLAIN = frozenset({str, int, type(None)})


def _by_name(row: Any) -> dict[str, Any]:
    """Return a database row as a dictionary: asked column by column it would look for each among all."""
    return dict(zip(row.keys(), row, strict=True))


@cache
def _writer(kind: Any) -> Callable[[Any], Value]:
    """Return what makes a plain value of one of a kind."""
    if kind is bool:
        return int
    if issubclass(kind, date):
        return cast(Callable[[Any], Value], kind.isoformat)
    if issubclass(kind, StrEnum):
        return attrgetter("value")
    return lambda value: cast(Value, value)


@cache
def _columns(cls: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the names of a record's columns, and what takes all of them from a record at once."""
    names = tuple(field.name for field in dataclasses.fields(cls))
    return names, attrgetter(*names)


@cache
def _readers(cls: Any) -> tuple[tuple[str, ...], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """Return the names of a record's columns, and how those are read that do not stay as they are."""
    hints = get_type_hints(cls)
    names = tuple(field.name for field in dataclasses.fields(cls))
    read = ((name, _reader(hints[name])) for name in names)
    return names, tuple((name, reader) for name, reader in read if reader)


def _reader(kind: Any) -> Callable[[Any], Any] | None:
    if get_origin(kind) is UnionType:
        inner = _reader(next(part for part in get_args(kind) if part is not type(None)))
        return inner and (lambda value: None if value is None else inner(value))
    if issubclass(kind, datetime):
        return datetime.fromisoformat
    if issubclass(kind, date):
        return date.fromisoformat
    if issubclass(kind, StrEnum) or kind is bool:
        return cast(Callable[[Any], Any], kind)
    return None
