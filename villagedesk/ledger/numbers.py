"""断号重号检查: whether the numbers of vouchers and receipts run from 1 without gap or double, as the journal saw them.

The journal is the second witness: it holds every entry in the order in which it was written, and it cannot be
rewritten without breaking its links. A number it holds and the book has not was taken out of the book.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from villagedesk.kernel.clock import CHINA
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.ids import least_id
from villagedesk.ledger.figures import Series
from villagedesk.payments.model import Voucher
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival

_SERIES = ((Voucher.series, Voucher.table, "posted_on"), (Arrival.series, Arrival.table, "arrived_on"))


@dataclass(frozen=True, slots=True)
class _Numbered:
    year: int
    number: int
    id: str
    seq: int
    day: str


def number_report(desk: Desk, year: int | None = None, since: date = date.min) -> list[Series]:
    """Return each series of each year (or of one) with all that is wrong with its numbers, the oldest year first.

    ``since`` leaves out the years before that day's, and what the journal holds of records that were made before it.
    """
    found = [one for name, table, day in _SERIES for one in _series(desk, name, table, day, year, since)]
    return sorted(found, key=lambda one: (one.year, one.name))


def _series(desk: Desk, name: str, table: str, day: str, year: int | None, since: date) -> Iterator[Series]:
    made_from = least_id(datetime.combine(since, time.min, CHINA))
    values = {"office": desk.office_id, "year": year, "table": table, "first": since.year, "made_from": made_from}
    rows = desk.rows(
        f"""SELECT t.year, t.number, t.id, coalesce(j.seq, 0) AS seq, t.{day} AS day FROM {table} t
              LEFT JOIN journal j ON j.record_id = t.id AND j.version = 1 AND j.table_name = :table
             WHERE t.village_id = :office AND t.number > 0 AND t.year >= :first AND (:year IS NULL OR t.year = :year)
             ORDER BY t.year, t.number, seq""",
        values,
    )
    lost: dict[int, list[tuple[int, str]]] = {}
    for row in desk.rows(_lost(table), values):
        lost.setdefault(row["year"], []).append((row["number"], row["at"]))
    by_year: dict[int, list[_Numbered]] = {found: [] for found in sorted({*lost, *(row["year"] for row in rows)})}
    for row in rows:
        by_year[row["year"]].append(_Numbered(row["year"], row["number"], row["id"], row["seq"], row["day"]))
    for found, lines in by_year.items():
        numbers = [one.number for one in lines]
        gone = dict(lost.get(found, ()))
        gaps, unlike = tuple(uneven(name, numbers, gone)), tuple(_unlike(name, lines, gone))
        yield Series(name, found, len(lines), min(numbers, default=0), max(numbers, default=0), gaps, unlike)


def _lost(table: str) -> str:
    """Return the SELECT of what the journal says was written and the book has not."""
    return f"""WITH gone AS MATERIALIZED (
                   SELECT record_id FROM journal WHERE record_id >= :made_from AND table_name = :table AND version = 1
                   EXCEPT SELECT id FROM {table} WHERE id >= :made_from),
                 told AS (
                   SELECT json_extract(j.body, '$.year') AS year, json_extract(j.body, '$.number') AS number, j.at,
                          json_extract(j.body, '$.village_id') AS village_id
                     FROM gone CROSS JOIN journal j ON j.record_id = gone.record_id AND j.version = 1
                    WHERE j.table_name = :table AND j.body IS NOT NULL)
               SELECT year, number, at FROM told
                WHERE village_id = :office AND number > 0 AND (:year IS NULL OR year = :year) ORDER BY 1, 2"""


def uneven(name: str, numbers: Sequence[int], lost: Mapping[int, str]) -> Iterator[str]:
    """Yield the gaps and doubles of numbers in order; what the journal knows to be lost is said elsewhere."""
    for before, number in pairwise((0, *numbers)):
        missing = [one for one in range(before + 1, number) if one not in lost]
        if missing:
            said = f"第{missing[0]}号" if len(missing) == 1 else f"第{missing[0]}至{missing[-1]}号"
            yield f"{name}缺{said}（断号），共{len(missing)}个，流水里也没有。"
        if number == before:
            yield f"{name}第{number}号有两份（重号）。"


def _unlike(name: str, lines: Sequence[_Numbered], lost: Mapping[int, str]) -> Iterator[str]:
    """Yield where the journal saw something else: lost numbers, another order, lines it never saw."""
    for number, at in lost.items():
        yield f"{name}第{number}号：流水里记着它（{_day(at)}登记），账里却没有。"
    for before, one in pairwise(lines):
        if before.number < one.number and one.seq and one.seq < before.seq:
            yield f"{name}第{one.number}号在流水里比第{before.number}号登记得早，号数和登记的先后不一致。"
    for one in lines:
        if not one.seq:
            yield f"{name}第{one.number}号：账里有它，流水里没有，不是由程序登记的。"


def _day(at: str) -> str:
    return chinese_date(datetime.fromisoformat(at).date())
