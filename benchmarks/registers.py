"""Registers of any length, opened, sorted and searched: claims and vouchers laid into small books without the journal.

A million claims by the one way to change anything would take half an hour. What is measured here only reads, by the same
tables and indexes; the guards stand again before a desk is opened. Such books do not prove themselves.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from shutil import copytree
from statistics import median

from benchmarks.books import books, built, cache
from benchmarks.figures import Figure, ratio
from villagedesk.storage.desk import FILE_NAME
from villagedesk.storage.schema import raise_all_guards

_SMALL = 300
_PAYEES = 400
_FILL = """
    INSERT INTO claims
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :more),
         chosen AS (SELECT i, abs(i * 2654435761 % 4294967291) AS chance FROM n),
         works AS (SELECT row_number() OVER (ORDER BY id) - 1 AS place, id, fund_id, name FROM projects),
         example AS (SELECT * FROM claims WHERE state = 'paid' LIMIT 1)
    SELECT {columns}
      FROM chosen JOIN works ON place = chance % (SELECT count(*) FROM works), example e"""
_MADE = {
    "id": "printf('01F%023d', i)",
    "spent_on": "date('2016-12-01', '+' || (i * 3640 / :more) || ' days')",
    "project_id": "works.id",
    "fund_id": "works.fund_id",
    "payee": f"substr('赵钱孙李周吴郑王冯陈', chance / 7 % 10 + 1, 1) || '收款' || (chance % {_PAYEES})",
    "amount_fen": "5000 + chance % 895000",
    "purpose": "substr(e.spent_on, 6, 2) || '月' || works.name || '第' || (chance % 97 + 1) || '笔'",
    "invoice_number": "printf('%08d', chance % 100000000)",
}
_PAID = """
    INSERT INTO vouchers
    SELECT {columns}
      FROM claims c, (SELECT * FROM vouchers LIMIT 1) e
     WHERE c.state = 'paid' AND NOT EXISTS (SELECT 1 FROM vouchers WHERE claim_id = c.id)"""
_OF_CLAIM = {
    "id": "'V' || substr(c.id, 2)",
    "year": "2016",
    "number": "1000000 + c.rowid",
    "claim_id": "c.id",
    "posted_on": "c.spent_on",
} | {name: f"c.{name}" for name in ("project_id", "fund_id", "payee", "purpose", "amount_fen")}

_HOME = Path(__file__).resolve().parents[1]
_PATIENCE = 120


def leafing(sizes: Sequence[int] = (1_000, 100_000, 1_000_000), rounds: int = 7) -> Iterator[Figure]:
    """Open the page of all claims in a new process, with few, many and very many, in turn; sort, leaf and look for."""
    folders = {size: filled(size) for size in sizes}
    taken: dict[int, list[dict[str, float]]] = {size: [] for size in sizes}
    for turn in range(rounds + 1):
        for size, folder in folders.items():
            found = _leafed(folder)
            if turn:
                taken[size].append(found)
    small, *others = sizes
    for act in taken[small][0]:
        each = {size: [found[act] for found in taken[size]] for size in sizes}
        if act == "peak":
            for size in others:
                more = median(each[size]) - median(each[small])
                yield Figure(f"leaf.memory_{_short(size)}", more, "MB", f"more than for {small} claims; at most 60")
            continue
        yield Figure(f"leaf.{act}_{_short(small)}", median(each[small]), "ms", f"{small} claims, {_SAID[act[:4]]}")
        for size in others:
            beside = f"over {small}; {median(each[size]):.3g} ms{_TARGET.get(act[:4], '')}"
            yield Figure(f"leaf.{act}_ratio_{_short(size)}", ratio(each[size], each[small]), "times", beside)


_SAID = {
    "show": "the page painted",
    "open": "counted and added up too",
    "sort": "sorted by a column, painted",
    "midd": "leapt to the middle, painted",
    "end": "leapt to the end, painted",
    "find": "looked for a text, first hits painted",
    "foun": "all of them found and added up",
}
_TARGET = {"show": "; at most 1.5", "sort": "; at most 1.5"}


def _leafed(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.leafing", str(folder)]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    surroundings |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(cache() / "compiled")}
    ended = subprocess.run(
        command, cwd=_HOME, env=surroundings, stdout=subprocess.PIPE, text=True, timeout=_PATIENCE, check=True
    )
    found: dict[str, float] = json.loads(ended.stdout)
    return found


def _short(count: int) -> str:
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if count >= unit:
            return f"{count // unit}{name}"
    return str(count)


def filled(claims: int) -> Path:
    """Return the folder of a desk whose register has about so many claims, nearly all of them paid."""
    small = books(_SMALL)
    return built(f"filled-{claims}", lambda folder: _fill(small, folder / "青山村", claims), Path(__file__)) / "青山村"


def _fill(small: Path, folder: Path, claims: int) -> None:
    copytree(small, folder)
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        held = connection.execute("SELECT count(*) FROM claims").fetchone()[0]
        connection.execute(_FILL.format(columns=_columns(connection, "claims", _MADE)), {"more": claims - held})
        connection.execute(_PAID.format(columns=_columns(connection, "vouchers", _OF_CLAIM)))
        raise_all_guards(connection)
        connection.execute("COMMIT")


def _columns(connection: sqlite3.Connection, table: str, made: dict[str, str]) -> str:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    return ", ".join(made.get(name, f"e.{name}") for name in names)
