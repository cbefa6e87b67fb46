"""Saving payments for good, one by one: the use-case on large books, beside bare commits of the same rows.

The bare file is a copy of the same books with the same indexes, without a guard. Whoever commits there knows each row
beforehand, asks nothing and checks nothing; both write ahead (WAL) with one flush a payment (synchronous=FULL).

How many times as long a payment takes depends on what a flush takes: a disk that acknowledges in a tenth of a
millisecond, a server's with a battery, leaves nothing but the program on the scales. So the same is measured once more
with every commit, the bare ones too, waiting as much longer as an office computer's disk does.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.books import ACCOUNTANT, act, books, copied
from benchmarks.figures import Figure, ratio, seconds, side_by_side
from villagedesk.payments import usecases
from villagedesk.payments.model import ClaimState, Voucher
from villagedesk.payments.store import claims_in
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.journal import Entry

WAIT = 0.001
"""Seconds a flush takes on a good solid-state disk without a battery (M. Callaghan, "SSDs, power loss protection and
fsync latency", January 2026: 0.9 ms and more); on a cheap one it takes several, on one that turns some ten."""


def posting(payments: int = 100_000, claims: int = 10_000, stack: int = 100) -> Iterator[Figure]:
    """Post so many granted claims one by one; after each ``stack`` commit the same rows into a bare file beside it.

    A tenth as many follow with a disk that takes ``WAIT`` longer.
    """
    slow = max(claims // 10, stack)
    with (
        copied(books(payments, granted=claims + slow + 2 * stack)) as folder,
        closing(_bare(folder)) as bare,
        Desk.open(folder) as desk,
    ):
        act(desk, ACCOUNTANT)
        granted = iter([claim.id for claim in claims_in(desk, ClaimState.GRANTED)])
        vouchers: list[Voucher] = []

        def post(wait: float) -> float:
            vouchers.clear()
            return sum(
                _durable(lambda: vouchers.append(usecases.post(desk, next(granted))), wait) for _ in range(stack)
            )

        def commit(wait: float) -> float:
            entries = list(desk.entries(desk.tip()[0] - 2 * stack))
            rows = [(entries[2 * place : 2 * place + 2], voucher.row()) for place, voucher in enumerate(vouchers)]
            return sum(_durable(partial(_commit, bare, *row), wait) for row in rows)

        def taken(number: int, wait: float = 0) -> dict[str, list[float]]:
            return side_by_side({"post": partial(post, wait), "bare": partial(commit, wait)}, number // stack)

        quick, late = taken(claims), taken(slow, WAIT)
        flush = median(_flushed(folder / "flush") for _ in range(100))
    each = {name: median(values) / stack * 1000 for name, values in quick.items()}
    beside = f"{claims} posted one by one, durable, on {payments} payments"
    yield Figure("post.claim", each["post"], "ms", f"one claim; {beside}")
    yield Figure("post.bare", each["bare"], "ms", "the same rows and indexes, bare, WAL, FULL")
    yield Figure("post.flush", flush * 1000, "ms", "of either what this disk takes to flush")
    yield Figure(
        "post.ratio", ratio(quick["post"], quick["bare"]), "times", "rules, chain, guards over bare, on this disk"
    )
    yield Figure(
        "post.ratio_office",
        ratio(late["post"], late["bare"]),
        "times",
        f"the same with a disk that takes {WAIT * 1000:g} ms longer to flush, either way; at most 1.6",
    )
    yield Figure("post.whole", sum(quick["post"]), "s", f"all of them; bare {sum(quick['bare']):.3g} s")


def _durable(act: Callable[[], object], wait: float) -> float:
    """Return the seconds that an act and a flush that takes so much longer take."""

    def both() -> None:
        act()
        if wait:
            time.sleep(wait)

    return seconds(both)


def _flushed(file: Path) -> float:
    """Return the seconds that a block takes to the disk."""
    with file.open("ab") as opened:
        opened.write(bytes(4096))
        opened.flush()
        return seconds(partial(os.fsync, opened.fileno()))


def _bare(folder: Path) -> sqlite3.Connection:
    """Copy the books' file before it is opened, and take its guards away."""
    file = Path(shutil.copy(folder / FILE_NAME, folder / "bare.sqlite"))
    connection = sqlite3.connect(file, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _commit(bare: sqlite3.Connection, entries: Sequence[Entry], voucher: Mapping[str, Any]) -> None:
    claim = entries[0]
    bare.execute("BEGIN IMMEDIATE")
    for entry in entries:
        values = (
            entry.seq, entry.at, entry.actor, entry.action, entry.reason, entry.table_name, entry.record_id,
            entry.version, entry.body, entry.digest, entry.link,
        )  # fmt: skip
        bare.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    bare.execute("UPDATE claims SET state = 'paid', version = ? WHERE id = ?", (claim.version, claim.record_id))
    marks = ", ".join(f":{column}" for column in voucher)
    bare.execute(f"INSERT INTO vouchers ({', '.join(voucher)}) VALUES ({marks})", voucher)
    bare.execute("COMMIT")
