"""A desk of an older program is backed up and brought to today's shape, whole or not at all."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.storage.old_desk import DATA, old_desk
from villagedesk.kernel.errors import DamagedDesk, DiskGone
from villagedesk.storage import opening, schema, upgrade
from villagedesk.storage.connection import for_reading
from villagedesk.storage.desk import FILE_NAME, Actor, Desk
from villagedesk.storage.verify import verify
from villagedesk.village.model import Household

OLDER = range(opening.OLDEST, schema.SCHEMA_VERSION)
each_older_version = pytest.mark.parametrize("version", OLDER)

Contents = dict[str, list[dict[str, Any]]]


@pytest.fixture
def old(full_folder: Path, tmp_path: Path) -> Callable[[int], Path]:
    """Lay out a full desk of an older version: ``old(1)``."""
    return lambda version: old_desk(version, full_folder, tmp_path / f"第{version}版")


def test_every_version_that_left_the_house_is_frozen_and_has_its_step() -> None:
    for version in OLDER:
        assert (DATA / f"schema_v{version}.sql").is_file()
        assert upgrade.step(version + 1)


@each_older_version
def test_an_upgraded_file_cannot_be_told_from_a_new_one(old: Callable[[int], Path], version: int) -> None:
    folder = old(version)
    Desk.open(folder).close()
    with closing(for_reading(folder / FILE_NAME)) as connection:
        assert schema.fingerprint(connection) == schema.declared()
        assert schema.digest(connection) == schema.digest(schema.fresh())
        assert connection.execute("PRAGMA user_version").fetchone()[0] == schema.SCHEMA_VERSION
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()


@each_older_version
def test_an_upgrade_keeps_every_row_in_its_place(old: Callable[[int], Path], version: int) -> None:
    folder = old(version)
    before = _contents(folder)
    Desk.open(folder).close()
    after = _contents(folder)
    assert before.keys() <= after.keys()
    for table, rows in before.items():
        if table == "dictionary":  # says what the tables are today
            continue
        shown = [
            {name: row[name] for name in old_row if name in row}
            for row, old_row in zip(after[table], rows, strict=True)
        ]
        assert shown == [{name: value for name, value in row.items() if name in shown[0]} for row in rows], table


@each_older_version
def test_an_upgraded_desk_is_proved_by_its_old_journal_and_works_on(old: Callable[[int], Path], version: int) -> None:
    folder = old(version)
    with Desk.open(folder) as desk:
        desk.actor = Actor("01KN3RZ0000000000000000000", "李会计", "accountant")
        with desk.change("x") as change:
            change.put(Household(number="0777", team="1组", head_name="陈䶮"))
    assert not verify(folder).faults


@each_older_version
def test_an_upgrade_writes_a_proved_backup_first(old: Callable[[int], Path], version: int) -> None:
    folder = old(version)
    before = _contents(folder)
    Desk.open(folder).close()
    (backup,) = (folder / "backups").iterdir()
    assert backup.name.endswith(f"-升级前-第{version}版.sqlite")
    backup.rename(folder / FILE_NAME)
    assert _contents(folder) == before
    assert _version(folder) == version


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ("DROP TABLE vouchers; INSERT INTO nowhere VALUES (1);", Exception),
        ("ALTER TABLE desks ADD COLUMN restored_from TEXT NOT NULL DEFAULT '';", DamagedDesk),
        ("DELETE FROM officers;", DamagedDesk),
    ],
    ids=["fails", "leads elsewhere", "loses what others refer to"],
)
def test_a_step_that_goes_wrong_leaves_the_old_desk_as_it_was(
    old: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch, step: str, fault: type[Exception]
) -> None:
    folder = old(1)
    before = _contents(folder)
    good = upgrade.step
    wrong = good(2) + step if step.startswith("DELETE") else step.replace("; ", ";\n")
    monkeypatch.setattr(upgrade, "step", lambda number: wrong if number == 2 else good(number))
    with pytest.raises(fault):
        Desk.open(folder)
    assert _contents(folder) == before
    assert _version(folder) == 1
    monkeypatch.undo()
    Desk.open(folder).close()
    assert not verify(folder).faults


def test_a_desk_that_says_another_version_than_its_tables_are_of_is_damaged(old: Callable[[int], Path]) -> None:
    """Whoever set the number back gets a sentence; the file is as it was, and no step of an upgrade is left in it."""
    folder = old(3)
    with closing(sqlite3.connect(folder / FILE_NAME)) as stranger:
        stranger.execute("PRAGMA user_version = 2")
    before = _contents(folder)
    with pytest.raises(DamagedDesk, match="文件上写的版本和里面的表对不上"):
        Desk.open(folder)
    assert _contents(folder) == before
    assert _version(folder) == 2


def test_without_a_backup_nothing_is_upgraded(old: Callable[[int], Path]) -> None:
    folder = old(1)
    (folder / "backups").rmdir()
    (folder / "backups").write_text("in the way")
    with pytest.raises(DiskGone):
        Desk.open(folder)
    assert _version(folder) == 1


def _contents(folder: Path) -> Contents:
    with closing(for_reading(folder / FILE_NAME)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [dict(row) for row in connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid")]
            for table in tables
        }


def _version(folder: Path) -> int:
    with closing(for_reading(folder / FILE_NAME)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
