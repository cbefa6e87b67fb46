"""Column profiles: how a bank or the one-card platform wants its file, each with its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from villagedesk.kernel.places import own_file

FOLDER = "resources/channels"
DEFAULT = "one_card_roster"


class FileKind(StrEnum):
    """What sort of file a channel wants."""

    XLS = "xls"
    XLSX = "xlsx"
    CSV = "csv"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ChannelColumn:
    """A column: its head, what it ``holds`` (a name known to ``bank``), or the fixed ``text`` that stands in it."""

    head: str
    holds: str
    text: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A file as a bank wants it. ``encoding`` is Python's name of it; spreadsheets have none to choose.

    ``one_row_each`` says that nobody may stand in it twice: what somebody gets by several lines is one row.
    """

    key: str
    name: str
    kind: FileKind
    columns: tuple[ChannelColumn, ...]
    has_heads: bool
    source: str
    as_of: date
    ending: str = ""
    encoding: str = ""
    separator: str = ""
    ends_with_separator: bool = False
    one_row_each: bool = False
    sheet: str = "Sheet1"


@cache
def channel(key: str) -> Channel:
    """Return the channel ``key``. Raises KeyError when there is none."""
    found = {one.key: one for one in channels()}
    return found[key]


@cache
def channels() -> tuple[Channel, ...]:
    """Return every channel, the one-card platform's roster first, the others by name."""
    files = sorted(own_file(FOLDER).glob("*.toml"), key=lambda file: (file.stem != DEFAULT, file.stem))
    return tuple(parse(file.stem, tomllib.loads(file.read_text("utf-8"))) for file in files)


def parse(key: str, data: Mapping[str, Any]) -> Channel:
    """Return the channel a TOML document holds. Raises KeyError, TypeError or ValueError when it is none."""
    kind = FileKind(data["kind"])
    plain = {name: value for name, value in data.items() if name not in ("columns", "kind")}
    columns = tuple(ChannelColumn(**column) for column in data["columns"])
    made = Channel(key=key, kind=kind, columns=columns, **{"ending": f".{kind}", **plain})
    if kind in (FileKind.CSV, FileKind.TEXT):
        "".encode(made.encoding)
        if len(made.separator) != 1:
            raise ValueError(f"{key}: a text needs a separator of one character")
    return made
