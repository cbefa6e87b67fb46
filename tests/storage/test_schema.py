"""The tables, the dictionary that describes them, and the records that fill them say the same."""

import dataclasses
import importlib
import pkgutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import villagedesk
from villagedesk.kernel.places import own_file
from villagedesk.kernel.records import Record, VillageRecord
from villagedesk.storage import schema
from villagedesk.storage.desk import Desk

NO_RECORDS = {"journal", "dictionary"}
FREEZE = "run scripts/freeze_schema; once this version has left the house, raise it and write a migration instead"


@pytest.fixture
def fresh() -> Iterator[sqlite3.Connection]:
    """An empty desk in memory."""
    with closing(schema.fresh()) as connection:
        yield connection


def test_the_dictionary_describes_every_table(fresh: sqlite3.Connection) -> None:
    names = {row[0] for row in fresh.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in names if not name.startswith("sqlite_")} - NO_RECORDS == set(schema.table_rules(fresh))


def test_the_dictionary_names_columns_that_exist(fresh: sqlite3.Connection) -> None:
    for name, rule in schema.table_rules(fresh).items():
        assert rule.moving | rule.personal <= set(_columns(fresh, name)), name
        assert not rule.moving or rule.frozen_when, f"{name}: nothing moves where nothing is frozen"


def test_what_does_not_travel_has_a_reason_and_what_is_personal_travels_sealed(fresh: sqlite3.Connection) -> None:
    for name, rule in schema.table_rules(fresh).items():
        assert rule.reason.endswith("。"), name
        assert (rule.travels == "sealed") == bool(rule.personal), name


def test_the_dictionary_stands_in_the_order_in_which_tables_refer_to_one_another(fresh: sqlite3.Connection) -> None:
    seen: set[str] = set()
    for name in schema.table_rules(fresh):
        for reference in fresh.execute(f"PRAGMA foreign_key_list({name})").fetchall():
            is_later = fresh.execute(
                "SELECT sql LIKE '%REFERENCES ' || ? || ' (id) DEFERRABLE%' FROM sqlite_master WHERE name = ?",
                (reference[2], name),
            ).fetchone()[0]
            assert reference[2] in seen | {name} or is_later, f"{name} stands before {reference[2]}"
        seen.add(name)


def test_every_table_has_one_record_with_its_columns(fresh: sqlite3.Connection) -> None:
    records = _records()
    assert sorted(record.table for record in records) == sorted(schema.table_rules(fresh))
    for record in records:
        columns = _columns(fresh, record.table)
        assert [field.name for field in dataclasses.fields(record)] == columns, record
        assert issubclass(record, VillageRecord) == ("village_id" in columns), record


def test_a_row_read_back_is_the_record_that_was_stored(full_desk: Desk) -> None:
    for record in _records():
        for found in full_desk.find(record):
            assert record.from_row(found.row()) == found
        assert full_desk.find(record), record.table


def test_the_digest_compared_at_opening_is_that_of_the_declared_schema(fresh: sqlite3.Connection) -> None:
    assert schema.is_declared(fresh), FREEZE


def test_the_schema_of_this_version_is_frozen() -> None:
    frozen = Path(__file__).parents[1] / "data" / f"schema_v{schema.SCHEMA_VERSION}.sql"
    assert frozen.read_bytes() == own_file("db/schema.sql").read_bytes(), FREEZE


def test_the_digest_covers_tables_guards_and_dictionary(fresh: sqlite3.Connection) -> None:
    sound = schema.digest(fresh)
    for altering in (
        "DROP TRIGGER vouchers_update",
        "DROP INDEX claims_by_state",
        "CREATE TABLE extra (a)",
        "DROP TRIGGER dictionary_update",
        "UPDATE dictionary SET travels = 'open' WHERE table_name = 'people'",
    ):
        fresh.execute(altering)
        altered = schema.digest(fresh)
        assert altered != sound, altering
        sound = altered
    fresh.execute("DROP TABLE dictionary")
    assert not schema.is_declared(fresh)


def test_the_file_says_what_it_is(fresh: sqlite3.Connection) -> None:
    assert fresh.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    assert fresh.execute("PRAGMA user_version").fetchone()[0] == schema.SCHEMA_VERSION


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _records() -> list[type[Record]]:
    """Return every record of the program, whatever package it stands in."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(villagedesk.__path__, "villagedesk.")
        if module.name.endswith((".model", ".attachments"))
    ]
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Record) and kind.table and kind.__module__ == module.__name__
    ]
