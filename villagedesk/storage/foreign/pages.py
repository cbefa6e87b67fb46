"""The pages of a printed sheet: the heads that stand again on each, with the title and the unit above them."""

import re
from collections.abc import Sequence

from villagedesk.storage.foreign.cells import is_blank, plain
from villagedesk.storage.foreign.grid import Row

_PAGE = re.compile(r"[(,/、]?[第共]?\d+页\)?")


def repeated(rows: Sequence[Row], top: int, depth: int) -> frozenset[int]:
    """Return the rows (from 0) where the heads of rows ``top`` to ``top + depth`` stand again.

    With them go the rows directly above that say nothing but what stands above the heads themselves.
    """
    own = [_signs(row) for row in rows[top : top + depth]]
    above = {sign for row in rows[:top] for sign in _signs(row)} | {""}
    key = next(column for column, sign in enumerate(own[0]) if sign)
    found: set[int] = set()
    for index in range(top + depth, len(rows)):
        if plain(rows[index][key]) != own[0][key] or [_signs(row) for row in rows[index : index + depth]] != own:
            continue
        found.update(range(index, index + depth))
        before = index - 1
        while before >= top + depth and before not in found and above.issuperset(_signs(rows[before])):
            found.add(before)
            before -= 1
    return frozenset(found)


def _signs(row: Row) -> tuple[str, ...]:
    """Return a row's texts made plain, without the numbers of pages."""
    return tuple("" if is_blank(cell) else _PAGE.sub("", plain(cell)) for cell in row)
