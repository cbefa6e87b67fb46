"""The village's tables as CSV for Excel: Chinese heads, yuan, names instead of ids, nothing personal."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any, get_type_hints

from villagedesk.exchange import store
from villagedesk.exchange.heads import HEADS, NAMES
from villagedesk.exchange.outgoing import travels
from villagedesk.exchange.records import RECORDS
from villagedesk.kernel.money import plain_yuan
from villagedesk.storage.desk import Desk

FOLDER = "data/tables/"
_BOM = "\ufeff"
_LONGEST_FIGURES = 11
"""Excel rounds longer numbers; a tab behind them keeps them as text."""


def sheets(
    desk: Desk, folder: str = FOLDER, where: Callable[[str], str] = lambda _: "1"
) -> Iterator[tuple[str, bytes]]:
    """Yield each table of the village that holds something, as its name in the bag and its CSV.

    ``where`` gives for a table the condition on its rows (called ``t``) that are wanted.
    """
    for name, rule in desk.table_rules.items():
        if travels(rule):
            rows = store.shown_rows(desk, name, HEADS[name], NAMES, where(name))
            if rows:
                yield f"{folder}{rule.title}.csv", _sheet(desk, name, rows)


def _sheet(desk: Desk, table: str, rows: list[tuple[Any, ...]]) -> bytes:
    heads = HEADS[table]
    hints = get_type_hints(RECORDS[table])
    written = io.StringIO(newline="")
    sheet = csv.writer(written, lineterminator="\r\n")
    sheet.writerow(heads.values())
    for row in rows:
        sheet.writerow(_cell(desk, column, hints[column], value) for column, value in zip(heads, row, strict=True))
    return (_BOM + written.getvalue()).encode()


def _cell(desk: Desk, column: str, kind: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if column.endswith("_fen"):
        return plain_yuan(value)
    if column == "subject_table":
        return desk.table_rules[value].title
    if kind is bool:
        return "是" if value else "否"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str(getattr(kind(value), "label", value))
    if isinstance(kind, type) and issubclass(kind, datetime):
        return f"{datetime.fromisoformat(value):%Y-%m-%d %H:%M}"
    if isinstance(kind, type) and issubclass(kind, date | int):
        return str(value)
    return _text(str(value))


def _text(value: str) -> str:
    """Return text that Excel leaves as it is: no formula, no rounded number."""
    if value[0] in "=+-@\t\r":
        return "'" + value
    is_long_figure = value.isdigit() and (len(value) > _LONGEST_FIGURES or value[0] == "0")
    return value + "\t" if is_long_figure else value
