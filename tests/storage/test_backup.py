"""A copy is called a backup only when it was read back and holds what the desk held."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from villagedesk.kernel.clock import CHINA
from villagedesk.kernel.errors import DamagedDesk, DiskGone
from villagedesk.storage import backup
from villagedesk.storage.backup import back_up
from villagedesk.storage.connection import for_reading
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.journal import tip
from villagedesk.village.model import Household

NOON = datetime(2026, 4, 1, 12, 0, tzinfo=CHINA)


def test_a_desk_is_copied_while_it_is_open(plain_desk: Desk) -> None:
    with plain_desk.change("x") as change:
        change.put(Household(number="0001", team="1组", head_name="陈䶮"))
    copy = back_up(plain_desk.folder / FILE_NAME, "手动", NOON)
    assert copy == plain_desk.folder / "backups" / "20260401-120000-手动.sqlite"
    with closing(for_reading(copy)) as connection:
        assert tip(connection) == plain_desk.tip()
        assert connection.execute("SELECT head_name FROM households").fetchone()[0] == "陈䶮"
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_what_is_being_written_meanwhile_is_not_in_the_copy(plain_desk: Desk) -> None:
    with plain_desk.change("x") as change:
        change.put(Household(number="0001", team="1组", head_name="陈䶮"))
        copy = back_up(plain_desk.folder / FILE_NAME, "手动")
    with closing(for_reading(copy)) as connection:
        assert not connection.execute("SELECT * FROM households").fetchall()


def test_a_copy_that_does_not_prove_sound_is_no_backup(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def harmed(file: Path) -> sqlite3.Connection:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("DROP TRIGGER journal_delete")
            connection.execute("DELETE FROM journal")
            connection.commit()
        return for_reading(file)

    monkeypatch.setattr(backup, "for_reading", harmed)
    with pytest.raises(DamagedDesk, match="备份没有通过核对"):
        back_up(folder / FILE_NAME, "手动")
    assert not list((folder / "backups").iterdir())


def test_what_cannot_be_written_is_said(folder: Path) -> None:
    (folder / "backups").rmdir()
    (folder / "backups").write_text("in the way")
    with pytest.raises(DiskGone):
        back_up(folder / FILE_NAME, "手动")
