"""What a village's package would bring that rests on words the township never said."""

from collections.abc import Iterator, Mapping, Sequence

from villagedesk.exchange.intake import columns_of
from villagedesk.exchange.travelling import TravelledEntry
from villagedesk.kernel.records import Value
from villagedesk.ledger.model import Closing, Reopening
from villagedesk.oversight.unfounded import Unfounded, doubt_claim, doubt_reopening
from villagedesk.payments.model import Claim, Voucher
from villagedesk.storage.desk import Desk

_Rows = Mapping[tuple[str, Value], dict[str, Value]]
_IS_PAID = "SELECT 1 FROM vouchers WHERE claim_id = ? AND reverses_id IS NULL"


def doubts_in(desk: Desk, entries: Sequence[TravelledEntry]) -> tuple[str, ...]:
    """Return in words each grant that the entries speak of and that this township's own books do not hold."""
    later = {table: _defaults(desk, table) for table in (Claim.table, Reopening.table)}
    last: dict[tuple[str, Value], dict[str, Value]] = {
        (entry.table, entry.record_id): {**later.get(entry.table, {}), **entry.row}
        for entry in entries
        if entry.row is not None
    }
    found = [*_claims(desk, last), *_reopenings(desk, last)]
    return tuple(one.words for one in found if one)


def _claims(desk: Desk, last: _Rows) -> Iterator[Unfounded | None]:
    paid = {row["claim_id"] for (table, _), row in last.items() if table == Voucher.table}
    named = dict.fromkeys([*(record_id for table, record_id in last if table == Claim.table), *paid])
    for claim_id in named:
        row = _row(desk, last, Claim.table, claim_id)
        is_paid = claim_id in paid or desk.value(_IS_PAID, [claim_id]) is not None
        if row is not None:
            yield doubt_claim(desk, Claim.from_row(row), is_paid=is_paid)


def _reopenings(desk: Desk, last: _Rows) -> Iterator[Unfounded | None]:
    for (table, _), row in last.items():
        closing = _row(desk, last, Closing.table, row["closing_id"]) if table == Reopening.table else None
        if closing is not None:
            yield doubt_reopening(desk, row, str(closing["month"]))


def _defaults(desk: Desk, table: str) -> dict[str, Value]:
    """Return what stands in the columns that an older program does not write."""
    return {column.name: column.default for column in columns_of(desk, table) if column.default is not None}


def _row(desk: Desk, last: _Rows, table: str, record_id: Value) -> dict[str, Value] | None:
    """Return a record as it would stand, None when it is neither here nor among what comes."""
    if coming := last.get((table, record_id)):
        return coming
    rows = desk.rows(f"SELECT * FROM {table} WHERE id = ?", [record_id])  # noqa: S608
    return dict(rows[0]) if rows else None
