"""Where money moved, in SQL: one SELECT for each kind of record, told apart by the last digit of a key.

A key is rowid * 8 + kind. Each SELECT gives key, day, place (the order within a day: what comes before what goes),
number and moved_fen (more or less, in the book that is asked for).
"""

from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """What record a line of a book stands for."""

    OPENING = 0
    ARRIVAL = 1
    CASH_MOVE = 2
    HANDED_BACK = 3
    ADVANCE = 4
    VOUCHER = 5
    CARRIED = 6


KINDS = 8

SETTLED = """coalesce((SELECT amount_fen FROM settlements WHERE voucher_id = coalesce(v.reverses_id, v.id)), 0)"""
"""What of voucher ``v`` an advance had paid already; of a red one, what the advance owes again."""

_PAID = f"(v.amount_fen - CASE WHEN v.reverses_id IS NULL THEN {SETTLED} ELSE -{SETTLED} END)"
_IN_CASH = "v.claim_id IN (SELECT id FROM claims WHERE village_id = :office AND pay_way = 'cash')"
_BETWEEN = "village_id = :office AND {0} BETWEEN :first AND :last"


@dataclass(frozen=True, slots=True)
class Habits:
    """What a village does at all: pays in cash, settles advances. What it never does need not be asked line by line."""

    pays_cash: bool
    settles: bool


def bank(habits: Habits) -> str:
    """Return the SELECT of all that moved money in the bank from ``:first`` to ``:last``."""
    not_cash = f" AND NOT {_IN_CASH}" if habits.pays_cash else ""
    return " UNION ALL ".join(
        (
            _opening(f"{_BETWEEN.format('opened_on')} AND from_fund_id IS NULL"),
            _arrival(_BETWEEN.format("arrived_on")),
            _cash_move("deposited"),
            *_box("transfer"),
            _voucher(f"{_BETWEEN.format('posted_on')}{not_cash}", _paid(habits)),
        )
    )


def cash(habits: Habits) -> str:
    """Return the SELECT of all that moved money in the cash box from ``:first`` to ``:last``."""
    return " UNION ALL ".join(
        (
            _cash_move("withdrawn"),
            *_box("cash"),
            _voucher(f"{_BETWEEN.format('posted_on')} AND {_IN_CASH}", _paid(habits)),
        )
    )


def fund() -> str:
    """Return the SELECT of all that moved money of the fund ``:fund`` from ``:first`` to ``:last``."""
    of_fund = "fund_id = :fund AND {0} BETWEEN :first AND :last"
    return " UNION ALL ".join(
        (
            _opening(of_fund.format("opened_on")),
            _arrival(of_fund.format("arrived_on")),
            _voucher(of_fund.format("posted_on"), "-v.amount_fen"),
            f"""SELECT rowid * {KINDS} + {Kind.CARRIED}, opened_on, 8, 0, -amount_fen FROM openings
                 WHERE from_fund_id = :fund AND opened_on BETWEEN :first AND :last""",
        )
    )


def project() -> str:
    """Return the SELECT of all that was paid for the project ``:project`` from ``:first`` to ``:last``."""
    return _voucher("project_id = :project AND posted_on BETWEEN :first AND :last", "v.amount_fen")


def payee() -> str:
    """Return the SELECT of all that was paid to ``:payee`` from ``:first`` to ``:last``."""
    return _voucher(f"{_BETWEEN.format('posted_on')} AND payee = :payee", "v.amount_fen")


def _paid(habits: Habits) -> str:
    """What a voucher moved out of its book: not what an advance had paid already."""
    return f"-{_PAID}" if habits.settles else "-v.amount_fen"


def _opening(where: str) -> str:
    return (
        f"SELECT rowid * {KINDS} + {Kind.OPENING} AS key, opened_on AS day, 0 AS place, 0 AS number, "
        f"amount_fen AS moved_fen FROM openings WHERE {where}"
    )


def _arrival(where: str) -> str:
    return (
        f"SELECT rowid * {KINDS} + {Kind.ARRIVAL}, arrived_on, CASE WHEN amount_fen > 0 THEN 1 ELSE 5 END, number, "
        f"amount_fen FROM arrivals WHERE {where}"
    )


def _cash_move(coming: str) -> str:
    """Money that goes between bank and cash box; of the kind ``coming`` it comes into this book."""
    comes = f"kind = '{coming}'"
    return (
        f"SELECT rowid * {KINDS} + {Kind.CASH_MOVE} AS key, moved_on AS day, CASE WHEN {comes} THEN 2 ELSE 7 END "
        f"AS place, 0 AS number, CASE WHEN {comes} THEN amount_fen ELSE -amount_fen END AS moved_fen "
        f"FROM cash_moves WHERE {_BETWEEN.format('moved_on')}"
    )


def _box(pay_way: str) -> tuple[str, str]:
    """Advances given and handed back this way."""
    back = f"{_BETWEEN.format('settled_on')} AND voucher_id IS NULL AND pay_way = '{pay_way}'"
    given = f"{_BETWEEN.format('given_on')} AND pay_way = '{pay_way}'"
    return (
        f"SELECT rowid * {KINDS} + {Kind.HANDED_BACK}, settled_on, 3, 0, amount_fen FROM settlements WHERE {back}",
        f"SELECT rowid * {KINDS} + {Kind.ADVANCE}, given_on, 4, 0, -amount_fen FROM advances WHERE {given}",
    )


def _voucher(where: str, moved: str) -> str:
    """Vouchers were stored in the order of their numbers: by rowid the index of days alone answers."""
    return (
        f"SELECT v.rowid * {KINDS} + {Kind.VOUCHER} AS key, v.posted_on AS day, 6 AS place, v.rowid AS number, "
        f"{moved} AS moved_fen FROM vouchers v WHERE {where}"
    )
