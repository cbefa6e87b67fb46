"""What a desk remembers holds as long as what it was read from, and no longer."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from villagedesk.kernel.errors import StaleRecord
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.memory import Memory
from villagedesk.village.model import Fund, Household

CHEN = Household(number="0001", head_name="陈一", team="一组")
STATEMENTS = [
    "SELECT count(*) FROM claims",
    "SELECT max(rowid) FROM vouchers",
    "SELECT spent_on FROM claims WHERE village_id = 'x' ORDER BY spent_on",
    "SELECT name FROM projects p WHERE EXISTS (SELECT 1 FROM claims WHERE project_id = p.id)",
    "SELECT f.id, (SELECT sum(amount_fen) FROM arrivals WHERE fund_id = f.id) FROM funds f",
    "WITH v AS (SELECT * FROM vouchers) SELECT * FROM v LEFT JOIN reviews r ON r.subject_id = v.claim_id",
    "SELECT name FROM people UNION ALL SELECT name FROM officers ORDER BY 1",
    "SELECT c.id FROM json_each('[1]') CROSS JOIN claims c ON c.rowid = json_each.value",
    "WITH RECURSIVE p (x) AS (SELECT min(payee) FROM claims UNION ALL SELECT payee FROM past_expenses, p) SELECT * FROM p",
    "SELECT 1",
]
steps = st.lists(
    st.tuples(st.sampled_from(["house", "fund"]), st.sampled_from(["here", "elsewhere", "lost", "asked", "midway"])),
    max_size=10,
)


@pytest.mark.parametrize("sql", STATEMENTS)
def test_an_answer_knows_its_tables_as_sqlite_names_them(plain_desk: Desk, sql: str) -> None:
    memory = Memory(plain_desk.rows)
    memory._noted = set()
    memory.note(sql, [])
    assert memory._noted == _named_by_sqlite(plain_desk, sql)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(steps)
def test_an_answer_is_always_what_asking_anew_would_give(plain_desk: Desk, steps: list[tuple[str, str]]) -> None:
    with plain_desk.sibling() as other:
        for kind, what in steps:
            if what == "elsewhere":
                _write(other, kind)
            elif what == "lost":
                with pytest.raises(ZeroDivisionError):
                    _write(plain_desk, kind, _lose)
            elif what == "midway":
                _write(plain_desk, kind, lambda: _is_true(plain_desk))
            elif what == "here":
                _write(plain_desk, kind)
            _is_true(plain_desk)
        _is_true(other)


def test_only_what_was_read_from_a_table_falls_with_it(plain_desk: Desk) -> None:
    asked: list[str] = []
    for kind in ("house", "fund", "fund"):
        _write(plain_desk, kind)
        assert plain_desk.unchanged("around", lambda: _houses(plain_desk, asked.append)) == 1
    assert asked == ["houses"], "what is written elsewhere leaves it alone, and what was made of it"


def test_an_answer_made_of_answers_falls_with_each_of_them(plain_desk: Desk) -> None:
    _write(plain_desk, "house")
    assert _houses_and_funds(plain_desk) == (1, 0)
    assert _houses(plain_desk) == 1
    _write(plain_desk, "fund")
    assert _houses_and_funds(plain_desk) == (1, 1)
    _write(plain_desk, "house")
    assert _houses_and_funds(plain_desk) == (2, 1)


def test_what_was_read_within_a_change_is_not_read_again_to_be_changed(plain_desk: Desk) -> None:
    with plain_desk.change("village.household.added") as change:
        house = change.put(CHEN)
    said: list[str] = []
    plain_desk._writing.set_trace_callback(said.append)
    with plain_desk.change("village.household.changed") as change:
        read = plain_desk.get(Household, house.id)
        change.put(replace(read, head_name="陈二"))
        assert plain_desk.get(Household, house.id).head_name == "陈二"
    plain_desk._writing.set_trace_callback(None)
    assert sum(line.startswith("SELECT * FROM households") for line in said) == 2, "once before and once after"
    assert {line for line in said if line.startswith("UPDATE")} == {
        f"UPDATE households SET version = 2, head_name = '陈二' WHERE id = '{house.id}'"
    }


def test_an_old_record_is_stale_though_a_newer_one_is_remembered(plain_desk: Desk) -> None:
    with plain_desk.change("village.household.added") as change:
        old = change.put(CHEN)
        new = change.put(replace(old, head_name="陈二"))
    with pytest.raises(StaleRecord):
        _overwrite(plain_desk, new, replace(old, head_name="陈三"))
    assert plain_desk.get(Household, old.id) == new


def _overwrite(desk: Desk, stored: Household, fresh: Household) -> None:
    with desk.change("village.household.changed") as change:
        assert desk.get(Household, fresh.id) == stored
        change.put(fresh)


def _named_by_sqlite(desk: Desk, sql: str) -> set[str]:
    """Return the tables SQLite asks leave to read."""
    named: set[str] = set()

    def leave(action: int, table: str | None, column: str | None, *_: object) -> int:
        del column
        if action == sqlite3.SQLITE_READ and table and table not in ("sqlite_master", "json_each", "v", "p"):
            named.add(table)
        return sqlite3.SQLITE_OK

    with closing(sqlite3.connect(desk.folder / FILE_NAME)) as connection:
        connection.set_authorizer(leave)
        connection.execute(sql)
    return named


def _write(desk: Desk, kind: str, then: Callable[[], object] = lambda: None) -> None:
    with desk.change("x") as change:
        number = str(desk.tip()[0])
        change.put(
            replace(CHEN, number=number) if kind == "house" else Fund(year=2026, source=f"来源{number}", planned_fen=0)
        )
        then()


def _lose() -> None:
    raise ZeroDivisionError


def _is_true(desk: Desk) -> None:
    houses, funds = (desk.value(f"SELECT count(*) FROM {table}") for table in ("households", "funds"))
    assert _houses(desk) == houses
    assert _houses_and_funds(desk) == (houses, funds)


def _houses(desk: Desk, asked: Callable[[str], object] = str) -> int:
    def ask() -> int:
        asked("houses")
        return int(desk.value("SELECT count(*) FROM households"))

    return desk.unchanged("houses", ask)


def _houses_and_funds(desk: Desk) -> tuple[int, int]:
    return desk.unchanged("both", lambda: (_houses(desk), int(desk.value("SELECT count(*) FROM funds"))))
