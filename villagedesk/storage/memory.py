"""What a desk remembers of what it read: an answer holds until a table it was read from is written, by whomever.

Nobody says which tables an answer comes from: SQLite is asked which ones its statements open. An answer about a table
whose rows are only ever added is not forgotten but carried on, by the rows that came.
"""

import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

V = TypeVar("V")
Carry = Callable[[V, Sequence[sqlite3.Row]], V]

_KEPT = 256
"""Answers kept; the one that was not asked for longest goes."""
_FEW = 1000
"""Rows up to which answers about a growing table are carried on instead of asked anew."""
_STATEMENTS = 1024
"""Statements whose tables are known."""
_ANY = ""
"""The table of an answer that was read from none: it holds until anything is written."""


class _Growth:
    """What is remembered of a table that grows: the last row seen, and each answer with what carries it on."""

    __slots__ = ("answers", "is_behind", "seen")

    def __init__(self, seen: int) -> None:
        self.seen = seen
        self.answers: dict[Hashable, tuple[Any, Carry[Any]]] = {}
        self.is_behind = False


class Memory:
    """The answers one desk remembers. It is told what is written, and at which ``seq`` the journal stands."""

    def __init__(self, rows: Callable[[str, Sequence[Any]], list[sqlite3.Row]]) -> None:
        self.seq = 0
        self._rows = rows
        self._answers: OrderedDict[Hashable, tuple[object, frozenset[str]]] = OrderedDict()
        self._from: defaultdict[str, set[Hashable]] = defaultdict(set)
        self._growths: dict[str, _Growth] = {}
        self._tables: dict[str, frozenset[str]] = {}
        self._noted: set[str] | None = None
        self._times_forgotten = 0

    # Asking

    def answer(self, key: Hashable, ask: Callable[[], V]) -> V:
        """Return what ``ask`` returned for a key when nothing it read has been written since; else ask."""
        known: Any = self._answers.get(key)
        if known is None:
            known = self._asked(key, ask)
        else:
            self._answers.move_to_end(key)
        if self._noted is not None:
            self._noted |= known[1]
        return known[0]  # type: ignore[no-any-return]

    def known(self, key: Hashable) -> Any:
        """Return the answer that is remembered for a key, None when there is none."""
        return self._answers.get(key, (None,))[0]

    def grown(self, table: str, key: Hashable, ask: Callable[[int], V], carry: Carry[V]) -> V:
        """Return an answer about all rows of a table that only grows.

        ``ask`` answers for the rows up to a rowid; ``carry`` makes of an answer and the rows after it, in order, the
        next one.
        """
        noted, self._noted = self._noted, None  # whatever is read on the way, the answer comes from this table
        try:
            growth = self._growths.get(table)
            if growth is None or growth.is_behind:
                growth = self._caught_up(table, growth)
            if key not in growth.answers:
                growth.answers[key] = ask(growth.seen), carry
            return growth.answers[key][0]  # type: ignore[no-any-return]
        finally:
            self._noted = noted
            if noted is not None:
                noted.add(table)

    def note(self, sql: str, values: Sequence[Any] | dict[str, Any]) -> None:
        """Take note that an answer under way reads by this statement."""
        if self._noted is None:
            return
        if sql not in self._tables:
            if len(self._tables) == _STATEMENTS:
                self._tables.clear()
            noted, self._noted = self._noted, None  # to find that out is no part of the answer
            try:
                self._tables[sql] = self._opened_by(sql, values)
            finally:
                self._noted = noted
        self._noted |= self._tables[sql]

    # Forgetting

    def written(self, table: str) -> None:
        """Forget what was read from a table and from the journal, and what was read from none."""
        self._times_forgotten += 1
        for name in (table, "journal", _ANY):
            for key in self._from.pop(name, ()):
                self._answers.pop(key, None)
        if table in self._growths:
            self._growths[table].is_behind = True

    def lost(self, table: str) -> None:
        """Forget all about a table whose rows were written and taken back."""
        self.written(table)
        self._growths.pop(table, None)

    def stands_at(self, seq: int) -> None:
        """Forget all answers when the journal does not stand where it last stood: somebody else has written."""
        if seq == self.seq:
            return
        self.seq = seq
        self._times_forgotten += 1
        self._answers.clear()
        self._from.clear()
        for growth in self._growths.values():
            growth.is_behind = True

    def _asked(self, key: Hashable, ask: Callable[[], object]) -> tuple[object, frozenset[str]]:
        outer, self._noted = self._noted, set()
        before = self._times_forgotten
        try:
            value = ask()
            found = value, frozenset(self._noted or {_ANY})
        finally:
            self._noted = outer
        if before == self._times_forgotten:  # else what was read first is old already
            self._answers[key] = found
            for table in found[1]:
                self._from[table].add(key)
            if len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        return found

    def _caught_up(self, table: str, growth: _Growth | None) -> _Growth:
        self._growths.pop(table, None)  # nothing half carried on stays when a row cannot be read
        sql = f"SELECT rowid, * FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?"
        rows = self._rows(sql, [growth.seen, _FEW + 1]) if growth else []
        if growth is None or len(rows) > _FEW:
            growth = _Growth(self._rows(f"SELECT coalesce(max(rowid), 0) FROM {table}", [])[0][0])
        elif rows:
            growth.answers = {key: (carry(known, rows), carry) for key, (known, carry) in growth.answers.items()}
            growth.seen = rows[-1]["rowid"]
        growth.is_behind = False
        self._growths[table] = growth
        return growth

    def _opened_by(self, sql: str, values: Sequence[Any] | dict[str, Any]) -> frozenset[str]:
        """Return the tables a SELECT opens, or opens an index of."""
        names = dict(tuple(row) for row in self._rows("SELECT rootpage, tbl_name FROM sqlite_master", []))
        steps = self._rows(f"EXPLAIN {sql}", values)  # type: ignore[arg-type]
        return frozenset(names[step["p2"]] for step in steps if step["opcode"] == "OpenRead" and step["p2"] in names)
