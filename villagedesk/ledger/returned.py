"""What bank and books tell differently about pay, proposed for the reconciliation: 退票, 发放失败, 银行先付.

A sheet is booked as a whole; whom the bank could not pay, or whose money came back (退票), is still on the account until
the bank says that it was paid again (补发). Nothing is stored: the accountant keeps, changes or strikes each item.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from villagedesk.kernel.dates import Period
from villagedesk.kernel.records import Row
from villagedesk.ledger.model import Uncashed, UncashedSide
from villagedesk.payments.model import PayrollKind
from villagedesk.payroll.names import veiled
from villagedesk.storage.desk import Desk

_MOST_ALONE, _MOST_NAMED = 4, 3
"""More people than this of one sheet and day are one item, which names the first of them."""


@dataclass(frozen=True, slots=True)
class _Told:
    """The bank's last word of a pay line on a day: of which sheet, what it was, to whom, how much."""

    sheet_id: str
    title: str
    told_on: date
    name: str
    amount_fen: int
    word: str


def proposed_items(desk: Desk, day: date) -> list[Uncashed]:
    """Return what of the pay bank and books tell differently at the end of a day, sheet by sheet, oldest first.

    Names are veiled and accounts shown by their last four: an item travels in the open, a pay line does not.
    """
    about = {"office": desk.office_id, "day": day.isoformat()}
    back = [_told(row, _WORDS[row["outcome"]]) for row in desk.rows(_BACK, about)]
    ahead = [_told(row, "银行已发，账上还没有入账") for row in desk.rows(_AHEAD, about)]
    return [*_items(UncashedSide.BOOKS_OUT, back), *_items(UncashedSide.BANK_OUT, ahead)]


def _items(side: UncashedSide, told: Iterable[_Told]) -> Iterator[Uncashed]:
    """Yield an item for each person; for many of one sheet and day, of whom the same was said, one for all."""

    def sheet_and_day(one: _Told) -> tuple[date, str, str]:
        return one.told_on, one.sheet_id, one.word

    for (since, _, word), group in groupby(sorted(told, key=sheet_and_day), sheet_and_day):
        some = list(group)
        if len(some) <= _MOST_ALONE:
            for one in some:
                what = f"{one.title}{word}：{one.name}"
                yield Uncashed(side=side, what=what, since=since, amount_fen=one.amount_fen)
            continue
        names = "、".join(one.name for one in some[:_MOST_NAMED])
        what = f"{some[0].title}{word}：{names}等{len(some)}人"
        yield Uncashed(side=side, what=what, since=since, amount_fen=sum(one.amount_fen for one in some))


def _told(row: Row, word: str) -> _Told:
    return _Told(
        row["sheet"],
        f"{Period.parse(row['period']).label}{PayrollKind(row['kind']).label}",
        date.fromisoformat(row["told_on"]),
        veiled(row["name"], row["account"]),
        row["amount_fen"],
        word,
    )


_WORDS = {"failed": "没有发成，待补发", "bounced": "退票，待补发"}

_LAST_WORDS = """
    SELECT p.id AS sheet, p.period, p.kind, b.name, b.account, b.amount_fen, a.outcome, a.told_on
      FROM bank_answers a JOIN batch_lines b ON b.id = a.batch_line_id
      JOIN payroll_lines l ON l.id = b.payroll_line_id JOIN payrolls p ON p.id = l.payroll_id
     WHERE a.village_id = :office AND a.told_on <= :day
       AND NOT EXISTS (SELECT 1 FROM batch_lines y JOIN bank_answers x ON x.batch_line_id = y.id
                        WHERE y.payroll_line_id = l.id AND x.rowid > a.rowid AND x.told_on <= :day)"""
_POSTED = """SELECT c.payroll_id FROM claims c JOIN vouchers v ON v.claim_id = c.id AND v.reverses_id IS NULL
                     WHERE c.payroll_id IS NOT NULL AND v.posted_on <= :day"""
"""The sheets that were posted: asked once for all lines, as nothing finds a sheet's claim by an index."""
_STILL_POSTED = f"""{_POSTED}
                       AND NOT EXISTS (SELECT 1 FROM vouchers r WHERE r.reverses_id = v.id AND r.posted_on <= :day)"""
_LIVING = """SELECT payroll_id FROM claims
                    WHERE payroll_id IS NOT NULL AND state NOT IN ('refused', 'withdrawn')"""
_BACK = f"""{_LAST_WORDS} AND a.outcome IN ('failed', 'bounced') AND p.id IN ({_STILL_POSTED})
     ORDER BY a.told_on, a.rowid"""
_AHEAD = f"""{_LAST_WORDS} AND a.outcome = 'paid' AND p.id IN ({_LIVING}) AND p.id NOT IN ({_POSTED})
     ORDER BY a.told_on, a.rowid"""
