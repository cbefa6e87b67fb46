"""What is recorded stays: every way SQLite knows to write over a row is refused, on every table, by every program."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from villagedesk.kernel.canonical import canonical
from villagedesk.kernel.errors import FrozenRecord
from villagedesk.storage import journal, schema
from villagedesk.storage.desk import FILE_NAME, Desk

OUTSIDE = "这本账只能通过程序登记，不能直接改动。"
OVER = "已有的记录不能被覆盖。"
AS_IT_WAS = "at, actor, action, reason, table_name"
NEW_ID = "-new"
WAY_BACK = "要更正，请用冲销、作废或更正公告。"

with closing(schema.fresh()) as _fresh:
    RULES = schema.table_rules(_fresh)
FROZEN = sorted(name for name, rule in RULES.items() if rule.frozen_when)

each_table = pytest.mark.parametrize("table", sorted(RULES))
each_frozen_table = pytest.mark.parametrize("table", FROZEN)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory, templates: Path) -> Iterator[sqlite3.Connection]:
    """A program that knows nothing of us, on a file with a recorded row in every table."""
    file = tmp_path_factory.mktemp("stranger") / FILE_NAME
    file.write_bytes((templates / "满村" / FILE_NAME).read_bytes())
    with closing(_stranger(file)) as connection:
        yield connection


@each_table
def test_a_stranger_can_write_over_no_row(stranger: sqlite3.Connection, table: str) -> None:
    before = _contents(stranger, table)
    row = dict(before[0])
    spoken = set()
    for sql, values in _overwritings(stranger, table, row):
        with pytest.raises(sqlite3.IntegrityError) as refused:
            stranger.execute(sql, values)
        assert refused.value.sqlite_errorname == "SQLITE_CONSTRAINT_TRIGGER", sql
        spoken.add(str(refused.value))
    assert spoken <= {OUTSIDE, OVER, RULES[table].reason + WAY_BACK}
    assert _contents(stranger, table) == before


@each_frozen_table
def test_not_even_the_program_can_write_over_what_is_recorded(full_desk: Desk, table: str) -> None:
    connection = full_desk._connection
    row = dict(connection.execute(f"SELECT * FROM {table}").fetchone())
    fixed = [name for name in row if name not in {"id", "version"} | RULES[table].moving]
    with pytest.raises(FrozenRecord, match=RULES[table].reason), full_desk.change("test.row.altered") as change:
        change.write(table, row | {"version": row["version"] + 1, fixed[0]: _other(row[fixed[0]])})
    with pytest.raises(FrozenRecord, match=RULES[table].reason), full_desk.change("test.row.erased") as change:
        change.erase(table, row["id"], row["version"] + 1)


@each_table
def test_a_forged_entry_opens_no_way_to_replace_a_row(stranger: sqlite3.Connection, table: str) -> None:
    """Somebody who adds a fitting journal entry first still cannot lay a row over another one."""
    row = dict(stranger.execute(f"SELECT * FROM {table}").fetchone())
    stranger.execute("BEGIN")
    for sql, values in _replacings(stranger, table, row):
        if not values["id"].endswith(NEW_ID):
            values["version"] += 100
        _forge_entry(stranger, table, values)
        with pytest.raises(sqlite3.IntegrityError, match=OVER):
            stranger.execute(sql, values)
    stranger.execute("ROLLBACK")


@pytest.mark.parametrize("key", ["name", "rowid"])
def test_a_forged_entry_opens_no_way_to_move_a_row_onto_another(stranger: sqlite3.Connection, key: str) -> None:
    one, other = (dict(row) for row in stranger.execute("SELECT rowid, * FROM officers LIMIT 2").fetchall())
    row = {name: value for name, value in one.items() if name != "rowid"}
    stranger.execute("BEGIN")
    _forge_entry(stranger, "officers", row | {"version": row["version"] + 1})
    update = f"UPDATE OR REPLACE officers SET {key} = ?, version = version + 1 WHERE id = ?"
    with pytest.raises(sqlite3.IntegrityError, match=OVER):
        stranger.execute(update, (other[key], one["id"]))
    stranger.execute("ROLLBACK")


def test_a_stranger_can_add_no_row_without_an_entry(stranger: sqlite3.Connection) -> None:
    row = dict(stranger.execute("SELECT * FROM households").fetchone()) | {"id": "new", "number": "0002"}
    with pytest.raises(sqlite3.IntegrityError, match=OUTSIDE):
        stranger.execute(*_insert("households", row))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET reason = 'x'",
        "UPDATE journal SET seq = seq + 100",
        "UPDATE OR REPLACE journal SET seq = 1 WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 1",
        "REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
        "INSERT INTO journal SELECT * FROM journal WHERE seq = 1 ON CONFLICT DO UPDATE SET reason = 'x'",
        f"INSERT OR REPLACE INTO journal SELECT max(seq) + 1, {AS_IT_WAS}, record_id, version, body, digest, link FROM journal",
        f"INSERT OR REPLACE INTO journal SELECT max(seq) + 2, {AS_IT_WAS}, 'another', version, body, digest, link FROM journal",
    ],
)
def test_the_journal_only_grows_at_its_end(stranger: sqlite3.Connection, sql: str) -> None:
    before = _contents(stranger, "journal")
    with pytest.raises(sqlite3.IntegrityError, match=r"流水不能改动|不能被覆盖"):
        stranger.execute(sql)
    assert _contents(stranger, "journal") == before


@pytest.mark.parametrize("sql", [
    "UPDATE dictionary SET travels = 'open' WHERE table_name = 'people'",
    "DELETE FROM dictionary WHERE table_name = 'people'",
    "REPLACE INTO dictionary SELECT * FROM dictionary WHERE table_name = 'people'",
])  # fmt: skip
def test_nobody_can_make_the_dictionary_say_something_else(stranger: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="数据字典"):
        stranger.execute(sql)


def test_moving_columns_move_while_the_facts_stand(full_desk: Desk) -> None:
    claim = dict(full_desk.rows("SELECT * FROM claims")[0])
    with full_desk.change("payments.claim.reviewed") as change:
        change.write("claims", claim | {"version": 2, "state": "reviewed"})
    assert full_desk.value("SELECT state FROM claims") == "reviewed"


def test_who_made_a_claim_cannot_review_it(full_desk: Desk) -> None:
    review = dict(full_desk.rows("SELECT * FROM reviews WHERE subject_table = 'claims'")[0])
    forged = review | {"id": "another", "given_by": full_desk.value("SELECT made_by FROM claims")}
    with pytest.raises(FrozenRecord, match="经办人不能审核自己办的事。账没有变动。"), full_desk.change("x") as change:
        change.write("reviews", forged)


def test_nothing_unreviewed_is_posted_or_issued(plain_desk: Desk, full_desk: Desk) -> None:
    for table, sentence in (("vouchers", "一律不得入账"), ("issuances", "一律不得张贴")):
        row = dict(full_desk.rows(f"SELECT * FROM {table}")[0])
        with pytest.raises(FrozenRecord, match=sentence), plain_desk.change("x") as change:
            change.write(table, row)


def _overwritings(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each way to change or remove a stored row that SQLite offers."""
    yield f"DELETE FROM {table}", ()
    yield f"UPDATE {table} SET id = id", ()
    for column, value in row.items():
        yield f"UPDATE {table} SET {column} = ? WHERE id = ?", (_other(value), row["id"])
        yield f"UPDATE OR REPLACE {table} SET {column} = ?, version = version + 1", (_other(value),)
        yield (
            f"{_insert(table, row)[0]} ON CONFLICT DO UPDATE SET {column} = excluded.{column}, version = version + 1",
            row,
        )
    yield _insert(table, row)
    yield from _replacings(connection, table, row)


def _replacings(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each way to lay a row over a stored one: by its id, by another unique key, by its place."""
    yield _insert(table, row, "REPLACE INTO")
    yield _insert(table, row | {"id": row["id"] + NEW_ID}, "INSERT OR REPLACE INTO", "rowid")
    for place, key in enumerate(_unique_keys(connection, table)):
        if any(row[name] is None for name in key):
            continue  # a row without the key lies over none: nothing that it reverses
        changed = {name: value if name in key or name.endswith("_id") else _other(value) for name, value in row.items()}
        yield _insert(table, changed | {"version": 1, "id": f"{place}{NEW_ID}"}, "INSERT OR REPLACE INTO")


def _unique_keys(connection: sqlite3.Connection, table: str) -> list[set[str]]:
    indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
    keys = [{row[2] for row in connection.execute(f"PRAGMA index_info({index[1]})")} for index in indexes if index[2]]
    return [key for key in keys if "id" not in key]


def _insert(table: str, row: dict[str, Any], verb: str = "INSERT INTO", place: str = "") -> tuple[str, dict[str, Any]]:
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    if place:
        columns, marks = f"{place}, {columns}", f"(SELECT min({place}) FROM {table}), {marks}"
    return f"{verb} {table} ({columns}) VALUES ({marks})", row


def _other(value: object) -> object:
    return value + 1 if isinstance(value, int) else f"{value or ''}改"


def _forge_entry(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    seq, link, at = journal.tip(connection)
    entry = journal.Entry(seq + 1, at, "", "forged", "", table, row["id"], row["version"], canonical(row).decode())
    journal.append(connection, journal.linked(entry.head(), entry.body, link))


def _contents(connection: sqlite3.Connection, table: str) -> list[Any]:
    return [dict(row) for row in connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid")]


def _stranger(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection
