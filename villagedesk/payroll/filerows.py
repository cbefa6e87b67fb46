"""A batch as the rows of the file that was sent: a row for each line, or one for each person with all of theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from villagedesk.payroll.channels import channel
from villagedesk.payroll.model import Batch, BatchLine
from villagedesk.payroll.store import batch_lines
from villagedesk.storage.desk import Desk


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row of the file that was sent, with the lines of the batch it pays: one, or all of a person's."""

    place: int
    name: str
    account: str
    amount_fen: int
    lines: tuple[BatchLine, ...]


def file_rows(desk: Desk, batch: Batch) -> list[SentRow]:
    """Return a batch as the rows of its file, in their order."""
    lines = batch_lines(desk, batch.id)
    return sent_rows(lines, _whose(desk, batch) if channel(batch.channel).one_row_each else {})


def sent_rows(lines: Sequence[BatchLine], whose: Mapping[str, str]) -> list[SentRow]:
    """Return a batch's lines as rows; lines that are ``whose`` (by id) the same are one row."""
    rows: dict[str, list[BatchLine]] = {}
    for line in lines:
        rows.setdefault(whose.get(line.id, line.id), []).append(line)
    return [
        SentRow(place, of[0].name, of[0].account, sum(line.amount_fen for line in of), tuple(of))
        for place, of in enumerate(rows.values(), 1)
    ]


def _whose(desk: Desk, batch: Batch) -> dict[str, str]:
    """Return who is paid by each line of a batch, by the line's id."""
    rows = desk.rows(
        """SELECT b.id, l.person_id FROM batch_lines b JOIN payroll_lines l ON l.id = b.payroll_line_id
            WHERE b.batch_id = ?""",
        [batch.id],
    )
    return {row[0]: row[1] for row in rows}
