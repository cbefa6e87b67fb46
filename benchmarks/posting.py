"""Saving one payment for good: the use-case on large books, beside a bare SQLite commit that is as durable."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from benchmarks.books import ACCOUNTANT, act, books, copied
from benchmarks.figures import Figure, ratio, seconds, side_by_side
from villagedesk.payments import usecases
from villagedesk.payments.model import ClaimState
from villagedesk.payments.store import claims_in
from villagedesk.storage.desk import Desk


def posting(payments: int = 100_000, claims: int = 200) -> Iterator[Figure]:
    """Post so many granted claims one by one, each with a commit of the same rows into a bare file beside it."""
    with copied(books(payments)) as folder, Desk.open(folder) as desk, closing(_bare(folder)) as bare:
        act(desk, ACCOUNTANT)
        granted = iter(claims_in(desk, ClaimState.GRANTED)[: claims + 1])
        rows: list[str] = []

        def post() -> float:
            claim = next(granted)
            before, _, _ = desk.tip()
            taken = seconds(lambda: usecases.post(desk, claim.id))
            rows[:] = [json.dumps(entry.head()) + (entry.body or "") for entry in desk.entries(before)]
            return taken

        def commit() -> float:
            return seconds(lambda: _commit(bare, rows))

        taken = side_by_side({"post": post, "bare": commit}, claims)
    beside = f"{len(rows)} entries and their records, on {payments} payments"
    yield Figure("post.claim", median(taken["post"]) * 1000, "ms", f"one claim posted, durable; {beside}")
    yield Figure("post.bare", median(taken["bare"]) * 1000, "ms", "the same rows in a bare SQLite file, WAL, FULL")
    yield Figure("post.ratio", ratio(taken["post"], taken["bare"]), "times", "rules, chain and guards over bare")


def _bare(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY, body TEXT) STRICT")
    connection.execute("CREATE TABLE records (seq INTEGER PRIMARY KEY, body TEXT) STRICT")
    return connection


def _commit(connection: sqlite3.Connection, rows: list[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table in ("entries", "records"):
        connection.executemany(f"INSERT INTO {table} (body) VALUES (?)", [(row,) for row in rows])
    connection.execute("COMMIT")
