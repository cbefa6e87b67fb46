"""A batch as the rows of the file that was sent: a row for each line, or one for each person with all of theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagedesk.payroll.model import BatchLine


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row of the file that was sent, with the lines of the batch it pays: one, or all of a person's."""

    place: int
    name: str
    account: str
    amount_fen: int
    lines: tuple[BatchLine, ...]


def sent_rows(lines: Sequence[BatchLine], whose: Mapping[str, str]) -> list[SentRow]:
    """Return a batch's lines as rows; lines that are ``whose`` (by id) the same are one row."""
    rows: dict[str, list[BatchLine]] = {}
    for line in lines:
        rows.setdefault(whose.get(line.id, line.id), []).append(line)
    return [
        SentRow(place, of[0].name, of[0].account, sum(line.amount_fen for line in of), tuple(of))
        for place, of in enumerate(rows.values(), 1)
    ]
