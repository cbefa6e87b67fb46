"""Spreadsheets that differ from the real ones in one place, for what must be refused."""

from collections.abc import Mapping
from pathlib import Path

from villagedesk.storage.foreign import Cell, read_grid

Place = tuple[int, int]


def changed_copy(source: Path, target: Path, changes: Mapping[Place, Cell], *, rows: int | None = None) -> Path:
    """Write the first ``rows`` rows of a sheet with some cells changed; places count rows and columns from 1."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(target)) as book:
        sheet = book.add_worksheet()
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, cells in enumerate(read_grid(source).rows[:rows], 1):
            for column, cell in enumerate(cells, 1):
                value = changes.get((row, column), cell)
                if isinstance(value, float):
                    sheet.write_number(row - 1, column - 1, value)
                elif isinstance(value, str):
                    sheet.write_string(row - 1, column - 1, value)
                elif value is not None:
                    sheet.write_datetime(row - 1, column - 1, value, day_format)
    return target
